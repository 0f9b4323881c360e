/* SPDX-License-Identifier: MIT */
#include "plots/page/scene.h"

#include <math.h>

/* Two boxes may overlap by this much, in points: rounding errors of sums. */
#define TOUCH 0.01

/* Based on the palette of Okabe and Ito, whose colors color-blind readers can tell apart. Colors of states are lighter,
 * for black letters on them. */
static const guint32 inks[SF_N_INKS] = {
  [SF_INK_TEXT] = 0x1a1a1a,       [SF_INK_FAINT] = 0x6b6b6b,     [SF_INK_PAPER] = 0xffffff, [SF_INK_RIGHT] = 0x005f99,
  [SF_INK_LEFT] = 0xb84d00,       [SF_INK_CALL] = 0x00694e,      [SF_INK_TIMER] = 0x86406b, [SF_INK_ALARM] = 0xb00020,
  [SF_INK_MARK] = 0x6a2c91,       [SF_INK_STATE + 0] = 0xf4f4f4, /* CLOSED */
  [SF_INK_STATE + 1] = 0xdadada,                                 /* LISTEN */
  [SF_INK_STATE + 2] = 0xf6ec8b,                                 /* SYN-SENT */
  [SF_INK_STATE + 3] = 0xf1c45c,                                 /* SYN-RECEIVED */
  [SF_INK_STATE + 4] = 0x86cfb5,                                 /* ESTABLISHED */
  [SF_INK_STATE + 5] = 0x8cc4ea,                                 /* FIN-WAIT-1 */
  [SF_INK_STATE + 6] = 0xc3e0f5,                                 /* FIN-WAIT-2 */
  [SF_INK_STATE + 7] = 0xeec4da,                                 /* CLOSE-WAIT */
  [SF_INK_STATE + 8] = 0xd193b9,                                 /* CLOSING */
  [SF_INK_STATE + 9] = 0xf2a77f,                                 /* LAST-ACK */
  [SF_INK_STATE + 10] = 0xb7b2df,                                /* TIME-WAIT */
  [SF_INK_STATE + 11] = 0xececec,
};

guint32
sf_ink_rgb (SfInk ink)
{
  return inks[ink];
}

static void
clear_label (gpointer data)
{
  SfLabel *label = data;

  g_free (label->text);
}

SfScene *
sf_scene_new (double width, double height)
{
  SfScene *scene = g_new0 (SfScene, 1);

  scene->width = width;
  scene->height = height;
  scene->shapes = g_array_new (FALSE, FALSE, sizeof (SfShape));
  scene->labels = g_array_new (FALSE, FALSE, sizeof (SfLabel));
  g_array_set_clear_func (scene->labels, clear_label);
  return scene;
}

void
sf_scene_free (SfScene *scene)
{
  if (scene == NULL)
    return;
  g_free (scene->title);
  g_free (scene->desc);
  g_array_unref (scene->shapes);
  g_array_unref (scene->labels);
  g_free (scene);
}

void
sf_scene_line (SfScene *scene, SfInk ink, SfDash dash, double width, double x1, double y1, double x2, double y2)
{
  SfShape shape = { SF_SHAPE_LINE, ink, dash, width, x1, y1, x2, y2 };

  g_array_append_val (scene->shapes, shape);
}

void
sf_scene_arrow (SfScene *scene, SfInk ink, SfDash dash, double width, double x1, double y1, double x2, double y2)
{
  SfShape shape = { SF_SHAPE_ARROW, ink, dash, width, x1, y1, x2, y2 };

  g_array_append_val (scene->shapes, shape);
}

void
sf_scene_rect (SfScene *scene, SfInk ink, double x1, double y1, double x2, double y2)
{
  SfShape shape = { SF_SHAPE_RECT, ink, SF_DASH_SOLID, 0, x1, y1, x2, y2 };

  g_array_append_val (scene->shapes, shape);
}

void
sf_scene_frame (SfScene *scene, SfInk ink, double width, double x1, double y1, double x2, double y2)
{
  SfShape shape = { SF_SHAPE_FRAME, ink, SF_DASH_SOLID, width, x1, y1, x2, y2 };

  g_array_append_val (scene->shapes, shape);
}

void
sf_scene_label (SfScene *scene, const SfLabel *label)
{
  SfLabel copy = *label;

  copy.text = g_strdup (label->text);
  g_array_append_val (scene->labels, copy);
}

SfLabelBox
sf_label_box (const SfLabel *label)
{
  double width = sf_text_width (label->text, label->size, label->bold);
  double half = label->size * SF_TEXT_HEIGHT / 2;
  double left = label->align == SF_ALIGN_LEFT ? 0 : label->align == SF_ALIGN_CENTER ? -width / 2 : -width;
  double along[4] = { left, left + width, left + width, left };
  double across[4] = { -half, -half, half, half };
  /* y runs down, so a counter-clockwise angle raises the end of the text. */
  double c = cos (label->angle * G_PI / 180), s = sin (label->angle * G_PI / 180);
  SfLabelBox box;

  for (guint i = 0; i < 4; i++)
    {
      box.x[i] = label->x + along[i] * c + across[i] * s;
      box.y[i] = label->y - along[i] * s + across[i] * c;
    }
  return box;
}

/* TRUE if a line parallel to side `side` of `a` separates the boxes (separating axis theorem). */
static gboolean
separates (const SfLabelBox *a, const SfLabelBox *b, guint side)
{
  double nx = a->y[side + 1] - a->y[side], ny = a->x[side] - a->x[side + 1];
  double length = hypot (nx, ny);
  double least[2] = { INFINITY, INFINITY }, most[2] = { -INFINITY, -INFINITY };

  for (guint i = 0; i < 4 && length > 0; i++)
    {
      double at[2] = { (a->x[i] * nx + a->y[i] * ny) / length, (b->x[i] * nx + b->y[i] * ny) / length };

      for (guint k = 0; k < 2; k++)
        {
          least[k] = MIN (least[k], at[k]);
          most[k] = MAX (most[k], at[k]);
        }
    }
  return MIN (most[0], most[1]) - MAX (least[0], least[1]) <= TOUCH;
}

gboolean
sf_label_boxes_overlap (const SfLabelBox *a, const SfLabelBox *b)
{
  for (guint side = 0; side < 2; side++)
    if (separates (a, b, side) || separates (b, a, side))
      return FALSE;
  return TRUE;
}
