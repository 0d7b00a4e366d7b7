/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-receiver.h"

G_BEGIN_DECLS

/* How many places a bridge has (spec: /callback) */
#define LATCH_RECEIVERS_MOST 3

#define LATCH_TYPE_RECEIVERS (latch_receivers_get_type ())

/* A GListModel of the LatchReceivers that a bridge tells of changes, in its order. */
G_DECLARE_FINAL_TYPE (LatchReceivers, latch_receivers, LATCH, RECEIVERS, GObject)

LatchReceivers *latch_receivers_new (LatchBridge *bridge);

gboolean latch_receivers_get_known (LatchReceivers *self);
const char *latch_receivers_get_problem (LatchReceivers *self);
gboolean latch_receivers_get_adding (LatchReceivers *self);
void latch_receivers_set_active (LatchReceivers *self, gboolean active);
void latch_receivers_refresh (LatchReceivers *self);

gboolean latch_receivers_check_url (LatchReceivers *self, const char *url, GError **error);
void latch_receivers_add_async (LatchReceivers *self,
                                const char *url,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean latch_receivers_add_finish (LatchReceivers *self, GAsyncResult *result, GError **error);
void latch_receivers_remove_async (LatchReceivers *self,
                                   LatchReceiver *receiver,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean latch_receivers_remove_finish (LatchReceivers *self, GAsyncResult *result, GError **error);

G_END_DECLS
