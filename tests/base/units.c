/* SPDX-License-Identifier: MIT
 *
 * Quantities: exact, or refused with the reason.
 */
#include "base/units.h"

typedef struct
{
  const char *text;
  SfUnits result;
  gint64 value;
} Row;

static const Row times[] = {
  { "0", SF_UNITS_OK, 0 },
  { "0s", SF_UNITS_OK, 0 },
  { "1ns", SF_UNITS_OK, 1 },
  { "20us", SF_UNITS_OK, 20000 },
  { "20µs", SF_UNITS_OK, 20000 },
  { "50ms", SF_UNITS_OK, 50000000 },
  { "50 ms", SF_UNITS_OK, 50000000 },
  { "1.5s", SF_UNITS_OK, 1500000000 },
  { "1.500s", SF_UNITS_OK, 1500000000 },
  { "0.000000001s", SF_UNITS_OK, 1 },
  { "0.1s", SF_UNITS_OK, 100000000 },
  { "60.201s", SF_UNITS_OK, G_GINT64_CONSTANT (60201000000) },
  { "2min", SF_UNITS_OK, 120 * SF_SEC },
  { "1h", SF_UNITS_OK, 3600 * SF_SEC },
  { "00001s", SF_UNITS_OK, SF_SEC },
  { "9223372036854775806ns", SF_UNITS_OK, G_MAXINT64 - 1 },
  { "9223372036854775807ns", SF_UNITS_TOO_LARGE, 0 },
  { "9223372036854775808ns", SF_UNITS_TOO_LARGE, 0 },
  { "99999999999999999999s", SF_UNITS_TOO_LARGE, 0 },
  { "0.0000000001s", SF_UNITS_TOO_FINE, 0 },
  { "0.00000000010s", SF_UNITS_TOO_FINE, 0 },
  { "1.00000000000000000000000000001s", SF_UNITS_TOO_FINE, 0 },
  { "1.00000000000000000000000000000s", SF_UNITS_OK, SF_SEC },
  { "0.5ns", SF_UNITS_TOO_FINE, 0 },
  { "1", SF_UNITS_NO_UNIT, 0 },
  { "1sec", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "1.s", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "1.2.3s", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "1S", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "1 s s", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "-1s", SF_UNITS_NEGATIVE, 0 },
  { "s", SF_UNITS_NOT_A_NUMBER, 0 },
  { ".5s", SF_UNITS_NOT_A_NUMBER, 0 },
  { "+1s", SF_UNITS_NOT_A_NUMBER, 0 },
  { " 1s", SF_UNITS_NOT_A_NUMBER, 0 },
  { "", SF_UNITS_NOT_A_NUMBER, 0 },
  { "2msl", SF_UNITS_UNKNOWN_UNIT, 0 },
};

/* clang-format off */
static const Row durations[] = {
  { "2msl", SF_UNITS_OK, -2000 },
  { "2 MSL", SF_UNITS_OK, -2000 },
  { "0.5msl", SF_UNITS_OK, -500 },
  { "0msl", SF_UNITS_OK, 0 },
  { "0.0001msl", SF_UNITS_TOO_FINE, 0 },
  { "60s", SF_UNITS_OK, 60 * SF_SEC },
  { "60", SF_UNITS_NO_UNIT, 0 },
  { "60mls", SF_UNITS_UNKNOWN_UNIT, 0 },
};
/* clang-format on */

static const Row bytes[] = {
  { "0", SF_UNITS_OK, 0 },
  { "1460 B", SF_UNITS_OK, 1460 },
  { "1460", SF_UNITS_OK, 1460 },
  { "64 KiB", SF_UNITS_OK, 65536 },
  { "1kB", SF_UNITS_OK, 1000 },
  { "1.5 kB", SF_UNITS_OK, 1500 },
  { "0.5 KiB", SF_UNITS_OK, 512 },
  { "1 GiB", SF_UNITS_OK, 1 << 30 },
  { "1.5 B", SF_UNITS_TOO_FINE, 0 },
  { "1 KB", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "1 mb", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "all", SF_UNITS_NOT_A_NUMBER, 0 },
};

static const Row rates[] = {
  { "infinite", SF_UNITS_OK, 0 },
  { "10Mbit/s", SF_UNITS_OK, 10000000 },
  { "2.5 Gbit/s", SF_UNITS_OK, G_GINT64_CONSTANT (2500000000) },
  { "9600bit/s", SF_UNITS_OK, 9600 },
  { "10Mbps", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "10", SF_UNITS_NO_UNIT, 0 },
  { "1.5bit/s", SF_UNITS_TOO_FINE, 0 },
};

static const Row counts[] = {
  { "0", SF_UNITS_OK, 0 },
  { "-7", SF_UNITS_OK, -7 },
  { "9223372036854775807", SF_UNITS_OK, G_MAXINT64 },
  { "9223372036854775808", SF_UNITS_TOO_LARGE, 0 },
  { "2.0", SF_UNITS_OK, 2 },
  { "2.5", SF_UNITS_TOO_FINE, 0 },
  { "2x", SF_UNITS_UNKNOWN_UNIT, 0 },
  { "--2", SF_UNITS_NEGATIVE, 0 },
  { "x", SF_UNITS_NOT_A_NUMBER, 0 },
};

static void
check (const Row *row, SfUnits result, gint64 value)
{
  if (result != row->result)
    g_error ("'%s' %s; expected: %s", row->text, sf_units_complaint (result), sf_units_complaint (row->result));
  /* Wrong input leaves the output unchanged. */
  g_assert_cmpint (value, ==, result == SF_UNITS_OK ? row->value : 42);
}

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      SfTime time = 42;
      SfUnits result = sf_parse_time (times[i].text, &time);

      check (&times[i], result, time);
    }
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      SfTime time = 42;
      SfUnits result = sf_parse_duration (durations[i].text, &time);

      check (&durations[i], result, time);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    {
      gint64 n = 42;
      SfUnits result = sf_parse_bytes (bytes[i].text, &n);

      check (&bytes[i], result, n);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      guint64 rate = 42;
      SfUnits result = sf_parse_rate (rates[i].text, &rate);

      check (&rates[i], result, (gint64) rate);
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      gint64 n = 42;
      SfUnits result = sf_parse_count (counts[i].text, &n);

      check (&counts[i], result, n);
    }
}

static void
test_fractions (void)
{
  double p = 42;

  g_assert_cmpint (sf_parse_probability ("1.5%", &p), ==, SF_UNITS_OK);
  g_assert_cmpfloat_with_epsilon (p, 0.015, 1e-15);
  g_assert_cmpint (sf_parse_probability ("0.015", &p), ==, SF_UNITS_OK);
  g_assert_cmpfloat (p, ==, 0.015);
  g_assert_cmpint (sf_parse_probability ("100 %", &p), ==, SF_UNITS_OK);
  g_assert_cmpfloat (p, ==, 1);
  g_assert_cmpint (sf_parse_probability ("-1%", &p), ==, SF_UNITS_NEGATIVE);
  g_assert_cmpint (sf_parse_probability ("nan", &p), ==, SF_UNITS_NOT_A_NUMBER);
  g_assert_cmpint (sf_parse_probability ("inf", &p), ==, SF_UNITS_NOT_A_NUMBER);
  g_assert_cmpint (sf_parse_probability ("0x1", &p), ==, SF_UNITS_NOT_A_NUMBER);
  g_assert_cmpint (sf_parse_probability ("1e999", &p), ==, SF_UNITS_TOO_LARGE);
  g_assert_cmpint (sf_parse_probability ("1 in 3", &p), ==, SF_UNITS_UNKNOWN_UNIT);
  g_assert_cmpfloat (p, ==, 1);
  g_assert_cmpint (sf_parse_number ("-2.5", &p), ==, SF_UNITS_OK);
  g_assert_cmpfloat (p, ==, -2.5);
}

static void
test_words (void)
{
  gboolean flag = FALSE;
  guint32 addr = 0;

  g_assert_true (sf_parse_bool ("Yes", &flag) && flag);
  g_assert_true (sf_parse_bool ("off", &flag) && !flag);
  g_assert_false (sf_parse_bool ("1", &flag));
  g_assert_true (sf_parse_address ("192.0.2.1", &addr));
  g_assert_cmphex (addr, ==, 0xc0000201);
  g_assert_false (sf_parse_address ("192.0.2", &addr));
  g_assert_false (sf_parse_address ("192.0.2.256", &addr));
  g_assert_false (sf_parse_address ("192.0.2.1 ", &addr));
}

static void
assert_prints (char *printed, const char *expected)
{
  g_assert_cmpstr (printed, ==, expected);
  g_free (printed);
}

static void
test_print (void)
{
  assert_prints (sf_print_time (0), "0s");
  assert_prints (sf_print_time (1), "1ns");
  assert_prints (sf_print_time (1500), "1.5us");
  assert_prints (sf_print_time (50 * SF_MSEC), "50ms");
  assert_prints (sf_print_time (60201 * SF_MSEC), "60.201s");
  assert_prints (sf_print_time (SF_SEC + 1), "1.000000001s");
  assert_prints (sf_print_time (-2000), "2msl");
  assert_prints (sf_print_time (-500), "0.5msl");
  assert_prints (sf_print_rate (0), "infinite");
  assert_prints (sf_print_rate (10000000), "10Mbit/s");
  assert_prints (sf_print_rate (2500), "2.5kbit/s");
  assert_prints (sf_print_rate (9600), "9.6kbit/s");
  assert_prints (sf_print_bytes (0), "0 B");
  assert_prints (sf_print_bytes (1460), "1460 B");
  assert_prints (sf_print_bytes (65536), "64 KiB");
  assert_prints (sf_print_bytes (1000000), "1 MB");
}

static void
test_print_address (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sf_append_address (out, 0);
  g_string_append_c (out, ' ');
  sf_append_address (out, 0xc0000201);
  g_string_append_c (out, ' ');
  sf_append_address (out, G_MAXUINT32);
  g_assert_cmpstr (out->str, ==, "0.0.0.0 192.0.2.1 255.255.255.255");
}

static void
test_print_seconds (void)
{
  static const struct
  {
    SfTime t;
    int least, decimals; /* asked for, and needed */
    const char *exact;
  } rows[] = {
    { 0, 0, 0, "0" },
    { 0, 6, 6, "0.000000" },
    { 3 * SF_SEC, 0, 0, "3" },
    { 1050 * SF_MSEC, 0, 2, "1.05" },
    { 1050 * SF_MSEC, 6, 6, "1.050000" },
    { SF_SEC + 1, 6, 9, "1.000000001" },
    { SF_NEVER, 9, 9, "9223372036.854775807" },
  };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (sf_count_decimals (rows[i].t, rows[i].least), ==, rows[i].decimals);
      g_string_truncate (out, 0);
      sf_append_seconds (out, rows[i].t, rows[i].decimals);
      g_assert_cmpstr (out->str, ==, rows[i].exact);
    }
  g_string_truncate (out, 0);
  sf_append_seconds (out, 1999 * SF_MSEC, 1);
  g_assert_cmpstr (out->str, ==, "1.9");
}

static void
test_unit_words (void)
{
  static const char *const units[] = { "s", "ms later", "MSL", "Mbit/s.", "KiB,", "B", "bytes", "segment", "min后" };
  static const char *const others[] = { "", " s", "seconds", "in 3", "S", "msx", "B2", "hosts" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    g_assert_true (sf_begins_with_unit (units[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (sf_begins_with_unit (others[i]));
}

/* A printed quantity is parsed to the same value. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 10000; i++)
    {
      gint64 value = (gint64) ((guint64) g_rand_int (rand) << 32 | (guint32) g_rand_int (rand)) >> (i % 60);
      g_autofree char *time_text = NULL, *rate_text = NULL, *bytes_text = NULL;
      gint64 number = 0;
      guint64 rate = 0;

      value = value == G_MININT64 ? 0 : ABS (value);
      time_text = sf_print_time (value);
      rate_text = sf_print_rate ((guint64) value);
      bytes_text = sf_print_bytes (value);
      g_assert_cmpint (sf_parse_time (time_text, &number), ==, SF_UNITS_OK);
      g_assert_cmpint (number, ==, value);
      g_assert_cmpint (sf_parse_rate (rate_text, &rate), ==, SF_UNITS_OK);
      g_assert_cmpuint (rate, ==, (guint64) value);
      g_assert_cmpint (sf_parse_bytes (bytes_text, &number), ==, SF_UNITS_OK);
      g_assert_cmpint (number, ==, value);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/units/parse", test_parse);
  g_test_add_func ("/units/fractions", test_fractions);
  g_test_add_func ("/units/words", test_words);
  g_test_add_func ("/units/print", test_print);
  g_test_add_func ("/units/print-address", test_print_address);
  g_test_add_func ("/units/print-seconds", test_print_seconds);
  g_test_add_func ("/units/unit-words", test_unit_words);
  g_test_add_func ("/units/round-trip", test_round_trip);
  return g_test_run ();
}
