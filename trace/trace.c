/* SPDX-License-Identifier: MIT */
#include "trace/trace.h"

#include "models/apps/program.h"

#include <string.h>

static void
clear_host (gpointer data)
{
  g_free (((SfStoryHost *) data)->name);
}

static void
clear_link (gpointer data)
{
  g_free (((SfStoryLink *) data)->name);
}

static void
clear_fault (gpointer data)
{
  g_free (((SfStoryFault *) data)->text);
}

static GArray *
new_array (guint item_size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, FALSE, item_size);

  g_array_set_clear_func (array, clear);
  return array;
}

const char *
sf_end_name (SfEnd end)
{
  static const char *const names[] = {
    [SF_END_IDLE] = "idle",
    [SF_END_UNTIL] = "until",
    [SF_END_TIME_LIMIT] = "time-limit",
    [SF_END_EVENT_LIMIT] = "event-limit",
  };

  return end < G_N_ELEMENTS (names) ? names[end] : "?";
}

SfStory *
sf_story_new (void)
{
  SfStory *story = g_new0 (SfStory, 1);

  story->hosts = new_array (sizeof (SfStoryHost), clear_host);
  story->links = new_array (sizeof (SfStoryLink), clear_link);
  story->faults = new_array (sizeof (SfStoryFault), clear_fault);
  story->texts = g_ptr_array_new_with_free_func (g_free);
  story->records = new_array (sizeof (SfRecord), NULL);
  story->conns = g_array_new (FALSE, TRUE, sizeof (SfStoryConn));
  story->changes = g_array_new (FALSE, FALSE, sizeof (guint));
  return story;
}

void
sf_story_free (SfStory *story)
{
  if (story == NULL)
    return;
  g_free (story->file);
  sf_wording_unref (story->title);
  sf_wording_unref (story->lesson);
  sf_wording_unref (story->asks);
  sf_wording_unref (story->explain);
  g_free (story->variant);
  g_array_unref (story->hosts);
  g_array_unref (story->links);
  g_array_unref (story->faults);
  g_ptr_array_unref (story->texts);
  g_array_unref (story->records);
  g_array_unref (story->conns);
  g_array_unref (story->changes);
  g_free (story);
}

SfStory *
sf_story_of_plan (const SfPlan *plan)
{
  SfStory *story = sf_story_new ();

  for (guint i = 0; i < plan->hosts->len; i++)
    {
      const SfHostPlan *host = sf_plan_host (plan, i);

      sf_story_add_host (story, host->name, host->router, host->addr, host->n_addrs);
    }
  for (guint i = 0; i < plan->links->len; i++)
    {
      const SfLinkPlan *link = &g_array_index (plan->links, SfLinkPlan, i);

      sf_story_add_link (story, link->name, link->a, link->b);
    }
  for (guint i = 0; i < plan->texts->len; i++)
    g_ptr_array_add (story->texts, g_strdup (g_ptr_array_index (plan->texts, i)));
  return story;
}

void
sf_story_reset (SfStory *story, SfSeed seed)
{
  story->seed = seed;
  g_array_set_size (story->records, 0);
  g_array_set_size (story->conns, 0);
  g_array_set_size (story->changes, 0);
}

void
sf_story_sink (gpointer user, const SfRecordHead *record)
{
  SfStory *story = user;

  g_array_append_vals (story->records, record, 1);
}

void
sf_story_add_host (SfStory *story, const char *name, gboolean router, guint32 addr, guint32 n_addrs)
{
  SfStoryHost host = { g_strdup (name), router, addr, n_addrs };

  g_array_append_val (story->hosts, host);
}

void
sf_story_add_link (SfStory *story, const char *name, guint16 a, guint16 b)
{
  SfStoryLink link = { g_strdup (name), a, b };

  g_array_append_val (story->links, link);
}

void
sf_story_add_fault (SfStory *story, const char *text, guint32 line)
{
  SfStoryFault fault = { g_strdup (text), line };

  g_array_append_val (story->faults, fault);
}

/* Returns the entry of connection `serial`, made if there is none. */
static SfStoryConn *
conn_entry (SfStory *story, guint32 serial)
{
  if (serial > story->conns->len)
    g_array_set_size (story->conns, serial);
  return &g_array_index (story->conns, SfStoryConn, serial - 1);
}

static void
index_born (SfStory *story, guint i, guint32 *n_conns)
{
  const SfRecord *record = sf_story_record (story, i);
  gboolean listener = record->born.rport == 0;

  *conn_entry (story, record->conn) = (SfStoryConn){
    .serial = record->conn,
    .parent = record->born.parent,
    .nth = listener ? 0 : ++n_conns[record->host],
    .laddr = record->born.laddr,
    .raddr = record->born.raddr,
    .lport = record->born.lport,
    .rport = record->born.rport,
    .seen_addr = record->born.laddr,
    .seen_port = record->born.lport,
    .host = record->host,
    .listener = listener,
    .born = i,
    .gone = SF_NO_RECORD,
  };
}

/* What a connection sends first tells its ISS, its first ACK the IRS. */
static void
index_send (SfStory *story, const SfSegment *seg)
{
  SfStoryConn *conn;

  if (seg->conn == 0)
    return;
  conn = conn_entry (story, seg->conn);
  if (!conn->has_iss)
    {
      conn->has_iss = TRUE;
      conn->iss = seg->seq_base;
    }
  if (!conn->has_irs && (seg->flags & SF_ACK) != 0)
    {
      conn->has_irs = TRUE;
      conn->irs = seg->ack_base;
    }
}

/* Where what a connection sends arrives, one sees under which address and port its end is known there. */
static void
index_arrival (SfStory *story, const SfSegment *seg)
{
  SfStoryConn *conn;

  if (seg->conn == 0 || seg->conn > story->conns->len)
    return;
  conn = conn_entry (story, seg->conn);
  conn->seen_addr = seg->src;
  conn->seen_port = seg->sport;
}

static gboolean
is_change (const SfRecord *record)
{
  return (record->head.kind == SF_RECORD_STATE || record->head.kind == SF_RECORD_GONE) && record->conn != 0;
}

/* Puts the changes of each connection together: counts them, gives each connection its part, fills the parts. */
static void
index_changes (SfStory *story)
{
  guint n = 0;

  for (guint i = 0; i < sf_story_n_records (story); i++)
    if (is_change (sf_story_record (story, i)))
      {
        conn_entry (story, sf_story_record (story, i)->conn)->n_changes++;
        n++;
      }
  g_array_set_size (story->changes, n);
  n = 0;
  for (guint i = 0; i < story->conns->len; i++)
    {
      SfStoryConn *conn = &g_array_index (story->conns, SfStoryConn, i);

      conn->first_change = n;
      n += conn->n_changes;
      conn->n_changes = 0;
    }
  for (guint i = 0; i < sf_story_n_records (story); i++)
    if (is_change (sf_story_record (story, i)))
      {
        SfStoryConn *conn = conn_entry (story, sf_story_record (story, i)->conn);

        g_array_index (story->changes, guint, conn->first_change + conn->n_changes++) = i;
      }
}

void
sf_story_index (SfStory *story)
{
  g_autofree guint32 *n_conns = g_new0 (guint32, story->hosts->len);

  g_array_set_size (story->conns, 0);
  for (guint i = 0; i < sf_story_n_records (story); i++)
    {
      const SfRecord *record = sf_story_record (story, i);

      if (record->head.kind == SF_RECORD_CONN)
        index_born (story, i, n_conns);
      else if (record->head.kind == SF_RECORD_GONE)
        conn_entry (story, record->conn)->gone = i;
      else if (record->head.kind == SF_RECORD_SEND)
        index_send (story, &record->send);
      else if (record->head.kind == SF_RECORD_ARRIVE)
        index_arrival (story, &record->arrive);
    }
  index_changes (story);
}

const char *
sf_story_host_name (const SfStory *story, guint16 host)
{
  return host < story->hosts->len ? g_array_index (story->hosts, SfStoryHost, host).name : "?";
}

const char *
sf_story_link_name (const SfStory *story, guint16 link)
{
  return link < story->links->len ? g_array_index (story->links, SfStoryLink, link).name : "?";
}

guint16
sf_story_host_named (const SfStory *story, const char *name)
{
  for (guint i = 0; i < story->hosts->len; i++)
    if (strcmp (g_array_index (story->hosts, SfStoryHost, i).name, name) == 0)
      return (guint16) i;
  return SF_NO_HOST;
}

const SfStoryConn *
sf_story_conn (const SfStory *story, guint32 serial)
{
  const SfStoryConn *conn;

  if (serial == 0 || serial > story->conns->len)
    return NULL;
  conn = &g_array_index (story->conns, SfStoryConn, serial - 1);
  return conn->serial != 0 ? conn : NULL;
}

const SfStoryConn *
sf_story_conn_nth (const SfStory *story, guint16 host, guint nth)
{
  for (guint i = 0; i < story->conns->len; i++)
    {
      const SfStoryConn *conn = &g_array_index (story->conns, SfStoryConn, i);

      if (conn->serial != 0 && conn->host == host && !conn->listener && conn->nth == nth)
        return conn;
    }
  return NULL;
}

const SfStoryConn *
sf_story_listener (const SfStory *story, guint16 host)
{
  for (guint i = 0; i < story->conns->len; i++)
    {
      const SfStoryConn *conn = &g_array_index (story->conns, SfStoryConn, i);

      if (conn->serial != 0 && conn->host == host && conn->listener)
        return conn;
    }
  return NULL;
}

GArray *
sf_story_content (const SfStory *story)
{
  GArray *content = g_array_new (FALSE, FALSE, sizeof (SfContentText));

  for (guint i = 0; i < sf_story_n_records (story); i++)
    {
      const SfRecord *record = sf_story_record (story, i);
      SfContentText piece;

      if (record->head.kind != SF_RECORD_CALL || record->call.op != SF_OP_SEND || record->call.text == 0
          || record->call.text > story->texts->len)
        continue;
      piece.stream = record->conn;
      piece.offset = record->call.offset;
      piece.text = g_ptr_array_index (story->texts, record->call.text - 1);
      /* What waits may have been taken in part after the record; what failed, no further. */
      piece.len = MIN (strlen (piece.text), (guint64) record->call.amount + record->call.waiting);
      g_array_append_val (content, piece);
    }
  return content;
}
