/* SPDX-License-Identifier: MIT
 *
 * Routes through a plan; see sf_plan_finish() for what counts as the best.
 */
#pragma once

#include "models/plan.h"

/* Returns the route table of `plan`, whose directions have their parameters, as in SfPlan.route. */
guint16 *sf_route_all (const SfPlan *plan);
