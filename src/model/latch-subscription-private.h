/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-event-listener.h"
#include "latch-subscription.h"

G_BEGIN_DECLS

/**
 * LatchSubscription:
 *
 * Has one bridge tell us of changes: listens at the address through which this computer reaches that bridge, takes one
 * of the bridge's three places, and gives it back. Others' places are left alone; our own that nobody listens to any
 * more, as after a crash, are freed. Whether anything arrives is only known once something has.
 */
struct _LatchSubscription
{
  GObject parent_instance;

  LatchClient *client;
  char *installation_id;
  guint16 port;

  LatchSubscriptionState state;
  GError *error;
  gint64 last_event_at;

  LatchEventListener *listener; /* NULL before it is needed */
  guint16 listener_port;        /* that it was given: 0 for any */
  GPtrArray *urls;              /* those that the bridge may have from us, of this and of former listeners */
  gboolean registered;          /* the bridge had the present URL when it was last asked */
  gboolean heard;               /* and something came to it */
  gboolean suspected;           /* something should have come, and did not */
  gboolean blocked;             /* and the bridge still had the URL then */
  guint grace_id;

  GQueue waiting; /* of GTask */
  GTask *running;
};

/**
 * LatchSubscriptionStep:
 * @cancellable: for all that is done for it: cancelled with the caller's, or when its time is over
 *
 * The task data of an operation. They run one after the other.
 */
typedef struct
{
  gboolean is_stop;
  GCancellable *cancellable;
  GCancellable *callers;
  gulong cancelled_id;
  guint timer_id;
  gboolean timed_out;
  gboolean tried_again;
} LatchSubscriptionStep;

void latch_subscription_set_state (LatchSubscription *self, LatchSubscriptionState state, const GError *error);
void latch_subscription_take_listener (LatchSubscription *self, LatchEventListener *listener);
void latch_subscription_end_step (GTask *task, GError *error);

void latch_subscription_run_register (GTask *task);
void latch_subscription_run_stop (GTask *task);

G_END_DECLS
