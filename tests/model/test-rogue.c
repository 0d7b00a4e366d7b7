/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-stand-in.h"
#include "home-fixture.h"

/*
 * Somebody who sits at a bridge's address, says what suits him, and waits for the token: whatever the app does, he gets
 * it in no weaker form than the bridge has accepted; and where he sends us, nobody goes.
 */

#define NEW_TOKEN "an0therT0ken"
#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
#define INFO(type, version)                                                                                            \
  "{\"bridgeType\": " #type ", \"ids\": {\"serverId\": %s}, \"versions\": {" version "}, \"scanResults\": []}"
#define SUCCESS OK "{\"success\": true}"
#define LIST                                                                                                           \
  OK "[{\"nukiId\": 1, \"deviceType\": 0, \"name\": \"Home\", \"lastKnownState\": {\"mode\": 2, \"state\": 1, "         \
     "\"stateName\": \"locked\", \"batteryCritical\": false, \"timestamp\": \"2018-10-03T06:49:00+00:00\"}}]"

typedef struct
{
  const char *name;
  const char *any;     /* what it answers; %u is the trap's port; NULL: nothing */
  const char *info;    /* and to /info, if that is something else; %s is the bridge's ID */
  gboolean seems_real; /* what else is asked for is answered as by a bridge */
} Manner;

#define HEAD(status) "HTTP/1.1 " status "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#define REDIRECT(status)                                                                                               \
  "HTTP/1.1 " status "\r\nLocation: http://127.0.0.1:%u/list\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#define OLD_FIRMWARE INFO (1, "\"firmwareVersion\": \"1.6.2\"")

static const Manner manners[] = {
  { "refuses", HEAD ("401 Unauthorized") },
  { "asks-for-a-password",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"token\"\r\nContent-Length: 0\r\n\r\n" },
  { "asks-as-a-proxy",
    "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"t\"\r\nContent-Length: 0\r\n\r\n" },
  { "misses-the-token", HEAD ("400 Bad Request") },
  { "forbids", HEAD ("403 Forbidden") },
  { "knows-nothing", HEAD ("404 Not Found") },
  { "is-busy", HEAD ("503 Service Unavailable") },
  { "moved-permanently", REDIRECT ("301 Moved Permanently") },
  { "moved", REDIRECT ("302 Found") },
  { "moved-for-now", REDIRECT ("307 Temporary Redirect") },
  { "moved-for-good", REDIRECT ("308 Permanent Redirect") },
  { "refreshes", "HTTP/1.1 200 OK\r\nRefresh: 0; url=http://127.0.0.1:%u/\r\nAlt-Svc: h2=\":%u\"\r\n"
                 "Content-Length: 0\r\nConnection: close\r\n\r\n" },
  { "talks-rubbish", "\x01\x02\x03 not HTTP at all\r\n\r\n" },
  { "answers-rubbish", OK "<html>token?</html>" },
  { "says-nothing", NULL },
  { "has-old-firmware", HEAD ("401 Unauthorized"), OLD_FIRMWARE },
  { "is-a-software-bridge", HEAD ("401 Unauthorized"), INFO (2, "\"appVersion\": \"1.4.0\"") },
  { "has-no-firmware", HEAD ("401 Unauthorized"), INFO (1, "") },
  { "promises-better", HEAD ("401 Unauthorized"), INFO (1, "\"firmwareVersion\": \"9.0.0\"") },
  { "seems-real-and-old", HEAD ("400 Bad Request"), OLD_FIRMWARE, TRUE },
};

typedef struct
{
  const Manner *manner;
  LatchAuthMode mode;
  char *id;
  BridgeStandIn *server;
} Rogue;

typedef struct
{
  HomeFixture home;
  BridgeStandIn *trap; /* to which they send us, and where discovery finds all bridges */
  Rogue rogues[2 * G_N_ELEMENTS (manners)];
} Fixture;

static void
answer (Rogue *rogue, const char *path, const char *bytes)
{
  bridge_stand_in_answer_raw (rogue->server, path, bytes, -1);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
rogue_behave (Rogue *rogue, guint16 trap_port)
{
  const Manner *manner = rogue->manner;

  if (manner->any != NULL)
    {
      g_autofree char *any = g_strdup_printf (manner->any, trap_port, trap_port);

      answer (rogue, NULL, any);
    }
  if (manner->info != NULL)
    {
      g_autofree char *info = g_strdup_printf (manner->info, rogue->id);

      bridge_stand_in_answer (rogue->server, "/info", 200, info);
    }
  if (manner->seems_real)
    {
      answer (rogue, "/list", LIST);
      answer (rogue, "/lockAction", SUCCESS);
      answer (rogue, "/lockState", OK "{\"mode\": 2, \"state\": 1, \"batteryCritical\": false, \"success\": true}");
      answer (rogue, "/callback/list", OK "{\"callbacks\": []}");
      answer (rogue, "/callback/add", SUCCESS);
      answer (rogue, "/callback/remove", SUCCESS);
    }
}
#pragma GCC diagnostic pop

/* As if that had been paired with when it was a bridge */
static void
keep (Fixture *fixture, Rogue *rogue)
{
  g_autoptr (LatchBridgeRecord) record = latch_bridge_record_new (rogue->id);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_record_free);
  g_autoptr (LatchDeviceSnapshot) snapshot = latch_device_snapshot_new (1);
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GError) error = NULL;

  record->name = g_strdup_printf ("%s-%d", rogue->manner->name, rogue->mode);
  record->host = g_strdup ("127.0.0.1");
  record->port = bridge_stand_in_get_port (rogue->server);
  record->accepted_mode = rogue->mode;
  record->type = LATCH_BRIDGE_TYPE_HARDWARE;
  snapshot->device_type = 0;
  snapshot->state.state_code = 1;
  g_ptr_array_add (devices, latch_device_record_new (snapshot));
  latch_store_save_bridge_async (fixture->home.store, record, NULL, NULL, NULL);
  latch_store_save_devices_async (fixture->home.store, rogue->id, devices, NULL, NULL, NULL);
  latch_token_store_store_async (fixture->home.token_store, rogue->id, record->name, LATCH_TEST_TOKEN, NULL,
                                 latch_test_take_result_cb, &stored);
  latch_test_wait_for (stored);
  latch_token_store_store_finish (fixture->home.token_store, stored, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const LatchAuthMode modes[] = { LATCH_AUTH_MODE_ENCRYPTED, LATCH_AUTH_MODE_HASHED };
  g_autoptr (GString) found = g_string_new ("{\"bridges\": [");
  g_autoptr (GError) error = NULL;
  guint16 trap_port;

  home_set_up (&fixture->home, NULL);
  fixture->trap = bridge_stand_in_new ();
  trap_port = bridge_stand_in_get_port (fixture->trap);
  bridge_stand_in_answer (fixture->trap, NULL, 401, "");
  for (guint i = 0; i < G_N_ELEMENTS (fixture->rogues); i++)
    {
      Rogue *rogue = &fixture->rogues[i];

      rogue->manner = &manners[i / 2];
      rogue->mode = modes[i % 2];
      rogue->id = g_strdup_printf ("%u", 1000 + i);
      rogue->server = bridge_stand_in_new ();
      rogue_behave (rogue, trap_port);
      keep (fixture, rogue);
      g_string_append_printf (found, "%s{\"bridgeId\": %s, \"ip\": \"127.0.0.1\", \"port\": %u}", i > 0 ? ", " : "",
                              rogue->id, trap_port);
    }
  g_string_append (found, "], \"errorCode\": 0}");
  bridge_stand_in_answer (fixture->trap, "/discover/bridges", 200, found->str);
  g_assert_true (home_load (&fixture->home, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* What is still under way then ends because nobody answers */
  home_tear_down (&fixture->home, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->rogues); i++)
    {
      bridge_stand_in_free (fixture->rogues[i].server);
      g_free (fixture->rogues[i].id);
    }
  bridge_stand_in_free (fixture->trap);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Neither a token nor a form of it below @least; and what was made up by ourselves, such as wrong tokens, is none */
static void
assert_nothing_to_learn (BridgeStandIn *server, LatchAuthMode least, const char *name)
{
  for (guint i = 0; i < bridge_stand_in_get_n_requests (server); i++)
    {
      const char *head = bridge_stand_in_get_head (server, i);
      const char *target = bridge_stand_in_get_target (server, i);

      if (strstr (head, LATCH_TEST_TOKEN) != NULL || strstr (head, NEW_TOKEN) != NULL ||
          g_regex_match_simple ("[?&]token=", target, 0, 0) ||
          (least == LATCH_AUTH_MODE_ENCRYPTED && strstr (head, "hash=") != NULL) ||
          strstr (head, "Authorization") != NULL)
        g_error ("%s was told: %s", name, head);
    }
}

/* Results are of no interest here: waits until all are there */
typedef struct
{
  guint n_pending;
} Pending;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pending *pending = user_data;

  pending->n_pending--;
}

static LatchBridge *
get_bridge (Fixture *fixture, Rogue *rogue)
{
  LatchBridge *bridge = latch_home_find_bridge (fixture->home.home, rogue->id);

  g_assert_nonnull (bridge);

  return bridge;
}

#define for_each_rogue(rogue)                                                                                          \
  for (Rogue *rogue = fixture->rogues; rogue < fixture->rogues + G_N_ELEMENTS (fixture->rogues); rogue++)

static void
assert_nobody_learns (Fixture *fixture)
{
  for_each_rogue (rogue)
    {
      assert_nothing_to_learn (rogue->server, rogue->mode, rogue->manner->name);
      g_assert_cmpint (latch_client_get_accepted_mode (latch_bridge_get_client (get_bridge (fixture, rogue))), >=,
                       rogue->mode);
    }
}

/* As a person who pairs again with a token that he has typed, at the address of a bridge that is known */
static LatchPairing *
pair_again (Fixture *fixture, Rogue *rogue, const char *token, Pending *pending)
{
  guint16 port = bridge_stand_in_get_port (rogue->server);
  LatchPairing *pairing = latch_pairing_new ("127.0.0.1", port);

  latch_client_set_timeout (latch_pairing_get_client (pairing), 2);
  latch_home_protect_token (fixture->home.home, pairing, token);
  pending->n_pending++;
  latch_pairing_run_async (pairing, token, NULL, done_cb, pending);

  return pairing;
}

static void
test_watched (Fixture *fixture, gconstpointer data)
{
  Pending pending = { 0 };
  g_autofree char *url =
      g_strdup_printf ("http://127.0.0.1:%u/discover/bridges", bridge_stand_in_get_port (fixture->trap));

  for_each_rogue (rogue)
    latch_client_set_timeout (latch_bridge_get_client (get_bridge (fixture, rogue)), 2);
  latch_home_set_discovery (fixture->home.home, TRUE, url);
  latch_home_set_watching (fixture->home.home, TRUE);
  for_each_rogue (rogue)
    latch_test_wait_until (bridge_stand_in_get_n_requests (rogue->server) > 0);

  for_each_rogue (rogue)
    {
      LatchBridge *bridge = get_bridge (fixture, rogue);
      LatchLock *lock = latch_bridge_find_lock (bridge, 1, 0);
      LatchClient *client = latch_bridge_get_client (bridge);

      g_assert_nonnull (lock);
      pending.n_pending += 6;
      latch_lock_perform_async (lock, LATCH_LOCK_ACTION_UNLOCK, NULL, done_cb, &pending);
      latch_lock_ask_async (lock, NULL, done_cb, &pending);
      latch_bridge_refresh_info_async (bridge, NULL, done_cb, &pending);
      latch_client_callback_list_async (client, NULL, done_cb, &pending);
      latch_client_callback_add_async (client, "http://192.0.2.1/x", NULL, done_cb, &pending);
      latch_client_log_async (client, 0, 20, NULL, done_cb, &pending);
    }
  latch_test_wait_until (pending.n_pending == 0);

  /* Those who answer at all are asked again, after what they have said of themselves */
  latch_home_refresh (fixture->home.home, NULL);
  for_each_rogue (rogue)
    {
      pending.n_pending++;
      latch_bridge_refresh_async (get_bridge (fixture, rogue), NULL, done_cb, &pending);
    }
  latch_test_wait_until (pending.n_pending == 0);
  /* Who refuses a token may be somebody else: then the bridge is searched for, and found in a trap */
  latch_test_wait_until (bridge_stand_in_count (fixture->trap, "/info") > 0);

  assert_nobody_learns (fixture);
  assert_nothing_to_learn (fixture->trap, LATCH_AUTH_MODE_HASHED, "the trap");
  for (guint i = 0; i < bridge_stand_in_get_n_requests (fixture->trap); i++)
    if (!g_regex_match_simple ("^/(discover/bridges$|info[?])", bridge_stand_in_get_target (fixture->trap, i), 0, 0))
      g_error ("The trap was asked for %s", bridge_stand_in_get_target (fixture->trap, i));
}

static void
test_redirected (Fixture *fixture, gconstpointer data)
{
  Pending pending = { 0 };

  for_each_rogue (rogue)
    {
      LatchBridge *bridge = get_bridge (fixture, rogue);

      latch_client_set_timeout (latch_bridge_get_client (bridge), 2);
      pending.n_pending += 2;
      latch_bridge_refresh_async (bridge, NULL, done_cb, &pending);
      latch_client_lock_action_async (latch_bridge_get_client (bridge), 1, 0, LATCH_LOCK_ACTION_UNLOCK, FALSE, NULL,
                                      done_cb, &pending);
    }
  latch_test_wait_until (pending.n_pending == 0);
  g_assert_cmpuint (bridge_stand_in_get_n_connections (fixture->trap), ==, 0);
}

static void
test_paired_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) pairings = g_ptr_array_new_with_free_func (g_object_unref);
  Pending pending = { 0 };

  /* The token that it has, and one that the vendor's app shows now; and then, after a refusal, the button */
  for_each_rogue (rogue)
    g_ptr_array_add (pairings, pair_again (fixture, rogue, LATCH_TEST_TOKEN, &pending));
  latch_test_wait_until (pending.n_pending == 0);
  for_each_rogue (rogue)
    g_ptr_array_add (pairings, pair_again (fixture, rogue, NEW_TOKEN, &pending));
  latch_test_wait_until (pending.n_pending == 0);

  assert_nobody_learns (fixture);
  g_assert_cmpuint (bridge_stand_in_get_n_connections (fixture->trap), ==, 0);
}

/* The token is recognized wherever it is shown, and not at the known address only */
static void
test_paired_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchPairing) pairing =
      latch_pairing_new ("127.0.0.1", bridge_stand_in_get_port (fixture->trap));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_home_protect_token (fixture->home.home, pairing, LATCH_TEST_TOKEN);
  latch_pairing_run_async (pairing, LATCH_TEST_TOKEN, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_false (latch_pairing_run_finish (pairing, result, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (bridge_stand_in_get_n_requests (fixture->trap), ==, 1);
  assert_nothing_to_learn (fixture->trap, LATCH_AUTH_MODE_ENCRYPTED, "the trap");
}

/* Even a bridge of the first generation may take the place of a better one: its token is its own, and new */
static void
test_button (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTestSimulator) simulator = latch_test_simulator_new ("--api=1.6", "--press-after=0", "--ble-time=0", NULL);
  g_autoptr (LatchPairing) pairing = latch_pairing_new (latch_test_simulator_get_host (simulator),
                                                        latch_test_simulator_get_port (simulator));
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  latch_home_protect_token (fixture->home.home, pairing, LATCH_TEST_TOKEN);
  latch_pairing_run_async (pairing, LATCH_TEST_TOKEN, NULL, latch_test_take_result_cb, &refused);
  latch_test_wait_for (refused);
  g_assert_false (latch_pairing_run_finish (pairing, refused, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  g_clear_error (&error);

  latch_pairing_run_async (pairing, NULL, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_pairing_run_finish (pairing, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (latch_client_get_accepted_mode (latch_pairing_get_client (pairing)), ==, LATCH_AUTH_MODE_PLAIN);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  Pending pending = { 0 };

  latch_home_set_watching (fixture->home.home, TRUE);
  for_each_rogue (rogue)
    if (rogue->manner->seems_real)
      latch_test_wait_until (bridge_stand_in_count (rogue->server, "/callback/add") > 0);
  for_each_rogue (rogue)
    {
      pending.n_pending++;
      latch_client_set_timeout (latch_bridge_get_client (get_bridge (fixture, rogue)), 2);
      latch_home_forget_async (fixture->home.home, get_bridge (fixture, rogue), NULL, done_cb, &pending);
    }
  latch_test_wait_until (pending.n_pending == 0);
  for_each_rogue (rogue)
    assert_nothing_to_learn (rogue->server, rogue->mode, rogue->manner->name);
}

int
main (int argc, char *argv[])
{
  /* Tokens stay in memory: a keyring in a file does not bear so many bridges at once */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/rogue/" name, Fixture, NULL, set_up, function, tear_down)
  add ("learns-nothing/watched", test_watched);
  add ("learns-nothing/paired-again", test_paired_again);
  add ("learns-nothing/paired-elsewhere", test_paired_elsewhere);
  add ("learns-nothing/forgotten", test_forgotten);
  add ("redirects-are-not-followed", test_redirected);
  add ("a-token-from-the-button-is-its-own", test_button);

  return g_test_run ();
}
