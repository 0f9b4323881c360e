/* SPDX-License-Identifier: MIT */
#include "base/wording.h"

#include <string.h>

static void
clear_text (gpointer data)
{
  SfWordingText *text = data;

  g_free (text->lang);
  g_free (text->text);
}

SfWording *
sf_wording_new (void)
{
  SfWording *wording = g_new0 (SfWording, 1);

  g_atomic_ref_count_init (&wording->refs);
  wording->texts = g_array_new (FALSE, FALSE, sizeof (SfWordingText));
  g_array_set_clear_func (wording->texts, clear_text);
  return wording;
}

SfWording *
sf_wording_plain (const char *text)
{
  SfWording *wording;

  if (text == NULL)
    return NULL;
  wording = sf_wording_new ();
  sf_wording_add (wording, SF_DEFAULT_LANG, text);
  return wording;
}

SfWording *
sf_wording_ref (SfWording *wording)
{
  if (wording != NULL)
    g_atomic_ref_count_inc (&wording->refs);
  return wording;
}

void
sf_wording_unref (SfWording *wording)
{
  if (wording == NULL || !g_atomic_ref_count_dec (&wording->refs))
    return;
  g_array_unref (wording->texts);
  g_free (wording);
}

void
sf_wording_add (SfWording *wording, const char *lang, const char *text)
{
  SfWordingText added = { g_strdup (lang), g_strdup (text) };

  g_array_append_val (wording->texts, added);
}

/* Returns the text in the language whose code is the first `len` bytes of `lang`, NULL if there is none. */
static const char *
find_text (const SfWording *wording, const char *lang, gsize len)
{
  for (guint i = 0; i < wording->texts->len; i++)
    {
      const SfWordingText *text = &g_array_index (wording->texts, SfWordingText, i);

      if (strlen (text->lang) == len && memcmp (text->lang, lang, len) == 0)
        return text->text;
    }
  return NULL;
}

const char *
sf_wording_in (const SfWording *wording, const char *lang)
{
  const char *text = NULL;

  if (wording == NULL)
    return NULL;
  if (lang != NULL)
    text = find_text (wording, lang, strcspn (lang, "_-.@"));
  return text != NULL ? text : find_text (wording, SF_DEFAULT_LANG, strlen (SF_DEFAULT_LANG));
}

gboolean
sf_wording_has (const SfWording *wording, const char *lang)
{
  return wording != NULL && find_text (wording, lang, strlen (lang)) != NULL;
}
