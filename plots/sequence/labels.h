/* SPDX-License-Identifier: MIT
 *
 * Room for the labels of one page, so that no two overlap and none leaves the page.
 */
#pragma once

#include "plots/page/scene.h"

typedef struct SfLabelRoom SfLabelRoom;

/* Returns the empty room for labels between (left, top) and (right, bottom), in points. */
SfLabelRoom *sf_label_room_new (double left, double top, double right, double bottom);
void sf_label_room_free (SfLabelRoom *room);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLabelRoom, sf_label_room_free)

/* Marks the place of `label` as taken. */
void sf_label_room_take (SfLabelRoom *room, const SfLabel *label);

/* Marks the rectangle with these corners as taken. */
void sf_label_room_block (SfLabelRoom *room, double x1, double y1, double x2, double y2);

/* Adds a line that labels should avoid if they can. */
void sf_label_room_line (SfLabelRoom *room, double x1, double y1, double x2, double y2);

/* TRUE if `label` fits between `left` and `right`. Stores the number of lines that it would stand on. */
gboolean sf_label_room_try (const SfLabelRoom *room, const SfLabel *label, double left, double right,
                            guint *ret_crossed);
