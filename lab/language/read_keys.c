/* SPDX-License-Identifier: MIT
 *
 * The readers of the types, and reading a mapping by the rows of its keys.
 */
#include "lab/language/read_keys.h"

#include "lab/language/limits.h"

#include <string.h>

/* --- the readers of the types --- */

/* Stores `value` as an integer of `size` bytes at `into`. */
static void
store (gpointer into, guint size, gint64 value)
{
  guint32 v32 = (guint32) value;
  guint16 v16 = (guint16) value;
  guint8 v8 = (guint8) value;

  switch (size)
    {
    case sizeof value:
      memcpy (into, &value, sizeof value);
      return;
    case sizeof v32:
      memcpy (into, &v32, sizeof v32);
      return;
    case sizeof v16:
      memcpy (into, &v16, sizeof v16);
      return;
    default:
      memcpy (into, &v8, sizeof v8);
    }
}

static gboolean
read_count (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  gint64 min = 0, max = 0, count = 0;

  sf_key_range (key, &min, &max);
  if (!sf_node_count (node, min, max, diag, &count))
    return FALSE;
  store (into, key->size, count);
  return TRUE;
}

static gboolean
read_bytes (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  gint64 min = 0, max = 0, bytes = 0;

  sf_key_range (key, &min, &max);
  if (!sf_node_bytes (node, min, max, diag, &bytes))
    return FALSE;
  store (into, key->size, bytes);
  return TRUE;
}

static gboolean
read_time (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  gint64 min = 0, max = 0, time = 0;

  sf_key_range (key, &min, &max);
  if (!sf_node_time (node, min, max, diag, &time))
    return FALSE;
  store (into, key->size, time);
  return TRUE;
}

static gboolean
read_bool (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  gboolean flag = FALSE;

  if (!sf_node_bool (node, diag, &flag))
    return FALSE;
  store (into, key->size, flag);
  return TRUE;
}

static gboolean
read_state (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  SfState state = SF_CLOSED;

  if (!sf_node_state (node, diag, &state))
    return FALSE;
  store (into, key->size, state);
  return TRUE;
}

/* Reads a range into two guint32, one after the other: the first and the last. */
static gboolean
read_count_range (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag,
                  gpointer into)
{
  guint32 *ends = into;
  gint64 min = 0, max = 0;

  sf_key_range (key, &min, &max);
  return sf_node_count32_range (node, (guint32) min, (guint32) max, diag, &ends[0], &ends[1]);
}

static gboolean
read_rate (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag,
           gpointer into)
{
  return sf_node_rate (node, diag, into);
}

static gboolean
read_probability (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan,
                  SfDiagnostics *diag, gpointer into)
{
  return sf_node_probability (node, diag, into);
}

static gboolean
read_address (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag,
              gpointer into)
{
  return sf_node_address (node, diag, into);
}

static gboolean
read_flags (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag,
            gpointer into)
{
  return sf_node_flags (node, diag, into);
}

static gboolean
read_host (const SfNode *node, G_GNUC_UNUSED const SfKey *key, const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  return sf_node_host (node, plan, FALSE, diag, into);
}

static gboolean
read_node (const SfNode *node, G_GNUC_UNUSED const SfKey *key, const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  return sf_node_host (node, plan, TRUE, diag, into);
}

static gboolean
read_link (const SfNode *node, G_GNUC_UNUSED const SfKey *key, const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  return sf_node_link (node, plan, diag, into);
}

/* Reads a wording, and frees the one that was there. */
static gboolean
read_wording (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag,
              gpointer into)
{
  SfWording **wording = into, *found = NULL;

  if (!sf_node_wording (node, diag, &found))
    return FALSE;
  sf_wording_unref (*wording);
  *wording = found;
  return TRUE;
}

/* --- types --- */

static gboolean read_choice (const SfNode *node, const SfKey *key, const SfPlan *plan, SfDiagnostics *diag,
                             gpointer into);
static gboolean read_section (const SfNode *node, const SfKey *key, const SfPlan *plan, SfDiagnostics *diag,
                              gpointer into);

static const struct
{
  SfKeyReader *read;        /* NULL: the loader of its section reads it */
  gint64 min, max;          /* both 0: no range */
  const char *const *names; /* of a choice */
  SfSection section;        /* of a mapping */
} types[] = {
#define SF_TYPE(id, schema) { .read = NULL },
#define SF_READ(id, reader, lowest, highest, schema) { .read = read_##reader, .min = (lowest), .max = (highest) },
#define SF_INTEGER(id, lowest, highest) { .read = read_count, .min = (lowest), .max = (highest) },
#define SF_CHOICE(id, ...) { .read = read_choice, .names = (const char *const[]){ __VA_ARGS__, NULL } },
#define SF_ALIAS(id, type, reader) { .read = read_##reader },
#define SF_SECTION(id) { .read = read_section, .section = SF_KEYS_##id },
#include "lab/language/types.inc"
#undef SF_TYPE
#undef SF_READ
#undef SF_INTEGER
#undef SF_CHOICE
#undef SF_ALIAS
#undef SF_SECTION
};

/* Stores the index of the word among the words of the type. */
static gboolean
read_choice (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  guint choice = 0;

  if (!sf_node_choice (node, key->name, types[key->type].names, diag, &choice))
    return FALSE;
  store (into, key->size, choice);
  return TRUE;
}

static gboolean
read_section (const SfNode *node, const SfKey *key, const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  return sf_read_keys (node, types[key->type].section, plan, diag, into);
}

gboolean
sf_key_range (const SfKey *key, gint64 *ret_min, gint64 *ret_max)
{
  gboolean own = key->max != 0;

  *ret_min = own ? key->min : types[key->type].min;
  *ret_max = own ? key->max : types[key->type].max;
  return *ret_max != 0;
}

const char *const *
sf_type_names (SfType type)
{
  return types[type].names;
}

/* --- mappings --- */

gboolean
sf_read_key (const SfNode *node, const SfKey *key, const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  SfKeyReader *read = key->read != NULL ? key->read : types[key->type].read;
  char *part = (char *) into + key->base;

  if (node == NULL)
    return TRUE;
  if (!read (node, key, plan, diag, part + key->at))
    return FALSE;
  if (key->seen != 0)
    store (part + key->seen, sizeof (gboolean), TRUE);
  return TRUE;
}

gboolean
sf_read_part (const SfNode *map, SfSection section, SfPart part, const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  guint n;
  const SfKey *keys = sf_section_rows (section, &n);

  if (sf_node_n (map) == 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (keys[i].size != 0 && keys[i].part == part
        && !sf_read_key (sf_node_get (map, keys[i].name), &keys[i], plan, diag, into))
      return FALSE;
  return TRUE;
}

gboolean
sf_read_keys (const SfNode *map, SfSection section, const SfPlan *plan, SfDiagnostics *diag, gpointer into)
{
  return sf_node_check_keys (map, section, diag) && sf_read_part (map, section, SF_PART_FIRST, plan, diag, into)
         && sf_read_part (map, section, SF_PART_MAIN, plan, diag, into)
         && sf_read_part (map, section, SF_PART_LAST, plan, diag, into);
}
