/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-log.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is said about an entry of a bridge's log, in the user's language. Pure. Texts that are not const are to be freed. */

const char *latch_log_text_title (const char *kind);
char *latch_log_text_lock (LatchBridge *bridge, guint64 nuki_id);
char *latch_log_text_details (JsonObject *entry, const char *lock);
char *latch_log_text_footer (guint n_entries, guint n_shown, LatchLogState state);

G_END_DECLS
