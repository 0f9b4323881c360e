/* SPDX-License-Identifier: MIT
 *
 * Places for the labels of one page such that no two overlap and none leaves the page.
 */
#pragma once

#include "plots/page/scene.h"

typedef struct SfLabelRoom SfLabelRoom;

/* Labels are to stay between (left, top) and (right, bottom). */
SfLabelRoom *sf_label_room_new (double left, double top, double right, double bottom);
void sf_label_room_free (SfLabelRoom *room);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLabelRoom, sf_label_room_free)

/* Takes the place of `label`. */
void sf_label_room_take (SfLabelRoom *room, const SfLabel *label);

/* Takes the rectangle with these corners. */
void sf_label_room_block (SfLabelRoom *room, double x1, double y1, double x2, double y2);

/* Tells of a line that labels should rather not stand on. */
void sf_label_room_line (SfLabelRoom *room, double x1, double y1, double x2, double y2);

/* TRUE if `label` fits, between `left` and `right`; `*ret_crossed` is over how many lines. */
gboolean sf_label_room_try (const SfLabelRoom *room, const SfLabel *label, double left, double right,
                            guint *ret_crossed);
