/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-activity-item.h"
#include "latch-store-activity.h"

G_BEGIN_DECLS

#define LATCH_TYPE_ACTIVITY (latch_activity_get_type ())

/* A GListModel of LatchActivityItems, newest first, that is read from the store page by page. */
G_DECLARE_FINAL_TYPE (LatchActivity, latch_activity, LATCH, ACTIVITY, GObject)

LatchActivity *latch_activity_new (LatchStore *store, guint page_size);

void latch_activity_choose (LatchActivity *self, LatchEventFilter filter);
void latch_activity_choose_lock (LatchActivity *self,
                                 const char *bridge_id,
                                 guint64 nuki_id,
                                 int device_type,
                                 LatchEventFilter filter);
void latch_activity_get_query (LatchActivity *self, LatchEventQuery *query);

void latch_activity_load_more (LatchActivity *self);
void latch_activity_refresh (LatchActivity *self);

gboolean latch_activity_is_loading (LatchActivity *self);
gboolean latch_activity_is_complete (LatchActivity *self);
const char *latch_activity_get_problem (LatchActivity *self);

G_END_DECLS
