/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-lock.h"

G_BEGIN_DECLS

/**
 * LatchLockFacts:
 * @state: what a bridge last confirmed
 * @mode: 2 door mode, 3 continuous mode (openers); -1 if not known
 * @pending_action: what was asked for and not confirmed yet
 * @pending_since: when that was, 0 for never
 * @stale: nobody vouches for @state any more
 * @in_doubt: a command was sent after @state was confirmed, and nobody knows what came of it
 * @offline: the bridge cannot reach the lock
 * @connection: how we stand with the bridge
 * @changed_at: when the state was seen to change, 0 if it was not seen
 * @confirmed_at: when a bridge last confirmed it, 0 for never
 *
 * All that a lock's appearance depends on. Times are seconds since 1970.
 */
typedef struct
{
  LatchLockState state;
  gboolean opener;
  int mode;
  LatchLockAction pending_action;
  gint64 pending_since;
  gboolean stale;
  gboolean in_doubt;
  gboolean offline;
  LatchConnection connection;
  LatchTristate battery_critical;
  gboolean door_open;
  gint64 changed_at;
  gint64 confirmed_at;
} LatchLockFacts;

#define LATCH_LOCK_FACTS_INIT                                                                                          \
  {                                                                                                                    \
    .mode = -1, .connection = LATCH_CONNECTION_CONNECTED, .battery_critical = LATCH_TRISTATE_UNKNOWN,                  \
  }

void latch_lock_facts_init (LatchLockFacts *self, LatchLock *lock);
gboolean latch_lock_facts_is_ajar (const LatchLockFacts *self);
LatchLockState latch_lock_facts_get_shown_state (const LatchLockFacts *self);
gboolean latch_lock_facts_is_vouched_for (const LatchLockFacts *self);
gboolean latch_lock_facts_is_bridge_down (const LatchLockFacts *self);

G_END_DECLS
