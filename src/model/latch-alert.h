/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

/**
 * LatchAlertKind:
 * @LATCH_ALERT_KIND_RING: somebody rings at an opener's door
 * @LATCH_ALERT_KIND_BLOCKED: the bolt stopped on its way
 * @LATCH_ALERT_KIND_SENSOR_REMOVED: somebody took the door sensor away
 * @LATCH_ALERT_KIND_DOOR_OPEN: a door was left open
 * @LATCH_ALERT_KIND_UNLOCKED: a door was left unlocked
 * @LATCH_ALERT_KIND_BATTERY: the lock's battery is low
 * @LATCH_ALERT_KIND_KEYPAD_BATTERY: its keypad's is
 * @LATCH_ALERT_KIND_NO_ACCESS: a bridge does not accept us, or we have no token for it
 * @LATCH_ALERT_KIND_UNREACHABLE: a bridge has not answered as it should for long
 *
 * What somebody should be told who looks elsewhere: the most urgent first.
 */
typedef enum
{
  LATCH_ALERT_KIND_RING,
  LATCH_ALERT_KIND_BLOCKED,
  LATCH_ALERT_KIND_SENSOR_REMOVED,
  LATCH_ALERT_KIND_DOOR_OPEN,
  LATCH_ALERT_KIND_UNLOCKED,
  LATCH_ALERT_KIND_BATTERY,
  LATCH_ALERT_KIND_KEYPAD_BATTERY,
  LATCH_ALERT_KIND_NO_ACCESS,
  LATCH_ALERT_KIND_UNREACHABLE,
} LatchAlertKind;

#define LATCH_N_ALERT_KINDS (LATCH_ALERT_KIND_UNREACHABLE + 1)

const char *latch_alert_kind_get_nick (LatchAlertKind kind);

#define LATCH_TYPE_ALERT (latch_alert_get_type ())

/* Something that somebody should be told, for as long as it is so. */
G_DECLARE_FINAL_TYPE (LatchAlert, latch_alert, LATCH, ALERT, GObject)

const char *latch_alert_get_id (LatchAlert *self);
const char *latch_alert_get_subject (LatchAlert *self);
LatchAlertKind latch_alert_get_kind (LatchAlert *self);
LatchBridge *latch_alert_get_bridge (LatchAlert *self);
LatchLock *latch_alert_get_lock (LatchAlert *self);
gint64 latch_alert_get_since (LatchAlert *self);
gboolean latch_alert_was_locking (LatchAlert *self);

G_END_DECLS
