/* SPDX-License-Identifier: MIT
 *
 * Private to models/: the socket options that processes have set. A child has its parent's until one of the two sets
 * another, so a server with ten thousand children keeps them once. They are named by handles; 0: has set none.
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

/* Returns the options of `*handle` to be changed by one process alone: `*handle` becomes those of nobody else, with the
 * values that it has had. */
SfSocketOptions *sf_process_options_own (SfNet *net, guint32 *handle);

/* Returns `handle` for one more process. */
guint32 sf_process_options_share (SfNet *net, guint32 handle);

/* One process less has `*handle`, which becomes 0. */
void sf_process_options_release (SfNet *net, guint32 *handle);
