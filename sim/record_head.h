/* SPDX-License-Identifier: MIT
 *
 * Who listens to a simulation. The kernel knows only that a record is something with a time and a kind; what
 * records there are is the models' business (models/record.h). A listener gets a pointer that is good during
 * the call, must copy what it keeps, and must not touch the simulation: listening never changes a run. Without a
 * listener a trace point costs one branch.
 */
#pragma once

#include "sim/instant.h"

typedef struct
{
  SfTime t;     /* when it happened */
  guint16 kind; /* which record this is the head of */
} SfRecordHead;

typedef void (*SfRecordSink) (gpointer user, const SfRecordHead *record);
