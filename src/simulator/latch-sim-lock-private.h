/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-lock.h"

G_BEGIN_DECLS

#define LATCH_SIM_MAX_STEPS 6

typedef struct
{
  int state;
  double seconds;
} LatchSimStep;

struct _LatchSimLock
{
  GObject parent_instance;

  guint32 id;
  LatchSimType type;
  char *name;
  char *firmware;
  int rssi;
  gboolean knob;

  LatchSimClock *clock;
  LatchSimTiming timing;

  /* How the device is; what the bridge has heard of it; what the bridge has told others */
  LatchSimReport truth;
  LatchSimReport known;
  LatchSimReport pushed;
  gboolean seen;

  gboolean paired;
  LatchSimPresence presence;
  gboolean blocked;
  gboolean mute;

  /* The movement under way */
  LatchSimStep steps[LATCH_SIM_MAX_STEPS];
  guint n_steps;
  guint step;
  guint answer_step;
  guint step_source;
  GTask *task;

  guint ring_source;
  guint rto_source;
};

void latch_sim_lock_plan   (LatchSimLock  *self,
                            LatchSimAction action);
void latch_sim_lock_stop   (LatchSimLock  *self);
void latch_sim_lock_report (LatchSimLock  *self);

G_END_DECLS
