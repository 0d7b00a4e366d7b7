/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BACKGROUND (latch_background_get_type ())

/* Whether the program goes on after its window is closed, and begins with the session: as wished, and as allowed. */
G_DECLARE_FINAL_TYPE (LatchBackground, latch_background, LATCH, BACKGROUND, GObject)

LatchBackground *latch_background_new (GApplication *application, GSettings *settings);

void latch_background_stay (LatchBackground *self);
void latch_background_look (LatchBackground *self);
gboolean latch_background_can_start_at_login (LatchBackground *self);
gboolean latch_background_get_waiting (LatchBackground *self);
const char *latch_background_get_run_problem (LatchBackground *self);
const char *latch_background_get_start_problem (LatchBackground *self);
void latch_background_stop (LatchBackground *self);

G_END_DECLS
