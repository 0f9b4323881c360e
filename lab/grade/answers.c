/* SPDX-License-Identifier: MIT */
#include "lab/grade/answers.h"

#include "base/gettext.h"
#include "lab/language/file_keys.h"
#include "lab/language/node.h"
#include "lab/language/scenario.h"

#include <string.h>

typedef struct
{
  char *text; /* NULL: none */
  SfPlace place;
} Answer;

typedef struct
{
  char *variant;
  GArray *answers; /* Answer */
} Part;

struct SfAnswers
{
  char *lesson;
  GPtrArray *parts; /* Part */
  SfSource *source; /* NULL: not from a file */
};

static void
clear_answer (gpointer data)
{
  g_free (((Answer *) data)->text);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->variant);
  g_array_unref (part->answers);
  g_free (part);
}

SfAnswers *
sf_answers_new (const char *lesson)
{
  SfAnswers *answers = g_new0 (SfAnswers, 1);

  answers->lesson = g_strdup (lesson);
  answers->parts = g_ptr_array_new_with_free_func (part_free);
  return answers;
}

void
sf_answers_free (SfAnswers *answers)
{
  if (answers == NULL)
    return;
  g_free (answers->lesson);
  g_ptr_array_unref (answers->parts);
  g_clear_pointer (&answers->source, sf_source_unref);
  g_free (answers);
}

static Part *
find_part (const SfAnswers *answers, const char *variant)
{
  for (guint i = 0; i < answers->parts->len; i++)
    {
      Part *part = g_ptr_array_index (answers->parts, i);

      if (strcmp (part->variant, variant) == 0)
        return part;
    }
  return NULL;
}

static void
add_answer (SfAnswers *answers, const char *variant, char *text, const SfPlace *place)
{
  Part *part = find_part (answers, variant);
  Answer answer = { text, *place };

  if (part == NULL)
    {
      part = g_new0 (Part, 1);
      part->variant = g_strdup (variant);
      part->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
      g_array_set_clear_func (part->answers, clear_answer);
      g_ptr_array_add (answers->parts, part);
    }
  g_array_append_val (part->answers, answer);
}

/* --- reading --- */

/* Reads the text of an answer. A segment without quotes, "client > server: S.", is a mapping in YAML; its text is put
 * together again. */
static gboolean
load_answer (const SfNode *node, SfDiagnostics *diag, char **ret_text)
{
  const SfNode *value = node->kind == SF_NODE_MAP && sf_node_n (node) == 1 ? sf_node_item (node, 0) : NULL;

  if (sf_node_is_empty (node))
    *ret_text = NULL;
  else if (node->kind == SF_NODE_SCALAR)
    *ret_text = g_strdup (node->text);
  else if (value != NULL && value->kind == SF_NODE_SCALAR)
    *ret_text = g_strdup_printf ("%s: %s", sf_node_key (node, 0)->text, value->text);
  else
    return sf_node_unexpected (node, _ ("an answer"), diag);
  return TRUE;
}

static gboolean
load_list (const SfNode *list, const char *variant, SfAnswers *answers, SfDiagnostics *diag)
{
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of answers"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const SfNode *node = sf_node_item (list, i);
      char *text = NULL;

      if (!load_answer (node, diag, &text))
        return FALSE;
      add_answer (answers, variant, text, &node->place);
    }
  return TRUE;
}

static gboolean
load_answers (const SfNode *node, SfAnswers *answers, SfDiagnostics *diag)
{
  if (sf_node_is_empty (node))
    return TRUE;
  if (node->kind == SF_NODE_LIST)
    return load_list (node, SF_STANDARD, answers, diag);
  if (!sf_node_check_kind (node, SF_NODE_MAP, _ ("a list of answers, or a mapping of such lists by variant"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (node); i++)
    {
      const char *variant = NULL;

      if (!sf_node_name (sf_node_key (node, i), _ ("the name of a variant"), diag, &variant)
          || !load_list (sf_node_item (node, i), variant, answers, diag))
        return FALSE;
    }
  return TRUE;
}

SfAnswers *
sf_answers_load (SfSource *source, SfDiagnostics *diag)
{
  static const char *const must[] = { "synfin-answers", "answers", NULL }, *const may[] = { "lesson", NULL };
  g_autoptr (SfAnswers) answers = sf_answers_new (NULL);
  g_autoptr (SfDocument) doc = sf_document_parse (source, diag);
  const SfNode *root = doc != NULL ? sf_document_root (doc) : NULL;
  const char *lesson = NULL;

  if (root == NULL || !sf_fields_check_version (root, "synfin-answers", N_ ("a file of answers"), diag)
      || !sf_fields_check (root, N_ ("the answers"), must, may, diag)
      || !sf_node_text (sf_node_get (root, "lesson"), diag, &lesson)
      || !load_answers (sf_node_get (root, "answers"), answers, diag))
    return NULL;
  answers->lesson = g_strdup (lesson);
  answers->source = sf_source_ref (source);
  return g_steal_pointer (&answers);
}

/* --- use --- */

/* TRUE if both name the same lesson, as "scenarios/handshake/three-way.yaml" and "three-way" do. */
static gboolean
is_same_lesson (const char *a, const char *b)
{
  g_autofree char *name_a = g_path_get_basename (a), *name_b = g_path_get_basename (b);

  if (g_str_has_suffix (name_a, ".yaml"))
    name_a[strlen (name_a) - strlen (".yaml")] = '\0';
  if (g_str_has_suffix (name_b, ".yaml"))
    name_b[strlen (name_b) - strlen (".yaml")] = '\0';
  return strcmp (name_a, name_b) == 0;
}

gboolean
sf_answers_check_lesson (const SfAnswers *answers, const char *lesson, SfDiagnostics *diag)
{
  return answers->lesson == NULL || is_same_lesson (answers->lesson, lesson)
         || sf_error_of_file (diag, sf_source_name (answers->source), _ ("these answers are about '%s', not '%s'"),
                              answers->lesson, lesson);
}

void
sf_answers_add (SfAnswers *answers, const char *variant, const char *answer)
{
  const SfPlace nowhere = { NULL, 0, 0 };

  add_answer (answers, variant, g_strdup (answer), &nowhere);
}

const char *
sf_answers_at (const SfAnswers *answers, const char *variant, guint i, SfPlace *ret_place)
{
  const Part *part = find_part (answers, variant);
  const Answer *answer = part != NULL && i < part->answers->len ? &g_array_index (part->answers, Answer, i) : NULL;

  *ret_place = answer != NULL ? answer->place : (SfPlace){ answers->source, 0, 0 };
  return answer != NULL ? answer->text : NULL;
}

/* Appends `text` as a scalar of YAML. */
static void
append_scalar (GString *out, const char *text)
{
  g_autofree char *shown = sf_printable (text, FALSE);

  g_string_append_c (out, '"');
  for (const char *p = shown; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

void
sf_answers_write (GString *out, const SfAnswers *answers)
{
  g_string_append (out, "synfin-answers: 1\n");
  if (answers->lesson != NULL)
    {
      g_string_append (out, "lesson: ");
      append_scalar (out, answers->lesson);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, "answers:\n");
  for (guint i = 0; i < answers->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (answers->parts, i);

      g_string_append_printf (out, "  %s:\n", part->variant);
      for (guint k = 0; k < part->answers->len; k++)
        {
          const char *text = g_array_index (part->answers, Answer, k).text;

          g_string_append (out, "    -");
          if (text != NULL)
            {
              g_string_append_c (out, ' ');
              append_scalar (out, text);
            }
          g_string_append_c (out, '\n');
        }
    }
}
