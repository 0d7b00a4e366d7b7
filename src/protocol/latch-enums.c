/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-enums.h"

#include <glib/gi18n-lib.h>

/* One table for each family: code ↔ value ↔ nick ↔ text. Codec, command line and windows all read from here. */

#define FOR_LOCKS 1
#define FOR_OPENERS 2

static const struct
{
  int code;
  guint families;
  LatchLockState state;
  const char *nick;
  const char *text;
} lock_states[] = {
  { 0, FOR_LOCKS, LATCH_LOCK_STATE_UNCALIBRATED, "uncalibrated", N_("Not Calibrated") },
  { 1, FOR_LOCKS, LATCH_LOCK_STATE_LOCKED, "locked", N_("Locked") },
  { 2, FOR_LOCKS, LATCH_LOCK_STATE_UNLOCKING, "unlocking", N_("Unlocking…") },
  { 3, FOR_LOCKS, LATCH_LOCK_STATE_UNLOCKED, "unlocked", N_("Unlocked") },
  { 4, FOR_LOCKS, LATCH_LOCK_STATE_LOCKING, "locking", N_("Locking…") },
  { 5, FOR_LOCKS, LATCH_LOCK_STATE_UNLATCHED, "unlatched", N_("Unlatched") },
  { 6, FOR_LOCKS, LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO, "unlocked-lock-n-go", N_("Unlocked") },
  { 7, FOR_LOCKS, LATCH_LOCK_STATE_UNLATCHING, "unlatching", N_("Unlatching…") },
  { 254, FOR_LOCKS, LATCH_LOCK_STATE_MOTOR_BLOCKED, "motor-blocked", N_("Motor Blocked") },
  { 0, FOR_OPENERS, LATCH_LOCK_STATE_UNTRAINED, "untrained", N_("Not Trained") },
  { 1, FOR_OPENERS, LATCH_LOCK_STATE_ONLINE, "online", N_("Ready") },
  { 3, FOR_OPENERS, LATCH_LOCK_STATE_RTO_ACTIVE, "rto-active", N_("Ring to Open") },
  { 5, FOR_OPENERS, LATCH_LOCK_STATE_OPEN, "open", N_("Open") },
  { 7, FOR_OPENERS, LATCH_LOCK_STATE_OPENING, "opening", N_("Opening…") },
  { 253, FOR_LOCKS | FOR_OPENERS, LATCH_LOCK_STATE_BOOT_RUN, "boot-run", N_("Starting…") },
  { 255, FOR_LOCKS | FOR_OPENERS, LATCH_LOCK_STATE_UNDEFINED, "undefined", N_("Unknown") },
};

static const struct
{
  int code;
  guint families;
  LatchLockAction action;
  const char *nick;
  const char *text;
  LatchLockState moving;
} lock_actions[] = {
  { 1, FOR_LOCKS, LATCH_LOCK_ACTION_UNLOCK, "unlock", N_("Unlock"), LATCH_LOCK_STATE_UNLOCKING },
  { 2, FOR_LOCKS, LATCH_LOCK_ACTION_LOCK, "lock", N_("Lock"), LATCH_LOCK_STATE_LOCKING },
  { 3, FOR_LOCKS, LATCH_LOCK_ACTION_UNLATCH, "unlatch", N_("Open Door"), LATCH_LOCK_STATE_UNLATCHING },
  { 4, FOR_LOCKS, LATCH_LOCK_ACTION_LOCK_N_GO, "lock-n-go", N_("Lock ’n’ Go"), LATCH_LOCK_STATE_UNLOCKING },
  { 5, FOR_LOCKS, LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH, "lock-n-go-unlatch", N_("Open ’n’ Go"), LATCH_LOCK_STATE_UNLATCHING },
  { 1, FOR_OPENERS, LATCH_LOCK_ACTION_ACTIVATE_RTO, "activate-rto", N_("Turn On Ring to Open"), LATCH_LOCK_STATE_UNKNOWN },
  { 2, FOR_OPENERS, LATCH_LOCK_ACTION_DEACTIVATE_RTO, "deactivate-rto", N_("Turn Off Ring to Open"), LATCH_LOCK_STATE_UNKNOWN },
  { 3, FOR_OPENERS, LATCH_LOCK_ACTION_OPEN, "open", N_("Open Door"), LATCH_LOCK_STATE_OPENING },
  { 4, FOR_OPENERS, LATCH_LOCK_ACTION_ACTIVATE_CM, "activate-cm", N_("Turn On Continuous Mode"), LATCH_LOCK_STATE_UNKNOWN },
  { 5, FOR_OPENERS, LATCH_LOCK_ACTION_DEACTIVATE_CM, "deactivate-cm", N_("Turn Off Continuous Mode"), LATCH_LOCK_STATE_UNKNOWN },
};

static const struct
{
  int code;
  LatchDoorState state;
  const char *nick;
  const char *text;
} door_states[] = {
  { 1, LATCH_DOOR_STATE_DEACTIVATED, "deactivated", N_("Sensor turned off") },
  { 2, LATCH_DOOR_STATE_CLOSED, "closed", N_("Closed") },
  { 3, LATCH_DOOR_STATE_OPEN, "open", N_("Open") },
  { 4, LATCH_DOOR_STATE_UNKNOWN, "unknown", N_("Unknown") },
  { 5, LATCH_DOOR_STATE_CALIBRATING, "calibrating", N_("Sensor is being calibrated") },
  { 16, LATCH_DOOR_STATE_UNCALIBRATED, "uncalibrated", N_("Sensor is not calibrated") },
  { 240, LATCH_DOOR_STATE_REMOVED, "removed", N_("Sensor was removed") },
  { 255, LATCH_DOOR_STATE_UNKNOWN, "unknown", N_("Unknown") },
};

static const struct
{
  LatchDeviceType type;
  const char *text;
} device_types[] = {
  { LATCH_DEVICE_TYPE_SMART_LOCK, N_("Smart Lock") },
  { LATCH_DEVICE_TYPE_OPENER, N_("Opener") },
  { LATCH_DEVICE_TYPE_SMART_DOOR, N_("Smart Door") },
  { LATCH_DEVICE_TYPE_SMART_LOCK_3, N_("Smart Lock (third generation or later)") },
};

static const char *const auth_modes[] = { "auto", "plain", "hashed", "encrypted" };

/**
 * latch_device_type_get_text:
 *
 * Returns: the kind of device in the user's language
 */
const char *
latch_device_type_get_text (LatchDeviceType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (device_types); i++)
    if (device_types[i].type == type)
      return g_dgettext (GETTEXT_PACKAGE, device_types[i].text);

  return g_dgettext (GETTEXT_PACKAGE, N_("Unknown device"));
}

/**
 * latch_device_type_is_opener:
 * @code: a `deviceType` as a bridge sent it, or -1
 *
 * Tells which meaning the codes of states and actions have. Whatever is not an opener is treated as a lock.
 */
gboolean
latch_device_type_is_opener (int code)
{
  return code == LATCH_DEVICE_TYPE_OPENER;
}

/**
 * latch_lock_state_from_code:
 * @code: a state as a bridge sent it
 * @opener: whether the device is an opener
 *
 * Returns: what the code means, %LATCH_LOCK_STATE_UNKNOWN if it is not known (spec: Lock states)
 */
LatchLockState
latch_lock_state_from_code (int code, gboolean opener)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_states); i++)
    if (lock_states[i].code == code && (lock_states[i].families & (opener ? FOR_OPENERS : FOR_LOCKS)))
      return lock_states[i].state;

  return LATCH_LOCK_STATE_UNKNOWN;
}

/**
 * latch_lock_state_to_code:
 *
 * Returns: the bridge's code for @state, -1 if it has none
 */
int
latch_lock_state_to_code (LatchLockState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_states); i++)
    if (lock_states[i].state == state)
      return lock_states[i].code;

  return -1;
}

/**
 * latch_lock_state_get_nick:
 *
 * Returns: the name of @state for machines; stable, in English
 */
const char *
latch_lock_state_get_nick (LatchLockState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_states); i++)
    if (lock_states[i].state == state)
      return lock_states[i].nick;

  return "unknown";
}

/**
 * latch_lock_state_get_text:
 *
 * Returns: the name of @state in the user's language
 */
const char *
latch_lock_state_get_text (LatchLockState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_states); i++)
    if (lock_states[i].state == state)
      return g_dgettext (GETTEXT_PACKAGE, lock_states[i].text);

  return g_dgettext (GETTEXT_PACKAGE, N_("Unknown"));
}

/**
 * latch_lock_state_is_moving:
 *
 * Returns: whether @state ends by itself within seconds
 */
gboolean
latch_lock_state_is_moving (LatchLockState state)
{
  switch (state)
    {
    case LATCH_LOCK_STATE_UNLOCKING:
    case LATCH_LOCK_STATE_LOCKING:
    case LATCH_LOCK_STATE_UNLATCHING:
    case LATCH_LOCK_STATE_OPENING:
    case LATCH_LOCK_STATE_BOOT_RUN:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * latch_lock_state_is_secured:
 *
 * Returns: whether nobody gets in without a key. Only a bolt that is out says so; an opener that merely
 *   waits for rings leaves its door closed, too.
 */
gboolean
latch_lock_state_is_secured (LatchLockState state)
{
  return state == LATCH_LOCK_STATE_LOCKED || state == LATCH_LOCK_STATE_ONLINE;
}

/**
 * latch_lock_action_from_nick:
 * @nick: a name as on the command line
 *
 * Returns: the action of that name, %LATCH_LOCK_ACTION_NONE if there is none
 */
LatchLockAction
latch_lock_action_from_nick (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_actions); i++)
    if (g_strcmp0 (lock_actions[i].nick, nick) == 0)
      return lock_actions[i].action;

  return LATCH_LOCK_ACTION_NONE;
}

/**
 * latch_lock_action_to_code:
 *
 * Returns: the bridge's code for @action (spec: Lock actions), 0 for %LATCH_LOCK_ACTION_NONE
 */
int
latch_lock_action_to_code (LatchLockAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_actions); i++)
    if (lock_actions[i].action == action)
      return lock_actions[i].code;

  return 0;
}

/**
 * latch_lock_action_get_nick:
 *
 * Returns: the name of @action for machines; stable, in English
 */
const char *
latch_lock_action_get_nick (LatchLockAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_actions); i++)
    if (lock_actions[i].action == action)
      return lock_actions[i].nick;

  return "none";
}

/**
 * latch_lock_action_get_text:
 *
 * Returns: the name of @action in the user's language, as on a button; "" for none
 */
const char *
latch_lock_action_get_text (LatchLockAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_actions); i++)
    if (lock_actions[i].action == action)
      return g_dgettext (GETTEXT_PACKAGE, lock_actions[i].text);

  return "";
}

/**
 * latch_lock_action_is_for_opener:
 *
 * Returns: whether only an opener can do @action
 */
gboolean
latch_lock_action_is_for_opener (LatchLockAction action)
{
  return action >= LATCH_LOCK_ACTION_ACTIVATE_RTO;
}

/**
 * latch_lock_action_get_moving_state:
 *
 * Returns: the movement that @action starts, %LATCH_LOCK_STATE_UNKNOWN if nothing is seen to move
 */
LatchLockState
latch_lock_action_get_moving_state (LatchLockAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_actions); i++)
    if (lock_actions[i].action == action)
      return lock_actions[i].moving;

  return LATCH_LOCK_STATE_UNKNOWN;
}

/**
 * latch_lock_action_leads_to:
 * @state: a state
 * @mode: the mode that goes with it, -1 if it was not said
 *
 * Returns: whether a device that has carried out @action can be in @state. That alone does not prove that it has: see
 *   latch_lock_action_lasts()
 */
gboolean
latch_lock_action_leads_to (LatchLockAction action, LatchLockState state, int mode)
{
  switch (action)
    {
    case LATCH_LOCK_ACTION_UNLOCK:
    case LATCH_LOCK_ACTION_UNLATCH:
      return state == LATCH_LOCK_STATE_UNLOCKED || state == LATCH_LOCK_STATE_UNLATCHED;
    case LATCH_LOCK_ACTION_LOCK:
      return state == LATCH_LOCK_STATE_LOCKED;
    case LATCH_LOCK_ACTION_LOCK_N_GO:
    case LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH:
      return state == LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO || state == LATCH_LOCK_STATE_UNLOCKED ||
             state == LATCH_LOCK_STATE_LOCKED;
    case LATCH_LOCK_ACTION_ACTIVATE_RTO:
      return state == LATCH_LOCK_STATE_RTO_ACTIVE;
    case LATCH_LOCK_ACTION_DEACTIVATE_RTO:
      return state == LATCH_LOCK_STATE_ONLINE;
    case LATCH_LOCK_ACTION_OPEN:
      /* Openers often report nothing but "online" for an opening */
      return state == LATCH_LOCK_STATE_OPEN || state == LATCH_LOCK_STATE_ONLINE || state == LATCH_LOCK_STATE_RTO_ACTIVE;
    case LATCH_LOCK_ACTION_ACTIVATE_CM:
      return mode == LATCH_MODE_CONTINUOUS;
    case LATCH_LOCK_ACTION_DEACTIVATE_CM:
      return mode != -1 && mode != LATCH_MODE_CONTINUOUS;
    case LATCH_LOCK_ACTION_NONE:
    default:
      return FALSE;
    }
}

/**
 * latch_lock_action_lasts:
 *
 * Returns: whether the state that @action leads to stays. Then being in that state is as good as having been brought
 *   there; else a device that was in it before tells nothing by being in it afterwards.
 */
gboolean
latch_lock_action_lasts (LatchLockAction action)
{
  switch (action)
    {
    case LATCH_LOCK_ACTION_UNLOCK:
    case LATCH_LOCK_ACTION_LOCK:
    case LATCH_LOCK_ACTION_ACTIVATE_RTO:
    case LATCH_LOCK_ACTION_DEACTIVATE_RTO:
    case LATCH_LOCK_ACTION_ACTIVATE_CM:
    case LATCH_LOCK_ACTION_DEACTIVATE_CM:
      return TRUE;
    case LATCH_LOCK_ACTION_UNLATCH:
    case LATCH_LOCK_ACTION_LOCK_N_GO:
    case LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH:
    case LATCH_LOCK_ACTION_OPEN:
    case LATCH_LOCK_ACTION_NONE:
    default:
      return FALSE;
    }
}

/**
 * latch_door_state_from_code:
 * @code: a `doorsensorState` as a bridge sent it, or -1 if it sent none
 *
 * Returns: what the code means; %LATCH_DOOR_STATE_UNKNOWN for one that is not known
 */
LatchDoorState
latch_door_state_from_code (int code)
{
  if (code < 0)
    return LATCH_DOOR_STATE_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (door_states); i++)
    if (door_states[i].code == code)
      return door_states[i].state;

  return LATCH_DOOR_STATE_UNKNOWN;
}

/**
 * latch_door_state_get_nick:
 *
 * Returns: (nullable): the name of @state for machines; %NULL where there is no sensor
 */
const char *
latch_door_state_get_nick (LatchDoorState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (door_states); i++)
    if (door_states[i].state == state)
      return door_states[i].nick;

  return NULL;
}

/**
 * latch_door_state_get_text:
 *
 * Returns: the name of @state in the user's language; "" where there is no sensor
 */
const char *
latch_door_state_get_text (LatchDoorState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (door_states); i++)
    if (door_states[i].state == state)
      return g_dgettext (GETTEXT_PACKAGE, door_states[i].text);

  return "";
}

/**
 * latch_auth_mode_from_nick:
 * @nick: a name as on the command line
 * @mode: (out): where to put the mode of that name
 *
 * Returns: whether there is a mode of that name
 */
gboolean
latch_auth_mode_from_nick (const char *nick, LatchAuthMode *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (auth_modes); i++)
    if (g_strcmp0 (auth_modes[i], nick) == 0)
      {
        *mode = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * latch_auth_mode_get_nick:
 *
 * Returns: the name of @mode for machines
 */
const char *
latch_auth_mode_get_nick (LatchAuthMode mode)
{
  g_return_val_if_fail ((guint) mode < G_N_ELEMENTS (auth_modes), "auto");

  return auth_modes[mode];
}
