/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-choice.h"
#include "latch-snapshot.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *latch_ctl_json_new_device (const char *bridge_id,
                                     const LatchDeviceSnapshot *device,
                                     const LatchLockChoice *choice);
JsonNode *latch_ctl_json_new_success (const char *bridge_id);
void latch_ctl_json_set_text (JsonObject *object, const char *name, const char *value);
void latch_ctl_json_set_code (JsonObject *object, const char *name, int value);
void latch_ctl_json_set_time (JsonObject *object, const char *name, gint64 seconds);
void latch_ctl_json_set_state (JsonObject *object, int code, gboolean opener);
void latch_ctl_json_set_flag (JsonObject *object, const char *name, LatchTristate value);
JsonNode *latch_ctl_json_wrap_object (JsonObject *object);
JsonNode *latch_ctl_json_wrap_array (JsonArray *array);

G_END_DECLS
