/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-banner.h"

#include "latch-announcement.h"
#include "latch-bridge-text.h"
#include "latch-upkeep-text.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgeBanner
{
  AdwBin parent_instance;

  LatchBridge *bridge;
  AdwBanner *banner;
};

G_DEFINE_FINAL_TYPE (LatchBridgeBanner, latch_bridge_banner, ADW_TYPE_BIN)

/* Returns: (transfer full) (nullable): what to say; @button is set to what can be done about it */
static char *
choose_title (LatchBridge *bridge, const char **button)
{
  LatchConnection connection = latch_bridge_get_connection (bridge);
  LatchMaintenance maintenance = latch_bridge_get_maintenance (bridge);
  const GError *error = latch_bridge_get_error (bridge);
  const char *name = latch_bridge_get_name (bridge);

  /* What was done on purpose explains whatever else there is */
  if (maintenance != LATCH_MAINTENANCE_NONE)
    {
      *button = maintenance == LATCH_MAINTENANCE_WAS_RESET ? _("Forget Bridge…") : NULL;
      return latch_upkeep_text_banner (maintenance, name);
    }

  *button = latch_bridge_text_remedy_label (latch_bridge_text_remedy (connection, error));
  return latch_bridge_text_banner (connection, error, latch_bridge_get_session_only (bridge), name);
}

static void
update (LatchBridgeBanner *self)
{
  const char *button = NULL;
  g_autofree char *title = self->bridge ? choose_title (self->bridge, &button) : NULL;

  /* What it said stays while it goes away */
  if (title)
    {
      adw_banner_set_title (self->banner, title);
      adw_banner_set_button_label (self->banner, button);
    }
  adw_banner_set_revealed (self->banner, title != NULL);
}

static void
changed_cb (LatchBridgeBanner *self)
{
  g_autofree char *said = adw_banner_get_revealed (self->banner) ? g_strdup (adw_banner_get_title (self->banner)) : NULL;

  update (self);
  if (adw_banner_get_revealed (self->banner) && g_strcmp0 (said, adw_banner_get_title (self->banner)) != 0 &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    latch_announce (GTK_WIDGET (self), adw_banner_get_title (self->banner), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
button_clicked_cb (LatchBridgeBanner *self)
{
  if (latch_bridge_get_maintenance (self->bridge) == LATCH_MAINTENANCE_WAS_RESET)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "bridge.forget", "s", latch_bridge_get_id (self->bridge));
      return;
    }

  switch (latch_bridge_text_remedy (latch_bridge_get_connection (self->bridge), latch_bridge_get_error (self->bridge)))
    {
    case LATCH_BRIDGE_REMEDY_TRY_AGAIN:
      gtk_widget_activate_action (GTK_WIDGET (self), "bridge.refresh", "s", latch_bridge_get_id (self->bridge));
      break;
    case LATCH_BRIDGE_REMEDY_PAIR_AGAIN:
      gtk_widget_activate_action (GTK_WIDGET (self), "bridge.pair-again", "s", latch_bridge_get_id (self->bridge));
      break;
    case LATCH_BRIDGE_REMEDY_NONE:
    default:
      break;
    }
}

static void
latch_bridge_banner_dispose (GObject *object)
{
  latch_bridge_banner_set_bridge (LATCH_BRIDGE_BANNER (object), NULL);

  G_OBJECT_CLASS (latch_bridge_banner_parent_class)->dispose (object);
}

static void
latch_bridge_banner_class_init (LatchBridgeBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = latch_bridge_banner_dispose;
}

/* A banner cuts off what takes more than three lines; but what is to be done comes last */
static void
show_whole (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_lines (GTK_LABEL (widget)) > 1)
    {
      gtk_label_set_lines (GTK_LABEL (widget), -1);
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    show_whole (child);
}

static void
latch_bridge_banner_init (LatchBridgeBanner *self)
{
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (button_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  show_whole (GTK_WIDGET (self->banner));
}

/**
 * latch_bridge_banner_set_bridge:
 * @bridge: (nullable): the bridge that matters here
 */
void
latch_bridge_banner_set_bridge (LatchBridgeBanner *self, LatchBridge *bridge)
{
  g_return_if_fail (LATCH_IS_BRIDGE_BANNER (self));

  if (self->bridge == bridge)
    return;

  if (self->bridge)
    g_signal_handlers_disconnect_by_data (self->bridge, self);
  g_set_object (&self->bridge, bridge);
  if (!bridge)
    {
      adw_banner_set_revealed (self->banner, FALSE);
      return;
    }

  g_signal_connect_object (bridge, "notify", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}
