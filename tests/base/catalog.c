/* SPDX-License-Identifier: MIT
 *
 * Catalogs: files of both byte orders made here, damaged in every byte, and the one of the build.
 */
#include "base/gettext.h"
#include "base/wording.h"
#include "tests/support/catalogs.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEADER "Content-Type: text/plain\nPlural-Forms: nplurals=3; plural=n == 1 ? 0 : n == 2 ? 1 : 2;\n"

/* A text and its translation. Plural forms are separated by a NUL. */
typedef struct
{
  const char *text, *translation;
  gsize text_len, len;
} Row;

#define ROW(text, translation)                                 \
  {                                                            \
    text, translation, sizeof text - 1, sizeof translation - 1 \
  }

static const Row sorted[] = {
  ROW ("", HEADER),
  ROW ("%u run\0%u runs", "%u eins\0%u zwei\0%u viele"),
  ROW ("close", "schließen"),
  ROW ("open", ""),
};

static void
append_word (GByteArray *out, guint32 word, gboolean swapped)
{
  word = swapped ? GUINT32_SWAP_LE_BE (word) : word;
  g_byte_array_append (out, (const guint8 *) &word, sizeof word);
}

/* Returns `rows` in the format of a catalog. */
static GByteArray *
make (const Row *rows, guint n, gboolean swapped)
{
  const guint32 head[] = { 0x950412deu, 0, n, 28, 28 + 8 * n, 0, 0 };
  GByteArray *out = g_byte_array_new ();
  guint32 place = 28 + 16 * n;

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    append_word (out, head[i], swapped);
  for (guint i = 0; i < 2 * n; i++)
    {
      gsize len = i < n ? rows[i].text_len : rows[i - n].len;

      append_word (out, (guint32) len, swapped);
      append_word (out, place, swapped);
      place += (guint32) len + 1;
    }
  for (guint i = 0; i < n; i++)
    g_byte_array_append (out, (const guint8 *) rows[i].text, (guint) rows[i].text_len + 1);
  for (guint i = 0; i < n; i++)
    g_byte_array_append (out, (const guint8 *) rows[i].translation, (guint) rows[i].len + 1);
  return out;
}

/* Opens `catalog` for `lang`. */
static gboolean
open_as (const char *lang, const GByteArray *catalog)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("synfin-XXXXXX.mo", &path, NULL);
  gboolean opened;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, (const char *) catalog->data, (gssize) catalog->len, NULL));
  opened = sf_catalog_open (lang, path, &error);
  g_assert_true (opened == (error == NULL));
  g_unlink (path);
  return opened;
}

static void
check_texts (const char *lang)
{
  g_assert_cmpstr (sf_catalog_text (lang, "close"), ==, "schließen");
  g_assert_cmpstr (sf_catalog_text (lang, "clos"), ==, "clos");
  g_assert_cmpstr (sf_catalog_text (lang, "open"), ==, "open");
  g_assert_cmpstr (sf_catalog_text (lang, "zzz"), ==, "zzz");
  g_assert_cmpstr (sf_catalog_plural (lang, "%u run", "%u runs", 1), ==, "%u eins");
  g_assert_cmpstr (sf_catalog_plural (lang, "%u run", "%u runs", 2), ==, "%u zwei");
  g_assert_cmpstr (sf_catalog_plural (lang, "%u run", "%u runs", 0), ==, "%u viele");
  g_assert_cmpstr (sf_catalog_plural (lang, "%u dog", "%u dogs", 1), ==, "%u dog");
  g_assert_cmpstr (sf_catalog_plural (lang, "%u dog", "%u dogs", 2), ==, "%u dogs");
}

static void
test_texts (void)
{
  g_autoptr (GByteArray) native = make (sorted, G_N_ELEMENTS (sorted), FALSE);
  g_autoptr (GByteArray) swapped = make (sorted, G_N_ELEMENTS (sorted), TRUE);

  g_assert_true (open_as ("xa", native));
  g_assert_true (open_as ("xb", swapped));
  check_texts ("xa");
  check_texts ("xb");
  g_assert_cmpstr (sf_catalog_text (SF_DEFAULT_LANG, "close"), ==, "close");
  g_assert_cmpstr (sf_catalog_text (NULL, "close"), ==, "close");
  g_assert_cmpstr (sf_catalog_text ("xx", "close"), ==, "close");
}

/* A file that is no catalog is refused. A catalog with a wrong byte is refused, or read within its bounds. */
static void
test_damage (void)
{
  static const Row unsorted[] = { ROW ("b", "B"), ROW ("a", "A") };
  static const Row no_rule[] = { ROW ("", "Plural-Forms: nplurals=2; plural=EXPRESSION;\n") };
  g_autoptr (GByteArray) whole = make (sorted, G_N_ELEMENTS (sorted), FALSE);
  g_autoptr (GByteArray) wrong_order = make (unsorted, G_N_ELEMENTS (unsorted), FALSE);
  g_autoptr (GByteArray) wrong_rule = make (no_rule, G_N_ELEMENTS (no_rule), FALSE);
  guint n_refused = 0;

  g_assert_false (open_as ("yo", wrong_order));
  g_assert_false (open_as ("yr", wrong_rule));
  for (guint i = 0; i < whole->len; i++)
    {
      g_autofree char *lang = g_strdup_printf ("y%u", i);
      g_autoptr (GByteArray) broken = make (sorted, G_N_ELEMENTS (sorted), FALSE);

      broken->data[i] ^= 0x80;
      if (!open_as (lang, broken))
        n_refused++;
      g_assert_nonnull (sf_catalog_text (lang, "close"));
      g_assert_nonnull (sf_catalog_plural (lang, "%u run", "%u runs", 5));
    }
  /* At least: magic number, upper half of the version, four high bytes of each position and length, and the NULs. */
  g_assert_cmpuint (n_refused, >, 50);
  for (guint len = 0; len + 1 < whole->len; len++)
    {
      g_autoptr (GByteArray) cut = make (sorted, G_N_ELEMENTS (sorted), FALSE);

      g_byte_array_set_size (cut, len);
      g_assert_false (open_as ("yc", cut));
    }
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sf_catalog_open ("yy", "/nowhere/synfin.mo", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* Two languages at a time, and the spoken one. */
static void
test_languages (void)
{
  catalogs_open ("zh");
  g_assert_cmpstr (tr ("zh", "no error"), !=, "no error");
  g_assert_cmpstr (tr ("en", "no error"), ==, "no error");
  g_assert_cmpstr (_ ("no error"), ==, "no error");
  sf_catalog_speak ("zh");
  g_assert_cmpstr (sf_catalog_spoken (), ==, "zh");
  g_assert_cmpstr (_ ("no error"), ==, tr ("zh", "no error"));
  g_assert_cmpstr (ngettext ("%u segment", "%u segments", 2), ==, trn ("zh", "%u segment", "%u segments", 1));
  sf_catalog_speak (SF_DEFAULT_LANG);
  g_assert_cmpstr (ngettext ("%u segment", "%u segments", 2), ==, "%u segments");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/texts", test_texts);
  g_test_add_func ("/catalog/damage", test_damage);
  g_test_add_func ("/catalog/missing", test_missing);
  g_test_add_func ("/catalog/languages", test_languages);
  return g_test_run ();
}
