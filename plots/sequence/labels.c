/* SPDX-License-Identifier: MIT */
#include "plots/sequence/labels.h"

#include <math.h>

/* The page is divided into strips of this height in points, so that only what is near is searched. */
#define STRIP 16

/* A line counts if it reaches further into a box than this, in points. */
#define INTO 1.0

/* Free space between labels one after the other on a line, in points. */
#define PAD 2.0

/* A strip keeps no more lines than this: beyond, comparing the numbers of crossed lines is useless. */
#define MOST_LINES 64

typedef struct
{
  double x1, y1, x2, y2;
} Line;

struct SfLabelRoom
{
  double left, top, right, bottom;
  guint n_strips;
  GArray **boxes; /* SfLabelBox by strip */
  GArray **lines; /* Line by strip */
};

SfLabelRoom *
sf_label_room_new (double left, double top, double right, double bottom)
{
  SfLabelRoom *room = g_new0 (SfLabelRoom, 1);

  room->left = left;
  room->top = top;
  room->right = right;
  room->bottom = bottom;
  room->n_strips = (guint) MAX ((bottom - top) / STRIP, 0) + 1;
  room->boxes = g_new (GArray *, room->n_strips);
  room->lines = g_new (GArray *, room->n_strips);
  for (guint i = 0; i < room->n_strips; i++)
    {
      room->boxes[i] = g_array_new (FALSE, FALSE, sizeof (SfLabelBox));
      room->lines[i] = g_array_new (FALSE, FALSE, sizeof (Line));
    }
  return room;
}

void
sf_label_room_free (SfLabelRoom *room)
{
  if (room == NULL)
    return;
  for (guint i = 0; i < room->n_strips; i++)
    {
      g_array_unref (room->boxes[i]);
      g_array_unref (room->lines[i]);
    }
  g_free (room->boxes);
  g_free (room->lines);
  g_free (room);
}

static guint
strip_of (const SfLabelRoom *room, double y)
{
  return (guint) CLAMP ((y - room->top) / STRIP, 0, room->n_strips - 1);
}

static void
extent (const double v[4], double *ret_least, double *ret_most)
{
  *ret_least = MIN (MIN (v[0], v[1]), MIN (v[2], v[3]));
  *ret_most = MAX (MAX (v[0], v[1]), MAX (v[2], v[3]));
}

static void
take_box (SfLabelRoom *room, const SfLabelBox *box)
{
  double top, bottom;

  extent (box->y, &top, &bottom);
  for (guint i = strip_of (room, top); i <= strip_of (room, bottom); i++)
    g_array_append_vals (room->boxes[i], box, 1);
}

void
sf_label_room_take (SfLabelRoom *room, const SfLabel *label)
{
  SfLabelBox box = sf_label_box (label);

  take_box (room, &box);
}

void
sf_label_room_block (SfLabelRoom *room, double x1, double y1, double x2, double y2)
{
  take_box (room, &(SfLabelBox){ { x1, x2, x2, x1 }, { y1, y1, y2, y2 } });
}

void
sf_label_room_line (SfLabelRoom *room, double x1, double y1, double x2, double y2)
{
  Line line = { x1, y1, x2, y2 };

  for (guint i = strip_of (room, MIN (y1, y2)); i <= strip_of (room, MAX (y1, y2)); i++)
    if (room->lines[i]->len < MOST_LINES)
      g_array_append_val (room->lines[i], line);
}

/* TRUE if `line` passes through the inside of the box around `label`. */
static gboolean
passes (const Line *line, const SfLabel *label, double width)
{
  double half = label->size * SF_TEXT_HEIGHT / 2 - INTO;
  double left = label->align == SF_ALIGN_LEFT ? 0 : label->align == SF_ALIGN_CENTER ? -width / 2 : -width;
  double c = cos (label->angle * G_PI / 180), s = sin (label->angle * G_PI / 180);
  /* The line in the coordinates of the label: u along its text, v across. */
  double x1 = line->x1 - label->x, y1 = line->y1 - label->y, u1 = x1 * c - y1 * s, v1 = x1 * s + y1 * c;
  double x2 = line->x2 - label->x, y2 = line->y2 - label->y, u2 = x2 * c - y2 * s, v2 = x2 * s + y2 * c;
  double from = 0, to = 1;
  const double p[4] = { u1 - u2, u2 - u1, v1 - v2, v2 - v1 };
  const double q[4] = { u1 - left, left + width - u1, v1 + half, half - v1 };

  for (guint i = 0; i < 4; i++)
    {
      if (p[i] == 0 && q[i] < 0)
        return FALSE;
      if (p[i] < 0)
        from = MAX (from, q[i] / p[i]);
      else if (p[i] > 0)
        to = MIN (to, q[i] / p[i]);
    }
  return from < to;
}

static gboolean
is_free (const SfLabelRoom *room, const SfLabelBox *box)
{
  double top, bottom, left, right;

  extent (box->y, &top, &bottom);
  extent (box->x, &left, &right);
  if (left < room->left || right > room->right || top < room->top || bottom > room->bottom)
    return FALSE;
  for (guint i = strip_of (room, top); i <= strip_of (room, bottom); i++)
    for (guint k = 0; k < room->boxes[i]->len; k++)
      if (sf_label_boxes_overlap (box, &g_array_index (room->boxes[i], SfLabelBox, k)))
        return FALSE;
  return TRUE;
}

/* Makes `box` longer at both ends. */
static void
pad (SfLabelBox *box)
{
  double dx = box->x[1] - box->x[0], dy = box->y[1] - box->y[0], length = MAX (hypot (dx, dy), 1);

  for (guint i = 0; i < 4; i++)
    {
      int heading = i == 1 || i == 2 ? 1 : -1;

      box->x[i] += heading * PAD * dx / length;
      box->y[i] += heading * PAD * dy / length;
    }
}

/* Returns the number of lines of strip `i` that `label` stands on. Lines that come from the strip above were counted
 * there, unless `i` is `first`, the first strip of the label. */
static guint
count_crossed (const SfLabelRoom *room, const SfLabel *label, double width, guint i, guint first)
{
  guint n = 0;

  for (guint k = 0; k < room->lines[i]->len; k++)
    {
      const Line *line = &g_array_index (room->lines[i], Line, k);

      if ((i == first || strip_of (room, MIN (line->y1, line->y2)) == i) && passes (line, label, width))
        n++;
    }
  return n;
}

gboolean
sf_label_room_try (const SfLabelRoom *room, const SfLabel *label, double left, double right, guint *ret_crossed)
{
  SfLabelBox box = sf_label_box (label);
  double width = sf_text_width (label->text, label->size, label->bold);
  double top, bottom, least, most;

  *ret_crossed = 0;
  extent (box.x, &least, &most);
  pad (&box);
  if (least < left || most > right || !is_free (room, &box))
    return FALSE;
  extent (box.y, &top, &bottom);
  for (guint i = strip_of (room, top); i <= strip_of (room, bottom); i++)
    *ret_crossed += count_crossed (room, label, width, i, strip_of (room, top));
  return TRUE;
}
