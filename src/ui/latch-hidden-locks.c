/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-hidden-locks.h"

#include "latch-lock-key.h"
#include "latch-lock-text.h"
#include "latch-shown-locks.h"

#include <glib/gi18n-lib.h>

struct _LatchHiddenLocks
{
  AdwPreferencesGroup parent_instance;

  LatchBridge *bridge;
  LatchShownLocks *locks; /* the hidden ones */
  GPtrArray *rows;        /* of GtkWidget, one for each of them */
};

G_DEFINE_FINAL_TYPE (LatchHiddenLocks, latch_hidden_locks, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchHiddenLocksProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static void
update_row (AdwActionRow *row, GParamSpec *pspec, LatchLock *lock)
{
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "button");
  g_autofree char *name = latch_lock_text_short_name (lock);
  g_autofree char *hex = latch_nuki_id_to_hex (latch_lock_get_nuki_id (lock));
  /* Translators: %s is the name of a lock. Names need not be unique, so its ID follows it */
  g_autofree char *label = g_strdup_printf (_("Show %s Again, %s"), name, hex);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (row, hex);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static GtkWidget *
create_row (LatchLock *lock)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new ();
  g_autofree char *key = latch_lock_key_new (lock);

  /* A button's own label would be all that is heard of it */
  gtk_button_set_child (GTK_BUTTON (button), gtk_label_new (_("Show Again")));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* In this order, for GTK warns of an action that needs a target and has none */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", key);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "lock.unhide");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "button", button);
  g_signal_connect_object (lock, "notify::name", G_CALLBACK (update_row), row, G_CONNECT_SWAPPED);
  update_row (ADW_ACTION_ROW (row), NULL, lock);

  return row;
}

static void
update_description (LatchHiddenLocks *self)
{
  guint n_hidden = g_list_model_get_n_items (G_LIST_MODEL (self->locks));
  gboolean all = self->bridge && n_hidden == g_list_model_get_n_items (G_LIST_MODEL (self->bridge));

  gtk_widget_set_visible (GTK_WIDGET (self), n_hidden > 0);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         all ? _("All locks of this bridge are hidden, and nothing is told of them")
                                             : _("Not listed, and nothing is told of them"));
}

static void
locks_changed_cb (LatchHiddenLocks *self, guint position, guint removed, guint added)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  for (guint i = self->rows->len; i-- > position;)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, position);

  /* Rows can only be added at the end */
  for (guint i = position; i < g_list_model_get_n_items (G_LIST_MODEL (self->locks)); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->locks), i);
      GtkWidget *row = create_row (lock);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }

  update_description (self);
  if (had_focus && self->rows->len > 0)
    gtk_widget_child_focus (self->rows->pdata[MIN (position, self->rows->len - 1)], GTK_DIR_TAB_FORWARD);
}

static void
clear (LatchHiddenLocks *self)
{
  if (self->bridge)
    g_signal_handlers_disconnect_by_data (self->bridge, self);
  if (self->locks)
    g_signal_handlers_disconnect_by_data (self->locks, self);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->locks);
  g_clear_object (&self->bridge);
}

static void
latch_hidden_locks_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchHiddenLocks *self = LATCH_HIDDEN_LOCKS (object);

  switch ((LatchHiddenLocksProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_hidden_locks_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchHiddenLocks *self = LATCH_HIDDEN_LOCKS (object);

  switch ((LatchHiddenLocksProperty) property_id)
    {
    case PROP_BRIDGE:
      latch_hidden_locks_set_bridge (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_hidden_locks_dispose (GObject *object)
{
  clear (LATCH_HIDDEN_LOCKS (object));

  G_OBJECT_CLASS (latch_hidden_locks_parent_class)->dispose (object);
}

static void
latch_hidden_locks_finalize (GObject *object)
{
  g_clear_pointer (&LATCH_HIDDEN_LOCKS (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_hidden_locks_parent_class)->finalize (object);
}

static void
latch_hidden_locks_class_init (LatchHiddenLocksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_hidden_locks_get_property;
  object_class->set_property = latch_hidden_locks_set_property;
  object_class->dispose = latch_hidden_locks_dispose;
  object_class->finalize = latch_hidden_locks_finalize;

  /**
   * LatchHiddenLocks:bridge:
   *
   * Whose hidden locks to show.
   */
  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), APP_PATH "/latch-hidden-locks.ui");
}

static void
latch_hidden_locks_init (LatchHiddenLocks *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
latch_hidden_locks_set_bridge (LatchHiddenLocks *self, LatchBridge *bridge)
{
  g_return_if_fail (LATCH_IS_HIDDEN_LOCKS (self));

  if (self->bridge == bridge)
    return;

  clear (self);
  if (g_set_object (&self->bridge, bridge))
    {
      self->locks = latch_shown_locks_new (bridge, TRUE);
      g_signal_connect_object (self->locks, "items-changed", G_CALLBACK (locks_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (bridge, "items-changed", G_CALLBACK (update_description), self, G_CONNECT_SWAPPED);
      locks_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->locks)));
    }
  else
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BRIDGE]);
}
