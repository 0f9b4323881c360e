/* SPDX-License-Identifier: MIT
 *
 * Dijkstra's algorithm once for every destination, backwards: so each node decides on its own first hop, and
 * the decisions of the nodes along a way agree. Every hop leads to a node with fewer hops left or less delay, so
 * there are no loops, links without delay included.
 *
 * Only the destination and routers pass a way on to their neighbors; other hosts are merely told. So the search for
 * the nearest node looks at routers alone.
 */
#include "models/route.h"

/* The best way known from a node to the destination. */
typedef struct
{
  SfTime delay; /* SF_NEVER: none yet */
  guint32 hops;
  guint32 first; /* 1 + way of the first hop */
  gboolean done; /* it has told its neighbors, or never will: a host */
} Label;

/* A router, and how far from the destination it was when it was told so. */
typedef struct
{
  SfTime delay;
  guint32 hops;
  guint16 router;
} Told;

typedef struct
{
  const SfPlan *plan;
  Label *label;      /* [host] */
  guint32 *incoming; /* directions, grouped by the host at their end */
  guint32 *group;    /* [host]: where in `incoming` its group begins; one more for the end */
  Told *heap;        /* binary, the nearest first; a router may be there several times. Has room for one per way */
  guint n_told;
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

/* --- the routers that have not told their neighbors yet, nearest first --- */

static gboolean
told_nearer (const Told *a, const Told *b)
{
  return a->delay != b->delay ? a->delay < b->delay : a->hops < b->hops;
}

static void
push (Search *search, Told told)
{
  guint i = search->n_told++;

  for (; i > 0 && told_nearer (&told, &search->heap[(i - 1) / 2]); i = (i - 1) / 2)
    search->heap[i] = search->heap[(i - 1) / 2];
  search->heap[i] = told;
}

/* Takes the first one out of the heap, which is not empty. */
static Told
pop (Search *search)
{
  const Told *heap = search->heap;
  Told first = heap[0], last = heap[--search->n_told];
  guint i = 0;

  for (guint child = 1; child < search->n_told; child = 2 * i + 1)
    {
      child += child + 1 < search->n_told && told_nearer (&heap[child + 1], &heap[child]);
      if (!told_nearer (&heap[child], &last))
        break;
      search->heap[i] = heap[child];
      i = child;
    }
  search->heap[i] = last;
  return first;
}

/* Returns the nearest router that is not done, SF_NO_HOST if no further one is reached. */
static guint16
nearest_router (Search *search)
{
  while (search->n_told > 0)
    {
      guint16 router = pop (search).router;

      if (!search->label[router].done)
        return router;
    }
  return SF_NO_HOST;
}

/* --- the search --- */

/* Tells the neighbors of `host` that the destination can be reached through it. */
static void
tell_neighbors (Search *search, guint host)
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
        push (search, (Told){ through.delay, through.hops, neighbor });
    }
}

static void
search_to (Search *search, guint16 to)
{
  guint16 router;

  for (guint i = 0; i < search->plan->hosts->len; i++)
    search->label[i] = (Label){ SF_NEVER, G_MAXUINT32, 0, !sf_plan_host (search->plan, i)->router };
  search->label[to] = (Label){ .done = TRUE };
  tell_neighbors (search, to);
  while ((router = nearest_router (search)) != SF_NO_HOST)
    {
      search->label[router].done = TRUE;
      tell_neighbors (search, router);
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
  search.heap = g_new (Told, 2 * plan->links->len);
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
