/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-main-view-private.h"

#include "latch-announcement.h"
#include "latch-lock-key.h"
#include "latch-lock-list.h"
#include "latch-shortcuts.h"

G_DEFINE_FINAL_TYPE (LatchMainView, latch_main_view, ADW_TYPE_BREAKPOINT_BIN)

/* Shortcuts are for what one sees, not for what is behind a dialog */
gboolean
latch_main_view_is_in_front (LatchMainView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         !(ADW_IS_APPLICATION_WINDOW (root) &&
           adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)));
}

/* Returns: (nullable): the page that one sees */
AdwNavigationPage *
latch_main_view_get_page_in_front (LatchMainView *self)
{
  gboolean hidden = adw_navigation_split_view_get_collapsed (self->split_view) &&
                    !adw_navigation_split_view_get_show_content (self->split_view);

  return latch_main_view_is_in_front (self) && !hidden ? latch_content_page_get_visible (self->content) : NULL;
}

void
latch_main_view_go (LatchMainView *self, LatchPlace place, LatchBridge *bridge)
{
  latch_sidebar_go (self->sidebar, place, bridge);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

static LatchLockPage *
get_lock_page (LatchMainView *self)
{
  return latch_content_page_get_lock_page (self->content);
}

static void
selected_changed_cb (LatchMainView *self)
{
  LatchLock *lock = latch_sidebar_get_selected (self->sidebar);
  LatchLockPage *page = get_lock_page (self);
  g_autofree char *key = lock ? latch_lock_key_new (lock) : NULL;

  latch_lock_page_show (page, lock, self->clock);
  if (!lock)
    return;

  latch_lock_commander_attend_to (self->commander, lock);
  latch_lock_page_set_complaint (page, latch_lock_commander_get_complaint (self->commander, lock));
  latch_lock_page_set_asking (page, latch_lock_commander_is_asking (self->commander, lock));
  g_settings_set_string (self->settings, "last-lock", key);
}

static void
place_changed_cb (LatchMainView *self)
{
  gboolean has_focus = latch_main_view_has_focus_in_content (self);

  switch (latch_sidebar_get_place (self->sidebar))
    {
    case LATCH_PLACE_LOCK:
      latch_content_page_go_to_lock (self->content);
      break;
    case LATCH_PLACE_ACTIVITY:
      latch_content_page_go_to_activity (self->content);
      break;
    case LATCH_PLACE_BRIDGE:
      latch_content_page_go_to_bridge (self->content, latch_sidebar_get_bridge (self->sidebar));
      break;
    default:
      g_assert_not_reached ();
    }

  if (has_focus)
    latch_content_page_take_focus (self->content);
}

static void
place_activated_cb (LatchMainView *self, gboolean by_key)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  if (by_key)
    latch_content_page_take_focus (self->content);
}

static void
lock_activated_cb (LatchMainView *self, LatchLock *lock, gboolean by_key)
{
  place_activated_cb (self, by_key);
}

static void
low_cb (LatchMainView *self)
{
  latch_sidebar_set_low (self->sidebar, TRUE);
}

static void
high_again_cb (LatchMainView *self)
{
  latch_sidebar_set_low (self->sidebar, FALSE);
}

static void
collapsed_changed_cb (LatchMainView *self)
{
  latch_sidebar_set_collapsed (self->sidebar, adw_navigation_split_view_get_collapsed (self->split_view));
}

/* Whether bridges list any, hidden or not */
static gboolean
has_locks (LatchMainView *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->bridges); i++)
    {
      g_autoptr (GListModel) locks = g_list_model_get_item (self->bridges, i);

      if (g_list_model_get_n_items (locks) > 0)
        return TRUE;
    }

  return FALSE;
}

/* What takes the place of another is not what somebody is about to press a button of: he has to choose */
static gboolean
is_lock_gone (LatchMainView *self, LatchLock *selected, LatchLock *lock)
{
  return latch_sidebar_get_nth_lock (self->sidebar, 0) &&
         (selected ? !lock && latch_sidebar_get_place (self->sidebar) == LATCH_PLACE_LOCK : self->lock_gone);
}

/* There is always a lock to look at, if there is any: the last one, else the first, unless one was looked at and is gone */
static void
ensure_selection (LatchMainView *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-lock");
  LatchLock *selected = latch_sidebar_get_selected (self->sidebar);
  g_autofree char *key = selected ? latch_lock_key_new (selected) : NULL;
  g_autoptr (LatchLock) lock = latch_lock_key_find (key ? key : last, self->bridges);

  /* The last one may be on a bridge that is still to come */
  if (!lock && *last && LATCH_IS_HOME (self->bridges) && !latch_home_is_loaded (LATCH_HOME (self->bridges)))
    return;

  self->lock_gone = is_lock_gone (self, selected, lock);
  if (self->lock_gone)
    g_clear_object (&lock);
  else if (!lock || latch_lock_get_hidden (lock))
    g_set_object (&lock, latch_sidebar_get_nth_lock (self->sidebar, 0));
  latch_lock_page_set_absence (get_lock_page (self),
                               self->lock_gone ? "lock-gone" : has_locks (self) ? "all-hidden" : "no-locks");
  latch_sidebar_set_selected (self->sidebar, lock);
}

static gboolean
ensure_selection_cb (LatchMainView *self)
{
  self->ensure_id = 0;
  ensure_selection (self);
  latch_main_view_ensure_focus (self);

  return G_SOURCE_REMOVE;
}

/* Not at once: what only takes another place is gone for a moment. But before the frame with which GTK moves a lost focus */
static void
locks_changed_cb (LatchMainView *self)
{
  if (self->ensure_id == 0)
    self->ensure_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, G_SOURCE_FUNC (ensure_selection_cb), self, NULL);
}

/* Nor here: who takes it away gives it to somebody else in a moment, or else it was lost */
static void
focus_changed_cb (LatchMainView *self)
{
  if (!gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))))
    locks_changed_cb (self);
}

/* The page of a lock announces by itself what that does, as long as it is in front */
static void
performed_cb (LatchMainView *self, LatchLock *lock)
{
  LatchLockPage *page = get_lock_page (self);
  g_autoptr (LatchLockView) view = NULL;

  if (lock == latch_lock_page_get_lock (page) && gtk_widget_get_mapped (GTK_WIDGET (page)))
    return;

  view = latch_lock_view_new (lock, self->clock);
  latch_announce (GTK_WIDGET (self), latch_lock_view_get_dial_label (view), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
failed_cb (LatchMainView *self, LatchLock *lock)
{
  if (lock == latch_lock_page_get_lock (get_lock_page (self)))
    latch_lock_page_shake (get_lock_page (self));
}

static void
asking_changed_cb (LatchMainView *self, LatchLock *lock)
{
  if (lock == latch_lock_page_get_lock (get_lock_page (self)))
    latch_lock_page_set_asking (get_lock_page (self), latch_lock_commander_is_asking (self->commander, lock));
}

static void
complaint_changed_cb (LatchMainView *self, LatchLock *lock)
{
  if (lock == latch_lock_page_get_lock (get_lock_page (self)))
    latch_lock_page_set_complaint (get_lock_page (self), latch_lock_commander_get_complaint (self->commander, lock));
}

/* Whoever has hidden a lock did not ask to see another one instead */
static void
hidden_cb (LatchMainView *self)
{
  if (adw_navigation_split_view_get_collapsed (self->split_view))
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
}

static void
update_open_door (LatchMainView *self)
{
  gboolean offered = g_settings_get_boolean (self->settings, "offer-open-door");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lock.open-on", offered);
  latch_lock_page_set_open_door_offered (get_lock_page (self), offered);
}

static void
latch_main_view_root (GtkWidget *widget)
{
  GtkRoot *root = NULL;

  GTK_WIDGET_CLASS (latch_main_view_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (focus_changed_cb), widget, G_CONNECT_SWAPPED);
  if (ADW_IS_APPLICATION_WINDOW (root))
    g_signal_connect_object (root, "notify::visible-dialog", G_CALLBACK (latch_main_view_ensure_focus), widget,
                             G_CONNECT_SWAPPED);
}

static void
latch_main_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);

  GTK_WIDGET_CLASS (latch_main_view_parent_class)->unroot (widget);
}

/* Nobody needs to know the time while nobody looks */
static void
latch_main_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_main_view_parent_class)->map (widget);

  latch_clock_set_running (LATCH_MAIN_VIEW (widget)->clock, TRUE);
  latch_main_view_ensure_focus (LATCH_MAIN_VIEW (widget));
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
  g_clear_object (&self->housekeeper);
  g_clear_object (&self->bridge_commander);
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
  g_type_ensure (LATCH_TYPE_CONTENT_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-main-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchMainView, split_view);
  gtk_widget_class_bind_template_child (widget_class, LatchMainView, sidebar);
  gtk_widget_class_bind_template_child (widget_class, LatchMainView, content);
  gtk_widget_class_bind_template_callback (widget_class, selected_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, lock_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, collapsed_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, low_cb);
  gtk_widget_class_bind_template_callback (widget_class, high_again_cb);
  latch_main_view_install_actions (widget_class);
}

static void
latch_main_view_init (LatchMainView *self)
{
  self->clock = latch_clock_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  latch_sidebar_set_key_capture_widget (self->sidebar, GTK_WIDGET (self));
  gtk_widget_add_controller (GTK_WIDGET (self), latch_shortcuts_create_controller (LATCH_SHORTCUT_REACH_VIEW));
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
  self->bridge_commander = latch_bridge_commander_new (GTK_WIDGET (self));
  g_signal_connect_object (self->commander, "performed", G_CALLBACK (performed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->commander, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->commander, "asking-changed", G_CALLBACK (asking_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->commander, "complaint-changed", G_CALLBACK (complaint_changed_cb), self,
                           G_CONNECT_SWAPPED);

  if (LATCH_IS_HOME (bridges))
    {
      self->housekeeper = latch_housekeeper_new (GTK_WIDGET (self), LATCH_HOME (bridges));
      g_signal_connect_object (self->housekeeper, "hidden", G_CALLBACK (hidden_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (bridges, "notify::loaded", G_CALLBACK (locks_changed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lock.rename", self->housekeeper != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lock.hide", self->housekeeper != NULL);
  g_signal_connect_object (settings, "changed::offer-open-door", G_CALLBACK (update_open_door), self, G_CONNECT_SWAPPED);
  update_open_door (self);

  latch_content_page_show (self->content, bridges, self->clock);
  latch_sidebar_show (self->sidebar, bridges, self->clock);
  self->locks = latch_lock_list_create_model (bridges);
  g_signal_connect_object (self->locks, "items-changed", G_CALLBACK (locks_changed_cb), self, G_CONNECT_SWAPPED);
  /* A bridge may have no locks of which we would hear */
  g_signal_connect_object (bridges, "items-changed", G_CALLBACK (locks_changed_cb), self, G_CONNECT_SWAPPED);
  if (g_list_model_get_n_items (bridges) > 0)
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

  return latch_lock_page_get_lock (get_lock_page (self));
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

  return latch_main_view_get_page_in_front (self) == ADW_NAVIGATION_PAGE (get_lock_page (self))
             ? latch_lock_page_get_lock (get_lock_page (self))
             : NULL;
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
  latch_sidebar_go (self->sidebar, LATCH_PLACE_LOCK, NULL);
  latch_sidebar_focus (self->sidebar, NULL);
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
  latch_main_view_go (self, LATCH_PLACE_LOCK, NULL);
}

/**
 * latch_main_view_dup_place:
 *
 * Returns: (transfer full) (nullable): where in the window somebody is, for latch_main_view_return_to(); %NULL where
 *   everybody begins
 */
char *
latch_main_view_dup_place (LatchMainView *self)
{
  gboolean collapsed = FALSE;

  g_return_val_if_fail (LATCH_IS_MAIN_VIEW (self), NULL);

  collapsed = adw_navigation_split_view_get_collapsed (self->split_view);
  if (collapsed && !adw_navigation_split_view_get_show_content (self->split_view))
    return NULL;

  switch (latch_sidebar_get_place (self->sidebar))
    {
    case LATCH_PLACE_ACTIVITY:
      return g_strdup ("activity");
    case LATCH_PLACE_BRIDGE:
      return g_strconcat ("bridge:", latch_bridge_get_id (latch_sidebar_get_bridge (self->sidebar)), NULL);
    case LATCH_PLACE_LOCK:
    default:
      return collapsed ? g_strdup ("lock") : NULL;
    }
}

/**
 * latch_main_view_return_to:
 * @place: (nullable): what latch_main_view_dup_place() returned for a window that is gone
 */
void
latch_main_view_return_to (LatchMainView *self, const char *place)
{
  const char *id = NULL;

  g_return_if_fail (LATCH_IS_MAIN_VIEW (self));

  if (!place)
    return;

  if (g_str_equal (place, "activity"))
    latch_main_view_go (self, LATCH_PLACE_ACTIVITY, NULL);
  else if (g_str_equal (place, "lock"))
    latch_main_view_go (self, LATCH_PLACE_LOCK, NULL);
  else if (g_str_has_prefix (place, "bridge:"))
    id = strchr (place, ':') + 1;
  if (id)
    gtk_widget_activate_action (GTK_WIDGET (self), "bridge.show", "s", id);
}
