/* SPDX-License-Identifier: MIT
 *
 * The keys of the segment matcher that have a form of their own.
 */
#include "lab/language/load_match.h"

#include "base/gettext.h"
#include "lab/language/load.h"

#include <string.h>

/* The flags that `flags:` compares even if they are not written. PSH is not among them, because it tells nothing about
 * the progress of the protocol. */
#define ASKED_FLAGS (SF_FIN | SF_SYN | SF_RST | SF_ACK | SF_URG)

/* The rows of `seq` and `ack` read a range into two fields, one after the other. */
G_STATIC_ASSERT (offsetof (SfMatch, seq_max) == offsetof (SfMatch, seq_min) + sizeof (guint32));
G_STATIC_ASSERT (offsetof (SfMatch, ack_max) == offsetof (SfMatch, ack_min) + sizeof (guint32));

/* Returns a matcher that every segment matches. */
static SfMatch
match_any (void)
{
  return (SfMatch){ .from = SF_NO_HOST, .to = SF_NO_HOST, .state_host = SF_NO_HOST, .state = SF_ANY_STATE };
}

/* Reads `flags`: of the flags that are compared, exactly those that are written. */
gboolean
sf_read_exact_flags (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan,
                     SfDiagnostics *diag, gpointer into)
{
  SfMatch *match = into;
  guint16 flags = 0;

  if (!sf_node_flags (node, diag, &flags))
    return FALSE;
  match->flags_set |= flags;
  match->flags_clear |= ASKED_FLAGS & ~flags;
  return TRUE;
}

/* Reads `with` or `without`: adds flags to the set. */
gboolean
sf_read_more_flags (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan,
                    SfDiagnostics *diag, gpointer into)
{
  guint16 *set = into, flags = 0;

  if (!sf_node_flags (node, diag, &flags))
    return FALSE;
  *set |= flags;
  return TRUE;
}

/* Reads `len`: N, [MIN, MAX] or data. */
gboolean
sf_read_length (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag,
                gpointer into)
{
  SfMatch *match = into;
  gint64 min = 0, max = 0;

  if (node->kind == SF_NODE_SCALAR && strcmp (node->text, "data") == 0)
    {
      min = 1;
      max = G_MAXUINT32;
    }
  else if (node->kind == SF_NODE_SCALAR)
    {
      if (!sf_node_bytes (node, key->min, key->max, diag, &min))
        return FALSE;
      max = min;
    }
  else if (!sf_node_check_pair (node, _ ("two lengths, [MIN, MAX]"), diag)
           || !sf_node_bytes (sf_node_item (node, 0), key->min, key->max, diag, &min)
           || !sf_node_bytes (sf_node_item (node, 1), min, key->max, diag, &max))
    return FALSE;
  match->len_min = (guint32) min;
  match->len_max = (guint32) max;
  return TRUE;
}

/* Reads `nth`: N, [FIRST, LAST] or N+. */
gboolean
sf_read_nth (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  SfMatch *match = into;
  gsize len = node->kind == SF_NODE_SCALAR ? strlen (node->text) : 0;
  guint64 first;

  if (len > 1 && node->text[len - 1] == '+')
    {
      g_autofree char *number = g_strndup (node->text, len - 1);

      if (!g_ascii_string_to_unsigned (number, 10, (guint64) key->min, (guint64) key->max, &first, NULL))
        return sf_node_unexpected (node, _ ("a count from 1 on, such as 3, [2, 4] or 3+"), diag);
      match->nth_first = (guint32) first;
      return TRUE;
    }
  return sf_node_count32_range (node, (guint32) key->min, (guint32) key->max, diag, &match->nth_first,
                                &match->nth_last);
}

gboolean
sf_read_when (const SfNode *node, G_GNUC_UNUSED const SfKey *key, const SfPlan *plan, SfDiagnostics *diag,
              gpointer into)
{
  SfMatch *match = into;
  SfEndState when = { 0 };

  if (!sf_read_keys (node, SF_KEYS_WHEN, plan, diag, &when))
    return FALSE;
  match->state_host = when.host;
  match->state = when.state;
  return TRUE;
}

static gboolean
check_flags (const SfNode *node, const SfMatch *match, SfDiagnostics *diag)
{
  if (match->flags_set & match->flags_clear)
    return sf_node_error (node, diag, _ ("no segment can match: a flag must be there and must not be there"));
  return TRUE;
}

static gboolean
check_instants (const SfNode *node, const SfMatch *match, SfDiagnostics *diag)
{
  const SfNode *before = sf_node_get (node, "before");

  if (before != NULL && match->not_after < match->not_before)
    return sf_node_error (before, diag, _ ("no segment can match: `before` lies before `after`"));
  return TRUE;
}

gboolean
sf_load_match (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfMatch *ret_match)
{
  SfMatch match = match_any ();

  if (!sf_read_part (node, SF_KEYS_MATCH, SF_PART_FIRST, plan, diag, &match) || !check_flags (node, &match, diag)
      || !sf_read_part (node, SF_KEYS_MATCH, SF_PART_MAIN, plan, diag, &match) || !check_instants (node, &match, diag)
      || !sf_read_part (node, SF_KEYS_MATCH, SF_PART_LAST, plan, diag, &match))
    return FALSE;
  *ret_match = match;
  return TRUE;
}
