/* SPDX-License-Identifier: MIT */
#include "plots/compare.h"

GPtrArray *
sf_compare (const SfStory *left, const SfStory *right G_GNUC_UNUSED, const SfSequenceOptions *options,
            guint *ret_left_out)
{
  return sf_sequence (left, options, ret_left_out);
}
