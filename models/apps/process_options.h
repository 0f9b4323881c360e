/* SPDX-License-Identifier: MIT
 *
 * Private to models/: the socket options that processes have set. They are copied on write: a child shares those of its
 * parent until one of the two sets an option, so a server with ten thousand children stores them once. They are named
 * by handles; 0: none are set.
 */
#pragma once

#include "models/net.h"

SF_NO_PADDING_BEGIN

typedef struct
{
  SfSocketOptions options;
  guint32 n_users; /* processes that refer to it */
  guint32 spare;
} SfProcessOptions;

SF_NO_PADDING_END

/* Returns the options of `handle`. */
const SfSocketOptions *sf_process_options (const SfNet *net, guint32 handle);

/* Returns the options of `*handle` for one process to change. If others share them, `*handle` becomes a copy. */
SfSocketOptions *sf_process_options_own (SfNet *net, guint32 *handle);

/* Adds a reference to `handle`, for one more process, and returns it. */
guint32 sf_process_options_share (SfNet *net, guint32 handle);

/* Removes a reference to `*handle`, which becomes 0. */
void sf_process_options_release (SfNet *net, guint32 *handle);
