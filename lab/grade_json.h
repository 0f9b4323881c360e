/* SPDX-License-Identifier: MIT
 *
 * Points as JSON: "score": 2.35, exactly these digits. Private to the reports of grades.
 */
#pragma once

#include "lab/grade.h"
#include "lab/verdict_json.h"

/* Adds member `name`, a number. */
void sf_json_add_points (JsonBuilder *json, const char *name, SfPoints points);

/* Appends what was built with sf_json_add_points(), indented, with a newline at its end. */
void sf_json_print_points (GString *out, JsonBuilder *json);
