/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a list of activity that is known in part takes in what is newest. Pure. */

GPtrArray *latch_activity_merge_none (GPtrArray *items, GPtrArray *newest);
GPtrArray *latch_activity_merge (GPtrArray *items, GPtrArray *newest, gboolean is_all);

G_END_DECLS
