/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-receiver-row.h"

#include "latch-upkeep-text.h"

#include <glib/gi18n-lib.h>

struct _LatchReceiverRow
{
  AdwActionRow parent_instance;

  LatchReceiver *receiver;

  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (LatchReceiverRow, latch_receiver_row, ADW_TYPE_ACTION_ROW)

typedef enum
{
  PROP_RECEIVER = 1,
} LatchReceiverRowProperty;

enum
{
  REMOVE,
  N_SIGNALS
};

static GParamSpec *properties[PROP_RECEIVER + 1];
static guint signals[N_SIGNALS];

static void
update (LatchReceiverRow *self)
{
  g_autofree char *caption = latch_upkeep_text_receiver (latch_receiver_get_kind (self->receiver),
                                                         latch_receiver_get_path (self->receiver));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), caption);
  /* Our own has a switch */
  gtk_widget_set_visible (GTK_WIDGET (self), latch_receiver_get_kind (self->receiver) != LATCH_RECEIVER_KIND_THIS);
}

static void
remove_clicked_cb (LatchReceiverRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
latch_receiver_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchReceiverRow *self = LATCH_RECEIVER_ROW (object);

  switch ((LatchReceiverRowProperty) property_id)
    {
    case PROP_RECEIVER:
      g_value_set_object (value, self->receiver);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_receiver_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchReceiverRow *self = LATCH_RECEIVER_ROW (object);

  switch ((LatchReceiverRowProperty) property_id)
    {
    case PROP_RECEIVER:
      self->receiver = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_receiver_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_RECEIVER_ROW);
  g_clear_object (&LATCH_RECEIVER_ROW (object)->receiver);

  G_OBJECT_CLASS (latch_receiver_row_parent_class)->dispose (object);
}

static void
latch_receiver_row_class_init (LatchReceiverRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_receiver_row_get_property;
  object_class->set_property = latch_receiver_row_set_property;
  object_class->dispose = latch_receiver_row_dispose;

  properties[PROP_RECEIVER] =
      g_param_spec_object ("receiver", NULL, NULL, LATCH_TYPE_RECEIVER,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchReceiverRow::remove:
   *
   * Somebody wants the bridge to call it no more.
   */
  signals[REMOVE] = g_signal_new ("remove", LATCH_TYPE_RECEIVER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-receiver-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchReceiverRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
}

static void
latch_receiver_row_init (LatchReceiverRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LatchReceiverRow *
latch_receiver_row_new (LatchReceiver *receiver)
{
  LatchReceiverRow *self = g_object_new (LATCH_TYPE_RECEIVER_ROW, "receiver", receiver, NULL);
  /* Translators: what a button does; %s is a host, such as “192.168.1.9:8123” */
  g_autofree char *label = g_strdup_printf (_("Remove %s"), latch_receiver_get_host (receiver));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), latch_receiver_get_host (receiver));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_bind_property (receiver, "leaving", self->remove, "sensitive", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  g_signal_connect_object (receiver, "notify::kind", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

LatchReceiver *
latch_receiver_row_get_receiver (LatchReceiverRow *self)
{
  g_return_val_if_fail (LATCH_IS_RECEIVER_ROW (self), NULL);

  return self->receiver;
}
