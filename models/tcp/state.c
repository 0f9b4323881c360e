/* SPDX-License-Identifier: MIT */
#include "models/tcp/state.h"

static const char *const names[SF_N_STATES] = {
  [SF_CLOSED] = "CLOSED",           [SF_LISTEN] = "LISTEN",
  [SF_SYN_SENT] = "SYN-SENT",       [SF_SYN_RECEIVED] = "SYN-RECEIVED",
  [SF_ESTABLISHED] = "ESTABLISHED", [SF_FIN_WAIT_1] = "FIN-WAIT-1",
  [SF_FIN_WAIT_2] = "FIN-WAIT-2",   [SF_CLOSE_WAIT] = "CLOSE-WAIT",
  [SF_CLOSING] = "CLOSING",         [SF_LAST_ACK] = "LAST-ACK",
  [SF_TIME_WAIT] = "TIME-WAIT",
};

#define TO(state) (1u << (state))

/* The states that may follow each state: the arrows of RFC 9293 figure 5, and those that §3.10 adds. CLOSED may follow
 * every state: by ABORT, by RST, by a timeout, or when the host crashes. */
static const guint16 followers[SF_N_STATES] = {
  [SF_CLOSED] = TO (SF_LISTEN) | TO (SF_SYN_SENT) | TO (SF_ESTABLISHED /* a valid SYN cookie, RFC 4987 §3.6 */),
  [SF_LISTEN] = TO (SF_CLOSED) | TO (SF_SYN_SENT) | TO (SF_SYN_RECEIVED)
                | TO (SF_ESTABLISHED /* counterfactual two-way handshake; SYN cookie */),
  [SF_SYN_SENT] = TO (SF_CLOSED) | TO (SF_SYN_RECEIVED) | TO (SF_ESTABLISHED),
  [SF_SYN_RECEIVED] = TO (SF_CLOSED) | TO (SF_LISTEN) | TO (SF_ESTABLISHED) | TO (SF_FIN_WAIT_1) | TO (SF_CLOSE_WAIT),
  [SF_ESTABLISHED] = TO (SF_CLOSED) | TO (SF_FIN_WAIT_1) | TO (SF_CLOSE_WAIT),
  [SF_FIN_WAIT_1] = TO (SF_CLOSED) | TO (SF_FIN_WAIT_2) | TO (SF_CLOSING) | TO (SF_TIME_WAIT),
  [SF_FIN_WAIT_2] = TO (SF_CLOSED) | TO (SF_TIME_WAIT),
  [SF_CLOSE_WAIT] = TO (SF_CLOSED) | TO (SF_LAST_ACK),
  [SF_CLOSING] = TO (SF_CLOSED) | TO (SF_TIME_WAIT) | TO (SF_FIN_WAIT_2 /* mutant closing-loses-fin only */),
  [SF_LAST_ACK] = TO (SF_CLOSED),
  [SF_TIME_WAIT] = TO (SF_CLOSED),
};

const char *
sf_state_name (SfState state)
{
  return names[state];
}

gboolean
sf_state_from_name (const char *name, SfState *ret_state)
{
  for (guint i = 0; i < SF_N_STATES; i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      {
        *ret_state = (SfState) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
sf_state_may_follow (SfState from, SfState to)
{
  return (followers[from] >> to) & 1;
}
