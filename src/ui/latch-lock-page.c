/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-page.h"

#include "latch-announcement.h"
#include "latch-bridge-banner.h"
#include "latch-lock-controls.h"
#include "latch-lock-details.h"
#include "latch-lock-dial.h"
#include "latch-lock-menu.h"
#include "latch-no-locks.h"
#include "latch-recent-activity.h"
#include "latch-time-text.h"

#include <glib/gi18n-lib.h>

/* Below this size, there is not much room for anything else, either */
#define TIGHT_DIAL_SIZE 120

struct _LatchLockPage
{
  AdwNavigationPage parent_instance;

  LatchStore *store; /* NULL where nothing is recorded */
  LatchLockView *view;
  gboolean asking;
  int dial_size;
  const char *absence; /* why there is no lock to show: see latch_no_locks_show() */

  GtkMenuButton *menu_button;
  LatchBridgeBanner *banner;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  LatchLockDial *dial;
  GtkWidget *subtitle;
  GtkLabel *complaint;
  LatchLockControls *controls;
  LatchLockDetails *details;
  LatchRecentActivity *activity;
};

G_DEFINE_FINAL_TYPE (LatchLockPage, latch_lock_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_VIEW = 1,
  PROP_DIAL_SIZE,
} LatchLockPageProperty;

static GParamSpec *properties[PROP_DIAL_SIZE + 1];

static gboolean
has_text (LatchLockPage *self, const char *text)
{
  return text && *text;
}

/* Of a lock that is not in front, notifications tell what one has to know */
static void
announce (LatchLockPage *self)
{
  gboolean blocked = latch_lock_view_get_appearance (self->view)->look == LATCH_LOCK_LOOK_BLOCKED;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->dial)))
    return;

  latch_announce (GTK_WIDGET (self->dial), latch_lock_view_get_dial_label (self->view),
                  blocked ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Why a lock does not answer is said at length where it says that it is offline */
static void
update_complaint (LatchLockPage *self)
{
  gboolean offline = self->view && latch_lock_get_offline (latch_lock_view_get_lock (self->view));

  gtk_widget_set_visible (GTK_WIDGET (self->complaint), !offline && *gtk_label_get_label (self->complaint));
}

static void
update (LatchLockPage *self, gboolean other_lock)
{
  const LatchLockAppearance *appearance = latch_lock_view_get_appearance (self->view);
  const LatchLockFacts *facts = latch_lock_view_get_facts (self->view);
  gint64 time = facts->changed_at > 0 ? facts->changed_at : facts->confirmed_at;
  g_autofree char *full_time = time > 0 ? latch_time_text_full (time) : NULL;
  gboolean news = g_strcmp0 (latch_lock_dial_get_label (self->dial), latch_lock_view_get_dial_label (self->view)) != 0;

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), latch_lock_view_get_name (self->view));
  latch_lock_dial_show (self->dial, appearance->look, appearance->extension, other_lock);
  latch_lock_dial_set_label (self->dial, latch_lock_view_get_dial_label (self->view));
  gtk_widget_set_tooltip_text (self->subtitle, full_time);
  latch_lock_controls_show (self->controls, self->view, self->asking);
  latch_lock_details_show (self->details, self->view, self->asking);
  update_complaint (self);

  if (news && !other_lock)
    announce (self);
}

static void
update_stack (LatchLockPage *self)
{
  if (self->view)
    gtk_stack_set_visible_child_name (self->stack, "lock");
  else
    latch_no_locks_show (self->stack, self->absence, NULL, NULL);
}

static void
view_changed_cb (LatchLockPage *self)
{
  update (self, FALSE);
}

static void
set_view (LatchLockPage *self, LatchLockView *view)
{
  g_autoptr (LatchBridge) bridge = NULL;

  if (self->view)
    g_signal_handlers_disconnect_by_func (self->view, view_changed_cb, self);
  g_set_object (&self->view, view);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
  update_stack (self);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), view != NULL);
  latch_lock_page_set_complaint (self, NULL);
  if (!view)
    {
      adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("Locks"));
      latch_bridge_banner_set_bridge (self->banner, NULL);
      return;
    }

  bridge = latch_lock_ref_bridge (latch_lock_view_get_lock (view));
  latch_bridge_banner_set_bridge (self->banner, bridge);
  g_signal_connect_object (view, "changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  update (self, TRUE);
}

static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  LatchLockPage *self = user_data;
  g_autoptr (GMenuModel) menu = latch_lock_menu_new (latch_lock_view_get_lock (self->view));

  gtk_menu_button_set_menu_model (button, menu);
}

static void
latch_lock_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchLockPage *self = LATCH_LOCK_PAGE (object);

  switch ((LatchLockPageProperty) property_id)
    {
    case PROP_VIEW:
      g_value_set_object (value, self->view);
      break;
    case PROP_DIAL_SIZE:
      g_value_set_int (value, self->dial_size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchLockPage *self = LATCH_LOCK_PAGE (object);

  switch ((LatchLockPageProperty) property_id)
    {
    case PROP_DIAL_SIZE:
      self->dial_size = g_value_get_int (value);
      latch_lock_dial_set_pixel_size (self->dial, self->dial_size);
      if (self->dial_size < TIGHT_DIAL_SIZE)
        gtk_widget_add_css_class (GTK_WIDGET (self), "tight");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), "tight");
      break;
    case PROP_VIEW:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_page_dispose (GObject *object)
{
  LatchLockPage *self = LATCH_LOCK_PAGE (object);

  if (self->menu_button)
    gtk_menu_button_set_create_popup_func (self->menu_button, NULL, NULL, NULL);
  if (self->view)
    g_signal_handlers_disconnect_by_func (self->view, view_changed_cb, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOCK_PAGE);
  g_clear_object (&self->view);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (latch_lock_page_parent_class)->dispose (object);
}

static void
latch_lock_page_class_init (LatchLockPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_lock_page_get_property;
  object_class->set_property = latch_lock_page_set_property;
  object_class->dispose = latch_lock_page_dispose;

  /**
   * LatchLockPage:view:
   *
   * How the lock shows.
   */
  properties[PROP_VIEW] = g_param_spec_object ("view", NULL, NULL, LATCH_TYPE_LOCK_VIEW,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * LatchLockPage:dial-size:
   *
   * How large the picture of a lock is, in pixels: small where there is little room.
   */
  properties[PROP_DIAL_SIZE] = g_param_spec_int ("dial-size", NULL, NULL, 1, 1000, LATCH_LOCK_PAGE_DIAL_SIZE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_BRIDGE_BANNER);
  g_type_ensure (LATCH_TYPE_LOCK_CONTROLS);
  g_type_ensure (LATCH_TYPE_LOCK_DETAILS);
  g_type_ensure (LATCH_TYPE_LOCK_DIAL);
  g_type_ensure (LATCH_TYPE_RECENT_ACTIVITY);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-lock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, banner);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, dial);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, complaint);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, controls);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, details);
  gtk_widget_class_bind_template_child (widget_class, LatchLockPage, activity);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
}

static void
latch_lock_page_init (LatchLockPage *self)
{
  self->dial_size = LATCH_LOCK_PAGE_DIAL_SIZE;
  self->absence = "no-locks";
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, self, NULL);
}

/**
 * latch_lock_page_set_store:
 * @store: where is recorded what locks do
 *
 * To be called before anything shows.
 */
void
latch_lock_page_set_store (LatchLockPage *self, LatchStore *store)
{
  g_return_if_fail (LATCH_IS_LOCK_PAGE (self));

  g_set_object (&self->store, store);
}

/**
 * latch_lock_page_show:
 * @lock: (nullable): what to show
 * @clock: the present
 */
void
latch_lock_page_show (LatchLockPage *self, LatchLock *lock, LatchClock *clock)
{
  g_autoptr (LatchLockView) view = NULL;

  g_return_if_fail (LATCH_IS_LOCK_PAGE (self));
  g_return_if_fail (!lock || LATCH_IS_LOCK (lock));

  if (latch_lock_page_get_lock (self) == lock)
    return;

  self->asking = FALSE;
  view = lock ? latch_lock_view_new (lock, clock) : NULL;
  set_view (self, view);
  latch_recent_activity_show (self->activity, self->store, lock, clock);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * latch_lock_page_get_lock:
 *
 * Returns: (transfer none) (nullable): the lock that shows
 */
LatchLock *
latch_lock_page_get_lock (LatchLockPage *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_PAGE (self), NULL);

  return self->view ? latch_lock_view_get_lock (self->view) : NULL;
}

/**
 * latch_lock_page_set_absence:
 * @absence: (not nullable): what to show where there is no lock to show; a literal that latch_no_locks_show() knows
 */
void
latch_lock_page_set_absence (LatchLockPage *self, const char *absence)
{
  g_return_if_fail (LATCH_IS_LOCK_PAGE (self));
  g_return_if_fail (absence != NULL);

  self->absence = absence;
  update_stack (self);
}

/**
 * latch_lock_page_set_asking:
 * @asking: whether the lock that shows is being asked for its state
 */
void
latch_lock_page_set_asking (LatchLockPage *self, gboolean asking)
{
  g_return_if_fail (LATCH_IS_LOCK_PAGE (self));

  self->asking = asking;
  if (self->view)
    update (self, FALSE);
}

/**
 * latch_lock_page_set_complaint:
 * @reason: (nullable): why the lock that shows did not do what it was asked to, as long as that matters
 */
void
latch_lock_page_set_complaint (LatchLockPage *self, const char *reason)
{
  g_return_if_fail (LATCH_IS_LOCK_PAGE (self));

  gtk_label_set_label (self->complaint, reason ? reason : "");
  update_complaint (self);
}

/**
 * latch_lock_page_set_open_door_offered:
 * @offered: whether there are buttons that pull the latch; so it is at first
 */
void
latch_lock_page_set_open_door_offered (LatchLockPage *self, gboolean offered)
{
  g_return_if_fail (LATCH_IS_LOCK_PAGE (self));

  latch_lock_controls_set_open_door_offered (self->controls, offered);
  if (self->view)
    update (self, FALSE);
}

/**
 * latch_lock_page_take_focus:
 *
 * What can be done with the lock comes before what is told of it.
 *
 * Returns: whether anything could take the focus
 */
gboolean
latch_lock_page_take_focus (LatchLockPage *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_PAGE (self), FALSE);

  if (!self->view)
    return gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));

  return latch_lock_controls_take_focus (self->controls) || gtk_widget_grab_focus (GTK_WIDGET (self->menu_button));
}

/**
 * latch_lock_page_shake:
 *
 * Shows that what was asked for did not happen.
 */
void
latch_lock_page_shake (LatchLockPage *self)
{
  g_return_if_fail (LATCH_IS_LOCK_PAGE (self));

  latch_lock_dial_shake (self->dial);
}
