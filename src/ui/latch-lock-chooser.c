/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-chooser.h"

#include "latch-activity-names.h"

#include <glib/gi18n-lib.h>

/* From how many locks on one types rather than looks */
#define MANY 12

/* What of a name shows in the list */
#define MOST_CHARACTERS 32

struct _LatchLockChooser
{
  AdwBin parent_instance;

  GListModel *locks;  /* of all bridges */
  GPtrArray *watched; /* of LatchLock, all of them */
  GPtrArray *shown;   /* of LatchLock, those to choose from; the first, for all, is NULL */
  GPtrArray *bound;   /* of GtkListItem, those of the list that show something */
  LatchLock *selected;
  guint update_id;
  gboolean updating;
  gboolean outdated; /* which nobody sees */

  GtkDropDown *drop_down;
};

G_DEFINE_FINAL_TYPE (LatchLockChooser, latch_lock_chooser, ADW_TYPE_BIN)

typedef enum
{
  PROP_SELECTED = 1,
} LatchLockChooserProperty;

static GParamSpec *properties[PROP_SELECTED + 1];

static void queue_update (LatchLockChooser *self);

static void
let_go (gpointer data, gpointer user_data)
{
  g_signal_handlers_disconnect_by_func (data, queue_update, user_data);
  g_object_unref (data);
}

static void
set_selected (LatchLockChooser *self, LatchLock *lock)
{
  if (g_set_object (&self->selected, lock))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
forget_locks (LatchLockChooser *self)
{
  g_ptr_array_foreach (self->watched, let_go, self);
  g_ptr_array_set_size (self->watched, 0);
  g_ptr_array_set_size (self->shown, 0);
}

/* Whoever has hidden a lock does not want to choose it; but what is chosen already stays */
static gboolean
is_offered (LatchLockChooser *self, LatchLock *lock)
{
  return lock == self->selected || !latch_lock_get_hidden (lock);
}

/* A lock that is gone is nobody's choice any more */
static void
update (LatchLockChooser *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_auto (GStrv) all_names = latch_activity_names_get_all (self->locks);
  guint selected = 0;

  self->outdated = FALSE;
  forget_locks (self);
  g_ptr_array_add (self->shown, NULL);
  gtk_string_list_append (names, _("All Locks"));
  for (guint i = 0; i < g_list_model_get_n_items (self->locks); i++)
    {
      LatchLock *lock = g_list_model_get_item (self->locks, i);

      g_ptr_array_add (self->watched, lock);
      g_signal_connect_object (lock, "notify::name", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lock, "notify::hidden", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      if (!is_offered (self, lock))
        continue;

      if (lock == self->selected)
        selected = self->shown->len;
      g_ptr_array_add (self->shown, lock);
      gtk_string_list_append (names, all_names[i]);
    }

  self->updating = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->drop_down, selected);
  gtk_drop_down_set_enable_search (self->drop_down, self->shown->len > MANY);
  self->updating = FALSE;
  set_selected (self, self->shown->pdata[selected]);
}

static void
update_cb (gpointer user_data)
{
  LatchLockChooser *self = user_data;

  self->update_id = 0;
  update (self);
}

/* Not at once: a lock that only takes another place is gone for a moment. And not for nobody */
static void
queue_update (LatchLockChooser *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->outdated = TRUE;
  else if (self->update_id == 0)
    self->update_id = g_idle_add_once (update_cb, self);
}

/* Long names must not make the window wider */
static void
setup_name_cb (LatchLockChooser *self, GtkListItem *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (list_item, label);
}

static void
bind_name_cb (LatchLockChooser *self, GtkListItem *list_item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (list_item)));
}

static void
setup_choice_cb (LatchLockChooser *self, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *check = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
                                   "object-select-symbolic", NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARACTERS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (list_item, box);
}

static void
update_check (LatchLockChooser *self, GtkListItem *list_item)
{
  gboolean is_chosen = gtk_list_item_get_position (list_item) == gtk_drop_down_get_selected (self->drop_down);

  gtk_widget_set_opacity (gtk_widget_get_last_child (gtk_list_item_get_child (list_item)), is_chosen);
}

static void
bind_choice_cb (LatchLockChooser *self, GtkListItem *list_item)
{
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (list_item));

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (gtk_list_item_get_child (list_item))), name);
  gtk_list_item_set_accessible_label (list_item, name);
  g_ptr_array_add (self->bound, list_item);
  update_check (self, list_item);
}

static void
unbind_choice_cb (LatchLockChooser *self, GtkListItem *list_item)
{
  g_ptr_array_remove_fast (self->bound, list_item);
}

static void
selected_cb (LatchLockChooser *self)
{
  guint position = gtk_drop_down_get_selected (self->drop_down);

  for (guint i = 0; i < self->bound->len; i++)
    update_check (self, self->bound->pdata[i]);

  if (!self->updating && position < self->shown->len)
    set_selected (self, self->shown->pdata[position]);
}

static void
latch_lock_chooser_map (GtkWidget *widget)
{
  if (LATCH_LOCK_CHOOSER (widget)->outdated)
    update (LATCH_LOCK_CHOOSER (widget));

  GTK_WIDGET_CLASS (latch_lock_chooser_parent_class)->map (widget);
}

static void
latch_lock_chooser_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((LatchLockChooserProperty) property_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, LATCH_LOCK_CHOOSER (object)->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_lock_chooser_dispose (GObject *object)
{
  LatchLockChooser *self = LATCH_LOCK_CHOOSER (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  forget_locks (self);
  g_clear_object (&self->locks);
  g_clear_object (&self->selected);

  G_OBJECT_CLASS (latch_lock_chooser_parent_class)->dispose (object);
}

static void
latch_lock_chooser_finalize (GObject *object)
{
  g_ptr_array_unref (LATCH_LOCK_CHOOSER (object)->watched);
  g_ptr_array_unref (LATCH_LOCK_CHOOSER (object)->shown);
  g_ptr_array_unref (LATCH_LOCK_CHOOSER (object)->bound);

  G_OBJECT_CLASS (latch_lock_chooser_parent_class)->finalize (object);
}

static void
latch_lock_chooser_class_init (LatchLockChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_lock_chooser_get_property;
  object_class->dispose = latch_lock_chooser_dispose;
  object_class->finalize = latch_lock_chooser_finalize;
  GTK_WIDGET_CLASS (klass)->map = latch_lock_chooser_map;

  /**
   * LatchLockChooser:selected:
   *
   * (nullable): The lock that is chosen; %NULL for all of them.
   */
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, LATCH_TYPE_LOCK,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
latch_lock_chooser_init (LatchLockChooser *self)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  g_autoptr (GtkListItemFactory) names = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) choices = gtk_signal_list_item_factory_new ();

  self->watched = g_ptr_array_new ();
  self->shown = g_ptr_array_new ();
  self->bound = g_ptr_array_new ();
  g_signal_connect_object (names, "setup", G_CALLBACK (setup_name_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (names, "bind", G_CALLBACK (bind_name_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (choices, "setup", G_CALLBACK (setup_choice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (choices, "bind", G_CALLBACK (bind_choice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (choices, "unbind", G_CALLBACK (unbind_choice_cb), self, G_CONNECT_SWAPPED);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, expression));
  gtk_drop_down_set_factory (self->drop_down, names);
  gtk_drop_down_set_list_factory (self->drop_down, choices);
  gtk_drop_down_set_search_match_mode (self->drop_down, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down), _("Lock"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Lock"), -1);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
}

/**
 * latch_lock_chooser_show:
 * @bridges: a list of #LatchBridge
 *
 * Says from which locks to choose; to be called once.
 */
void
latch_lock_chooser_show (LatchLockChooser *self, GListModel *bridges)
{
  g_return_if_fail (LATCH_IS_LOCK_CHOOSER (self));
  g_return_if_fail (!self->locks);

  self->locks = G_LIST_MODEL (gtk_flatten_list_model_new (g_object_ref (bridges)));
  g_signal_connect_object (self->locks, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update (self);
}

LatchLock *
latch_lock_chooser_get_selected (LatchLockChooser *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK_CHOOSER (self), NULL);

  return self->selected;
}

/**
 * latch_lock_chooser_set_selected:
 * @lock: (nullable): one of the locks; %NULL for all of them
 */
void
latch_lock_chooser_set_selected (LatchLockChooser *self, LatchLock *lock)
{
  guint position;

  g_return_if_fail (LATCH_IS_LOCK_CHOOSER (self));

  /* One that has just come may not be shown yet */
  if (self->update_id != 0 || self->outdated)
    {
      g_clear_handle_id (&self->update_id, g_source_remove);
      update (self);
    }
  if (g_ptr_array_find (self->shown, lock, &position))
    gtk_drop_down_set_selected (self->drop_down, position);
  else if (g_ptr_array_find (self->watched, lock, NULL))
    {
      /* It is hidden, and somebody looks at it all the same */
      set_selected (self, lock);
      update (self);
    }
}
