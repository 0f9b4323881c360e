/* SPDX-License-Identifier: MIT
 *
 * The typed readers of the tree and their diagnostics.
 */
#include "lab/language/node.h"

#include "base/gettext.h"
#include "base/units.h"
#include "lab/language/written_segment.h"

#include <string.h>

/* Maximum length, in characters, of a value that a message quotes. */
#define QUOTED_CHARS 40

/* If no name is near a wrong one, all names are listed, but only if they are at most this many. */
#define MOST_LISTED 14

/* --- structure --- */

/* Returns `text` in quotes, shortened if it is long; to be freed. */
static char *
quote (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= QUOTED_CHARS)
    return g_strdup_printf ("'%s'", text);
  start = g_utf8_substring (text, 0, QUOTED_CHARS);
  return g_strdup_printf ("'%s…'", start);
}

static char *
describe (const SfNode *node)
{
  if (node->kind == SF_NODE_LIST)
    return g_strdup (_ ("a list"));
  if (node->kind == SF_NODE_MAP)
    return g_strdup (_ ("a mapping"));
  if (sf_node_is_empty (node))
    return g_strdup (_ ("nothing"));
  return quote (node->text);
}

gboolean
sf_node_error (const SfNode *node, SfDiagnostics *diag, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  return sf_error (diag, &node->place, "%s", message);
}

gboolean
sf_node_unexpected (const SfNode *node, const char *expected, SfDiagnostics *diag)
{
  g_autofree char *found = describe (node);

  return sf_node_error (node, diag, _ ("expected %s, found %s"), expected, found);
}

const SfNode *
sf_node_require (const SfNode *map, const char *key, SfDiagnostics *diag)
{
  const SfNode *value = sf_node_get (map, key);

  if (value == NULL)
    sf_node_error (map, diag, _ ("'%s' is missing"), key);
  return value;
}

gboolean
sf_node_check_kind (const SfNode *node, SfNodeKind kind, const char *expected, SfDiagnostics *diag)
{
  return node->kind == kind || sf_node_unexpected (node, expected, diag);
}

gboolean
sf_node_check_key (const SfNode *key, SfSection section, SfDiagnostics *diag)
{
  const char *const *known = sf_section_keys (section);
  g_autofree char *hint = NULL, *found = NULL;

  if (g_strv_contains (known, key->text))
    return TRUE;
  hint = sf_did_you_mean (key->text, known);
  found = describe (key);
  return sf_node_error (key, diag, _ ("unknown key %s in %s%s"), found, sf_section_name (section), hint);
}

gboolean
sf_node_check_required (const SfNode *node, SfSection section, SfDiagnostics *diag)
{
  guint n;
  const SfKey *rows = sf_section_rows (section, &n);

  for (guint i = 0; i < n; i++)
    if (rows[i].required && sf_node_require (node, rows[i].name, diag) == NULL)
      return FALSE;
  return TRUE;
}

/* Reports that `node` is not a mapping of `section`. Returns FALSE always. */
static gboolean
no_mapping (const SfNode *node, SfSection section, SfDiagnostics *diag)
{
  g_autofree char *expected = g_strdup_printf (_ ("a mapping (%s)"), sf_section_name (section));

  return sf_node_unexpected (node, expected, diag);
}

gboolean
sf_node_check_keys (const SfNode *node, SfSection section, SfDiagnostics *diag)
{
  if (node->kind != SF_NODE_MAP)
    return no_mapping (node, section, diag);
  for (guint i = 0; i < sf_node_n (node); i++)
    if (!sf_node_check_key (sf_node_key (node, i), section, diag))
      return FALSE;
  return sf_node_check_required (node, section, diag);
}

/* Returns the index of `name` in `names`, their number if it is absent. */
static guint
index_of (const char *name, const char *const *names)
{
  guint i = 0;

  while (names[i] != NULL && strcmp (names[i], name) != 0)
    i++;
  return i;
}

gboolean
sf_node_action (const SfNode *node, SfSection section, SfDiagnostics *diag, guint *ret_index, const SfNode **ret_value)
{
  const char *const *actions = sf_section_keys (section);
  guint unknown = 0;

  if (node->kind != SF_NODE_MAP || sf_node_n (node) == 0)
    return no_mapping (node, section, diag);
  for (guint i = 0; i < sf_node_n (node); i++)
    {
      guint action = index_of (sf_node_key (node, i)->text, actions);

      if (actions[action] != NULL)
        {
          *ret_index = action;
          *ret_value = sf_node_item (node, i);
          return TRUE;
        }
    }
  return sf_node_choice (sf_node_key (node, 0), sf_section_name (section), actions, diag, &unknown);
}

/* --- scalars --- */

/* Checks that `node` is a scalar with a value. FALSE after a diagnostic. */
static gboolean
check_scalar (const SfNode *node, const char *expected, SfDiagnostics *diag)
{
  if (node->kind != SF_NODE_SCALAR || sf_node_is_empty (node))
    return sf_node_unexpected (node, expected, diag);
  return TRUE;
}

/* Reports why the text of `node` is not the expected quantity. Returns FALSE always. */
static gboolean
quantity_error (const SfNode *node, SfUnits result, const char *expected, SfDiagnostics *diag)
{
  g_autofree char *found = describe (node);

  return sf_node_error (node, diag, _ ("%s %s; expected %s"), found, sf_units_complaint (result), expected);
}

static gboolean
range_error (const SfNode *node, const char *min, const char *max, SfDiagnostics *diag)
{
  g_autofree char *found = describe (node);

  return sf_node_error (node, diag, _ ("%s is out of range; it must be %s to %s"), found, min, max);
}

gboolean
sf_node_text (const SfNode *node, SfDiagnostics *diag, const char **ret_text)
{
  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, _ ("a text"), diag))
    return FALSE;
  *ret_text = node->text;
  return TRUE;
}

/* TRUE if `code` has the form of a language code: two or three lower-case letters. */
static gboolean
is_language (const char *code)
{
  gsize len = strspn (code, "abcdefghijklmnopqrstuvwxyz");

  return code[len] == '\0' && (len == 2 || len == 3);
}

static gboolean
add_text (SfWording *wording, const char *lang, const SfNode *node, SfDiagnostics *diag)
{
  g_autofree char *text = NULL;

  if (!check_scalar (node, _ ("a text"), diag))
    return FALSE;
  text = g_strstrip (g_strdup (node->text));
  sf_wording_add (wording, lang, text);
  return TRUE;
}

gboolean
sf_node_wording (const SfNode *node, SfDiagnostics *diag, SfWording **ret_wording)
{
  g_autoptr (SfWording) wording = sf_wording_new ();

  if (node == NULL)
    return TRUE;
  if (node->kind != SF_NODE_MAP && !add_text (wording, SF_DEFAULT_LANG, node, diag))
    return FALSE;
  for (guint i = 0; node->kind == SF_NODE_MAP && i < sf_node_n (node); i++)
    {
      const SfNode *lang = sf_node_key (node, i);

      if (!is_language (lang->text))
        return sf_node_error (lang, diag,
                              _ ("'%s' is no language: expected a code of two or three letters, such as en or zh"),
                              lang->text);
      if (!add_text (wording, lang->text, sf_node_item (node, i), diag))
        return FALSE;
    }
  if (!sf_wording_has (wording, SF_DEFAULT_LANG))
    return sf_node_error (node, diag, _ ("the text in English ('%s') is missing"), SF_DEFAULT_LANG);
  *ret_wording = g_steal_pointer (&wording);
  return TRUE;
}

gboolean
sf_node_name (const SfNode *node, const char *what, SfDiagnostics *diag, const char **ret_name)
{
  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, what, diag))
    return FALSE;
  for (const char *p = node->text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && (p == node->text || (*p != '-' && *p != '_')))
      return sf_node_error (node, diag,
                            _ ("a name is made of letters, digits, '-' and '_', and begins with a letter or digit"));
  if (*node->text == '\0' || strlen (node->text) > 63)
    return sf_node_error (node, diag, _ ("a name has 1 to 63 characters"));
  *ret_name = node->text;
  return TRUE;
}

gboolean
sf_node_bool (const SfNode *node, SfDiagnostics *diag, gboolean *ret_bool)
{
  if (node == NULL)
    return TRUE;
  if (node->kind != SF_NODE_SCALAR || !sf_parse_bool (node->text, ret_bool))
    return sf_node_unexpected (node, _ ("yes or no"), diag);
  return TRUE;
}

gboolean
sf_node_count (const SfNode *node, gint64 min, gint64 max, SfDiagnostics *diag, gint64 *ret_count)
{
  gint64 count;
  SfUnits result;

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, _ ("a whole number"), diag))
    return FALSE;
  result = sf_parse_count (node->text, &count);
  if (result == SF_UNITS_NOT_A_NUMBER || result == SF_UNITS_UNKNOWN_UNIT || result == SF_UNITS_TOO_FINE)
    return sf_node_unexpected (node, _ ("a whole number"), diag);
  if (result != SF_UNITS_OK || count < min || count > max)
    {
      g_autofree char *low = g_strdup_printf ("%" G_GINT64_FORMAT, min);
      g_autofree char *high = g_strdup_printf ("%" G_GINT64_FORMAT, max);

      return range_error (node, low, high, diag);
    }
  *ret_count = count;
  return TRUE;
}

gboolean
sf_node_count32 (const SfNode *node, guint32 min, guint32 max, SfDiagnostics *diag, guint32 *ret_count)
{
  gint64 count = *ret_count;

  if (!sf_node_count (node, min, max, diag, &count))
    return FALSE;
  *ret_count = (guint32) count;
  return TRUE;
}

/* Reads a time with `parser`. The range does not hold for negative results, which are multiples of the MSL. */
static gboolean
read_time (const SfNode *node, SfUnits (*parser) (const char *text, SfTime *ret_time), const char *expected, SfTime min,
           SfTime max, SfDiagnostics *diag, SfTime *ret_time)
{
  SfTime time;
  SfUnits result;

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, expected, diag))
    return FALSE;
  result = parser (node->text, &time);
  if (result != SF_UNITS_OK)
    return quantity_error (node, result, expected, diag);
  if (time >= 0 && (time < min || time > max))
    {
      g_autofree char *low = sf_print_time (min);
      g_autofree char *high = sf_print_time (max);

      return range_error (node, low, high, diag);
    }
  *ret_time = time;
  return TRUE;
}

gboolean
sf_node_time (const SfNode *node, SfTime min, SfTime max, SfDiagnostics *diag, SfTime *ret_time)
{
  return read_time (node, sf_parse_time, _ ("a time such as 50ms, 1.5s or 2min"), min, max, diag, ret_time);
}

gboolean
sf_node_duration (const SfNode *node, SfTime min, SfTime max, SfDiagnostics *diag, SfTime *ret_time)
{
  /* Low enough that with no MSL of a profile the time overflows. */
  const SfTime most = SF_IN_MSL (10000);
  SfTime time = 0;

  if (node == NULL)
    return TRUE;
  if (!read_time (node, sf_parse_duration, _ ("a time such as 60s, or 2msl"), min, max, diag, &time))
    return FALSE;
  if (time < most)
    return range_error (node, "0msl", "10000msl", diag);
  *ret_time = time;
  return TRUE;
}

gboolean
sf_node_rate (const SfNode *node, SfDiagnostics *diag, guint64 *ret_rate)
{
  const char *expected = _ ("a rate such as 10Mbit/s, or infinite");
  guint64 rate;
  SfUnits result;

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, expected, diag))
    return FALSE;
  result = sf_parse_rate (node->text, &rate);
  if (result != SF_UNITS_OK)
    return quantity_error (node, result, expected, diag);
  if (strcmp (node->text, "infinite") != 0 && (rate == 0 || rate > 1000000000000000))
    return range_error (node, "1bit/s", _ ("1000Tbit/s, or infinite"), diag);
  *ret_rate = rate;
  return TRUE;
}

gboolean
sf_node_bytes (const SfNode *node, gint64 min, gint64 max, SfDiagnostics *diag, gint64 *ret_bytes)
{
  const char *expected = _ ("an amount such as 1460 B or 64 KiB");
  gint64 bytes;
  SfUnits result;

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, expected, diag))
    return FALSE;
  result = sf_parse_bytes (node->text, &bytes);
  if (result != SF_UNITS_OK)
    return quantity_error (node, result, expected, diag);
  if (bytes < min || bytes > max)
    {
      g_autofree char *low = sf_print_bytes (min);
      g_autofree char *high = sf_print_bytes (max);

      return range_error (node, low, high, diag);
    }
  *ret_bytes = bytes;
  return TRUE;
}

gboolean
sf_node_probability (const SfNode *node, SfDiagnostics *diag, double *ret_probability)
{
  /* xgettext:no-c-format */
  const char *expected = _ ("a probability such as 1.5% or 0.015");
  double p;
  SfUnits result;

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, expected, diag))
    return FALSE;
  result = sf_parse_probability (node->text, &p);
  if (result != SF_UNITS_OK)
    return quantity_error (node, result, expected, diag);
  if (p > 1)
    return range_error (node, "0%", "100%", diag);
  *ret_probability = p;
  return TRUE;
}

gboolean
sf_node_number (const SfNode *node, double min, double max, SfDiagnostics *diag, double *ret_number)
{
  double number;
  SfUnits result;

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, _ ("a number"), diag))
    return FALSE;
  result = sf_parse_number (node->text, &number);
  if (result != SF_UNITS_OK)
    return quantity_error (node, result, _ ("a number"), diag);
  if (number < min || number > max)
    {
      g_autofree char *low = g_strdup_printf ("%g", min);
      g_autofree char *high = g_strdup_printf ("%g", max);

      return range_error (node, low, high, diag);
    }
  *ret_number = number;
  return TRUE;
}

gboolean
sf_node_port (const SfNode *node, SfDiagnostics *diag, guint16 *ret_port)
{
  gint64 port = *ret_port;

  if (!sf_node_count (node, 1, 65535, diag, &port))
    return FALSE;
  *ret_port = (guint16) port;
  return TRUE;
}

gboolean
sf_node_address (const SfNode *node, SfDiagnostics *diag, guint32 *ret_addr)
{
  guint32 addr;

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, _ ("an IPv4 address such as 192.0.2.1"), diag))
    return FALSE;
  if (!sf_parse_address (node->text, &addr))
    return sf_node_unexpected (node, _ ("an IPv4 address such as 192.0.2.1"), diag);
  if (addr >> 24 == 0 || addr >> 24 == 127 || addr >> 24 >= 224)
    return sf_node_error (node, diag, _ ("%s is not an address that a host on a network can have"), node->text);
  *ret_addr = addr;
  return TRUE;
}

gboolean
sf_node_flags (const SfNode *node, SfDiagnostics *diag, guint16 *ret_flags)
{
  const char *expected = _ ("flags such as S, S., ., P., F. or R (S SYN, F FIN, R RST, P PSH, U URG, '.' ACK)");

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, expected, diag))
    return FALSE;
  if (!sf_flags_parse (node->text, ret_flags))
    return sf_node_unexpected (node, expected, diag);
  return TRUE;
}

/* --- names --- */

gboolean
sf_unknown_name (const char *what, const char *name, const char *const *names, const SfPlace *place,
                 SfDiagnostics *diag)
{
  g_autofree char *hint = sf_did_you_mean (name, names);
  g_autofree char *found = quote (name);
  g_autofree char *all = NULL;

  if (*hint != '\0' || g_strv_length ((char **) names) > MOST_LISTED || *names == NULL)
    return sf_error (diag, place, _ ("unknown %s %s%s"), what, found, hint);
  all = g_strjoinv (", ", (char **) names);
  return sf_error (diag, place, _ ("unknown %s %s; there is: %s"), what, found, all);
}

gboolean
sf_node_choice (const SfNode *node, const char *what, const char *const *names, SfDiagnostics *diag, guint *ret_index)
{
  guint i;

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, what, diag))
    return FALSE;
  i = index_of (node->text, names);
  if (names[i] == NULL)
    return sf_unknown_name (what, node->text, names, &node->place, diag);
  *ret_index = i;
  return TRUE;
}

gboolean
sf_node_state (const SfNode *node, SfDiagnostics *diag, SfState *ret_state)
{
  const char *names[SF_N_STATES + 1] = { NULL };

  if (node == NULL)
    return TRUE;
  if (!check_scalar (node, _ ("a state such as ESTABLISHED"), diag))
    return FALSE;
  if (sf_state_from_name (node->text, ret_state))
    return TRUE;
  for (guint i = 0; i < SF_N_STATES; i++)
    names[i] = sf_state_name (i);
  return sf_unknown_name (_ ("state"), node->text, names, &node->place, diag);
}

/* --- lists --- */

gboolean
sf_node_check_pair (const SfNode *node, const char *expected, SfDiagnostics *diag)
{
  g_autofree char *pair = g_strdup_printf (_ ("a list of %s"), expected);

  if (node->kind != SF_NODE_LIST)
    return sf_node_unexpected (node, pair, diag);
  if (sf_node_n (node) != 2)
    return sf_node_error (node, diag, _ ("expected %s, found a list of %u"), pair, sf_node_n (node));
  return TRUE;
}

gboolean
sf_node_count32_range (const SfNode *node, guint32 min, guint32 max, SfDiagnostics *diag, guint32 *ret_first,
                       guint32 *ret_last)
{
  guint32 first = 0, last = 0;

  if (node == NULL)
    return TRUE;
  if (node->kind == SF_NODE_SCALAR)
    {
      if (!sf_node_count32 (node, min, max, diag, &first))
        return FALSE;
      *ret_first = *ret_last = first;
      return TRUE;
    }
  if (!sf_node_check_pair (node, _ ("two numbers, [FIRST, LAST]"), diag)
      || !sf_node_count32 (sf_node_item (node, 0), min, max, diag, &first)
      || !sf_node_count32 (sf_node_item (node, 1), min, max, diag, &last))
    return FALSE;
  if (last < first)
    return sf_node_error (sf_node_item (node, 1), diag, _ ("%u is less than %u, with which the range begins"), last,
                          first);
  *ret_first = first;
  *ret_last = last;
  return TRUE;
}
