/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  const char *locale_dir = g_getenv ("NIGHTLATCH_LOCALE_DIR"); /* translations that are not installed yet */
  g_autoptr (LatchApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name (_("Nightlatch"));
  gtk_window_set_default_icon_name (APP_ID);

  application = latch_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
