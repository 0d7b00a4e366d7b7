/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "latch-test-loop.h"

G_BEGIN_DECLS

/*
 * Something at a bridge's address that answers whatever the test says, byte by byte: what neither a bridge nor a
 * simulated one would. It runs in the test's own main loop.
 */
typedef struct _BridgeStandIn BridgeStandIn;

BridgeStandIn *bridge_stand_in_new (void);
BridgeStandIn *bridge_stand_in_new_at (const char *address);
void bridge_stand_in_free (BridgeStandIn *self);

guint16 bridge_stand_in_get_port (BridgeStandIn *self);

/* @path: an endpoint, NULL for any that is not named otherwise. Without an answer, a request hangs. */
void bridge_stand_in_answer_raw (BridgeStandIn *self, const char *path, const char *bytes, gssize length);
void bridge_stand_in_answer (BridgeStandIn *self, const char *path, guint status, const char *body);
/* Send the last bytes of an answer over and over, until the other side hangs up */
void bridge_stand_in_set_endless (BridgeStandIn *self, gboolean endless);
/* Leave connections open after an answer, and answer further requests on them */
void bridge_stand_in_set_keep_alive (BridgeStandIn *self, gboolean keep_alive);

/* What was asked for: "/list?token=…"; and whole heads of requests */
guint bridge_stand_in_get_n_requests (BridgeStandIn *self);
guint bridge_stand_in_count (BridgeStandIn *self, const char *path);
const char *bridge_stand_in_get_target (BridgeStandIn *self, guint index);
const char *bridge_stand_in_get_head (BridgeStandIn *self, guint index);
char *bridge_stand_in_list_targets (BridgeStandIn *self);
guint bridge_stand_in_get_n_connections (BridgeStandIn *self);
guint bridge_stand_in_get_n_open (BridgeStandIn *self);
guint64 bridge_stand_in_get_n_sent (BridgeStandIn *self);

/* A port of this computer at which nobody listens */
guint16 bridge_stand_in_find_dead_port (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeStandIn, bridge_stand_in_free)

G_END_DECLS
