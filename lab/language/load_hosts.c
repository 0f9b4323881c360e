/* SPDX-License-Identifier: MIT
 *
 * Hosts, routers, their addresses and profiles.
 */
#include "lab/language/load.h"

#include "base/gettext.h"

#include <string.h>

/* The documentation ranges of RFC 5737: TEST-NET-1, -2 and -3. */
static const guint32 ranges[] = { 0xc0000200, 0xc6336400, 0xcb007100 };

#define LAST_OF_RANGE 254

/* --- addresses --- */

static gboolean
overlap (const SfHostDraft *a, const SfHostDraft *b)
{
  return a->addr != 0 && b->addr != 0 && a->addr <= b->addr + (b->n - 1) && b->addr <= a->addr + (a->n - 1);
}

/* Returns the first of the first `n` drafts that shares an address with `draft`, other than `draft` itself; NULL if
 * there is none. */
static const SfHostDraft *
find_overlap (const GArray *drafts, guint n, const SfHostDraft *draft)
{
  for (guint i = 0; i < n; i++)
    {
      const SfHostDraft *other = &g_array_index (drafts, SfHostDraft, i);

      if (other != draft && overlap (other, draft))
        return other;
    }
  return NULL;
}

/* Checks the address of draft number `i`, also against the drafts before it. */
static gboolean
check_written_address (const GArray *drafts, guint i, SfDiagnostics *diag)
{
  const SfHostDraft *draft = &g_array_index (drafts, SfHostDraft, i), *other;

  if (draft->addr > G_MAXUINT32 - (draft->n - 1) || (draft->addr + (draft->n - 1)) >> 24 >= 224)
    return sf_node_error (draft->address, diag, _ ("there are no %u addresses from %s on"), draft->n,
                          draft->address->text);
  other = find_overlap (drafts, i, draft);
  if (other != NULL)
    return sf_node_error (draft->address, diag, _ ("'%s' and '%s' have an address in common"), other->key->text,
                          draft->key->text);
  return TRUE;
}

/* Gives `draft` the first free addresses: .1 of each of the three ranges, then .2, and so on. */
static gboolean
choose_address (const GArray *drafts, SfHostDraft *draft, SfDiagnostics *diag)
{
  for (guint32 last = 1; last + draft->n - 1 <= LAST_OF_RANGE; last++)
    for (guint range = 0; range < G_N_ELEMENTS (ranges); range++)
      {
        draft->addr = ranges[range] + last;
        if (find_overlap (drafts, drafts->len, draft) == NULL)
          return TRUE;
      }
  if (draft->n == 1)
    return sf_node_error (draft->key, diag,
                          _ ("no address is left in the documentation ranges: give '%s' an `address`"),
                          draft->key->text);
  return sf_node_error (draft->key, diag,
                        _ ("no %u addresses in a row are left in the documentation ranges: give '%s' an `address`"),
                        draft->n, draft->key->text);
}

/* Checks written addresses first, so that no address is chosen that is written further down. */
static gboolean
settle_addresses (GArray *drafts, SfDiagnostics *diag)
{
  for (guint i = 0; i < drafts->len; i++)
    if (g_array_index (drafts, SfHostDraft, i).address != NULL && !check_written_address (drafts, i, diag))
      return FALSE;
  for (guint i = 0; i < drafts->len; i++)
    {
      SfHostDraft *draft = &g_array_index (drafts, SfHostDraft, i);

      if (draft->address == NULL && !choose_address (drafts, draft, diag))
        return FALSE;
    }
  return TRUE;
}

/* --- hosts --- */

static gboolean
load_profile (const SfNode *node, SfDiagnostics *diag, SfProfile *profile)
{
  guint index = 0;

  if (node == NULL)
    return TRUE;
  if (!sf_node_choice (node, _ ("profile"), sf_profile_names (), diag, &index))
    return FALSE;
  *profile = *sf_profile_find (sf_profile_names ()[index]);
  return TRUE;
}

/* Loads the host's own profile, else the common one; then the overrides of all hosts, then the host's own. */
static gboolean
load_profile_of_host (const SfNode *root, const SfNode *node, const SfNode *key, SfDiagnostics *diag,
                      SfProfile *profile)
{
  const SfNode *own = sf_node_get (node, "profile"), *tcp = sf_node_get (node, "tcp");
  const char *complaint;

  *profile = *sf_profile_find ("rfc9293");
  if (!load_profile (own != NULL ? own : sf_node_get (root, "profile"), diag, profile)
      || !sf_load_tcp (sf_node_get (root, "tcp"), diag, profile) || !sf_load_tcp (tcp, diag, profile))
    return FALSE;
  complaint = sf_profile_complaint (profile);
  if (complaint != NULL)
    return sf_node_error (tcp != NULL ? tcp : key, diag, _ ("the TCP of '%s' can not work: %s"), key->text, complaint);
  return TRUE;
}

static gboolean
load_host (const SfNode *root, const SfNode *key, const SfNode *node, SfDiagnostics *diag, SfHostDraft *ret_draft)
{
  SfHostDraft draft = { .key = key, .n = 1 };
  const char *name = NULL;

  if (!sf_node_name (key, _ ("the name of a host"), diag, &name))
    return FALSE;
  if (!sf_node_is_empty (node) && !sf_node_check_keys (node, SF_KEYS_HOST, diag))
    return FALSE;
  draft.address = sf_node_get (node, "address");
  if (!sf_read_part (node, SF_KEYS_HOST, SF_PART_MAIN, NULL, diag, &draft)
      || !load_profile_of_host (root, node, key, diag, &draft.profile))
    return FALSE;
  *ret_draft = draft;
  return TRUE;
}

static gboolean
load_drafts (const SfNode *root, const SfNode *hosts, GArray *drafts, SfDiagnostics *diag)
{
  for (guint i = 0; i < sf_node_n (hosts); i++)
    {
      SfHostDraft draft;

      if (!load_host (root, sf_node_key (hosts, i), sf_node_item (hosts, i), diag, &draft))
        return FALSE;
      g_array_append_val (drafts, draft);
    }
  return TRUE;
}

/* --- routers --- */

static gboolean
name_is_taken (const SfPlan *plan, const char *name)
{
  for (guint i = 0; i < plan->hosts->len; i++)
    if (strcmp (sf_plan_host (plan, i)->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Checks that `node`, a router that does not translate, has no key that is for those that do. */
static gboolean
check_plain_router (const SfNode *node, SfDiagnostics *diag)
{
  static const char *const keys[] = { "established-timeout", "transitory-timeout", "unmapped" };

  if (sf_node_get (node, "address") != NULL)
    return sf_node_error (sf_node_get (node, "address"), diag,
                          _ ("a router has an address only if it translates those of others"));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (sf_node_get (node, keys[i]) != NULL)
      return sf_node_error (sf_node_get (node, keys[i]), diag, _ ("'%s' is for a router that translates"), keys[i]);
  return TRUE;
}

/* Adds drafts for the routers that translate, because they need addresses too. */
static gboolean
load_translators (const SfNode *list, GArray *drafts, SfDiagnostics *diag)
{
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const SfNode *node = sf_node_item (list, i);
      SfHostDraft draft = { .key = sf_node_get (node, "name"),
                            .n = 1,
                            .nat = { .established = SF_NAT_ESTABLISHED, .transitory = SF_NAT_TRANSITORY } };

      if (node->kind != SF_NODE_MAP)
        continue;
      if (!sf_read_keys (node, SF_KEYS_ROUTER, NULL, diag, &draft))
        return FALSE;
      draft.address = sf_node_get (node, "address");
      if (sf_node_get (node, "translates") != NULL)
        g_array_append_val (drafts, draft);
      else if (!check_plain_router (node, diag))
        return FALSE;
    }
  return TRUE;
}

/* Returns the draft of the translating router whose name is `key`. */
static const SfHostDraft *
translator_draft (const GArray *drafts, const SfNode *key)
{
  guint i = 0;

  while (g_array_index (drafts, SfHostDraft, i).key != key)
    i++;
  return &g_array_index (drafts, SfHostDraft, i);
}

/* Puts the hosts of `list`, a list of names, behind router `nat`. */
static gboolean
load_behind (const SfNode *list, SfPlan *plan, guint16 nat, SfDiagnostics *diag)
{
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of names of hosts"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const SfNode *node = sf_node_item (list, i);
      guint16 host = SF_NO_HOST;

      if (!sf_node_host (node, plan, FALSE, diag, &host))
        return FALSE;
      if (sf_plan_host (plan, host)->nat != SF_NO_HOST)
        return sf_node_error (node, diag, _ ("the addresses of '%s' are translated twice"), node->text);
      sf_plan_put_behind (plan, host, nat);
    }
  return TRUE;
}

static gboolean
load_router (const SfNode *node, const GArray *drafts, SfPlan *plan, SfDiagnostics *diag)
{
  const SfNode *key = node->kind == SF_NODE_MAP ? sf_node_get (node, "name") : node;
  const SfNode *translates = node->kind == SF_NODE_MAP ? sf_node_get (node, "translates") : NULL;
  const SfHostDraft *draft;
  const char *name = NULL;

  if (!sf_node_name (key, _ ("the name of a router"), diag, &name))
    return FALSE;
  if (name_is_taken (plan, name))
    return sf_node_error (key, diag, _ ("the name '%s' is used twice"), name);
  if (translates == NULL)
    {
      sf_plan_add_router (plan, name);
      return TRUE;
    }
  draft = translator_draft (drafts, key);
  return load_behind (translates, plan, sf_plan_add_nat (plan, name, draft->addr, &draft->nat), diag);
}

static gboolean
load_routers (const SfNode *list, const GArray *drafts, SfPlan *plan, SfDiagnostics *diag)
{
  if (list == NULL)
    return TRUE;
  if (plan->hosts->len + sf_node_n (list) > SF_MAX_NODES)
    return sf_node_error (list, diag, _ ("more than %d hosts and routers"), SF_MAX_NODES);
  for (guint i = 0; i < sf_node_n (list); i++)
    if (!load_router (sf_node_item (list, i), drafts, plan, diag))
      return FALSE;
  return TRUE;
}

gboolean
sf_load_hosts (const SfNode *root, SfPlan *plan, SfDiagnostics *diag)
{
  const SfNode *hosts = sf_node_get (root, "hosts"), *routers = sf_node_get (root, "routers");
  g_autoptr (GArray) drafts = g_array_new (FALSE, FALSE, sizeof (SfHostDraft));

  if (!sf_node_check_kind (hosts, SF_NODE_MAP, _ ("a mapping of hosts by name"), diag))
    return FALSE;
  if (sf_node_n (hosts) == 0)
    return sf_node_error (hosts, diag, _ ("no host: there must be at least one"));
  if (sf_node_n (hosts) > SF_MAX_NODES)
    return sf_node_error (hosts, diag, _ ("more than %d hosts and routers"), SF_MAX_NODES);
  if (routers != NULL && !sf_node_check_kind (routers, SF_NODE_LIST, _ ("a list of routers"), diag))
    return FALSE;
  if (!load_drafts (root, hosts, drafts, diag) || !load_translators (routers, drafts, diag)
      || !settle_addresses (drafts, diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (hosts); i++)
    {
      const SfHostDraft *draft = &g_array_index (drafts, SfHostDraft, i);

      sf_plan_add_host (plan, draft->key->text, draft->addr, draft->n, &draft->profile);
    }
  return load_routers (routers, drafts, plan, diag);
}
