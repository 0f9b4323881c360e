/* SPDX-License-Identifier: MIT
 *
 * Faults: rules for segments, and faults at an instant.
 */
#include "lab/language/load.h"

#include "base/gettext.h"
#include "lab/language/load_match.h"
#include "lab/language/node_print.h"

#include <string.h>

typedef gboolean (*FaultReader) (const SfNode *node, SfSection keys, guint what, SfScenario *scenario,
                                 SfDiagnostics *diag);

/* Returns the fault on one line, without the braces around it; to be freed. */
static char *
text_of (const SfNode *node)
{
  g_autofree char *text = sf_node_print (node);

  return g_strndup (text + 1, strlen (text) - 2);
}

/* --- faults of segments --- */

gboolean
sf_read_chance (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan,
                SfDiagnostics *diag, gpointer into)
{
  double probability = 1;

  if (!sf_node_probability (node, diag, &probability))
    return FALSE;
  *(guint64 *) into = sf_probability (probability);
  return TRUE;
}

/* Loads a rule for segments. Its matcher is the value of the key that names the action. */
static gboolean
load_rule (const SfNode *node, SfSection keys, guint action, SfScenario *scenario, SfDiagnostics *diag)
{
  SfFaultRule rule = {
    .action = (SfFaultAction) action, .copies = 1, .chance = sf_probability (1), .line = sf_load_line (node)
  };
  const SfNode *matcher = sf_node_get (node, sf_section_keys (keys)[0]);

  if (!sf_node_check_keys (node, keys, diag)
      || (!sf_node_is_empty (matcher) && !sf_node_check_keys (matcher, SF_KEYS_MATCH, diag))
      || !sf_read_part (node, keys, SF_PART_FIRST, scenario->plan, diag, &rule)
      || !sf_read_part (node, keys, SF_PART_MAIN, scenario->plan, diag, &rule)
      || !sf_load_match (matcher, scenario->plan, diag, &rule.match))
    return FALSE;
  g_array_append_val (scenario->plan->faults, rule);
  g_ptr_array_add (scenario->fault_texts, text_of (node));
  return TRUE;
}

/* --- faults at instants --- */

gboolean
sf_read_absolute (const SfNode *node, G_GNUC_UNUSED const SfKey *key, G_GNUC_UNUSED const SfPlan *plan,
                  SfDiagnostics *diag, gpointer into)
{
  gboolean absolute = FALSE;

  if (!sf_node_bool (node, diag, &absolute))
    return FALSE;
  *(gboolean *) into = !absolute;
  return TRUE;
}

gboolean
sf_read_timestamps (const SfNode *node, const SfKey *key, G_GNUC_UNUSED const SfPlan *plan, SfDiagnostics *diag,
                    gpointer into)
{
  SfSegment *seg = &((SfTimedFault *) into)->segment;
  guint32 min = (guint32) key->min, max = (guint32) key->max;

  return sf_node_check_pair (node, _ ("two numbers, [TSval, TSecr]"), diag)
         && sf_node_count32 (sf_node_item (node, 0), min, max, diag, &seg->tsval)
         && sf_node_count32 (sf_node_item (node, 1), min, max, diag, &seg->tsecr);
}

/* Sets source and destination address of a forged segment. FALSE after a diagnostic if it is from a host to itself. */
static gboolean
settle_ends (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfSegment *seg)
{
  if (seg->from == seg->to)
    return sf_node_error (sf_node_get (node, "to"), diag, _ ("a segment from a host to itself"));
  seg->src = sf_plan_host (plan, seg->from)->addr;
  seg->dst = sf_plan_host (plan, seg->to)->addr;
  return TRUE;
}

/* Returns the TCP options of a forged segment, as bits: those whose names are among the keys of `node`. */
static guint16
options_of (const SfNode *node)
{
  guint bits = 0;

  for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
    if (sf_node_get (node, sf_segment_option (i)->name) != NULL)
      bits |= 1u << i;
  return (guint16) bits;
}

gboolean
sf_read_forged (const SfNode *node, G_GNUC_UNUSED const SfKey *key, const SfPlan *plan, SfDiagnostics *diag,
                gpointer into)
{
  SfTimedFault *fault = into;

  fault->relative = TRUE;
  fault->segment.options = options_of (node);
  return sf_node_check_keys (node, SF_KEYS_INJECT, diag)
         && sf_read_part (node, SF_KEYS_INJECT, SF_PART_FIRST, plan, diag, fault)
         && settle_ends (node, plan, diag, &fault->segment)
         && sf_read_part (node, SF_KEYS_INJECT, SF_PART_MAIN, plan, diag, fault)
         && sf_read_part (node, SF_KEYS_INJECT, SF_PART_LAST, plan, diag, fault);
}

static gboolean
load_timed (const SfNode *node, SfSection keys, guint kind, SfScenario *scenario, SfDiagnostics *diag)
{
  SfTimedFault fault = { .kind = (SfTimedFaultKind) kind, .line = sf_load_line (node) };

  if (!sf_read_keys (node, keys, scenario->plan, diag, &fault))
    return FALSE;
  g_array_append_val (scenario->plan->timed_faults, fault);
  g_ptr_array_add (scenario->timed_fault_texts, text_of (node));
  return TRUE;
}

/* In the order of the rows of SF_KEYS_FAULT. For each fault: its keys, its reader, and its number in the plan. */
static const struct
{
  SfSection keys;
  FaultReader read;
  guint what;
} faults[] = {
#define SF_FAULT(id) { SF_KEYS_FAULT_##id, load_rule, SF_FAULT_##id },
#define SF_TIMED_FAULT(id) { SF_KEYS_FAULT_##id, load_timed, SF_TIMED_##id },
#include "models/faults.inc"
#undef SF_FAULT
#undef SF_TIMED_FAULT
};

static gboolean
load_fault (const SfNode *node, SfScenario *scenario, SfDiagnostics *diag)
{
  guint row = 0;
  const SfNode *value = NULL;

  return sf_node_action (node, SF_KEYS_FAULT, diag, &row, &value)
         && faults[row].read (node, faults[row].keys, faults[row].what, scenario, diag);
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
