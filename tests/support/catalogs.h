/* SPDX-License-Identifier: MIT
 *
 * The message catalogs of the build, for tests of other languages than English.
 */
#pragma once

#include "base/catalog.h"

/* Opens the catalog of `lang`; aborts if there is none. */
void catalogs_open (const char *lang);
