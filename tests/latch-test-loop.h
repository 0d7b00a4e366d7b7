/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Waiting in tests: the main loop runs until something is so. What never becomes so fails the test; nothing waits for
 * a time to pass.
 */

void latch_test_loop_iterate (gint64 deadline, const char *what, const char *file, int line);
void latch_test_take_result_cb (GObject *source, GAsyncResult *result, gpointer place);
void latch_test_run_for (guint milliseconds);
guint latch_test_get_slowness (void);

#define LATCH_TEST_DEADLINE_US (30 * latch_test_get_slowness () * G_TIME_SPAN_SECOND)

/* Runs the main loop until CONDITION is true, for as many microseconds at most */
#define latch_test_wait_within(patience_us, condition)                                                                \
  G_STMT_START                                                                                                        \
  {                                                                                                                   \
    gint64 deadline_ = g_get_monotonic_time () + (patience_us);                                                       \
                                                                                                                      \
    while (!(condition))                                                                                              \
      latch_test_loop_iterate (deadline_, #condition, __FILE__, __LINE__);                                            \
  }                                                                                                                   \
  G_STMT_END

#define latch_test_wait_until(condition) latch_test_wait_within (LATCH_TEST_DEADLINE_US, condition)

/*
 * Pass latch_test_take_result_cb() and the address of a NULL GAsyncResult to an asynchronous call, then wait for the
 * result with this.
 */
#define latch_test_wait_for(result) latch_test_wait_until ((result) != NULL)

G_END_DECLS
