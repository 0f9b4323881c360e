/* SPDX-License-Identifier: MIT */
#include "trace/jsonl_fields.h"

#include "models/names.h"
#include "trace/trace.h"

#define FIELDS(array)           \
  {                             \
    array, G_N_ELEMENTS (array) \
  }

/* Functions of models/names.h as functions of a number. */
#define NAMES_OF(what, last)                                                        \
  static const char *what##_name (guint value) { return sf_##what##_name (value); } \
  static const SfNames what##_names = { what##_name, (last) + 1 }

NAMES_OF (fate, SF_FATE_INJECTED);
NAMES_OF (discard, SF_DISCARD_MUTANT);
NAMES_OF (timer, SF_N_TIMERS - 1);
NAMES_OF (timer_action, SF_TIMER_EXPIRED);
NAMES_OF (why, SF_WHY_CRASH);

/* Names that only trace.jsonl needs. */
#define NAMES_HERE(what, ...)                                 \
  static const char *what##_name (guint value)                \
  {                                                           \
    static const char *const names[] = { __VA_ARGS__ };       \
    return value < G_N_ELEMENTS (names) ? names[value] : "?"; \
  }

NAMES_HERE (mark_bit, "corrupt", "copy", "injected", "retransmit")
NAMES_HERE (cc_phase, "slow-start", "avoidance", "recovery", "loss")
NAMES_HERE (
  kind, [SF_RECORD_CONN] = "conn", [SF_RECORD_STATE] = "state", [SF_RECORD_GONE] = "gone", [SF_RECORD_SEND] = "send",
  [SF_RECORD_FATE] = "fate", [SF_RECORD_ARRIVE] = "arrive", [SF_RECORD_DISCARD] = "discard",
  [SF_RECORD_TIMER] = "timer", [SF_RECORD_CALL] = "call", [SF_RECORD_DELIVER] = "deliver", [SF_RECORD_CWND] = "cwnd",
  [SF_RECORD_RTT] = "rtt", [SF_RECORD_LINK] = "link", [SF_RECORD_HOST] = "host")

/* Scenarios call three operations "receive" and two "accept"; a trace has a name for each. */
static const char *
op_name (guint op)
{
  return op == SF_OP_RECEIVE_SOME  ? "receive-some"
         : op == SF_OP_RECEIVE_EOF ? "receive-eof"
         : op == SF_OP_EACH        ? "each"
                                   : sf_op_name (op);
}

static const char *
option_bit_name (guint option)
{
  return sf_segment_option (option)->name;
}

static const char *
end_name (guint end)
{
  return sf_end_name (end);
}

static const SfNames option_bits = { option_bit_name, SF_N_SEGMENT_OPTIONS };
static const SfNames mark_bits = { mark_bit_name, 4 };
static const SfNames cc_phases = { cc_phase_name, 4 };
static const SfNames op_names = { op_name, SF_OP_REPEAT + 1 };

#define R(name, type, member)                                             \
  {                                                                       \
    name, SF_FIELD_##type, G_STRUCT_OFFSET (SfRecord, member), NULL, 0, 0 \
  }
#define R_NAME(name, member, names)                                         \
  {                                                                         \
    name, SF_FIELD_NAME, G_STRUCT_OFFSET (SfRecord, member), &(names), 0, 0 \
  }
#define S(type, member)                                                      \
  {                                                                          \
#member, SF_FIELD_##type, G_STRUCT_OFFSET(SfSegment, member), NULL, 0, 0 \
  }
#define S_AS(name, type, member, names)                                     \
  {                                                                         \
    name, SF_FIELD_##type, G_STRUCT_OFFSET (SfSegment, member), names, 0, 0 \
  }

static const SfField head_fields[] = {
  R ("t_ns", TIME, head.t),
  R ("host", HOST, host),
  R ("conn", U32, conn),
};

static const SfField conn_fields[] = {
  R ("laddr", ADDR, born.laddr), R ("lport", U16, born.lport),   R ("raddr", ADDR, born.raddr),
  R ("rport", U16, born.rport),  R ("parent", U32, born.parent),
};

static const SfField state_fields[] = {
  R ("from", STATE, state.from),
  R ("to", STATE, state.to),
  R_NAME ("why", state.why, why_names),
  { "timer", SF_FIELD_NAME, G_STRUCT_OFFSET (SfRecord, state.timer), &timer_names,
    G_STRUCT_OFFSET (SfRecord, state.why), SF_WHY_TIMER },
  { "id", SF_FIELD_U64, G_STRUCT_OFFSET (SfRecord, state.segment), NULL, G_STRUCT_OFFSET (SfRecord, state.why),
    SF_WHY_SEGMENT },
};

static const SfField fate_fields[] = {
  R_NAME ("fate", fate.fate, fate_names),
  R ("id", U64, fate.id),
  R ("link", LINK, fate.link),
  R ("rule", RULE, fate.rule),
  R ("until_ns", TIME, fate.until),
};

static const SfField discard_fields[] = {
  R_NAME ("reason", discard.reason, discard_names),
  R ("id", U64, discard.id),
};

static const SfField timer_fields[] = {
  R_NAME ("timer", timer.timer, timer_names),
  R_NAME ("action", timer.action, timer_action_names),
  R ("count", U32, timer.count),
  R ("until_ns", TIME, timer.until),
};

static const SfField call_fields[] = {
  R_NAME ("op", call.op, op_names), R ("error", ERROR, call.error),   R ("amount", I64, call.amount),
  R ("process", U32, call.process), R ("line", U32, call.line),       R ("offset", U64, call.offset),
  R ("text", U32, call.text),       R ("waiting", U64, call.waiting),
};

static const SfField deliver_fields[] = {
  R ("stream", U32, deliver.stream),    R ("offset", U64, deliver.offset), R ("len", U32, deliver.len),
  R ("foreign", BOOL, deliver.foreign), R ("at", U64, deliver.at),
};

static const SfField cwnd_fields[] = {
  R ("cwnd", U32, cwnd.cwnd),       R ("ssthresh", U32, cwnd.ssthresh),      R ("flight", U32, cwnd.flight),
  R ("snd_wnd", U32, cwnd.snd_wnd), R_NAME ("phase", cwnd.phase, cc_phases),
};

static const SfField rtt_fields[] = {
  R ("sample_ns", TIME, rtt.sample),
  R ("srtt_ns", TIME, rtt.srtt),
  R ("rttvar_ns", TIME, rtt.rttvar),
  R ("rto_ns", TIME, rtt.rto),
};

static const SfField link_fields[] = {
  R ("link", LINK, link.link),
  R ("up", BOOL, link.up),
};

static const SfField host_fields[] = {
  R ("up", BOOL, power.up),
};

static const SfField segment_fields[] = {
  S (U64, id),
  S (U64, copy_of),
  S_AS ("sent_at_ns", TIME, sent_at, NULL),
  S_AS ("arrives_at_ns", TIME, arrives_at, NULL),
  S (HOST, from),
  S (HOST, to),
  S (ADDR, src),
  S (U16, sport),
  S (ADDR, dst),
  S (U16, dport),
  S (FLAGS, flags),
  S (U32, seq),
  S (U32, seq_base),
  S (U32, ack),
  S (U32, ack_base),
  S (U16, wnd),
  S (U16, urg),
  S_AS ("options", BITS, options, &option_bits),
#define SF_NUMBER(type, member, words) S (type, member),
#define SF_OPTION(id, name, kind, n_nops, bytes, place, syn_only, numbers) numbers
#include "models/segment_options.inc"
#undef SF_OPTION
#undef SF_NUMBER
  S (U32, conn),
  S (U32, conn_nth),
  S (U32, stream),
  S (U64, offset),
  S (U32, len),
  S_AS ("marks", BITS, marks, &mark_bits),
};

const SfFields sf_trace_head_fields = FIELDS (head_fields);
const SfFields sf_trace_segment_fields = FIELDS (segment_fields);
const SfFields sf_trace_fields[SF_N_RECORD_KINDS] = {
  [SF_RECORD_CONN] = FIELDS (conn_fields),
  [SF_RECORD_STATE] = FIELDS (state_fields),
  [SF_RECORD_GONE] = { NULL, 0 },
  [SF_RECORD_SEND] = { NULL, 0 },
  [SF_RECORD_FATE] = FIELDS (fate_fields),
  [SF_RECORD_ARRIVE] = { NULL, 0 },
  [SF_RECORD_DISCARD] = FIELDS (discard_fields),
  [SF_RECORD_TIMER] = FIELDS (timer_fields),
  [SF_RECORD_CALL] = FIELDS (call_fields),
  [SF_RECORD_DELIVER] = FIELDS (deliver_fields),
  [SF_RECORD_CWND] = FIELDS (cwnd_fields),
  [SF_RECORD_RTT] = FIELDS (rtt_fields),
  [SF_RECORD_LINK] = FIELDS (link_fields),
  [SF_RECORD_HOST] = FIELDS (host_fields),
};
const SfNames sf_trace_kind_names = { kind_name, SF_N_RECORD_KINDS };
const SfNames sf_trace_end_names = { end_name, SF_END_EVENT_LIMIT + 1 };
