/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_WINDOW (latch_window_get_type ())

G_DECLARE_FINAL_TYPE (LatchWindow, latch_window, LATCH, WINDOW, AdwApplicationWindow)

LatchWindow *latch_window_new (GtkApplication *application, GSettings *settings);

G_END_DECLS
