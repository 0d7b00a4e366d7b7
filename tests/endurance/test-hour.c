/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hour.h"

/*
 * No request that need not be made: bridges are slow, and others want to be heard, too. What is counted here are the most
 * that there may be; a slow machine makes fewer.
 */

#define N_USES 20
/* Every thirty seconds; and the odd one that was asked for as the bridge told of something, and had to be asked for again */
#define LISTS_WHILE_TOLD 125

static guint
count (const char *requests, const char *path)
{
  g_auto (GStrv) paths = g_strsplit (requests, " ", -1);
  guint n = 0;

  for (char **p = paths; *p != NULL; p++)
    n += path == NULL || g_str_equal (*p, path);

  return n;
}

static void
assert_most (const char *requests, guint n_lists, guint n_infos, guint n_places)
{
  guint lists = count (requests, "/list"), infos = count (requests, "/info"), places = count (requests, "/callback/list");

  g_test_message ("/list %u times, /info %u, /callback/list %u", lists, infos, places);
  g_assert_cmpuint (lists, <=, n_lists);
  g_assert_cmpuint (infos, <=, n_infos);
  g_assert_cmpuint (places, <=, n_places);
  g_assert_cmpuint (count (requests, NULL), ==, lists + infos + places);
  /* It does look */
  g_assert_cmpuint (lists, >, 0);
}

/* One look at everything, and at a place for callbacks that is then taken; lists go on meanwhile where that takes long */
static void
test_start (Hour *hour, gconstpointer data)
{
  g_autofree char *requests = NULL;
  guint seconds, n_lists;

  hour_pass (5);
  seconds = (g_get_monotonic_time () - hour->began_at) / G_TIME_SPAN_SECOND;
  requests = hour_take_requests (hour);
  n_lists = count (requests, "/list");
  g_test_message ("In %u seconds: %s", seconds, requests);
  g_assert_true (g_str_has_prefix (requests, "/list "));
  g_assert_cmpuint (n_lists, <=, 1 + seconds / 10);
  g_assert_cmpuint (count (requests, "/info"), ==, 1);
  g_assert_cmpuint (count (requests, "/callback/list"), ==, 1 + seconds / 61);
  g_assert_cmpuint (count (requests, "/callback/add"), ==, 1);
  g_assert_cmpuint (count (requests, NULL), ==, n_lists + count (requests, "/callback/list") + 2);
}

static void
test_unproven (Hour *hour, gconstpointer data)
{
  g_autofree char *requests = NULL;

  g_free (hour_take_requests (hour));
  hour_pass (HOUR_SECONDS);
  requests = hour_take_requests (hour);
  assert_most (requests, 361, 13, 61);
}

static void
test_told (Hour *hour, gconstpointer data)
{
  g_autofree char *requests = NULL;

  hour_turn_key (hour, LATCH_LOCK_STATE_UNLOCKED);
  g_free (hour_take_requests (hour));
  hour_pass (HOUR_SECONDS);
  requests = hour_take_requests (hour);
  assert_most (requests, LISTS_WHILE_TOLD, 5, 61);
}

static void
test_unseen (Hour *hour, gconstpointer data)
{
  g_autofree char *requests = NULL;

  latch_home_set_visible (hour->home.home, FALSE);
  g_free (hour_take_requests (hour));
  hour_pass (HOUR_SECONDS);
  requests = hour_take_requests (hour);
  assert_most (requests, 61, 3, 13);
}

/* What the bridge tells is confirmed by the list that comes anyway */
static void
test_turned_keys (Hour *hour, gconstpointer data)
{
  g_autofree char *requests = NULL;

  hour_turn_key (hour, LATCH_LOCK_STATE_UNLOCKED);
  g_free (hour_take_requests (hour));
  for (guint i = 0; i < N_USES; i++)
    {
      hour_turn_key (hour, i % 2 == 0 ? LATCH_LOCK_STATE_LOCKED : LATCH_LOCK_STATE_UNLOCKED);
      hour_pass (HOUR_SECONDS / N_USES - HOUR_SETTLE_SECONDS);
    }
  requests = hour_take_requests (hour);
  assert_most (requests, LISTS_WHILE_TOLD, 5, 61);
}

/* One list tells what became of it; another one, where the bridge tells while it is under way */
static void
test_command (Hour *hour, gconstpointer data)
{
  g_autofree char *requests = NULL;
  guint n_lists;
  gint64 began_at;

  hour_turn_key (hour, LATCH_LOCK_STATE_UNLOCKED);
  g_free (hour_take_requests (hour));
  began_at = g_get_monotonic_time ();
  hour_lock (hour);
  requests = hour_take_requests (hour);
  n_lists = count (requests, "/list");
  g_test_message ("%s", requests);
  g_assert_cmpuint (count (requests, "/lockAction"), ==, 1);
  g_assert_cmpuint (count (requests, "/lockState"), ==, 0);
  g_assert_cmpuint (n_lists, >, 0);
  g_assert_cmpuint (n_lists, <=, 3 + (g_get_monotonic_time () - began_at) / (10 * G_TIME_SPAN_SECOND));
}

int
main (int argc, char *argv[])
{
  int status;

  home_use_keyring_file ();
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/hour/" name, Hour, NULL, hour_set_up, function, hour_tear_down)
  add ("start", test_start);
  add ("before-the-bridge-has-told-of-anything", test_unproven);
  add ("while-the-bridge-tells-of-changes", test_told);
  add ("while-nobody-looks", test_unseen);
  add ("turned-keys", test_turned_keys);
  add ("a-command", test_command);

  status = g_test_run ();
  home_remove_keyring_file ();

  return status;
}
