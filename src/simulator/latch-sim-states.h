/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LATCH_SIM_TYPE_SMART_LOCK = 0,
  LATCH_SIM_TYPE_OPENER = 2,
  LATCH_SIM_TYPE_SMART_DOOR = 3,
  LATCH_SIM_TYPE_SMART_LOCK_3 = 4,
} LatchSimType;

typedef enum
{
  LATCH_SIM_STATE_UNCALIBRATED = 0,
  LATCH_SIM_STATE_LOCKED = 1,
  LATCH_SIM_STATE_UNLOCKING = 2,
  LATCH_SIM_STATE_UNLOCKED = 3,
  LATCH_SIM_STATE_LOCKING = 4,
  LATCH_SIM_STATE_UNLATCHED = 5,
  LATCH_SIM_STATE_UNLOCKED_LOCK_N_GO = 6,
  LATCH_SIM_STATE_UNLATCHING = 7,
  LATCH_SIM_STATE_BOOT_RUN = 253,
  LATCH_SIM_STATE_MOTOR_BLOCKED = 254,
  LATCH_SIM_STATE_UNDEFINED = 255,

  /* The same numbers mean something else on an opener */
  LATCH_SIM_STATE_ONLINE = 1,
  LATCH_SIM_STATE_RTO_ACTIVE = 3,
  LATCH_SIM_STATE_OPEN = 5,
  LATCH_SIM_STATE_OPENING = 7,
} LatchSimState;

typedef enum
{
  LATCH_SIM_ACTION_UNLOCK = 1,
  LATCH_SIM_ACTION_LOCK = 2,
  LATCH_SIM_ACTION_UNLATCH = 3,
  LATCH_SIM_ACTION_LOCK_N_GO = 4,
  LATCH_SIM_ACTION_LOCK_N_GO_WITH_UNLATCH = 5,

  LATCH_SIM_ACTION_ACTIVATE_RTO = 1,
  LATCH_SIM_ACTION_DEACTIVATE_RTO = 2,
  LATCH_SIM_ACTION_STRIKE = 3,
  LATCH_SIM_ACTION_ACTIVATE_CONTINUOUS = 4,
  LATCH_SIM_ACTION_DEACTIVATE_CONTINUOUS = 5,
} LatchSimAction;

#define LATCH_SIM_MODE_DOOR 2
#define LATCH_SIM_MODE_CONTINUOUS 3

#define LATCH_SIM_DOOR_CLOSED 2
#define LATCH_SIM_DOOR_OPENED 3

const char *latch_sim_state_name      (LatchSimType  type,
                                       int           state);
gboolean    latch_sim_state_parse     (LatchSimType  type,
                                       const char   *text,
                                       int          *state);
gboolean    latch_sim_state_is_moving (LatchSimType  type,
                                       int           state);
const char *latch_sim_door_name       (int           door);
const char *latch_sim_action_log_name (int           action);

G_END_DECLS
