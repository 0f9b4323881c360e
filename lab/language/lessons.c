/* SPDX-License-Identifier: MIT
 *
 * Finds lessons by name, and loads a course.
 */
#include "lab/language/lessons.h"

#include "base/files.h"
#include "base/gettext.h"
#include "base/source_file.h"
#include "lab/language/file_keys.h"

#include <string.h>

#define SUFFIX ".yaml"

/* --- by name --- */

/* Returns the paths of the scenarios below `folder`; none if it is no folder. */
static GPtrArray *
find_files (const char *folder)
{
  GPtrArray *files = g_file_test (folder, G_FILE_TEST_IS_DIR) ? sf_files_find (folder, SUFFIX, NULL) : NULL;

  return files != NULL ? files : g_ptr_array_new ();
}

static char *
name_of (const char *path)
{
  char *name = g_path_get_basename (path);

  name[strlen (name) - strlen (SUFFIX)] = '\0';
  return name;
}

char *
sf_lesson_find (const char *folder, const char *name)
{
  g_autoptr (GPtrArray) files = find_files (folder);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *candidate = name_of (g_ptr_array_index (files, i));

      if (strcmp (candidate, name) == 0)
        return g_strdup (g_ptr_array_index (files, i));
    }
  return NULL;
}

char **
sf_lesson_names (const char *folder)
{
  g_autoptr (GPtrArray) files = find_files (folder);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (names, name_of (g_ptr_array_index (files, i)));
  sf_names_sort (names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* --- the course --- */

static void
topic_free (gpointer data)
{
  SfTopic *topic = data;

  g_free (topic->name);
  sf_wording_unref (topic->title);
  g_ptr_array_unref (topic->lessons);
  g_free (topic);
}

static gboolean
load_names (const SfNode *list, SfDiagnostics *diag, GPtrArray *names)
{
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of lessons"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const char *name = NULL;

      if (!sf_node_name (sf_node_item (list, i), _ ("the name of a lesson"), diag, &name))
        return FALSE;
      g_ptr_array_add (names, g_strdup (name));
    }
  return TRUE;
}

static gboolean
load_topic (const SfNode *node, SfDiagnostics *diag, SfTopic *topic)
{
  static const char *const must[] = { "name", "title", "lessons", NULL }, *const may[] = { NULL };
  const char *name = NULL;

  if (!sf_fields_check (node, N_ ("a topic"), must, may, diag)
      || !sf_node_name (sf_node_get (node, "name"), _ ("the name of a topic"), diag, &name)
      || !sf_node_wording (sf_node_get (node, "title"), diag, &topic->title))
    return FALSE;
  topic->name = g_strdup (name);
  return load_names (sf_node_get (node, "lessons"), diag, topic->lessons);
}

static gboolean
load_topics (const SfNode *root, SfDiagnostics *diag, GPtrArray *topics)
{
  static const char *const must[] = { "synfin-course", "topics", NULL }, *const may[] = { NULL };
  const SfNode *list = sf_node_get (root, "topics");

  if (!sf_fields_check_version (root, "synfin-course", N_ ("a course"), diag)
      || !sf_fields_check (root, N_ ("the course"), must, may, diag)
      || !sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of topics"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      SfTopic *topic = g_new0 (SfTopic, 1);

      topic->lessons = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (topics, topic);
      if (!load_topic (sf_node_item (list, i), diag, topic))
        return FALSE;
    }
  return TRUE;
}

SfCourse *
sf_course_load (const char *folder, SfDiagnostics *diag)
{
  g_autofree char *path = g_build_filename (folder, SF_COURSE_FILE, NULL);
  g_autoptr (SfSource) source = sf_source_read (path, path, diag);
  g_autoptr (SfDocument) doc = source != NULL ? sf_document_parse (source, diag) : NULL;
  g_autoptr (SfCourse) course = g_new0 (SfCourse, 1);

  course->topics = g_ptr_array_new_with_free_func (topic_free);
  if (doc == NULL || !load_topics (sf_document_root (doc), diag, course->topics))
    return NULL;
  return g_steal_pointer (&course);
}

void
sf_course_free (SfCourse *course)
{
  if (course == NULL)
    return;
  g_ptr_array_unref (course->topics);
  g_free (course);
}
