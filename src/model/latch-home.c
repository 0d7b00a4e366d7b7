/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-home-private.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
latch_home_get_item_type (GListModel *model)
{
  return LATCH_TYPE_BRIDGE;
}

static guint
latch_home_get_n_items (GListModel *model)
{
  return LATCH_HOME (model)->keepers->len;
}

static gpointer
latch_home_get_item (GListModel *model, guint position)
{
  LatchHome *self = LATCH_HOME (model);

  return position < self->keepers->len ? g_object_ref (latch_keeper_get_bridge (self->keepers->pdata[position])) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_home_get_item_type;
  iface->get_n_items = latch_home_get_n_items;
  iface->get_item = latch_home_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchHome, latch_home, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

LatchKeeper *
latch_home_find_keeper (LatchHome *self, const char *id)
{
  for (guint i = 0; i < self->keepers->len; i++)
    if (g_strcmp0 (latch_bridge_get_id (latch_keeper_get_bridge (self->keepers->pdata[i])), id) == 0)
      return self->keepers->pdata[i];

  return NULL;
}

static gboolean
is_handed_out (LatchHome *self, guint port)
{
  for (guint i = 0; i < self->keepers->len; i++)
    if (latch_keeper_get_event_port (self->keepers->pdata[i]) == port)
      return TRUE;

  return FALSE;
}

/* Each bridge has a port of its own. Those that fit are kept, so that nobody has to wait for another to leave */
static void
hand_out_ports (LatchHome *self)
{
  for (guint i = 0; i < self->keepers->len; i++)
    {
      LatchKeeper *keeper = self->keepers->pdata[i];
      guint port = latch_keeper_get_event_port (keeper);

      if (self->event_port != 0 && port >= self->event_port && port < self->event_port + self->keepers->len)
        continue;

      port = self->event_port;
      while (port != 0 && is_handed_out (self, port))
        port++;
      latch_keeper_set_event_port (keeper, port <= G_MAXUINT16 ? port : 0);
    }
}

void
latch_home_add_keeper (LatchHome *self, LatchKeeper *keeper)
{
  latch_keeper_set_visible (keeper, self->visible);
  latch_keeper_set_discovery (keeper, self->discovery_enabled, self->discovery_url);
  if (self->installation_id != NULL)
    latch_keeper_set_installation_id (keeper, self->installation_id);

  g_ptr_array_add (self->keepers, g_object_ref (keeper));
  hand_out_ports (self);
  g_list_model_items_changed (G_LIST_MODEL (self), self->keepers->len - 1, 0, 1);
}

static void
latch_home_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, LATCH_HOME (object)->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_home_finalize (GObject *object)
{
  LatchHome *self = LATCH_HOME (object);

  g_clear_handle_id (&self->prune_id, g_source_remove);
  g_clear_pointer (&self->keepers, g_ptr_array_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->token_store);
  g_clear_pointer (&self->discovery_url, g_free);
  g_clear_pointer (&self->installation_id, g_free);

  G_OBJECT_CLASS (latch_home_parent_class)->finalize (object);
}

static void
latch_home_class_init (LatchHomeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_home_get_property;
  object_class->finalize = latch_home_finalize;

  /**
   * LatchHome:loaded:
   *
   * Whether the store has told which bridges there are.
   */
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
latch_home_init (LatchHome *self)
{
  self->keepers = g_ptr_array_new_with_free_func (g_object_unref);
  self->visible = TRUE;
}

void
latch_home_set_loaded (LatchHome *self)
{
  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
}

/**
 * latch_home_new:
 * @store: where bridges and last known states are kept
 * @token_store: where tokens are kept
 *
 * Returns: (transfer full): a home that is empty until latch_home_load_async() has run
 */
LatchHome *
latch_home_new (LatchStore *store, LatchTokenStore *token_store)
{
  LatchHome *self = g_object_new (LATCH_TYPE_HOME, NULL);

  self->store = g_object_ref (store);
  self->token_store = g_object_ref (token_store);

  return self;
}

gboolean
latch_home_is_loaded (LatchHome *self)
{
  g_return_val_if_fail (LATCH_IS_HOME (self), FALSE);

  return self->loaded;
}

LatchStore *
latch_home_get_store (LatchHome *self)
{
  g_return_val_if_fail (LATCH_IS_HOME (self), NULL);

  return self->store;
}

/**
 * latch_home_find_bridge:
 * @id: a bridge's ID
 *
 * Returns: (transfer none) (nullable): the bridge
 */
LatchBridge *
latch_home_find_bridge (LatchHome *self, const char *id)
{
  LatchKeeper *keeper = NULL;

  g_return_val_if_fail (LATCH_IS_HOME (self), NULL);

  keeper = latch_home_find_keeper (self, id);

  return keeper != NULL ? latch_keeper_get_bridge (keeper) : NULL;
}

/**
 * latch_home_suggest_name:
 *
 * Returns: (transfer full): a name for the next bridge that no other one has
 */
char *
latch_home_suggest_name (LatchHome *self)
{
  g_return_val_if_fail (LATCH_IS_HOME (self), NULL);

  for (guint n = 1;; n++)
    {
      /* Translators: the name proposed for a second or further bridge, as in "Home 2" */
      g_autofree char *name = n == 1 ? g_strdup (_("Home")) : g_strdup_printf (_("Home %u"), n);
      gboolean taken = FALSE;

      for (guint i = 0; i < self->keepers->len; i++)
        taken |= g_strcmp0 (latch_bridge_get_name (latch_keeper_get_bridge (self->keepers->pdata[i])), name) == 0;
      if (!taken)
        return g_steal_pointer (&name);
    }
}

/**
 * latch_home_refresh:
 * @bridge: (nullable): one of the bridges, %NULL for all
 *
 * Looks at lists now rather than when it is time; and at the keyring, for a token that could not be had before. Has no
 * effect on bridges that are not watched.
 */
void
latch_home_refresh (LatchHome *self, LatchBridge *bridge)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  for (guint i = 0; i < self->keepers->len; i++)
    {
      LatchKeeper *keeper = self->keepers->pdata[i];
      LatchBridge *kept = latch_keeper_get_bridge (keeper);

      if (bridge != NULL && bridge != kept)
        continue;

      if (latch_client_has_token (latch_bridge_get_client (kept)))
        latch_keeper_refresh (keeper);
      else if (self->watching)
        latch_home_get_token (self, latch_bridge_get_id (kept), NULL);
    }
}

/**
 * latch_home_set_watching:
 * @watching: whether the bridges' locks are kept fresh; they are not at first
 */
void
latch_home_set_watching (LatchHome *self, gboolean watching)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  self->watching = !!watching;
  for (guint i = 0; i < self->keepers->len; i++)
    latch_keeper_set_watching (self->keepers->pdata[i], self->watching);
}

/**
 * latch_home_set_visible:
 * @visible: whether somebody sees the locks, so that bridges are asked more often; so it is at first
 */
void
latch_home_set_visible (LatchHome *self, gboolean visible)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  self->visible = !!visible;
  for (guint i = 0; i < self->keepers->len; i++)
    latch_keeper_set_visible (self->keepers->pdata[i], self->visible);
}

/**
 * latch_home_set_discovery:
 * @enabled: whether the discovery service may be asked where a bridge is that does not answer; it may not at first
 * @url: (nullable): its address, %NULL for the vendor's
 */
void
latch_home_set_discovery (LatchHome *self, gboolean enabled, const char *url)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  self->discovery_enabled = enabled;
  g_set_str (&self->discovery_url, url);
  for (guint i = 0; i < self->keepers->len; i++)
    latch_keeper_set_discovery (self->keepers->pdata[i], enabled, url);
}

/**
 * latch_home_set_event_port:
 * @port: where bridges' news come in, and for each further bridge the next one, as for a firewall's sake; 0, as at
 *   first, for any free ports
 *
 * Takes effect at once: bridges are told where to call from now on.
 */
void
latch_home_set_event_port (LatchHome *self, guint16 port)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  if (self->event_port == port)
    return;

  self->event_port = port;
  hand_out_ports (self);
}
