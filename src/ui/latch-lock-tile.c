/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-tile.h"

#include "latch-lock-key.h"
#include "latch-lock-text.h"

struct _LatchLockTile
{
  GtkButton parent_instance;

  LatchLockAction action;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *caption;
};

G_DEFINE_FINAL_TYPE (LatchLockTile, latch_lock_tile, GTK_TYPE_BUTTON)

static void
latch_lock_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOCK_TILE);

  G_OBJECT_CLASS (latch_lock_tile_parent_class)->dispose (object);
}

static void
latch_lock_tile_class_init (LatchLockTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_lock_tile_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-lock-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLockTile, icon);
  gtk_widget_class_bind_template_child (widget_class, LatchLockTile, title);
  gtk_widget_class_bind_template_child (widget_class, LatchLockTile, caption);
}

static void
latch_lock_tile_init (LatchLockTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
latch_lock_tile_new (void)
{
  return g_object_new (LATCH_TYPE_LOCK_TILE, NULL);
}

/**
 * latch_lock_tile_show:
 * @lock: what the button is about
 * @name: its name
 * @action: what the button has it do; %LATCH_LOCK_ACTION_NONE to hide the button
 */
void
latch_lock_tile_show (LatchLockTile *self, LatchLock *lock, const char *name, LatchLockAction action)
{
  g_autofree char *key = latch_lock_key_new (lock);
  g_autofree char *label = latch_lock_text_action_label (action, name);

  g_return_if_fail (LATCH_IS_LOCK_TILE (self));

  self->action = action;
  gtk_widget_set_visible (GTK_WIDGET (self), action != LATCH_LOCK_ACTION_NONE);
  if (action == LATCH_LOCK_ACTION_NONE)
    return;

  gtk_image_set_from_icon_name (self->icon, latch_lock_action_get_icon_name (action));
  gtk_label_set_label (self->title, latch_lock_action_get_text (action));
  gtk_label_set_label (self->caption, latch_lock_text_action_caption (action));
  /* In this order, for GTK warns of an action that needs a target and has none */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(ss)", key, latch_lock_action_get_nick (action));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "lock.perform-on");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, latch_lock_text_action_caption (action),
                                  -1);
}

LatchLockAction
latch_lock_tile_get_action (LatchLockTile *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_TILE (self), LATCH_LOCK_ACTION_NONE);

  return self->action;
}
