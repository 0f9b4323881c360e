/* SPDX-License-Identifier: MIT
 *
 * Room for the labels of a page. Text of size 10 is 10 * SF_TEXT_HEIGHT high; "m" is 9.74 wide, a space 3.18.
 */
#include "plots/sequence/labels.h"

#define SIZE 10

typedef struct
{
  SfLabelRoom *room;
  guint crossed;
} Fixture;

/* A page of 200 by 100. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->room = sf_label_room_new (0, 0, 200, 100);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void) data;
  sf_label_room_free (fixture->room);
}

static SfLabel
label_at (double x, double y)
{
  return (SfLabel){ .text = (char *) "mmm", .x = x, .y = y, .size = SIZE };
}

static gboolean
fits (Fixture *fixture, SfLabel label)
{
  return sf_label_room_try (fixture->room, &label, 0, 200, &fixture->crossed);
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  double half = SIZE * SF_TEXT_HEIGHT / 2;
  SfLabel turned = label_at (100, 10);

  (void) data;
  g_assert_true (fits (fixture, label_at (100, 50)));
  g_assert_true (fits (fixture, label_at (100, half + 0.1)));
  g_assert_false (fits (fixture, label_at (100, half - 0.1)));
  g_assert_true (fits (fixture, label_at (100, 100 - half - 0.1)));
  g_assert_false (fits (fixture, label_at (100, 100 - half + 0.1)));
  g_assert_false (fits (fixture, label_at (-1, 50)));
  g_assert_false (fits (fixture, label_at (180, 50)));
  g_assert_false (fits (fixture, label_at (100, -500)));
  g_assert_false (fits (fixture, label_at (100, 5000)));
  /* It is 29 wide, so when vertical it extends above the page. */
  g_assert_true (fits (fixture, turned));
  turned.angle = 90;
  g_assert_false (fits (fixture, turned));
  turned.angle = -90;
  g_assert_true (fits (fixture, turned));
}

static void
test_between (Fixture *fixture, gconstpointer data)
{
  double width = sf_text_width ("mmm", SIZE, FALSE);
  SfLabel label = label_at (100, 50);

  (void) data;
  g_assert_true (sf_label_room_try (fixture->room, &label, 99.9, 100.1 + width, &fixture->crossed));
  g_assert_false (sf_label_room_try (fixture->room, &label, 100.1, 200, &fixture->crossed));
  g_assert_false (sf_label_room_try (fixture->room, &label, 0, 99.9 + width, &fixture->crossed));
  label.align = SF_ALIGN_RIGHT;
  g_assert_true (sf_label_room_try (fixture->room, &label, 99.9 - width, 100.1, &fixture->crossed));
}

/* A taken place stays taken, also by a label that begins in another strip of the page. */
static void
test_taken (Fixture *fixture, gconstpointer data)
{
  double width = sf_text_width ("mmm", SIZE, FALSE), height = SIZE * SF_TEXT_HEIGHT;
  SfLabel label = label_at (100, 50);

  (void) data;
  sf_label_room_take (fixture->room, &label);
  g_assert_false (fits (fixture, label));
  g_assert_false (fits (fixture, label_at (100, 50 + height - 1)));
  g_assert_true (fits (fixture, label_at (100, 50 + height)));
  g_assert_true (fits (fixture, label_at (100, 50 - height)));
  /* Labels one after the other keep a gap. */
  g_assert_false (fits (fixture, label_at (100 + width + 1, 50)));
  g_assert_true (fits (fixture, label_at (100 + width + 4, 50)));
}

static void
test_block (Fixture *fixture, gconstpointer data)
{
  (void) data;
  sf_label_room_block (fixture->room, 0, 40, 200, 60);
  for (double y = 40; y <= 60; y += 5)
    g_assert_false (fits (fixture, label_at (50, y)));
  g_assert_true (fits (fixture, label_at (50, 20)));
  g_assert_true (fits (fixture, label_at (50, 80)));
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  SfLabel falling = label_at (20, 20);

  (void) data;
  sf_label_room_line (fixture->room, 110, 0, 110, 100);
  sf_label_room_line (fixture->room, 0, 50, 200, 50);
  g_assert_true (fits (fixture, label_at (100, 50)));
  g_assert_cmpuint (fixture->crossed, ==, 2);
  g_assert_true (fits (fixture, label_at (100, 30)));
  g_assert_cmpuint (fixture->crossed, ==, 1);
  g_assert_true (fits (fixture, label_at (20, 30)));
  g_assert_cmpuint (fixture->crossed, ==, 0);
  /* Vertical, it extends from 20 to 49 and does not touch the line at 50; a little farther down it does. */
  falling.angle = -90;
  g_assert_true (fits (fixture, falling));
  g_assert_cmpuint (fixture->crossed, ==, 0);
  falling.y = 30;
  g_assert_true (fits (fixture, falling));
  g_assert_cmpuint (fixture->crossed, ==, 1);
}

/* Turned by any angle, a label lets none that overlaps it be taken. */
static void
test_turned (Fixture *fixture, gconstpointer data)
{
  (void) data;
  for (double angle = -180; angle < 180; angle += 15)
    {
      g_autoptr (SfLabelRoom) room = sf_label_room_new (0, 0, 200, 100);
      SfLabel turned = { .text = (char *) "mmm", .x = 100, .y = 50, .size = SIZE, .angle = angle };
      SfLabelBox box = sf_label_box (&turned);
      guint n_free = 0, n_taken = 0;

      sf_label_room_take (room, &turned);
      for (double y = 10; y < 90; y += 2)
        for (double x = 5; x < 160; x += 5)
          {
            SfLabel other = label_at (x, y);
            SfLabelBox other_box = sf_label_box (&other);
            gboolean overlaps = sf_label_boxes_overlap (&box, &other_box);

            g_assert_false (overlaps && sf_label_room_try (room, &other, 0, 200, &fixture->crossed));
            n_free += !overlaps;
            n_taken += overlaps;
          }
      g_assert_cmpuint (n_free, >, 0);
      g_assert_cmpuint (n_taken, >, 0);
    }
}

/* A line through a corner of the upright box around a rotated label, but not through the label. */
static void
test_corner (Fixture *fixture, gconstpointer data)
{
  SfLabel label = { .text = (char *) "mmmmmmmm", .x = 20, .y = 20, .size = SIZE, .angle = -45 };

  (void) data;
  sf_label_room_line (fixture->room, 60, 20, 80, 40);
  g_assert_true (fits (fixture, label));
  g_assert_cmpuint (fixture->crossed, ==, 0);
  sf_label_room_line (fixture->room, 60, 20, 20, 60);
  g_assert_true (fits (fixture, label));
  g_assert_cmpuint (fixture->crossed, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/labels/page", Fixture, NULL, set_up, test_page, tear_down);
  g_test_add ("/labels/between", Fixture, NULL, set_up, test_between, tear_down);
  g_test_add ("/labels/taken", Fixture, NULL, set_up, test_taken, tear_down);
  g_test_add ("/labels/block", Fixture, NULL, set_up, test_block, tear_down);
  g_test_add ("/labels/lines", Fixture, NULL, set_up, test_lines, tear_down);
  g_test_add ("/labels/turned", Fixture, NULL, set_up, test_turned, tear_down);
  g_test_add ("/labels/corner", Fixture, NULL, set_up, test_corner, tear_down);
  return g_test_run ();
}
