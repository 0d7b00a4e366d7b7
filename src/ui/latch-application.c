/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-application.h"

#include "latch-about.h"
#include "latch-background.h"
#include "latch-global-shortcut.h"
#include "latch-home-settings.h"
#include "latch-home.h"
#include "latch-lock-census.h"
#include "latch-lock-list.h"
#include "latch-lock-sweep.h"
#include "latch-memory.h"
#include "latch-notifier.h"
#include "latch-remote-actions.h"
#include "latch-search-provider.h"
#include "latch-shortcuts.h"
#include "latch-silent-portals.h"
#include "latch-status-line.h"
#include "latch-turns.h"
#include "latch-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/* How long bridges get to take back our places. Nobody sees us any more, but whoever logs out waits for us */
#define LEAVE_MS 2500
/* After which time we take it that somebody sees the window, if its display does not say so */
#define FIRST_FRAME_MS 250
/* How long whoever was started for something else than a window waits for more to do */
#define INACTIVITY_MS 10000
/* After which time all is at rest again when a window was opened or closed */
#define AT_REST_S 3

/**
 * LatchApplication:
 *
 * There is one window, made when it is wanted, and destroyed when it is closed. The program lives while that is there,
 * and while there is something to finish. Started as a service, by somebody who wants something of it, it waits a while
 * for more.
 */
struct _LatchApplication
{
  LatchLateApplication parent_instance;

  GSettings *settings;
  LatchStore *store;
  LatchHome *home;
  GListModel *locks;
  LatchLockCensus *census;
  LatchNotifier *notifier;
  LatchSearchProvider *search_provider;
  LatchBackground *background;
  LatchGlobalShortcut *shortcut; /* NULL for whoever is started only to answer a question */
  LatchStatusLine *status_line;
  LatchTurns *turns;

  guint load_id;          /* while nothing has been loaded yet */
  guint rest_id;
  gboolean starts_in_background; /* somebody wants no window at first, and all else */
  char *place;            /* where somebody was in the last window */
  char *untold_heading;   /* what went wrong while there was no window */
  char *untold_message;
  gboolean is_busy;       /* and therefore held */
};

G_DEFINE_FINAL_TYPE (LatchApplication, latch_application, LATCH_TYPE_LATE_APPLICATION)

static LatchWindow *
get_window (LatchApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (LATCH_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

/* Whoever looks at a window reads it at once, others as soon as they open one */
static void
tell_untold (LatchApplication *self)
{
  LatchWindow *window = get_window (self);

  if (!window || !self->untold_heading)
    return;

  latch_window_show_error (window, self->untold_heading, self->untold_message);
  g_clear_pointer (&self->untold_heading, g_free);
  g_clear_pointer (&self->untold_message, g_free);
}

/* Nobody goes away while locks do what he told them to */
static void
update_busy (LatchApplication *self)
{
  gboolean is_busy = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (self->locks); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (self->locks, i);

      is_busy |= latch_lock_get_pending_action (lock) != LATCH_LOCK_ACTION_NONE;
    }

  if (is_busy == self->is_busy)
    return;

  self->is_busy = is_busy;
  if (is_busy)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static void
at_rest_cb (gpointer user_data)
{
  LATCH_APPLICATION (user_data)->rest_id = 0;
  latch_memory_give_back ();
}

static void
wait_for_rest (LatchApplication *self)
{
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->rest_id = g_timeout_add_seconds_once (AT_REST_S, at_rest_cb, self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *broken = NULL;

  wait_for_rest (self);
  if (!latch_home_load_finish (LATCH_HOME (source), result, &error))
    {
      self->untold_heading = g_strdup (_("Your Bridges Could Not Be Loaded"));
      self->untold_message = g_strdup (error->message);
    }
  else if ((broken = latch_store_dup_broken_path (self->store)) != NULL)
    {
      self->untold_heading = g_strdup (_("Please Add Your Bridges Again"));
      /* Translators: %s is the path of a file */
      self->untold_message = g_strdup_printf (_("What was known of them was damaged. It was kept as %s"), broken);
    }
  else
    return;

  g_message ("%s", self->untold_message);
  tell_untold (self);
}

static void
load_cb (gpointer user_data)
{
  LatchApplication *self = user_data;

  self->load_id = 0;
  latch_home_load_async (self->home, NULL, loaded_cb, g_object_ref (self));
}

static void
painted_cb (GdkFrameClock *frames, LatchApplication *self)
{
  g_signal_handlers_disconnect_by_func (frames, painted_cb, self);
  if (self->load_id == 0)
    return;

  g_source_remove (self->load_id);
  load_cb (self);
}

/* Whoever starts us sees a window first. Database, keyring and bridges are for later */
static void
load_after_first_frame (LatchApplication *self, GtkWidget *window)
{
  if (self->load_id == 0)
    return;

  g_source_remove (self->load_id);
  self->load_id = g_timeout_add_once (FIRST_FRAME_MS, load_cb, self);
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), self, 0);
}

static gboolean
signal_cb (gpointer user_data)
{
  g_application_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *over = user_data;

  latch_home_leave_finish (LATCH_HOME (source), result);
  *over = TRUE;
}

static void
about_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LatchApplication *self = user_data;

  g_application_activate (G_APPLICATION (self));
  latch_about_present (GTK_WINDOW (get_window (self)), G_LIST_MODEL (self->home));
}

static void
quit_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (user_data);
}

/* For whoever is started in the background while one runs that was started for less */
static void
stay_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  latch_background_stay (LATCH_APPLICATION (user_data)->background);
}

static const GActionEntry action_entries[] = {
  { "about", about_activated_cb },
  { "quit", quit_activated_cb },
  { "stay", stay_activated_cb },
};

static const GOptionEntry option_entries[] = {
  { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start without a window, if it may run in the background"), NULL },
  { NULL },
};

static void
shortcut_activated_cb (LatchApplication *self)
{
  latch_lock_sweep (G_APPLICATION (self), self->locks);
}

static gboolean
close_request_cb (LatchApplication *self, LatchWindow *window)
{
  g_free (self->place);
  self->place = latch_window_dup_place (window);
  wait_for_rest (self);

  return GDK_EVENT_PROPAGATE;
}

/* What others may call over D-Bus goes here. The first calls come after startup, when all that is below is there. */
static gboolean
latch_application_dbus_register (GApplication *application,
                                 GDBusConnection *connection,
                                 const char *object_path,
                                 GError **error)
{
  LatchApplication *self = LATCH_APPLICATION (application);

  return G_APPLICATION_CLASS (latch_application_parent_class)
             ->dbus_register (application, connection, object_path, error) &&
         latch_search_provider_export (self->search_provider, connection, object_path, error);
}

static void
latch_application_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *object_path)
{
  LatchApplication *self = LATCH_APPLICATION (application);

  if (self->search_provider)
    latch_search_provider_unexport (self->search_provider);

  G_APPLICATION_CLASS (latch_application_parent_class)->dbus_unregister (application, connection, object_path);
}

/*
 * Somebody wants something of us. Before that, a service that was started for a search which finds nothing, as most do,
 * leaves bridges and keyring alone.
 */
static void
latch_application_before_emit (GApplication *application, GVariant *platform_data)
{
  G_APPLICATION_CLASS (latch_application_parent_class)->before_emit (application, platform_data);

  latch_home_set_quiet (LATCH_APPLICATION (application)->home, FALSE);
}

/* Whoever does not find us yet need not wait for us either: nothing is asked of bridges before */
static void
export_turns (LatchApplication *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  if (connection && !latch_turns_export (self->turns, connection,
                                         g_application_get_dbus_object_path (G_APPLICATION (self)), &error))
    g_message ("Other programs cannot take turns with this one: %s", error->message);
}

static void
latch_application_startup (GApplication *application)
{
  LatchApplication *self = LATCH_APPLICATION (application);
  GDBusConnection *connection = g_application_get_dbus_connection (application);
  g_autoptr (LatchTokenStore) token_store = latch_token_store_new ();

  if (connection)
    latch_silent_portals_avoid (connection);
  G_APPLICATION_CLASS (latch_application_parent_class)->startup (application);

  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    g_application_set_inactivity_timeout (application, INACTIVITY_MS);

  self->settings = g_settings_new (APP_ID);
  self->store = latch_store_new (NULL);
  self->home = latch_home_new (self->store, token_store);
  latch_home_set_visible (self->home, FALSE);
  latch_home_set_quiet (self->home, g_application_get_flags (application) & G_APPLICATION_IS_SERVICE);
  latch_home_set_watching (self->home, TRUE);
  latch_home_settings_follow (self->settings, self->home);
  self->locks = latch_lock_list_create_model (G_LIST_MODEL (self->home));
  self->census = latch_lock_census_new (self->locks);
  g_signal_connect_object (self->census, "changed", G_CALLBACK (update_busy), self, G_CONNECT_SWAPPED);
  self->turns = latch_turns_new (self->home);
  export_turns (self);
  self->notifier = latch_notifier_new (GTK_APPLICATION (self), G_LIST_MODEL (self->home), self->settings);
  latch_remote_actions_add (GTK_APPLICATION (self), self->home, self->notifier);
  latch_search_provider_set_home (self->search_provider, self->home);
  self->background = latch_background_new (application, self->settings);
  self->status_line = latch_status_line_new (GTK_APPLICATION (self), G_LIST_MODEL (self->home), self->locks);
  self->load_id = g_idle_add_once (load_cb, self);

  /* The end of a session should not leave anything with the bridges */
  g_unix_signal_add (SIGTERM, signal_cb, self);
  g_unix_signal_add (SIGINT, signal_cb, self);
  g_unix_signal_add (SIGHUP, signal_cb, self);
}

static int
latch_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  LatchApplication *self = LATCH_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (!g_variant_dict_contains (options, "background"))
    return -1;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("nightlatch: %s\n", error->message);
      return 1;
    }

  if (g_application_get_is_remote (application))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), "stay", NULL);
      return 0;
    }

  self->starts_in_background = TRUE;
  return -1;
}

static void
latch_application_activate (GApplication *application)
{
  LatchApplication *self = LATCH_APPLICATION (application);
  LatchWindow *window = get_window (self);

  latch_background_stay (self->background);
  if (!self->shortcut)
    {
      self->shortcut = latch_global_shortcut_new (application, self->settings);
      g_signal_connect_object (self->shortcut, "activated", G_CALLBACK (shortcut_activated_cb), self, G_CONNECT_SWAPPED);
    }
  if (self->starts_in_background)
    {
      self->starts_in_background = FALSE;
      return;
    }

  if (!window)
    {
      if (latch_late_application_start_gtk (LATCH_LATE_APPLICATION (self)))
        latch_shortcuts_install (GTK_APPLICATION (self));
      window = latch_window_new (GTK_APPLICATION (self), self->home, self->settings, self->background, self->shortcut);
      latch_window_return_to (window, self->place);
      g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), self, G_CONNECT_SWAPPED);
      /* Whoever closes it is done */
      g_application_set_inactivity_timeout (application, 0);
    }

  gtk_window_present (GTK_WINDOW (window));
  load_after_first_frame (self, GTK_WIDGET (window));
  wait_for_rest (self);
  tell_untold (self);
}

static void
latch_application_shutdown (GApplication *application)
{
  LatchApplication *self = LATCH_APPLICATION (application);
  gboolean over = FALSE;

  g_clear_handle_id (&self->load_id, g_source_remove);
  latch_search_provider_unexport (self->search_provider);
  latch_background_stop (self->background);
  if (self->shortcut)
    latch_global_shortcut_stop (self->shortcut);
  g_clear_object (&self->shortcut);
  latch_lock_sweep_withdraw (application);
  g_clear_object (&self->status_line);
  latch_notifier_stop (self->notifier);
  g_clear_object (&self->notifier);
  /* Nobody shall press anything any more whose outcome he would not learn */
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    gtk_widget_set_visible (l->data, FALSE);
  latch_home_leave_async (self->home, LEAVE_MS, left_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_clear_object (&self->background);
  g_clear_object (&self->census);
  g_clear_object (&self->locks);
  /* Others may have had to wait for that */
  latch_turns_unexport (self->turns);
  g_clear_object (&self->turns);
  g_clear_object (&self->home);
  latch_store_flush (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (latch_application_parent_class)->shutdown (application);
}

static void
latch_application_finalize (GObject *object)
{
  LatchApplication *self = LATCH_APPLICATION (object);

  g_clear_object (&self->search_provider);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->untold_heading, g_free);
  g_clear_pointer (&self->untold_message, g_free);

  G_OBJECT_CLASS (latch_application_parent_class)->finalize (object);
}

static void
latch_application_class_init (LatchApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = latch_application_finalize;
  application_class->dbus_register = latch_application_dbus_register;
  application_class->dbus_unregister = latch_application_dbus_unregister;
  application_class->before_emit = latch_application_before_emit;
  application_class->startup = latch_application_startup;
  application_class->handle_local_options = latch_application_handle_local_options;
  application_class->activate = latch_application_activate;
  application_class->shutdown = latch_application_shutdown;
}

static void
latch_application_init (LatchApplication *self)
{
  self->search_provider = latch_search_provider_new (GTK_APPLICATION (self));
  g_action_map_add_action_entries (G_ACTION_MAP (self), action_entries, G_N_ELEMENTS (action_entries), self);
  g_application_add_main_option_entries (G_APPLICATION (self), option_entries);
}

LatchApplication *
latch_application_new (void)
{
  return g_object_new (LATCH_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "resource-base-path", APP_PATH,
                       "version", PACKAGE_VERSION,
                       NULL);
}
