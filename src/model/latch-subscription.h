/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"

G_BEGIN_DECLS

/**
 * LatchSubscriptionState:
 * @LATCH_SUBSCRIPTION_OFF: the bridge is not to tell us anything
 * @LATCH_SUBSCRIPTION_REGISTERING: it is being asked to, for the first time
 * @LATCH_SUBSCRIPTION_REGISTERED: it says that it will; whether that arrives here is not known yet
 * @LATCH_SUBSCRIPTION_WORKING: it does, and it arrives
 * @LATCH_SUBSCRIPTION_FULL: it has no place left for us
 * @LATCH_SUBSCRIPTION_FAILED: it could not be asked to, or what it tells does not arrive: the error says which
 *
 * How far we got with having a bridge tell us of changes.
 */
typedef enum
{
  LATCH_SUBSCRIPTION_OFF,
  LATCH_SUBSCRIPTION_REGISTERING,
  LATCH_SUBSCRIPTION_REGISTERED,
  LATCH_SUBSCRIPTION_WORKING,
  LATCH_SUBSCRIPTION_FULL,
  LATCH_SUBSCRIPTION_FAILED,
} LatchSubscriptionState;

#define LATCH_TYPE_SUBSCRIPTION (latch_subscription_get_type ())

/* Has one bridge tell us of changes (spec: /callback). */
G_DECLARE_FINAL_TYPE (LatchSubscription, latch_subscription, LATCH, SUBSCRIPTION, GObject)

LatchSubscription *latch_subscription_new (LatchClient *client, const char *installation_id);

LatchSubscriptionState latch_subscription_get_state (LatchSubscription *self);
const GError *latch_subscription_get_error (LatchSubscription *self);
gint64 latch_subscription_get_last_event_at (LatchSubscription *self);
const char *latch_subscription_get_url (LatchSubscription *self);
guint16 latch_subscription_get_port (LatchSubscription *self);
void latch_subscription_set_port (LatchSubscription *self, guint16 port);

void latch_subscription_register_async (LatchSubscription *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean latch_subscription_register_finish (LatchSubscription *self, GAsyncResult *result, GError **error);
void latch_subscription_expect_event (LatchSubscription *self);
void latch_subscription_stop_async (LatchSubscription *self,
                                    guint timeout_ms,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean latch_subscription_stop_finish (LatchSubscription *self, GAsyncResult *result, GError **error);

G_END_DECLS
