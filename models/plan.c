/* SPDX-License-Identifier: MIT */
#include "models/plan.h"

#include "models/route.h"

#include <string.h>

static void
clear_host (gpointer item)
{
  g_free (((SfHostPlan *) item)->name);
}

static void
clear_link (gpointer item)
{
  g_free (((SfLinkPlan *) item)->name);
}

static void
clear_program (gpointer item)
{
  g_free (((SfProgram *) item)->steps);
}

static void
clear_process (gpointer item)
{
  g_free (((SfProcessPlan *) item)->name);
}

static GArray *
new_array (gsize item_size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint) item_size);

  if (clear != NULL)
    g_array_set_clear_func (array, clear);
  return array;
}

SfPlan *
sf_plan_new (void)
{
  SfPlan *plan = g_new0 (SfPlan, 1);

  plan->hosts = new_array (sizeof (SfHostPlan), clear_host);
  plan->links = new_array (sizeof (SfLinkPlan), clear_link);
  plan->programs = new_array (sizeof (SfProgram), clear_program);
  plan->processes = new_array (sizeof (SfProcessPlan), clear_process);
  plan->faults = new_array (sizeof (SfFaultRule), NULL);
  plan->timed_faults = new_array (sizeof (SfTimedFault), NULL);
  plan->texts = g_ptr_array_new_with_free_func (g_free);
  return plan;
}

void
sf_plan_free (SfPlan *plan)
{
  g_array_unref (plan->hosts);
  g_array_unref (plan->links);
  g_array_unref (plan->programs);
  g_array_unref (plan->processes);
  g_array_unref (plan->faults);
  g_array_unref (plan->timed_faults);
  g_ptr_array_unref (plan->texts);
  g_free (plan->route);
  g_free (plan->direction_params);
  g_free (plan->addresses);
  g_free (plan);
}

static guint16
add_host (SfPlan *plan, const SfHostPlan *host)
{
  SfHostPlan *added;

  g_assert (plan->hosts->len < SF_NO_HOST);
  g_array_append_vals (plan->hosts, host, 1);
  added = &g_array_index (plan->hosts, SfHostPlan, plan->hosts->len - 1);
  added->nat = SF_NO_HOST;
  return (guint16) (plan->hosts->len - 1);
}

guint16
sf_plan_add_host (SfPlan *plan, const char *name, guint32 addr, guint32 n_addrs, const SfProfile *profile)
{
  SfHostPlan host = { .name = g_strdup (name), .addr = addr, .n_addrs = MAX (n_addrs, 1) };

  host.profile = *(profile != NULL ? profile : sf_profile_find ("rfc9293"));
  return add_host (plan, &host);
}

guint16
sf_plan_add_router (SfPlan *plan, const char *name)
{
  SfHostPlan host = { .name = g_strdup (name), .router = TRUE };

  host.profile = *sf_profile_find ("rfc9293");
  return add_host (plan, &host);
}

guint16
sf_plan_add_nat (SfPlan *plan, const char *name, guint32 addr, const SfNatPlan *mapping)
{
  guint16 index = sf_plan_add_router (plan, name);
  SfHostPlan *nat = &g_array_index (plan->hosts, SfHostPlan, index);

  nat->translates = TRUE;
  nat->addr = addr;
  nat->mapping = mapping != NULL ? *mapping
                                 : (SfNatPlan){ .established = SF_NAT_ESTABLISHED, .transitory = SF_NAT_TRANSITORY };
  return index;
}

void
sf_plan_put_behind (SfPlan *plan, guint16 host, guint16 nat)
{
  g_assert (sf_plan_host (plan, nat)->translates);
  g_array_index (plan->hosts, SfHostPlan, host).nat = nat;
}

guint16
sf_plan_add_link (SfPlan *plan, guint16 a, guint16 b, const SfDirectionPlan *both)
{
  SfLinkPlan link = { .a = a, .b = b, .direction = { *both, *both } };

  g_assert (plan->links->len < SF_NO_DIRECTION / 2);
  g_array_append_val (plan->links, link);
  return (guint16) (plan->links->len - 1);
}

guint32
sf_plan_add_program (SfPlan *plan, const SfStep *steps, guint n)
{
  SfProgram program = { .steps = g_memdup2 (steps, n * sizeof *steps), .n = n };

  g_array_append_val (plan->programs, program);
  return plan->programs->len - 1;
}

guint32
sf_plan_add_process (SfPlan *plan, guint16 host, guint32 program)
{
  SfProcessPlan process = { .host = host, .program = program };

  g_array_append_val (plan->processes, process);
  return plan->processes->len - 1;
}

/* Prepares the loss model of `params`. Independent loss is a Gilbert–Elliott model that never leaves the good state. */
static void
finish_loss (SfDirectionParams *params, const SfLossPlan *loss)
{
  switch (loss->kind)
    {
    case SF_LOSS_NONE:
      break;
    case SF_LOSS_INDEPENDENT:
      params->loss[0] = sf_probability (loss->p);
      params->loses = params->loss[0] != 0;
      break;
    case SF_LOSS_GILBERT_ELLIOTT:
      params->loss[0] = sf_probability (loss->loss_good);
      params->loss[1] = sf_probability (loss->loss_bad);
      params->leave[0] = sf_probability (loss->p);
      params->leave[1] = sf_probability (loss->r);
      params->loses = TRUE;
      break;
    }
}

static void
finish_params (SfDirectionParams *params, const SfDirectionPlan *plan)
{
  params->plan = plan;
  params->rate = plan->rate;
  params->exact = plan->rate == 0 || 8 * SF_SEC % plan->rate == 0;
  params->ns_per_byte = plan->rate == 0 ? 0 : 8 * SF_SEC / plan->rate;
  params->delay = plan->delay;
  params->limited = plan->queue_segments > 0 || plan->queue_bytes > 0;
  params->max_segments = plan->queue_segments > 0 ? plan->queue_segments : G_MAXUINT32;
  params->max_bytes = plan->queue_bytes > 0 ? plan->queue_bytes : G_MAXUINT64;
  params->duplicate = sf_probability (plan->duplicate);
  params->reorder = sf_probability (plan->reorder);
  params->corrupt = sf_probability (plan->corrupt);
  params->random = plan->has_jitter || params->duplicate > 0 || params->reorder > 0 || params->corrupt > 0;
  finish_loss (params, &plan->loss);
}

static void
finish_direction_params (SfPlan *plan)
{
  plan->direction_params = g_new0 (SfDirectionParams, 2 * plan->links->len);
  for (guint i = 0; i < plan->links->len; i++)
    {
      const SfLinkPlan *link = &g_array_index (plan->links, SfLinkPlan, i);

      for (guint direction = 0; direction < 2; direction++)
        {
          SfDirectionParams *params = &plan->direction_params[2 * i + direction];

          params->link = (guint16) i;
          params->far = direction == 0 ? link->b : link->a;
          finish_params (params, &link->direction[direction]);
        }
    }
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const SfAddressRange *x = a, *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

static void
finish_addresses (SfPlan *plan)
{
  plan->addresses = g_new0 (SfAddressRange, plan->hosts->len);
  for (guint i = 0; i < plan->hosts->len; i++)
    {
      const SfHostPlan *host = sf_plan_host (plan, i);

      if (host->n_addrs > 0)
        plan->addresses[plan->n_addresses++] = (SfAddressRange){ host->addr, host->addr + host->n_addrs - 1,
                                                                 (guint16) i };
    }
  qsort (plan->addresses, plan->n_addresses, sizeof *plan->addresses, compare_ranges);
}

void
sf_plan_finish (SfPlan *plan)
{
  g_assert (plan->route == NULL);
  finish_direction_params (plan);
  finish_addresses (plan);
  plan->route = sf_route_all (plan);
}

guint16
sf_plan_host_of (const SfPlan *plan, guint32 addr)
{
  guint low = 0, high = plan->n_addresses;

  /* Finds the last range that begins at or before `addr`. */
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (plan->addresses[middle].first <= addr)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0 || plan->addresses[low - 1].last < addr)
    return SF_NO_HOST;
  return plan->addresses[low - 1].host;
}
