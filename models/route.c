/* SPDX-License-Identifier: MIT
 *
 * Dijkstra's algorithm once for every destination, backwards: so each node decides on its own first hop, and
 * the decisions of the nodes along a way agree. Every hop leads to a node with fewer hops left or less delay, so
 * there are no loops, links without delay included.
 *
 * Only the destination and routers pass a way on to their neighbours; other hosts are merely told. So the search for
 * the nearest node looks at routers alone.
 */
#include "models/route.h"

/* The best way known from a node to the destination. */
typedef struct
{
  SfTime delay; /* SF_NEVER: none */
  guint32 hops;
  guint32 first; /* 1 + way of the first hop */
  gboolean done; /* a router that has told its neighbours */
} Label;

typedef struct
{
  const SfPlan *plan;
  Label *label;       /* [host] */
  guint32 *incoming;  /* ways, grouped by the host at their end */
  guint32 *group;     /* [host]: where in `incoming` its group begins; one more for the end */
  guint16 *routers;
  guint n_routers;
} Search;

static gboolean
label_better (const Label *a, const Label *b)
{
  if (a->delay != b->delay)
    return a->delay < b->delay;
  if (a->hops != b->hops)
    return a->hops < b->hops;
  return a->first < b->first;
}

/* Tells the neighbours of `host` that the destination can be reached through it. */
static void
tell_neighbours (Search *search, guint host)
{
  for (guint i = search->group[host]; i < search->group[host + 1]; i++)
    {
      guint32 way = search->incoming[i];
      Label *label = &search->label[search->plan->wires[way ^ 1].far];
      Label through = *label;

      through.delay = sf_time_add (search->label[host].delay, search->plan->wires[way].delay);
      through.hops = search->label[host].hops + 1;
      through.first = 1 + way;
      if (label_better (&through, label))
        *label = through;
    }
}

/* Returns the nearest router that is not done, SF_NO_HOST if no further one is reached. */
static guint16
nearest_router (const Search *search)
{
  guint16 best = SF_NO_HOST;

  for (guint i = 0; i < search->n_routers; i++)
    {
      guint16 router = search->routers[i];
      const Label *label = &search->label[router];

      if (label->done || label->delay == SF_NEVER)
        continue;
      if (best == SF_NO_HOST || label_better (label, &search->label[best]))
        best = router;
    }
  return best;
}

static void
search_to (Search *search, guint16 to)
{
  guint16 router;

  for (guint i = 0; i < search->plan->hosts->len; i++)
    search->label[i] = (Label){ .delay = SF_NEVER, .hops = G_MAXUINT32 };
  search->label[to] = (Label){ .done = TRUE };
  tell_neighbours (search, to);
  while ((router = nearest_router (search)) != SF_NO_HOST)
    {
      search->label[router].done = TRUE;
      tell_neighbours (search, router);
    }
}

static void
group_ways (Search *search)
{
  const SfPlan *plan = search->plan;
  guint n_hosts = plan->hosts->len, n_ways = 2 * plan->links->len;
  g_autofree guint32 *filled = g_new0 (guint32, n_hosts);

  search->incoming = g_new (guint32, n_ways);
  search->group = g_new0 (guint32, n_hosts + 1);
  for (guint way = 0; way < n_ways; way++)
    search->group[plan->wires[way].far + 1]++;
  for (guint i = 0; i < n_hosts; i++)
    search->group[i + 1] += search->group[i];
  for (guint way = 0; way < n_ways; way++)
    {
      guint16 far = plan->wires[way].far;

      search->incoming[search->group[far] + filled[far]++] = way;
    }
}

static void
list_routers (Search *search)
{
  guint n_hosts = search->plan->hosts->len;

  search->routers = g_new (guint16, n_hosts);
  for (guint i = 0; i < n_hosts; i++)
    if (sf_plan_host (search->plan, i)->router)
      search->routers[search->n_routers++] = (guint16) i;
}

guint16 *
sf_route_all (const SfPlan *plan)
{
  gsize n_hosts = plan->hosts->len;
  guint16 *route = g_new0 (guint16, n_hosts * n_hosts);
  Search search = { .plan = plan, .label = g_new (Label, n_hosts) };

  group_ways (&search);
  list_routers (&search);
  for (guint to = 0; to < n_hosts; to++)
    {
      search_to (&search, (guint16) to);
      for (guint from = 0; from < n_hosts; from++)
        if (from != to)
          route[from * n_hosts + to] = (guint16) search.label[from].first;
    }
  g_free (search.label);
  g_free (search.incoming);
  g_free (search.group);
  g_free (search.routers);
  return route;
}
