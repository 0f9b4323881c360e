/* SPDX-License-Identifier: MIT
 *
 * A run of a sweep once more: --replay DB:ROW.
 */
#pragma once

#include "cli/shared/options.h"

#define SF_REPLAY_ROW(Options, replay)                                                       \
  {                                                                                          \
    "replay", 0, SF_OPTION_FILE, offsetof (Options, replay),                                 \
      N_ ("The run of this row of a sweep's results, instead of a scenario"), "DB:ROW", NULL \
  }

/* Loads the run that `text`, "DB:ROW", names: its scenario as it was swept, with the values of its point and its
 * replication. `*ret_words` says to people which that is: "links.0.loss = 3%, replication 7"; it may be NULL. NULL with
 * `*ret_exit` set after a message. */
SfRun *sf_replay_load (const char *command, const char *text, char **ret_words, SfExit *ret_exit);
