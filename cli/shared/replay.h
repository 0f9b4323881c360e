/* SPDX-License-Identifier: MIT
 *
 * A run of a sweep once more: --replay DB:ROW.
 */
#pragma once

#include "cli/shared/options.h"

#define SF_REPLAY_ENTRY(where)                                                         \
  {                                                                                    \
    "replay", 0, 0, G_OPTION_ARG_FILENAME, where,                                      \
      N_ ("The run of this row of a sweep's results, instead of a scenario"), "DB:ROW" \
  }

/* Loads the run that `text`, "DB:ROW", names: its scenario as it was swept, with the values of its point and its
 * replication. `*ret_words` says to people which that is: "links.0.loss = 3%, replication 7"; it may be NULL. NULL with
 * `*ret_exit` set after a message. */
SfRun *sf_replay_load (const char *command, const char *text, char **ret_words, SfExit *ret_exit);
