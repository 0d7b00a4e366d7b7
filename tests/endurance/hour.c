/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hour.h"

#include <poll.h>

#include "latch-bridge-private.h"
#include "virtual-time.h"

/* Real milliseconds in which what others do, as threads and the bridge, may reach the program */
#define MS_TO_WAIT 2

/* For poll_cb(), which has no user data */
static gint64 leaps_until; /* as virtual_time_get(); 0 while time passes as it does */
static guint n_asking;

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout_ms)
{
  gboolean quiet = leaps_until != 0 && n_asking == 0 && timeout_ms != 0;
  int n_ready = poll ((struct pollfd *) fds, n_fds, quiet ? MS_TO_WAIT : timeout_ms);
  gint64 leap = leaps_until - virtual_time_get ();

  if (n_ready != 0 || !quiet)
    return n_ready;

  if (timeout_ms > 0)
    leap = MIN (leap, timeout_ms * G_TIME_SPAN_MILLISECOND);
  if (leap > 0)
    virtual_time_leap (leap);

  return 0;
}

static void
sent_cb (LatchClient *client, const char *path, gpointer user_data)
{
  n_asking++;
}

static void
answered_cb (LatchClient *client, gpointer user_data)
{
  n_asking--;
}

/* Pairs, and then starts anew, as on any other day. With tokens in the clear: what is encrypted expires, and the bridge's
 * clock does not leap */
void
hour_set_up (Hour *self, gconstpointer data)
{
  g_autoptr (LatchPairing) pairing = NULL;
  g_autoptr (LatchBridge) adopted = NULL;
  g_autoptr (GError) error = NULL;
  LatchClient *client = NULL;

  leaps_until = 0;
  n_asking = 0;
  g_main_context_set_poll_func (NULL, poll_cb);
  self->home.folder = g_dir_make_tmp ("latch-hour-XXXXXX", NULL);
  self->home.simulator = latch_test_simulator_new ("--token=" LATCH_TEST_TOKEN, "--ble-time=0", "--action-time=0",
                                                   "--locks=" G_STRINGIFY (HOUR_LOCKS), "--api=1.6", NULL);
  home_start_program (&self->home);
  g_assert_true (home_load (&self->home, NULL));
  pairing = home_pair_with (self->home.simulator, LATCH_AUTH_MODE_AUTO);
  adopted = home_adopt (&self->home, pairing, "Home", &error);
  g_assert_no_error (error);
  g_clear_object (&adopted);
  g_clear_object (&pairing);
  self->bridge = g_object_ref (home_restart (&self->home));
  client = latch_bridge_get_client (self->bridge);
  g_signal_connect (client, "sent", G_CALLBACK (sent_cb), NULL);
  g_signal_connect (client, "answered", G_CALLBACK (answered_cb), NULL);
  latch_test_simulator_clear_requests (self->home.simulator);

  self->began_at = g_get_monotonic_time ();
  latch_home_set_watching (self->home.home, TRUE);
  latch_test_wait_until (latch_bridge_get_info (self->bridge) != NULL &&
                         latch_bridge_get_subscription (self->bridge) != NULL &&
                         latch_subscription_get_state (latch_bridge_get_subscription (self->bridge)) ==
                             LATCH_SUBSCRIPTION_REGISTERED);
}

void
hour_tear_down (Hour *self, gconstpointer data)
{
  leaps_until = 0;
  g_clear_object (&self->bridge);
  home_end_program (&self->home);
  latch_test_simulator_free (self->home.simulator);
  home_remove_folder (self->home.folder);
  g_free (self->home.folder);
}

/* Nothing happens for a while */
void
hour_pass (guint seconds)
{
  leaps_until = virtual_time_get () + seconds * G_USEC_PER_SEC;
  while (virtual_time_get () < leaps_until || n_asking > 0)
    g_main_context_iteration (NULL, TRUE);
  leaps_until = 0;
}

static void
settle (LatchLock *lock, LatchLockState state)
{
  latch_test_wait_until (latch_lock_get_state (lock) == state &&
                         latch_lock_get_pending_action (lock) == LATCH_LOCK_ACTION_NONE);
  hour_pass (HOUR_SETTLE_SECONDS);
}

/* Somebody at the door, of which the bridge tells */
void
hour_turn_key (Hour *self, LatchLockState state)
{
  g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->bridge), 0);

  latch_test_simulator_post (self->home.simulator, "locks/%" G_GUINT64_FORMAT "?state=%d", latch_lock_get_nuki_id (lock),
                             latch_lock_state_to_code (state));
  settle (lock, state);
}

/* Somebody at the computer */
void
hour_lock (Hour *self)
{
  g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->bridge), 0);

  latch_lock_perform_async (lock, LATCH_LOCK_ACTION_LOCK, NULL, NULL, NULL);
  settle (lock, LATCH_LOCK_STATE_LOCKED);
}

char *
hour_take_requests (Hour *self)
{
  g_autoptr (GPtrArray) requests = latch_test_simulator_get_requests (self->home.simulator);
  GString *paths = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    g_string_append_printf (paths, "%s%s", i > 0 ? " " : "", ((LatchTestRequest *) requests->pdata[i])->path);
  latch_test_simulator_clear_requests (self->home.simulator);

  return g_string_free_and_steal (paths);
}
