/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-test-loop.h"

static gboolean
wake_cb (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;

  return G_SOURCE_REMOVE;
}

/* One turn of the main loop, which is over at the latest after the deadline */
void
latch_test_loop_iterate (gint64 deadline, const char *what, const char *file, int line)
{
  gint64 left = (deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
  gboolean over = FALSE;
  guint id;

  if (left <= 0)
    g_error ("%s:%d: this never became true: %s", file, line, what);

  id = g_timeout_add (left, wake_cb, &over);
  g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (id);
}

/* Keeps a result for the test, which frees it */
void
latch_test_take_result_cb (GObject *source, GAsyncResult *result, gpointer place)
{
  GAsyncResult **taken = place;

  g_assert_null (*taken);
  *taken = g_object_ref (result);
}

/* Returns: how many times as long everything may take, as in valgrind */
guint
latch_test_get_slowness (void)
{
  const char *slowness = g_getenv ("NIGHTLATCH_TEST_SLOWNESS");

  return slowness != NULL ? (guint) g_ascii_strtoull (slowness, NULL, 10) : 1;
}

/* Only to see that something does not happen: the one case in which a test has to let time pass */
void
latch_test_run_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, wake_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
