/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-event.h"

G_BEGIN_DECLS

#define LATCH_TYPE_ACTIVITY_ITEM (latch_activity_item_get_type ())

/* A recorded event, for lists. It never changes: what is put right later becomes another item. */
G_DECLARE_FINAL_TYPE (LatchActivityItem, latch_activity_item, LATCH, ACTIVITY_ITEM, GObject)

LatchActivityItem *latch_activity_item_new (const LatchEvent *event);

const LatchEvent *latch_activity_item_get_event (LatchActivityItem *self);

G_END_DECLS
