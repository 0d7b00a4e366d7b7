/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_CLOCK (latch_sim_clock_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimClock, latch_sim_clock, LATCH_SIM, CLOCK, GObject)

LatchSimClock *latch_sim_clock_new        (gint64         offset,
                                           gboolean       local);
gint64         latch_sim_clock_now        (LatchSimClock *self);
void           latch_sim_clock_set_offset (LatchSimClock *self,
                                           gint64         offset);
char          *latch_sim_clock_format     (LatchSimClock *self,
                                           gint64         time);

G_END_DECLS
