/* SPDX-License-Identifier: MIT */
#include "models/tcp/demux.h"

#include <string.h>

#include "models/tcp/tcb.h"

/* A slot is two words of net->demux: hash and handle. A search compares hashes first, to touch few TCBs. */
enum
{
  SLOT_HASH,
  SLOT_CONN,
  SLOT_WORDS
};

#define FIRST_SIZE 16

static guint32
hash_tuple (guint32 laddr, guint16 lport, guint32 raddr, guint16 rport)
{
  guint64 h = ((guint64) laddr << 32 | raddr) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  h = (h ^ (h >> 32) ^ ((guint32) lport << 16 | rport)) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return (guint32) (h >> 32);
}

static guint32
hash_tcb (const SfTcb *tcb)
{
  return hash_tuple (tcb->laddr, tcb->lport, tcb->raddr, tcb->rport);
}

static void
put (SfNet *net, guint32 hash, guint32 conn)
{
  guint32 mask = net->demux_size - 1, i = hash & mask;

  while (net->demux[i * SLOT_WORDS + SLOT_CONN] != 0)
    i = (i + 1) & mask;
  net->demux[i * SLOT_WORDS + SLOT_HASH] = hash;
  net->demux[i * SLOT_WORDS + SLOT_CONN] = conn;
}

static void
grow (SfNet *net)
{
  guint32 *old = net->demux;
  guint32 old_size = net->demux_size;

  net->demux_size = old_size == 0 ? FIRST_SIZE : old_size * 2;
  net->demux = g_new0 (guint32, (gsize) net->demux_size * SLOT_WORDS);
  for (guint32 i = 0; i < old_size; i++)
    if (old[i * SLOT_WORDS + SLOT_CONN] != 0)
      put (net, old[i * SLOT_WORDS + SLOT_HASH], old[i * SLOT_WORDS + SLOT_CONN]);
  g_free (old);
}

void
sf_demux_add (SfNet *net, guint32 conn)
{
  if (net->demux_used * 2 >= net->demux_size)
    grow (net);
  put (net, hash_tcb (sf_tcb (net, conn)), conn);
  net->demux_used++;
}

/* Empties slot `i`, and moves back the connections behind it that would not be found any more. */
static void
close_gap (SfNet *net, guint32 i)
{
  guint32 mask = net->demux_size - 1;
  guint32 *slots = net->demux;

  for (guint32 j = (i + 1) & mask; slots[j * SLOT_WORDS + SLOT_CONN] != 0; j = (j + 1) & mask)
    {
      guint32 home = slots[j * SLOT_WORDS + SLOT_HASH] & mask;

      if (((j - home) & mask) >= ((j - i) & mask))
        {
          memcpy (&slots[i * SLOT_WORDS], &slots[j * SLOT_WORDS], SLOT_WORDS * sizeof *slots);
          i = j;
        }
    }
  slots[i * SLOT_WORDS + SLOT_CONN] = 0;
}

void
sf_demux_remove (SfNet *net, guint32 conn)
{
  guint32 mask = net->demux_size - 1, i = hash_tcb (sf_tcb (net, conn)) & mask;

  while (net->demux[i * SLOT_WORDS + SLOT_CONN] != conn)
    i = (i + 1) & mask;
  close_gap (net, i);
  net->demux_used--;
}

guint32
sf_demux_find (const SfNet *net, guint32 laddr, guint16 lport, guint32 raddr, guint16 rport)
{
  guint32 mask = net->demux_size - 1, hash = hash_tuple (laddr, lport, raddr, rport);

  if (net->demux_used == 0)
    return 0;
  for (guint32 i = hash & mask;; i = (i + 1) & mask)
    {
      guint32 conn = net->demux[i * SLOT_WORDS + SLOT_CONN];

      if (conn == 0)
        return 0;
      if (net->demux[i * SLOT_WORDS + SLOT_HASH] == hash)
        {
          const SfTcb *tcb = sf_tcb (net, conn);

          if (tcb->laddr == laddr && tcb->raddr == raddr && tcb->lport == lport && tcb->rport == rport)
            return conn;
        }
    }
}

/* TRUE if `tcb` is in the table, and `seg` has its 4-tuple. `tcb` may be a free place of the pool, or a connection in
 * CLOSED. */
static gboolean
takes (const SfTcb *tcb, const SfSegment *seg)
{
  return tcb->laddr == seg->dst && tcb->raddr == seg->src && tcb->lport == seg->dport && tcb->rport == seg->sport
         && tcb->serial != 0 && tcb->state != SF_CLOSED && !(tcb->flags & SF_TCB_SET_ASIDE);
}

guint32
sf_demux_receiver (const SfNet *net, const SfSegment *seg)
{
  if (seg->to_conn != 0 && takes (sf_tcb (net, seg->to_conn), seg))
    return seg->to_conn;
  return sf_demux_find (net, seg->dst, seg->dport, seg->src, seg->sport);
}

void
sf_demux_reset (SfNet *net)
{
  if (net->demux_used > 0)
    memset (net->demux, 0, (gsize) net->demux_size * SLOT_WORDS * sizeof *net->demux);
  net->demux_used = 0;
}

void
sf_demux_clear (SfNet *net)
{
  g_clear_pointer (&net->demux, g_free);
  net->demux_size = net->demux_used = 0;
}

void
sf_demux_copy (SfNet *copy, const SfNet *net)
{
  if (copy->demux_size != net->demux_size)
    {
      g_free (copy->demux);
      copy->demux = g_new (guint32, (gsize) net->demux_size * SLOT_WORDS);
      copy->demux_size = net->demux_size;
    }
  if (net->demux_size > 0)
    memcpy (copy->demux, net->demux, (gsize) net->demux_size * SLOT_WORDS * sizeof *net->demux);
  copy->demux_used = net->demux_used;
}
