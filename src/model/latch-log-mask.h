/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"

G_BEGIN_DECLS

/*
 * A bridge writes into its log whom it called and what it was asked. What lets somebody in stays out of what we keep,
 * show and export.
 */

/* What stands in place of a secret */
#define LATCH_LOG_MASK "•••"

JsonNode *latch_log_mask (JsonNode *entry, LatchClient *client);
char *latch_log_mask_text (const char *text, LatchClient *client);

G_END_DECLS
