/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-report.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_LOCK (latch_sim_lock_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimLock, latch_sim_lock, LATCH_SIM, LOCK, GObject)

/**
 * LatchSimTiming:
 * @action: how long the bolt takes from one end to the other
 * @lock_n_go: how long lock 'n' go leaves the door unlocked
 * @ring: how long a ring counts as ringing
 *
 * How fast the simulated world is, in seconds.
 */
typedef struct
{
  double action;
  double lock_n_go;
  double ring;
} LatchSimTiming;

typedef enum
{
  LATCH_SIM_ONLINE,
  LATCH_SIM_OFFLINE,
  LATCH_SIM_GONE, /* Offline for so long that newer bridges answer 410 */
} LatchSimPresence;

LatchSimLock         *latch_sim_lock_new          (guint32               id,
                                                   LatchSimType          type,
                                                   const char           *name,
                                                   LatchSimClock        *clock,
                                                   const LatchSimTiming *timing);

guint32               latch_sim_lock_get_id       (LatchSimLock         *self);
LatchSimType          latch_sim_lock_get_device   (LatchSimLock         *self);
const char           *latch_sim_lock_get_name     (LatchSimLock         *self);
const char           *latch_sim_lock_get_firmware (LatchSimLock         *self);
int                   latch_sim_lock_get_rssi     (LatchSimLock         *self);
gboolean              latch_sim_lock_is_paired    (LatchSimLock         *self);
void                  latch_sim_lock_set_paired   (LatchSimLock         *self,
                                                   gboolean              paired);
LatchSimPresence      latch_sim_lock_get_presence (LatchSimLock         *self);
gboolean              latch_sim_lock_has_knob     (LatchSimLock         *self);

const LatchSimReport *latch_sim_lock_get_truth    (LatchSimLock         *self);
const LatchSimReport *latch_sim_lock_get_known    (LatchSimLock         *self);
const LatchSimReport *latch_sim_lock_take_push    (LatchSimLock         *self);
const LatchSimReport *latch_sim_lock_ask          (LatchSimLock         *self);

gboolean              latch_sim_lock_can_act      (LatchSimLock         *self);
void                  latch_sim_lock_act_async    (LatchSimLock         *self,
                                                   LatchSimAction        action,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean              latch_sim_lock_act_finish   (LatchSimLock         *self,
                                                   GAsyncResult         *result);
void                  latch_sim_lock_turn_key     (LatchSimLock         *self);
void                  latch_sim_lock_ring         (LatchSimLock         *self);

gboolean              latch_sim_lock_steer        (LatchSimLock         *self,
                                                   GHashTable           *changes,
                                                   GError              **error);

G_END_DECLS
