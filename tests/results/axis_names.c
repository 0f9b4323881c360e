/* SPDX-License-Identifier: MIT
 *
 * Names of parameters: their titles, or the part of their paths that distinguishes them.
 */
#include "results/axis_names.h"
#include "tests/support/sweeps.h"

/* Two links in a row. */
#define SCENARIO                                               \
  "synfin: 1\n"                                                \
  "title: a test\n"                                            \
  "hosts: {client: {}, server: {}}\n"                          \
  "routers: [middle]\n"                                        \
  "links:\n"                                                   \
  "  - {between: [client, middle], delay: 5ms}\n"              \
  "  - {between: [middle, server], delay: 5ms}\n"              \
  "script:\n"                                                  \
  "  client: [{connect: \"server:80\"}, {send: 1 B}, close]\n" \
  "  server: [{listen: 80}, accept, {receive: eof}, close]\n"  \
  "variants: {two-way: {set: {tcp.handshake: two-way}}}\n"     \
  "sweep:\n"                                                   \
  "  measure: [segments]\n"                                    \
  "  vary:\n"

static const struct
{
  const char *name, *vary, *lang, *expected; /* expected: separated by '|' */
} rows[] = {
  { "last-part", "    links.0.loss: [0%, 1%]\n", NULL, "loss" },
  { "no-points", "    variant: [standard, two-way]\n", NULL, "variant" },
  { "differ", "    links.0.loss: [0%, 1%]\n    hosts.server.tcp.msl: [1s, 2s]\n", NULL, "loss|msl" },
  { "two-links", "    links.0.loss: [0%, 1%]\n    links.1.loss: [0%, 1%]\n", NULL, "0.loss|1.loss" },
  /* Only names that would be equal are longer. */
  { "three", "    links.0.loss: [0%, 1%]\n    links.1.loss: [0%, 1%]\n    links.1.delay: [1ms, 2ms]\n", NULL,
    "0.loss|1.loss|delay" },
  { "as-long-as-needed", "    hosts.client.tcp.msl: [1s, 2s]\n    hosts.server.tcp.msl: [1s, 2s]\n", NULL,
    "client.tcp.msl|server.tcp.msl" },
  { "title", "    links.0.loss: {values: [0%, 1%], title: first}\n    links.1.loss: [0%, 1%]\n", NULL, "first|loss" },
  { "title-like-path", "    links.0.loss: {values: [0%, 1%], title: delay}\n    links.1.delay: [1ms, 2ms]\n", NULL,
    "delay|1.delay" },
  { "same-titles",
    "    links.0.loss: {values: [0%, 1%], title: loss}\n    links.1.loss: {values: [0%, 1%], title: loss}\n", NULL,
    "loss|loss" },
  { "chinese", "    links.0.loss: {values: [0%, 1%], title: {en: loss, zh: 丢失率}}\n    links.1.loss: [0%, 1%]\n",
    "zh", "丢失率|loss" },
  { "english", "    links.0.loss: {values: [0%, 1%], title: {en: loss, zh: 丢失率}}\n    links.1.loss: [0%, 1%]\n",
    "en", "loss|1.loss" },
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strconcat (SCENARIO, rows[i].vary, NULL);
  g_autoptr (SfSweep) sweep = sweeps_make (text, &(SfSweepOptions){ 0 });
  g_auto (GStrv) names = sf_sweep_axis_names (sweep, rows[i].lang);
  g_autofree char *joined = g_strjoinv ("|", names);

  g_assert_cmpstr (joined, ==, rows[i].expected);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/results/axis_names/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  status = g_test_run ();
  sweeps_end ();
  return status;
}
