/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-activity-merge.h"

#include "latch-activity-item.h"

static const LatchEvent *
get_event (GPtrArray *items, guint position)
{
  return latch_activity_item_get_event (items->pdata[position]);
}

static gboolean
is_before (const LatchEvent *event, const LatchEvent *other)
{
  return event->at < other->at || (event->at == other->at && event->id < other->id);
}

/* What is recorded stays, but for what is put right: a cause that comes late, and how long a gap was */
static gboolean
is_same (const LatchEvent *event, const LatchEvent *other)
{
  return event->id == other->id && event->at == other->at && event->nuki_id == other->nuki_id &&
         event->device_type == other->device_type && event->kind == other->kind && event->from == other->from &&
         event->to == other->to && event->cause == other->cause && g_str_equal (event->bridge_id, other->bridge_id);
}

/* Items that are so already stay the same */
static GPtrArray *
make_items (GPtrArray *items, GPtrArray *events)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func (g_object_unref);
  guint known = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const LatchEvent *event = events->pdata[i];

      while (known < items->len && is_before (event, get_event (items, known)))
        known++;
      if (known < items->len && is_same (event, get_event (items, known)))
        g_ptr_array_add (merged, g_object_ref (items->pdata[known]));
      else
        g_ptr_array_add (merged, latch_activity_item_new (event));
    }

  return merged;
}

/* How many items are not older than @last */
static guint
count_covered (GPtrArray *items, const LatchEvent *last)
{
  guint n = 0;

  while (n < items->len && !is_before (get_event (items, n), last))
    n++;

  return n;
}

/* Whether each of the first @n items is still there, perhaps put right */
static gboolean
all_are_in (GPtrArray *items, guint n, GPtrArray *events)
{
  guint found = 0;

  for (guint i = 0; i < events->len && found < n; i++)
    found += ((LatchEvent *) events->pdata[i])->id == get_event (items, found)->id;

  return found == n;
}

/**
 * latch_activity_merge_none:
 * @items: (element-type LatchActivityItem): what was known, newest first
 * @newest: (element-type LatchEvent): the newest that there are, newest first
 *
 * Returns: (transfer full) (element-type LatchActivityItem): @newest as items, which are those of @items where nothing
 *   has changed
 */
GPtrArray *
latch_activity_merge_none (GPtrArray *items, GPtrArray *newest)
{
  return make_items (items, newest);
}

/**
 * latch_activity_merge:
 * @items: (element-type LatchActivityItem): what was known, newest first
 * @newest: (element-type LatchEvent): the newest that there are, newest first
 * @is_all: whether there are no others
 *
 * Returns: (transfer full) (nullable) (element-type LatchActivityItem): @newest as items, and the older ones of @items;
 *   %NULL if it is not sure that these follow at once, or are there at all
 */
GPtrArray *
latch_activity_merge (GPtrArray *items, GPtrArray *newest, gboolean is_all)
{
  g_autoptr (GPtrArray) merged = NULL;
  guint n_covered;

  if (is_all)
    return NULL;

  n_covered = count_covered (items, newest->pdata[newest->len - 1]);
  if (n_covered == 0 || !all_are_in (items, n_covered, newest))
    return NULL;

  merged = make_items (items, newest);
  for (guint i = n_covered; i < items->len; i++)
    g_ptr_array_add (merged, g_object_ref (items->pdata[i]));

  return g_steal_pointer (&merged);
}
