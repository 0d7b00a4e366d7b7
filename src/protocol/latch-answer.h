/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the answers of all endpoints have in common. For the codec's own use. */

/**
 * LatchAnswerDecodeItem:
 *
 * Returns: (transfer full) (nullable): what an item of an array says, %NULL if it cannot be used
 */
typedef gpointer (*LatchAnswerDecodeItem) (JsonObject *object);

JsonNode *latch_answer_parse_object (GBytes *body, JsonObject **object, GError **error);
GPtrArray *latch_answer_decode_array (GBytes *body,
                                      LatchAnswerDecodeItem decode,
                                      GDestroyNotify free_item,
                                      GError **error);
GPtrArray *latch_answer_decode_items (JsonArray *array,
                                      LatchAnswerDecodeItem decode,
                                      GDestroyNotify free_item,
                                      GError **error);
void latch_answer_set_malformed (GError **error);
void latch_answer_set_refused (JsonObject *object, GError **error);

G_END_DECLS
