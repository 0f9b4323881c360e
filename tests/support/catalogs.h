/* SPDX-License-Identifier: MIT
 *
 * The catalogs of the build, for tests of what is said in another language than English.
 */
#pragma once

#include "base/catalog.h"

/* Opens the catalog of `lang`; aborts if there is none. */
void catalogs_open (const char *lang);
