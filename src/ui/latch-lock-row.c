/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-row.h"

#include "latch-badge.h"
#include "latch-lock-menu.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

struct _LatchLockRow
{
  GtkListBoxRow parent_instance;

  LatchLockView *view;
  gboolean bridge_named;
  char *label;

  GtkWidget *menu; /* while it is open, or was last */
};

G_DEFINE_FINAL_TYPE (LatchLockRow, latch_lock_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum
{
  PROP_VIEW = 1,
} LatchLockRowProperty;

static GParamSpec *properties[PROP_VIEW + 1];

static void
update_label (LatchLockRow *self)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (latch_lock_view_get_lock (self->view));
  const char *bridge_name = self->bridge_named && bridge ? latch_bridge_get_name (bridge) : NULL;
  g_autofree char *label = latch_lock_text_row_label (latch_lock_view_get_facts (self->view),
                                                      latch_lock_view_get_name (self->view), bridge_name);

  if (g_set_str (&self->label, label))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
popup (LatchLockRow *self, double x, double y)
{
  g_autoptr (GMenuModel) model = latch_lock_menu_new (latch_lock_view_get_lock (self->view));
  /* Translators: %s is the name of a lock */
  g_autofree char *label = g_strdup_printf (_("Menu of %s"), latch_lock_view_get_name (self->view));

  if (!self->menu)
    {
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (LatchLockRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup (self, x, y);
}

static void
long_pressed_cb (LatchLockRow *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup (self, x, y);
}

static void
popup_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  popup (LATCH_LOCK_ROW (widget), gtk_widget_get_width (widget) / 2., gtk_widget_get_height (widget));
}

/* Lists give their rows no action that assistive technology could find */
static void
activate_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

static void
latch_lock_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LatchLockRow *self = LATCH_LOCK_ROW (widget);

  GTK_WIDGET_CLASS (latch_lock_row_parent_class)->size_allocate (widget, width, height, baseline);

  if (self->menu)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
latch_lock_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchLockRow *self = LATCH_LOCK_ROW (object);

  switch ((LatchLockRowProperty) property_id)
    {
    case PROP_VIEW:
      g_value_set_object (value, self->view);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchLockRow *self = LATCH_LOCK_ROW (object);

  switch ((LatchLockRowProperty) property_id)
    {
    case PROP_VIEW:
      self->view = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_row_constructed (GObject *object)
{
  LatchLockRow *self = LATCH_LOCK_ROW (object);
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (latch_lock_view_get_lock (self->view));

  G_OBJECT_CLASS (latch_lock_row_parent_class)->constructed (object);

  g_signal_connect_object (self->view, "changed", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  if (bridge)
    g_signal_connect_object (bridge, "notify::name", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  update_label (self);
}

static void
latch_lock_row_dispose (GObject *object)
{
  LatchLockRow *self = LATCH_LOCK_ROW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOCK_ROW);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (latch_lock_row_parent_class)->dispose (object);
}

static void
latch_lock_row_finalize (GObject *object)
{
  LatchLockRow *self = LATCH_LOCK_ROW (object);

  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (latch_lock_row_parent_class)->finalize (object);
}

static void
latch_lock_row_class_init (LatchLockRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_lock_row_get_property;
  object_class->set_property = latch_lock_row_set_property;
  object_class->constructed = latch_lock_row_constructed;
  object_class->dispose = latch_lock_row_dispose;
  object_class->finalize = latch_lock_row_finalize;
  widget_class->size_allocate = latch_lock_row_size_allocate;

  /**
   * LatchLockRow:view:
   *
   * How the lock shows.
   */
  properties[PROP_VIEW] =
      g_param_spec_object ("view", NULL, NULL, LATCH_TYPE_LOCK_VIEW,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_BADGE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-lock-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);
  gtk_widget_class_install_action (widget_class, "activate", NULL, activate_action_cb);
  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, popup_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "menu.popup", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "menu.popup", NULL);
}

static void
latch_lock_row_init (LatchLockRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
latch_lock_row_new (LatchLock *lock, LatchClock *clock)
{
  g_autoptr (LatchLockView) view = latch_lock_view_new (lock, clock);

  return g_object_new (LATCH_TYPE_LOCK_ROW, "view", view, NULL);
}

LatchLock *
latch_lock_row_get_lock (LatchLockRow *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_ROW (self), NULL);

  return latch_lock_view_get_lock (self->view);
}

/**
 * latch_lock_row_get_label:
 *
 * Returns: all that the row shows, in words
 */
const char *
latch_lock_row_get_label (LatchLockRow *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_ROW (self), NULL);

  return self->label;
}

/**
 * latch_lock_row_set_bridge_named:
 * @bridge_named: whether the words say which bridge the lock is on, because there are several
 */
void
latch_lock_row_set_bridge_named (LatchLockRow *self, gboolean bridge_named)
{
  g_return_if_fail (LATCH_IS_LOCK_ROW (self));

  self->bridge_named = bridge_named;
  update_label (self);
}
