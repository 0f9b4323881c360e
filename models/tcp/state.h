/* SPDX-License-Identifier: MIT
 *
 * The eleven states of a connection (RFC 9293 §3.3.2), their names, and what each allows.
 */
#pragma once

#include <glib.h>

typedef enum
{
  SF_CLOSED,
  SF_LISTEN,
  SF_SYN_SENT,
  SF_SYN_RECEIVED,
  SF_ESTABLISHED,
  SF_FIN_WAIT_1,
  SF_FIN_WAIT_2,
  SF_CLOSE_WAIT,
  SF_CLOSING,
  SF_LAST_ACK,
  SF_TIME_WAIT,
} SfState;

#define SF_N_STATES 11

/* Returns the name as RFC 9293 spells it: "SYN-RECEIVED". */
const char *sf_state_name (SfState state);

/* Finds the state called `name` (RFC spelling, any case); FALSE if there is none. */
gboolean sf_state_from_name (const char *name, SfState *ret_state);

/* TRUE if a connection may go from `from` to `to` in one step (RFC 9293 §3.3.2, figure 5 and §3.10). */
gboolean sf_state_may_follow (SfState from, SfState to);

/* TRUE for ESTABLISHED and all later states: both ends have agreed on sequence numbers (§3.5.1). */
static inline gboolean
sf_state_is_synchronized (SfState state)
{
  return state >= SF_ESTABLISHED;
}

/* TRUE while text of the peer is accepted, because its FIN has not been received (§3.10.7.4, seventh). */
static inline gboolean
sf_state_can_receive (SfState state)
{
  return state == SF_ESTABLISHED || state == SF_FIN_WAIT_1 || state == SF_FIN_WAIT_2;
}

/* TRUE while the application may still send (§3.10.2). */
static inline gboolean
sf_state_can_send (SfState state)
{
  return state == SF_ESTABLISHED || state == SF_CLOSE_WAIT;
}
