/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-window.h"

#include "latch-activity-documents.h"
#include "latch-add-bridge-dialog.h"
#include "latch-demo-mode.h"
#include "latch-key-guard.h"
#include "latch-lock-key.h"
#include "latch-main-view.h"
#include "latch-preferences-dialog.h"
#include "latch-shortcuts.h"
#include "latch-welcome-page.h"

#include <glib/gi18n-lib.h>

struct _LatchWindow
{
  AdwApplicationWindow parent_instance;

  LatchHome *home;
  GSettings *settings;
  LatchBackground *background; /* NULL where there is nobody to go on without a window */
  LatchGlobalShortcut *shortcut; /* likewise */
  LatchDemo *demo;

  GtkWidget *demo_banner;
  GtkStack *stack;
  LatchWelcomePage *welcome_page; /* NULL until somebody is welcome */
  LatchMainView *main_view;
};

G_DEFINE_FINAL_TYPE (LatchWindow, latch_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_HOME = 1,
  PROP_SETTINGS,
  PROP_BACKGROUND,
  PROP_SHORTCUT,
  PROP_DEMO,
} LatchWindowProperty;

static GParamSpec *properties[PROP_DEMO + 1];

static void
ensure_welcome_page (LatchWindow *self)
{
  if (self->welcome_page)
    return;

  self->welcome_page = g_object_new (LATCH_TYPE_WELCOME_PAGE, NULL);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->welcome_page), "welcome");
}

/* Welcome is for those who have no bridge, not for those whose bridges are still being loaded */
static void
update_page (LatchWindow *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);
  const char *page = "loading";

  if (g_list_model_get_n_items (G_LIST_MODEL (self->home)) > 0)
    page = "main";
  else if (latch_home_is_loaded (self->home))
    page = "welcome";

  /* Whoever has the demo forget its only bridge has seen it all */
  if (self->demo && g_str_equal (page, "welcome"))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.leave-demo", NULL);
      return;
    }

  if (g_strcmp0 (shown, page) == 0)
    return;

  if (g_str_equal (page, "welcome"))
    ensure_welcome_page (self);
  /* Whoever waits for locks wants to see them at once */
  gtk_stack_set_visible_child_full (self->stack, page, g_strcmp0 (shown, "loading") == 0 ? GTK_STACK_TRANSITION_TYPE_NONE
                                                                                         : GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  if (g_str_equal (page, "welcome"))
    gtk_widget_grab_focus (GTK_WIDGET (self->welcome_page));
}

static void
bridge_added_cb (LatchWindow *self, LatchBridge *bridge)
{
  g_autoptr (LatchLock) first = g_list_model_get_item (G_LIST_MODEL (bridge), 0);

  if (first)
    latch_main_view_select (self->main_view, first);
}

static void
add_bridge_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchWindow *self = LATCH_WINDOW (widget);
  LatchAddBridgeDialog *dialog;

  /* The shortcut works behind a dialog, too */
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)))
    return;

  dialog = latch_add_bridge_dialog_new (self->home, self->settings);
  g_signal_connect_object (dialog, "bridge-added", G_CALLBACK (bridge_added_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* To get a new token from a bridge that is there already, but does not accept ours any more */
static void
pair_again_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchWindow *self = LATCH_WINDOW (widget);
  LatchBridge *bridge = latch_home_find_bridge (self->home, g_variant_get_string (parameter, NULL));
  LatchAddBridgeDialog *dialog;
  LatchClient *client;

  if (!bridge)
    return;

  client = latch_bridge_get_client (bridge);
  dialog = latch_add_bridge_dialog_new (self->home, self->settings);
  latch_add_bridge_dialog_pair (dialog, latch_bridge_get_name (bridge), latch_client_get_host (client),
                                latch_client_get_port (client));
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* A window that is minimized, or behind a locked screen, is seen by nobody */
static void
update_visible (LatchWindow *self)
{
  latch_home_set_visible (self->home,
                          gtk_widget_get_mapped (GTK_WIDGET (self)) && !gtk_window_is_suspended (GTK_WINDOW (self)));
}

/* Whoever comes back may have given names elsewhere */
static void
active_cb (LatchWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    latch_home_refresh_choices (self->home);
}

static void
preferences_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchWindow *self = LATCH_WINDOW (widget);

  /* The shortcut works behind a dialog, too */
  if (!adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)))
    adw_dialog_present (ADW_DIALOG (latch_preferences_dialog_new (self->settings, self->background, self->shortcut)), widget);
}

static void
try_demo_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  latch_demo_mode_enter (LATCH_WINDOW (widget));
}

static void
leave_demo_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  if (LATCH_WINDOW (widget)->demo)
    latch_demo_mode_leave (LATCH_WINDOW (widget));
}

static void
close_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (widget));

  if (dialog)
    adw_dialog_close (dialog);
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
clear_activity_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchWindow *self = LATCH_WINDOW (widget);

  latch_activity_documents_clear (GTK_WIDGET (self->main_view), latch_home_get_store (self->home),
                                  G_LIST_MODEL (self->home), NULL);
}

static void
latch_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchWindow *self = LATCH_WINDOW (object);

  switch ((LatchWindowProperty) property_id)
    {
    case PROP_HOME:
      self->home = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_BACKGROUND:
      self->background = g_value_dup_object (value);
      break;
    case PROP_SHORTCUT:
      self->shortcut = g_value_dup_object (value);
      break;
    case PROP_DEMO:
      self->demo = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_window_constructed (GObject *object)
{
  LatchWindow *self = LATCH_WINDOW (object);

  G_OBJECT_CLASS (latch_window_parent_class)->constructed (object);

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);

  if (self->demo)
    {
      gtk_window_set_title (GTK_WINDOW (self), _("Nightlatch (Demo)"));
      gtk_widget_set_visible (self->demo_banner, TRUE);
      /* A bridge of one's own would be forgotten together with the others */
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-bridge", FALSE);
    }

  latch_main_view_show (self->main_view, G_LIST_MODEL (self->home), self->settings);
  g_signal_connect_object (self->home, "notify::loaded", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->home, "items-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  update_page (self);

  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
  g_signal_connect (self, "notify::suspended", G_CALLBACK (update_visible), NULL);
  g_signal_connect_after (self, "map", G_CALLBACK (update_visible), NULL);
  g_signal_connect_after (self, "unmap", G_CALLBACK (update_visible), NULL);
}

static void
latch_window_dispose (GObject *object)
{
  LatchWindow *self = LATCH_WINDOW (object);

  if (self->home)
    g_signal_handlers_disconnect_by_data (self->home, self);

  G_OBJECT_CLASS (latch_window_parent_class)->dispose (object);
}

static void
latch_window_finalize (GObject *object)
{
  LatchWindow *self = LATCH_WINDOW (object);

  g_clear_object (&self->home);
  g_clear_object (&self->settings);
  g_clear_object (&self->background);
  g_clear_object (&self->shortcut);
  g_clear_object (&self->demo);

  G_OBJECT_CLASS (latch_window_parent_class)->finalize (object);
}

static void
latch_window_class_init (LatchWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = latch_window_set_property;
  object_class->constructed = latch_window_constructed;
  object_class->dispose = latch_window_dispose;
  object_class->finalize = latch_window_finalize;

  /**
   * LatchWindow:home:
   *
   * What there is to show.
   */
  properties[PROP_HOME] = g_param_spec_object ("home", NULL, NULL, LATCH_TYPE_HOME, flags);

  /**
   * LatchWindow:settings:
   *
   * The application's settings, where the window keeps its size.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);

  /**
   * LatchWindow:background:
   *
   * Who goes on without a window.
   */
  properties[PROP_BACKGROUND] = g_param_spec_object ("background", NULL, NULL, LATCH_TYPE_BACKGROUND, flags);

  /**
   * LatchWindow:shortcut:
   *
   * What locks all doors from anywhere.
   */
  properties[PROP_SHORTCUT] = g_param_spec_object ("shortcut", NULL, NULL, LATCH_TYPE_GLOBAL_SHORTCUT, flags);

  /**
   * LatchWindow:demo:
   *
   * The demo whose home it shows, which ends with it.
   */
  properties[PROP_DEMO] = g_param_spec_object ("demo", NULL, NULL, LATCH_TYPE_DEMO, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_MAIN_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchWindow, demo_banner);
  gtk_widget_class_bind_template_child (widget_class, LatchWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LatchWindow, main_view);

  gtk_widget_class_install_action (widget_class, "win.add-bridge", NULL, add_bridge_cb);
  gtk_widget_class_install_action (widget_class, "win.pair-again", "s", pair_again_cb);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_cb);
  gtk_widget_class_install_action (widget_class, "win.try-demo", NULL, try_demo_cb);
  gtk_widget_class_install_action (widget_class, "win.leave-demo", NULL, leave_demo_cb);
  gtk_widget_class_install_action (widget_class, "win.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "win.clear-activity", NULL, clear_activity_cb);
}

static void
latch_window_init (LatchWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_controller (GTK_WIDGET (self), latch_shortcuts_create_controller (LATCH_SHORTCUT_REACH_EVERYWHERE));
  /* Last, and so asked first */
  latch_key_guard_add (GTK_WINDOW (self));

  if (DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

LatchWindow *
latch_window_new (GtkApplication *application,
                  LatchHome *home,
                  GSettings *settings,
                  LatchBackground *background,
                  LatchGlobalShortcut *shortcut)
{
  return g_object_new (LATCH_TYPE_WINDOW,
                       "application", application,
                       "home", home,
                       "settings", settings,
                       "background", background,
                       "shortcut", shortcut,
                       NULL);
}

/**
 * latch_window_new_demo:
 * @demo: a demo that has started
 * @settings: settings that nobody keeps
 *
 * Returns: (transfer none): a window for a demo, which goes with it
 */
LatchWindow *
latch_window_new_demo (GtkApplication *application, LatchDemo *demo, GSettings *settings)
{
  return g_object_new (LATCH_TYPE_WINDOW, "application", application, "home", latch_demo_get_home (demo), "settings",
                       settings, "demo", demo, NULL);
}

/**
 * latch_window_get_lock_in_sight:
 *
 * Returns: (transfer none) (nullable): the lock at whose page somebody looks at this moment, as far as one can tell
 */
LatchLock *
latch_window_get_lock_in_sight (LatchWindow *self)
{
  g_return_val_if_fail (LATCH_IS_WINDOW (self), NULL);

  return gtk_window_is_active (GTK_WINDOW (self)) ? latch_main_view_get_lock_in_front (self->main_view) : NULL;
}

void
latch_window_show_lock (LatchWindow *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_WINDOW (self));

  latch_main_view_show_page (self->main_view, lock);
}

/**
 * latch_window_search:
 * @text: what somebody has typed elsewhere
 *
 * Shows all locks; where there are many, those whose names have that. Not behind a dialog.
 */
void
latch_window_search (LatchWindow *self, const char *text)
{
  g_return_if_fail (LATCH_IS_WINDOW (self));

  if (!adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)))
    latch_main_view_search (self->main_view, text);
}

/**
 * latch_window_activate_action:
 * @name: one of the window's or of its main view's actions
 * @target: (nullable): its target
 */
void
latch_window_activate_action (LatchWindow *self, const char *name, GVariant *target)
{
  g_return_if_fail (LATCH_IS_WINDOW (self));

  gtk_widget_activate_action_variant (GTK_WIDGET (self->main_view), name, target);
}

/**
 * latch_window_perform:
 * @action: what @lock should do
 *
 * Has a lock do something; a failure is told in the window.
 */
void
latch_window_perform (LatchWindow *self, LatchLock *lock, LatchLockAction action)
{
  g_autofree char *key = NULL;

  g_return_if_fail (LATCH_IS_WINDOW (self));

  key = latch_lock_key_new (lock);
  gtk_widget_activate_action (GTK_WIDGET (self->main_view), "lock.perform-on", "(ss)", key,
                              latch_lock_action_get_nick (action));
}

/**
 * latch_window_dup_place:
 *
 * Returns: (transfer full) (nullable): where in the window somebody is, for the next one
 */
char *
latch_window_dup_place (LatchWindow *self)
{
  g_return_val_if_fail (LATCH_IS_WINDOW (self), NULL);

  return latch_main_view_dup_place (self->main_view);
}

/**
 * latch_window_return_to:
 * @place: (nullable): where somebody was when the last window was closed
 */
void
latch_window_return_to (LatchWindow *self, const char *place)
{
  g_return_if_fail (LATCH_IS_WINDOW (self));

  latch_main_view_return_to (self->main_view, place);
}

/**
 * latch_window_show_error:
 * @heading: what went wrong
 * @message: why, and what to do about it
 *
 * Shows an error that must be read whole, until it is dismissed.
 */
void
latch_window_show_error (LatchWindow *self, const char *heading, const char *message)
{
  AdwDialog *dialog;

  g_return_if_fail (LATCH_IS_WINDOW (self));

  dialog = adw_alert_dialog_new (heading, message);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
