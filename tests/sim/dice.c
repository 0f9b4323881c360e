/* SPDX-License-Identifier: MIT
 *
 * Random streams: what they are for ever, and that they have the statistics asked for. A bound of 5 standard
 * errors never fails by chance here: the throws are fixed.
 */
#include "sim/dice.h"

#include <Random123/philox.h>
#include <math.h>
#include <string.h>

/* The answers published with Random123 (kat_vectors, philox4x64 with 10 rounds). */
static void
test_known_answers (void)
{
  philox4x64_ctr_t counter
      = { { 0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89 } };
  philox4x64_key_t key = { { 0x452821e638d01377, 0xbe5466cf34e90c6c } };
  philox4x64_ctr_t result = philox4x64 (counter, key);
  SfDice zero = { 0, 0 };
  SfSeed zero_seed = { 0, 0 };

  g_assert_cmphex (result.v[0], ==, 0xa528f45403e61d95);
  g_assert_cmphex (result.v[1], ==, 0x38c72dbd566e9788);
  g_assert_cmphex (result.v[2], ==, 0xa5a1610e72fd18b5);
  g_assert_cmphex (result.v[3], ==, 0x57bd43b5e52b7fe6);
  g_assert_cmphex (sf_dice_u64 (&zero, &zero_seed), ==, 0x16554d9eca36314c);
  g_assert_cmpuint (zero.n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dice/known-answers", test_known_answers);
  return g_test_run ();
}
