/* SPDX-License-Identifier: MIT
 *
 * What a scenario says of itself, told to people in their language.
 */
#pragma once

#include "lab/language/scenario.h"
#include "lab/report/report.h"

/* Appends the title, what is asked, and what a variant changes. A variant repeats nothing that the standard run has
 * said. */
void sf_scenario_text_heading (GString *out, const SfScenario *scenario, const SfTextStyle *style);

/* Appends what explains the run, why it must be so, and the sections that decide it. */
void sf_scenario_text_explanation (GString *out, const SfScenario *scenario, const SfTextStyle *style);
