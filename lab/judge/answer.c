/* SPDX-License-Identifier: MIT
 *
 * Right answers as text, and guesses read with tolerance.
 */
#include "lab/judge/answer.h"

#include "base/gettext.h"
#include "lab/language/node.h"
#include "models/names.h"
#include "models/segment_text.h"

#include <string.h>

const char *
sf_answer_form (SfAnswerKind kind)
{
  switch (kind)
    {
    case SF_ANSWER_STATE:
      return N_ ("a state such as SYN-RECEIVED");
    case SF_ANSWER_COUNT:
      return N_ ("a number such as 3");
    case SF_ANSWER_SEGMENT:
      return N_ ("a segment such as client > server: SYN, or none");
    case SF_ANSWER_ERROR:
      return N_ ("an error such as ETIMEDOUT, or none");
    }
  g_return_val_if_reached ("?");
}

void
sf_answer_text (GString *out, const SfAnswer *answer, const SfTrace *trace)
{
  if (answer->none)
    g_string_append (out, "none");
  else if (answer->kind == SF_ANSWER_STATE)
    g_string_append (out, sf_state_name (answer->state));
  else if (answer->kind == SF_ANSWER_COUNT)
    g_string_append_printf (out, "%u", answer->count);
  else if (answer->kind == SF_ANSWER_ERROR)
    g_string_append (out, sf_errno_name (answer->error));
  else
    {
      g_string_append_printf (out, "%s > %s: ", sf_trace_host_name (trace, answer->segment.from),
                              sf_trace_host_name (trace, answer->segment.to));
      sf_segment_flags_text (out, answer->segment.flags);
    }
}

/* --- states, numbers, errors --- */

/* Returns `text` in upper case, letters and digits only: "SYN_RCVD" becomes "SYNRCVD". */
static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (out, g_ascii_toupper (*p));
  return g_string_free (out, FALSE);
}

static gboolean
find_state (const char *text, SfState *ret_state)
{
  /* States as kernels and their tools name them. */
  static const struct
  {
    const char *name;
    SfState state;
  } others[] = {
    { "CLOSE", SF_CLOSED },         { "LISTENING", SF_LISTEN },      { "SYNRCVD", SF_SYN_RECEIVED },
    { "SYNRECV", SF_SYN_RECEIVED }, { "SYNRCV", SF_SYN_RECEIVED },   { "SYNSEND", SF_SYN_SENT },
    { "ESTAB", SF_ESTABLISHED },    { "ESTABLISH", SF_ESTABLISHED },
  };
  g_autofree char *word = squeeze (text);

  for (guint i = 0; i < SF_N_STATES; i++)
    {
      g_autofree char *name = squeeze (sf_state_name (i));

      if (strcmp (name, word) == 0)
        {
          *ret_state = i;
          return TRUE;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i].name, word) == 0)
      {
        *ret_state = others[i].state;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_state (const char *text, const SfPlace *place, SfDiagnostics *diag, SfGuess *guess)
{
  const char *names[SF_N_STATES + 1] = { NULL };

  if (find_state (text, &guess->state))
    return TRUE;
  for (guint i = 0; i < SF_N_STATES; i++)
    names[i] = sf_state_name (i);
  return sf_unknown_name (_ ("state"), text, names, place, diag);
}

/* TRUE if `text` means that there is nothing. */
static gboolean
says_none (const char *text)
{
  static const char *const words[] = {
    "none", "no", "nothing", "nobody", "no segment", "no segments", "no error", "no errors", "-", "无", "没有", NULL,
  };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  return g_strv_contains (words, lower);
}

/* Parses "3", "3 segments" or "none". */
static gboolean
parse_count (const char *text, const SfPlace *place, SfDiagnostics *diag, SfGuess *guess)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 2);
  guint64 number = 0;

  if (!says_none (text) && !g_ascii_string_to_unsigned (words[0], 10, 0, G_MAXUINT32, &number, NULL))
    return sf_error (diag, place, _ ("'%s' is no number"), text);
  guess->count = (guint32) number;
  return TRUE;
}

static gboolean
parse_error (const char *text, const SfPlace *place, SfDiagnostics *diag, SfGuess *guess)
{
  g_autofree char *name = squeeze (text);

  guess->none = says_none (text);
  return guess->none || sf_errno_from_name (name, &guess->error)
         || sf_error (diag, place, _ ("'%s' is no error: expected a name such as ECONNREFUSED, or none"), text);
}

/* --- segments --- */

/* Returns the name of the host of `plan` that equals `word`, ignoring case; `word` itself if there is none. */
static const char *
host_meant (const SfPlan *plan, const char *word)
{
  for (guint i = 0; i < plan->hosts->len; i++)
    if (g_ascii_strcasecmp (sf_plan_host (plan, i)->name, word) == 0)
      return sf_plan_host (plan, i)->name;
  return word;
}

/* Returns the name of the only host of `plan` besides `from`, routers not counted; NULL if there are more. */
static const char *
other_host (const SfPlan *plan, guint16 from)
{
  const char *other = NULL;

  for (guint i = 0; i < plan->hosts->len; i++)
    {
      if (i == from || sf_plan_host (plan, i)->router)
        continue;
      if (other != NULL)
        return NULL;
      other = sf_plan_host (plan, i)->name;
    }
  return other;
}

/* Appends the flag whose name `word` begins with to `flags`. Returns the rest of `word`, NULL if it begins with no
 * flag. */
static const char *
read_flag_name (const char *word, GString *flags)
{
  static const struct
  {
    const char *name, *letter;
  } names[] = {
    { "SYN", "S" }, { "FIN", "F" },  { "RST", "R" },   { "PSH", "P" }, { "ACK", "." },
    { "URG", "U" }, { "PUSH", "P" }, { "RESET", "R" }, { "ECE", "E" }, { "CWR", "W" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (word, names[i].name, strlen (names[i].name)) == 0)
      {
        if (strstr (flags->str, names[i].letter) == NULL)
          g_string_append (flags, names[i].letter);
        return word + strlen (names[i].name);
      }
  return NULL;
}

/* Appends the flags that `word` names: "SYN-ACK", "fin,ack", "SYNACK". FALSE, with `flags` unchanged, if any part of it
 * is no flag. */
static gboolean
read_flag_names (const char *word, GString *flags)
{
  gsize before = flags->len;

  while (*word != '\0')
    {
      const char *rest = read_flag_name (word, flags);

      if (rest == NULL)
        {
          g_string_truncate (flags, before);
          return FALSE;
        }
      word = rest + strspn (rest, ",+/&-");
    }
  return flags->len > before;
}

static gboolean
is_number (const char *word)
{
  return word != NULL && g_ascii_isdigit (*word);
}

/* Appends `text`, which begins with flags, with its flags as tcpdump writes them. The "ack" of "ack 5" is no flag. */
static void
append_flags (GString *out, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) flags = g_string_new (NULL);
  guint i = 0;

  for (; words[i] != NULL; i++)
    if ((flags->len > 0 && is_number (words[i + 1])) || !read_flag_names (words[i], flags))
      break;
  if (flags->len > 0)
    g_string_append (out, flags->str);
  else if (words[0] != NULL)
    {
      g_autofree char *letters = g_ascii_strup (words[0], -1);

      g_string_append (out, g_strdelimit (letters, "A", '.'));
      i = 1;
    }
  for (; words[i] != NULL; i++)
    g_string_append_printf (out, " %s", g_ascii_strcasecmp (words[i], "ack") == 0 ? "ack" : words[i]);
}

/* Returns `text` in the notation of lab/language/written_segment.h, as far as it can be understood. NULL if the sender
 * and the receiver are neither named nor clear. */
static char *
normalize_segment (const char *text, const SfPlan *plan, guint16 from)
{
  g_autoptr (GRegex) ends = g_regex_new ("^(.*?)([\\w-]+?)\\s*(?:[-=]*>|→)\\s*([\\w-]+)\\s*:?\\s*(.*)$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (g_regex_match (ends, text, 0, &match))
    {
      g_auto (GStrv) parts = g_match_info_fetch_all (match);

      g_string_append_printf (out, "%s%s > %s: ", parts[1], host_meant (plan, parts[2]), host_meant (plan, parts[3]));
      append_flags (out, parts[4]);
    }
  else
    {
      const char *to = from != SF_NO_HOST ? other_host (plan, from) : NULL;

      if (to == NULL)
        return NULL;
      g_string_append_printf (out, "%s > %s: ", sf_plan_host (plan, from)->name, to);
      append_flags (out, text);
    }
  return g_strdup (out->str);
}

static gboolean
parse_segment (const char *text, const SfPlan *plan, guint16 from, const SfPlace *place, SfDiagnostics *diag,
               SfGuess *guess)
{
  g_autoptr (SfDiagnostics) own = sf_diagnostics_new ();
  g_autofree char *written = normalize_segment (text, plan, from);
  const SfPlace nowhere = { NULL, 0, 0 };

  guess->none = says_none (text);
  if (written == NULL && !guess->none)
    return sf_error (diag, place, _ ("'%s' does not say who sends to whom: expected FROM > TO: FLAGS"), text);
  /* A place in the normalized text is not a place in the typed one. */
  return guess->none || sf_written_segment_parse (written, plan, &nowhere, own, &guess->segment)
         || sf_error (diag, place, "%s", sf_diagnostics_error (own)->message);
}

/* --- guesses --- */

gboolean
sf_guess_parse (const char *text, SfAnswerKind kind, const SfPlan *plan, guint16 from, const SfPlace *place,
                SfDiagnostics *diag, SfGuess *ret_guess)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  SfGuess guess = { .kind = kind };
  gboolean ok = FALSE;

  if (*typed == '\0')
    return sf_error (diag, place, _ ("no answer; expected %s"), _ (sf_answer_form (kind)));
  switch (kind)
    {
    case SF_ANSWER_STATE:
      ok = parse_state (typed, place, diag, &guess);
      break;
    case SF_ANSWER_COUNT:
      ok = parse_count (typed, place, diag, &guess);
      break;
    case SF_ANSWER_SEGMENT:
      ok = parse_segment (typed, plan, from, place, diag, &guess);
      break;
    case SF_ANSWER_ERROR:
      ok = parse_error (typed, place, diag, &guess);
      break;
    }
  if (ok)
    *ret_guess = guess;
  return ok;
}

static gboolean
segment_is (const SfWrittenSegment *written, const SfSegment *seg)
{
  return sf_written_segment_fits (written, seg)
         && ((written->present & SF_WRITTEN_TIME) == 0 || written->time == seg->sent_at);
}

gboolean
sf_guess_is_right (const SfGuess *guess, const SfAnswer *answer)
{
  if (guess->kind != answer->kind || guess->none != answer->none)
    return FALSE;
  if (guess->none)
    return TRUE;
  switch (guess->kind)
    {
    case SF_ANSWER_STATE:
      return guess->state == answer->state;
    case SF_ANSWER_COUNT:
      return guess->count == answer->count;
    case SF_ANSWER_SEGMENT:
      return segment_is (&guess->segment, &answer->segment);
    case SF_ANSWER_ERROR:
      return guess->error == answer->error;
    }
  g_return_val_if_reached (FALSE);
}
