/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-receivers-private.h"

#include "latch-error.h"

#define INTERVAL_SECONDS 30

typedef enum
{
  PROP_KNOWN = 1,
  PROP_PROBLEM,
  PROP_ADDING,
} LatchReceiversProperty;

static GParamSpec *properties[PROP_ADDING + 1];

static GType
latch_receivers_get_item_type (GListModel *model)
{
  return LATCH_TYPE_RECEIVER;
}

static guint
latch_receivers_get_n_items (GListModel *model)
{
  return LATCH_RECEIVERS (model)->items->len;
}

static gpointer
latch_receivers_get_item (GListModel *model, guint position)
{
  LatchReceivers *self = LATCH_RECEIVERS (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_receivers_get_item_type;
  iface->get_n_items = latch_receivers_get_n_items;
  iface->get_item = latch_receivers_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchReceivers, latch_receivers, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
judge_all (LatchReceivers *self)
{
  const char *url = self->subscription != NULL ? latch_subscription_get_url (self->subscription) : NULL;

  for (guint i = 0; i < self->items->len; i++)
    latch_receiver_judge (self->items->pdata[i], url, latch_bridge_get_installation_id (self->bridge));
}

static void
set_problem (LatchReceivers *self, const char *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchReceivers) self = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) callbacks = latch_client_callback_list_finish (LATCH_CLIENT (source), result, &error);

  self->asking = FALSE;
  if (callbacks != NULL)
    latch_receivers_take (self, callbacks);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      latch_bridge_explain_error (self->bridge, &error);
      latch_bridge_apply_lock_error (self->bridge, error);
      set_problem (self, error->message);
    }
  g_clear_error (&error);

  if (self->ask_again)
    latch_receivers_refresh (self);
}

/* Whether it is of any use to ask; what is wrong with the bridge is told elsewhere */
static gboolean
can_ask (LatchReceivers *self)
{
  LatchConnection connection = latch_bridge_get_connection (self->bridge);

  return self->active && latch_bridge_get_maintenance (self->bridge) == LATCH_MAINTENANCE_NONE &&
         (connection == LATCH_CONNECTION_CONNECTED || connection == LATCH_CONNECTION_BUSY);
}

static gboolean
timer_cb (gpointer user_data)
{
  latch_receivers_refresh (user_data);

  return G_SOURCE_CONTINUE;
}

static void
subscription_cb (LatchReceivers *self)
{
  LatchSubscription *subscription = latch_bridge_get_subscription (self->bridge);

  if (self->subscription != NULL)
    g_signal_handlers_disconnect_by_data (self->subscription, self);
  g_set_object (&self->subscription, subscription);
  if (subscription != NULL)
    g_signal_connect_object (subscription, "notify::state", G_CALLBACK (latch_receivers_refresh), self,
                             G_CONNECT_SWAPPED);
  judge_all (self);
  latch_receivers_refresh (self);
}

static void
latch_receivers_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LatchReceivers *self = LATCH_RECEIVERS (object);

  switch ((LatchReceiversProperty) prop_id)
    {
    case PROP_KNOWN:
      g_value_set_boolean (value, self->known);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_ADDING:
      g_value_set_boolean (value, self->adding);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_receivers_dispose (GObject *object)
{
  latch_receivers_set_active (LATCH_RECEIVERS (object), FALSE);

  G_OBJECT_CLASS (latch_receivers_parent_class)->dispose (object);
}

static void
latch_receivers_finalize (GObject *object)
{
  LatchReceivers *self = LATCH_RECEIVERS (object);

  g_clear_object (&self->subscription);
  g_clear_object (&self->bridge);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (latch_receivers_parent_class)->finalize (object);
}

static void
latch_receivers_class_init (LatchReceiversClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_receivers_get_property;
  object_class->dispose = latch_receivers_dispose;
  object_class->finalize = latch_receivers_finalize;

  /**
   * LatchReceivers:known:
   *
   * Whether the bridge has said who they are.
   */
  properties[PROP_KNOWN] = g_param_spec_boolean ("known", NULL, NULL, FALSE, flags);
  /**
   * LatchReceivers:problem:
   *
   * Why it could not be asked the last time, for people.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_ADDING] = g_param_spec_boolean ("adding", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
latch_receivers_init (LatchReceivers *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

static LatchReceiver *
take_known (LatchReceivers *self, GPtrArray *taken, const char *url)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (latch_receiver_get_url (self->items->pdata[i]), url) &&
        !g_ptr_array_find (taken, self->items->pdata[i], NULL))
      return g_object_ref (self->items->pdata[i]);

  return latch_receiver_new (url);
}

/* For the files that share this class: takes over what the bridge listed. Whoever stays keeps its object */
void
latch_receivers_take (LatchReceivers *self, GPtrArray *callbacks)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint before = self->items->len;
  guint first = 0, last = 0;

  for (guint i = 0; i < callbacks->len; i++)
    g_ptr_array_add (items, take_known (self, items, ((LatchCallback *) callbacks->pdata[i])->url));
  while (first < MIN (before, items->len) && items->pdata[first] == self->items->pdata[first])
    first++;
  while (last < MIN (before, items->len) - first &&
         items->pdata[items->len - 1 - last] == self->items->pdata[before - 1 - last])
    last++;

  g_ptr_array_unref (self->items);
  self->items = g_steal_pointer (&items);
  judge_all (self);
  if (first + last < MAX (before, self->items->len))
    g_list_model_items_changed (G_LIST_MODEL (self), first, before - first - last, self->items->len - first - last);

  set_problem (self, NULL);
  if (!self->known)
    {
      self->known = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KNOWN]);
    }
}

/* For the files that share this class */
void
latch_receivers_set_adding (LatchReceivers *self, gboolean adding)
{
  if (self->adding != adding)
    {
      self->adding = adding;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADDING]);
    }
}

/**
 * latch_receivers_new:
 * @bridge: who tells
 *
 * Returns: (transfer full): a list that is empty until somebody looks: see latch_receivers_set_active()
 */
LatchReceivers *
latch_receivers_new (LatchBridge *bridge)
{
  LatchReceivers *self = g_object_new (LATCH_TYPE_RECEIVERS, NULL);

  self->bridge = g_object_ref (bridge);
  g_signal_connect_object (bridge, "notify::subscription", G_CALLBACK (subscription_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::connection", G_CALLBACK (latch_receivers_refresh), self, G_CONNECT_SWAPPED);
  subscription_cb (self);

  return self;
}

gboolean
latch_receivers_get_known (LatchReceivers *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVERS (self), FALSE);

  return self->known;
}

const char *
latch_receivers_get_problem (LatchReceivers *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVERS (self), NULL);

  return self->problem;
}

gboolean
latch_receivers_get_adding (LatchReceivers *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVERS (self), FALSE);

  return self->adding;
}

/**
 * latch_receivers_set_active:
 * @active: whether somebody looks; nobody does at first
 */
void
latch_receivers_set_active (LatchReceivers *self, gboolean active)
{
  g_return_if_fail (LATCH_IS_RECEIVERS (self));

  if (self->active == !!active)
    return;

  self->active = !!active;
  if (active)
    {
      self->cancellable = g_cancellable_new ();
      self->timer_id = g_timeout_add_seconds (INTERVAL_SECONDS, timer_cb, self);
      latch_receivers_refresh (self);
    }
  else
    {
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      g_clear_handle_id (&self->timer_id, g_source_remove);
    }
}

/**
 * latch_receivers_refresh:
 *
 * Asks the bridge now (spec: /callback/list), if somebody looks and it is there.
 */
void
latch_receivers_refresh (LatchReceivers *self)
{
  g_return_if_fail (LATCH_IS_RECEIVERS (self));

  self->ask_again = self->asking;
  if (self->asking || !can_ask (self))
    return;

  self->asking = TRUE;
  latch_client_callback_list_async (latch_bridge_get_client (self->bridge), self->cancellable, listed_cb,
                                    g_object_ref (self));
}
