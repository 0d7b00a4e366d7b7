/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-places.h"

#include "latch-add-receiver-alert.h"
#include "latch-instant-updates-row.h"
#include "latch-notice.h"
#include "latch-receiver-row.h"
#include "latch-upkeep-text.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgePlaces
{
  AdwPreferencesGroup parent_instance;

  LatchBridge *bridge;
  LatchReceivers *receivers;
  GPtrArray *rows; /* one for each */

  GtkWidget *header;
  GtkWidget *slots;
  GtkLabel *used;
  GtkListBox *list;
  AdwButtonRow *add;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (LatchBridgePlaces, latch_bridge_places, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchBridgePlacesProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static void
update_slots (LatchBridgePlaces *self, guint n_used)
{
  GtkWidget *slot = gtk_widget_get_first_child (self->slots);

  for (guint i = 0; slot; i++, slot = gtk_widget_get_next_sibling (slot))
    {
      if (i < n_used)
        gtk_widget_add_css_class (slot, "used");
      else
        gtk_widget_remove_css_class (slot, "used");
    }
}

static void
update (LatchBridgePlaces *self)
{
  guint n_used = g_list_model_get_n_items (G_LIST_MODEL (self->receivers));
  gboolean known = latch_receivers_get_known (self->receivers);
  gboolean adding = latch_receivers_get_adding (self->receivers);
  const char *problem = latch_receivers_get_problem (self->receivers);
  g_autofree char *used = latch_upkeep_text_places (n_used);
  const char *title = _("Add Receiver…");

  gtk_widget_set_visible (self->header, known);
  update_slots (self, n_used);
  gtk_label_set_text (self->used, used);

  if (adding)
    title = _("Adding Receiver…");
  else if (n_used >= LATCH_RECEIVERS_MOST)
    title = _("All 3 Places Are Taken");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add), title);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), known && !adding && n_used < LATCH_RECEIVERS_MOST);

  if (problem)
    gtk_label_set_text (self->problem, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* What somebody began is told also where he has left the page since */
typedef struct
{
  GtkWidget *widget;
  LatchReceivers *receivers;
  LatchReceiver *receiver;
} Wish;

static Wish *
wish_new (LatchBridgePlaces *self)
{
  Wish *wish = g_new0 (Wish, 1);

  g_set_weak_pointer (&wish->widget, gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY));
  wish->receivers = g_object_ref (self->receivers);

  return wish;
}

static void
wish_free (Wish *wish)
{
  g_clear_weak_pointer (&wish->widget);
  g_clear_object (&wish->receivers);
  g_clear_object (&wish->receiver);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;

  if (!latch_receivers_add_finish (LATCH_RECEIVERS (source), result, &error))
    latch_notice_explain (wish->widget, latch_notice_heading (_("Receiver Not Added"), error), error->message);
}

static void
adding_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  LatchReceivers *receivers = wish->receivers;
  g_autofree char *url = NULL;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "add"))
    return;

  url = latch_add_receiver_alert_dup_url (LATCH_ADD_RECEIVER_ALERT (source));
  latch_receivers_add_async (receivers, url, added_cb, g_steal_pointer (&wish));
}

static void
add_activated_cb (LatchBridgePlaces *self)
{
  adw_alert_dialog_choose (latch_add_receiver_alert_new (self->receivers), GTK_WIDGET (self), NULL, adding_confirmed_cb,
                           wish_new (self));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;

  if (!latch_receivers_remove_finish (LATCH_RECEIVERS (source), result, &error))
    latch_notice_explain (wish->widget, latch_notice_heading (_("Receiver Not Removed"), error), error->message);
}

static void
removal_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  LatchReceivers *receivers = wish->receivers;
  LatchReceiver *receiver = wish->receiver;

  if (g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "remove"))
    latch_receivers_remove_async (receivers, receiver, removed_cb, g_steal_pointer (&wish));
}

static void
remove_cb (LatchBridgePlaces *self, LatchReceiverRow *row)
{
  LatchReceiver *receiver = latch_receiver_row_get_receiver (row);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));
  Wish *wish = wish_new (self);

  wish->receiver = g_object_ref (receiver);
  /* Translators: %s is a host, such as “192.168.1.9:8123” */
  adw_alert_dialog_format_heading (dialog, _("Remove “%s”?"), latch_receiver_get_host (receiver));
  adw_alert_dialog_set_body (dialog, _("Another program may rely on this. It would no longer hear of changes."));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, removal_confirmed_cb, wish);
}

/* Who had the keyboard in a row that goes finds it in the list still */
static void
remove_row (LatchBridgePlaces *self, guint position)
{
  GtkWidget *row = self->rows->pdata[position];

  if (gtk_widget_get_focus_child (row) || gtk_widget_is_focus (row))
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_BACKWARD);
  gtk_list_box_remove (self->list, row);
  g_ptr_array_remove_index (self->rows, position);
}

static void
items_changed_cb (LatchBridgePlaces *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_removed; i++)
    remove_row (self, position);
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (LatchReceiver) receiver = g_list_model_get_item (G_LIST_MODEL (self->receivers), position + i);
      LatchReceiverRow *row = latch_receiver_row_new (receiver);

      g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_insert (self->rows, position + i, row);
      gtk_list_box_insert (self->list, GTK_WIDGET (row), 1 + position + i);
    }
  update (self);
}

static void
drop_receivers (LatchBridgePlaces *self)
{
  if (!self->receivers)
    return;

  g_signal_handlers_disconnect_by_data (self->receivers, self);
  latch_receivers_set_active (self->receivers, FALSE);
  g_clear_object (&self->receivers);
}

static void
set_bridge (LatchBridgePlaces *self, LatchBridge *bridge)
{
  if (self->bridge == bridge)
    return;

  drop_receivers (self);
  while (self->rows->len > 0)
    remove_row (self, 0);
  g_set_object (&self->bridge, bridge);
  if (bridge)
    {
      self->receivers = latch_receivers_new (bridge);
      g_signal_connect_object (self->receivers, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->receivers, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      latch_receivers_set_active (self->receivers, gtk_widget_get_mapped (GTK_WIDGET (self)));
      update (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BRIDGE]);
}

/* Nobody needs to know while nobody looks */
static void
latch_bridge_places_map (GtkWidget *widget)
{
  LatchBridgePlaces *self = LATCH_BRIDGE_PLACES (widget);

  GTK_WIDGET_CLASS (latch_bridge_places_parent_class)->map (widget);

  if (self->receivers)
    latch_receivers_set_active (self->receivers, TRUE);
}

static void
latch_bridge_places_unmap (GtkWidget *widget)
{
  LatchBridgePlaces *self = LATCH_BRIDGE_PLACES (widget);

  GTK_WIDGET_CLASS (latch_bridge_places_parent_class)->unmap (widget);

  if (self->receivers)
    latch_receivers_set_active (self->receivers, FALSE);
}

static void
latch_bridge_places_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgePlaces *self = LATCH_BRIDGE_PLACES (object);

  switch ((LatchBridgePlacesProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_places_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgePlaces *self = LATCH_BRIDGE_PLACES (object);

  switch ((LatchBridgePlacesProperty) property_id)
    {
    case PROP_BRIDGE:
      set_bridge (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_places_dispose (GObject *object)
{
  LatchBridgePlaces *self = LATCH_BRIDGE_PLACES (object);

  drop_receivers (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_PLACES);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (latch_bridge_places_parent_class)->dispose (object);
}

static void
latch_bridge_places_finalize (GObject *object)
{
  g_clear_pointer (&LATCH_BRIDGE_PLACES (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_bridge_places_parent_class)->finalize (object);
}

static void
latch_bridge_places_class_init (LatchBridgePlacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_places_get_property;
  object_class->set_property = latch_bridge_places_set_property;
  object_class->dispose = latch_bridge_places_dispose;
  object_class->finalize = latch_bridge_places_finalize;
  widget_class->map = latch_bridge_places_map;
  widget_class->unmap = latch_bridge_places_unmap;

  /**
   * LatchBridgePlaces:bridge:
   *
   * The bridge that it is about.
   */
  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_INSTANT_UPDATES_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-places.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePlaces, header);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePlaces, slots);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePlaces, used);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePlaces, list);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePlaces, add);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePlaces, problem);
  gtk_widget_class_bind_template_callback (widget_class, add_activated_cb);
}

static void
latch_bridge_places_init (LatchBridgePlaces *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
