/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes ↔ snapshots. Pure: no I/O, no main loop, and no input on which it could abort. */

JsonNode *latch_codec_parse (GBytes *body, GError **error);
gboolean latch_codec_parse_timestamp (const char *text, gint64 *seconds);
gboolean latch_codec_parse_nuki_id (const char *text, guint64 *nuki_id);

char *latch_codec_decode_auth (GBytes *body, GError **error);
GPtrArray *latch_codec_decode_list (GBytes *body, GError **error);
gboolean latch_codec_decode_lock_state (GBytes *body, LatchStateSnapshot *state, GError **error);
gboolean latch_codec_decode_lock_action (GBytes *body, LatchTristate *battery_critical, GError **error);
gboolean latch_codec_decode_success (GBytes *body, GError **error);
LatchInfoSnapshot *latch_codec_decode_info (GBytes *body, GError **error);
GPtrArray *latch_codec_decode_callbacks (GBytes *body, GError **error);
GPtrArray *latch_codec_decode_log (GBytes *body, GError **error);
GPtrArray *latch_codec_decode_discovery (GBytes *body, GError **error);
LatchDeviceSnapshot *latch_codec_decode_callback_post (GBytes *body, GError **error);

G_END_DECLS
