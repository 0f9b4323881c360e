/* SPDX-License-Identifier: MIT */
#include "lab/language/load.h"

#include "base/gettext.h"
#include "lab/language/load_match.h"
#include "lab/language/node_print.h"

#include <string.h>

#define MAX_COPIES 1000

typedef gboolean (*FaultReader) (const SfNode *node, const SfNode *value, guint action, SfScenario *scenario,
                                 SfDiagnostics *diag);

/* The fault on one line, without the braces around it. */
static char *
text_of (const SfNode *node)
{
  g_autofree char *text = sf_node_print (node);

  return g_strndup (text + 1, strlen (text) - 2);
}

/* --- faults of segments --- */

/* What an action on segments needs besides the matcher. */
static const struct
{
  SfFaultAction action;
  const char *time; /* key of its time, NULL: none */
} actions[] = {
  { SF_FAULT_DROP, NULL },    { SF_FAULT_DELAY, "by" },   { SF_FAULT_DUPLICATE, "by" },
  { SF_FAULT_CORRUPT, NULL }, { SF_FAULT_HOLD, "until" }, { SF_FAULT_REPLAY, "at" },
};

static gboolean
load_chance (const SfNode *node, SfDiagnostics *diag, SfFaultRule *rule)
{
  double probability = 1;

  if (!sf_node_probability (node, diag, &probability))
    return FALSE;
  rule->has_chance = node != NULL;
  rule->chance = sf_probability (probability);
  return TRUE;
}

static gboolean
load_rule (const SfNode *node, const SfNode *value, guint action, SfScenario *scenario, SfDiagnostics *diag)
{
  SfFaultRule rule = { .action = actions[action].action, .copies = 1, .line = sf_load_line (node) };
  const char *time = actions[action].time;

  if (!sf_node_is_empty (value) && !sf_node_check_keys (value, SF_KEYS_MATCH, diag))
    return FALSE;
  if ((time != NULL && !sf_node_time (sf_node_get (node, time), 0, SF_LONGEST, diag, &rule.time))
      || !sf_node_count32 (sf_node_get (node, "copies"), 1, MAX_COPIES, diag, &rule.copies)
      || !sf_node_time (sf_node_get (node, "spacing"), 0, SF_LONGEST, diag, &rule.spacing)
      || !load_chance (sf_node_get (node, "probability"), diag, &rule)
      || !sf_load_jitter (sf_node_get (node, "jitter"), diag, &rule.has_jitter, &rule.jitter)
      || !sf_load_match (value, scenario->plan, diag, &rule.match))
    return FALSE;
  g_array_append_val (scenario->plan->faults, rule);
  g_ptr_array_add (scenario->fault_texts, text_of (node));
  return TRUE;
}

/* --- faults at instants --- */

static gboolean
read_instant (const SfNode *node, SfDiagnostics *diag, SfTime *ret_at)
{
  return sf_node_time (sf_node_get (node, "at"), 0, SF_LONGEST, diag, ret_at);
}

static void
add_timed (const SfNode *node, SfTimedFault *fault, SfScenario *scenario)
{
  fault->line = sf_load_line (node);
  g_array_append_vals (scenario->plan->timed_faults, fault, 1);
  g_ptr_array_add (scenario->timed_fault_texts, text_of (node));
}

static gboolean
load_link_fault (const SfNode *node, const SfNode *value, guint action, SfScenario *scenario, SfDiagnostics *diag)
{
  SfTimedFault fault = { .kind = action == 0 ? SF_TIMED_LINK_DOWN : SF_TIMED_LINK_UP };

  if (!sf_node_link (value, scenario->plan, diag, &fault.index) || !read_instant (node, diag, &fault.at))
    return FALSE;
  add_timed (node, &fault, scenario);
  return TRUE;
}

static gboolean
load_host_fault (const SfNode *node, const SfNode *value, guint action, SfScenario *scenario, SfDiagnostics *diag)
{
  SfTimedFault fault = { .kind = action == 0 ? SF_TIMED_HOST_CRASH : SF_TIMED_HOST_REBOOT };

  if (!sf_node_host (value, scenario->plan, FALSE, diag, &fault.index) || !read_instant (node, diag, &fault.at))
    return FALSE;
  add_timed (node, &fault, scenario);
  return TRUE;
}

static gboolean
load_ends (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfSegment *seg)
{
  if (!sf_node_host (sf_node_get (node, "from"), plan, FALSE, diag, &seg->from)
      || !sf_node_host (sf_node_get (node, "to"), plan, FALSE, diag, &seg->to)
      || !sf_node_port (sf_node_get (node, "sport"), diag, &seg->sport)
      || !sf_node_port (sf_node_get (node, "dport"), diag, &seg->dport)
      || !sf_node_flags (sf_node_get (node, "flags"), diag, &seg->flags))
    return FALSE;
  if (seg->from == seg->to)
    return sf_node_error (sf_node_get (node, "to"), diag, _ ("a segment from a host to itself"));
  seg->src = sf_plan_host (plan, seg->from)->addr;
  seg->dst = sf_plan_host (plan, seg->to)->addr;
  return TRUE;
}

/* mss, wscale, ts: options that the segment has if they are written. */
static gboolean
load_options (const SfNode *node, SfDiagnostics *diag, SfSegment *seg)
{
  const SfNode *mss_node = sf_node_get (node, "mss"), *wscale_node = sf_node_get (node, "wscale");
  const SfNode *ts = sf_node_get (node, "ts");
  guint32 mss = 0, wscale = 0;

  if (!sf_node_count32 (mss_node, 0, 65535, diag, &mss) || !sf_node_count32 (wscale_node, 0, 255, diag, &wscale))
    return FALSE;
  if (ts != NULL
      && (!sf_node_check_pair (ts, _ ("two numbers, [TSval, TSecr]"), diag)
          || !sf_node_count32 (sf_node_item (ts, 0), 0, G_MAXUINT32, diag, &seg->tsval)
          || !sf_node_count32 (sf_node_item (ts, 1), 0, G_MAXUINT32, diag, &seg->tsecr)))
    return FALSE;
  seg->mss = (guint16) mss;
  seg->wscale = (guint8) wscale;
  seg->options = (mss_node != NULL ? SF_OPT_MSS : 0) | (wscale_node != NULL ? SF_OPT_WSCALE : 0)
                 | (ts != NULL ? SF_OPT_TS : 0);
  return TRUE;
}

static gboolean
load_numbers (const SfNode *node, SfDiagnostics *diag, SfSegment *seg)
{
  gint64 len = 0;
  guint32 win = 0, urg = 0;

  if (!sf_node_count32 (sf_node_get (node, "seq"), 0, G_MAXUINT32, diag, &seg->seq.v)
      || !sf_node_count32 (sf_node_get (node, "ack"), 0, G_MAXUINT32, diag, &seg->ack.v)
      || !sf_node_bytes (sf_node_get (node, "len"), 0, 65475, diag, &len)
      || !sf_node_count32 (sf_node_get (node, "win"), 0, 65535, diag, &win)
      || !sf_node_count32 (sf_node_get (node, "urg"), 0, 65535, diag, &urg))
    return FALSE;
  seg->len = (guint32) len;
  seg->wnd = (guint16) win;
  seg->urg = (guint16) urg;
  return TRUE;
}

static gboolean
load_inject (const SfNode *node, const SfNode *value, G_GNUC_UNUSED guint action, SfScenario *scenario,
             SfDiagnostics *diag)
{
  SfTimedFault fault = { .kind = SF_TIMED_INJECT };
  gboolean absolute = FALSE;

  if (!sf_node_check_keys (value, SF_KEYS_INJECT, diag) || !load_ends (value, scenario->plan, diag, &fault.segment)
      || !load_numbers (value, diag, &fault.segment) || !load_options (value, diag, &fault.segment)
      || !sf_node_bool (sf_node_get (value, "absolute"), diag, &absolute) || !read_instant (node, diag, &fault.at))
    return FALSE;
  fault.relative = !absolute;
  add_timed (node, &fault, scenario);
  return TRUE;
}

/* In the order of the rows of SF_KEYS_FAULT: the keys of each fault, who reads it, and the number that it is to the
 * reader. */
static const struct
{
  SfSection keys;
  FaultReader read;
  guint action;
} faults[] = {
  { SF_KEYS_FAULT_DROP, load_rule, 0 },
  { SF_KEYS_FAULT_DELAY, load_rule, 1 },
  { SF_KEYS_FAULT_DUPLICATE, load_rule, 2 },
  { SF_KEYS_FAULT_CORRUPT, load_rule, 3 },
  { SF_KEYS_FAULT_HOLD, load_rule, 4 },
  { SF_KEYS_FAULT_REPLAY, load_rule, 5 },
  { SF_KEYS_FAULT_LINK_DOWN, load_link_fault, 0 },
  { SF_KEYS_FAULT_LINK_UP, load_link_fault, 1 },
  { SF_KEYS_FAULT_CRASH, load_host_fault, 0 },
  { SF_KEYS_FAULT_REBOOT, load_host_fault, 1 },
  { SF_KEYS_FAULT_INJECT, load_inject, 0 },
};

static gboolean
load_fault (const SfNode *node, SfScenario *scenario, SfDiagnostics *diag)
{
  guint row = 0;
  const SfNode *value = NULL;

  return sf_node_action (node, SF_KEYS_FAULT, diag, &row, &value) && sf_node_check_keys (node, faults[row].keys, diag)
         && faults[row].read (node, value, faults[row].action, scenario, diag);
}

gboolean
sf_load_faults (const SfNode *list, SfScenario *scenario, SfDiagnostics *diag)
{
  if (list == NULL || sf_node_is_empty (list))
    return TRUE;
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of faults"), diag))
    return FALSE;
  if (sf_node_n (list) > SF_MAX_FAULTS)
    return sf_node_error (list, diag, _ ("more than %d faults"), SF_MAX_FAULTS);
  for (guint i = 0; i < sf_node_n (list); i++)
    if (!load_fault (sf_node_item (list, i), scenario, diag))
      return FALSE;
  return TRUE;
}
