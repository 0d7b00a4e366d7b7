/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-activity-item.h"

struct _LatchActivityItem
{
  GObject parent_instance;

  LatchEvent *event;
};

G_DEFINE_FINAL_TYPE (LatchActivityItem, latch_activity_item, G_TYPE_OBJECT)

static void
latch_activity_item_finalize (GObject *object)
{
  latch_event_free (LATCH_ACTIVITY_ITEM (object)->event);

  G_OBJECT_CLASS (latch_activity_item_parent_class)->finalize (object);
}

static void
latch_activity_item_class_init (LatchActivityItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_activity_item_finalize;
}

static void
latch_activity_item_init (LatchActivityItem *self)
{
}

/**
 * latch_activity_item_new:
 * @event: what happened; copied
 *
 * Returns: (transfer full): an item
 */
LatchActivityItem *
latch_activity_item_new (const LatchEvent *event)
{
  LatchActivityItem *self = g_object_new (LATCH_TYPE_ACTIVITY_ITEM, NULL);

  self->event = latch_event_copy (event);

  return self;
}

const LatchEvent *
latch_activity_item_get_event (LatchActivityItem *self)
{
  g_return_val_if_fail (LATCH_IS_ACTIVITY_ITEM (self), NULL);

  return self->event;
}
