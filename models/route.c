/* SPDX-License-Identifier: MIT
 *
 * The first hop of each shortest path, by Dijkstra's algorithm: one search from every destination, against the
 * direction of travel. So the first hops of the nodes along a path agree. Every hop leads to a node with less delay
 * left, or with fewer hops left at the same delay: even links without delay make no loop.
 *
 * Only the destination and routers extend paths to their neighbors; other hosts do not forward. So only routers are
 * in the heap.
 */
#include "models/route.h"

/* The best path known from a node to the destination. */
typedef struct
{
  SfTime delay; /* SF_NEVER: none yet */
  guint32 hops;
  guint32 first; /* 1 + direction of the first hop */
  gboolean done; /* its neighbors have been updated, or never will be since it is no router */
} Label;

/* A router, and how far it was from the destination when it was put into the heap. */
typedef struct
{
  SfTime delay;
  guint32 hops;
  guint16 router;
} Candidate;

typedef struct
{
  const SfPlan *plan;
  Label *label;      /* [host] */
  guint32 *incoming; /* directions of links, grouped by the host at their end */
  guint32 *group;    /* [host]: where its group begins in `incoming`; one more for the end of the last */
  Candidate *heap;   /* binary heap, the nearest first, room for one per direction; a router may be in it repeatedly */
  guint n_candidates;
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

/* --- the heap of routers whose neighbors are still to be updated --- */

static gboolean
nearer (const Candidate *a, const Candidate *b)
{
  return a->delay != b->delay ? a->delay < b->delay : a->hops < b->hops;
}

static void
push (Search *search, Candidate candidate)
{
  guint i = search->n_candidates++;

  for (; i > 0 && nearer (&candidate, &search->heap[(i - 1) / 2]); i = (i - 1) / 2)
    search->heap[i] = search->heap[(i - 1) / 2];
  search->heap[i] = candidate;
}

/* Removes the nearest router from the heap, which is not empty. */
static Candidate
pop (Search *search)
{
  const Candidate *heap = search->heap;
  Candidate first = heap[0], last = heap[--search->n_candidates];
  guint i = 0;

  for (guint child = 1; child < search->n_candidates; child = 2 * i + 1)
    {
      child += child + 1 < search->n_candidates && nearer (&heap[child + 1], &heap[child]);
      if (!nearer (&heap[child], &last))
        break;
      search->heap[i] = heap[child];
      i = child;
    }
  search->heap[i] = last;
  return first;
}

/* Returns the nearest router that is not done, SF_NO_HOST if none is left. */
static guint16
nearest_router (Search *search)
{
  while (search->n_candidates > 0)
    {
      guint16 router = pop (search).router;

      if (!search->label[router].done)
        return router;
    }
  return SF_NO_HOST;
}

/* --- the search --- */

/* Updates the neighbors of `host` for which the path through it is better. */
static void
update_neighbors (Search *search, guint host)
{
  for (guint i = search->group[host]; i < search->group[host + 1]; i++)
    {
      guint32 dir = search->incoming[i];
      guint16 neighbor = search->plan->direction_params[dir ^ 1].far;
      Label *label = &search->label[neighbor];
      Label through = *label;

      through.delay = sf_time_add (search->label[host].delay, search->plan->direction_params[dir].delay);
      through.hops = search->label[host].hops + 1;
      through.first = 1 + dir;
      if (!label_better (&through, label))
        continue;
      *label = through;
      if (!label->done)
        push (search, (Candidate){ through.delay, through.hops, neighbor });
    }
}

static void
search_to (Search *search, guint16 to)
{
  guint16 router;

  for (guint i = 0; i < search->plan->hosts->len; i++)
    search->label[i] = (Label){ SF_NEVER, G_MAXUINT32, 0, !sf_plan_host (search->plan, i)->router };
  search->label[to] = (Label){ .done = TRUE };
  update_neighbors (search, to);
  while ((router = nearest_router (search)) != SF_NO_HOST)
    {
      search->label[router].done = TRUE;
      update_neighbors (search, router);
    }
}

static void
group_directions (Search *search)
{
  const SfPlan *plan = search->plan;
  guint n_hosts = plan->hosts->len, n_directions = 2 * plan->links->len;
  g_autofree guint32 *filled = g_new0 (guint32, n_hosts);

  search->incoming = g_new (guint32, n_directions);
  search->group = g_new0 (guint32, n_hosts + 1);
  for (guint dir = 0; dir < n_directions; dir++)
    search->group[plan->direction_params[dir].far + 1]++;
  for (guint i = 0; i < n_hosts; i++)
    search->group[i + 1] += search->group[i];
  for (guint dir = 0; dir < n_directions; dir++)
    {
      guint16 far = plan->direction_params[dir].far;

      search->incoming[search->group[far] + filled[far]++] = dir;
    }
}

guint16 *
sf_route_all (const SfPlan *plan)
{
  gsize n_hosts = plan->hosts->len;
  guint16 *route = g_new0 (guint16, n_hosts * n_hosts);
  Search search = { .plan = plan, .label = g_new (Label, n_hosts) };

  group_directions (&search);
  search.heap = g_new (Candidate, 2 * plan->links->len);
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
  g_free (search.heap);
  return route;
}
