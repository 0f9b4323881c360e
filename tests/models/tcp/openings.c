/* SPDX-License-Identifier: MIT
 *
 * Every way to open a connection sets SND.WND, SND.WL1 and SND.WL2 (RFC 9293 §3.10.7.3, fourth, and §3.10.7.4, fifth),
 * so that the peer's next window counts. The peer's numbers are beyond 2^31, where a forgotten SND.WL1 of 0 is newer
 * than all of them.
 */
#include "tests/support/endpoint.h"

#include <string.h>

typedef struct
{
  const char *name;
  gboolean passive, two_way, close;
  const char *opens[2]; /* segments of the peer, in order */
} Opening;

static const Opening openings[] = {
  { "active", FALSE, FALSE, FALSE, { "S. 0:0(0) ack 1 win 500" } },
  { "simultaneous", FALSE, FALSE, FALSE, { "S 0:0(0) win 400", "S. 0:0(0) ack 1 win 500" } },
  { "simultaneous, closed in SYN-RECEIVED", FALSE, FALSE, TRUE, { "S 0:0(0) win 400", ". 1:1(0) ack 1 win 500" } },
  { "passive", TRUE, FALSE, FALSE, { "S 0:0(0) win 400", ". 1:1(0) ack 1 win 500" } },
  { "two-way", TRUE, TRUE, FALSE, { "S 0:0(0) win 500" } },
};

static void
expect_window (const Endpoint *endpoint, const char *part)
{
  g_autofree char *text = endpoint_tcb_text (endpoint);

  if (strstr (text, part) == NULL)
    g_error ("no \"%s\" in \"%s\"", part, text);
}

static void
open_as (Endpoint *endpoint, const Opening *row)
{
  if (row->passive)
    endpoint_listen (endpoint);
  else
    endpoint_connect (endpoint);
  endpoint_inject (endpoint, row->opens[0]);
  if (row->close)
    sf_tcp_shutdown (endpoint->net, endpoint->conn);
  if (row->opens[1] != NULL)
    endpoint_inject (endpoint, row->opens[1]);
}

static void
test_opening (gconstpointer data)
{
  const Opening *row = data;
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  if (row->two_way)
    profile.handshake = SF_HANDSHAKE_TWO_WAY;
  endpoint_start (&endpoint, &profile);
  open_as (&endpoint, row);
  expect_window (&endpoint, " wnd 500 ");
  endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 700");
  expect_window (&endpoint, " wl 1/1 wnd 700 ");
  endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 600"); /* WL1 = SEG.SEQ, WL2 =< SEG.ACK */
  expect_window (&endpoint, " wl 1/1 wnd 600 ");
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tcp/openings/%s", openings[i].name);

      g_test_add_data_func (path, &openings[i], test_opening);
    }
  return g_test_run ();
}
