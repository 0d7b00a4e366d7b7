/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-controls.h"

#include "latch-caution.h"
#include "latch-lock-key.h"
#include "latch-lock-text.h"
#include "latch-lock-tile.h"

#include <adwaita.h>

/* Milliseconds that somebody needs to see that a button does something else now */
#define SETTLE_MS 600

struct _LatchLockControls
{
  GtkBox parent_instance;

  LatchLockView *view;
  gboolean busy;
  gboolean open_door_offered;
  LatchLockAction primary_action;
  guint settle_id; /* while the pointer may still mean what the button did before */

  GtkWidget *buttons;
  GtkButton *secondary;
  GtkWidget *primary;
  GtkStack *primary_stack;
  GtkLabel *primary_label;
  GtkWidget *primary_spinner;
  GtkBox *tiles;
  LatchLockTile *tile[LATCH_LOCK_MAX_TILES];
};

G_DEFINE_FINAL_TYPE (LatchLockControls, latch_lock_controls, GTK_TYPE_BOX)

static void
activate (LatchLockControls *self, LatchLockAction action)
{
  g_autofree char *key = latch_lock_key_new (latch_lock_view_get_lock (self->view));

  if (action != LATCH_LOCK_ACTION_NONE)
    gtk_widget_activate_action (GTK_WIDGET (self), "lock.perform-on", "(ss)", key, latch_lock_action_get_nick (action));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "lock.ask", "s", key);
}

static void
primary_clicked_cb (LatchLockControls *self)
{
  /* A busy button keeps the keyboard's focus, and has no effect */
  if (!self->busy)
    activate (self, latch_lock_view_get_appearance (self->view)->primary_action);
}

static void
secondary_clicked_cb (LatchLockControls *self)
{
  activate (self, latch_lock_view_get_appearance (self->view)->secondary_action);
}

static void
update_can_target (LatchLockControls *self)
{
  gtk_widget_set_can_target (self->primary, !self->busy && self->settle_id == 0);
}

static void
settled_cb (gpointer user_data)
{
  LatchLockControls *self = user_data;

  self->settle_id = 0;
  update_can_target (self);
}

/* Whoever clicks on Lock in the moment in which somebody else has locked must not unlock */
static void
settle (LatchLockControls *self, LatchLockAction action, gboolean other_lock)
{
  gboolean opens = action != LATCH_LOCK_ACTION_NONE && action != LATCH_LOCK_ACTION_LOCK;

  if (action == self->primary_action && !other_lock)
    return;

  self->primary_action = action;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (opens && !other_lock)
    self->settle_id = g_timeout_add_once (SETTLE_MS, settled_cb, self);
}

static void
show_primary (LatchLockControls *self, const LatchLockAppearance *appearance)
{
  g_autofree char *label = latch_lock_text_action_label (appearance->primary_action,
                                                         latch_lock_view_get_name (self->view));

  if (appearance->primary_label)
    gtk_label_set_label (self->primary_label, appearance->primary_label);
  gtk_stack_set_visible_child (self->primary_stack,
                               self->busy ? self->primary_spinner : GTK_WIDGET (self->primary_label));
  update_can_target (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->primary), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label ? label : gtk_label_get_label (self->primary_label), -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->primary),
                               GTK_ACCESSIBLE_STATE_BUSY, self->busy,
                               GTK_ACCESSIBLE_STATE_DISABLED, self->busy,
                               -1);
}

static void
show_secondary (LatchLockControls *self, const LatchLockAppearance *appearance)
{
  gboolean paired = appearance->secondary_action != LATCH_LOCK_ACTION_NONE;
  g_autofree char *label = latch_lock_text_action_label (appearance->secondary_action,
                                                         latch_lock_view_get_name (self->view));

  gtk_widget_set_visible (GTK_WIDGET (self->secondary), paired);
  if (paired)
    {
      gtk_button_set_label (self->secondary, appearance->secondary_label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->secondary), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_widget_add_css_class (self->primary, "paired");
    }
  else
    gtk_widget_remove_css_class (self->primary, "paired");
}

static void
show_tiles (LatchLockControls *self, const LatchLockAppearance *appearance)
{
  /* The focus must not be lost with the tile that it is on */
  if (self->busy && gtk_widget_get_focus_child (GTK_WIDGET (self->tiles)) && appearance->primary_label)
    gtk_widget_grab_focus (self->primary);

  for (gsize i = 0; i < LATCH_LOCK_MAX_TILES; i++)
    {
      gboolean offered = self->open_door_offered || !latch_lock_action_pulls_latch (appearance->tiles[i]);

      latch_lock_tile_show (self->tile[i], latch_lock_view_get_lock (self->view), latch_lock_view_get_name (self->view),
                            offered ? appearance->tiles[i] : LATCH_LOCK_ACTION_NONE);
      /* Of what only has an insensitive parent, those who listen are told that it can be used */
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->tile[i]), GTK_ACCESSIBLE_STATE_DISABLED, self->busy, -1);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->tiles), !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->tiles), appearance->tiles[0] != LATCH_LOCK_ACTION_NONE);
}

/* A key is no better than the pointer there */
static gboolean
key_pressed_cb (LatchLockControls *self, guint keyval)
{
  gboolean presses = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter ||
                     keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space;

  return presses && self->settle_id != 0;
}

static void
latch_lock_controls_dispose (GObject *object)
{
  LatchLockControls *self = LATCH_LOCK_CONTROLS (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOCK_CONTROLS);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (latch_lock_controls_parent_class)->dispose (object);
}

static void
latch_lock_controls_class_init (LatchLockControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_lock_controls_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-lock-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLockControls, buttons);
  gtk_widget_class_bind_template_child (widget_class, LatchLockControls, secondary);
  gtk_widget_class_bind_template_child (widget_class, LatchLockControls, primary);
  gtk_widget_class_bind_template_child (widget_class, LatchLockControls, primary_stack);
  gtk_widget_class_bind_template_child (widget_class, LatchLockControls, primary_label);
  gtk_widget_class_bind_template_child (widget_class, LatchLockControls, primary_spinner);
  gtk_widget_class_bind_template_child (widget_class, LatchLockControls, tiles);
  gtk_widget_class_bind_template_callback (widget_class, primary_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
latch_lock_controls_init (LatchLockControls *self)
{
  self->open_door_offered = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  for (gsize i = 0; i < LATCH_LOCK_MAX_TILES; i++)
    {
      self->tile[i] = LATCH_LOCK_TILE (latch_lock_tile_new ());
      gtk_box_append (self->tiles, GTK_WIDGET (self->tile[i]));
    }
}

/**
 * latch_lock_controls_set_open_door_offered:
 * @offered: whether there are buttons that pull the latch, as soon as latch_lock_controls_show() is called next
 */
void
latch_lock_controls_set_open_door_offered (LatchLockControls *self, gboolean offered)
{
  g_return_if_fail (LATCH_IS_LOCK_CONTROLS (self));

  self->open_door_offered = offered;
}

/**
 * latch_lock_controls_show:
 * @view: how the lock shows
 * @asking: whether the lock is being asked for its state
 *
 * To be called whenever either has changed.
 */
void
latch_lock_controls_show (LatchLockControls *self, LatchLockView *view, gboolean asking)
{
  const LatchLockAppearance *appearance = NULL;

  g_return_if_fail (LATCH_IS_LOCK_CONTROLS (self));
  g_return_if_fail (LATCH_IS_LOCK_VIEW (view));

  appearance = latch_lock_view_get_appearance (view);
  settle (self, appearance->primary_action, g_set_object (&self->view, view));
  /* Only where the button asks does it wait for the answer: nobody who wants in should */
  self->busy = appearance->busy || (asking && appearance->primary_asks);

  gtk_widget_set_visible (self->buttons, appearance->primary_label != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), appearance->primary_label != NULL);
  show_primary (self, appearance);
  show_secondary (self, appearance);
  show_tiles (self, appearance);
}

/**
 * latch_lock_controls_take_focus:
 *
 * Returns: whether there is a button that does what one most likely wants, which has the focus now
 */
gboolean
latch_lock_controls_take_focus (LatchLockControls *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_CONTROLS (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self)) && gtk_widget_grab_focus (self->primary);
}
