/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-lock-private.h"

/* An opener stops waiting for a ring after this many seconds (its factory setting) */
#define RTO_SECONDS (20 * 60)

static void
add_step (LatchSimLock *self,
          int           state,
          double        seconds)
{
  g_assert (self->n_steps < LATCH_SIM_MAX_STEPS);

  self->steps[self->n_steps].state = state;
  self->steps[self->n_steps].seconds = seconds;
  self->answer_step = self->n_steps++;
}

static void
plan_lock (LatchSimLock  *self,
           LatchSimAction action)
{
  double action_time = self->timing.action;

  if (self->blocked)
    {
      add_step (self, action == LATCH_SIM_ACTION_LOCK ? LATCH_SIM_STATE_LOCKING : LATCH_SIM_STATE_UNLOCKING,
                action_time / 2);
      add_step (self, LATCH_SIM_STATE_MOTOR_BLOCKED, 0);
      return;
    }

  switch (action)
    {
    case LATCH_SIM_ACTION_UNLOCK:
      add_step (self, LATCH_SIM_STATE_UNLOCKING, action_time);
      add_step (self, LATCH_SIM_STATE_UNLOCKED, 0);
      break;

    case LATCH_SIM_ACTION_LOCK:
      add_step (self, LATCH_SIM_STATE_LOCKING, action_time);
      add_step (self, LATCH_SIM_STATE_LOCKED, 0);
      break;

    case LATCH_SIM_ACTION_UNLATCH:
      add_step (self, LATCH_SIM_STATE_UNLATCHING, action_time);
      add_step (self, LATCH_SIM_STATE_UNLATCHED, action_time);
      add_step (self, LATCH_SIM_STATE_UNLOCKED, 0);
      /* The motor has done its work once the latch is drawn; springs do the rest */
      self->answer_step = 1;
      break;

    case LATCH_SIM_ACTION_LOCK_N_GO_WITH_UNLATCH:
      add_step (self, LATCH_SIM_STATE_UNLATCHING, action_time);
      add_step (self, LATCH_SIM_STATE_UNLATCHED, action_time);
      add_step (self, LATCH_SIM_STATE_UNLOCKED_LOCK_N_GO, self->timing.lock_n_go);
      add_step (self, LATCH_SIM_STATE_LOCKING, action_time);
      add_step (self, LATCH_SIM_STATE_LOCKED, 0);
      break;

    case LATCH_SIM_ACTION_LOCK_N_GO:
      add_step (self, LATCH_SIM_STATE_UNLOCKING, action_time);
      add_step (self, LATCH_SIM_STATE_UNLOCKED_LOCK_N_GO, self->timing.lock_n_go);
      add_step (self, LATCH_SIM_STATE_LOCKING, action_time);
      add_step (self, LATCH_SIM_STATE_LOCKED, 0);
      break;
    }
}

static void
rto_over_cb (gpointer user_data)
{
  LatchSimLock *self = user_data;

  self->rto_source = 0;
  if (self->truth.state == LATCH_SIM_STATE_RTO_ACTIVE)
    {
      self->truth.state = LATCH_SIM_STATE_ONLINE;
      latch_sim_lock_report (self);
    }
}

static void
plan_opener (LatchSimLock  *self,
             LatchSimAction action)
{
  g_clear_handle_id (&self->rto_source, g_source_remove);

  switch (action)
    {
    case LATCH_SIM_ACTION_ACTIVATE_RTO:
      add_step (self, LATCH_SIM_STATE_RTO_ACTIVE, 0);
      self->rto_source = g_timeout_add_seconds_once (RTO_SECONDS, rto_over_cb, self);
      break;

    case LATCH_SIM_ACTION_DEACTIVATE_RTO:
      add_step (self, LATCH_SIM_STATE_ONLINE, 0);
      break;

    case LATCH_SIM_ACTION_STRIKE:
      add_step (self, LATCH_SIM_STATE_OPENING, self->timing.action);
      add_step (self, LATCH_SIM_STATE_OPEN, self->timing.action);
      add_step (self, LATCH_SIM_STATE_ONLINE, 0);
      self->answer_step = 1;
      break;

    case LATCH_SIM_ACTION_ACTIVATE_CONTINUOUS:
      /* Continuous mode shows in the mode alone: the state goes on saying "online" */
      self->truth.mode = LATCH_SIM_MODE_CONTINUOUS;
      add_step (self, LATCH_SIM_STATE_ONLINE, 0);
      break;

    case LATCH_SIM_ACTION_DEACTIVATE_CONTINUOUS:
      self->truth.mode = LATCH_SIM_MODE_DOOR;
      add_step (self, LATCH_SIM_STATE_ONLINE, 0);
      break;
    }
}

/* Lays out the states that @action leads through, and at which of them it counts as done. */
void
latch_sim_lock_plan (LatchSimLock  *self,
                     LatchSimAction action)
{
  if (self->type == LATCH_SIM_TYPE_OPENER)
    plan_opener (self, action);
  else
    plan_lock (self, action);
}
