/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <float.h>

void
sf_json_string (GString *out, const char *text)
{
  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\%c", *p);
    else if (*p == '\n')
      g_string_append (out, "\\n");
    else if ((guchar) *p < 0x20 || *p == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guchar) *p);
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '"');
}

void
sf_json_u64 (GString *out, guint64 value)
{
  char digits[20];
  guint n = sizeof digits;

  do
    digits[--n] = (char) ('0' + value % 10);
  while ((value /= 10) > 0);
  g_string_append_len (out, digits + n, (gssize) (sizeof digits - n));
}

void
sf_json_i64 (GString *out, gint64 value)
{
  if (value < 0)
    g_string_append_c (out, '-');
  sf_json_u64 (out, value < 0 ? -(guint64) value : (guint64) value);
}

void
sf_json_next (GString *out)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append_c (out, ',');
}

void
sf_json_key (GString *out, const char *name)
{
  sf_json_next (out);
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append (out, "\":");
}

json_t *
sf_json_text (const char *text)
{
  g_autofree char *valid = text == NULL ? NULL : g_utf8_make_valid (text, -1);

  return valid == NULL ? json_null () : json_string (valid);
}

static int
append (const char *text, gsize len, gpointer out)
{
  g_string_append_len (out, text, (gssize) len);
  return 0;
}

void
sf_json_print (GString *out, json_t *json)
{
  /* With DBL_DIG digits 0.66 stays 0.66. More digits would show the binary number next to it. */
  json_dump_callback (json, append, out, JSON_INDENT (2) | JSON_REAL_PRECISION (DBL_DIG));
  g_string_append_c (out, '\n');
  json_decref (json);
}
