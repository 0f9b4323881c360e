/* SPDX-License-Identifier: MIT
 *
 * Pieces of XML.
 */
#pragma once

#include <glib.h>

/* Appends `text` escaped, without the control characters that XML 1.0 cannot express. */
void sf_xml_add_text (GString *out, const char *text);

/* Appends " NAME=\"TEXT\"" on one line. */
void sf_xml_add_attribute (GString *out, const char *name, const char *text);
