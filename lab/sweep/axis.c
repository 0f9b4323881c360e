/* SPDX-License-Identifier: MIT
 *
 * Axes of a sweep, the parameters that vary: from the scenario (`vary`) and the command line (`--vary`).
 */
#include "lab/sweep/load.h"

#include "base/gettext.h"
#include "lab/language/node_print.h"
#include "lab/language/read_keys.h"

#include <string.h>

/* --- an axis --- */

SfSweepAxis *
sf_sweep_axis_new (const char *path, const SfPlace *place)
{
  SfSweepAxis *axis = g_new0 (SfSweepAxis, 1);

  axis->path = g_strdup (path);
  axis->title = sf_wording_plain (path);
  axis->texts = g_ptr_array_new_with_free_func (g_free);
  axis->places = g_array_new (FALSE, FALSE, sizeof (SfPlace));
  g_array_append_vals (axis->places, place, 1);
  return axis;
}

void
sf_sweep_axis_free (SfSweepAxis *axis)
{
  g_free (axis->path);
  sf_wording_unref (axis->title);
  g_ptr_array_unref (axis->texts);
  g_array_unref (axis->places);
  g_free (axis->numbers);
  g_free (axis->scale_name);
  g_free (axis->order);
  g_free (axis);
}

void
sf_sweep_axis_add (SfSweepAxis *axis, const char *text, const SfPlace *place)
{
  g_ptr_array_add (axis->texts, g_strdup (text));
  g_array_append_vals (axis->places, place, 1);
}

/* --- what may vary --- */

/* Checks that host `name` exists: a path into another one would create it. */
static gboolean
check_host (const char *name, const SfPlace *place, const SfSweep *sweep, SfDiagnostics *diag)
{
  SfPlace of_name = *place;
  guint16 host;

  of_name.column += strlen ("hosts.");
  return sf_host_find (sweep->base->scenario->plan, name, FALSE, &of_name, diag, &host);
}

/* Rejects paths that would not do what one expects. */
static gboolean
check_path (const char *path, const SfPlace *place, const SfSweep *sweep, SfDiagnostics *diag)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", 3);

  if (strcmp (path, "run.seed") == 0)
    return sf_error (diag, place,
                     _ ("'run.seed' is the same for all runs of a sweep; to run each point with other random numbers, "
                        "say `replications`"));
  if (parts[0] != NULL && strcmp (parts[0], "variants") == 0)
    return sf_error (diag, place, _ ("what a variant sets can not vary; '%s' is the variant itself"), SF_SWEEP_VARIANT);
  if (parts[0] != NULL && (strcmp (parts[0], "sweep") == 0 || strcmp (parts[0], "synfin") == 0))
    return sf_error (diag, place, _ ("'%s' can not vary"), parts[0]);
  if (g_strv_length (parts) > 1 && strcmp (parts[0], "hosts") == 0)
    return check_host (parts[1], place, sweep, diag);
  return TRUE;
}

static gboolean
check_variants (const SfSweepAxis *axis, const SfSweep *sweep, SfDiagnostics *diag)
{
  g_autofree const char **names = sf_scenario_variants (sweep->base->scenario);

  if (sweep->variant != NULL)
    return sf_error (diag, &g_array_index (axis->places, SfPlace, 0),
                     _ ("the variant varies, and so no single one ('%s') can be chosen"), sweep->variant);
  for (guint i = 0; i < axis->texts->len; i++)
    if (!g_strv_contains (names, g_ptr_array_index (axis->texts, i)))
      return sf_unknown_name (_ ("variant"), g_ptr_array_index (axis->texts, i), names,
                              &g_array_index (axis->places, SfPlace, i + 1), diag);
  return TRUE;
}

/* Hashes a double. g_double_hash() uses the integer part only, which is the same for all probabilities. */
static guint
hash_number (gconstpointer data)
{
  double number = *(const double *) data + 0.0; /* -0 is 0 */
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  return (guint) (bits * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) >> 32);
}

/* Rejects values that occur twice, a mistake that would cost runs. As numbers, "10ms" and "0.01s" are equal. */
static gboolean
check_different (const SfSweepAxis *axis, SfDiagnostics *diag)
{
  g_autoptr (GHashTable) seen = axis->numeric ? g_hash_table_new (hash_number, g_double_equal)
                                              : g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < axis->texts->len; i++)
    if (!g_hash_table_add (seen, axis->numeric ? &axis->numbers[i] : g_ptr_array_index (axis->texts, i)))
      return sf_error (diag, &g_array_index (axis->places, SfPlace, i + 1), _ ("the value '%s' is there twice"),
                       (const char *) g_ptr_array_index (axis->texts, i));
  return TRUE;
}

/* Replaces axis number `i` by `axis`, which takes over its title: only the scenario gives titles. FALSE after a
 * diagnostic if both are from the command line. */
static gboolean
replace_axis (SfSweepAxis *axis, SfSweep *sweep, guint i, SfDiagnostics *diag)
{
  SfSweepAxis *old = sf_sweep_axis (sweep, i);
  gboolean twice = !sf_source_is_file (g_array_index (old->places, SfPlace, 0).source);

  sf_wording_unref (axis->title);
  axis->title = sf_wording_ref (old->title);
  sf_sweep_axis_free (old);
  g_ptr_array_index (sweep->axes, i) = axis;
  return !twice || sf_error (diag, &g_array_index (axis->places, SfPlace, 0), _ ("'%s' varies twice"), axis->path);
}

/* Checks a complete axis. Then it replaces the axis with the same path, or is appended. */
static gboolean
take_axis (SfSweepAxis *axis, SfSweep *sweep, SfDiagnostics *diag)
{
  guint i = 0;

  while (i < sweep->axes->len && strcmp (sf_sweep_axis (sweep, i)->path, axis->path) != 0)
    i++;
  if (i == sweep->axes->len)
    g_ptr_array_add (sweep->axes, axis);
  else if (!replace_axis (axis, sweep, i, diag))
    return FALSE;
  if (strcmp (axis->path, SF_SWEEP_VARIANT) == 0 && !check_variants (axis, sweep, diag))
    return FALSE;
  sf_sweep_axis_number (axis);
  /* Random values may be equal. */
  return sweep->sampling != SF_SAMPLING_GRID || check_different (axis, diag);
}

static gboolean
fill (SfSweepAxis *axis, const SfSweepRange *range, const SfSweep *sweep, SfDiagnostics *diag)
{
  if (range->steps > 0 || range->step.text != NULL)
    return sf_sweep_range_fill (axis, range, diag);
  if (sweep->sampling == SF_SAMPLING_LATIN_HYPERCUBE)
    return sf_sweep_range_draw (axis, range, sweep->n_points, sweep->seed, diag);
  return sf_error (diag, &range->place, _ ("a range needs a 'step' or a number of 'steps'"));
}

/* --- in the scenario --- */

static gboolean
add_values (const SfNode *list, SfSweepAxis *axis, SfDiagnostics *diag)
{
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of values"), diag))
    return FALSE;
  if (sf_node_n (list) == 0)
    return sf_node_error (list, diag, _ ("no values"));
  if (sf_node_n (list) > SF_MOST_VALUES)
    return sf_node_error (list, diag, _ ("more than %d values"), SF_MOST_VALUES);
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const SfNode *item = sf_node_item (list, i);
      g_autofree char *text = sf_node_yaml (item);

      sf_sweep_axis_add (axis, text, &item->place);
    }
  return TRUE;
}

static gboolean
read_text (const SfNode *node, SfDiagnostics *diag, SfSweepText *ret_text)
{
  if (node == NULL)
    return TRUE;
  ret_text->place = node->place;
  return sf_node_text (node, diag, &ret_text->text);
}

static gboolean
read_range (const SfNode *node, SfDiagnostics *diag, SfSweepRange *range)
{
  const SfNode *scale = sf_node_get (node, "scale"), *steps = sf_node_get (node, "steps");
  guint which = 0;

  range->place = node->place;
  if (sf_node_require (node, "from", diag) == NULL || sf_node_require (node, "to", diag) == NULL
      || !read_text (sf_node_get (node, "from"), diag, &range->from)
      || !read_text (sf_node_get (node, "to"), diag, &range->to)
      || !read_text (sf_node_get (node, "step"), diag, &range->step)
      || !sf_node_count32 (steps, 2, SF_MOST_VALUES, diag, &range->steps)
      || !sf_node_choice (scale, _ ("scale"), sf_type_names (SF_TYPE_SWEEP_SCALE), diag, &which))
    return FALSE;
  if (range->step.text != NULL && steps != NULL)
    return sf_node_error (steps, diag, _ ("'%s' and '%s' exclude each other"), "step", "steps");
  if (range->step.text != NULL && scale != NULL)
    return sf_node_error (scale, diag, _ ("'%s' and '%s' exclude each other"), "step", "scale");
  range->log = which == 1;
  return TRUE;
}

/* Reads `{values: […], title: …}`. */
static gboolean
read_values (const SfNode *node, SfSweepAxis *axis, SfDiagnostics *diag)
{
  static const char *const others[] = { "from", "to", "step", "steps", "scale" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (sf_node_get (node, others[i]) != NULL)
      return sf_node_error (sf_node_get (node, others[i]), diag, _ ("'%s' and '%s' exclude each other"), "values",
                            others[i]);
  return add_values (sf_node_get (node, "values"), axis, diag);
}

static gboolean
read_mapping (const SfNode *node, SfSweepAxis *axis, const SfSweep *sweep, SfDiagnostics *diag)
{
  SfSweepRange range = { 0 };
  SfWording *title = NULL;

  if (!sf_node_check_keys (node, SF_KEYS_SWEEP_AXIS, diag)
      || !sf_node_wording (sf_node_get (node, "title"), diag, &title))
    return FALSE;
  if (title != NULL)
    {
      sf_wording_unref (axis->title);
      axis->title = title;
    }
  if (sf_node_get (node, "values") != NULL)
    return read_values (node, axis, diag);
  return read_range (node, diag, &range) && fill (axis, &range, sweep, diag);
}

static gboolean
read_axis (const SfNode *key, const SfNode *node, SfSweep *sweep, SfDiagnostics *diag)
{
  SfPlace place = sf_node_text_place (key);
  SfSweepAxis *axis = sf_sweep_axis_new (key->text, &place);
  gboolean ok = check_path (key->text, &place, sweep, diag);

  if (ok && node->kind == SF_NODE_SCALAR)
    ok = sf_node_unexpected (node, _ ("a list of values, or {from: …, to: …, step: …}"), diag);
  else if (ok)
    ok = node->kind == SF_NODE_LIST ? add_values (node, axis, diag) : read_mapping (node, axis, sweep, diag);
  if (ok)
    return take_axis (axis, sweep, diag);
  sf_sweep_axis_free (axis);
  return FALSE;
}

/* --- on the command line --- */

static void
add_part (GStrvBuilder *parts, const char *begin, const char *end)
{
  g_autofree char *part = g_strstrip (g_strndup (begin, end - begin));

  g_strv_builder_add (parts, part);
}

/* Splits `text` at each `mark` outside of brackets and quotes. */
static char **
split (const char *text, char mark)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *begin = text, *p;
  guint depth = 0;
  char quote = '\0';

  for (p = text; *p != '\0'; p++)
    {
      if (quote != '\0')
        quote = *p == quote ? '\0' : quote;
      else if (*p == '"' || *p == '\'')
        quote = *p;
      else if (strchr ("[{", *p) != NULL)
        depth++;
      else if (strchr ("]}", *p) != NULL && depth > 0)
        depth--;
      else if (*p == mark && depth == 0)
        {
          add_part (parts, begin, p);
          begin = p + 1;
        }
    }
  add_part (parts, begin, p);
  return g_strv_builder_end (parts);
}

/* TRUE if the first `n` parts look like numbers: then they are the ends of a range, and not "server:80". */
static gboolean
are_numbers (char **parts, guint n)
{
  for (guint i = 0; i < n && parts[i] != NULL; i++)
    if (!g_ascii_isdigit (*parts[i]) && *parts[i] != '-')
      return FALSE;
  return TRUE;
}

static gboolean
option_values (char **values, SfSweepAxis *axis, const SfPlace *place, SfDiagnostics *diag)
{
  for (; *values != NULL; values++)
    {
      if (**values == '\0')
        return sf_error (diag, place, _ ("an empty value; expected KEY=FROM:TO:STEP or KEY=A,B,…"));
      sf_sweep_axis_add (axis, *values, place);
    }
  return TRUE;
}

/* Reads what follows FROM and TO: a step, or a number of values, "7steps", or "7log" on a logarithmic scale. Random
 * sampling takes only a scale: "log". */
static gboolean
option_step (char *text, SfSweepRange *range, SfDiagnostics *diag)
{
  const char *scale = g_str_has_suffix (text, "log") ? "log" : "steps";
  guint64 steps = 0;

  if (!g_str_has_suffix (text, scale))
    {
      range->step = (SfSweepText){ text, range->place };
      return TRUE;
    }
  range->log = strcmp (scale, "log") == 0;
  text[strlen (text) - strlen (scale)] = '\0';
  g_strchomp (text);
  if (range->log && *text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 2, SF_MOST_VALUES, &steps, NULL))
    return sf_error (diag, &range->place, _ ("'%s' is no number of values from 2 to %d"), text, SF_MOST_VALUES);
  range->steps = (guint) steps;
  return TRUE;
}

static gboolean
option_axis (const char *text, SfSweepAxis *axis, const SfPlace *place, const SfSweep *sweep, SfDiagnostics *diag)
{
  g_auto (GStrv) values = split (text, ',');
  g_auto (GStrv) parts = split (text, ':');
  guint n = g_strv_length (parts);
  SfSweepRange range = { .place = *place };

  if (g_strv_length (values) > 1 || n == 1 || !are_numbers (parts, 2))
    return option_values (values, axis, place, diag);
  if (n > 3 || (n == 2 && sweep->sampling != SF_SAMPLING_LATIN_HYPERCUBE))
    return sf_error (diag, place, _ ("%u values with ':' between them; expected FROM:TO:STEP"), n);
  range.from = (SfSweepText){ parts[0], *place };
  range.to = (SfSweepText){ parts[1], *place };
  return (n == 2 || option_step (parts[2], &range, diag)) && fill (axis, &range, sweep, diag);
}

static gboolean
read_option (const char *option, SfSweep *sweep, SfDiagnostics *diag)
{
  g_autofree char *name = g_strdup_printf ("--vary %s", option);
  const char *equals = strchr (option, '=');
  SfPlace place = { sf_sweep_option_source (sweep, name, option), 0, 0 };
  g_autofree char *path = equals != NULL ? g_strndup (option, equals - option) : NULL;
  SfSweepAxis *axis;

  if (path == NULL || *path == '\0' || equals[1] == '\0')
    return sf_error (diag, &place, _ ("expected KEY=FROM:TO:STEP or KEY=A,B,…, such as links.0.loss=0%%:30%%:1%%"));
  if (!check_path (path, &place, sweep, diag))
    return FALSE;
  axis = sf_sweep_axis_new (path, &place);
  if (option_axis (equals + 1, axis, &place, sweep, diag))
    return take_axis (axis, sweep, diag);
  sf_sweep_axis_free (axis);
  return FALSE;
}

gboolean
sf_sweep_load_axes (const SfNode *vary, const char *const *options, SfSweep *sweep, SfDiagnostics *diag)
{
  if (vary != NULL && !sf_node_is_empty (vary)
      && !sf_node_check_kind (vary, SF_NODE_MAP, _ ("a mapping of values by path"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (vary); i++)
    if (!read_axis (sf_node_key (vary, i), sf_node_item (vary, i), sweep, diag))
      return FALSE;
  for (; options != NULL && *options != NULL; options++)
    if (!read_option (*options, sweep, diag))
      return FALSE;
  return TRUE;
}
