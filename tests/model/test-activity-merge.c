/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-activity-merge.h"

#include "activity-fixture.h"
#include "latch-activity-item.h"

#define N 4

/* Newest first, as all here; the newest has the ID N */
static GPtrArray *
make_events (void)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);

  for (guint i = N; i > 0; i--)
    {
      LatchEvent *event = activity_event (LATCH_EVENT_STATE, NOON + i, 1, 3, SEEN);

      event->id = i;
      g_ptr_array_add (events, event);
    }

  return events;
}

static GPtrArray *
make_items (GPtrArray *events)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (items, latch_activity_item_new (events->pdata[i]));

  return items;
}

/* Changes one thing about an event */
static void
put_right (LatchEvent *event, guint what)
{
  switch (what)
    {
    case 0: event->nuki_id++; break;
    case 1: event->device_type++; break;
    case 2: event->kind = LATCH_EVENT_DOOR; break;
    case 3: event->from++; break;
    case 4: event->to++; break;
    case 5: event->cause = HERE; break;
    default:
      g_free (event->bridge_id);
      event->bridge_id = g_strdup ("two");
    }
}

/* Rows of what stays are not made anew, and one that was put right is not shown as it was */
static void
test_put_right (void)
{
  for (guint what = 0; what < 7; what++)
    {
      g_autoptr (GPtrArray) events = make_events ();
      g_autoptr (GPtrArray) items = make_items (events);
      g_autoptr (GPtrArray) merged = NULL;

      put_right (events->pdata[1], what);
      merged = latch_activity_merge (items, events, FALSE);
      g_assert_cmpuint (merged->len, ==, N);
      for (guint i = 0; i < N; i++)
        g_assert_true ((merged->pdata[i] == items->pdata[i]) == (i != 1));
    }
}

/* Of two that were recorded at the same time, one was forgotten: the other is not the same */
static void
test_another (void)
{
  g_autoptr (GPtrArray) events = make_events ();
  g_autoptr (GPtrArray) items = make_items (events);
  g_autoptr (GPtrArray) merged = NULL;

  ((LatchEvent *) events->pdata[1])->id = 2 * N;
  merged = latch_activity_merge_none (items, events);
  for (guint i = 0; i < N; i++)
    g_assert_true ((merged->pdata[i] == items->pdata[i]) == (i != 1));
}

/* Of what was read, only the newest is read again: what is older follows it, if it is sure that it does */
static void
test_older_follow (void)
{
  g_autoptr (GPtrArray) events = make_events ();
  g_autoptr (GPtrArray) items = make_items (events);
  g_autoptr (GPtrArray) merged = NULL;

  g_ptr_array_set_size (events, 2);
  merged = latch_activity_merge (items, events, FALSE);
  g_assert_cmpuint (merged->len, ==, N);
  for (guint i = 0; i < N; i++)
    g_assert_true (merged->pdata[i] == items->pdata[i]);
  g_assert_null (latch_activity_merge (items, events, TRUE));
}

/* One that was forgotten, or so many new ones that others may be in between */
static void
test_not_sure (void)
{
  g_autoptr (GPtrArray) events = make_events ();
  g_autoptr (GPtrArray) items = make_items (events);

  g_ptr_array_remove_index (events, 1);
  g_assert_null (latch_activity_merge (items, events, FALSE));

  g_ptr_array_set_size (events, 1);
  ((LatchEvent *) events->pdata[0])->at += 60;
  ((LatchEvent *) events->pdata[0])->id += 60;
  g_assert_null (latch_activity_merge (items, events, FALSE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/activity-merge/what-was-put-right-is-new", test_put_right);
  g_test_add_func ("/activity-merge/another-is-not-the-same", test_another);
  g_test_add_func ("/activity-merge/older-ones-follow", test_older_follow);
  g_test_add_func ("/activity-merge/nothing-is-left-out", test_not_sure);

  return g_test_run ();
}
