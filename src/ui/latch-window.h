/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_WINDOW (latch_window_get_type ())

G_DECLARE_FINAL_TYPE (LatchWindow, latch_window, LATCH, WINDOW, AdwApplicationWindow)

LatchWindow *latch_window_new (GtkApplication *application, LatchHome *home, GSettings *settings);

void latch_window_show_error (LatchWindow *self, const char *heading, const char *message);

G_END_DECLS
