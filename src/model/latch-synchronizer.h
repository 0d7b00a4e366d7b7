/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

#define LATCH_TYPE_SYNCHRONIZER (latch_synchronizer_get_type ())

/* Keeps one bridge's locks fresh for as long as it lives. */
G_DECLARE_FINAL_TYPE (LatchSynchronizer, latch_synchronizer, LATCH, SYNCHRONIZER, GObject)

LatchSynchronizer *latch_synchronizer_new (LatchBridge *bridge);

void latch_synchronizer_set_subscription (LatchSynchronizer *self, LatchSubscription *subscription);
void latch_synchronizer_set_discovery (LatchSynchronizer *self, gboolean enabled, const char *url);
void latch_synchronizer_set_visible (LatchSynchronizer *self, gboolean visible);
guint latch_synchronizer_get_interval (LatchSynchronizer *self);
void latch_synchronizer_set_interval (LatchSynchronizer *self, guint seconds);

void latch_synchronizer_start (LatchSynchronizer *self);
void latch_synchronizer_refresh_now (LatchSynchronizer *self);
void latch_synchronizer_stop (LatchSynchronizer *self);

G_END_DECLS
