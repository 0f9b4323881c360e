/* SPDX-License-Identifier: MIT
 *
 * Wordings: languages, locales, missing languages, and references.
 */
#include "base/wording.h"

static void
test_plain (void)
{
  g_autoptr (SfWording) wording = sf_wording_plain ("Why?");

  g_assert_cmpstr (sf_wording_in (wording, NULL), ==, "Why?");
  g_assert_cmpstr (sf_wording_in (wording, "en"), ==, "Why?");
  g_assert_cmpstr (sf_wording_in (wording, "zh"), ==, "Why?");
  g_assert_true (sf_wording_has (wording, "en"));
  g_assert_false (sf_wording_has (wording, "zh"));
}

static void
test_languages (void)
{
  g_autoptr (SfWording) wording = sf_wording_new ();

  sf_wording_add (wording, "zh", "为什么？");
  sf_wording_add (wording, "en", "Why?");
  g_assert_cmpstr (sf_wording_in (wording, NULL), ==, "Why?");
  g_assert_cmpstr (sf_wording_in (wording, "zh"), ==, "为什么？");
  g_assert_cmpstr (sf_wording_in (wording, "zh_CN.UTF-8"), ==, "为什么？");
  g_assert_cmpstr (sf_wording_in (wording, "zh-TW"), ==, "为什么？");
  g_assert_cmpstr (sf_wording_in (wording, "zhx"), ==, "Why?");
  g_assert_cmpstr (sf_wording_in (wording, "C"), ==, "Why?");
  g_assert_cmpstr (sf_wording_in (wording, ""), ==, "Why?");
}

static void
test_nothing (void)
{
  g_assert_null (sf_wording_plain (NULL));
  g_assert_null (sf_wording_ref (NULL));
  sf_wording_unref (NULL);
  g_assert_null (sf_wording_in (NULL, "zh"));
  g_assert_false (sf_wording_has (NULL, "en"));
}

static void
test_shared (void)
{
  SfWording *wording = sf_wording_plain ("Why?");
  g_autoptr (SfWording) other = sf_wording_ref (wording);

  sf_wording_unref (wording);
  g_assert_cmpstr (sf_wording_in (other, NULL), ==, "Why?");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wording/plain", test_plain);
  g_test_add_func ("/wording/languages", test_languages);
  g_test_add_func ("/wording/nothing", test_nothing);
  g_test_add_func ("/wording/shared", test_shared);
  return g_test_run ();
}
