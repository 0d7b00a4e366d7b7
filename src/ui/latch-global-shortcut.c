/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-global-shortcut.h"

#include "latch-error.h"
#include "latch-portal-request.h"
#include "latch-portal.h"

#include <glib/gi18n-lib.h>

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"
#define PORTAL "org.freedesktop.portal.GlobalShortcuts"
#define SESSION_INTERFACE "org.freedesktop.portal.Session"
#define KEY "lock-all-shortcut"
#define SHORTCUT "lock-all"

struct _LatchGlobalShortcut
{
  GObject parent_instance;

  GApplication *application; /* owns us */
  GSettings *settings;

  gboolean is_available;
  char *session; /* the object that the desktop has made for our keys; NULL if none */
  char *keys;    /* what they are, as the desktop puts it */
  char *problem; /* why there are none */
  guint owner_id;
  guint activated_id;
  guint closed_id;
  GCancellable *asking; /* NULL while nobody is asked anything */
};

G_DEFINE_FINAL_TYPE (LatchGlobalShortcut, latch_global_shortcut, G_TYPE_OBJECT)

enum
{
  ACTIVATED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GDBusConnection *
get_connection (LatchGlobalShortcut *self)
{
  return self->application ? g_application_get_dbus_connection (self->application) : NULL;
}

static void
tell_changed (LatchGlobalShortcut *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget_session (LatchGlobalShortcut *self)
{
  GDBusConnection *connection = get_connection (self);

  if (self->activated_id)
    g_dbus_connection_signal_unsubscribe (connection, self->activated_id);
  if (self->closed_id)
    g_dbus_connection_signal_unsubscribe (connection, self->closed_id);
  self->activated_id = 0;
  self->closed_id = 0;
  g_clear_pointer (&self->session, g_free);
  g_clear_pointer (&self->keys, g_free);
}

static void
stop_asking (LatchGlobalShortcut *self)
{
  if (self->asking)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
end (LatchGlobalShortcut *self)
{
  stop_asking (self);
  if (!self->session)
    return;

  g_dbus_connection_call (get_connection (self), LATCH_PORTAL_NAME, self->session, SESSION_INTERFACE, "Close", NULL,
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  forget_session (self);
}

/* What was refused is taken back. Where there is nobody to ask, as in another session, the wish stays. */
static void
fail (LatchGlobalShortcut *self, const GError *error)
{
  g_message ("There is no shortcut: %s", error->message);
  end (self);
  g_set_str (&self->problem, error->message);
  if (!g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED) && g_settings_get_boolean (self->settings, KEY))
    g_settings_set_boolean (self->settings, KEY, FALSE);
  tell_changed (self);
}

static void
activated_cb (GDBusConnection *connection,
              const char *sender,
              const char *path,
              const char *interface,
              const char *signal,
              GVariant *parameters,
              gpointer user_data)
{
  LatchGlobalShortcut *self = user_data;
  const char *session = NULL;
  const char *shortcut = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(osta{sv})")))
    return;

  g_variant_get (parameters, "(&o&st@a{sv})", &session, &shortcut, NULL, NULL);
  if (g_strcmp0 (session, self->session) == 0 && g_str_equal (shortcut, SHORTCUT))
    g_signal_emit (self, signals[ACTIVATED], 0);
}

/* The wish stays: the desktop has ended it, not the person */
static void
closed_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer user_data)
{
  stop_asking (user_data);
  forget_session (user_data);
  tell_changed (user_data);
}

static void
bound_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchGlobalShortcut) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = latch_portal_request_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariantIter) shortcuts = NULL;
  g_autoptr (GVariant) details = NULL;
  const char *shortcut = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->asking);
  if (answer && (!g_variant_lookup (answer, "shortcuts", "a(sa{sv})", &shortcuts) ||
                 !g_variant_iter_next (shortcuts, "(&s@a{sv})", &shortcut, &details)))
    g_set_error_literal (&error, LATCH_ERROR, LATCH_ERROR_REFUSED, _("No keys were chosen"));
  if (error)
    {
      fail (self, error);
      return;
    }

  g_clear_pointer (&self->keys, g_free);
  g_variant_lookup (details, "trigger_description", "s", &self->keys);
  tell_changed (self);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchGlobalShortcut) self = user_data;
  GDBusConnection *connection = G_DBUS_CONNECTION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = latch_portal_request_finish (connection, result, &error);
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);
  g_auto (GVariantBuilder) shortcuts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer && (!g_variant_lookup (answer, "session_handle", "s", &self->session) ||
                 !g_variant_is_object_path (self->session)))
    g_set_error_literal (&error, LATCH_ERROR, LATCH_ERROR_MALFORMED, _("The answer of the desktop cannot be understood"));
  if (error)
    {
      g_clear_pointer (&self->session, g_free);
      fail (self, error);
      return;
    }

  self->activated_id =
      g_dbus_connection_signal_subscribe (connection, LATCH_PORTAL_NAME, PORTAL, "Activated", LATCH_PORTAL_PATH, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, activated_cb, self, NULL);
  self->closed_id =
      g_dbus_connection_signal_subscribe (connection, LATCH_PORTAL_NAME, SESSION_INTERFACE, "Closed", self->session,
                                          NULL, G_DBUS_SIGNAL_FLAGS_NONE, closed_cb, self, NULL);
  g_variant_builder_open (&shortcuts, G_VARIANT_TYPE ("(sa{sv})"));
  g_variant_builder_add (&shortcuts, "s", SHORTCUT);
  g_variant_builder_open (&shortcuts, G_VARIANT_TYPE_VARDICT);
  /* Translators: what the keys do that somebody chooses for it, in the desktop's words about shortcuts */
  g_variant_builder_add (&shortcuts, "{sv}", "description", g_variant_new_string (_("Lock all doors")));
  g_variant_builder_add (&shortcuts, "{sv}", "preferred_trigger", g_variant_new_string ("CTRL+ALT+SHIFT+l"));
  g_variant_builder_close (&shortcuts);
  g_variant_builder_close (&shortcuts);
  latch_portal_request_async (connection, PORTAL, "BindShortcuts",
                              g_variant_new ("(oa(sa{sv})s)", self->session, &shortcuts, ""), &options, self->asking,
                              bound_cb, g_object_ref (self));
}

static void
create_session (LatchGlobalShortcut *self)
{
  g_autofree char *token = g_strdup_printf ("nightlatch%u", g_random_int ());
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);
  GDBusConnection *connection = get_connection (self);

  self->asking = g_cancellable_new ();
  g_variant_dict_insert (&options, "session_handle_token", "s", token);
  latch_portal_request_async (connection, PORTAL, "CreateSession", NULL, &options, self->asking, created_cb,
                              g_object_ref (self));
}

/* Who goes without a word takes the keys along; whoever comes next knows nothing of them */
static void
owner_changed_cb (GDBusConnection *connection,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  LatchGlobalShortcut *self = user_data;
  const char *before = NULL;
  const char *now = NULL;

  g_variant_get (parameters, "(&s&s&s)", NULL, &before, &now);
  if (*before && (self->session || self->asking))
    {
      stop_asking (self);
      forget_session (self);
      g_set_str (&self->problem, _("The desktop did not answer"));
    }
  if (*now && !self->session && !self->asking && g_settings_get_boolean (self->settings, KEY))
    {
      g_clear_pointer (&self->problem, g_free);
      create_session (self);
    }
  tell_changed (self);
}

static void
begin (LatchGlobalShortcut *self)
{
  GDBusConnection *connection = get_connection (self);

  if (!connection)
    return;

  if (!self->owner_id)
    self->owner_id = g_dbus_connection_signal_subscribe (connection, BUS_NAME, BUS_NAME, "NameOwnerChanged", BUS_PATH,
                                                         LATCH_PORTAL_NAME, G_DBUS_SIGNAL_FLAGS_NONE, owner_changed_cb,
                                                         self, NULL);
  create_session (self);
}

static void
wish_changed_cb (LatchGlobalShortcut *self)
{
  gboolean is_wished = g_settings_get_boolean (self->settings, KEY);

  if (is_wished == (self->session || self->asking))
    return;

  if (is_wished)
    {
      g_clear_pointer (&self->problem, g_free);
      begin (self);
    }
  else
    end (self);
  tell_changed (self);
}

static void
version_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchGlobalShortcut) self = user_data;

  self->is_available = latch_portal_get_version_finish (G_DBUS_CONNECTION (source), result, NULL) > 0;
  tell_changed (self);
}

static void
latch_global_shortcut_dispose (GObject *object)
{
  latch_global_shortcut_stop (LATCH_GLOBAL_SHORTCUT (object));

  G_OBJECT_CLASS (latch_global_shortcut_parent_class)->dispose (object);
}

static void
latch_global_shortcut_finalize (GObject *object)
{
  LatchGlobalShortcut *self = LATCH_GLOBAL_SHORTCUT (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (latch_global_shortcut_parent_class)->finalize (object);
}

static void
latch_global_shortcut_class_init (LatchGlobalShortcutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_global_shortcut_dispose;
  object_class->finalize = latch_global_shortcut_finalize;

  /**
   * LatchGlobalShortcut::activated:
   *
   * Somebody has pressed the keys.
   */
  signals[ACTIVATED] = g_signal_new ("activated", LATCH_TYPE_GLOBAL_SHORTCUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  /**
   * LatchGlobalShortcut::changed:
   *
   * What is to be said of it may be different now.
   */
  signals[CHANGED] = g_signal_new ("changed", LATCH_TYPE_GLOBAL_SHORTCUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
latch_global_shortcut_init (LatchGlobalShortcut *self)
{
}

/**
 * latch_global_shortcut_new:
 * @application: outlives this
 * @settings: the application's settings, which say whether somebody wants it
 */
LatchGlobalShortcut *
latch_global_shortcut_new (GApplication *application, GSettings *settings)
{
  LatchGlobalShortcut *self = g_object_new (LATCH_TYPE_GLOBAL_SHORTCUT, NULL);

  self->application = application;
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (wish_changed_cb), self, G_CONNECT_SWAPPED);
  wish_changed_cb (self);

  return self;
}

/**
 * latch_global_shortcut_look:
 *
 * Finds out whether the desktop has such keys.
 */
void
latch_global_shortcut_look (LatchGlobalShortcut *self)
{
  g_return_if_fail (LATCH_IS_GLOBAL_SHORTCUT (self));

  if (get_connection (self))
    latch_portal_get_version_async (get_connection (self), PORTAL, G_MAXINT, NULL, version_cb, g_object_ref (self));
}

gboolean
latch_global_shortcut_is_available (LatchGlobalShortcut *self)
{
  g_return_val_if_fail (LATCH_IS_GLOBAL_SHORTCUT (self), FALSE);

  return self->is_available;
}

/**
 * latch_global_shortcut_get_keys:
 *
 * Returns: (nullable): which keys, as the desktop puts it
 */
const char *
latch_global_shortcut_get_keys (LatchGlobalShortcut *self)
{
  g_return_val_if_fail (LATCH_IS_GLOBAL_SHORTCUT (self), NULL);

  return self->keys;
}

/**
 * latch_global_shortcut_get_problem:
 *
 * Returns: (nullable): why there are none, although that was wished last
 */
const char *
latch_global_shortcut_get_problem (LatchGlobalShortcut *self)
{
  g_return_val_if_fail (LATCH_IS_GLOBAL_SHORTCUT (self), NULL);

  return self->problem;
}

void
latch_global_shortcut_stop (LatchGlobalShortcut *self)
{
  g_return_if_fail (LATCH_IS_GLOBAL_SHORTCUT (self));

  if (!self->application)
    return;

  g_signal_handlers_disconnect_by_data (self->settings, self);
  end (self);
  if (self->owner_id)
    g_dbus_connection_signal_unsubscribe (get_connection (self), self->owner_id);
  self->owner_id = 0;
  self->application = NULL;
}
