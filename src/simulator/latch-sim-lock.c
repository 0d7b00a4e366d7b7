/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-lock-private.h"

G_DEFINE_FINAL_TYPE (LatchSimLock, latch_sim_lock, G_TYPE_OBJECT)

enum
{
  SIGNAL_REPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_opener (LatchSimLock *self)
{
  return self->type == LATCH_SIM_TYPE_OPENER;
}

static void
answer (LatchSimLock *self,
        gboolean      success)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_boolean (task, success);
}

static void enter_step (LatchSimLock *self,
                        guint         step);

static void
next_step_cb (gpointer user_data)
{
  LatchSimLock *self = user_data;

  self->step_source = 0;
  enter_step (self, self->step + 1);
}

static void
enter_step (LatchSimLock *self,
            guint         step)
{
  self->step = step;
  self->truth.state = self->steps[step].state;

  /* Before the answer is sent, so that whoever reads it finds /list up to date */
  latch_sim_lock_report (self);

  if (step + 1 < self->n_steps)
    self->step_source = g_timeout_add_once ((guint) (self->steps[step].seconds * 1000), next_step_cb, self);

  if (step == self->answer_step)
    answer (self, self->steps[step].state != LATCH_SIM_STATE_MOTOR_BLOCKED);
}

static void
ring_over_cb (gpointer user_data)
{
  LatchSimLock *self = user_data;

  /* The end of a ring is not worth a callback to a real bridge either */
  self->ring_source = 0;
  self->truth.ringing = FALSE;
  self->known.ringing = FALSE;
  self->pushed.ringing = FALSE;
}

static void
latch_sim_lock_finalize (GObject *object)
{
  LatchSimLock *self = LATCH_SIM_LOCK (object);

  latch_sim_lock_stop (self);
  g_clear_handle_id (&self->ring_source, g_source_remove);
  g_clear_handle_id (&self->rto_source, g_source_remove);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->firmware, g_free);

  G_OBJECT_CLASS (latch_sim_lock_parent_class)->finalize (object);
}

static void
latch_sim_lock_class_init (LatchSimLockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_lock_finalize;

  /**
   * LatchSimLock::reported:
   *
   * The bridge has heard from the device: latch_sim_lock_get_known() is new.
   */
  signals[SIGNAL_REPORTED] = g_signal_new ("reported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
}

static void
latch_sim_lock_init (LatchSimLock *self)
{
  self->paired = TRUE;
  self->rssi = -60;
}

/**
 * latch_sim_lock_new:
 * @id: its nukiId
 * @name: the name that its owner gave it
 * @clock: the clock of the bridge that it is paired with
 * @timing: (transfer none): how fast it works
 *
 * A locked lock or an idle opener with fresh batteries, in range of the bridge, paired and heard from.
 *
 * Returns: (transfer full): the device
 */
LatchSimLock *
latch_sim_lock_new (guint32               id,
                    LatchSimType          type,
                    const char           *name,
                    LatchSimClock        *clock,
                    const LatchSimTiming *timing)
{
  LatchSimLock *self = g_object_new (LATCH_SIM_TYPE_LOCK, NULL);
  gboolean opener = type == LATCH_SIM_TYPE_OPENER;

  self->id = id;
  self->type = type;
  self->name = g_strdup (name);
  self->firmware = g_strdup (opener ? "1.5.3" : type == LATCH_SIM_TYPE_SMART_LOCK_3 ? "4.2.6" : "2.14.5");
  self->clock = g_object_ref (clock);
  self->timing = *timing;

  self->truth.state = opener ? LATCH_SIM_STATE_ONLINE : LATCH_SIM_STATE_LOCKED;
  self->truth.mode = LATCH_SIM_MODE_DOOR;
  self->truth.battery = opener ? LATCH_SIM_NONE : 85;
  self->truth.keypad_critical = LATCH_SIM_NONE;
  self->truth.door = LATCH_SIM_NONE;
  latch_sim_lock_ask (self);
  self->pushed = self->known;

  return self;
}

guint32
latch_sim_lock_get_id (LatchSimLock *self)
{
  return self->id;
}

LatchSimType
latch_sim_lock_get_device (LatchSimLock *self)
{
  return self->type;
}

const char *
latch_sim_lock_get_name (LatchSimLock *self)
{
  return self->name;
}

const char *
latch_sim_lock_get_firmware (LatchSimLock *self)
{
  return self->firmware;
}

int
latch_sim_lock_get_rssi (LatchSimLock *self)
{
  return self->rssi;
}

gboolean
latch_sim_lock_is_paired (LatchSimLock *self)
{
  return self->paired;
}

void
latch_sim_lock_set_paired (LatchSimLock *self,
                           gboolean      paired)
{
  self->paired = paired;
}

LatchSimPresence
latch_sim_lock_get_presence (LatchSimLock *self)
{
  return self->presence;
}

/**
 * latch_sim_lock_has_knob:
 *
 * Returns: whether the door has a knob outside, so that unlocking alone would not let anybody in
 */
gboolean
latch_sim_lock_has_knob (LatchSimLock *self)
{
  return self->knob;
}

/**
 * latch_sim_lock_get_truth:
 *
 * Returns: (transfer none): how the device is, whether or not the bridge knows
 */
const LatchSimReport *
latch_sim_lock_get_truth (LatchSimLock *self)
{
  return &self->truth;
}

/**
 * latch_sim_lock_get_known:
 *
 * Returns: (transfer none) (nullable): what the bridge last heard from the device, if it ever did
 */
const LatchSimReport *
latch_sim_lock_get_known (LatchSimLock *self)
{
  return self->seen ? &self->known : NULL;
}

/**
 * latch_sim_lock_take_push:
 *
 * Returns: (transfer none) (nullable): what callbacks should be told, or %NULL if they know it already
 */
const LatchSimReport *
latch_sim_lock_take_push (LatchSimLock *self)
{
  if (!self->seen || latch_sim_report_equal (&self->known, &self->pushed))
    return NULL;

  self->pushed = self->known;

  return &self->pushed;
}

/**
 * latch_sim_lock_ask:
 *
 * The bridge asks the device itself, which works for a device that is too mute to report.
 *
 * Returns: (transfer none) (nullable): the truth, or %NULL if the device is offline
 */
const LatchSimReport *
latch_sim_lock_ask (LatchSimLock *self)
{
  if (self->presence != LATCH_SIM_ONLINE)
    return NULL;

  self->known = self->truth;
  self->known.timestamp = latch_sim_clock_now (self->clock);
  self->seen = TRUE;

  return &self->known;
}

/* The device tells the bridge how it is, if it can. */
void
latch_sim_lock_report (LatchSimLock *self)
{
  if (self->mute || !self->paired || latch_sim_lock_ask (self) == NULL)
    return;

  g_signal_emit (self, signals[SIGNAL_REPORTED], 0);
}

/* Ends a movement half-way; who waited for it hears that it failed. */
void
latch_sim_lock_stop (LatchSimLock *self)
{
  g_clear_handle_id (&self->step_source, g_source_remove);
  self->n_steps = 0;
  answer (self, FALSE);
}

/**
 * latch_sim_lock_can_act:
 *
 * A device refuses work while its motor runs, and before it knows where its end positions are.
 *
 * Returns: whether it can be told to move
 */
gboolean
latch_sim_lock_can_act (LatchSimLock *self)
{
  if (self->presence != LATCH_SIM_ONLINE)
    return FALSE;

  switch (self->truth.state)
    {
    case LATCH_SIM_STATE_UNCALIBRATED:
    case LATCH_SIM_STATE_BOOT_RUN:
    case LATCH_SIM_STATE_UNLOCKING:
    case LATCH_SIM_STATE_LOCKING:
    case LATCH_SIM_STATE_UNLATCHING:
      return FALSE;
    default:
      return TRUE;
    }
}

/**
 * latch_sim_lock_act_async:
 * @action: one of the five actions; what it means depends on the kind of device
 *
 * Sets the device in motion. The operation ends when the bolt has stopped; for lock 'n' go, when the
 * door is locked again.
 */
void
latch_sim_lock_act_async (LatchSimLock       *self,
                          LatchSimAction      action,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, latch_sim_lock_act_async);
  if (!latch_sim_lock_can_act (self))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }

  latch_sim_lock_stop (self);
  self->task = g_steal_pointer (&task);

  latch_sim_lock_plan (self, action);
  enter_step (self, 0);
}

/**
 * latch_sim_lock_act_finish:
 *
 * Returns: whether the device did as it was told
 */
gboolean
latch_sim_lock_act_finish (LatchSimLock *self,
                           GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * latch_sim_lock_turn_key:
 *
 * Somebody locks or unlocks the door with a key or the knob; with an opener, picks up the intercom
 * and presses its button.
 */
void
latch_sim_lock_turn_key (LatchSimLock *self)
{
  latch_sim_lock_stop (self);

  if (is_opener (self))
    {
      latch_sim_lock_plan (self, LATCH_SIM_ACTION_STRIKE);
      enter_step (self, 0);
      return;
    }

  self->truth.state =
      self->truth.state == LATCH_SIM_STATE_LOCKED ? LATCH_SIM_STATE_UNLOCKED : LATCH_SIM_STATE_LOCKED;
  latch_sim_lock_report (self);
}

/**
 * latch_sim_lock_ring:
 *
 * Somebody rings at an opener's door. With ring-to-open or continuous mode on, the door opens.
 */
void
latch_sim_lock_ring (LatchSimLock *self)
{
  gboolean opens = self->truth.state == LATCH_SIM_STATE_RTO_ACTIVE || self->truth.mode == LATCH_SIM_MODE_CONTINUOUS;

  if (!is_opener (self))
    return;

  g_clear_handle_id (&self->ring_source, g_source_remove);
  self->ring_source = g_timeout_add_once ((guint) (self->timing.ring * 1000), ring_over_cb, self);
  self->truth.ring_time = latch_sim_clock_now (self->clock);
  self->truth.ringing = TRUE;
  latch_sim_lock_report (self);

  if (opens && latch_sim_lock_can_act (self))
    {
      latch_sim_lock_stop (self);
      latch_sim_lock_plan (self, LATCH_SIM_ACTION_STRIKE);
      enter_step (self, 0);
    }
}
