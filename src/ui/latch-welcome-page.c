/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-welcome-page.h"

#include "latch-main-menu.h"

#define ICON_SIZE 128

struct _LatchWelcomePage
{
  AdwBin parent_instance;

  AdwStatusPage *status_page;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (LatchWelcomePage, latch_welcome_page, ADW_TYPE_BIN)

/* As a paintable, which a status page shows in full colour */
static void
show_icon (LatchWelcomePage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GtkIconPaintable) icon = NULL;

  icon = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
                                     APP_ID, NULL, ICON_SIZE, gtk_widget_get_scale_factor (widget),
                                     gtk_widget_get_direction (widget), 0);
  adw_status_page_set_paintable (self->status_page, GDK_PAINTABLE (icon));
}

static gboolean
latch_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LATCH_WELCOME_PAGE (widget)->add_button);
}

static void
latch_welcome_page_class_init (LatchWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = latch_welcome_page_grab_focus;

  g_type_ensure (LATCH_TYPE_MAIN_MENU);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchWelcomePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, LatchWelcomePage, add_button);
}

static void
latch_welcome_page_init (LatchWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_icon (self);
}
