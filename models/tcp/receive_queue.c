/* SPDX-License-Identifier: MIT */
#include "models/tcp/receive_queue.h"

static SfExtent *
extent (const SfNet *net, guint32 handle)
{
  return sf_pool_at (&net->extents, handle);
}

/* Appends bytes to the receive queue: to its last run, if they continue that, else as a new run. */
static void
append (SfNet *net, SfTransfer *transfer, guint32 stream, guint64 offset, guint32 len)
{
  SfExtent *tail = transfer->queue_tail != 0 ? extent (net, transfer->queue_tail) : NULL;
  guint32 handle;

  transfer->unread += len;
  if (tail != NULL && tail->stream == stream && tail->offset + tail->len == offset)
    {
      tail->len += len;
      return;
    }
  handle = sf_pool_take (&net->extents);
  *extent (net, handle) = (SfExtent){ .offset = offset, .stream = stream, .len = len };
  if (tail != NULL)
    tail->next = handle;
  else
    transfer->queue_head = handle;
  transfer->queue_tail = handle;
}

/* Inserts a copy of `run` into the reassembly queue, at `*link`. Returns the link behind it. */
static guint32 *
insert (SfNet *net, SfTransfer *transfer, guint32 *link, const SfExtent *run)
{
  guint32 handle = sf_pool_take (&net->extents);
  SfExtent *new_run = extent (net, handle);

  *new_run = *run;
  new_run->next = *link;
  *link = handle;
  transfer->reassembly_bytes += run->len;
  return &new_run->next;
}

/* Removes the first `n` bytes of `run`. */
static void
trim_front (SfExtent *run, guint32 n)
{
  run->seq = sf_seq_add (run->seq, n);
  run->offset += n;
  run->len -= n;
}

/* TRUE if `run` begins exactly where `before` ends, in the sequence space and in the stream. */
static gboolean
continues (const SfExtent *before, const SfExtent *run)
{
  return before->stream == run->stream && before->offset + before->len == run->offset
         && sf_seq_eq (sf_seq_add (before->seq, before->len), run->seq);
}

void
sf_receive_queue_hold (SfNet *net, SfTransfer *transfer, SfSeq rcv_nxt, SfSeq seq, guint32 stream, guint64 offset,
                       guint32 len)
{
  SfExtent rest = { .offset = offset, .stream = stream, .len = len, .seq = seq };
  guint32 *link = &transfer->reassembly;

  /* Runs are compared by their distances from rcv_nxt; this is right for every size of the window. */
  while (rest.len > 0)
    {
      SfExtent *run = *link != 0 ? extent (net, *link) : NULL;
      guint32 at = sf_seq_distance (rcv_nxt, rest.seq);
      guint32 run_at = run != NULL ? sf_seq_distance (rcv_nxt, run->seq) : 0;

      if (run != NULL && run_at + run->len < at) /* `run` is before `rest`, with a gap between them */
        link = &run->next;
      else if (run != NULL && run_at <= at && continues (run, &rest)
               && (run->next == 0 || sf_seq_distance (rcv_nxt, extent (net, run->next)->seq) >= at + rest.len))
        {
          run->len += rest.len; /* `rest` continues `run`, and ends before the next one */
          transfer->reassembly_bytes += rest.len;
          return;
        }
      else if (run != NULL && run_at <= at) /* `run` has the beginning of `rest`, and keeps it */
        {
          guint32 common = MIN (run_at + run->len - at, rest.len);

          trim_front (&rest, common);
          link = &run->next;
        }
      else
        {
          SfExtent piece = rest;

          if (run != NULL)
            piece.len = MIN (rest.len, run_at - at);
          link = insert (net, transfer, link, &piece);
          trim_front (&rest, piece.len);
        }
    }
}

/* Moves held bytes that are in order now, from `rcv_nxt` on, to the receive queue. Returns their number. */
static guint32
pull (SfNet *net, SfTransfer *transfer, SfSeq rcv_nxt)
{
  guint32 total = 0;

  while (transfer->reassembly != 0)
    {
      guint32 handle = transfer->reassembly;
      SfExtent *run = extent (net, handle);
      guint32 known = sf_seq_distance (run->seq, sf_seq_add (rcv_nxt, total));

      if (sf_seq_lt (sf_seq_add (rcv_nxt, total), run->seq))
        break;
      transfer->reassembly = run->next;
      transfer->reassembly_bytes -= run->len;
      if (known < run->len)
        {
          append (net, transfer, run->stream, run->offset + known, run->len - known);
          total += run->len - known;
        }
      sf_pool_give (&net->extents, handle);
    }
  return total;
}

guint32
sf_receive_queue_add (SfNet *net, SfTransfer *transfer, SfSeq rcv_nxt, guint32 stream, guint64 offset, guint32 len)
{
  if (G_UNLIKELY (transfer->reassembly != 0))
    {
      sf_receive_queue_hold (net, transfer, rcv_nxt, rcv_nxt, stream, offset, len);
      return pull (net, transfer, rcv_nxt);
    }
  append (net, transfer, stream, offset, len);
  return len;
}

void
sf_receive_queue_repeat (SfNet *net, SfTransfer *transfer, guint32 stream, guint64 offset, guint32 len)
{
  append (net, transfer, stream, offset, len);
}

gboolean
sf_receive_queue_take (SfNet *net, SfTransfer *transfer, guint64 max, SfExtent *ret_run)
{
  guint32 handle = transfer->queue_head;
  SfExtent *run;
  guint32 n;

  if (handle == 0 || max == 0)
    return FALSE;
  run = extent (net, handle);
  n = (guint32) MIN (max, run->len);
  *ret_run = (SfExtent){ .offset = run->offset, .stream = run->stream, .len = n };
  trim_front (run, n);
  transfer->unread -= n;
  if (run->len == 0)
    {
      transfer->queue_head = run->next;
      if (run->next == 0)
        transfer->queue_tail = 0;
      sf_pool_give (&net->extents, handle);
    }
  return TRUE;
}

static void
flush_list (SfNet *net, guint32 *head)
{
  while (*head != 0)
    {
      guint32 next = extent (net, *head)->next;

      sf_pool_give (&net->extents, *head);
      *head = next;
    }
}

void
sf_receive_queue_drop_held (SfNet *net, SfTransfer *transfer)
{
  flush_list (net, &transfer->reassembly);
  transfer->reassembly_bytes = 0;
}

void
sf_receive_queue_drop_unread (SfNet *net, SfTransfer *transfer)
{
  flush_list (net, &transfer->queue_head);
  transfer->queue_tail = 0;
  transfer->unread = 0;
}

void
sf_receive_queue_flush (SfNet *net, SfTransfer *transfer)
{
  sf_receive_queue_drop_unread (net, transfer);
  sf_receive_queue_drop_held (net, transfer);
}
