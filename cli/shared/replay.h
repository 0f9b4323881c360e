/* SPDX-License-Identifier: MIT
 *
 * --replay DB:ROW: a single run of a sweep, done again.
 */
#pragma once

#include "cli/shared/options.h"

#define SF_REPLAY_ROW(Options, replay)                                                       \
  {                                                                                          \
    "replay", 0, SF_OPTION_FILE, offsetof (Options, replay),                                 \
      N_ ("The run of this row of a sweep's results, instead of a scenario"), "DB:ROW", NULL \
  }

/* Loads the run that `text`, "DB:ROW", names: the scenario as it was swept, with the values of its point and its
 * replication. `*ret_words` (may be NULL) describes it: "links.0.loss = 3%, replication 7". NULL after a message;
 * `*ret_exit` is then set. */
SfRun *sf_replay_load (const char *command, const char *text, char **ret_words, SfExit *ret_exit);
