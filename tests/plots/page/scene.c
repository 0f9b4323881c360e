/* SPDX-License-Identifier: MIT
 *
 * Pages before they are drawn: the width of words, the boxes of labels, and when two overlap.
 */
#include "plots/page/scene.h"

#include <string.h>

/* Widths by the tables of DejaVu Sans, in thousandths: "i" has 278, "M" 863, bold "M" 996. */
static void
test_width (void)
{
  g_assert_cmpfloat_with_epsilon (sf_text_width ("", 10, FALSE), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (sf_text_width ("i", 10, FALSE), 2.78, 1e-9);
  g_assert_cmpfloat_with_epsilon (sf_text_width ("iM", 10, FALSE), 11.41, 1e-9);
  g_assert_cmpfloat_with_epsilon (sf_text_width ("M", 20, TRUE), 19.92, 1e-9);
  /* A Chinese character is as wide as high. A combining accent has no width. */
  g_assert_cmpfloat_with_epsilon (sf_text_width ("\u4e24\u6b21", 10, FALSE), 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (sf_text_width ("i\u0301", 10, FALSE), 2.78, 1e-9);
}

static void
assert_folded (const char *text, double width, const char *expected)
{
  g_autoptr (GPtrArray) lines = sf_text_fold (text, 10, FALSE, width);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < lines->len; i++)
    if (strchr (text, ' ') != NULL)
      g_assert_cmpfloat (sf_text_width (g_ptr_array_index (lines, i), 10, FALSE), <=, width);
  g_ptr_array_add (lines, NULL);
  joined = g_strjoinv ("|", (char **) lines->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_fold (void)
{
  /* Four "i" with spaces between them are 11.12 + 9.54 wide. */
  assert_folded ("i i i i", 20.8, "i i i i");
  assert_folded ("i i i i", 14.8, "i i i|i");
  assert_folded ("  i  ", 50, "i");
  assert_folded ("", 50, "");
  /* A word that is too long is divided, but a line has at least one character. */
  assert_folded ("iiii", 6, "ii|ii");
  assert_folded ("MM", 1, "M|M");
  /* A number and its unit stay together: "i 1 s" is 20.72 wide, "i 1" 12.33, "1 s" 14.76. */
  assert_folded ("i 1 s", 15, "i|1 s");
  /* So do the number of a connection and its action: "i #2" and "#2 i" are 20.71 wide, all is 26.67. */
  assert_folded ("i #2 i", 21, "i|#2 i");
  /* Chinese breaks anywhere, but not before a full stop. */
  assert_folded ("\u4e24\u6b21\u63e1\u624b", 25, "\u4e24\u6b21|\u63e1\u624b");
  assert_folded ("\u4e24\u6b21\u3002\u624b", 25, "\u4e24|\u6b21\u3002|\u624b");
}

static void
assert_even (const char *text, double width, const char *expected)
{
  g_autoptr (GPtrArray) lines = sf_text_fold_even (text, 10, FALSE, width);
  g_autofree char *joined = NULL;

  g_ptr_array_add (lines, NULL);
  joined = g_strjoinv ("|", (char **) lines->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_fold_even (void)
{
  /* Two "i" and a space are 8.74 wide, three with theirs 14.70. */
  assert_even ("i i i i", 14.8, "i i|i i");
  assert_even ("i i i i", 20.8, "i i i i");
  assert_even ("", 50, "");
  /* Three need a line as wide as two of them. */
  assert_even ("i i i", 9, "i i|i");
  assert_even ("iiii", 6, "ii|ii");
  /* 17.88 up to the comma, 23.84 in all: breaking in the middle would tear the phrase. */
  assert_even ("i i i, i", 18, "i i i,|i");
  assert_even ("i i i, i", 17, "i i|i, i");
}

static void
test_cut (void)
{
  g_autofree char *whole = sf_text_cut ("iiii", 10, FALSE, 11.2);
  g_autofree char *cut = sf_text_cut ("iiiiiiii", 10, FALSE, 16);
  g_autofree char *none = sf_text_cut ("iiii", 10, FALSE, 1);

  g_assert_cmpstr (whole, ==, "iiii");
  g_assert_cmpstr (cut, ==, "ii\u2026");
  g_assert_cmpstr (none, ==, "\u2026");
}

static void
assert_box (const SfLabel *label, double left, double top, double right, double bottom)
{
  SfLabelBox box = sf_label_box (label);
  double x[2] = { box.x[0], box.x[0] }, y[2] = { box.y[0], box.y[0] };

  for (guint i = 1; i < 4; i++)
    {
      x[0] = MIN (x[0], box.x[i]);
      x[1] = MAX (x[1], box.x[i]);
      y[0] = MIN (y[0], box.y[i]);
      y[1] = MAX (y[1], box.y[i]);
    }
  g_assert_cmpfloat_with_epsilon (x[0], left, 1e-6);
  g_assert_cmpfloat_with_epsilon (y[0], top, 1e-6);
  g_assert_cmpfloat_with_epsilon (x[1], right, 1e-6);
  g_assert_cmpfloat_with_epsilon (y[1], bottom, 1e-6);
}

/* A label of one Chinese character of 100 points: 100 wide, 117 high. */
static void
test_box (void)
{
  SfLabel label = { .text = (char *) "\u4e24", .x = 200, .y = 300, .size = 100 };

  assert_box (&label, 200, 241.5, 300, 358.5);
  label.align = SF_ALIGN_CENTER;
  assert_box (&label, 150, 241.5, 250, 358.5);
  label.align = SF_ALIGN_RIGHT;
  assert_box (&label, 100, 241.5, 200, 358.5);
  /* Rotated by 90 degrees. */
  label.align = SF_ALIGN_LEFT;
  label.angle = 90;
  assert_box (&label, 141.5, 200, 258.5, 300);
}

static gboolean
overlap (const SfLabel *a, const SfLabel *b)
{
  SfLabelBox x = sf_label_box (a), y = sf_label_box (b);

  g_assert_cmpint (sf_label_boxes_overlap (&x, &y), ==, sf_label_boxes_overlap (&y, &x));
  return sf_label_boxes_overlap (&x, &y);
}

static void
test_overlap (void)
{
  SfLabel a = { .text = (char *) "\u4e24", .x = 0, .y = 0, .size = 100 };
  SfLabel b = a;

  g_assert_true (overlap (&a, &b));
  b.x = 99;
  g_assert_true (overlap (&a, &b));
  b.x = 100; /* edges touch */
  g_assert_false (overlap (&a, &b));
  b.x = 0;
  b.y = 116;
  g_assert_true (overlap (&a, &b));
  b.y = 117;
  g_assert_false (overlap (&a, &b));
  /* Two labels with the same rotation can be closer than the upright boxes around them: their distance across is 118 ×
   * cos 30°. */
  a.angle = b.angle = 30;
  b.y = 118;
  g_assert_true (overlap (&a, &b));
  b.y = 117 / 0.8660254 + 0.1;
  g_assert_false (overlap (&a, &b));
  /* Inside the upright box around a rotated label, but not inside the label. */
  a.angle = 45;
  b = (SfLabel){ .text = (char *) "\u4e24", .x = 95, .y = 20, .size = 20 };
  g_assert_false (overlap (&a, &b));
}

/* All inks differ, and black text on each state is legible: a contrast of at least 4.5 (WCAG 2). */
static double
luminance (guint32 rgb)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    sum += weights[i] * (double) (rgb >> (16 - 8 * i) & 0xff) / 255;
  return sum;
}

static void
test_inks (void)
{
  for (guint i = 0; i < SF_N_INKS; i++)
    for (guint k = 0; k < i; k++)
      g_assert_cmphex (sf_ink_rgb (i), !=, sf_ink_rgb (k));
  /* Luminance without the gamma curve is too high, so the limits leave a margin. */
  for (guint i = SF_INK_STATE; i < SF_N_INKS; i++)
    g_assert_cmpfloat (luminance (sf_ink_rgb (i)), >, 0.6);
  for (guint i = 0; i < SF_INK_STATE; i++)
    if (i != SF_INK_PAPER)
      g_assert_cmpfloat (luminance (sf_ink_rgb (i)), <, 0.45);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/width", test_width);
  g_test_add_func ("/scene/fold", test_fold);
  g_test_add_func ("/scene/fold-even", test_fold_even);
  g_test_add_func ("/scene/cut", test_cut);
  g_test_add_func ("/scene/box", test_box);
  g_test_add_func ("/scene/overlap", test_overlap);
  g_test_add_func ("/scene/inks", test_inks);
  return g_test_run ();
}
