/* SPDX-License-Identifier: MIT
 *
 * The texts of a scenario, formatted for people in their language.
 */
#pragma once

#include "lab/language/scenario.h"
#include "lab/report/report.h"

/* Appends the title, the question, and what the variant changes. For a variant, leaves out what the standard run
 * shows. */
void sf_scenario_text_heading (GString *out, const SfScenario *scenario, const SfTextStyle *style);

/* Appends the explanation of the run, the reason why it must be so, and the sections of the RFC that decide it. */
void sf_scenario_text_explanation (GString *out, const SfScenario *scenario, const SfTextStyle *style);
