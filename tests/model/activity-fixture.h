/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-store-activity.h"
#include "store-fixture.h"

/* Records of what happened to lock 7 of a bridge, as short texts: one event is "kind from>to@time(cause)". */

#define NOON 1700000000

#define SEEN LATCH_EVENT_CAUSE_SEEN
#define HERE LATCH_EVENT_CAUSE_THIS_COMPUTER
#define CTL LATCH_EVENT_CAUSE_COMMAND_LINE

LatchEvent *activity_event (LatchEventKind kind, gint64 at, gint64 from, gint64 to, LatchEventCause cause);
gboolean activity_try_record (LatchStore *store, GPtrArray *events, GError **error);
void activity_record (LatchStore *store, LatchEvent *event);
#define activity_record_state(store, at, from, to, cause)                                                             \
  activity_record (store, activity_event (LATCH_EVENT_STATE, at, from, to, cause))
GPtrArray *activity_query (LatchStore *store, const LatchEventQuery *query);
char *activity_describe (GPtrArray *events);
void activity_assert (LatchStore *store, const char *expected);
void activity_finish_write (LatchStore *store, GAsyncResult **result);
