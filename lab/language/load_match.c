/* SPDX-License-Identifier: MIT */
#include "lab/language/load_match.h"

#include "base/gettext.h"

#include <string.h>

/* Flags that `flags:` asks about when they are not written: without PSH, which says nothing about the progress of
 * the protocol. */
#define ASKED_FLAGS (SF_FIN | SF_SYN | SF_RST | SF_ACK | SF_URG)

/* A matcher that every segment matches. */
static SfMatch
match_any (void)
{
  return (SfMatch){ .from = SF_NO_HOST, .to = SF_NO_HOST, .state_host = SF_NO_HOST, .state = SF_ANY_STATE };
}

/* flags, with, without: what must be set and what must not. */
static gboolean
load_flags (const SfNode *node, SfDiagnostics *diag, SfMatch *match)
{
  const SfNode *exact = sf_node_get (node, "flags");
  guint8 flags = 0, with = 0, without = 0;

  if (!sf_node_flags (exact, diag, &flags) || !sf_node_flags (sf_node_get (node, "with"), diag, &with)
      || !sf_node_flags (sf_node_get (node, "without"), diag, &without))
    return FALSE;
  match->flags_set = flags | with;
  match->flags_clear = without;
  if (exact != NULL)
    match->flags_clear |= ASKED_FLAGS & ~flags;
  if (match->flags_set & match->flags_clear)
    return sf_node_error (node, diag, _ ("no segment can match: a flag must be there and must not be there"));
  return TRUE;
}

/* len: N, [MIN, MAX] or data. */
static gboolean
load_length (const SfNode *node, SfDiagnostics *diag, SfMatch *match)
{
  gint64 min = 0, max = 0;

  if (node == NULL)
    return TRUE;
  if (node->kind == SF_NODE_SCALAR && strcmp (node->text, "data") == 0)
    {
      min = 1;
      max = G_MAXUINT32;
    }
  else if (node->kind == SF_NODE_SCALAR)
    {
      if (!sf_node_bytes (node, 0, 65535, diag, &min))
        return FALSE;
      max = min;
    }
  else if (!sf_node_check_pair (node, _ ("two lengths, [MIN, MAX]"), diag)
           || !sf_node_bytes (sf_node_item (node, 0), 0, 65535, diag, &min)
           || !sf_node_bytes (sf_node_item (node, 1), min, 65535, diag, &max))
    return FALSE;
  match->has_len = TRUE;
  match->len_min = (guint32) min;
  match->len_max = (guint32) max;
  return TRUE;
}

/* nth: N, [FIRST, LAST] or N+. */
static gboolean
load_nth (const SfNode *node, SfDiagnostics *diag, SfMatch *match)
{
  guint64 first;
  gsize len;

  if (node == NULL)
    return TRUE;
  len = node->kind == SF_NODE_SCALAR ? strlen (node->text) : 0;
  if (len > 1 && node->text[len - 1] == '+')
    {
      g_autofree char *number = g_strndup (node->text, len - 1);

      if (!g_ascii_string_to_unsigned (number, 10, 1, G_MAXINT32, &first, NULL))
        return sf_node_unexpected (node, _ ("a count from 1 on, such as 3, [2, 4] or 3+"), diag);
      match->nth_first = (guint32) first;
      return TRUE;
    }
  return sf_node_count32_range (node, 1, G_MAXINT32, diag, &match->nth_first, &match->nth_last);
}

static gboolean
load_when (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfMatch *match)
{
  SfState state = SF_CLOSED;

  if (node == NULL)
    return TRUE;
  if (!sf_node_check_keys (node, SF_KEYS_WHEN, diag)
      || !sf_node_host (sf_node_get (node, "host"), plan, FALSE, diag, &match->state_host)
      || !sf_node_state (sf_node_get (node, "state"), diag, &state))
    return FALSE;
  match->state = (guint8) state;
  return TRUE;
}

static gboolean
load_instants (const SfNode *node, SfDiagnostics *diag, SfMatch *match)
{
  const SfNode *before = sf_node_get (node, "before");

  if (!sf_node_time (sf_node_get (node, "after"), 0, SF_NEVER - 1, diag, &match->not_before)
      || !sf_node_time (before, 1, SF_NEVER - 1, diag, &match->not_after))
    return FALSE;
  if (before != NULL && match->not_after < match->not_before)
    return sf_node_error (before, diag, _ ("no segment can match: `before` lies before `after`"));
  return TRUE;
}

gboolean
sf_load_match (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfMatch *ret_match)
{
  SfMatch match = match_any ();
  const SfNode *seq = sf_node_get (node, "seq"), *ack = sf_node_get (node, "ack");
  const SfNode *retransmit = sf_node_get (node, "retransmit");

  if (!sf_node_host (sf_node_get (node, "from"), plan, FALSE, diag, &match.from)
      || !sf_node_host (sf_node_get (node, "to"), plan, FALSE, diag, &match.to)
      || !sf_node_port (sf_node_get (node, "sport"), diag, &match.sport)
      || !sf_node_port (sf_node_get (node, "dport"), diag, &match.dport) || !load_flags (node, diag, &match)
      || !load_length (sf_node_get (node, "len"), diag, &match)
      || !sf_node_count32_range (seq, 0, G_MAXUINT32, diag, &match.seq_min, &match.seq_max)
      || !sf_node_count32_range (ack, 0, G_MAXUINT32, diag, &match.ack_min, &match.ack_max)
      || !sf_node_count32 (sf_node_get (node, "conn"), 1, G_MAXINT32, diag, &match.conn_nth)
      || !sf_node_bool (retransmit, diag, &match.retransmit) || !load_instants (node, diag, &match)
      || !load_when (sf_node_get (node, "when"), plan, diag, &match)
      || !load_nth (sf_node_get (node, "nth"), diag, &match))
    return FALSE;
  match.has_seq = seq != NULL;
  match.has_ack = ack != NULL;
  match.has_retransmit = retransmit != NULL;
  *ret_match = match;
  return TRUE;
}
