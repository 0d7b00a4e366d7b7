/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-status-line.h"

#include "latch-bridge.h"
#include "latch-lock-census.h"
#include "latch-portal.h"
#include "latch-status-text.h"

#define PORTAL "org.freedesktop.portal.Background"
/* What changes together is told together */
#define PAUSE_MS 500

struct _LatchStatusLine
{
  GObject parent_instance;

  GtkApplication *application; /* owns us */
  GListModel *bridges;
  GListModel *locks;
  LatchLockCensus *census;
  GCancellable *cancellable;

  guint pause_id;
  char *told;
  gboolean is_unwanted; /* the desktop does not want to know */
};

G_DEFINE_FINAL_TYPE (LatchStatusLine, latch_status_line, G_TYPE_OBJECT)

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchStatusLine) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* Most desktops want to know it of sandboxed programs only */
  if (!reply)
    {
      self->is_unwanted = TRUE;
      g_debug ("Nobody shows our status: %s", error->message);
    }
}

static void
update_cb (gpointer user_data)
{
  LatchStatusLine *self = user_data;
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self->application));
  g_autofree char *text = NULL;
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);

  self->pause_id = 0;
  /* Who has a window sees for himself */
  if (!connection || self->is_unwanted || gtk_application_get_windows (self->application))
    return;

  text = latch_status_text_new (self->bridges, self->locks);
  if (g_strcmp0 (text, self->told) == 0)
    return;

  g_set_str (&self->told, text);
  g_variant_dict_insert (&options, "message", "s", text ? text : "");
  g_dbus_connection_call (connection, LATCH_PORTAL_NAME, LATCH_PORTAL_PATH, PORTAL, "SetStatus",
                          g_variant_new ("(@a{sv})", g_variant_dict_end (&options)), NULL, G_DBUS_CALL_FLAGS_NONE,
                          G_MAXINT, self->cancellable, told_cb, g_object_ref (self));
}

static void
queue_update (LatchStatusLine *self)
{
  if (self->pause_id == 0 && !self->is_unwanted)
    self->pause_id = g_timeout_add_once (PAUSE_MS, update_cb, self);
}

static void
bridges_changed_cb (LatchStatusLine *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (self->bridges, i);

      g_signal_connect_object (bridge, "notify::connection", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (bridge, "notify::name", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
    }

  queue_update (self);
}

static void
latch_status_line_dispose (GObject *object)
{
  LatchStatusLine *self = LATCH_STATUS_LINE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_object (&self->census);
  g_clear_object (&self->locks);
  g_clear_object (&self->bridges);

  G_OBJECT_CLASS (latch_status_line_parent_class)->dispose (object);
}

static void
latch_status_line_finalize (GObject *object)
{
  LatchStatusLine *self = LATCH_STATUS_LINE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->told, g_free);

  G_OBJECT_CLASS (latch_status_line_parent_class)->finalize (object);
}

static void
latch_status_line_class_init (LatchStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_status_line_dispose;
  object_class->finalize = latch_status_line_finalize;
}

static void
latch_status_line_init (LatchStatusLine *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * latch_status_line_new:
 * @application: whose status it is; outlives this
 * @bridges: a list of #LatchBridge, such as a #LatchHome
 * @locks: a list of those of their #LatchLock that somebody wants to see
 */
LatchStatusLine *
latch_status_line_new (GtkApplication *application, GListModel *bridges, GListModel *locks)
{
  LatchStatusLine *self = g_object_new (LATCH_TYPE_STATUS_LINE, NULL);

  self->application = application;
  self->bridges = g_object_ref (bridges);
  self->locks = g_object_ref (locks);
  self->census = latch_lock_census_new (locks);
  g_signal_connect_object (self->census, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridges, "items-changed", G_CALLBACK (bridges_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  bridges_changed_cb (self, 0, 0, g_list_model_get_n_items (bridges));

  return self;
}
