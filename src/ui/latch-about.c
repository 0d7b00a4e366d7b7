/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-about.h"

#include "latch-troubleshooting.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * latch_about_present:
 * @home: the bridges, for who wants to report a problem
 *
 * Shows what Nightlatch is, by what its metainfo says.
 */
void
latch_about_present (GtkWindow *window, GListModel *home)
{
  AdwDialog *dialog = adw_about_dialog_new_from_appdata (APP_PATH "/metainfo.xml", PACKAGE_VERSION);
  AdwAboutDialog *about = ADW_ABOUT_DIALOG (dialog);
  g_autofree char *troubleshooting =
      latch_troubleshooting_new (home, GTK_NATIVE (window), g_get_real_time () / G_USEC_PER_SEC);

  adw_about_dialog_set_version (about, PACKAGE_VERSION);
  adw_about_dialog_set_copyright (about, _("© 2026 The Nightlatch Contributors"));
  adw_about_dialog_set_comments (about, _("Not affiliated with Nuki Home Solutions"));
  /* Translators: put your names here, one a line */
  adw_about_dialog_set_translator_credits (about, _("translator-credits"));
  adw_about_dialog_set_debug_info (about, troubleshooting);
  adw_about_dialog_set_debug_info_filename (about, "nightlatch-troubleshooting.txt");

  adw_dialog_present (dialog, GTK_WIDGET (window));
}
