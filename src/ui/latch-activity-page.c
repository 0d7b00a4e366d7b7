/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-page.h"

#include "latch-activity-documents.h"
#include "latch-activity-list.h"
#include "latch-home.h"
#include "latch-lock-chooser.h"

#include <glib/gi18n-lib.h>

/* A row takes a millisecond to make: what is in sight comes first, and more of it after that */
#define PAGE_SIZE 16

struct _LatchActivityPage
{
  AdwNavigationPage parent_instance;

  GListModel *bridges;
  LatchStore *store;
  LatchActivity *activity; /* NULL where nothing is recorded */

  LatchLockChooser *chooser;
  AdwToggleGroup *filter;
  GtkStack *stack;
  LatchActivityList *list;
  AdwStatusPage *status;
};

G_DEFINE_FINAL_TYPE (LatchActivityPage, latch_activity_page, ADW_TYPE_NAVIGATION_PAGE)

/* In the order of the toggles */
static const struct
{
  const char *nothing;
  const char *explanation;
} filters[] = {
  [LATCH_EVENT_FILTER_ALL] = { N_("No Activity Yet"), N_("What locks do while Nightlatch runs is recorded here") },
  [LATCH_EVENT_FILTER_UNLOCKS] = { N_("No Unlocks"), N_("Nobody was seen to unlock anything") },
  [LATCH_EVENT_FILTER_ISSUES] = { N_("No Issues"), N_("Nothing was seen that wants attention") },
};

static LatchEventFilter
get_filter (LatchActivityPage *self)
{
  guint active = adw_toggle_group_get_active (self->filter);

  return active < G_N_ELEMENTS (filters) ? (LatchEventFilter) active : LATCH_EVENT_FILTER_ALL;
}

static gboolean
has_items (LatchActivityPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->activity)) > 0;
}

/* While it is being loaded, nothing is said: it takes but a moment */
static void
update (LatchActivityPage *self)
{
  const char *problem = self->activity ? latch_activity_get_problem (self->activity) : NULL;
  LatchEventFilter filter = get_filter (self);

  if (self->activity && (has_items (self) || latch_activity_is_loading (self->activity)))
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "activity-page.export", has_items (self));
      return;
    }

  adw_status_page_set_icon_name (self->status, problem ? "dialog-warning-symbolic" : "latch-activity-symbolic");
  adw_status_page_set_title (self->status, problem ? _("Activity Cannot Be Shown") : _(filters[filter].nothing));
  adw_status_page_set_description (self->status, problem ? problem : _(filters[filter].explanation));
  gtk_stack_set_visible_child_name (self->stack, "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "activity-page.export", FALSE);
}

static void
choice_changed_cb (LatchActivityPage *self)
{
  LatchLock *lock = latch_lock_chooser_get_selected (self->chooser);
  g_autoptr (LatchBridge) bridge = lock ? latch_lock_ref_bridge (lock) : NULL;

  if (!self->activity)
    return;

  latch_activity_list_set_lock (self->list, lock);
  if (bridge)
    latch_activity_choose_lock (self->activity, latch_bridge_get_id (bridge), latch_lock_get_nuki_id (lock),
                                latch_lock_get_device_type (lock), get_filter (self));
  else
    latch_activity_choose (self->activity, get_filter (self));
}

/* Other programs record, too, and do not tell */
static void
now_cb (LatchActivityPage *self)
{
  if (self->activity && gtk_widget_get_mapped (GTK_WIDGET (self)))
    latch_activity_refresh (self->activity);
}

static void
export_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchActivityPage *self = LATCH_ACTIVITY_PAGE (widget);

  if (self->store && gtk_widget_get_mapped (widget))
    latch_activity_documents_export (widget, self->store, self->bridges, latch_lock_chooser_get_selected (self->chooser),
                                     get_filter (self));
}

static void
clear_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchActivityPage *self = LATCH_ACTIVITY_PAGE (widget);

  if (self->store)
    latch_activity_documents_clear (widget, self->store, self->bridges, latch_lock_chooser_get_selected (self->chooser));
}

static void
latch_activity_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_activity_page_parent_class)->map (widget);

  now_cb (LATCH_ACTIVITY_PAGE (widget));
}

static void
latch_activity_page_dispose (GObject *object)
{
  LatchActivityPage *self = LATCH_ACTIVITY_PAGE (object);

  if (self->activity)
    g_signal_handlers_disconnect_by_func (self->activity, update, self);
  g_clear_object (&self->activity);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_ACTIVITY_PAGE);
  g_clear_object (&self->bridges);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (latch_activity_page_parent_class)->dispose (object);
}

static void
latch_activity_page_class_init (LatchActivityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_activity_page_dispose;
  widget_class->map = latch_activity_page_map;

  g_type_ensure (LATCH_TYPE_ACTIVITY_LIST);
  g_type_ensure (LATCH_TYPE_LOCK_CHOOSER);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-activity-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchActivityPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityPage, filter);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityPage, list);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityPage, status);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);

  gtk_widget_class_install_action (widget_class, "activity-page.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "activity-page.clear", NULL, clear_cb);
}

static void
latch_activity_page_init (LatchActivityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_activity_page_show:
 * @bridges: a list of #LatchBridge
 * @clock: the present
 *
 * Says what to show; to be called once.
 */
void
latch_activity_page_show (LatchActivityPage *self, GListModel *bridges, LatchClock *clock)
{
  g_return_if_fail (LATCH_IS_ACTIVITY_PAGE (self));
  g_return_if_fail (!self->bridges);

  self->bridges = g_object_ref (bridges);
  if (LATCH_IS_HOME (bridges))
    {
      self->store = g_object_ref (latch_home_get_store (LATCH_HOME (bridges)));
      self->activity = latch_activity_new (self->store, PAGE_SIZE);
      g_signal_connect_object (self->activity, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->activity, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      latch_activity_list_show (self->list, self->activity, self->store, bridges, clock);
    }
  latch_lock_chooser_show (self->chooser, bridges);
  g_signal_connect_object (clock, "notify::now", G_CALLBACK (now_cb), self, G_CONNECT_SWAPPED);
  choice_changed_cb (self);
  update (self);
}

/**
 * latch_activity_page_set_lock:
 * @lock: (nullable): the lock whose activity to show; %NULL for all locks'
 */
void
latch_activity_page_set_lock (LatchActivityPage *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_ACTIVITY_PAGE (self));

  latch_lock_chooser_set_selected (self->chooser, lock);
}

/**
 * latch_activity_page_take_focus:
 *
 * Not at an entry, to which the list would scroll.
 *
 * Returns: whether it has the focus now
 */
gboolean
latch_activity_page_take_focus (LatchActivityPage *self)
{
  g_return_val_if_fail (LATCH_IS_ACTIVITY_PAGE (self), FALSE);

  return gtk_widget_child_focus (GTK_WIDGET (self->chooser), GTK_DIR_TAB_FORWARD);
}
