/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-address-page.h"

#include "latch-announcement.h"
#include "latch-client.h"

#include <glib/gi18n-lib.h>

struct _LatchAddressPage
{
  AdwNavigationPage parent_instance;

  gboolean with_token;
  gboolean busy;

  AdwEntryRow *address_row;
  AdwSpinRow *port_row;
  AdwEntryRow *token_row;
  GtkLabel *error_label;
  GtkWidget *continue_button;
  GtkStack *continue_stack;
  GtkWidget *continue_label;
  GtkWidget *continue_spinner;
};

G_DEFINE_FINAL_TYPE (LatchAddressPage, latch_address_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_WITH_TOKEN = 1,
} LatchAddressPageProperty;

static GParamSpec *properties[PROP_WITH_TOKEN + 1];

enum
{
  SIGNAL_SUBMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What has the focus, and is heard, is the text inside the row */
static GtkAccessible *
get_text (AdwEntryRow *row)
{
  return GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
}

static void
set_invalid (AdwEntryRow *row, gboolean invalid)
{
  GtkAccessibleInvalidState state = invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE;

  if (invalid)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");

  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, state, -1);
  gtk_accessible_update_state (get_text (row), GTK_ACCESSIBLE_STATE_INVALID, state, -1);
}

static void
clear_error (LatchAddressPage *self)
{
  set_invalid (self->address_row, FALSE);
  set_invalid (self->token_row, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
}

/* Whether somebody pasted the port along with the address */
static gboolean
names_port (const char *text, const char *host)
{
  const char *scheme_end = strstr (text, "://");
  const char *start = scheme_end ? scheme_end + strlen ("://") : text;
  g_autofree char *authority = g_strndup (start, strcspn (start, "/?"));
  const char *colon = strrchr (authority, ':');

  if (!colon || !g_ascii_isdigit (colon[1]))
    return FALSE;

  /* The colons of an IPv6 address are its own, unless it is in brackets */
  return !strchr (host, ':') || strchr (authority, ']');
}

static void
changed_cb (LatchAddressPage *self)
{
  clear_error (self);
}

static void
continue_cb (LatchAddressPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->address_row));
  /* Pasted from elsewhere, a token brings spaces and line ends along */
  g_autofree char *token = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->token_row))));
  g_autofree char *host = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port;

  if (self->busy)
    return;

  if (!latch_client_parse_address (text, &host, &port, &error))
    {
      latch_address_page_show_error (self, LATCH_ADDRESS_FIELD_ADDRESS, error->message);
      return;
    }

  if (!names_port (text, host))
    port = adw_spin_row_get_value (self->port_row);
  latch_address_page_set_address (self, host, port);

  if (self->with_token && !*token)
    {
      latch_address_page_show_error (self, LATCH_ADDRESS_FIELD_TOKEN, _("Enter the bridge’s token"));
      return;
    }

  clear_error (self);
  g_signal_emit (self, signals[SIGNAL_SUBMITTED], 0, host, (guint) port, self->with_token ? token : NULL);
}

static void
latch_address_page_shown (AdwNavigationPage *page)
{
  LatchAddressPage *self = LATCH_ADDRESS_PAGE (page);
  gboolean has_address = *gtk_editable_get_text (GTK_EDITABLE (self->address_row)) != '\0';

  gtk_widget_grab_focus (GTK_WIDGET (has_address && self->with_token ? self->token_row : self->address_row));
}

static void
latch_address_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchAddressPage *self = LATCH_ADDRESS_PAGE (object);

  switch ((LatchAddressPageProperty) property_id)
    {
    case PROP_WITH_TOKEN:
      g_value_set_boolean (value, self->with_token);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_address_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchAddressPage *self = LATCH_ADDRESS_PAGE (object);

  switch ((LatchAddressPageProperty) property_id)
    {
    case PROP_WITH_TOKEN:
      self->with_token = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_address_page_class_init (LatchAddressPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_address_page_get_property;
  object_class->set_property = latch_address_page_set_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = latch_address_page_shown;

  /**
   * LatchAddressPage:with-token:
   *
   * Whether to ask for a token, too.
   */
  properties[PROP_WITH_TOKEN] = g_param_spec_boolean (
      "with-token", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchAddressPage::submitted:
   * @host: a host name or address
   * @port: a port
   * @token: (nullable): a token, where one was asked for
   *
   * Somebody has entered all that is needed.
   */
  signals[SIGNAL_SUBMITTED] = g_signal_new ("submitted", LATCH_TYPE_ADDRESS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-address-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchAddressPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, LatchAddressPage, port_row);
  gtk_widget_class_bind_template_child (widget_class, LatchAddressPage, token_row);
  gtk_widget_class_bind_template_child (widget_class, LatchAddressPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, LatchAddressPage, continue_button);
  gtk_widget_class_bind_template_child (widget_class, LatchAddressPage, continue_stack);
  gtk_widget_class_bind_template_child (widget_class, LatchAddressPage, continue_label);
  gtk_widget_class_bind_template_child (widget_class, LatchAddressPage, continue_spinner);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
}

static void
latch_address_page_init (LatchAddressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LatchAddressPage *
latch_address_page_new (const char *title, gboolean with_token)
{
  return g_object_new (LATCH_TYPE_ADDRESS_PAGE, "title", title, "with-token", with_token, NULL);
}

/**
 * latch_address_page_set_address:
 *
 * Fills in an address.
 */
void
latch_address_page_set_address (LatchAddressPage *self, const char *host, guint16 port)
{
  g_return_if_fail (LATCH_IS_ADDRESS_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->address_row), host);
  adw_spin_row_set_value (self->port_row, port);
}

/**
 * latch_address_page_set_busy:
 *
 * Shows that what was entered is being tried. The button keeps the focus and its width, but does nothing meanwhile.
 */
void
latch_address_page_set_busy (LatchAddressPage *self, gboolean busy)
{
  g_return_if_fail (LATCH_IS_ADDRESS_PAGE (self));

  self->busy = !!busy;
  gtk_stack_set_visible_child (self->continue_stack, busy ? self->continue_spinner : self->continue_label);
  gtk_widget_set_can_target (self->continue_button, !busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->continue_button),
                               GTK_ACCESSIBLE_STATE_BUSY, self->busy,
                               GTK_ACCESSIBLE_STATE_DISABLED, self->busy,
                               -1);
}

/**
 * latch_address_page_show_error:
 * @field: what is wrong
 * @message: why
 *
 * Shows an error under the fields, until one of them changes.
 */
void
latch_address_page_show_error (LatchAddressPage *self, LatchAddressField field, const char *message)
{
  AdwEntryRow *row;

  g_return_if_fail (LATCH_IS_ADDRESS_PAGE (self));

  clear_error (self);
  row = field == LATCH_ADDRESS_FIELD_TOKEN ? self->token_row : self->address_row;
  set_invalid (row, TRUE);
  gtk_label_set_label (self->error_label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
  gtk_accessible_update_relation (get_text (row), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->error_label, NULL, -1);
  latch_announce (GTK_WIDGET (row), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}
