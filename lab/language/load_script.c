/* SPDX-License-Identifier: MIT
 *
 * Compiles steps into flat programs. A `repeat` becomes its steps and a jump back after them; the steps of an `each`
 * become a program of their own; every socket option becomes a step.
 */
#include "lab/language/load.h"

#include "base/gettext.h"
#include "base/units.h"

#include <string.h>

/* A program that is being made. */
typedef struct
{
  SfPlan *plan;
  SfDiagnostics *diag;
  GArray *steps; /* SfStep */
  guint depth;   /* number of REPEATs around the step that is read now */
  gboolean go_on;
  gboolean in_each;              /* these are the steps of an `each` */
  gboolean connected, listening; /* whether the process has one at this step, as far as can be known before the run */
  guint *budget;                 /* number of steps that the scenario may still have */
} Program;

typedef gboolean (*StepReader) (Program *p, const SfNode *value, SfStep step);

static gboolean load_steps (Program *p, const SfNode *list);

static gboolean
add_step (Program *p, const SfNode *node, const SfStep *step)
{
  if (*p->budget == 0)
    return sf_node_error (node, p->diag, _ ("more than %d steps"), SF_MAX_STEPS);
  --*p->budget;
  g_array_append_vals (p->steps, step, 1);
  return TRUE;
}

/* --- steps --- */

static gboolean
load_listen (Program *p, const SfNode *value, SfStep step)
{
  if (value->kind == SF_NODE_MAP ? !sf_read_keys (value, SF_KEYS_LISTEN, p->plan, p->diag, &step)
                                 : !sf_node_port (value, p->diag, &step.port))
    return FALSE;
  p->listening = TRUE;
  return add_step (p, value, &step);
}

/* Loads a step without an argument: `accept`, or `accept:`. */
static gboolean
load_bare (Program *p, const SfNode *value, SfStep step)
{
  if (!sf_node_is_empty (value))
    return sf_node_unexpected (value, _ ("nothing after this step"), p->diag);
  if (step.op == SF_OP_ACCEPT)
    p->connected = TRUE;
  if (step.op == SF_OP_CLOSE || step.op == SF_OP_ABORT)
    p->connected = FALSE;
  if (step.op == SF_OP_STOP_LISTEN)
    p->listening = FALSE;
  return add_step (p, value, &step);
}

/* Appends SF_OP_END and adds the program to the plan; returns its number. */
static guint32
finish_program (Program *p)
{
  SfStep end = { .op = SF_OP_END };
  guint32 program;

  g_array_append_val (p->steps, end);
  program = sf_plan_add_program (p->plan, (const SfStep *) (gpointer) p->steps->data, p->steps->len);
  g_array_index (p->plan->programs, SfProgram, program).go_on = p->go_on;
  return program;
}

static gboolean
load_each (Program *p, const SfNode *value, SfStep step)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (SfStep));
  Program inner = { .plan = p->plan,
                    .diag = p->diag,
                    .steps = steps,
                    .go_on = p->go_on,
                    .in_each = TRUE,
                    .connected = TRUE,
                    .budget = p->budget };

  if (p->in_each)
    return sf_node_error (value, p->diag, _ ("an `each` within an `each`: the inner process has no listener"));
  if (!load_steps (&inner, value))
    return FALSE;
  step.program = finish_program (&inner);
  return add_step (p, value, &step);
}

/* Sets host (or address) and port of `step` from "server:80". FALSE after a diagnostic. */
static gboolean
load_endpoint (Program *p, const SfNode *node, SfStep *step)
{
  const char *expected = _ ("HOST:PORT such as server:80");
  const char *colon = node->kind == SF_NODE_SCALAR ? strrchr (node->text, ':') : NULL;
  g_autofree char *name = NULL;
  gint64 port;

  if (colon == NULL)
    return sf_node_unexpected (node, expected, p->diag);
  if (sf_parse_count (colon + 1, &port) != SF_UNITS_OK || port < 1 || port > 65535)
    {
      SfPlace place = sf_node_text_place (node);

      place.column += g_utf8_strlen (node->text, colon + 1 - node->text);
      return sf_error (p->diag, &place, _ ("'%s' is not a port; it must be 1 to 65535"), colon + 1);
    }
  name = g_strndup (node->text, colon - node->text);
  step->port = (guint16) port;
  step->peer = SF_NO_HOST;
  return sf_parse_address (name, &step->addr)
         || sf_host_find (p->plan, name, FALSE, &node->place, p->diag, &step->peer);
}

static gboolean
load_connect (Program *p, const SfNode *value, SfStep step)
{
  const SfNode *to = value;
  SfStep bind = { .op = SF_OP_OPTION, .option = SF_SO_BIND_PORT, .line = step.line };

  if (value->kind == SF_NODE_MAP)
    {
      to = sf_node_get (value, "to");
      if (!sf_read_keys (value, SF_KEYS_CONNECT, p->plan, p->diag, &bind))
        return FALSE;
    }
  if (!load_endpoint (p, to, &step) || (bind.amount != 0 && !add_step (p, value, &bind)))
    return FALSE;
  p->connected = TRUE;
  return add_step (p, value, &step);
}

/* --- send and receive --- */

static gboolean
add_text (Program *p, const SfNode *node, SfStep *step)
{
  gsize len = strlen (node->text);

  if (len == 0)
    return sf_node_error (node, p->diag, _ ("an empty text: there is nothing to send"));
  g_ptr_array_add (p->plan->texts, g_strdup (node->text));
  step->text = p->plan->texts->len;
  step->amount = (gint64) len;
  return TRUE;
}

/* Loads an amount or a text. A scalar that begins with a digit and is not in quotes is an amount. */
static gboolean
load_payload (Program *p, const SfNode *node, SfStep *step)
{
  gint64 n;

  if (node->kind != SF_NODE_SCALAR || sf_node_is_empty (node))
    return sf_node_unexpected (node, _ ("an amount such as 100 B, or a text"), p->diag);
  if (node->quoted || !g_ascii_isdigit (*node->text))
    return add_text (p, node, step);
  if (sf_parse_bytes (node->text, &n) == SF_UNITS_UNKNOWN_UNIT)
    return sf_node_error (node, p->diag,
                          _ ("'%s' has a wrong unit; expected an amount such as 1460 B or 64 KiB "
                             "(put it in quotes to send it as a text)"),
                          node->text);
  return sf_node_bytes (node, 1, SF_MOST_BYTES, p->diag, &step->amount);
}

static gboolean
load_send (Program *p, const SfNode *value, SfStep step)
{
  const SfNode *text;

  if (value->kind != SF_NODE_MAP)
    return load_payload (p, value, &step) && add_step (p, value, &step);
  if (!sf_node_check_keys (value, SF_KEYS_SEND, p->diag))
    return FALSE;
  text = sf_node_get (value, "text");
  if ((text == NULL) == (sf_node_get (value, "bytes") == NULL))
    return sf_node_error (value, p->diag, _ ("expected either `text` or `bytes`"));
  if (text != NULL && (text->kind != SF_NODE_SCALAR || sf_node_is_empty (text)))
    return sf_node_unexpected (text, _ ("a text"), p->diag);
  return (text == NULL || add_text (p, text, &step))
         && sf_read_part (value, SF_KEYS_SEND, SF_PART_MAIN, p->plan, p->diag, &step) && add_step (p, value, &step);
}

static gboolean
load_receive (Program *p, const SfNode *value, SfStep step)
{
  if (value->kind != SF_NODE_SCALAR || sf_node_is_empty (value))
    return sf_node_unexpected (value, _ ("an amount such as 100 B, or eof, or some"), p->diag);
  if (strcmp (value->text, "eof") == 0)
    step.op = SF_OP_RECEIVE_EOF;
  else if (strcmp (value->text, "some") == 0)
    step.op = SF_OP_RECEIVE_SOME;
  else if (!g_ascii_isdigit (*value->text))
    return sf_node_unexpected (value, _ ("an amount such as 100 B, or eof, or some"), p->diag);
  else if (!sf_node_bytes (value, 1, SF_MOST_BYTES, p->diag, &step.amount))
    return FALSE;
  return add_step (p, value, &step);
}

/* --- time --- */

/* Loads a step whose row names the field for its value. */
static gboolean
load_plain (Program *p, const SfNode *value, SfStep step)
{
  return add_step (p, value, &step);
}

static gboolean
load_until (Program *p, const SfNode *value, SfStep step)
{
  SfEndState when = { 0 };

  if (!sf_read_keys (value, SF_KEYS_WHEN, p->plan, p->diag, &when))
    return FALSE;
  step.peer = when.host;
  step.state = when.state;
  return add_step (p, value, &step);
}

/* --- options --- */

static gboolean
load_option (Program *p, const SfNode *value, SfStep step)
{
  guint n;
  const SfKey *options = sf_section_rows (SF_KEYS_OPTION, &n);

  if (!sf_node_check_keys (value, SF_KEYS_OPTION, p->diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (value); i++)
    {
      guint row = 0;

      if (!sf_node_choice (sf_node_key (value, i), _ ("option"), sf_section_keys (SF_KEYS_OPTION), p->diag, &row)
          || !sf_read_key (sf_node_item (value, i), &options[row], p->plan, p->diag, &step))
        return FALSE;
      step.option = (guint8) options[row].id;
      if (!add_step (p, value, &step))
        return FALSE;
    }
  return TRUE;
}

/* --- repetition --- */

/* Loads the steps of `list`, and after them `step`, the jump back. */
static gboolean
load_loop (Program *p, const SfNode *list, SfStep step)
{
  if (p->depth >= SF_REPEAT_DEPTH)
    return sf_node_error (list, p->diag, _ ("repeats lie in each other more than %d deep"), SF_REPEAT_DEPTH);
  step.target = p->steps->len;
  step.depth = (guint8) p->depth;
  p->depth++;
  if (!load_steps (p, list))
    return FALSE;
  p->depth--;
  return add_step (p, list, &step);
}

static gboolean
load_repeat (Program *p, const SfNode *value, SfStep step)
{
  return sf_read_keys (value, SF_KEYS_REPEAT, p->plan, p->diag, &step)
         && load_loop (p, sf_node_get (value, "steps"), step);
}

static gboolean
load_forever (Program *p, const SfNode *value, SfStep step)
{
  return load_loop (p, value, step);
}

/* What the process must have before a step. */
typedef enum
{
  NEEDS_NOTHING,
  NEEDS_CONNECTION,
  NEEDS_LISTENER,
} Needs;

/* In the order of the rows of SF_KEYS_STEP. */
/* clang-format off */
static const struct
{
  SfOp op;
  StepReader read;
  Needs needs;
} steps_table[] = {
  { SF_OP_LISTEN, load_listen, NEEDS_NOTHING },
  { SF_OP_ACCEPT, load_bare, NEEDS_LISTENER },
  { SF_OP_EACH, load_each, NEEDS_LISTENER },
  { SF_OP_CONNECT, load_connect, NEEDS_NOTHING },
  { SF_OP_SEND, load_send, NEEDS_CONNECTION },
  { SF_OP_RECEIVE, load_receive, NEEDS_CONNECTION },
  { SF_OP_SHUTDOWN, load_bare, NEEDS_CONNECTION },
  { SF_OP_CLOSE, load_bare, NEEDS_CONNECTION },
  { SF_OP_ABORT, load_bare, NEEDS_CONNECTION },
  { SF_OP_STOP_LISTEN, load_bare, NEEDS_LISTENER },
  { SF_OP_WAIT, load_plain, NEEDS_NOTHING },
  { SF_OP_AT, load_plain, NEEDS_NOTHING },
  { SF_OP_UNTIL, load_until, NEEDS_NOTHING },
  { SF_OP_OPTION, load_option, NEEDS_NOTHING },
  { SF_OP_REPEAT, load_repeat, NEEDS_NOTHING },
  { SF_OP_REPEAT, load_forever, NEEDS_NOTHING },
};
/* clang-format on */

/* Warns of a step that will always fail. */
static void
check_needs (const Program *p, const SfNode *node, guint row)
{
  const char *step = sf_section_keys (SF_KEYS_STEP)[row];

  if (steps_table[row].needs == NEEDS_CONNECTION && !p->connected)
    sf_warning (p->diag, &node->place, _ ("'%s' without a connection: neither `connect` nor `accept` comes before it"),
                step);
  if (steps_table[row].needs == NEEDS_LISTENER && !p->listening)
    sf_warning (p->diag, &node->place, _ ("'%s' without a listener: no `listen` comes before it"), step);
}

/* Checks that no colon is missing: YAML takes "send 100 B" for one word. */
static gboolean
check_colon (const SfNode *node, SfDiagnostics *diag)
{
  const char *rest = strchr (node->text, ' ');
  g_autofree char *name = rest != NULL ? g_strndup (node->text, (gsize) (rest - node->text)) : NULL;

  if (name == NULL || !g_strv_contains (sf_section_keys (SF_KEYS_STEP), name))
    return TRUE;
  return sf_node_error (node, diag, _ ("unknown step '%s'; did you mean '%s:%s'?"), node->text, name, rest);
}

static gboolean
load_step (Program *p, const SfNode *node)
{
  const SfNode bare = { .kind = SF_NODE_SCALAR, .text = "", .place = node->place };
  const SfNode *value = &bare;
  guint row = 0, n;
  const SfKey *keys = sf_section_rows (SF_KEYS_STEP, &n);
  SfStep step = { .peer = SF_NO_HOST, .line = sf_load_line (node) };

  if (node->kind == SF_NODE_SCALAR)
    {
      if (!check_colon (node, p->diag))
        return FALSE;
      if (!sf_node_choice (node, _ ("step"), sf_section_keys (SF_KEYS_STEP), p->diag, &row))
        return FALSE;
    }
  else
    {
      if (!sf_node_action (node, SF_KEYS_STEP, p->diag, &row, &value))
        return FALSE;
      if (sf_node_n (node) > 1)
        return sf_node_error (sf_node_key (node, 1), p->diag, _ ("a step is one thing; put a '-' before the next"));
    }
  check_needs (p, node, row);
  step.op = steps_table[row].op;
  if (keys[row].size != 0 && !sf_read_key (value, &keys[row], p->plan, p->diag, &step))
    return FALSE;
  return steps_table[row].read (p, value, step);
}

static gboolean
load_steps (Program *p, const SfNode *list)
{
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of steps"), p->diag))
    return FALSE;
  if (sf_node_n (list) == 0)
    return sf_node_error (list, p->diag, _ ("no steps"));
  for (guint i = 0; i < sf_node_n (list); i++)
    if (!load_step (p, sf_node_item (list, i)))
      return FALSE;
  return TRUE;
}

/* --- processes --- */

/* Loads the steps of `list` as a process on `host`, called `name` (NULL: like the host), that begins at `start`. */
static gboolean
load_process_steps (Program *p, const SfNode *list, guint16 host, const char *name, SfTime start)
{
  SfStep begin = { .op = SF_OP_AT, .time = start, .peer = SF_NO_HOST, .line = sf_load_line (list) };
  guint32 process;

  if ((start > 0 && !add_step (p, list, &begin)) || !load_steps (p, list))
    return FALSE;
  process = sf_plan_add_process (p->plan, host, finish_program (p));
  g_array_index (p->plan->processes, SfProcessPlan, process).name = g_strdup (name);
  return TRUE;
}

gboolean
sf_read_process_name (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan,
                      SfDiagnostics *diag, gpointer into)
{
  return sf_node_name (node, _ ("the name of a process"), diag, into);
}

/* Loads one item of the list form: {host: client, steps: […]}. */
static gboolean
load_process (Program *p, const SfNode *node)
{
  SfProcessDraft draft = { 0 };

  if (!sf_read_keys (node, SF_KEYS_PROCESS, p->plan, p->diag, &draft))
    return FALSE;
  p->go_on = draft.go_on;
  return load_process_steps (p, sf_node_get (node, "steps"), draft.host, draft.name, draft.start);
}

gboolean
sf_load_script (const SfNode *script, SfPlan *plan, SfDiagnostics *diag)
{
  guint budget = SF_MAX_STEPS;

  if (script == NULL || sf_node_is_empty (script))
    return TRUE;
  if (script->kind == SF_NODE_SCALAR)
    return sf_node_unexpected (script, _ ("a mapping of steps by host, or a list of processes"), diag);
  for (guint i = 0; i < sf_node_n (script); i++)
    {
      g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (SfStep));
      Program p = { .plan = plan, .diag = diag, .steps = steps, .budget = &budget };
      guint16 host = 0;

      if (script->kind == SF_NODE_LIST ? !load_process (&p, sf_node_item (script, i))
                                       : !sf_node_host (sf_node_key (script, i), plan, FALSE, diag, &host)
                                           || !load_process_steps (&p, sf_node_item (script, i), host, NULL, 0))
        return FALSE;
    }
  return TRUE;
}
