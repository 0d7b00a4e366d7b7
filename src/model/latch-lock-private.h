/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

/*
 * Seconds without a confirmation after which nobody can be said to have watched. Lists come every minute at least, and
 * one of them may be lost.
 */
#define LATCH_LONGEST_WATCH 150

/**
 * LatchLock:
 *
 * A smart lock or an opener. It keeps apart what a bridge last confirmed (#LatchLock:state, and when), what was asked
 * for and has not been confirmed (#LatchLock:pending-action), and whether the state can still be vouched for
 * (#LatchLock:stale, #LatchLock:offline).
 */
struct _LatchLock
{
  GObject parent_instance;

  GWeakRef bridge;
  guint64 nuki_id;
  int device_type;
  char *name;
  char *firmware_version;

  LatchStateSnapshot said; /* everything that was ever said, the latest of each */
  gint64 confirmed_at;
  gint64 changed_at;
  LatchNewsSource source;
  gint64 in_state_since; /* monotonic */
  gboolean was_asked;    /* since then, as it stayed in a movement */
  gboolean stale;
  gboolean in_doubt; /* a command was sent since the state was confirmed */
  guint n_lists_in_doubt;
  gboolean offline;
  int rssi;

  gboolean unpairing; /* its bridge is being told to forget it */

  LatchLockAction pending_action;
  gint64 pending_since;

  guint64 last_event;   /* the bridge's count of events when it last told of this one; 0 if it never has */
  gboolean unconfirmed; /* no list has come since */
};

void latch_lock_doubt (LatchLock *self);
void latch_lock_set_pending_action (LatchLock *self, LatchLockAction action);

G_END_DECLS
