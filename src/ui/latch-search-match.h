/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

/*
 * Finds locks by what somebody types where all programs are searched. It asks nobody: what counts is what is known of
 * the locks at this moment.
 */

GPtrArray *latch_search_match_find (GListModel *bridges, const char *const *terms);
char *latch_search_match_get_names (GListModel *bridges, const char *const *terms);

G_END_DECLS
