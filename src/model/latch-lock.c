/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-lock.h"

#include "latch-bridge.h"
#include "latch-enum-types.h"
#include "latch-lock-private.h"

enum
{
  APPLIED,
  N_SIGNALS
};

static GParamSpec *properties[LATCH_LOCK_N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LatchLock, latch_lock, G_TYPE_OBJECT)

void
latch_lock_notify (LatchLock *self, LatchLockProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Takes over a number that was said; -1 says nothing */
static gboolean
take_int (LatchLock *self, int *field, int said, guint prop_id)
{
  if (said == -1 || *field == said)
    return FALSE;

  *field = said;
  latch_lock_notify (self, prop_id);
  return TRUE;
}

static gboolean
take_tristate (LatchLock *self, LatchTristate *field, LatchTristate said, guint prop_id)
{
  if (said == LATCH_TRISTATE_UNKNOWN || *field == said)
    return FALSE;

  *field = said;
  latch_lock_notify (self, prop_id);
  return TRUE;
}

static void
take_time (LatchLock *self, gint64 *field, gint64 said, guint prop_id)
{
  if (said == 0 || *field == said)
    return;

  *field = said;
  latch_lock_notify (self, prop_id);
}

static void
take_boolean (LatchLock *self, gboolean *field, gboolean value, guint prop_id)
{
  if (*field == !!value)
    return;

  *field = !!value;
  latch_lock_notify (self, prop_id);
}

/* Begins a change of several things, of which the lock's being busy is a consequence */
static gboolean
begin_change (LatchLock *self)
{
  g_object_freeze_notify (G_OBJECT (self));

  return latch_lock_is_busy (self);
}

static void
end_change (LatchLock *self, gboolean was_busy)
{
  if (latch_lock_is_busy (self) != was_busy)
    latch_lock_notify (self, LATCH_LOCK_PROP_BUSY);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
take_state (LatchLock *self, const LatchStateSnapshot *said, gint64 changed_at)
{
  LatchLockState before = latch_lock_get_state (self);
  gboolean knew = self->said.state_code != -1;

  if (take_int (self, &self->said.state_code, said->state_code, LATCH_LOCK_PROP_STATE_CODE) &&
      latch_lock_get_state (self) != before)
    {
      latch_lock_notify (self, LATCH_LOCK_PROP_STATE);
      self->in_state_since = g_get_monotonic_time ();
      self->was_asked = FALSE;
      /* What is told first is no change */
      if (knew && self->changed_at != changed_at)
        {
          self->changed_at = changed_at;
          latch_lock_notify (self, LATCH_LOCK_PROP_CHANGED_AT);
        }
    }
  take_int (self, &self->said.mode, said->mode, LATCH_LOCK_PROP_MODE);
  take_tristate (self, &self->said.battery_critical, said->battery_critical, LATCH_LOCK_PROP_BATTERY_CRITICAL);
  take_tristate (self, &self->said.battery_charging, said->battery_charging, LATCH_LOCK_PROP_BATTERY_CHARGING);
  take_int (self, &self->said.battery_percent, said->battery_percent, LATCH_LOCK_PROP_BATTERY_PERCENT);
  take_tristate (self, &self->said.keypad_battery_critical, said->keypad_battery_critical, LATCH_LOCK_PROP_KEYPAD_BATTERY_CRITICAL);
  take_int (self, &self->said.door_state_code, said->door_state_code, LATCH_LOCK_PROP_DOOR_STATE);
  take_tristate (self, &self->said.ring_active, said->ring_active, LATCH_LOCK_PROP_RING_ACTIVE);
  take_time (self, &self->said.ring_timestamp, said->ring_timestamp, LATCH_LOCK_PROP_RING_TIMESTAMP);
  take_time (self, &self->said.timestamp, said->timestamp, LATCH_LOCK_PROP_UPDATED);
}

static void
latch_lock_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LatchLock *self = LATCH_LOCK (object);

  switch ((LatchLockProperty) prop_id)
    {
    case LATCH_LOCK_PROP_BRIDGE:
      g_value_take_object (value, g_weak_ref_get (&self->bridge));
      break;
    case LATCH_LOCK_PROP_NUKI_ID:
      g_value_set_uint64 (value, self->nuki_id);
      break;
    case LATCH_LOCK_PROP_DEVICE_TYPE:
      g_value_set_int (value, self->device_type);
      break;
    case LATCH_LOCK_PROP_OPENER:
      g_value_set_boolean (value, latch_lock_is_opener (self));
      break;
    case LATCH_LOCK_PROP_NAME:
      g_value_set_string (value, latch_lock_get_name (self));
      break;
    case LATCH_LOCK_PROP_GIVEN_NAME:
      g_value_set_string (value, self->given_name);
      break;
    case LATCH_LOCK_PROP_HIDDEN:
      g_value_set_boolean (value, self->hidden);
      break;
    case LATCH_LOCK_PROP_FIRMWARE_VERSION:
      g_value_set_string (value, self->firmware_version);
      break;
    case LATCH_LOCK_PROP_STATE:
      g_value_set_enum (value, latch_lock_get_state (self));
      break;
    case LATCH_LOCK_PROP_STATE_CODE:
      g_value_set_int (value, self->said.state_code);
      break;
    case LATCH_LOCK_PROP_MODE:
      g_value_set_int (value, self->said.mode);
      break;
    case LATCH_LOCK_PROP_CONFIRMED_AT:
      g_value_set_int64 (value, self->confirmed_at);
      break;
    case LATCH_LOCK_PROP_CHANGED_AT:
      g_value_set_int64 (value, self->changed_at);
      break;
    case LATCH_LOCK_PROP_UPDATED:
      g_value_set_int64 (value, self->said.timestamp);
      break;
    case LATCH_LOCK_PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case LATCH_LOCK_PROP_OFFLINE:
      g_value_set_boolean (value, self->offline);
      break;
    case LATCH_LOCK_PROP_PENDING_ACTION:
      g_value_set_enum (value, self->pending_action);
      break;
    case LATCH_LOCK_PROP_BUSY:
      g_value_set_boolean (value, latch_lock_is_busy (self));
      break;
    case LATCH_LOCK_PROP_BATTERY_CRITICAL:
      g_value_set_enum (value, self->said.battery_critical);
      break;
    case LATCH_LOCK_PROP_BATTERY_CHARGING:
      g_value_set_enum (value, self->said.battery_charging);
      break;
    case LATCH_LOCK_PROP_BATTERY_PERCENT:
      g_value_set_int (value, self->said.battery_percent);
      break;
    case LATCH_LOCK_PROP_KEYPAD_BATTERY_CRITICAL:
      g_value_set_enum (value, self->said.keypad_battery_critical);
      break;
    case LATCH_LOCK_PROP_DOOR_STATE:
      g_value_set_enum (value, latch_lock_get_door_state (self));
      break;
    case LATCH_LOCK_PROP_RING_ACTIVE:
      g_value_set_enum (value, self->said.ring_active);
      break;
    case LATCH_LOCK_PROP_RING_TIMESTAMP:
      g_value_set_int64 (value, self->said.ring_timestamp);
      break;
    case LATCH_LOCK_PROP_RSSI:
      g_value_set_int (value, self->rssi);
      break;
    case LATCH_LOCK_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_lock_finalize (GObject *object)
{
  LatchLock *self = LATCH_LOCK (object);

  g_weak_ref_clear (&self->bridge);
  g_clear_pointer (&self->given_name, g_free);
  g_clear_pointer (&self->local_name, g_free);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->firmware_version, g_free);

  G_OBJECT_CLASS (latch_lock_parent_class)->finalize (object);
}

static void
latch_lock_class_init (LatchLockClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_lock_get_property;
  object_class->finalize = latch_lock_finalize;

  properties[LATCH_LOCK_PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE, flags);
  properties[LATCH_LOCK_PROP_NUKI_ID] = g_param_spec_uint64 ("nuki-id", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[LATCH_LOCK_PROP_DEVICE_TYPE] = g_param_spec_int ("device-type", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[LATCH_LOCK_PROP_OPENER] = g_param_spec_boolean ("opener", NULL, NULL, FALSE, flags);
  /**
   * LatchLock:name:
   *
   * What it is called on this computer: by the name that somebody gave it here, else by the bridge's.
   */
  properties[LATCH_LOCK_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[LATCH_LOCK_PROP_GIVEN_NAME] = g_param_spec_string ("given-name", NULL, NULL, NULL, flags);
  /**
   * LatchLock:hidden:
   *
   * Whether somebody does not want to see it on this computer. It is kept fresh and recorded all the same.
   */
  properties[LATCH_LOCK_PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, flags);
  properties[LATCH_LOCK_PROP_FIRMWARE_VERSION] = g_param_spec_string ("firmware-version", NULL, NULL, NULL, flags);
  /**
   * LatchLock:state:
   *
   * What a bridge last confirmed. Never what was merely asked for.
   */
  properties[LATCH_LOCK_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LATCH_TYPE_LOCK_STATE, LATCH_LOCK_STATE_UNKNOWN, flags);
  properties[LATCH_LOCK_PROP_STATE_CODE] = g_param_spec_int ("state-code", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[LATCH_LOCK_PROP_MODE] = g_param_spec_int ("mode", NULL, NULL, -1, G_MAXINT, -1, flags);
  /**
   * LatchLock:confirmed-at:
   *
   * When a bridge last confirmed the state, by this computer's clock.
   */
  properties[LATCH_LOCK_PROP_CONFIRMED_AT] = g_param_spec_int64 ("confirmed-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * LatchLock:changed-at:
   *
   * When the state was seen to change; 0 if that was not seen.
   */
  properties[LATCH_LOCK_PROP_CHANGED_AT] = g_param_spec_int64 ("changed-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * LatchLock:updated:
   *
   * When the bridge last heard from the lock, by the bridge's clock; 0 if it does not say.
   */
  properties[LATCH_LOCK_PROP_UPDATED] = g_param_spec_int64 ("updated", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  /**
   * LatchLock:stale:
   *
   * Whether the state cannot be vouched for: not confirmed since the program started, or too long ago.
   */
  properties[LATCH_LOCK_PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, TRUE, flags);
  /**
   * LatchLock:offline:
   *
   * Whether the bridge could not reach the lock when it was last asked to.
   */
  properties[LATCH_LOCK_PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE, flags);
  /**
   * LatchLock:pending-action:
   *
   * What was asked for and has not been confirmed.
   */
  properties[LATCH_LOCK_PROP_PENDING_ACTION] =
      g_param_spec_enum ("pending-action", NULL, NULL, LATCH_TYPE_LOCK_ACTION, LATCH_LOCK_ACTION_NONE, flags);
  properties[LATCH_LOCK_PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[LATCH_LOCK_PROP_BATTERY_CRITICAL] =
      g_param_spec_enum ("battery-critical", NULL, NULL, LATCH_TYPE_TRISTATE, LATCH_TRISTATE_UNKNOWN, flags);
  properties[LATCH_LOCK_PROP_BATTERY_CHARGING] =
      g_param_spec_enum ("battery-charging", NULL, NULL, LATCH_TYPE_TRISTATE, LATCH_TRISTATE_UNKNOWN, flags);
  properties[LATCH_LOCK_PROP_BATTERY_PERCENT] = g_param_spec_int ("battery-percent", NULL, NULL, -1, 100, -1, flags);
  properties[LATCH_LOCK_PROP_KEYPAD_BATTERY_CRITICAL] =
      g_param_spec_enum ("keypad-battery-critical", NULL, NULL, LATCH_TYPE_TRISTATE, LATCH_TRISTATE_UNKNOWN, flags);
  properties[LATCH_LOCK_PROP_DOOR_STATE] =
      g_param_spec_enum ("door-state", NULL, NULL, LATCH_TYPE_DOOR_STATE, LATCH_DOOR_STATE_NONE, flags);
  properties[LATCH_LOCK_PROP_RING_ACTIVE] =
      g_param_spec_enum ("ring-active", NULL, NULL, LATCH_TYPE_TRISTATE, LATCH_TRISTATE_UNKNOWN, flags);
  properties[LATCH_LOCK_PROP_RING_TIMESTAMP] = g_param_spec_int64 ("ring-timestamp", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[LATCH_LOCK_PROP_RSSI] = g_param_spec_int ("rssi", NULL, NULL, G_MININT, 0, 0, flags);
  g_object_class_install_properties (object_class, LATCH_LOCK_N_PROPS, properties);

  /**
   * LatchLock::applied:
   *
   * News were taken over, and what changed was notified. This comes once each time, whether or not anything changed.
   */
  signals[APPLIED] = g_signal_new ("applied", LATCH_TYPE_LOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
latch_lock_init (LatchLock *self)
{
  g_weak_ref_init (&self->bridge, NULL);
  self->device_type = -1;
  self->said = (LatchStateSnapshot) LATCH_STATE_SNAPSHOT_INIT;
  self->stale = TRUE;
}

/**
 * latch_lock_new:
 * @bridge: (nullable): the bridge that controls the lock; not kept alive by it
 * @nuki_id: its ID
 * @device_type: its type as the bridge reported it, -1 if it reported none
 *
 * Returns: (transfer full): a lock of which nothing is known yet
 */
LatchLock *
latch_lock_new (LatchBridge *bridge, guint64 nuki_id, int device_type)
{
  LatchLock *self = g_object_new (LATCH_TYPE_LOCK, NULL);

  g_weak_ref_set (&self->bridge, bridge);
  self->nuki_id = nuki_id;
  self->device_type = device_type;

  return self;
}

/**
 * latch_lock_apply:
 * @news: what a bridge said, asked or of its own accord
 * @heard_at: when, by this computer's clock
 *
 * The one way in for news. What @news does not say stays as it was. Notifies what changed, once all is changed.
 */
void
latch_lock_apply (LatchLock *self, const LatchDeviceSnapshot *news, gint64 heard_at)
{
  gboolean was_busy;

  g_return_if_fail (LATCH_IS_LOCK (self));
  g_return_if_fail (news != NULL);

  was_busy = begin_change (self);
  latch_lock_take_identity (self, news);
  /* A bridge lists what it last heard; only if that is news, it has heard from the lock again */
  if (news->has_state &&
      (news->state.timestamp > self->said.timestamp ||
       (news->state.state_code != -1 && news->state.state_code != self->said.state_code)))
    take_boolean (self, &self->offline, FALSE, LATCH_LOCK_PROP_OFFLINE);
  if (news->has_state && news->state.state_code != -1)
    {
      /* What a bridge says without having heard the lock anew is older than a command that went out since */
      if (self->source == LATCH_NEWS_SOURCE_ASKED || news->state.timestamp == 0 ||
          news->state.timestamp != self->said.timestamp || news->state.state_code != self->said.state_code)
        self->in_doubt = FALSE;
      /* Nobody knows when it changed if nobody looked before */
      take_state (self, &news->state, heard_at - self->confirmed_at <= LATCH_LONGEST_WATCH ? heard_at : 0);
      if (!self->in_doubt)
        take_time (self, &self->confirmed_at, heard_at, LATCH_LOCK_PROP_CONFIRMED_AT);
      take_boolean (self, &self->stale, self->in_doubt, LATCH_LOCK_PROP_STALE);
    }
  else
    {
      if (news->has_state)
        take_state (self, &news->state, heard_at);
      take_boolean (self, &self->stale, TRUE, LATCH_LOCK_PROP_STALE);
    }
  end_change (self, was_busy);
  g_signal_emit (self, signals[APPLIED], 0);
}

/**
 * latch_lock_restore:
 * @known: what was known when the program last ran
 * @confirmed_at: when a bridge had confirmed it
 * @changed_at: when it was seen to change, 0 if it was not
 *
 * Shows what was known, marked as not confirmed yet.
 */
void
latch_lock_restore (LatchLock *self, const LatchDeviceSnapshot *known, gint64 confirmed_at, gint64 changed_at)
{
  gboolean was_busy;

  g_return_if_fail (LATCH_IS_LOCK (self));
  g_return_if_fail (known != NULL);

  was_busy = begin_change (self);
  self->source = LATCH_NEWS_SOURCE_STORED;
  latch_lock_take_identity (self, known);
  take_state (self, &known->state, 0);
  take_time (self, &self->confirmed_at, confirmed_at, LATCH_LOCK_PROP_CONFIRMED_AT);
  take_time (self, &self->changed_at, changed_at, LATCH_LOCK_PROP_CHANGED_AT);
  take_boolean (self, &self->stale, TRUE, LATCH_LOCK_PROP_STALE);
  end_change (self, was_busy);
}

void
latch_lock_set_offline (LatchLock *self, gboolean offline)
{
  gboolean was_busy;

  g_return_if_fail (LATCH_IS_LOCK (self));

  was_busy = begin_change (self);
  take_boolean (self, &self->offline, offline, LATCH_LOCK_PROP_OFFLINE);
  end_change (self, was_busy);
}

void
latch_lock_set_stale (LatchLock *self, gboolean stale)
{
  gboolean was_busy;

  g_return_if_fail (LATCH_IS_LOCK (self));

  was_busy = begin_change (self);
  take_boolean (self, &self->stale, stale, LATCH_LOCK_PROP_STALE);
  end_change (self, was_busy);
}

/* A command went out, and nobody knows what came of it: what is known is older than that */
void
latch_lock_doubt (LatchLock *self)
{
  self->in_doubt = TRUE;
  self->n_lists_in_doubt = 0;
  latch_lock_set_stale (self, TRUE);
}

/**
 * latch_lock_set_rssi:
 * @rssi: how well the bridge hears the lock, in dBm; 0 if it does not
 */
void
latch_lock_set_rssi (LatchLock *self, int rssi)
{
  g_return_if_fail (LATCH_IS_LOCK (self));

  rssi = MIN (rssi, 0);
  if (self->rssi != rssi)
    {
      self->rssi = rssi;
      latch_lock_notify (self, LATCH_LOCK_PROP_RSSI);
    }
}

void
latch_lock_set_pending_action (LatchLock *self, LatchLockAction action)
{
  gboolean was_busy;

  if (self->pending_action == action)
    return;

  was_busy = begin_change (self);
  self->pending_action = action;
  self->pending_since = action != LATCH_LOCK_ACTION_NONE ? g_get_real_time () / G_USEC_PER_SEC : 0;
  latch_lock_notify (self, LATCH_LOCK_PROP_PENDING_ACTION);
  end_change (self, was_busy);
}
