/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"

G_BEGIN_DECLS

#define LATCH_TYPE_LOG_ITEM (latch_log_item_get_type ())

/* An entry of a bridge's log. Never changes. */
G_DECLARE_FINAL_TYPE (LatchLogItem, latch_log_item, LATCH, LOG_ITEM, GObject)

LatchLogItem *latch_log_item_new (const LatchLogEntry *entry, LatchClient *client);

gint64 latch_log_item_get_timestamp (LatchLogItem *self);
gint64 latch_log_item_get_filed_at (LatchLogItem *self);
const char *latch_log_item_get_kind (LatchLogItem *self);
guint64 latch_log_item_get_nuki_id (LatchLogItem *self);
const char *latch_log_item_get_text (LatchLogItem *self);
JsonNode *latch_log_item_parse (LatchLogItem *self);

void latch_log_item_file_at (LatchLogItem *self, gint64 time);

G_END_DECLS
