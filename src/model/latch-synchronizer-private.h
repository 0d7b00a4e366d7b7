/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-locator.h"
#include "latch-sleep-monitor.h"
#include "latch-synchronizer.h"

G_BEGIN_DECLS

/**
 * LatchSynchronizer:
 *
 * Keeps what is shown of a bridge's locks true: takes what the bridge tells of its own accord, and asks for its list
 * (spec: /list) to confirm that, or in its place where nothing comes. It recovers by itself: it asks ever more rarely
 * while the bridge does not answer, at once when there is a sign of life, and looks for another address. A bridge that
 * refuses the token is left alone.
 */
struct _LatchSynchronizer
{
  GObject parent_instance;

  LatchBridge *bridge;
  LatchLocator *locator;
  LatchSleepMonitor *sleep_monitor;
  GCancellable *cancellable; /* for all that it does */
  gboolean started;
  gboolean visible; /* somebody looks at the locks */
  guint interval;   /* what somebody wants it to be, in seconds; 0 for what fits */

  guint timer_id;
  gint64 due; /* monotonic: when it should go off */
  gboolean acting; /* a bolt moves, as far as we know, for which the bridge takes its time */
  guint patience_id;
  GCancellable *asking; /* NULL while there is no question under way */
  gboolean ask_again;   /* once that is over */
  gboolean away;        /* for nobody knows how long; over with the next list */
  gint64 asked_at;      /* monotonic: when it began; 0 if it never has */
  guint n_failures;
  gboolean list_refused; /* and not just a command */
  guint lists_to_info; /* how many lists come before the bridge is asked about itself again */
  guint n_info_failures;
  gboolean locating;

  LatchSubscription *subscription; /* NULL where it is not wanted */
  gboolean registering;
  gint64 registered_at; /* monotonic: when we last tried; 0 for at once */
  guint n_refusals;     /* of the registration, in a row */
  gboolean could_tell;       /* whether the bridge knew whom to tell when it was asked */
  gboolean should_have_told; /* what changed since: the bridge knew all the time, and neither of us was away */
};

/* Asking */
gboolean latch_synchronizer_has_stood_still (LatchSynchronizer *self);
void latch_synchronizer_ask (LatchSynchronizer *self);
void latch_synchronizer_ask_in (LatchSynchronizer *self, guint ms);
void latch_synchronizer_reschedule (LatchSynchronizer *self);

/* What the bridge tells of its own accord */
void latch_synchronizer_begin_question (LatchSynchronizer *self, gint64 now);
void latch_synchronizer_end_question (LatchSynchronizer *self, gboolean answered);
void latch_synchronizer_register_anew (LatchSynchronizer *self);

/* Recovery */
void latch_synchronizer_prepare_recovery (LatchSynchronizer *self);
gboolean latch_synchronizer_is_over (LatchSynchronizer *self);
gboolean latch_synchronizer_rests (LatchSynchronizer *self);
gboolean latch_synchronizer_needs_person (LatchSynchronizer *self);
gboolean latch_synchronizer_search_instead (LatchSynchronizer *self);
guint latch_synchronizer_get_refused_interval (LatchSynchronizer *self);
void latch_synchronizer_take_heart (LatchSynchronizer *self);
void latch_synchronizer_locate_if_lost (LatchSynchronizer *self);

G_END_DECLS
