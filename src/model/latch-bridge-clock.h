/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"

G_BEGIN_DECLS

/**
 * LatchBridgeClock:
 * @bridge_time: what the bridge's clock showed when it last told, in seconds since 1970; 0 if it has not
 * @real_time: what this computer's clock showed then
 * @boot_time: for how many seconds this computer had been running then, sleep included
 *
 * How a bridge's clock and ours go together.
 */
typedef struct
{
  gint64 bridge_time;
  gint64 real_time;
  gint64 boot_time;
} LatchBridgeClock;

void latch_bridge_clock_hear (LatchBridgeClock *self, const LatchInfoSnapshot *info, gint64 real_time, gint64 boot_time);
gboolean latch_bridge_clock_get_offset (const LatchBridgeClock *self,
                                        gint64 real_time,
                                        gint64 boot_time,
                                        gint64 *offset);
GError *latch_bridge_clock_explain (const LatchBridgeClock *self,
                                    LatchAuthMode mode,
                                    gint64 real_time,
                                    gint64 boot_time);
gint64 latch_bridge_clock_read_boot_time (void);

G_END_DECLS
