/* SPDX-License-Identifier: MIT
 *
 * Catalogs, read from files and kept by language, and the search for a text in them.
 */
#include "base/catalog.h"

#include "base/plural.h"
#include "base/wording.h"

#include <string.h>

#define MAGIC 0x950412deu

/* A file begins with seven words of 32 bits: magic number, version, number of texts, positions of the table of English
 * texts and of the table of translations, and two about a hash table, which is not used here. */
enum
{
  AT_MAGIC = 0,
  AT_VERSION = 4,
  AT_N = 8,
  AT_TEXTS = 12,
  AT_TRANSLATIONS = 16,
  HEAD_SIZE = 28,
};

/* The bytes of a row of a table: length and position of a text. The length does not count the NUL at the end. */
#define ROW_SIZE 8

typedef struct
{
  char *lang;
  GMappedFile *file;
  const char *data;
  gsize size;
  gboolean swapped; /* the file was written with the other byte order */
  guint32 n, texts, translations;
  const char *rule; /* which plural form a number takes, see base/plural.h */
  gulong n_plurals;
} Catalog;

static GPtrArray *catalogs; /* Catalog; only a few; NULL: none yet */
static const char *spoken = SF_DEFAULT_LANG;

/* --- files --- */

static void
catalog_free (Catalog *catalog)
{
  g_free (catalog->lang);
  g_mapped_file_unref (catalog->file);
  g_free (catalog);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Catalog, catalog_free)

static guint32
word_at (const Catalog *catalog, gsize place)
{
  guint32 word;

  memcpy (&word, catalog->data + place, sizeof word);
  return catalog->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

/* Returns text `i` of `table`. Stores its length, which includes all its plural forms. */
static const char *
text_at (const Catalog *catalog, guint32 table, guint32 i, gsize *ret_len)
{
  *ret_len = word_at (catalog, table + (gsize) ROW_SIZE * i);
  return catalog->data + word_at (catalog, table + (gsize) ROW_SIZE * i + 4);
}

/* TRUE if all rows of `table` and their texts are within the file. */
static gboolean
is_table (const Catalog *catalog, guint32 table)
{
  if ((guint64) table + (guint64) ROW_SIZE * catalog->n > catalog->size)
    return FALSE;
  for (guint32 i = 0; i < catalog->n; i++)
    {
      gsize row = table + (gsize) ROW_SIZE * i;
      guint64 end = (guint64) word_at (catalog, row) + word_at (catalog, row + 4);

      if (end >= catalog->size || catalog->data[end] != '\0')
        return FALSE;
    }
  return TRUE;
}

/* TRUE if the English texts are sorted, so that binary search finds them. */
static gboolean
is_sorted (const Catalog *catalog)
{
  gsize len;

  for (guint32 i = 1; i < catalog->n; i++)
    if (strcmp (text_at (catalog, catalog->texts, i - 1, &len), text_at (catalog, catalog->texts, i, &len)) >= 0)
      return FALSE;
  return TRUE;
}

static gboolean
read_tables (Catalog *catalog)
{
  if (catalog->size < HEAD_SIZE)
    return FALSE;
  catalog->swapped = word_at (catalog, AT_MAGIC) != MAGIC;
  if (word_at (catalog, AT_MAGIC) != MAGIC || word_at (catalog, AT_VERSION) >> 16 != 0)
    return FALSE;
  catalog->n = word_at (catalog, AT_N);
  catalog->texts = word_at (catalog, AT_TEXTS);
  catalog->translations = word_at (catalog, AT_TRANSLATIONS);
  return is_table (catalog, catalog->texts) && is_table (catalog, catalog->translations) && is_sorted (catalog);
}

/* Returns the translation of `text` with all its plural forms, NULL if there is none. */
static const char *
find (const Catalog *catalog, const char *text, gsize *ret_len)
{
  guint32 low = 0, high = catalog->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = strcmp (text, text_at (catalog, catalog->texts, middle, ret_len));

      if (order == 0)
        return text_at (catalog, catalog->translations, middle, ret_len);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

/* Reads "Plural-Forms: nplurals=2; plural=n != 1;" from the header, which is the translation of "". Without it the
 * plural forms are those of English. FALSE if it is wrong. */
static gboolean
read_plurals (Catalog *catalog)
{
  gsize len;
  const char *header = find (catalog, "", &len);
  const char *line = header != NULL ? strstr (header, "Plural-Forms:") : NULL;
  const char *n_plurals = line != NULL ? strstr (line, "nplurals=") : NULL;
  const char *rule = n_plurals != NULL ? strstr (n_plurals, "plural=") : NULL;

  catalog->n_plurals = 2;
  catalog->rule = "n != 1";
  if (line == NULL)
    return TRUE;
  /* "nplurals=" has "plurals=" in it, but no "plural=". */
  if (rule == NULL || !sf_plural_is_rule (rule + strlen ("plural=")))
    return FALSE;
  catalog->n_plurals = (gulong) g_ascii_strtoull (n_plurals + strlen ("nplurals="), NULL, 10);
  catalog->rule = rule + strlen ("plural=");
  return TRUE;
}

/* --- languages --- */

/* Returns the catalog of `lang`, NULL if there is none, as for English. */
static const Catalog *
catalog_of (const char *lang)
{
  if (catalogs == NULL || lang == NULL)
    return NULL;
  for (guint i = 0; i < catalogs->len; i++)
    {
      const Catalog *catalog = g_ptr_array_index (catalogs, i);

      if (strcmp (catalog->lang, lang) == 0)
        return catalog;
    }
  return NULL;
}

gboolean
sf_catalog_open (const char *lang, const char *path, GError **error)
{
  g_autoptr (Catalog) catalog = NULL;
  GMappedFile *file;

  if (catalog_of (lang) != NULL)
    return TRUE;
  file = g_mapped_file_new (path, FALSE, error);
  if (file == NULL)
    return FALSE;
  catalog = g_new0 (Catalog, 1);
  catalog->lang = g_strdup (lang);
  catalog->file = file;
  catalog->data = g_mapped_file_get_contents (file);
  catalog->size = g_mapped_file_get_length (file);
  if (!read_tables (catalog) || !read_plurals (catalog))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s is no catalog", path);
      return FALSE;
    }
  if (catalogs == NULL)
    catalogs = g_ptr_array_new ();
  g_ptr_array_add (catalogs, g_steal_pointer (&catalog));
  return TRUE;
}

void
sf_catalog_speak (const char *lang)
{
  spoken = g_intern_string (lang);
}

const char *
sf_catalog_spoken (void)
{
  return spoken;
}

/* --- texts --- */

const char *
sf_catalog_text (const char *lang, const char *text)
{
  const Catalog *catalog = catalog_of (lang);
  gsize len = 0;
  const char *found = catalog != NULL ? find (catalog, text, &len) : NULL;

  return found != NULL && len > 0 ? found : text;
}

const char *
sf_catalog_plural (const char *lang, const char *one, const char *many, gulong n)
{
  const Catalog *catalog = catalog_of (lang);
  gsize len = 0;
  const char *found = catalog != NULL ? find (catalog, one, &len) : NULL;
  const char *end;
  gulong form;

  if (found == NULL || len == 0)
    return n == 1 ? one : many;
  end = found + len;
  form = sf_plural_form (catalog->rule, n);
  for (form = form < catalog->n_plurals ? form : 0; form > 0 && found + strlen (found) < end; form--)
    found += strlen (found) + 1;
  return found;
}
