/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LATCH_TYPE_CLOCK (latch_clock_get_type ())

/* The present, for all texts that say how long ago something was. One serves a whole window. */
G_DECLARE_FINAL_TYPE (LatchClock, latch_clock, LATCH, CLOCK, GObject)

LatchClock *latch_clock_new (void);

gint64 latch_clock_get_now (LatchClock *self);
void latch_clock_set_now (LatchClock *self, gint64 now);
void latch_clock_set_running (LatchClock *self, gboolean running);

G_END_DECLS
