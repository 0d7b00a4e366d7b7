/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_GLOBAL_SHORTCUT (latch_global_shortcut_get_type ())

/* Keys that lock all doors whichever program is in front, where the desktop has such keys. */
G_DECLARE_FINAL_TYPE (LatchGlobalShortcut, latch_global_shortcut, LATCH, GLOBAL_SHORTCUT, GObject)

LatchGlobalShortcut *latch_global_shortcut_new (GApplication *application, GSettings *settings);

void latch_global_shortcut_look (LatchGlobalShortcut *self);
gboolean latch_global_shortcut_is_available (LatchGlobalShortcut *self);
const char *latch_global_shortcut_get_keys (LatchGlobalShortcut *self);
const char *latch_global_shortcut_get_problem (LatchGlobalShortcut *self);
void latch_global_shortcut_stop (LatchGlobalShortcut *self);

G_END_DECLS
