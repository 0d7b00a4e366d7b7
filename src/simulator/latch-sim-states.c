/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-states.h"

typedef struct
{
  int code;
  const char *name;
} Name;

static const Name lock_states[] = {
  { 0, "uncalibrated" },
  { 1, "locked" },
  { 2, "unlocking" },
  { 3, "unlocked" },
  { 4, "locking" },
  { 5, "unlatched" },
  { 6, "unlocked (lock 'n' go)" },
  { 7, "unlatching" },
  { 253, "boot run" },
  { 254, "motor blocked" },
  { 255, "undefined" },
};

static const Name opener_states[] = {
  { 0, "untrained" },
  { 1, "online" },
  { 3, "rto active" },
  { 5, "open" },
  { 7, "opening" },
  { 253, "boot run" },
  { 255, "undefined" },
};

static const Name door_states[] = {
  { 1, "deactivated" },
  { 2, "door closed" },
  { 3, "door opened" },
  { 4, "door state unknown" },
  { 5, "calibrating" },
  { 16, "uncalibrated" },
  { 240, "removed" },
  { 255, "unknown" },
};

static const char *
find_name (const Name *names,
           gsize       n_names,
           int         code)
{
  for (gsize i = 0; i < n_names; i++)
    {
      if (names[i].code == code)
        return names[i].name;
    }

  return "unknown";
}

/**
 * latch_sim_state_name:
 * @type: what kind of device
 * @state: a state's number, also one that no document knows
 *
 * Returns: (transfer none): the `stateName` that a bridge gives it
 */
const char *
latch_sim_state_name (LatchSimType type,
                      int          state)
{
  if (type == LATCH_SIM_TYPE_OPENER)
    return find_name (opener_states, G_N_ELEMENTS (opener_states), state);

  return find_name (lock_states, G_N_ELEMENTS (lock_states), state);
}

/**
 * latch_sim_state_parse:
 * @type: what kind of device
 * @text: a number from 0 to 255, or a state's name
 * @state: (out): the state
 *
 * Numbers without a name are accepted, since future bridges may send them.
 *
 * Returns: whether @text is a state
 */
gboolean
latch_sim_state_parse (LatchSimType type,
                       const char  *text,
                       int         *state)
{
  const Name *names = type == LATCH_SIM_TYPE_OPENER ? opener_states : lock_states;
  gsize n_names = type == LATCH_SIM_TYPE_OPENER ? G_N_ELEMENTS (opener_states) : G_N_ELEMENTS (lock_states);
  guint64 number;

  if (g_ascii_string_to_unsigned (text, 10, 0, 255, &number, NULL))
    {
      *state = (int) number;
      return TRUE;
    }

  for (gsize i = 0; i < n_names; i++)
    {
      if (g_ascii_strcasecmp (names[i].name, text) == 0)
        {
          *state = names[i].code;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * latch_sim_state_is_moving:
 * @type: what kind of device
 * @state: a state's number
 *
 * Bridges push states of rest only; these are the others. "Unlatched" counts as one of them, because
 * the latch springs back by itself.
 *
 * Returns: whether @state ends by itself
 */
gboolean
latch_sim_state_is_moving (LatchSimType type,
                           int          state)
{
  if (type == LATCH_SIM_TYPE_OPENER)
    return state == LATCH_SIM_STATE_OPENING || state == LATCH_SIM_STATE_OPEN;

  return state == LATCH_SIM_STATE_UNLOCKING || state == LATCH_SIM_STATE_LOCKING ||
         state == LATCH_SIM_STATE_UNLATCHING || state == LATCH_SIM_STATE_UNLATCHED;
}

const char *
latch_sim_door_name (int door)
{
  return find_name (door_states, G_N_ELEMENTS (door_states), door);
}

/**
 * latch_sim_action_log_name:
 * @action: a lock action
 *
 * Returns: (transfer none): what the bridge's log calls it; for openers too it uses the locks' words
 */
const char *
latch_sim_action_log_name (int action)
{
  static const Name names[] = {
    { 1, "unlock" },
    { 2, "lock" },
    { 3, "unlatch" },
    { 4, "lockNGo" },
    { 5, "lockNGoUnlatch" },
  };

  return find_name (names, G_N_ELEMENTS (names), action);
}
