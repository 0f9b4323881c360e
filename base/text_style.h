/* SPDX-License-Identifier: MIT
 *
 * How text for people looks.
 */
#pragma once

#include <glib.h>

typedef struct
{
  gboolean color;
  guint width;      /* in columns; 0: unlimited */
  const char *lang; /* language of all words; NULL: English */
} SfTextStyle;
