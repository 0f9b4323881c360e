/* SPDX-License-Identifier: MIT
 *
 * Trace records, as far as the kernel knows them: each begins with a time and a kind. The models define the records
 * (models/record.h). A listener gets a pointer that is valid during the call only, and copies what it keeps. It must
 * not touch the simulation: listening never changes a run. Without a listener a trace point costs one branch.
 */
#pragma once

#include "sim/instant.h"

typedef struct
{
  SfTime t;     /* when it happened */
  guint16 kind; /* of the record: SfRecordKind */
} SfRecordHead;

typedef void (*SfRecordSink) (gpointer user, const SfRecordHead *record);
