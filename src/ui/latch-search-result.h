/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"

G_BEGIN_DECLS

/**
 * LatchSearchVerb:
 * @LATCH_SEARCH_VERB_SHOW: shows a lock's page
 * @LATCH_SEARCH_VERB_LOCK: locks it
 *
 * What comes of choosing a result. There is none that unlocks or opens a door.
 */
typedef enum
{
  LATCH_SEARCH_VERB_SHOW,
  LATCH_SEARCH_VERB_LOCK,
} LatchSearchVerb;

/*
 * What a desktop's search shows of a lock. A result's ID goes with what it says: a desktop that keeps what was said once
 * must not go on saying it when it is not true any more.
 */

gboolean latch_search_result_is_offered (LatchSearchVerb verb, LatchLock *lock);
char *latch_search_result_new_id (LatchSearchVerb verb, LatchLock *lock, GListModel *bridges, gint64 now);
LatchLock *latch_search_result_find (const char *id, GListModel *bridges, LatchSearchVerb *verb);
GVariant *latch_search_result_describe (const char *id, GListModel *bridges, gint64 now);

G_END_DECLS
