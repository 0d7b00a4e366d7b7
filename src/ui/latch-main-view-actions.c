/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-all.h"
#include "latch-lock-key.h"
#include "latch-main-view-private.h"

/* What the buttons, menus and shortcuts in the main view do */

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

/* Returns: (nullable): what a key combination is for that commands a lock */
static LatchLock *
get_lock_for_key (LatchMainView *self)
{
  return latch_main_view_has_focus_in_menu (self) ? NULL : latch_main_view_get_lock_in_front (self);
}

/* Does the first thing that the page which one sees can do. Returns: whether there was any */
static gboolean
have_page_do (LatchMainView *self, const char *const *action_names)
{
  AdwNavigationPage *page = latch_main_view_get_page_in_front (self);

  for (guint i = 0; page && action_names[i]; i++)
    if (gtk_widget_activate_action (GTK_WIDGET (page), action_names[i], NULL))
      return TRUE;

  return FALSE;
}

static void
perform_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  LatchLock *lock = get_lock_for_key (self);
  LatchLockAction action = latch_lock_action_from_nick (g_variant_get_string (parameter, NULL));

  if (lock)
    latch_lock_commander_perform (self->commander, lock, action, FALSE);
}

static void
open_door_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  LatchLock *lock = get_lock_for_key (self);

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
rename_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchLock) lock = latch_lock_key_find (g_variant_get_string (parameter, NULL), self->bridges);

  if (lock && self->housekeeper)
    latch_housekeeper_rename (self->housekeeper, lock);
}

static void
hide_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchLock) lock = latch_lock_key_find (g_variant_get_string (parameter, NULL), self->bridges);

  if (lock && self->housekeeper)
    latch_housekeeper_hide (self->housekeeper, lock);
}

static void
unhide_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchLock) lock = latch_lock_key_find (g_variant_get_string (parameter, NULL), self->bridges);

  if (lock && self->housekeeper)
    latch_housekeeper_unhide (self->housekeeper, lock);
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

  if (latch_main_view_is_in_front (self) && !have_page_do (self, (const char *[]) { "log.refresh", NULL }))
    refresh_bridge (self, NULL);
}

static void
export_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);

  if (latch_main_view_is_in_front (self))
    have_page_do (self, (const char *[]) { "log.export", "activity-page.export", NULL });
}

static void
lock_all_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);

  if (latch_main_view_is_in_front (self))
    latch_lock_all_ask (widget, self->commander, self->locks);
}

static void
search_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);

  if (!latch_main_view_is_in_front (self))
    return;

  /* Whoever is at something that can be searched means that */
  if (latch_main_view_has_focus_in_content (self) && have_page_do (self, (const char *[]) { "log.search", NULL }))
    return;

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  latch_sidebar_start_search (self->sidebar);
}

static void
show_lock_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchLock) lock = latch_lock_key_find (g_variant_get_string (parameter, NULL), self->bridges);

  if (!lock)
    return;

  latch_main_view_show_page (self, lock);
  latch_content_page_take_focus (self->content);
}

static void
show_nth_lock_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  LatchLock *lock = latch_sidebar_get_nth_lock (self->sidebar, g_variant_get_int32 (parameter) - 1);
  /* He stays where he is, at the locks or at the page of one of them */
  gboolean at_page = latch_main_view_has_focus_in_content (self);

  if (!lock || !latch_main_view_is_in_front (self))
    return;

  latch_main_view_show_page (self, lock);
  if (at_page)
    latch_content_page_take_focus (self->content);
  else
    gtk_widget_grab_focus (widget);
}

static void
back_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);

  if (latch_main_view_is_in_front (self))
    latch_main_view_go_back (self);
}

static void
show_bridge_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchBridge) bridge = find_bridge (self, g_variant_get_string (parameter, NULL));

  if (bridge)
    latch_main_view_go_by_key (self, LATCH_PLACE_BRIDGE, bridge);
}

/* Returns: (transfer full) (nullable): that of the lock that one sees; at a bridge, the next one */
static LatchBridge *
find_bridge_to_show (LatchMainView *self)
{
  LatchBridge *current = latch_sidebar_get_bridge (self->sidebar);
  LatchLock *lock = latch_sidebar_get_selected (self->sidebar);
  guint n_bridges = g_list_model_get_n_items (self->bridges);

  if (!current && lock)
    return latch_lock_ref_bridge (lock);

  for (guint i = 0; current && i < n_bridges; i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (self->bridges, i);

      if (bridge == current)
        return g_list_model_get_item (self->bridges, (i + 1) % n_bridges);
    }

  return g_list_model_get_item (self->bridges, 0);
}

static void
show_some_bridge_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchBridge) bridge = find_bridge_to_show (self);

  if (bridge && latch_main_view_is_in_front (self))
    latch_main_view_go_by_key (self, LATCH_PLACE_BRIDGE, bridge);
}

static void
show_log_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchBridge) bridge = find_bridge (self, g_variant_get_string (parameter, NULL));

  if (!bridge)
    return;

  latch_main_view_go (self, LATCH_PLACE_BRIDGE, bridge);
  latch_content_page_push_log (self->content, bridge);
}

static void
show_activity_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchLock) lock = latch_lock_key_find (g_variant_get_string (parameter, NULL), self->bridges);

  if (!latch_main_view_is_in_front (self))
    return;

  latch_activity_page_set_lock (latch_content_page_get_activity_page (self->content), lock);
  latch_main_view_go_by_key (self, LATCH_PLACE_ACTIVITY, NULL);
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

static void
maintain (GtkWidget *widget, GVariant *parameter, LatchMaintenance what)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchBridge) bridge = find_bridge (self, g_variant_get_string (parameter, NULL));

  if (bridge)
    latch_bridge_commander_maintain (self->bridge_commander, bridge, what);
}

static void
restart_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  maintain (widget, parameter, LATCH_MAINTENANCE_RESTARTING);
}

static void
update_firmware_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  maintain (widget, parameter, LATCH_MAINTENANCE_UPDATING);
}

static void
factory_reset_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  maintain (widget, parameter, LATCH_MAINTENANCE_RESETTING);
}

static void
forget_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchBridge) bridge = find_bridge (self, g_variant_get_string (parameter, NULL));

  if (bridge && LATCH_IS_HOME (self->bridges))
    latch_bridge_commander_forget (self->bridge_commander, LATCH_HOME (self->bridges), bridge);
}

static void
unpair_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchLock) lock = latch_lock_key_find (g_variant_get_string (parameter, NULL), self->bridges);

  if (lock)
    latch_bridge_commander_unpair (self->bridge_commander, lock);
}

static void
change_access_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  g_autoptr (LatchBridge) bridge = NULL;
  const char *id;
  gboolean allow;

  g_variant_get (parameter, "(&sb)", &id, &allow);
  bridge = find_bridge (self, id);
  if (bridge)
    latch_bridge_commander_change_access (self->bridge_commander, bridge, allow);
}

/**
 * latch_main_view_install_actions:
 *
 * Adds all that can be done from the main view to its class.
 */
void
latch_main_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "lock.perform", "s", perform_cb);
  gtk_widget_class_install_action (widget_class, "lock.open-door", NULL, open_door_cb);
  gtk_widget_class_install_action (widget_class, "lock.perform-on", "(ss)", perform_on_cb);
  gtk_widget_class_install_action (widget_class, "lock.open-on", "(ss)", perform_on_cb);
  gtk_widget_class_install_action (widget_class, "lock.rename", "s", rename_cb);
  gtk_widget_class_install_action (widget_class, "lock.hide", "s", hide_cb);
  gtk_widget_class_install_action (widget_class, "lock.unhide", "s", unhide_cb);
  gtk_widget_class_install_action (widget_class, "lock.ask", "s", ask_cb);
  gtk_widget_class_install_action (widget_class, "lock.show", "s", show_lock_cb);
  gtk_widget_class_install_action (widget_class, "locks.refresh", NULL, refresh_cb);
  gtk_widget_class_install_action (widget_class, "locks.lock-all", NULL, lock_all_cb);
  gtk_widget_class_install_action (widget_class, "locks.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "locks.show", "i", show_nth_lock_cb);
  gtk_widget_class_install_action (widget_class, "locks.show-bridge", NULL, show_some_bridge_cb);
  gtk_widget_class_install_action (widget_class, "locks.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "locks.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "bridge.show", "s", show_bridge_cb);
  gtk_widget_class_install_action (widget_class, "bridge.show-log", "s", show_log_cb);
  gtk_widget_class_install_action (widget_class, "bridge.refresh", "s", refresh_bridge_cb);
  gtk_widget_class_install_action (widget_class, "bridge.pair-again", "s", pair_again_cb);
  gtk_widget_class_install_action (widget_class, "bridge.restart", "s", restart_cb);
  gtk_widget_class_install_action (widget_class, "bridge.update-firmware", "s", update_firmware_cb);
  gtk_widget_class_install_action (widget_class, "bridge.factory-reset", "s", factory_reset_cb);
  gtk_widget_class_install_action (widget_class, "bridge.forget", "s", forget_cb);
  gtk_widget_class_install_action (widget_class, "bridge.unpair", "s", unpair_cb);
  gtk_widget_class_install_action (widget_class, "bridge.change-access", "(sb)", change_access_cb);
  gtk_widget_class_install_action (widget_class, "activity.show", "s", show_activity_cb);
}

/**
 * latch_main_view_search:
 * @text: what somebody has typed elsewhere
 *
 * Shows the locks, and those of them whose names have that.
 */
void
latch_main_view_search (LatchMainView *self, const char *text)
{
  g_return_if_fail (LATCH_IS_MAIN_VIEW (self));

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  latch_sidebar_search (self->sidebar, text);
}
