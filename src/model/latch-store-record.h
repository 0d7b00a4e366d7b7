/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-choice.h"
#include "latch-snapshot.h"

G_BEGIN_DECLS

/* What the store keeps: plain data, no behaviour. */

/**
 * LatchDeviceRecord:
 * @position: place in the bridge's own order
 * @confirmed_at: when a bridge last confirmed the state, in seconds since 1970
 * @changed_at: when the state was seen to change, 0 if it was not seen
 *
 * The last known state of a lock.
 */
typedef struct
{
  LatchDeviceSnapshot *snapshot;
  guint position;
  gint64 confirmed_at;
  gint64 changed_at;
} LatchDeviceRecord;

/**
 * LatchBridgeRecord:
 * @accepted_mode: the strongest form of token that the bridge has accepted: never go below it
 * @known_only: when saved, whether nobody asked for that: then only a bridge that is known is changed, a @name or @host
 *   of %NULL stays what it is, and so does a stronger @accepted_mode, of which another program may have learned
 * @keeps_rest: when saved with @known_only, whether the following members stay what they are, too
 * @instant_updates: whether the bridge is to tell of changes by itself
 * @allows_pairing: whether other programs may pair with it, a #LatchAccess
 * @was_reset: whether it was made to forget everything, this computer too
 * @devices: (element-type LatchDeviceRecord)
 * @choices: (element-type LatchLockChoice): what was chosen for its locks; read only
 *
 * A bridge that somebody paired with. Its token is not in here.
 */
typedef struct
{
  char *id;
  char *name;
  char *host;
  guint16 port;
  LatchAuthMode accepted_mode;
  gboolean known_only;
  LatchBridgeType type;
  gboolean keeps_rest;
  gboolean instant_updates;
  int allows_pairing;
  gboolean was_reset;
  GPtrArray *devices;
  GPtrArray *choices;
} LatchBridgeRecord;

LatchDeviceRecord *latch_device_record_new (const LatchDeviceSnapshot *snapshot);
LatchDeviceRecord *latch_device_record_copy (const LatchDeviceRecord *self);
void latch_device_record_free (LatchDeviceRecord *self);

LatchBridgeRecord *latch_bridge_record_new (const char *id);
void latch_bridge_record_free (LatchBridgeRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchDeviceRecord, latch_device_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchBridgeRecord, latch_bridge_record_free)

G_END_DECLS
