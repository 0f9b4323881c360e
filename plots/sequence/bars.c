/* SPDX-License-Identifier: MIT */
#include "plots/sequence/bars.h"

void
sf_lanes_init (SfLanes *lanes, const SfRows *rows)
{
  lanes->rows = rows;
  lanes->hosts = g_malloc0_n (sf_story_n_hosts (rows->story) + 1, sizeof *lanes->hosts);
}

void
sf_lanes_clear (SfLanes *lanes)
{
  g_free (lanes->hosts);
}

/* Returns the lane of connection `conn`, or one that it may have. */
static guint
find_lane (const SfLane *lane, guint32 conn)
{
  guint free_lane = SF_NO_LANE;

  for (guint i = SF_LANES; i-- > 0;)
    {
      if (lane[i].state != SF_CLOSED && lane[i].conn == conn)
        return i;
      /* A listener makes room for its child. */
      if (lane[i].state == SF_CLOSED || lane[i].conn == 0)
        free_lane = i;
    }
  return free_lane;
}

guint
sf_lanes_apply (SfLanes *lanes, const SfRow *row)
{
  const SfRecord *record;
  SfLane *lane;
  guint i;

  if (row->change == SF_NO_RECORD)
    return SF_NO_LANE;
  record = sf_story_record (lanes->rows->story, row->change);
  lane = lanes->hosts[record->host];
  i = find_lane (lane, record->conn);
  if (i == SF_NO_LANE)
    return SF_NO_LANE;
  /* A listener, or a child that goes back to it; beside other connections it has no bar. */
  if (record->state.to == SF_LISTEN)
    lane[i] = (SfLane){ 0, i == 0 ? SF_LISTEN : SF_CLOSED };
  else
    lane[i] = (SfLane){ record->conn, record->state.to };
  return i;
}

gboolean
sf_lanes_expire (SfLanes *lanes, const SfRow *row, guint16 host)
{
  SfLane *lane = lanes->hosts[host];
  gboolean any = FALSE;
  gboolean down = sf_row_bit (host) != 0 && (row->up & sf_row_bit (host)) == 0;
  gboolean dead = sf_row_bit (host) != 0 && (row->alive & sf_row_bit (host)) == 0;

  for (guint i = 0; i < SF_LANES; i++)
    if (lane[i].state != SF_CLOSED && (down || (dead && lane[i].conn != 0)))
      {
        lane[i] = (SfLane){ 0, SF_CLOSED };
        any = TRUE;
      }
  return any;
}
