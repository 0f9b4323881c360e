/* SPDX-License-Identifier: MIT */
#include "plots/page/gnuplot_scene.h"

#include <string.h>

/* The heads of arrows, in points and degrees. */
#define HEAD_LENGTH 7
#define HEAD_ANGLE 17

#define DECIMALS 2

/* TRUE if one command can draw both shapes: lines and arrows of any style, or rectangles, or frames of one width. */
static gboolean
drawn_together (const SfShape *a, const SfShape *b)
{
  gboolean lines_a = a->kind == SF_SHAPE_LINE || a->kind == SF_SHAPE_ARROW;
  gboolean lines_b = b->kind == SF_SHAPE_LINE || b->kind == SF_SHAPE_ARROW;

  if (lines_a || lines_b)
    return lines_a && lines_b;
  return a->kind == b->kind && (a->kind == SF_SHAPE_RECT || a->width == b->width);
}

static void
add_numbers (GString *script, const double *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      sf_gnuplot_number (script, numbers[i], DECIMALS);
      g_string_append_c (script, ' ');
    }
}

/* --- styles of lines --- */

static gboolean
same_style (const SfShape *a, const SfShape *b)
{
  return a->kind == b->kind && a->ink == b->ink && a->dash == b->dash && a->width == b->width;
}

/* Returns the index of the style of `shape` in `styles` (SfShape); appends it if it is new. There are few. */
static guint
find_style (GArray *styles, const SfShape *shape)
{
  for (guint i = 0; i < styles->len; i++)
    if (same_style (&g_array_index (styles, SfShape, i), shape))
      return i + 1;
  g_array_append_val (styles, *shape);
  return styles->len;
}

static void
add_dash (GString *script, SfDash dash, double width)
{
  static const double pattern[][2] = {
    [SF_DASH_SOLID] = { 0, 0 }, [SF_DASH_DASHED] = { 5, 3 }, [SF_DASH_DOTTED] = { 1.2, 2.4 }
  };

  if (dash == SF_DASH_SOLID)
    return;
  g_string_append (script, " dt (");
  for (guint i = 0; i < 2; i++)
    {
      g_string_append (script, i == 0 ? "dash (" : ", dash (");
      sf_gnuplot_number (script, pattern[dash][i], DECIMALS);
      g_string_append (script, ", ");
      sf_gnuplot_number (script, width, DECIMALS);
      g_string_append_c (script, ')');
    }
  g_string_append_c (script, ')');
}

static void
add_style (GString *script, guint number, const SfShape *style)
{
  g_string_append_printf (script, "set style arrow %u ", number);
  if (style->kind == SF_SHAPE_ARROW)
    g_string_append_printf (script, "head filled fixed size first %d,%d", HEAD_LENGTH, HEAD_ANGLE);
  else
    g_string_append (script, "nohead");
  g_string_append (script, " lw ");
  sf_gnuplot_number (script, style->width, DECIMALS);
  add_dash (script, style->dash, style->width);
  g_string_append_printf (script, " lc rgb '#%06x'\n", sf_ink_rgb (style->ink));
}

/* --- shapes --- */

static void
add_line (GString *script, const SfShape *shape, GArray *styles)
{
  const double numbers[] = { shape->x1, shape->y1, shape->x2 - shape->x1, shape->y2 - shape->y1 };

  add_numbers (script, numbers, G_N_ELEMENTS (numbers));
  g_string_append_printf (script, "%u\n", find_style (styles, shape));
}

/* Writes a box as gnuplot wants it: a point in it, and its corners. */
static void
add_box (GString *script, const SfShape *shape)
{
  double left = MIN (shape->x1, shape->x2), right = MAX (shape->x1, shape->x2);
  double top = MIN (shape->y1, shape->y2), bottom = MAX (shape->y1, shape->y2);
  const double numbers[] = { left, top, left, right, top, bottom };

  add_numbers (script, numbers, G_N_ELEMENTS (numbers));
  g_string_append_printf (script, "%u\n", sf_ink_rgb (shape->ink));
}

static void
add_plot (GString *plots, const SfShape *shape, guint block)
{
  g_string_append_printf (plots, "%s$s%u using ", block == 0 ? "plot " : ", ", block);
  if (shape->kind == SF_SHAPE_LINE || shape->kind == SF_SHAPE_ARROW)
    g_string_append (plots, "1:2:3:4:5 with vectors arrowstyle variable");
  else if (shape->kind == SF_SHAPE_RECT)
    g_string_append (plots, "1:2:3:4:5:6:7 with boxxyerror fill solid 1 noborder lc rgb variable");
  else
    {
      g_string_append (plots, "1:2:3:4:5:6:7 with boxxyerror fill empty lc rgb variable lw ");
      sf_gnuplot_number (plots, shape->width, DECIMALS);
    }
}

/* Writes the shapes as data, in as few blocks as their order allows, and appends the command that draws them to
 * `plots`. */
static void
add_shapes (GString *script, GString *plots, const SfScene *scene)
{
  g_autoptr (GArray) styles = g_array_new (FALSE, FALSE, sizeof (SfShape));
  guint n_blocks = 0;

  for (guint i = 0; i < scene->shapes->len; i++)
    {
      const SfShape *shape = &g_array_index (scene->shapes, SfShape, i);

      if (i == 0 || !drawn_together (shape - 1, shape))
        {
          g_string_append_printf (script, "%s$s%u << SYNFIN\n", i == 0 ? "" : "SYNFIN\n", n_blocks);
          add_plot (plots, shape, n_blocks++);
        }
      if (shape->kind == SF_SHAPE_LINE || shape->kind == SF_SHAPE_ARROW)
        add_line (script, shape, styles);
      else
        add_box (script, shape);
    }
  g_string_append (script, n_blocks > 0 ? "SYNFIN\n" : "");
  for (guint i = 0; i < styles->len; i++)
    add_style (script, i + 1, &g_array_index (styles, SfShape, i));
}

/* --- labels --- */

static void
add_label (GString *script, const SfLabel *label)
{
  static const char *const aligns[] = {
    [SF_ALIGN_LEFT] = "left", [SF_ALIGN_CENTER] = "center", [SF_ALIGN_RIGHT] = "right"
  };

  g_string_append (script, "set label ");
  sf_gnuplot_string (script, label->text);
  g_string_append (script, " at ");
  sf_gnuplot_number (script, label->x, DECIMALS);
  g_string_append_c (script, ',');
  sf_gnuplot_number (script, label->y, DECIMALS);
  g_string_append_printf (script, " %s front font '" SF_PICTURE_FONT "%s,", aligns[label->align],
                          label->bold ? ":Bold" : "");
  sf_gnuplot_number (script, label->size, DECIMALS);
  g_string_append_printf (script, "' tc rgb '#%06x'", sf_ink_rgb (label->ink));
  if (label->angle != 0)
    {
      g_string_append (script, " rotate by ");
      sf_gnuplot_number (script, label->angle, DECIMALS);
    }
  g_string_append_c (script, '\n');
}

SfPage *
sf_scene_page (const SfScene *scene)
{
  SfPage *page = sf_page_new (scene->width, scene->height, scene->title, scene->desc);
  g_autoptr (GString) plots = g_string_new (NULL);

  g_string_append (
    page->script, "set lmargin at screen 0\nset rmargin at screen 1\nset tmargin at screen 1\nset bmargin at screen 0\n"
                  "unset border\nunset tics\nunset key\nset xrange [0:width]\nset yrange [height:0]\n");
  add_shapes (page->script, plots, scene);
  for (guint i = 0; i < scene->labels->len; i++)
    add_label (page->script, &g_array_index (scene->labels, SfLabel, i));
  g_string_append (page->script, plots->len > 0 ? plots->str : "plot -1");
  g_string_append_c (page->script, '\n');
  return page;
}
