/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LATCH_JSON_MAX_DEPTH 32

char *latch_json_repair (const char *data, gsize length, gsize *repaired_length, GError **error);

G_END_DECLS
