/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-main-menu.h"

struct _LatchMainMenu
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (LatchMainMenu, latch_main_menu, ADW_TYPE_BIN)

static void
latch_main_menu_class_init (LatchMainMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-main-menu.ui");
}

static void
latch_main_menu_init (LatchMainMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
