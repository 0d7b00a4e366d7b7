/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-main-view.h"

#include "latch-bridge-dialog.h"
#include "latch-home.h"
#include "latch-lock-commander.h"
#include "latch-lock-key.h"
#include "latch-lock-page.h"
#include "latch-sidebar.h"

struct _LatchMainView
{
  AdwBreakpointBin parent_instance;

  GListModel *bridges;
  GListModel *locks;
  GSettings *settings;
  LatchClock *clock;
  LatchLockCommander *commander;
  guint ensure_id;

  AdwNavigationSplitView *split_view;
  LatchSidebar *sidebar;
  LatchLockPage *page;
};

G_DEFINE_FINAL_TYPE (LatchMainView, latch_main_view, ADW_TYPE_BREAKPOINT_BIN)

/* Shortcuts are for what one sees, not for what is behind a dialog */
static gboolean
is_in_front (LatchMainView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         !(ADW_IS_APPLICATION_WINDOW (root) &&
           adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)));
}

static LatchBridge *
find_bridge (LatchMainView *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->bridges); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (self->bridges, i);

      if (g_str_equal (latch_bridge_get_id (bridge), id))
        return g_steal_pointer (&bridge);
    }

  return NULL;
}

static void
refresh_bridge (LatchMainView *self, LatchBridge *bridge)
{
  if (LATCH_IS_HOME (self->bridges))
    latch_home_refresh (LATCH_HOME (self->bridges), bridge);
}

static void
selected_changed_cb (LatchMainView *self)
{
  LatchLock *lock = latch_sidebar_get_selected (self->sidebar);
  g_autofree char *key = lock ? latch_lock_key_new (lock) : NULL;

  latch_lock_page_show (self->page, lock, self->clock);
  latch_lock_commander_attend_to (self->commander, lock);
  latch_lock_page_set_complaint (self->page, lock ? latch_lock_commander_get_complaint (self->commander, lock) : NULL);
  if (!lock)
    return;

  latch_lock_page_set_asking (self->page, latch_lock_commander_is_asking (self->commander, lock));
  g_settings_set_string (self->settings, "last-lock", key);
}

static void
lock_activated_cb (LatchMainView *self, LatchLock *lock, gboolean by_key)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  if (by_key)
    gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
}

static void
collapsed_changed_cb (LatchMainView *self)
{
  latch_sidebar_set_collapsed (self->sidebar, adw_navigation_split_view_get_collapsed (self->split_view));
}

/* The keyboard begins at the selected lock, unless it is somewhere already */
static void
ensure_focus (LatchMainView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (is_in_front (self) && !(focus && gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* There is always a lock to look at, if there is any: the last one, else the first */
static void
ensure_selection (LatchMainView *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-lock");
  LatchLock *selected = latch_sidebar_get_selected (self->sidebar);
  g_autofree char *key = selected ? latch_lock_key_new (selected) : NULL;
  g_autoptr (LatchLock) lock = latch_lock_key_find (key ? key : last, self->bridges);

  if (!lock)
    g_set_object (&lock, latch_sidebar_get_nth_lock (self->sidebar, 0));
  latch_sidebar_set_selected (self->sidebar, lock);
}

static void
ensure_selection_cb (gpointer user_data)
{
  LatchMainView *self = user_data;

  self->ensure_id = 0;
  ensure_selection (self);
  ensure_focus (self);
}

/* Not at once: a lock that only takes another place is gone for a moment */
static void
locks_changed_cb (LatchMainView *self)
{
  if (self->ensure_id == 0)
    self->ensure_id = g_idle_add_once (ensure_selection_cb, self);
}

static void
failed_cb (LatchMainView *self, LatchLock *lock)
{
  if (lock == latch_lock_page_get_lock (self->page))
    latch_lock_page_shake (self->page);
}

static void
asking_changed_cb (LatchMainView *self, LatchLock *lock)
{
  if (lock == latch_lock_page_get_lock (self->page))
    latch_lock_page_set_asking (self->page, latch_lock_commander_is_asking (self->commander, lock));
}

static void
complaint_changed_cb (LatchMainView *self, LatchLock *lock)
{
  if (lock == latch_lock_page_get_lock (self->page))
    latch_lock_page_set_complaint (self->page, latch_lock_commander_get_complaint (self->commander, lock));
}

static void
perform_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  LatchLock *lock = latch_main_view_get_lock_in_front (self);
  LatchLockAction action = latch_lock_action_from_nick (g_variant_get_string (parameter, NULL));

  if (lock)
    latch_lock_commander_perform (self->commander, lock, action, FALSE);
}

static void
open_door_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  LatchLock *lock = latch_main_view_get_lock_in_front (self);

  /* A slip on the keyboard must not open a door, whatever the settings say */
  if (lock)
    latch_lock_commander_perform (self->commander, lock,
                                  latch_lock_is_opener (lock) ? LATCH_LOCK_ACTION_OPEN : LATCH_LOCK_ACTION_UNLATCH, TRUE);
}

static void
perform_on_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchLock) lock = NULL;
  const char *key, *nick;

  g_variant_get (parameter, "(&s&s)", &key, &nick);
  lock = latch_lock_key_find (key, self->bridges);
  if (lock)
    latch_lock_commander_perform (self->commander, lock, latch_lock_action_from_nick (nick), FALSE);
}

static void
ask_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchLock) lock = latch_lock_key_find (g_variant_get_string (parameter, NULL), self->bridges);

  if (lock)
    latch_lock_commander_ask (self->commander, lock);
}

static void
refresh_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);

  if (is_in_front (self))
    refresh_bridge (self, NULL);
}

static void
search_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);

  if (!is_in_front (self))
    return;

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  latch_sidebar_start_search (self->sidebar);
}

static void
show_lock_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  LatchLock *lock = latch_sidebar_get_nth_lock (self->sidebar, g_variant_get_int32 (parameter) - 1);

  if (lock && is_in_front (self))
    latch_main_view_show_page (self, lock);
}

static void
back_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);

  if (is_in_front (self))
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
}

static void
show_bridge_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchBridge) bridge = find_bridge (self, g_variant_get_string (parameter, NULL));

  if (bridge)
    adw_dialog_present (ADW_DIALOG (latch_bridge_dialog_new (bridge, LATCH_IS_HOME (self->bridges) ? LATCH_HOME (self->bridges) : NULL)), widget);
}

static void
refresh_bridge_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchBridge) bridge = find_bridge (self, g_variant_get_string (parameter, NULL));

  if (bridge)
    refresh_bridge (self, bridge);
}

static void
pair_again_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_activate_action_variant (widget, "win.pair-again", parameter);
}

static gboolean
latch_main_view_grab_focus (GtkWidget *widget)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);

  if (adw_navigation_split_view_get_collapsed (self->split_view) &&
      adw_navigation_split_view_get_show_content (self->split_view))
    return gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);

  return latch_sidebar_focus_selected (self->sidebar);
}

static void
latch_main_view_root (GtkWidget *widget)
{
  GtkRoot *root = NULL;

  GTK_WIDGET_CLASS (latch_main_view_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (ADW_IS_APPLICATION_WINDOW (root))
    g_signal_connect_object (root, "notify::visible-dialog", G_CALLBACK (ensure_focus), widget, G_CONNECT_SWAPPED);
}

static void
latch_main_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), ensure_focus, widget);

  GTK_WIDGET_CLASS (latch_main_view_parent_class)->unroot (widget);
}

/* Nobody needs to know the time while nobody looks */
static void
latch_main_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_main_view_parent_class)->map (widget);

  latch_clock_set_running (LATCH_MAIN_VIEW (widget)->clock, TRUE);
  ensure_focus (LATCH_MAIN_VIEW (widget));
}

static void
latch_main_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_main_view_parent_class)->unmap (widget);

  latch_clock_set_running (LATCH_MAIN_VIEW (widget)->clock, FALSE);
}

static void
latch_main_view_dispose (GObject *object)
{
  LatchMainView *self = LATCH_MAIN_VIEW (object);

  g_clear_handle_id (&self->ensure_id, g_source_remove);
  /* Disposing of the template would take the child away behind the bin's back */
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_MAIN_VIEW);
  g_clear_object (&self->commander);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  g_clear_object (&self->locks);
  g_clear_object (&self->bridges);

  G_OBJECT_CLASS (latch_main_view_parent_class)->dispose (object);
}

static void
latch_main_view_class_init (LatchMainViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_main_view_dispose;
  widget_class->grab_focus = latch_main_view_grab_focus;
  widget_class->root = latch_main_view_root;
  widget_class->unroot = latch_main_view_unroot;
  widget_class->map = latch_main_view_map;
  widget_class->unmap = latch_main_view_unmap;

  g_type_ensure (LATCH_TYPE_SIDEBAR);
  g_type_ensure (LATCH_TYPE_LOCK_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-main-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchMainView, split_view);
  gtk_widget_class_bind_template_child (widget_class, LatchMainView, sidebar);
  gtk_widget_class_bind_template_child (widget_class, LatchMainView, page);
  gtk_widget_class_bind_template_callback (widget_class, selected_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, lock_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, collapsed_changed_cb);

  gtk_widget_class_install_action (widget_class, "lock.perform", "s", perform_cb);
  gtk_widget_class_install_action (widget_class, "lock.open-door", NULL, open_door_cb);
  gtk_widget_class_install_action (widget_class, "lock.perform-on", "(ss)", perform_on_cb);
  gtk_widget_class_install_action (widget_class, "lock.ask", "s", ask_cb);
  gtk_widget_class_install_action (widget_class, "locks.refresh", NULL, refresh_cb);
  gtk_widget_class_install_action (widget_class, "locks.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "locks.show", "i", show_lock_cb);
  gtk_widget_class_install_action (widget_class, "locks.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "bridge.show", "s", show_bridge_cb);
  gtk_widget_class_install_action (widget_class, "bridge.refresh", "s", refresh_bridge_cb);
  gtk_widget_class_install_action (widget_class, "bridge.pair-again", "s", pair_again_cb);
}

static void
add_numbers (LatchMainView *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (int i = 1; i <= 9; i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_0 + i, GDK_ALT_MASK),
                                                gtk_named_action_new ("locks.show"));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (i));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
latch_main_view_init (LatchMainView *self)
{
  self->clock = latch_clock_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  latch_sidebar_set_key_capture_widget (self->sidebar, GTK_WIDGET (self));
  add_numbers (self);
}

/**
 * latch_main_view_show:
 * @bridges: a list of #LatchBridge, such as a #LatchHome
 * @settings: the application's settings
 *
 * Says what to show; to be called once.
 */
void
latch_main_view_show (LatchMainView *self, GListModel *bridges, GSettings *settings)
{
  g_return_if_fail (LATCH_IS_MAIN_VIEW (self));
  g_return_if_fail (!self->bridges);

  self->bridges = g_object_ref (bridges);
  self->settings = g_object_ref (settings);
  self->commander = latch_lock_commander_new (GTK_WIDGET (self), settings);
  g_signal_connect_object (self->commander, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->commander, "asking-changed", G_CALLBACK (asking_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->commander, "complaint-changed", G_CALLBACK (complaint_changed_cb), self,
                           G_CONNECT_SWAPPED);

  latch_sidebar_show (self->sidebar, bridges, self->clock);
  self->locks = G_LIST_MODEL (gtk_flatten_list_model_new (g_object_ref (bridges)));
  g_signal_connect_object (self->locks, "items-changed", G_CALLBACK (locks_changed_cb), self, G_CONNECT_SWAPPED);
  ensure_selection (self);
}

/**
 * latch_main_view_get_lock:
 *
 * Returns: (transfer none) (nullable): the lock that somebody looks at
 */
LatchLock *
latch_main_view_get_lock (LatchMainView *self)
{
  g_return_val_if_fail (LATCH_IS_MAIN_VIEW (self), NULL);

  return latch_lock_page_get_lock (self->page);
}

/**
 * latch_main_view_get_lock_in_front:
 *
 * A command from the keyboard is for the lock whose page one sees, which may be behind the list or a dialog.
 *
 * Returns: (transfer none) (nullable): the lock whose page can be seen
 */
LatchLock *
latch_main_view_get_lock_in_front (LatchMainView *self)
{
  g_return_val_if_fail (LATCH_IS_MAIN_VIEW (self), NULL);

  if (!is_in_front (self) || (adw_navigation_split_view_get_collapsed (self->split_view) &&
                              !adw_navigation_split_view_get_show_content (self->split_view)))
    return NULL;

  return latch_lock_page_get_lock (self->page);
}

/**
 * latch_main_view_select:
 *
 * Shows @lock, and gives the focus to its row.
 */
void
latch_main_view_select (LatchMainView *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_MAIN_VIEW (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  latch_sidebar_set_selected (self->sidebar, lock);
  latch_sidebar_focus_selected (self->sidebar);
}

/**
 * latch_main_view_show_page:
 *
 * Shows @lock's page, also where there is no room for anything else.
 */
void
latch_main_view_show_page (LatchMainView *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_MAIN_VIEW (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  latch_sidebar_set_selected (self->sidebar, lock);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}
