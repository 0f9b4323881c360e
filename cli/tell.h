/* SPDX-License-Identifier: MIT
 *
 * What a scenario says of itself, told to people in their language.
 */
#pragma once

#include "lab/report.h"
#include "lab/scenario.h"

/* Appends a line in bold. */
void sf_tell_title (GString *out, const char *title, const SfStyle *style);

/* Appends `text` behind `label`, or, if that is not to be shown, where it would stand behind it. */
void sf_tell_labelled (GString *out, const char *label, gboolean shown, const char *text, const SfStyle *style);

/* Appends the title, what is asked, and what a variant changes. A variant repeats nothing that the standard run has said. */
void sf_tell_heading (GString *out, const SfScenario *scenario, const SfStyle *style);

/* Appends what explains the run, why it must be so, and the sections that decide it. */
void sf_tell_explanation (GString *out, const SfScenario *scenario, const SfStyle *style);
