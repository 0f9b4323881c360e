/* SPDX-License-Identifier: MIT
 *
 * The parser of written segments.
 */
#include "lab/language/written_segment.h"

#include "base/gettext.h"
#include "base/units.h"
#include "lab/language/node.h"
#include "models/segment_text.h"

#include <string.h>

/* A written segment that is being parsed: its words, and the number of the next one. */
typedef struct
{
  GPtrArray *words; /* char *; <…>, the options, is one word */
  GArray *columns;  /* guint: the column of each word, in characters from 0 */
  guint next;
  SfPlace place;
  SfDiagnostics *diag;
  const SfPlan *plan;
} Reader;

gboolean
sf_flags_parse (const char *text, guint16 *ret_flags)
{
  guint16 flags = 0;

  if (strcmp (text, "-") == 0)
    {
      *ret_flags = 0;
      return TRUE;
    }
  for (const char *p = text; *p != '\0'; p++)
    {
      guint16 bit = sf_segment_flag (*p);

      if (bit == 0 || flags & bit)
        return FALSE;
      flags |= bit;
    }
  if (flags == 0)
    return FALSE;
  *ret_flags = flags;
  return TRUE;
}

/* --- words --- */

static void
split (Reader *r, const char *text)
{
  const char *p = text;

  for (;;)
    {
      const char *end;
      guint column;

      while (*p == ' ')
        p++;
      if (*p == '\0')
        return;
      column = (guint) g_utf8_pointer_to_offset (text, p);
      end = *p == '<' ? strchr (p, '>') : strchr (p, ' ');
      if (end == NULL)
        end = p + strlen (p);
      else if (*end == '>')
        end++;
      g_ptr_array_add (r->words, g_strndup (p, end - p));
      g_array_append_val (r->columns, column);
      p = end;
    }
}

/* Returns the word `ahead` places after the next one, NULL behind the last. */
static const char *
peek (const Reader *r, guint ahead)
{
  guint i = r->next + ahead;

  return i < r->words->len ? g_ptr_array_index (r->words, i) : NULL;
}

/* Returns the place of the next word, or of the last if there is none. */
static SfPlace
here (const Reader *r)
{
  SfPlace place = r->place;

  if (r->words->len > 0)
    place.column += g_array_index (r->columns, guint, MIN (r->next, r->words->len - 1));
  return place;
}

static gboolean
complain (const Reader *r, const char *expected)
{
  SfPlace place = here (r);
  const char *word = peek (r, 0);

  if (word == NULL)
    return sf_error (r->diag, &place, _ ("the segment ends where %s should follow"), expected);
  return sf_error (r->diag, &place, _ ("expected %s in a segment, found '%s'"), expected, word);
}

static gboolean
read_u32 (const char *text, guint32 max, guint32 *ret_number)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, max, &number, NULL))
    return FALSE;
  *ret_number = (guint32) number;
  return TRUE;
}

/* --- parts --- */

/* Reads "0.15", "0.15s" or "150ms". */
static gboolean
read_time (const char *word, SfTime *ret_time)
{
  g_autofree char *seconds = g_strconcat (word, "s", NULL);

  return sf_parse_time (word, ret_time) == SF_UNITS_OK || sf_parse_time (seconds, ret_time) == SF_UNITS_OK;
}

/* Reads "#2", the number of a connection, if it is next. */
static void
read_conn (Reader *r, SfWrittenSegment *seg)
{
  const char *word = peek (r, 0);

  if (word == NULL || word[0] != '#' || !read_u32 (word + 1, G_MAXINT32, &seg->conn_nth))
    return;
  seg->present |= SF_WRITTEN_CONN;
  r->next++;
}

/* Reads "[time] [#n] from > to:". */
static gboolean
read_ends (Reader *r, SfWrittenSegment *seg)
{
  g_autofree char *to = NULL;
  SfPlace place;

  if (peek (r, 1) != NULL && strcmp (peek (r, 1), ">") != 0 && read_time (peek (r, 0), &seg->time))
    {
      seg->present |= SF_WRITTEN_TIME;
      r->next++;
    }
  read_conn (r, seg);
  if (peek (r, 0) == NULL || peek (r, 1) == NULL || strcmp (peek (r, 1), ">") != 0)
    return complain (r, "'FROM > TO: FLAGS'");
  place = here (r);
  if (!sf_host_find (r->plan, peek (r, 0), FALSE, &place, r->diag, &seg->from))
    return FALSE;
  r->next += 2;
  if (peek (r, 0) == NULL || !g_str_has_suffix (peek (r, 0), ":"))
    return complain (r, _ ("'TO:', the host that it is for and a colon,"));
  place = here (r);
  to = g_strndup (peek (r, 0), strlen (peek (r, 0)) - 1);
  r->next++;
  return sf_host_find (r->plan, to, FALSE, &place, r->diag, &seg->to);
}

static gboolean
read_flags (Reader *r, SfWrittenSegment *seg)
{
  if (peek (r, 0) == NULL || !sf_flags_parse (peek (r, 0), &seg->flags))
    return complain (r, _ ("flags such as S, S., ., P., F. or R"));
  if (seg->flags & SF_PSH)
    seg->present |= SF_WRITTEN_PSH;
  r->next++;
  return TRUE;
}

/* Reads "first:last(len)". */
static gboolean
read_sequence (Reader *r, SfWrittenSegment *seg)
{
  const char *word = peek (r, 0);
  g_auto (GStrv) parts = NULL;
  SfPlace place = here (r);

  if (word == NULL || !g_ascii_isdigit (*word))
    return TRUE;
  parts = g_strsplit_set (word, ":()", -1);
  /* "1:101(100)" splits into four parts; the last is empty. */
  if (g_strv_length (parts) != 4 || *parts[3] != '\0' || !read_u32 (parts[0], G_MAXUINT32, &seg->first)
      || !read_u32 (parts[1], G_MAXUINT32, &seg->last) || !read_u32 (parts[2], G_MAXUINT32, &seg->len))
    return complain (r, _ ("sequence numbers as FIRST:LAST(LENGTH)"));
  if (seg->last - seg->first != seg->len)
    return sf_error (r->diag, &place, _ ("from %u to %u there are %u bytes, not %u (SYN and FIN are not counted)"),
                     seg->first, seg->last, seg->last - seg->first, seg->len);
  seg->present |= SF_WRITTEN_SEQ;
  r->next++;
  return TRUE;
}

/* Reads "NAME N" if NAME is next; `*ret_there` is TRUE if it was. */
static gboolean
read_named (Reader *r, const char *name, guint32 max, guint32 *ret_number, gboolean *ret_there)
{
  *ret_there = peek (r, 0) != NULL && strcmp (peek (r, 0), name) == 0;
  if (!*ret_there)
    return TRUE;
  r->next++;
  if (peek (r, 0) == NULL || !read_u32 (peek (r, 0), max, ret_number))
    {
      g_autofree char *expected = g_strdup_printf ("a number of 0 to %u after '%s'", max, name);

      return complain (r, expected);
    }
  r->next++;
  return TRUE;
}

static gboolean
read_numbers (Reader *r, SfWrittenSegment *seg)
{
  guint32 win = 0, urg = 0;
  gboolean has_ack, has_win, has_urg;

  if (!read_named (r, "ack", G_MAXUINT32, &seg->ack, &has_ack) || !read_named (r, "win", 65535, &win, &has_win)
      || !read_named (r, "urg", 65535, &urg, &has_urg))
    return FALSE;
  seg->win = (guint16) win;
  seg->urg = (guint16) urg;
  seg->present |= (has_ack ? SF_WRITTEN_ACK : 0) | (has_win ? SF_WRITTEN_WIN : 0) | (has_urg ? SF_WRITTEN_URG : 0);
  return TRUE;
}

/* Reads the numbers of an option, each after its word: "TS val 1 ecr 0". */
static gboolean
read_option_numbers (const char *text, const SfSegmentOptionInfo *info, SfSegment *seg)
{
  for (const SfSegmentNumber *n = info->numbers; n < info->numbers + SF_SEGMENT_NUMBERS && n->size > 0; n++)
    {
      gsize words = strlen (n->words), digits;
      g_autofree char *number = NULL;
      guint32 value;

      if (n > info->numbers && *text++ != ' ')
        return FALSE;
      if (strncmp (text, n->words, words) != 0 || text[words] != ' ')
        return FALSE;
      text += words + 1;
      digits = strcspn (text, " ");
      number = g_strndup (text, digits);
      if (!read_u32 (number, G_MAXUINT32 >> (32 - 8 * n->size), &value))
        return FALSE;
      sf_segment_set_number (n, seg, value);
      text += digits;
    }
  return *text == '\0';
}

/* Reads one option: "mss 1460", "wscale 7", "TS val 1 ecr 0". */
static gboolean
read_option (const char *text, SfSegment *seg)
{
  for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
    if (read_option_numbers (text, sf_segment_option (i), seg))
      {
        seg->options |= (guint16) (1 << i);
        return TRUE;
      }
  return FALSE;
}

/* Reads "<option,option,…>"; "<>" means that there are none. */
static gboolean
read_options (Reader *r, SfWrittenSegment *seg)
{
  const char *word = peek (r, 0);
  g_autofree char *inside = NULL;
  g_auto (GStrv) options = NULL;

  if (word == NULL || *word != '<')
    return TRUE;
  if (!g_str_has_suffix (word, ">"))
    return complain (r, _ ("options that end in '>'"));
  inside = g_strndup (word + 1, strlen (word) - 2);
  options = g_strsplit (inside, ",", -1);
  for (char **option = options; *option != NULL; option++)
    if (!read_option (g_strstrip (*option), &seg->carried))
      return complain (r, _ ("options such as <mss 1460,wscale 7,TS val 1 ecr 0>"));
  seg->present |= SF_WRITTEN_OPTIONS;
  r->next++;
  return TRUE;
}

gboolean
sf_written_segment_parse (const char *text, const SfPlan *plan, const SfPlace *place, SfDiagnostics *diag,
                          SfWrittenSegment *ret_segment)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  Reader r = { .words = words, .columns = columns, .place = *place, .diag = diag, .plan = plan };
  SfWrittenSegment seg = { 0 };

  split (&r, text);
  if (!read_ends (&r, &seg) || !read_flags (&r, &seg) || !read_sequence (&r, &seg) || !read_numbers (&r, &seg)
      || !read_options (&r, &seg))
    return FALSE;
  if (peek (&r, 0) != NULL)
    return complain (&r, _ ("its next part (first:last(len), ack N, win N, urg N, <options>)"));
  *ret_segment = seg;
  return TRUE;
}

gboolean
sf_written_segment_fits (const SfWrittenSegment *written, const SfSegment *seg)
{
  guint present = written->present;
  guint compared = present & SF_WRITTEN_PSH ? SF_ALL_FLAGS : SF_ALL_FLAGS & ~SF_PSH;

  if (written->from != seg->from || written->to != seg->to || ((written->flags ^ seg->flags) & compared) != 0)
    return FALSE;
  if (present & SF_WRITTEN_SEQ
      && (written->len != seg->len || written->first != sf_seq_distance (seg->seq_base, seg->seq)))
    return FALSE;
  if (present & SF_WRITTEN_ACK && written->ack != sf_seq_distance (seg->ack_base, seg->ack))
    return FALSE;
  if (present & SF_WRITTEN_CONN && written->conn_nth != seg->conn_nth)
    return FALSE;
  if (present & SF_WRITTEN_WIN && written->win != seg->wnd)
    return FALSE;
  if (present & SF_WRITTEN_URG && written->urg != seg->urg)
    return FALSE;
  return !(present & SF_WRITTEN_OPTIONS) || sf_segment_options_equal (&written->carried, seg);
}
