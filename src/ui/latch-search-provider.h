/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_SEARCH_PROVIDER (latch_search_provider_get_type ())

/* Answers the desktop's search (org.gnome.Shell.SearchProvider2) from what is known of the locks. */
G_DECLARE_FINAL_TYPE (LatchSearchProvider, latch_search_provider, LATCH, SEARCH_PROVIDER, GObject)

LatchSearchProvider *latch_search_provider_new (GtkApplication *application);

gboolean latch_search_provider_export (LatchSearchProvider *self,
                                       GDBusConnection *connection,
                                       const char *application_path,
                                       GError **error);
void latch_search_provider_unexport (LatchSearchProvider *self);
void latch_search_provider_set_home (LatchSearchProvider *self, LatchHome *home);

G_END_DECLS
