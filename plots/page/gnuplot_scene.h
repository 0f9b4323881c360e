/* SPDX-License-Identifier: MIT
 *
 * From a scene to a page. Shapes become data blocks, so that thousands of them are drawn as fast as points of a graph.
 */
#pragma once

#include "plots/page/gnuplot.h"
#include "plots/page/scene.h"

/* Returns `scene` as a page with its title and description. */
SfPage *sf_scene_page (const SfScene *scene);
