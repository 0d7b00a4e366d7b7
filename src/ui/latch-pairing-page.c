/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-pairing-page.h"

#include "latch-announcement.h"
#include "latch-bridge-picture.h"
#include "latch-ui-enum-types.h"

#include <glib/gi18n-lib.h>

struct _LatchPairingPage
{
  AdwNavigationPage parent_instance;

  LatchPairing *pairing;
  gint64 waiting_since; /* monotonic, in µs; 0 while the button was not waited for */
  LatchPairingRemedy primary;
  LatchPairingRemedy alternative;

  GtkStack *stack;
  LatchBridgePicture *waiting_picture;
  GtkLabel *countdown_label;
  GtkLabel *waiting_title;
  GtkLabel *waiting_text;
  GtkLabel *failure_title;
  GtkLabel *failure_text;
  GtkButton *primary_button;
  GtkButton *alternative_button;
};

G_DEFINE_FINAL_TYPE (LatchPairingPage, latch_pairing_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_PAIRING = 1,
} LatchPairingPageProperty;

static GParamSpec *properties[PROP_PAIRING + 1];

enum
{
  SIGNAL_REMEDY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
seconds_left_cb (LatchPairingPage *self)
{
  g_autofree char *text = latch_bridge_picture_dup_countdown_text (self->waiting_picture);

  gtk_label_set_label (self->countdown_label, text ? text : "");
}

static void
waiting_changed_cb (LatchPairingPage *self)
{
  gboolean waiting = latch_pairing_get_waiting_for_button (self->pairing);

  latch_bridge_picture_set_lit (self->waiting_picture, waiting);
  if (waiting)
    {
      self->waiting_since = g_get_monotonic_time ();
      latch_bridge_picture_start_countdown (self->waiting_picture, LATCH_PAIRING_BUTTON_SECONDS);
      gtk_label_set_label (self->waiting_title, _("Press the Button on the Bridge"));
      gtk_label_set_label (self->waiting_text, _("Press it once while its light is on. This lets Nightlatch control "
                                                 "the locks paired with this bridge."));
    }
  else
    {
      latch_bridge_picture_stop_countdown (self->waiting_picture);
      gtk_label_set_label (self->waiting_title, _("Connecting…"));
      gtk_label_set_label (self->waiting_text, _("Asking the bridge about its locks"));
    }
}

/* Bridges do not keep their time to the second */
static gboolean
has_waited (LatchPairingPage *self)
{
  return self->waiting_since != 0 &&
         g_get_monotonic_time () - self->waiting_since >= (LATCH_PAIRING_BUTTON_SECONDS - 5) * G_TIME_SPAN_SECOND;
}

static void
primary_clicked_cb (LatchPairingPage *self)
{
  g_signal_emit (self, signals[SIGNAL_REMEDY], 0, self->primary);
}

static void
alternative_clicked_cb (LatchPairingPage *self)
{
  g_signal_emit (self, signals[SIGNAL_REMEDY], 0, self->alternative);
}

static void
latch_pairing_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchPairingPage *self = LATCH_PAIRING_PAGE (object);

  switch ((LatchPairingPageProperty) property_id)
    {
    case PROP_PAIRING:
      self->pairing = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_pairing_page_constructed (GObject *object)
{
  LatchPairingPage *self = LATCH_PAIRING_PAGE (object);

  G_OBJECT_CLASS (latch_pairing_page_parent_class)->constructed (object);

  g_signal_connect_object (self->pairing, "notify::waiting-for-button", G_CALLBACK (waiting_changed_cb), self,
                           G_CONNECT_SWAPPED);
  waiting_changed_cb (self);
}

static void
latch_pairing_page_dispose (GObject *object)
{
  LatchPairingPage *self = LATCH_PAIRING_PAGE (object);

  if (self->pairing)
    g_signal_handlers_disconnect_by_data (self->pairing, self);
  g_clear_object (&self->pairing);

  G_OBJECT_CLASS (latch_pairing_page_parent_class)->dispose (object);
}

static void
latch_pairing_page_class_init (LatchPairingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = latch_pairing_page_set_property;
  object_class->constructed = latch_pairing_page_constructed;
  object_class->dispose = latch_pairing_page_dispose;

  /**
   * LatchPairingPage:pairing:
   *
   * The pairing to show.
   */
  properties[PROP_PAIRING] =
      g_param_spec_object ("pairing", NULL, NULL, LATCH_TYPE_PAIRING,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchPairingPage::remedy:
   * @remedy: a #LatchPairingRemedy
   *
   * Somebody has decided what to do about the failure.
   */
  signals[SIGNAL_REMEDY] = g_signal_new ("remedy", LATCH_TYPE_PAIRING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, LATCH_TYPE_PAIRING_REMEDY);

  g_type_ensure (LATCH_TYPE_BRIDGE_PICTURE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-pairing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, waiting_picture);
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, countdown_label);
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, waiting_title);
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, waiting_text);
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, failure_title);
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, failure_text);
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, primary_button);
  gtk_widget_class_bind_template_child (widget_class, LatchPairingPage, alternative_button);
  gtk_widget_class_bind_template_callback (widget_class, primary_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, alternative_clicked_cb);
}

static void
latch_pairing_page_init (LatchPairingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->waiting_picture, "notify::seconds-left", G_CALLBACK (seconds_left_cb), self,
                           G_CONNECT_SWAPPED);
}

LatchPairingPage *
latch_pairing_page_new (const char *title, LatchPairing *pairing)
{
  return g_object_new (LATCH_TYPE_PAIRING_PAGE, "title", title, "pairing", pairing, NULL);
}

/**
 * latch_pairing_page_show_failure:
 * @error: what went wrong
 * @pressed: whether the button was pressed before
 *
 * Shows what went wrong and what can be done about it.
 */
void
latch_pairing_page_show_failure (LatchPairingPage *self, const GError *error, gboolean pressed)
{
  g_autoptr (LatchPairingFailure) failure = NULL;
  LatchPairingProgress progress = LATCH_PAIRING_PROGRESS_ASKED;
  const char *alternative;

  g_return_if_fail (LATCH_IS_PAIRING_PAGE (self));

  if (pressed)
    progress = LATCH_PAIRING_PROGRESS_PRESSED;
  else if (has_waited (self))
    progress = LATCH_PAIRING_PROGRESS_WAITED;
  failure = latch_pairing_failure_new (error, latch_client_get_host (latch_pairing_get_client (self->pairing)), progress);
  self->primary = failure->primary;
  self->alternative = failure->alternative;

  gtk_label_set_label (self->failure_title, failure->title);
  gtk_label_set_label (self->failure_text, failure->text);
  gtk_button_set_label (self->primary_button, latch_pairing_remedy_get_label (failure->primary));
  alternative = latch_pairing_remedy_get_label (failure->alternative);
  gtk_button_set_label (self->alternative_button, alternative ? alternative : "");
  gtk_widget_set_visible (GTK_WIDGET (self->alternative_button), alternative != NULL);

  gtk_stack_set_visible_child_name (self->stack, "failed");
  latch_announce (GTK_WIDGET (self), failure->title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  gtk_widget_grab_focus (GTK_WIDGET (self->primary_button));
}

/**
 * latch_pairing_page_show_attempt:
 *
 * Shows the pairing itself again, as it is tried once more.
 */
void
latch_pairing_page_show_attempt (LatchPairingPage *self)
{
  g_return_if_fail (LATCH_IS_PAIRING_PAGE (self));

  self->waiting_since = 0;
  waiting_changed_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
}
