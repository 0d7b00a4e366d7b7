/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-enums.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of a bridge's JSON objects, whatever type the bridge chose to send them in. */

JsonObject *latch_json_get_object (JsonObject *object, const char *name);
JsonArray *latch_json_get_array (JsonObject *object, const char *name);
gint64 latch_json_get_int (JsonObject *object, const char *name, gint64 minimum, gint64 maximum, gint64 fallback);
int latch_json_get_code (JsonObject *object, const char *name);
LatchTristate latch_json_get_flag (JsonObject *object, const char *name);
char *latch_json_get_text (JsonObject *object, const char *name);
const char *latch_json_get_raw_text (JsonObject *object, const char *name);
gint64 latch_json_get_time (JsonObject *object, const char *name);
guint64 latch_json_get_id (JsonObject *object, const char *name);

G_END_DECLS
