/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-recorder.h"

#include "latch-lock-private.h"

/* Seconds for which a command that is over, and of which nobody knows what came of it, may still be why a lock moved */
#define MOMENT 60

/* What bridges say of a door whose state is not known; some say something else */
#define DOOR_STATE_UNKNOWN_CODE 4

G_STATIC_ASSERT (LATCH_TRISTATE_UNKNOWN == LATCH_EVENT_VALUE_UNKNOWN);

/* A bolt that moves is on its way to what will be recorded */
static int
get_resting_state (LatchLock *lock)
{
  LatchLockState state = latch_lock_get_state (lock);

  return state == LATCH_LOCK_STATE_UNKNOWN || latch_lock_state_is_moving (state) ? LATCH_EVENT_VALUE_UNKNOWN
                                                                                 : latch_lock_get_state_code (lock);
}

static int
get_door_state (LatchLock *lock)
{
  return latch_lock_get_door_state (lock) == LATCH_DOOR_STATE_UNKNOWN ? DOOR_STATE_UNKNOWN_CODE
                                                                      : lock->said.door_state_code;
}

/* Locks have but one */
static int
get_mode (LatchLock *lock)
{
  return latch_lock_is_opener (lock) ? latch_lock_get_mode (lock) : LATCH_EVENT_VALUE_UNKNOWN;
}

static int
get_battery (LatchLock *lock)
{
  return latch_lock_get_battery_critical (lock);
}

static int
get_keypad_battery (LatchLock *lock)
{
  return latch_lock_get_keypad_battery_critical (lock);
}

/* What is so, rather than what happens; each has a value, LATCH_EVENT_VALUE_UNKNOWN if there is nothing to record */
static const struct
{
  LatchEventKind kind;
  int (*get_value) (LatchLock *lock);
} facts[] = {
  { LATCH_EVENT_STATE, get_resting_state },
  { LATCH_EVENT_MODE, get_mode },
  { LATCH_EVENT_DOOR, get_door_state },
  { LATCH_EVENT_BATTERY, get_battery },
  { LATCH_EVENT_KEYPAD_BATTERY, get_keypad_battery },
};

/* What was last known of a lock. It is kept when the lock goes: locks come back */
typedef struct
{
  LatchRecorder *recorder;
  LatchLock *lock; /* NULL while the bridge does not list it */
  guint64 nuki_id;
  int device_type;

  int values[G_N_ELEMENTS (facts)];
  gint64 ring_timestamp;
  gint64 watched_until; /* 0 if it never was */
  LatchEventCause unseen_because;
  gboolean unseen_for_several_reasons;
  gboolean known; /* what was last seen is recorded, as far as one knows */

  LatchLockAction action; /* what was last asked for from here, as long as it may be why the lock moves */
  gint64 action_until;
  gboolean action_moved_it;
} Watch;

struct _LatchRecorder
{
  GObject parent_instance;

  LatchBridge *bridge;
  LatchStore *store;
  GHashTable *watches; /* of Watch, all that there ever were */
  GPtrArray *order;    /* those of the bridge's present locks, in its order */
};

G_DEFINE_FINAL_TYPE (LatchRecorder, latch_recorder, G_TYPE_OBJECT)

static guint
hash_watch (gconstpointer key)
{
  const Watch *watch = key;

  return g_int64_hash (&watch->nuki_id) ^ (guint) watch->device_type;
}

static gboolean
equal_watches (gconstpointer a, gconstpointer b)
{
  const Watch *first = a, *second = b;

  return first->nuki_id == second->nuki_id && first->device_type == second->device_type;
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchRecorder) self = user_data;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer key;

  if (latch_store_write_finish (LATCH_STORE (source), result, &error))
    return;

  /* What is so will be told again with the next confirmation */
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    ((Watch *) key)->known = FALSE;

  /* Before a bridge is saved, and after it was forgotten, nothing is recorded */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_debug ("Nothing is recorded of a bridge that is not kept");
  else
    g_message ("Could not record what happened to a lock: %s", error->message);
}

static LatchEvent *
add_event (Watch *self, GPtrArray *events, LatchEventKind kind, gint64 from, gint64 to)
{
  LatchEvent *event =
      latch_event_new (kind, latch_bridge_get_id (self->recorder->bridge), self->nuki_id, self->device_type);

  event->at = latch_lock_get_confirmed_at (self->lock);
  event->from = from;
  event->to = to;
  g_ptr_array_add (events, event);

  return event;
}

static gboolean
is_for_mode (LatchLockAction action)
{
  return action == LATCH_LOCK_ACTION_ACTIVATE_CM || action == LATCH_LOCK_ACTION_DEACTIVATE_CM;
}

/* Whether nothing more comes of @action once it has brought a lock into its present state */
static gboolean
is_end (LatchLockAction action, LatchLockState state)
{
  switch (action)
    {
    case LATCH_LOCK_ACTION_UNLATCH:
      return state != LATCH_LOCK_STATE_UNLATCHED;
    case LATCH_LOCK_ACTION_LOCK_N_GO:
    case LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH:
      return state == LATCH_LOCK_STATE_LOCKED;
    case LATCH_LOCK_ACTION_OPEN:
      return state != LATCH_LOCK_STATE_OPEN;
    default:
      return TRUE;
    }
}

/* Bridges do not tell who acts. What was asked for from here, and then is so, is taken for an effect of that */
static LatchEventCause
find_cause (Watch *self, LatchEventKind kind)
{
  LatchLockState state = latch_lock_get_state (self->lock);
  gboolean is_over = latch_lock_get_pending_action (self->lock) == LATCH_LOCK_ACTION_NONE;

  if (self->action == LATCH_LOCK_ACTION_NONE ||
      kind != (is_for_mode (self->action) ? LATCH_EVENT_MODE : LATCH_EVENT_STATE) ||
      latch_lock_get_confirmed_at (self->lock) > self->action_until ||
      !latch_lock_action_leads_to (self->action, state, latch_lock_get_mode (self->lock)))
    return LATCH_EVENT_CAUSE_SEEN;

  self->action_moved_it = TRUE;
  if (is_over && is_end (self->action, state))
    self->action = LATCH_LOCK_ACTION_NONE;

  return LATCH_EVENT_CAUSE_THIS_COMPUTER;
}

static void
compare_facts (Watch *self, GPtrArray *events)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      int before = self->values[i];
      int value = facts[i].get_value (self->lock);

      if (value == LATCH_EVENT_VALUE_UNKNOWN || (value == before && self->known))
        continue;

      /* What is told first is no change, but others may have recorded what it was before */
      if (before == LATCH_EVENT_VALUE_UNKNOWN || value == before)
        add_event (self, events, facts[i].kind, value, value);
      else
        add_event (self, events, facts[i].kind, before, value)->cause = find_cause (self, facts[i].kind);
      self->values[i] = value;
    }
}

/* Bridges repeat the last ring for ever. Where none was known, it may be of long ago */
static void
compare_ring (Watch *self, GPtrArray *events)
{
  gint64 before = self->ring_timestamp;
  gint64 timestamp = latch_lock_get_ring_timestamp (self->lock);

  if (timestamp > before && (before != 0 || latch_lock_get_ring_active (self->lock) == LATCH_TRISTATE_YES))
    add_event (self, events, LATCH_EVENT_RING, before != 0 ? before : LATCH_EVENT_VALUE_UNKNOWN, timestamp);
  if (timestamp != 0)
    self->ring_timestamp = timestamp;
}

/*
 * A lock that its bridge cannot reach is not watched, although its bridge is: that lists for ever what the lock was
 * when it was last heard.
 */
static gboolean
is_heard (Watch *self)
{
  if (latch_lock_get_stale (self->lock))
    return FALSE;
  if (!latch_lock_get_offline (self->lock))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      int value = facts[i].get_value (self->lock);

      if (value != LATCH_EVENT_VALUE_UNKNOWN && value != self->values[i])
        return TRUE;
    }

  return latch_lock_get_ring_timestamp (self->lock) > self->ring_timestamp;
}

/* Of a gap with several reasons, none is named: each would be a lie for a part of it */
static void
note_reason (Watch *self, LatchEventCause reason)
{
  self->unseen_for_several_reasons |= self->unseen_because != LATCH_EVENT_CAUSE_SEEN && self->unseen_because != reason;
  self->unseen_because = reason;
}

static void
add_gap (Watch *self, GPtrArray *events)
{
  LatchEvent *event = add_event (self, events, LATCH_EVENT_GAP, self->watched_until,
                                 latch_lock_get_confirmed_at (self->lock));

  if (!self->unseen_for_several_reasons)
    event->cause = self->unseen_because;
}

/* Sees what is new */
static void
look (Watch *self)
{
  gint64 confirmed_at = latch_lock_get_confirmed_at (self->lock);
  g_autoptr (GPtrArray) events = NULL;

  if (!is_heard (self))
    return;

  events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  if (self->watched_until != 0 && confirmed_at - self->watched_until > LATCH_LONGEST_WATCH)
    {
      add_gap (self, events);
      self->known = FALSE;
    }
  compare_facts (self, events);
  compare_ring (self, events);
  self->watched_until = confirmed_at;
  self->unseen_because = LATCH_EVENT_CAUSE_SEEN;
  self->unseen_for_several_reasons = FALSE;
  self->known = TRUE;

  if (events->len > 0)
    latch_store_record_events_async (self->recorder->store, events, NULL, recorded_cb,
                                     g_object_ref (self->recorder));
}

static void
pending_action_cb (Watch *self)
{
  LatchLockAction action = latch_lock_get_pending_action (self->lock);

  if (action != LATCH_LOCK_ACTION_NONE)
    {
      self->action = action;
      self->action_until = G_MAXINT64;
      self->action_moved_it = FALSE;
      return;
    }

  /* Either nobody knows what came of it, or some of what comes of it may be still to come */
  self->action_until = g_get_real_time () / G_USEC_PER_SEC + MOMENT;
  if (!latch_lock_get_stale (self->lock) &&
      (!self->action_moved_it || is_end (self->action, latch_lock_get_state (self->lock))))
    self->action = LATCH_LOCK_ACTION_NONE;
}

static void
offline_cb (Watch *self)
{
  if (latch_lock_get_offline (self->lock))
    note_reason (self, LATCH_EVENT_CAUSE_LOCK_OFFLINE);
}

static void
connection_cb (LatchRecorder *self)
{
  if (latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_UNREACHABLE)
    for (guint i = 0; i < self->order->len; i++)
      note_reason (self->order->pdata[i], LATCH_EVENT_CAUSE_BRIDGE_UNREACHABLE);
}

static void
remember (Watch *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    self->values[i] = facts[i].get_value (self->lock);
  self->ring_timestamp = latch_lock_get_ring_timestamp (self->lock);
  self->watched_until = latch_lock_get_confirmed_at (self->lock);
  note_reason (self, LATCH_EVENT_CAUSE_NOT_RUNNING);
}

static void
stop_watching (Watch *self)
{
  if (self->lock == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->lock, self);
  g_clear_object (&self->lock);
}

static Watch *
start_watching (LatchRecorder *self, LatchLock *lock)
{
  Watch key = { .nuki_id = latch_lock_get_nuki_id (lock), .device_type = latch_lock_get_device_type (lock) };
  Watch *watch = g_hash_table_lookup (self->watches, &key);
  gboolean is_new = watch == NULL;

  if (is_new)
    {
      watch = g_memdup2 (&key, sizeof key);
      watch->recorder = self;
      g_hash_table_add (self->watches, watch);
    }

  stop_watching (watch);
  watch->lock = g_object_ref (lock);
  g_signal_connect_swapped (lock, "applied", G_CALLBACK (look), watch);
  g_signal_connect_swapped (lock, "notify::pending-action", G_CALLBACK (pending_action_cb), watch);
  g_signal_connect_swapped (lock, "notify::offline", G_CALLBACK (offline_cb), watch);

  /* What is known of it but not confirmed was restored from when the program last ran */
  if (is_new)
    remember (watch);
  look (watch);

  return watch;
}

static void
items_changed_cb (LatchRecorder *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_removed; i++)
    stop_watching (g_ptr_array_steal_index (self->order, position));

  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->bridge), position + i);

      g_ptr_array_insert (self->order, position + i, start_watching (self, lock));
    }
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  stop_watching (watch);
  g_free (watch);
}

static void
latch_recorder_finalize (GObject *object)
{
  LatchRecorder *self = LATCH_RECORDER (object);

  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->watches, g_hash_table_unref);
  g_clear_object (&self->bridge);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (latch_recorder_parent_class)->finalize (object);
}

static void
latch_recorder_class_init (LatchRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_recorder_finalize;
}

static void
latch_recorder_init (LatchRecorder *self)
{
  self->watches = g_hash_table_new_full (hash_watch, equal_watches, watch_free, NULL);
  self->order = g_ptr_array_new ();
}

/**
 * latch_recorder_new:
 * @bridge: whose locks to watch. What is known of them already and not confirmed counts as restored
 * @store: where to record what they do
 *
 * Records, for as long as it lives, all that is confirmed of the bridge's locks by whatever comes through
 * latch_lock_apply(), and the times in which nothing was.
 *
 * Returns: (transfer full): a recorder
 */
LatchRecorder *
latch_recorder_new (LatchBridge *bridge, LatchStore *store)
{
  LatchRecorder *self = g_object_new (LATCH_TYPE_RECORDER, NULL);

  self->bridge = g_object_ref (bridge);
  self->store = g_object_ref (store);
  g_signal_connect_object (bridge, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::connection", G_CALLBACK (connection_cb), self, G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (bridge)));

  return self;
}
