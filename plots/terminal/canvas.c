/* SPDX-License-Identifier: MIT */
#include "plots/terminal/canvas.h"

/* clang-format off */
static const struct
{
  gunichar drawn;
  char ascii;
} glyphs[SF_N_GLYPHS] = {
  [SF_GLYPH_LIFELINE] = { 0x2502, '|' },
  [SF_GLYPH_BROKEN_LIFELINE] = { 0x250a, ':' },
  [SF_GLYPH_SHAFT] = { 0x2500, '-' },
  [SF_GLYPH_BROKEN_SHAFT] = { 0x254c, '~' },
  [SF_GLYPH_DOWN] = { 0x2502, '|' },
  [SF_GLYPH_CROSS] = { 0x2717, 'X' },
  [SF_GLYPH_HELD] = { 0x25a0, '#' },
  [SF_GLYPH_DOT] = { 0x00b7, '.' },
  [SF_GLYPH_TIMER] = { 0x25f7, '@' },
  [SF_GLYPH_ALARM] = { '!', '!' },
  [SF_GLYPH_HEAD_RIGHT] = { '>', '>' },
  [SF_GLYPH_HEAD_LEFT] = { '<', '<' },
  [SF_GLYPH_BEND_RIGHT] = { 0x256e, '.' },
  [SF_GLYPH_BEND_LEFT] = { 0x256d, '.' },
  [SF_GLYPH_TURN_RIGHT] = { 0x2570, '\'' },
  [SF_GLYPH_TURN_LEFT] = { 0x256f, '\'' },
  [SF_GLYPH_CALL_RIGHT] = { 0x25b8, '*' },
  [SF_GLYPH_CALL_LEFT] = { 0x25c2, '*' },
};
/* clang-format on */

/* SGR parameters. Nothing is shown by color alone. */
static const char *const colors[] = {
  [SF_STYLE_PLAIN] = "0",   [SF_STYLE_FAINT] = "0;2", [SF_STYLE_STATE] = "0;1",  [SF_STYLE_RIGHT] = "0;36",
  [SF_STYLE_LEFT] = "0;33", [SF_STYLE_CALL] = "0;32", [SF_STYLE_TIMER] = "0;35", [SF_STYLE_ALARM] = "0;1;31",
};

void
sf_canvas_init (SfCanvas *canvas, guint width, gboolean ascii, gboolean color)
{
  canvas->width = width;
  canvas->ascii = ascii;
  canvas->color = color;
  canvas->cells = g_new (gunichar, width);
  canvas->styles = g_new0 (guint8, width);
  for (guint i = 0; i < width; i++)
    canvas->cells[i] = ' ';
}

void
sf_canvas_clear (SfCanvas *canvas)
{
  g_free (canvas->cells);
  g_free (canvas->styles);
}

static void
put (SfCanvas *canvas, int column, gunichar c, SfCellStyle style)
{
  if (column < 0 || column >= (int) canvas->width)
    return;
  canvas->cells[column] = c;
  canvas->styles[column] = (guint8) style;
}

void
sf_canvas_text (SfCanvas *canvas, int column, const char *text, SfCellStyle style)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      int columns = sf_columns_to (text, g_utf8_next_char (text));

      if (columns == 0)
        continue;
      if (canvas->ascii && c > 0x7e)
        c = '?';
      if (columns == 2 && c != '?' && column + 1 >= (int) canvas->width)
        return;
      put (canvas, column, c, style);
      if (columns == 2)
        put (canvas, column + 1, c == '?' ? '?' : 0, style);
      column += columns;
    }
}

void
sf_canvas_glyph (SfCanvas *canvas, int column, SfGlyph glyph, SfCellStyle style)
{
  put (canvas, column, canvas->ascii ? (gunichar) glyphs[glyph].ascii : glyphs[glyph].drawn, style);
}

void
sf_canvas_fill (SfCanvas *canvas, int first, int last, SfGlyph glyph, SfCellStyle style)
{
  for (int column = first; column <= last; column++)
    sf_canvas_glyph (canvas, column, glyph, style);
}

static void
set_color (GString *out, SfCellStyle style)
{
  g_string_append_printf (out, "\033[%sm", colors[style]);
}

void
sf_canvas_flush (SfCanvas *canvas, GString *out)
{
  SfCellStyle style = SF_STYLE_PLAIN;
  guint end = canvas->width;

  while (end > 0 && canvas->cells[end - 1] == ' ')
    end--;
  for (guint i = 0; i < end; i++)
    {
      if (canvas->color && canvas->styles[i] != style && canvas->cells[i] != ' ')
        set_color (out, style = canvas->styles[i]);
      if (canvas->cells[i] != 0)
        g_string_append_unichar (out, canvas->cells[i]);
    }
  if (style != SF_STYLE_PLAIN)
    g_string_append (out, "\033[0m");
  g_string_append_c (out, '\n');
  for (guint i = 0; i < canvas->width; i++)
    {
      canvas->cells[i] = ' ';
      canvas->styles[i] = SF_STYLE_PLAIN;
    }
}
