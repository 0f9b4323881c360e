/* SPDX-License-Identifier: MIT
 *
 * synfin sweep-merge: joins the shards of a sweep in one database.
 */
#include "cli/command.h"
#include "cli/shared/sweep_results.h"

#include "base/files.h"
#include "base/gettext.h"

typedef struct
{
  char *out;
} Options;

static SfExit
merge (const char *command, char **shards, gconstpointer user)
{
  const char *out = ((const Options *) user)->out;
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = NULL;

  if (out == NULL || *out == '\0')
    return sf_usage_error (command, _ ("where to? --output is missing"));
  if (shards[0] == NULL)
    return sf_usage_error (command, _ ("which shards?"));
  for (guint i = 0; shards[i] != NULL; i++)
    if (!sf_sweep_is_there (shards[i]))
      return SF_EXIT_INPUT;
  dir = g_path_get_dirname (out);
  if (!sf_directory_make (dir, &error))
    return sf_fatal_error ("%s", error->message);
  if (!sf_store_merge (out, (const char *const *) shards, &error))
    return sf_sweep_error (error);
  return SF_EXIT_OK;
}

static const SfOption rows[] = {
  { "output", 'o', SF_OPTION_FILE, offsetof (Options, out), N_ ("The database that is made"), "DB", NULL },
  SF_OPTION_END,
};

static const SfUsage usage = {
  .options = rows,
  .arguments = "SHARD...",
  .description = N_ (
    "Joins the shards that 'synfin sweep --shard' has made into one database, the same as if nothing had\n"
    "been divided. Shards of different sweeps are refused, and sets with one missing or twice."),
};

SfExit
sf_command_sweep_merge (int argc, char **argv)
{
  Options options = { 0 };

  return sf_options_run (argc, argv, &usage, &options, merge);
}
