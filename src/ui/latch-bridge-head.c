/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-head.h"

#include "latch-bridge-picture.h"
#include "latch-bridge-text.h"
#include "latch-error.h"

struct _LatchBridgeHead
{
  AdwBin parent_instance;

  LatchBridge *bridge;
  GSignalGroup *bridge_signals;
  GSignalGroup *client_signals;
  LatchClock *clock;
  GSignalGroup *clock_signals;

  LatchBridgePicture *picture;
  GtkLabel *title;
  GtkLabel *address;
  GtkWidget *dot;
  GtkLabel *checked;
  GtkLabel *reason;
  GtkWidget *remedies;
  GtkWidget *check_clock;
  GtkWidget *pair_again;
};

G_DEFINE_FINAL_TYPE (LatchBridgeHead, latch_bridge_head, ADW_TYPE_BIN)

typedef enum
{
  PROP_BRIDGE = 1,
  PROP_CLOCK,
} LatchBridgeHeadProperty;

static GParamSpec *properties[PROP_CLOCK + 1];

static const char *
get_color (LatchConnection connection)
{
  switch (connection)
    {
    case LATCH_CONNECTION_CONNECTED:
      return "latch-locked";
    case LATCH_CONNECTION_BUSY:
      return "latch-open";
    case LATCH_CONNECTION_UNAUTHORIZED:
    case LATCH_CONNECTION_NO_TOKEN:
      return "latch-blocked";
    case LATCH_CONNECTION_UNKNOWN:
    case LATCH_CONNECTION_UNREACHABLE:
    default:
      return "latch-unknown";
    }
}

static void
show_picture (LatchBridgeHead *self, LatchConnection connection)
{
  const char *classes[] = { "bridge-portrait", get_color (connection), NULL };

  gtk_widget_set_css_classes (GTK_WIDGET (self->picture), classes);
  latch_bridge_picture_set_lit (self->picture, connection != LATCH_CONNECTION_UNKNOWN &&
                                                   connection != LATCH_CONNECTION_UNREACHABLE);
}

/* Whether access may be refused for no other reason, which nobody can know without the person's consent */
static gboolean
may_be_clock (LatchBridge *bridge)
{
  return latch_bridge_get_connection (bridge) == LATCH_CONNECTION_UNAUTHORIZED &&
         !g_error_matches (latch_bridge_get_error (bridge), LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG) &&
         latch_client_get_accepted_mode (latch_bridge_get_client (bridge)) > LATCH_AUTH_MODE_PLAIN;
}

/* What the banner offers is not offered twice */
static void
show_remedies (LatchBridgeHead *self, LatchConnection connection, const GError *error)
{
  gboolean refused = connection == LATCH_CONNECTION_UNAUTHORIZED || connection == LATCH_CONNECTION_NO_TOKEN;
  gboolean may_pair = refused && latch_bridge_text_remedy (connection, error) != LATCH_BRIDGE_REMEDY_PAIR_AGAIN;

  gtk_widget_set_visible (self->check_clock, may_be_clock (self->bridge));
  gtk_widget_set_visible (self->pair_again, may_pair);
  gtk_widget_set_visible (self->remedies, may_pair || may_be_clock (self->bridge));
}

static void
update (LatchBridgeHead *self)
{
  LatchConnection connection;
  const GError *error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *checked = NULL;

  if (!self->bridge || !self->clock)
    return;

  connection = latch_bridge_get_connection (self->bridge);
  error = latch_bridge_get_error (self->bridge);
  show_picture (self, connection);
  gtk_label_set_label (self->title, latch_bridge_text_standing (self->bridge));

  address = latch_bridge_text_address (self->bridge);
  checked = latch_bridge_text_checked (self->bridge, latch_clock_get_now (self->clock));
  gtk_label_set_label (self->address, address);
  gtk_label_set_label (self->checked, checked ? checked : "");
  gtk_widget_set_visible (GTK_WIDGET (self->checked), checked != NULL);
  gtk_widget_set_visible (self->dot, checked != NULL);

  gtk_label_set_label (self->reason, error ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), error != NULL);
  show_remedies (self, connection, error);
}

static void
set_bridge (LatchBridgeHead *self, LatchBridge *bridge)
{
  g_set_object (&self->bridge, bridge);
  g_signal_group_set_target (self->bridge_signals, bridge);
  g_signal_group_set_target (self->client_signals, bridge ? latch_bridge_get_client (bridge) : NULL);
}

static void
latch_bridge_head_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgeHead *self = LATCH_BRIDGE_HEAD (object);

  switch ((LatchBridgeHeadProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_head_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgeHead *self = LATCH_BRIDGE_HEAD (object);

  switch ((LatchBridgeHeadProperty) property_id)
    {
    case PROP_BRIDGE:
      set_bridge (self, g_value_get_object (value));
      break;
    case PROP_CLOCK:
      g_set_object (&self->clock, g_value_get_object (value));
      g_signal_group_set_target (self->clock_signals, self->clock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }

  update (self);
}

static void
latch_bridge_head_dispose (GObject *object)
{
  LatchBridgeHead *self = LATCH_BRIDGE_HEAD (object);

  g_clear_object (&self->bridge_signals);
  g_clear_object (&self->client_signals);
  g_clear_object (&self->clock_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_HEAD);
  g_clear_object (&self->bridge);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (latch_bridge_head_parent_class)->dispose (object);
}

static void
latch_bridge_head_class_init (LatchBridgeHeadClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_head_get_property;
  object_class->set_property = latch_bridge_head_set_property;
  object_class->dispose = latch_bridge_head_dispose;

  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE, flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, LATCH_TYPE_CLOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_BRIDGE_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-head.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, picture);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, title);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, address);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, dot);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, checked);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, reason);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, remedies);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, check_clock);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeHead, pair_again);
}

static void
latch_bridge_head_init (LatchBridgeHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bridge_signals = g_signal_group_new (LATCH_TYPE_BRIDGE);
  g_signal_group_connect_swapped (self->bridge_signals, "notify", G_CALLBACK (update), self);
  self->client_signals = g_signal_group_new (LATCH_TYPE_CLIENT);
  g_signal_group_connect_swapped (self->client_signals, "notify", G_CALLBACK (update), self);
  self->clock_signals = g_signal_group_new (LATCH_TYPE_CLOCK);
  g_signal_group_connect_swapped (self->clock_signals, "notify::now", G_CALLBACK (update), self);
}
