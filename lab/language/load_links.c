/* SPDX-License-Identifier: MIT
 *
 * Links and their directions.
 */
#include "lab/language/load.h"

#include "base/gettext.h"
#include "base/units.h"

#include <string.h>

/* A key that begins so holds the overrides of one direction: "to server". */
#define TOWARD "to "

/* --- one direction --- */

/* Reads the two arguments of a distribution: two times or, for `pareto`, a time and a number. */
static gboolean
load_jitter_pair (const SfNode *args, gboolean times, SfDiagnostics *diag, SfDist *dist)
{
  /* A scale or mean of 0 is no distribution. */
  SfTime a = 0, b = 0, least = dist->kind == SF_DIST_PARETO || dist->kind == SF_DIST_LOGNORMAL ? 1 : 0;
  double shape = 0;
  const SfNode *second;

  if (!sf_node_check_pair (args, times ? "two times" : "a time and a number", diag))
    return FALSE;
  second = sf_node_item (args, 1);
  if (!sf_node_time (sf_node_item (args, 0), least, SF_LONGEST, diag, &a))
    return FALSE;
  if (times ? !sf_node_time (second, 0, SF_LONGEST, diag, &b) : !sf_node_number (second, 0.1, 1000, diag, &shape))
    return FALSE;
  if (dist->kind == SF_DIST_UNIFORM && b < a)
    return sf_node_error (second, diag, _ ("a uniform distribution from more to less"));
  dist->a = (double) a;
  dist->b = times ? (double) b : shape;
  return TRUE;
}

gboolean
sf_read_jitter (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan,
                SfDiagnostics *diag, gpointer into)
{
  SfDist dist = { 0 };
  SfTime a = 0;
  guint row = 0, n;
  const SfKey *keys = sf_section_rows (SF_KEYS_JITTER, &n);
  const SfNode *args = NULL;

  if (!sf_node_action (node, SF_KEYS_JITTER, diag, &row, &args) || !sf_node_check_keys (node, SF_KEYS_JITTER, diag))
    return FALSE;
  if (sf_node_n (node) > 1)
    return sf_node_error (sf_node_key (node, 1), diag, _ ("more than one distribution"));
  dist.kind = (SfDistKind) keys[row].id;
  if (keys[row].type == SF_TYPE_TIME)
    {
      if (!sf_node_time (args, 0, SF_LONGEST, diag, &a))
        return FALSE;
      dist.a = (double) a;
    }
  else if (!load_jitter_pair (args, keys[row].type == SF_TYPE_TIME_PAIR, diag, &dist))
    return FALSE;
  *(SfDist *) into = dist;
  return TRUE;
}

static gboolean
load_gilbert_elliott (const SfNode *node, SfDiagnostics *diag, SfLossPlan *ret_loss)
{
  SfLossPlan loss = { .kind = SF_LOSS_GILBERT_ELLIOTT, .loss_bad = 1 };

  if (!sf_read_keys (node, SF_KEYS_GILBERT_ELLIOTT, NULL, diag, &loss))
    return FALSE;
  *ret_loss = loss;
  return TRUE;
}

gboolean
sf_read_loss (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag,
              gpointer into)
{
  SfLossPlan *loss = into;
  double p = 0;

  if (node->kind == SF_NODE_MAP)
    return sf_node_check_keys (node, SF_KEYS_LOSS, diag)
           && load_gilbert_elliott (sf_node_get (node, "gilbert-elliott"), diag, loss);
  if (!sf_node_probability (node, diag, &p))
    return FALSE;
  *loss = (SfLossPlan){ .kind = p > 0 ? SF_LOSS_INDEPENDENT : SF_LOSS_NONE, .p = p };
  return TRUE;
}

/* Reads "100 segments" or "64 KiB". A bare number is an error, since it could be either. */
static gboolean
load_simple_queue (const SfNode *node, SfDiagnostics *diag, SfDirectionPlan *direction)
{
  gint64 n;
  gboolean in_segments = sf_parse_segments (node->text, &n) == SF_UNITS_OK;

  if (!in_segments
      && (sf_parse_bytes (node->text, &n) != SF_UNITS_OK || sf_parse_count (node->text, &n) == SF_UNITS_OK))
    return sf_node_unexpected (node, _ ("a limit such as '100 segments' or '64 KiB'"), diag);
  if (n < 1 || n > (in_segments ? G_MAXINT32 : SF_MOST_BYTES))
    return sf_node_error (node, diag, _ ("'%s' is out of range; a queue holds at least 1 segment or 1 B"), node->text);
  direction->queue_segments = in_segments ? (guint32) n : 0;
  direction->queue_bytes = in_segments ? 0 : (guint64) n;
  return TRUE;
}

gboolean
sf_read_queue (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan,
               SfDiagnostics *diag, gpointer into)
{
  SfDirectionPlan *direction = into;

  if (node->kind == SF_NODE_SCALAR)
    return load_simple_queue (node, diag, direction);
  direction->queue_segments = 0;
  direction->queue_bytes = 0;
  return sf_read_keys (node, SF_KEYS_QUEUE, NULL, diag, direction);
}

/* --- links --- */

/* Reads the `to NAME` entries of `node` into `link`. Both of its directions have the common values already. */
static gboolean
load_toward (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfLinkPlan *link)
{
  for (guint i = 0; i < sf_node_n (node); i++)
    {
      const SfNode *key = sf_node_key (node, i), *value = sf_node_item (node, i);
      SfPlace place = sf_node_text_place (key);
      guint16 end = SF_NO_HOST;

      if (!g_str_has_prefix (key->text, TOWARD))
        continue;
      place.column += strlen (TOWARD);
      if (!sf_host_find (plan, key->text + strlen (TOWARD), TRUE, &place, diag, &end))
        return FALSE;
      if (end != link->a && end != link->b)
        return sf_error (diag, &place, _ ("'%s' is not an end of this link"), key->text + strlen (TOWARD));
      if (!sf_read_keys (value, SF_KEYS_DIRECTION, plan, diag, &link->direction[end == link->b ? 0 : 1]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
link_name_is_taken (const SfPlan *plan, const char *name)
{
  for (guint i = 0; i < plan->links->len; i++)
    if (strcmp (g_array_index (plan->links, SfLinkPlan, i).name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Returns the number of links in the plan so far between the ends of `link`. */
static guint
count_parallel (const SfPlan *plan, const SfLinkPlan *link)
{
  guint n = 0;

  for (guint i = 0; i < plan->links->len; i++)
    {
      const SfLinkPlan *other = &g_array_index (plan->links, SfLinkPlan, i);

      n += other->a == link->a && other->b == link->b;
    }
  return n;
}

/* Names `link`: as written, else A-B, A-B-2 and so on. */
static gboolean
name_link (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfLinkPlan *link)
{
  const SfNode *written = sf_node_get (node, "name");
  const char *a = sf_plan_host (plan, link->a)->name, *b = sf_plan_host (plan, link->b)->name, *name = NULL;

  if (!sf_node_name (written, _ ("the name of a link"), diag, &name))
    return FALSE;
  if (name != NULL && link_name_is_taken (plan, name))
    return sf_node_error (written, diag, _ ("the name '%s' is used twice"), name);
  link->name = name != NULL ? g_strdup (name) : g_strdup_printf ("%s-%s", a, b);
  for (guint n = MAX (2, count_parallel (plan, link) + 1); link_name_is_taken (plan, link->name); n++)
    {
      g_free (link->name);
      link->name = g_strdup_printf ("%s-%s-%u", a, b, n);
    }
  return TRUE;
}

/* Checks that `host` is linked to no other node than the router that translates its addresses, if there is one. Its
 * name is at `node`. */
static gboolean
check_translator (const SfNode *node, const SfPlan *plan, guint16 host, guint16 neighbor, SfDiagnostics *diag)
{
  guint16 nat = sf_plan_host (plan, host)->nat;

  if (nat == SF_NO_HOST || nat == neighbor)
    return TRUE;
  return sf_node_error (node, diag, _ ("'%s' is behind '%s', and can be linked to nothing else"), node->text,
                        sf_plan_host (plan, nat)->name);
}

static gboolean
load_ends (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfLinkPlan *link)
{
  const SfNode *between = sf_node_get (node, "between");

  if (!sf_node_check_required (node, SF_KEYS_LINK, diag)
      || !sf_node_check_pair (between, _ ("the two ends of a link"), diag)
      || !sf_node_host (sf_node_item (between, 0), plan, TRUE, diag, &link->a)
      || !sf_node_host (sf_node_item (between, 1), plan, TRUE, diag, &link->b))
    return FALSE;
  if (link->a == link->b)
    return sf_node_error (sf_node_item (between, 1), diag, _ ("a link from '%s' to itself"),
                          sf_node_item (between, 1)->text);
  return check_translator (sf_node_item (between, 0), plan, link->a, link->b, diag)
         && check_translator (sf_node_item (between, 1), plan, link->b, link->a, diag);
}

static gboolean
load_link (const SfNode *node, SfPlan *plan, SfDiagnostics *diag)
{
  SfLinkPlan link = { .a = SF_NO_HOST, .b = SF_NO_HOST };
  guint16 index;

  if (!sf_node_check_kind (node, SF_NODE_MAP, _ ("a mapping (link)"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (node); i++)
    if (!g_str_has_prefix (sf_node_key (node, i)->text, TOWARD)
        && !sf_node_check_key (sf_node_key (node, i), SF_KEYS_LINK, diag))
      return FALSE;
  if (!load_ends (node, plan, diag, &link) || !sf_read_part (node, SF_KEYS_LINK, SF_PART_MAIN, plan, diag, &link)
      || !sf_read_part (node, SF_KEYS_LINK, SF_PART_LAST, plan, diag, &link))
    return FALSE;
  link.direction[1] = link.direction[0];
  if (!load_toward (node, plan, diag, &link) || !name_link (node, plan, diag, &link))
    return FALSE;
  index = sf_plan_add_link (plan, link.a, link.b, &link.direction[0]);
  g_array_index (plan->links, SfLinkPlan, index) = link;
  return TRUE;
}

gboolean
sf_load_links (const SfNode *root, SfPlan *plan, SfDiagnostics *diag)
{
  const SfNode *list = sf_node_get (root, "links");

  if (list == NULL)
    return plan->hosts->len == 1
           || sf_node_error (sf_node_get (root, "hosts"), diag, _ ("%u hosts and routers, but no `links`"),
                             plan->hosts->len);
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of links"), diag))
    return FALSE;
  if (sf_node_n (list) > SF_MAX_LINKS)
    return sf_node_error (list, diag, _ ("more than %d links"), SF_MAX_LINKS);
  for (guint i = 0; i < sf_node_n (list); i++)
    if (!load_link (sf_node_item (list, i), plan, diag))
      return FALSE;
  return TRUE;
}
