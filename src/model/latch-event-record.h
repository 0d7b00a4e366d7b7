/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-event.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Recorded events for other programs. Names of members and columns, and what is in them, are relied on. */

JsonObject *latch_event_record_new_json (const LatchEvent *event, const char *name, const char *local_name);
void latch_event_record_append_csv_titles (GString *csv);
void latch_event_record_append_csv (GString *csv, const LatchEvent *event, const char *name, const char *bridge_name);

G_END_DECLS
