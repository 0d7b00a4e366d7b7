/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

#define LATCH_TYPE_TURN (latch_turn_get_type ())

/* One turn of another program at a bridge: waited for, begun, over. */
G_DECLARE_FINAL_TYPE (LatchTurn, latch_turn, LATCH, TURN, GObject)

LatchTurn *latch_turn_new (LatchBridge *bridge, const char *caller, const char *path, gboolean command);

LatchBridge *latch_turn_get_bridge (LatchTurn *self);
const char *latch_turn_get_caller (LatchTurn *self);
gboolean latch_turn_is_command (LatchTurn *self);
gboolean latch_turn_has_begun (LatchTurn *self);

void latch_turn_take (LatchTurn *self, guint deadline_ms);
void latch_turn_answer_when_begun (LatchTurn *self, GDBusMethodInvocation *invocation);
void latch_turn_end (LatchTurn *self);

G_END_DECLS
