/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "activity-fixture.h"

#include "latch-test-loop.h"

LatchEvent *
activity_event (LatchEventKind kind, gint64 at, gint64 from, gint64 to, LatchEventCause cause)
{
  LatchEvent *event = latch_event_new (kind, "one", 7, 4);

  event->at = at;
  event->from = from;
  event->to = to;
  event->cause = cause;

  return event;
}

gboolean
activity_try_record (LatchStore *store, GPtrArray *events, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_store_record_events_async (store, events, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_store_write_finish (store, result, error);
}

/* Takes the event */
void
activity_record (LatchStore *store, LatchEvent *event)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_event_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (events, event);
  activity_try_record (store, events, &error);
  g_assert_no_error (error);
}

GPtrArray *
activity_query (LatchStore *store, const LatchEventQuery *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *events = NULL;

  latch_store_load_events_async (store, query, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  events = latch_store_load_events_finish (store, result, &error);
  g_assert_no_error (error);

  return events;
}

static void
append_value (GString *text, gint64 value)
{
  if (value == LATCH_EVENT_VALUE_UNKNOWN)
    g_string_append_c (text, '?');
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, value);
}

/* Oldest first, which reads better; times count from noon */
char *
activity_describe (GPtrArray *events)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = events->len; i > 0; i--)
    {
      const LatchEvent *event = events->pdata[i - 1];

      g_string_append_printf (text, "%s%s ", text->len > 0 ? ", " : "", latch_event_kind_get_nick (event->kind));
      append_value (text, event->from);
      g_string_append_c (text, '>');
      append_value (text, event->to);
      g_string_append_printf (text, "@%" G_GINT64_FORMAT, event->at - NOON);
      if (event->cause != SEEN)
        g_string_append_printf (text, "(%s)", latch_event_cause_get_nick (event->cause));
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* All that is recorded, of whomever */
void
activity_assert (LatchStore *store, const char *expected)
{
  g_autoptr (GPtrArray) events = activity_query (store, &(LatchEventQuery) { .limit = 1000 });
  g_autofree char *actual = activity_describe (events);

  g_assert_cmpstr (actual, ==, expected);
}

void
activity_finish_write (LatchStore *store, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  latch_test_wait_for (*result);
  latch_store_write_finish (store, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
}
