/* SPDX-License-Identifier: MIT */
#include "tests/support/catalogs.h"

void
catalogs_open (const char *lang)
{
  g_autofree char *path = g_build_filename (g_test_get_dir (G_TEST_BUILT), "..", "po", lang, "LC_MESSAGES", "synfin.mo",
                                            NULL);
  g_autoptr (GError) error = NULL;

  sf_catalog_open (lang, path, &error);
  g_assert_no_error (error);
}
