/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-clock.h"

#include <time.h>

#include "latch-error.h"

/* Seconds. Protected tokens are valid for 60, so that smaller differences are no reason to refuse one */
#define VALIDITY 55

/**
 * latch_bridge_clock_hear:
 * @info: what the bridge said of itself
 * @real_time: this computer's time, in seconds since 1970
 * @boot_time: for how many seconds it has been running, sleep included
 *
 * Learns what the bridge's clock shows (spec: /info, currentTime).
 */
void
latch_bridge_clock_hear (LatchBridgeClock *self, const LatchInfoSnapshot *info, gint64 real_time, gint64 boot_time)
{
  if (info->current_time == 0)
    return;

  self->bridge_time = info->current_time;
  self->real_time = real_time;
  self->boot_time = boot_time;
}

/**
 * latch_bridge_clock_get_offset:
 * @real_time: this computer's time now
 * @boot_time: for how long it has been running now
 * @offset: (out): by how many seconds the bridge's clock is ahead of this computer's; negative if it is behind
 *
 * Returns: whether that is known
 */
gboolean
latch_bridge_clock_get_offset (const LatchBridgeClock *self, gint64 real_time, gint64 boot_time, gint64 *offset)
{
  if (self->bridge_time == 0)
    return FALSE;

  *offset = self->bridge_time + (boot_time - self->boot_time) - real_time;

  return TRUE;
}

/**
 * latch_bridge_clock_explain:
 * @mode: how the token was shown
 * @real_time: this computer's time now
 * @boot_time: for how long it has been running now
 *
 * A bridge that refuses a protected token says the same whether that is wrong or the clocks disagree; and while they
 * do, it cannot be asked for its time. But we know what its clock showed before, and how long ago that was.
 *
 * Returns: (transfer full) (nullable): %LATCH_ERROR_CLOCK_WRONG with the offset and whose clock it is, if that is why a
 *   token was refused; %NULL if it is not, as far as one can know
 */
GError *
latch_bridge_clock_explain (const LatchBridgeClock *self, LatchAuthMode mode, gint64 real_time, gint64 boot_time)
{
  gint64 offset, set_by;

  if (mode <= LATCH_AUTH_MODE_PLAIN || !latch_bridge_clock_get_offset (self, real_time, boot_time, &offset))
    return NULL;

  set_by = real_time - self->real_time - (boot_time - self->boot_time);
  if (ABS (offset) < VALIDITY)
    return NULL;

  return latch_error_new_for_clock (offset, ABS (set_by) >= LATCH_CLOCK_TOLERANCE);
}

/**
 * latch_bridge_clock_read_boot_time:
 *
 * Returns: for how many seconds this computer has been running, sleep included
 */
gint64
latch_bridge_clock_read_boot_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);

  return time.tv_sec;
}
