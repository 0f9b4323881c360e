/* SPDX-License-Identifier: MIT */
#include "trace/capture.h"

#include "models/names.h"
#include "trace/packet.h"
#include "trace/words.h"

#include <string.h>

/* The pcapng format (draft-ietf-opsawg-pcapng). Its numbers are written little-endian, as its byte-order magic says. */
#define BLOCK_SECTION 0x0a0d0d0au
#define BLOCK_INTERFACE 1u
#define BLOCK_PACKET 6u
#define BYTE_ORDER_MAGIC 0x1a2b3c4du
#define LINKTYPE_RAW 101u

typedef enum
{
  OPTION_END = 0,
  OPTION_COMMENT = 1,
  OPTION_IF_NAME = 2,
  OPTION_SECTION_APPLICATION = 4,
  OPTION_IF_RESOLUTION = 9,
} BlockOption;

/* What is known about a segment beyond its header. */
typedef struct
{
  GString *comment;
  gboolean corrupt;
} Notes;

typedef struct
{
  GByteArray *out;
  const SfTrace *trace;
  GArray *texts;      /* SfContentText */
  GByteArray *packet; /* scratch space for one packet */
  GHashTable *notes;  /* segment id → Notes; only segments with something to say */
  GHashTable *sent;   /* segment id → SfSegment as it left; NULL if no router translates addresses */
} Capture;

static void
notes_free (gpointer data)
{
  Notes *notes = data;

  g_string_free (notes->comment, TRUE);
  g_free (notes);
}

static Notes *
notes_of (Capture *capture, const guint64 *id)
{
  Notes *notes = g_hash_table_lookup (capture->notes, id);

  if (notes == NULL)
    {
      notes = g_new0 (Notes, 1);
      notes->comment = g_string_new (NULL);
      g_hash_table_insert (capture->notes, (gpointer) id, notes);
    }
  return notes;
}

/* Returns the comment of segment `id`, ready for another remark. Keeps the pointer `id` as a key. */
static GString *
remark (Capture *capture, const guint64 *id)
{
  GString *comment = notes_of (capture, id)->comment;

  if (comment->len > 0)
    g_string_append (comment, "; ");
  return comment;
}

static void
note_fate (Capture *capture, const SfRecord *record)
{
  if (record->fate.fate == SF_FATE_RELEASED)
    return; /* the remark for HELD said until when */
  sf_words_fate (remark (capture, &record->fate.id), capture->trace, record, TRUE, NULL);
  if (sf_fate_is_final (record->fate.fate))
    g_string_append (notes_of (capture, &record->fate.id)->comment, ", never arrived");
  if (record->fate.fate == SF_FATE_CORRUPTED)
    notes_of (capture, &record->fate.id)->corrupt = TRUE;
  if (record->fate.fate == SF_FATE_COPIED)
    {
      g_string_append (remark (capture, &record->fate.copy.id), "a copy, ");
      sf_words_fate (notes_of (capture, &record->fate.copy.id)->comment, capture->trace, record, TRUE, NULL);
      notes_of (capture, &record->fate.copy.id)->corrupt = (record->fate.copy.marks & SF_SEG_CORRUPT) != 0;
    }
}

static void
note_record (Capture *capture, const SfRecord *record)
{
  switch ((SfRecordKind) record->head.kind)
    {
    case SF_RECORD_SEND:
      if (record->send.marks & SF_SEG_RETRANSMIT)
        g_string_append (remark (capture, &record->send.id), "retransmission");
      break;
    case SF_RECORD_FATE:
      note_fate (capture, record);
      break;
    case SF_RECORD_DISCARD:
      g_string_append_printf (remark (capture, &record->discard.id), "receiver: %s",
                              sf_discard_text (record->discard.reason));
      break;
    case SF_RECORD_CONN:
    case SF_RECORD_STATE:
    case SF_RECORD_GONE:
    case SF_RECORD_ARRIVE:
    case SF_RECORD_TIMER:
    case SF_RECORD_CALL:
    case SF_RECORD_DELIVER:
    case SF_RECORD_CWND:
    case SF_RECORD_RTT:
    case SF_RECORD_LINK:
    case SF_RECORD_HOST:
      break;
    }
}

static void
append16 (GByteArray *out, guint value)
{
  guint16 little = GUINT16_TO_LE ((guint16) value);

  g_byte_array_append (out, (const guint8 *) &little, sizeof little);
}

static void
append32 (GByteArray *out, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, sizeof little);
}

/* Appends `len` bytes and zeros up to a multiple of four. */
static void
append_padded (GByteArray *out, gconstpointer data, gsize len)
{
  static const guint8 zeros[4] = { 0 };

  g_byte_array_append (out, data, (guint) len);
  g_byte_array_append (out, zeros, (guint) (-len & 3));
}

static void
append_option (GByteArray *out, BlockOption option, gconstpointer data, gsize len)
{
  append16 (out, option);
  append16 (out, (guint) len);
  append_padded (out, data, len);
}

/* Appends a text option. Its length has 16 bits; longer text is cut. */
static void
append_text_option (GByteArray *out, BlockOption option, const char *text)
{
  append_option (out, option, text, MIN (strlen (text), G_MAXUINT16));
}

/* Begins a block. Returns its offset, for end_block(). */
static guint
begin_block (GByteArray *out, guint32 type)
{
  guint start = out->len;

  append32 (out, type);
  append32 (out, 0); /* the length, filled in by end_block() */
  return start;
}

static void
end_block (GByteArray *out, guint start)
{
  guint32 len = out->len + 4 - start;
  guint32 little = GUINT32_TO_LE (len);

  append32 (out, len);
  memcpy (out->data + start + 4, &little, sizeof little);
}

static void
write_section (const Capture *capture)
{
  GByteArray *out = capture->out;
  guint start = begin_block (out, BLOCK_SECTION);

  append32 (out, BYTE_ORDER_MAGIC);
  append16 (out, 1); /* version 1.0 */
  append16 (out, 0);
  append32 (out, G_MAXUINT32); /* length of the section: unspecified */
  append32 (out, G_MAXUINT32);
  if (capture->trace->title != NULL)
    append_text_option (out, OPTION_COMMENT, sf_wording_in (capture->trace->title, NULL));
  append_text_option (out, OPTION_SECTION_APPLICATION, "synfin");
  append_option (out, OPTION_END, NULL, 0);
  end_block (out, start);
}

static void
write_interface (const Capture *capture, guint16 host)
{
  static const guint8 nanoseconds = 9; /* ten to the minus nine */
  GByteArray *out = capture->out;
  guint start = begin_block (out, BLOCK_INTERFACE);

  append16 (out, LINKTYPE_RAW);
  append16 (out, 0);
  append32 (out, 0); /* snapshot length: unlimited */
  append_text_option (out, OPTION_IF_NAME, sf_trace_host_name (capture->trace, host));
  append_option (out, OPTION_IF_RESOLUTION, &nanoseconds, 1);
  append_option (out, OPTION_END, NULL, 0);
  end_block (out, start);
}

/* Writes `seg` as the interface of `host` sees it. */
static void
write_packet (const Capture *capture, SfTime t, const SfSegment *seg, guint16 host)
{
  const Notes *notes = g_hash_table_lookup (capture->notes, &seg->id);
  guint64 stamp = (guint64) t + SF_CAPTURE_EPOCH * (guint64) SF_SEC;
  GByteArray *out = capture->out;
  guint start = begin_block (out, BLOCK_PACKET);

  g_byte_array_set_size (capture->packet, 0);
  sf_packet_write (capture->packet, seg, capture->texts, notes != NULL && notes->corrupt);

  /* Interface numbers are host numbers. A segment that claims to come from no host goes to the first. */
  append32 (out, host < sf_trace_n_hosts (capture->trace) ? host : 0);
  append32 (out, (guint32) (stamp >> 32));
  append32 (out, (guint32) stamp);
  append32 (out, capture->packet->len);
  append32 (out, capture->packet->len);
  append_padded (out, capture->packet->data, capture->packet->len);
  if (notes != NULL)
    {
      append_text_option (out, OPTION_COMMENT, notes->comment->str);
      append_option (out, OPTION_END, NULL, 0);
    }
  end_block (out, start);
}

static gboolean
is_translated (const SfTrace *trace)
{
  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    {
      const SfTraceHost *host = &g_array_index (trace->hosts, SfTraceHost, i);

      if (host->router && host->addr != 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
same_addresses (const SfSegment *a, const SfSegment *b)
{
  return a->src == b->src && a->dst == b->dst && a->sport == b->sport && a->dport == b->dport;
}

/* A segment is captured where it leaves. If a router changed its addresses on the way, it is captured again where it
 * arrives, so that each interface has both directions of its connections under the same addresses. */
static void
write_record (const Capture *capture, const SfRecord *record)
{
  const SfSegment *seg = sf_record_segment (record), *sent;

  if (seg == NULL)
    return;
  if (record->head.kind != SF_RECORD_ARRIVE)
    {
      write_packet (capture, record->head.t, seg, seg->from);
      if (capture->sent != NULL)
        g_hash_table_insert (capture->sent, (gpointer) &seg->id, (gpointer) seg);
      return;
    }
  sent = capture->sent != NULL ? g_hash_table_lookup (capture->sent, &seg->id) : NULL;
  if (sent != NULL && !same_addresses (sent, seg))
    write_packet (capture, record->head.t, seg, record->host);
}

void
sf_capture_write (GByteArray *out, const SfTrace *trace)
{
  Capture capture = {
    .out = out,
    .trace = trace,
    .texts = sf_trace_content (trace),
    .packet = g_byte_array_new (),
    .notes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, notes_free),
    .sent = is_translated (trace) ? g_hash_table_new (g_int64_hash, g_int64_equal) : NULL,
  };

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    note_record (&capture, sf_trace_record (trace, i));

  write_section (&capture);
  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    write_interface (&capture, (guint16) i);
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    write_record (&capture, sf_trace_record (trace, i));

  g_hash_table_unref (capture.notes);
  g_clear_pointer (&capture.sent, g_hash_table_unref);
  g_byte_array_unref (capture.packet);
  g_array_unref (capture.texts);
}
