/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-background.h"
#include "latch-demo.h"
#include "latch-global-shortcut.h"
#include "latch-home.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_WINDOW (latch_window_get_type ())

G_DECLARE_FINAL_TYPE (LatchWindow, latch_window, LATCH, WINDOW, AdwApplicationWindow)

LatchWindow *latch_window_new (GtkApplication *application,
                               LatchHome *home,
                               GSettings *settings,
                               LatchBackground *background,
                               LatchGlobalShortcut *shortcut);
LatchWindow *latch_window_new_demo (GtkApplication *application, LatchDemo *demo, GSettings *settings);

LatchLock *latch_window_get_lock_in_sight (LatchWindow *self);
void latch_window_show_lock (LatchWindow *self, LatchLock *lock);
void latch_window_search (LatchWindow *self, const char *text);
void latch_window_activate_action (LatchWindow *self, const char *name, GVariant *target);
void latch_window_perform (LatchWindow *self, LatchLock *lock, LatchLockAction action);
char *latch_window_dup_place (LatchWindow *self);
void latch_window_return_to (LatchWindow *self, const char *place);
void latch_window_show_error (LatchWindow *self, const char *heading, const char *message);

G_END_DECLS
