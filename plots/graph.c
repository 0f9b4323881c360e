/* SPDX-License-Identifier: MIT */
#include "plots/graph.h"

#include "plots/graph_page.h"

guint32
sf_graph_busiest (const SfStory *story)
{
  g_autofree guint64 *bytes = g_new0 (guint64, story->conns->len + 1);
  guint32 best = 0;

  for (guint i = 0; i < sf_story_n_records (story); i++)
    {
      const SfRecord *record = sf_story_record (story, i);

      if (record->head.kind == SF_RECORD_SEND && record->conn <= story->conns->len)
        bytes[record->conn] += record->send.len;
    }
  for (guint32 serial = 1; serial <= story->conns->len; serial++)
    {
      const SfStoryConn *conn = sf_story_conn (story, serial);

      if (conn != NULL && !conn->listener && (best == 0 || bytes[serial] > bytes[best]))
        best = serial;
    }
  return best;
}

static const SfStoryConn *
find_conn (const SfStory *story, const SfGraphOptions *options)
{
  return sf_story_conn (story, options->conn != 0 ? options->conn : sf_graph_busiest (story));
}

gboolean
sf_graph_has_data (SfGraphKind kind, const SfStory *story, const SfGraphOptions *options)
{
  const SfGraphOptions none = { 0 };
  const SfStoryConn *conn = find_conn (story, options != NULL ? options : &none);
  guint n_data = 0, n_samples = 0;

  if (conn == NULL || kind == SF_GRAPH_STATES)
    return story->conns->len > 0;
  for (guint i = 0; i < sf_story_n_records (story); i++)
    {
      const SfRecord *record = sf_story_record (story, i);

      if (record->conn != conn->serial)
        continue;
      n_data += record->head.kind == SF_RECORD_SEND && record->send.len > 0;
      n_samples += record->head.kind == SF_RECORD_RTT;
    }
  return kind == SF_GRAPH_RTT ? n_samples > 1 : n_data > 0;
}

SfPage *
sf_graph (SfGraphKind kind, const SfStory *story, const SfGraphOptions *options)
{
  const SfGraphOptions none = { 0 };
  const SfStoryConn *conn;

  if (options == NULL)
    options = &none;
  conn = kind != SF_GRAPH_STATES ? find_conn (story, options) : NULL;
  switch (kind)
    {
    case SF_GRAPH_STEVENS:
      return sf_graph_stevens (story, conn, options);
    case SF_GRAPH_WINDOW:
      return sf_graph_window (story, conn, options);
    case SF_GRAPH_RTT:
      return sf_graph_rtt (story, conn, options);
    case SF_GRAPH_STATES:
      return sf_graph_states (story, options);
    }
  g_return_val_if_reached (NULL);
}
