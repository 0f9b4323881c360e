/* SPDX-License-Identifier: MIT */
#include "plots/sequence/bars.h"

void
sf_bars_init (SfBars *bars, const SfRows *rows)
{
  bars->rows = rows;
  bars->hosts = g_malloc0_n (sf_trace_n_hosts (rows->trace) + 1, sizeof *bars->hosts);
}

void
sf_bars_clear (SfBars *bars)
{
  g_free (bars->hosts);
}

/* Returns the bar of connection `conn`, otherwise the first free one, otherwise SF_NO_BAR. */
static guint
find_bar (const SfBar *bar, guint32 conn)
{
  guint free_bar = SF_NO_BAR;

  for (guint i = SF_MAX_BARS; i-- > 0;)
    {
      if (bar[i].state != SF_CLOSED && bar[i].conn == conn)
        return i;
      /* The bar of a listener counts as free: it makes room for its child. */
      if (bar[i].state == SF_CLOSED || bar[i].conn == 0)
        free_bar = i;
    }
  return free_bar;
}

guint
sf_bars_apply (SfBars *bars, const SfRow *row)
{
  const SfRecord *record;
  SfBar *bar;
  guint i;

  if (row->change == SF_NO_RECORD)
    return SF_NO_BAR;
  record = sf_trace_record (bars->rows->trace, row->change);
  bar = bars->hosts[record->host];
  i = find_bar (bar, record->conn);
  if (i == SF_NO_BAR)
    return SF_NO_BAR;
  /* A listener, or a child that goes back to LISTEN, has a bar only if bar 0 is free. */
  if (record->state.to == SF_LISTEN)
    bar[i] = (SfBar){ 0, i == 0 ? SF_LISTEN : SF_CLOSED };
  else
    bar[i] = (SfBar){ record->conn, record->state.to };
  return i;
}

gboolean
sf_bars_expire (SfBars *bars, const SfRow *row, guint16 host)
{
  SfBar *bar = bars->hosts[host];
  gboolean any = FALSE;
  gboolean down = sf_row_bit (host) != 0 && (row->up & sf_row_bit (host)) == 0;
  gboolean dead = sf_row_bit (host) != 0 && (row->alive & sf_row_bit (host)) == 0;

  for (guint i = 0; i < SF_MAX_BARS; i++)
    if (bar[i].state != SF_CLOSED && (down || (dead && bar[i].conn != 0)))
      {
        bar[i] = (SfBar){ 0, SF_CLOSED };
        any = TRUE;
      }
  return any;
}
