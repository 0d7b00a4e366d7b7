/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LatchDeviceType:
 * @LATCH_DEVICE_TYPE_UNKNOWN: a code that is not known here
 * @LATCH_DEVICE_TYPE_SMART_LOCK: Smart Lock 1.0 and 2.0; also what a bridge means that sends no type
 * @LATCH_DEVICE_TYPE_OPENER: Opener
 * @LATCH_DEVICE_TYPE_SMART_DOOR: Smart Door
 * @LATCH_DEVICE_TYPE_SMART_LOCK_3: Smart Lock 3.0 and later
 *
 * What kind of device a bridge controls. The values are the bridge's own codes.
 */
typedef enum
{
  LATCH_DEVICE_TYPE_UNKNOWN = -1,
  LATCH_DEVICE_TYPE_SMART_LOCK = 0,
  LATCH_DEVICE_TYPE_OPENER = 2,
  LATCH_DEVICE_TYPE_SMART_DOOR = 3,
  LATCH_DEVICE_TYPE_SMART_LOCK_3 = 4,
} LatchDeviceType;

/* The mode of a device that was set up, and the one in which an opener opens for everybody who rings (later API: mode) */
#define LATCH_MODE_DOOR 2
#define LATCH_MODE_CONTINUOUS 3

/**
 * LatchLockState:
 *
 * The state of a lock or an opener. Bridges use the same codes for both with different meanings; these values tell
 * them apart. See latch_lock_state_from_code().
 */
typedef enum
{
  LATCH_LOCK_STATE_UNKNOWN, /* nothing was said yet, or a code that is not known here */
  LATCH_LOCK_STATE_UNCALIBRATED,
  LATCH_LOCK_STATE_LOCKED,
  LATCH_LOCK_STATE_UNLOCKING,
  LATCH_LOCK_STATE_UNLOCKED,
  LATCH_LOCK_STATE_LOCKING,
  LATCH_LOCK_STATE_UNLATCHED,
  LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO,
  LATCH_LOCK_STATE_UNLATCHING,
  LATCH_LOCK_STATE_BOOT_RUN,
  LATCH_LOCK_STATE_MOTOR_BLOCKED,
  LATCH_LOCK_STATE_UNDEFINED,
  /* openers */
  LATCH_LOCK_STATE_UNTRAINED,
  LATCH_LOCK_STATE_ONLINE,
  LATCH_LOCK_STATE_RTO_ACTIVE,
  LATCH_LOCK_STATE_OPEN,
  LATCH_LOCK_STATE_OPENING,
} LatchLockState;

/**
 * LatchLockAction:
 *
 * What a lock or an opener can be asked to do (spec: Lock actions).
 */
typedef enum
{
  LATCH_LOCK_ACTION_NONE,
  LATCH_LOCK_ACTION_UNLOCK,
  LATCH_LOCK_ACTION_LOCK,
  LATCH_LOCK_ACTION_UNLATCH,
  LATCH_LOCK_ACTION_LOCK_N_GO,
  LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH,
  /* openers */
  LATCH_LOCK_ACTION_ACTIVATE_RTO,
  LATCH_LOCK_ACTION_DEACTIVATE_RTO,
  LATCH_LOCK_ACTION_OPEN,
  LATCH_LOCK_ACTION_ACTIVATE_CM,
  LATCH_LOCK_ACTION_DEACTIVATE_CM,
} LatchLockAction;

/**
 * LatchDoorState:
 *
 * What a door sensor says (API 1.11 and later).
 */
typedef enum
{
  LATCH_DOOR_STATE_NONE, /* no sensor, or nothing said */
  LATCH_DOOR_STATE_DEACTIVATED,
  LATCH_DOOR_STATE_CLOSED,
  LATCH_DOOR_STATE_OPEN,
  LATCH_DOOR_STATE_UNKNOWN,
  LATCH_DOOR_STATE_CALIBRATING,
  LATCH_DOOR_STATE_UNCALIBRATED,
  LATCH_DOOR_STATE_REMOVED,
} LatchDoorState;

/**
 * LatchBridgeType:
 *
 * The values are the bridge's own codes (spec: /info).
 */
typedef enum
{
  LATCH_BRIDGE_TYPE_UNKNOWN = 0,
  LATCH_BRIDGE_TYPE_HARDWARE = 1,
  LATCH_BRIDGE_TYPE_SOFTWARE = 2,
} LatchBridgeType;

/**
 * LatchAuthMode:
 * @LATCH_AUTH_MODE_AUTO: the strongest that the bridge accepts
 * @LATCH_AUTH_MODE_PLAIN: the token itself (every bridge)
 * @LATCH_AUTH_MODE_HASHED: a salted hash of the token (API 1.8 and later, hardware bridges)
 * @LATCH_AUTH_MODE_ENCRYPTED: a time stamp encrypted with the token (API 1.13.2 and later, hardware bridges)
 *
 * How the token is shown to the bridge. Values grow with strength.
 */
typedef enum
{
  LATCH_AUTH_MODE_AUTO = 0,
  LATCH_AUTH_MODE_PLAIN = 1,
  LATCH_AUTH_MODE_HASHED = 2,
  LATCH_AUTH_MODE_ENCRYPTED = 3,
} LatchAuthMode;

/**
 * LatchTristate:
 *
 * A flag that a bridge may leave out.
 */
typedef enum
{
  LATCH_TRISTATE_UNKNOWN = -1,
  LATCH_TRISTATE_NO = 0,
  LATCH_TRISTATE_YES = 1,
} LatchTristate;

/* Enumeration types have GTypes (LATCH_TYPE_LOCK_STATE …) in latch-enum-types.h. */

const char *latch_device_type_get_text (LatchDeviceType type);
gboolean latch_device_type_is_opener (int code);

LatchLockState latch_lock_state_from_code (int code, gboolean opener);
int latch_lock_state_to_code (LatchLockState state);
const char *latch_lock_state_get_nick (LatchLockState state);
const char *latch_lock_state_get_text (LatchLockState state);
gboolean latch_lock_state_is_moving (LatchLockState state);
gboolean latch_lock_state_is_secured (LatchLockState state);

LatchLockAction latch_lock_action_from_nick (const char *nick);
int latch_lock_action_to_code (LatchLockAction action);
const char *latch_lock_action_get_nick (LatchLockAction action);
const char *latch_lock_action_get_text (LatchLockAction action);
gboolean latch_lock_action_is_for_opener (LatchLockAction action);
LatchLockState latch_lock_action_get_moving_state (LatchLockAction action);
gboolean latch_lock_action_leads_to (LatchLockAction action, LatchLockState state, int mode);
gboolean latch_lock_action_lasts (LatchLockAction action);

LatchDoorState latch_door_state_from_code (int code);
const char *latch_door_state_get_nick (LatchDoorState state);
const char *latch_door_state_get_text (LatchDoorState state);

gboolean latch_auth_mode_from_nick (const char *nick, LatchAuthMode *mode);
const char *latch_auth_mode_get_nick (LatchAuthMode mode);

G_END_DECLS
