/* SPDX-License-Identifier: MIT
 *
 * The texts of a scenario; for a variant only what differs.
 */
#include "lab/report/scenario_text.h"

#include <string.h>

#define SCENARIO                                                                         \
  "synfin: 1\n"                                                                          \
  "title: {en: A handshake, zh: 握手}\n"                                               \
  "asks: What does it take?\n"                                                           \
  "explain: Three segments.\n"                                                           \
  "rfc: [RFC 9293 3.5, RFC 1122 4.2]\n"                                                  \
  "hosts: {client: {}, server: {}}\n"                                                    \
  "links: [{between: [client, server], delay: 5ms}]\n"                                   \
  "script: {server: [listen: 80, accept, close], client: [connect: server:80, close]}\n" \
  "variants:\n"                                                                          \
  "  two-way:\n"                                                                         \
  "    title: Two segments\n"                                                            \
  "    asks: Is less enough?\n"                                                          \
  "    explain: No.\n"                                                                   \
  "    because: Old duplicates exist.\n"                                                 \
  "    set: {tcp.handshake: two-way, links.0.delay: 50ms}\n"                             \
  "  bare: {set: {links.0.delay: 1s}}\n"

static const struct
{
  const char *variant, *lang; /* NULL: the standard run, English */
  guint width;
  const char *heading, *explanation;
} rows[] = {
  { NULL, NULL, 80, "A handshake\nWhat does it take?\n\n",
    "Three segments.\n\nDecided by RFC 9293 3.5, RFC 1122 4.2\n\n" },
  { NULL, "zh", 80, "握手\nWhat does it take?\n\n", NULL },
  { "two-way", NULL, 80,
    "Variant two-way: Two segments\nIs less enough?\nwith tcp.handshake: two-way\n     links.0.delay: 50ms\n\n",
    "No.\n\nBecause Old duplicates exist.\n\n" },
  { "bare", NULL, 80, "Variant bare\nwith links.0.delay: 1s\n\n", "" },
  /* A text is broken if it does not fit. */
  { NULL, NULL, 14, "A handshake\nWhat does it\ntake?\n\n", NULL },
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const SfTextStyle style = { .width = rows[i].width, .lang = rows[i].lang };
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfScenario)
    scenario = sf_scenario_parse (SCENARIO, strlen (SCENARIO), "test.yaml", rows[i].variant, NULL, 0, diag);
  g_autoptr (GString) heading = g_string_new (NULL), explanation = g_string_new (NULL);

  if (scenario == NULL)
    g_error ("%s", sf_diagnostic_format (sf_diagnostics_error (diag)));
  sf_scenario_text_heading (heading, scenario, &style);
  g_assert_cmpstr (heading->str, ==, rows[i].heading);
  sf_scenario_text_explanation (explanation, scenario, &style);
  if (rows[i].explanation != NULL)
    g_assert_cmpstr (explanation->str, ==, rows[i].explanation);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lab/report/scenario_text/%u-%s", i,
                                               rows[i].variant != NULL ? rows[i].variant : "standard");

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  return g_test_run ();
}
