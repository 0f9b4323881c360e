/* SPDX-License-Identifier: MIT
 *
 * Routes through a plan; sf_plan_finish() says which route is the best.
 */
#pragma once

#include "models/plan.h"

/* Returns the route table of `plan` (SfPlan.route). Its `direction_params` must be set. */
guint16 *sf_route_all (const SfPlan *plan);
