/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-main-menu.h"

struct _LatchMainMenu
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GMenuModel *main_menu;
};

G_DEFINE_FINAL_TYPE (LatchMainMenu, latch_main_menu, ADW_TYPE_BIN)

/* Not before somebody opens it: most who want to see their locks do not */
static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  LatchMainMenu *self = user_data;

  if (!gtk_menu_button_get_menu_model (button))
    gtk_menu_button_set_menu_model (button, self->main_menu);
}

static void
latch_main_menu_class_init (LatchMainMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-main-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchMainMenu, button);
  gtk_widget_class_bind_template_child (widget_class, LatchMainMenu, main_menu);
}

static void
latch_main_menu_init (LatchMainMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, create_menu_cb, self, NULL);
}
