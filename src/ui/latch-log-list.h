/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-log.h"
#include "latch-clock.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* As lock, for all that is about no lock */
#define LATCH_LOG_LIST_BRIDGE_ONLY G_MAXUINT64

#define LATCH_TYPE_LOG_LIST (latch_log_list_get_type ())

/* The entries of a bridge's log by day, or those that suit what is looked for. Tells by “end-near” when it could show more. */
G_DECLARE_FINAL_TYPE (LatchLogList, latch_log_list, LATCH, LOG_LIST, AdwBin)

void latch_log_list_show (LatchLogList *self, LatchBridgeLog *log, LatchClock *clock);
void latch_log_list_find (LatchLogList *self, const char *text, guint64 nuki_id);
guint latch_log_list_count (LatchLogList *self);

G_END_DECLS
