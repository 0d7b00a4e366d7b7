/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"

#include "latch-model-enum-types.h"

enum
{
  HEARD,
  N_SIGNALS
};

static GParamSpec *properties[LATCH_BRIDGE_N_PROPS];
static guint signals[N_SIGNALS];

static GType
latch_bridge_get_item_type (GListModel *model)
{
  return LATCH_TYPE_LOCK;
}

static guint
latch_bridge_get_n_items (GListModel *model)
{
  return LATCH_BRIDGE (model)->locks->len;
}

static gpointer
latch_bridge_get_item (GListModel *model, guint position)
{
  LatchBridge *self = LATCH_BRIDGE (model);

  return position < self->locks->len ? g_object_ref (self->locks->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_bridge_get_item_type;
  iface->get_n_items = latch_bridge_get_n_items;
  iface->get_item = latch_bridge_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchBridge, latch_bridge, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
latch_bridge_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LatchBridge *self = LATCH_BRIDGE (object);

  switch ((LatchBridgeProperty) prop_id)
    {
    case LATCH_BRIDGE_PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case LATCH_BRIDGE_PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case LATCH_BRIDGE_PROP_CONNECTION:
      g_value_set_enum (value, self->connection);
      break;
    case LATCH_BRIDGE_PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error != NULL ? self->error->message : NULL);
      break;
    case LATCH_BRIDGE_PROP_LAST_CONTACT:
      g_value_set_int64 (value, self->last_contact);
      break;
    case LATCH_BRIDGE_PROP_INFO:
      g_value_set_boxed (value, self->info);
      break;
    case LATCH_BRIDGE_PROP_INFO_AT:
      g_value_set_int64 (value, self->info_at);
      break;
    case LATCH_BRIDGE_PROP_INFO_ERROR_MESSAGE:
      g_value_set_string (value, self->info_error != NULL ? self->info_error->message : NULL);
      break;
    case LATCH_BRIDGE_PROP_ASKING_INFO:
      g_value_set_boolean (value, self->n_info_questions > 0);
      break;
    case LATCH_BRIDGE_PROP_RANGE:
      g_value_set_object (value, self->range);
      break;
    case LATCH_BRIDGE_PROP_SESSION_ONLY:
      g_value_set_boolean (value, self->session_only);
      break;
    case LATCH_BRIDGE_PROP_INSTANT_UPDATES:
      g_value_set_boolean (value, self->instant_updates);
      break;
    case LATCH_BRIDGE_PROP_SUBSCRIPTION:
      g_value_set_object (value, self->subscription);
      break;
    case LATCH_BRIDGE_PROP_MAINTENANCE:
      g_value_set_enum (value, self->maintenance);
      break;
    case LATCH_BRIDGE_PROP_ASKED_TO:
      g_value_set_enum (value, self->asked_to);
      break;
    case LATCH_BRIDGE_PROP_ACCESS:
      g_value_set_enum (value, self->access);
      break;
    case LATCH_BRIDGE_PROP_CHANGING_ACCESS:
      g_value_set_boolean (value, self->changing_access);
      break;
    case LATCH_BRIDGE_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_bridge_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridge *self = LATCH_BRIDGE (object);

  switch (prop_id)
    {
    case LATCH_BRIDGE_PROP_NAME:
      latch_bridge_set_name (self, g_value_get_string (value));
      break;
    case LATCH_BRIDGE_PROP_INSTANT_UPDATES:
      latch_bridge_set_instant_updates (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_bridge_finalize (GObject *object)
{
  LatchBridge *self = LATCH_BRIDGE (object);

  g_clear_pointer (&self->locks, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_object (&self->client);
  g_clear_object (&self->subscription);
  g_clear_object (&self->maintaining);
  g_clear_pointer (&self->installation_id, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_handle_id (&self->info_timer_id, g_source_remove);
  g_clear_object (&self->watching);
  g_clear_pointer (&self->info, latch_info_snapshot_free);
  g_clear_error (&self->info_error);
  g_clear_object (&self->range);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (latch_bridge_parent_class)->finalize (object);
}

static void
latch_bridge_class_init (LatchBridgeClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_bridge_get_property;
  object_class->set_property = latch_bridge_set_property;
  object_class->finalize = latch_bridge_finalize;

  properties[LATCH_BRIDGE_PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[LATCH_BRIDGE_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags | G_PARAM_WRITABLE);
  properties[LATCH_BRIDGE_PROP_CONNECTION] =
      g_param_spec_enum ("connection", NULL, NULL, LATCH_TYPE_CONNECTION, LATCH_CONNECTION_UNKNOWN, flags);
  /**
   * LatchBridge:error-message:
   *
   * Why there is no connection, for people; %NULL while there is one.
   */
  properties[LATCH_BRIDGE_PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL, flags);
  /**
   * LatchBridge:last-contact:
   *
   * When the bridge last answered, in seconds since 1970; 0 if it has not since the program started.
   */
  properties[LATCH_BRIDGE_PROP_LAST_CONTACT] = g_param_spec_int64 ("last-contact", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[LATCH_BRIDGE_PROP_INFO] = g_param_spec_boxed ("info", NULL, NULL, LATCH_TYPE_INFO_SNAPSHOT, flags);
  /**
   * LatchBridge:info-at:
   *
   * When the bridge last told of itself, in seconds since 1970; 0 if it has not since the program started.
   */
  properties[LATCH_BRIDGE_PROP_INFO_AT] = g_param_spec_int64 ("info-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * LatchBridge:info-error-message:
   *
   * Why it does not tell of itself any more, for people; %NULL if it did when it was last asked.
   */
  properties[LATCH_BRIDGE_PROP_INFO_ERROR_MESSAGE] =
      g_param_spec_string ("info-error-message", NULL, NULL, NULL, flags);
  /**
   * LatchBridge:asking-info:
   *
   * Whether the bridge is being asked about itself.
   */
  properties[LATCH_BRIDGE_PROP_ASKING_INFO] = g_param_spec_boolean ("asking-info", NULL, NULL, FALSE, flags);
  /**
   * LatchBridge:range:
   *
   * The devices that the bridge hears.
   */
  properties[LATCH_BRIDGE_PROP_RANGE] = g_param_spec_object ("range", NULL, NULL, LATCH_TYPE_RANGE, flags);
  /**
   * LatchBridge:session-only:
   *
   * Whether the token will be gone when the program ends, as there is no keyring to keep it.
   */
  properties[LATCH_BRIDGE_PROP_SESSION_ONLY] = g_param_spec_boolean ("session-only", NULL, NULL, FALSE, flags);
  /**
   * LatchBridge:instant-updates:
   *
   * Whether the bridge is to tell of changes of its own accord (spec: /callback).
   */
  properties[LATCH_BRIDGE_PROP_INSTANT_UPDATES] =
      g_param_spec_boolean ("instant-updates", NULL, NULL, TRUE, flags | G_PARAM_WRITABLE);
  /**
   * LatchBridge:subscription:
   *
   * How far we got with that; %NULL while the bridge is not watched.
   */
  properties[LATCH_BRIDGE_PROP_SUBSCRIPTION] =
      g_param_spec_object ("subscription", NULL, NULL, LATCH_TYPE_SUBSCRIPTION, flags);
  /**
   * LatchBridge:maintenance:
   *
   * What the bridge was told to do with itself, and does now: see latch_bridge_maintain_async().
   */
  properties[LATCH_BRIDGE_PROP_MAINTENANCE] =
      g_param_spec_enum ("maintenance", NULL, NULL, LATCH_TYPE_MAINTENANCE, LATCH_MAINTENANCE_NONE, flags);
  /**
   * LatchBridge:asked-to:
   *
   * What it is being told to do with itself at this moment.
   */
  properties[LATCH_BRIDGE_PROP_ASKED_TO] =
      g_param_spec_enum ("asked-to", NULL, NULL, LATCH_TYPE_MAINTENANCE, LATCH_MAINTENANCE_NONE, flags);
  /**
   * LatchBridge:access:
   *
   * Whether other programs may pair with the bridge, as far as we know.
   */
  properties[LATCH_BRIDGE_PROP_ACCESS] =
      g_param_spec_enum ("access", NULL, NULL, LATCH_TYPE_ACCESS, LATCH_ACCESS_UNKNOWN, flags);
  properties[LATCH_BRIDGE_PROP_CHANGING_ACCESS] =
      g_param_spec_boolean ("changing-access", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, LATCH_BRIDGE_N_PROPS, properties);

  /**
   * LatchBridge::heard:
   * @changed: whether that was anything new
   * @pushed: whether the bridge told of its own accord
   *
   * The bridge's list, or what it told of a lock, was taken over.
   */
  signals[HEARD] = g_signal_new ("heard", LATCH_TYPE_BRIDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_BOOLEAN, G_TYPE_BOOLEAN);
}

static void
latch_bridge_init (LatchBridge *self)
{
  self->locks = g_ptr_array_new_with_free_func (g_object_unref);
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_lock_choice_free);
  self->range = latch_range_new ();
  self->instant_updates = TRUE;
  self->haste = 1;
}

/* For the files that share this class */

void
latch_bridge_notify (LatchBridge *self, LatchBridgeProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
latch_bridge_tell_heard (LatchBridge *self, gboolean changed, gboolean pushed)
{
  g_signal_emit (self, signals[HEARD], 0, changed, pushed);
}

/**
 * latch_bridge_new:
 * @id: what identifies the bridge: the ID under which the discovery service knows it
 * @name: what the person calls it
 * @client: speaks to it
 *
 * Returns: (transfer full): a bridge without locks
 */
LatchBridge *
latch_bridge_new (const char *id, const char *name, LatchClient *client)
{
  LatchBridge *self = g_object_new (LATCH_TYPE_BRIDGE, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->client = g_object_ref (client);

  return self;
}

static gboolean
find_position (LatchBridge *self, guint64 nuki_id, int device_type, guint *position)
{
  for (guint i = 0; i < self->locks->len; i++)
    {
      LatchLock *lock = self->locks->pdata[i];

      if (latch_lock_get_nuki_id (lock) == nuki_id && latch_lock_get_device_type (lock) == device_type)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * latch_bridge_find_lock:
 * @nuki_id: an ID
 * @device_type: the type that goes with it; IDs are unique only within one
 *
 * Returns: (transfer none) (nullable): the lock
 */
LatchLock *
latch_bridge_find_lock (LatchBridge *self, guint64 nuki_id, int device_type)
{
  guint position;

  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  return find_position (self, nuki_id, device_type, &position) ? self->locks->pdata[position] : NULL;
}

/**
 * latch_bridge_restore_lock:
 * @known: what was known of a lock when the program last ran
 * @confirmed_at: when the bridge had confirmed it
 * @changed_at: when it was seen to change, 0 if it was not
 *
 * Adds a lock at the end, marked as not confirmed.
 */
void
latch_bridge_restore_lock (LatchBridge *self, const LatchDeviceSnapshot *known, gint64 confirmed_at, gint64 changed_at)
{
  LatchLock *lock = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));

  lock = latch_lock_new (self, known->nuki_id, known->device_type);
  latch_bridge_apply_choice (self, lock);
  latch_lock_restore (lock, known, confirmed_at, changed_at);
  g_ptr_array_add (self->locks, lock);
  g_list_model_items_changed (G_LIST_MODEL (self), self->locks->len - 1, 0, 1);
}

static gboolean
is_in (GPtrArray *devices, LatchLock *lock)
{
  for (guint i = 0; i < devices->len; i++)
    {
      const LatchDeviceSnapshot *device = devices->pdata[i];

      if (device->nuki_id == latch_lock_get_nuki_id (lock) && device->device_type == latch_lock_get_device_type (lock))
        return TRUE;
    }

  return FALSE;
}

/* Before anything else: who looks at one lock is not to lose sight of it as another one's place is filled */
static guint
remove_missing (LatchBridge *self, GPtrArray *devices)
{
  guint n_removed = 0;

  for (guint i = self->locks->len; i-- > 0;)
    {
      if (is_in (devices, self->locks->pdata[i]))
        continue;

      g_ptr_array_remove_index (self->locks, i);
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
      n_removed++;
    }

  return n_removed;
}

/* @asked_at_event: how many events had come when the list was asked for; it cannot know of later ones */
void
latch_bridge_apply_list_since (LatchBridge *self, GPtrArray *devices, gint64 heard_at, guint64 asked_at_event)
{
  guint n_changes = 0;

  g_return_if_fail (LATCH_IS_BRIDGE (self));
  g_return_if_fail (devices != NULL);

  self->n_failures = 0;
  self->untold = FALSE;
  /* Who takes our token has not forgotten it */
  if (self->maintenance == LATCH_MAINTENANCE_WAS_RESET)
    latch_bridge_set_maintenance (self, LATCH_MAINTENANCE_NONE);
  if (self->last_contact != heard_at)
    {
      self->last_contact = heard_at;
      latch_bridge_notify (self, LATCH_BRIDGE_PROP_LAST_CONTACT);
    }
  latch_bridge_set_connection (self, LATCH_CONNECTION_CONNECTED, NULL);
  n_changes += remove_missing (self, devices);

  for (guint i = 0; i < devices->len; i++)
    {
      const LatchDeviceSnapshot *news = devices->pdata[i];
      LatchLock *lock = NULL;
      guint position;

      if (find_position (self, news->nuki_id, news->device_type, &position))
        {
          lock = g_object_ref (self->locks->pdata[position]);
          if (position != i)
            {
              g_ptr_array_remove_index (self->locks, position);
              g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
              g_ptr_array_insert (self->locks, i, lock);
              g_list_model_items_changed (G_LIST_MODEL (self), i, 0, 1);
              n_changes++;
            }
          n_changes += latch_bridge_confirm_lock (self, lock, news, heard_at, asked_at_event);
          if (position == i)
            g_object_unref (lock);
          continue;
        }

      lock = latch_lock_new (self, news->nuki_id, news->device_type);
      latch_bridge_apply_choice (self, lock);
      latch_bridge_confirm_lock (self, lock, news, heard_at, asked_at_event);
      g_ptr_array_insert (self->locks, i, lock);
      g_list_model_items_changed (G_LIST_MODEL (self), i, 0, 1);
      n_changes++;
    }

  latch_range_match (self->range, G_LIST_MODEL (self));
  latch_bridge_tell_heard (self, n_changes > 0, FALSE);
}

/**
 * latch_bridge_apply_list:
 * @devices: (element-type LatchDeviceSnapshot): the bridge's whole list
 * @heard_at: when it came, in seconds since 1970
 *
 * Takes over what the bridge lists: locks that are new appear, locks that are gone go, the others keep their objects.
 */
void
latch_bridge_apply_list (LatchBridge *self, GPtrArray *devices, gint64 heard_at)
{
  latch_bridge_apply_list_since (self, devices, heard_at, G_MAXUINT64);
}
