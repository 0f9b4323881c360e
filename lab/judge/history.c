/* SPDX-License-Identifier: MIT */
#include "lab/judge/history.h"

static void
begin_span (GArray *life, SfState state, SfTime from, guint record)
{
  SfSpan span = { state, from, SF_NEVER, record, SF_NO_RECORD };

  if (life->len > 0)
    {
      SfSpan *last = &g_array_index (life, SfSpan, life->len - 1);

      last->to = from;
      last->left = record;
    }
  g_array_append_val (life, span);
}

/* The record that tells that `listener` listens: the change of state that follows its birth at once. */
static guint
listens_since (const SfStory *story, const SfStoryConn *listener)
{
  guint next = listener->born + 1;

  if (next < sf_story_n_records (story) && sf_story_record (story, next)->head.kind == SF_RECORD_STATE
      && sf_story_record (story, next)->conn == listener->serial)
    return next;
  return listener->born;
}

/* Begins the life of `conn`, before any change of its state. */
static void
begin_life (const SfStory *story, const SfStoryConn *conn, GArray *life)
{
  const SfStoryConn *listener = conn->listener ? conn : sf_story_conn (story, conn->parent);

  if (listener != NULL)
    {
      guint record = listens_since (story, listener);

      begin_span (life, SF_LISTEN, sf_story_record (story, record)->head.t, record);
    }
  else
    begin_span (life, conn->parent != 0 ? SF_LISTEN : SF_CLOSED, 0, SF_NO_RECORD);
}

static SfState
state_now (const GArray *life)
{
  return sf_life_span (life, life->len - 1)->state;
}

/* A TCB that is deleted in any state but these two vanished without a change of state. */
static void
end_life (const SfRecord *record, guint i, gboolean listener, GArray *life)
{
  SfState last = state_now (life);

  if (last != SF_CLOSED && (last != SF_LISTEN || listener))
    begin_span (life, SF_CLOSED, record->head.t, i);
}

GArray *
sf_life_of (const SfStory *story, guint32 serial)
{
  const SfStoryConn *conn = sf_story_conn (story, serial);
  GArray *life = g_array_new (FALSE, FALSE, sizeof (SfSpan));

  if (conn == NULL)
    return life;

  begin_life (story, conn, life);
  for (guint k = 0; k < conn->n_changes; k++)
    {
      guint i = g_array_index (story->changes, guint, conn->first_change + k);
      const SfRecord *record = sf_story_record (story, i);

      if (record->head.kind == SF_RECORD_GONE)
        end_life (record, i, conn->listener, life);
      else if (record->state.to != state_now (life))
        begin_span (life, record->state.to, record->head.t, i);
    }
  return life;
}

GArray *
sf_life_of_end (const SfStory *story, guint16 host, guint nth)
{
  const SfStoryConn *conn = sf_story_conn_nth (story, host, nth);
  GArray *life;

  if (conn == NULL)
    conn = sf_story_listener (story, host);
  if (conn != NULL)
    return sf_life_of (story, conn->serial);

  life = g_array_new (FALSE, FALSE, sizeof (SfSpan));
  begin_span (life, SF_CLOSED, 0, SF_NO_RECORD);
  return life;
}

SfState
sf_life_state_at (const GArray *life, SfTime t)
{
  for (guint i = life->len; i > 0; i--)
    if (sf_life_span (life, i - 1)->from <= t)
      return sf_life_span (life, i - 1)->state;
  return SF_CLOSED;
}

void
sf_life_text (GString *out, const GArray *life)
{
  for (guint i = 0; i < life->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", sf_state_name (sf_life_span (life, i)->state));
}

/* TRUE if `a` and `b` are the two ends of a 4-tuple: each has for its other end what the other is seen as. */
static gboolean
is_reversed (const SfStoryConn *a, const SfStoryConn *b)
{
  return a->seen_addr == b->raddr && a->raddr == b->seen_addr && a->seen_port == b->rport && a->rport == b->seen_port;
}

const SfStoryConn *
sf_life_peer (const SfStory *story, const SfStoryConn *conn)
{
  for (guint i = 0; i < story->conns->len; i++)
    {
      const SfStoryConn *other = &g_array_index (story->conns, SfStoryConn, i);

      if (other->serial == 0 || other->listener || !is_reversed (conn, other))
        continue;
      if (conn->has_irs && other->has_iss && !sf_seq_eq (conn->irs, other->iss))
        continue;
      if (conn->has_iss && other->has_irs && !sf_seq_eq (conn->iss, other->irs))
        continue;
      return other;
    }
  return NULL;
}
