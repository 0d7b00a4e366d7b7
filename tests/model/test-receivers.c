/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-receivers.h"

#include <string.h>

#include "lock-fixture.h"

#define US "0123456789abcdef"
#define OTHERS "fedcba9876543210"

static void
assert_receiver (const char *url, LatchReceiverKind kind, const char *host, const char *path)
{
  g_autoptr (LatchReceiver) receiver = latch_receiver_new (url);

  latch_receiver_judge (receiver, "http://192.0.2.1:5000/nightlatch/" US "/aaaa", US);
  g_assert_cmpint (latch_receiver_get_kind (receiver), ==, kind);
  g_assert_cmpstr (latch_receiver_get_host (receiver), ==, host);
  g_assert_cmpstr (latch_receiver_get_path (receiver), ==, path);
}

static void
test_kinds (void)
{
  assert_receiver ("http://192.0.2.1:5000/nightlatch/" US "/aaaa", LATCH_RECEIVER_KIND_THIS, "192.0.2.1:5000", NULL);
  assert_receiver ("http://192.0.2.1:5001/nightlatch/" US "/bbbb", LATCH_RECEIVER_KIND_HERE, "192.0.2.1:5001", NULL);
  assert_receiver ("http://192.0.2.9:5000/nightlatch/" OTHERS "/cccc", LATCH_RECEIVER_KIND_ELSEWHERE, "192.0.2.9:5000",
                   NULL);
  assert_receiver ("http://192.0.2.9:8123/api/webhook/nuki", LATCH_RECEIVER_KIND_OTHER, "192.0.2.9:8123",
                   "/api/webhook/nuki");
  assert_receiver ("http://[2001:db8::1]:80/x", LATCH_RECEIVER_KIND_OTHER, "[2001:db8::1]:80", "/x");
  assert_receiver ("http://hub.example/", LATCH_RECEIVER_KIND_OTHER, "hub.example", NULL);
  /* Only what looks like ours */
  assert_receiver ("http://192.0.2.9:80/nightlatch/", LATCH_RECEIVER_KIND_OTHER, "192.0.2.9:80", "/nightlatch/");
}

/* Passwords and queries are nobody's business; nor do odd characters get to spoil a window */
static void
test_shown_with_care (void)
{
  g_autofree char *path = g_strnfill (200, 'p');
  g_autofree char *long_url = g_strdup_printf ("http://192.0.2.9/%s", path);
  g_autoptr (LatchReceiver) receiver = latch_receiver_new (long_url);

  assert_receiver ("http://me:secret@192.0.2.9:80/x?token=secret#secret", LATCH_RECEIVER_KIND_OTHER, "192.0.2.9:80", "/x");
  assert_receiver ("http://192.0.2.9/<b>\xe2\x80\xae&", LATCH_RECEIVER_KIND_OTHER, "192.0.2.9", "/<b>%E2%80%AE&");
  assert_receiver ("", LATCH_RECEIVER_KIND_OTHER, "Unknown Address", NULL);
  assert_receiver ("\x01\x02", LATCH_RECEIVER_KIND_OTHER, "\xef\xbf\xbd\xef\xbf\xbd", NULL);
  g_assert_cmpint (g_utf8_strlen (latch_receiver_get_path (receiver), -1), ==, 65);
  g_assert_nonnull (strstr (latch_receiver_get_path (receiver), "p…p"));
}

typedef struct
{
  LockFixture lock;
  LatchReceivers *receivers;
  guint n_changes;
} Fixture;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  ((Fixture *) user_data)->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  lock_set_up (&fixture->lock, NULL);
  latch_bridge_set_installation_id (fixture->lock.bridge, US);
  fixture->receivers = latch_receivers_new (fixture->lock.bridge);
  g_signal_connect (fixture->receivers, "items-changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  latch_receivers_set_active (fixture->receivers, FALSE);
  g_signal_handlers_disconnect_by_data (fixture->receivers, fixture);
  g_object_add_weak_pointer (G_OBJECT (fixture->receivers), (gpointer *) &fixture->receivers);
  g_object_unref (fixture->receivers);
  latch_test_wait_until (fixture->receivers == NULL);
  lock_tear_down (&fixture->lock, NULL);
}

/* What another program does */
static void
others_add (Fixture *fixture, const char *url)
{
  g_autoptr (LatchClient) client = lock_client_new (fixture->lock.simulator);
  g_autoptr (GAsyncResult) result = NULL;

  latch_client_callback_add_async (client, url, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_client_callback_add_finish (client, result, NULL));
}

static void
others_remove (Fixture *fixture, int id)
{
  g_autoptr (LatchClient) client = lock_client_new (fixture->lock.simulator);
  g_autoptr (GAsyncResult) result = NULL;

  latch_client_callback_remove_async (client, id, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_client_callback_remove_finish (client, result, NULL));
}

static char *
describe (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->receivers)); i++)
    {
      g_autoptr (LatchReceiver) receiver = g_list_model_get_item (G_LIST_MODEL (fixture->receivers), i);

      g_string_append_printf (text, "%s ", latch_receiver_get_host (receiver));
    }

  return g_string_free_and_steal (text);
}

static void
assert_receivers (Fixture *fixture, const char *expected)
{
  g_autofree char *actual = describe (fixture);

  g_assert_cmpstr (actual, ==, expected);
}

/* What the bridge itself has */
static void
assert_places (Fixture *fixture, const char *expected)
{
  g_autoptr (JsonNode) state = latch_test_simulator_get_state (fixture->lock.simulator);
  JsonArray *places = json_object_get_array_member (json_node_get_object (state), "callbacks");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (places); i++)
    g_string_append_printf (text, "%s ", json_object_get_string_member (json_array_get_object_element (places, i), "url"));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
watch (Fixture *fixture)
{
  latch_receivers_set_active (fixture->receivers, TRUE);
  latch_test_wait_until (latch_receivers_get_known (fixture->receivers));
  latch_test_simulator_clear_requests (fixture->lock.simulator);
}

static gboolean
add (Fixture *fixture, const char *url, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_receivers_add_async (fixture->receivers, url, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_false (latch_receivers_get_adding (fixture->receivers));

  return latch_receivers_add_finish (fixture->receivers, result, error);
}

static gboolean
remove_nth (Fixture *fixture, guint position, GError **error)
{
  g_autoptr (LatchReceiver) receiver = g_list_model_get_item (G_LIST_MODEL (fixture->receivers), position);
  g_autoptr (GAsyncResult) result = NULL;

  latch_receivers_remove_async (fixture->receivers, receiver, latch_test_take_result_cb, &result);
  g_assert_true (latch_receiver_get_leaving (receiver));
  latch_test_wait_for (result);
  g_assert_false (latch_receiver_get_leaving (receiver));

  return latch_receivers_remove_finish (fixture->receivers, result, error);
}

/* Nobody is asked while nobody looks; and who stays is not shown anew */
static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchReceiver) second = NULL;
  g_autoptr (LatchReceiver) still = NULL;

  others_add (fixture, "http://192.0.2.7/a");
  others_add (fixture, "http://192.0.2.8/b");
  latch_receivers_refresh (fixture->receivers);
  g_assert_false (latch_receivers_get_known (fixture->receivers));
  watch (fixture);
  assert_receivers (fixture, "192.0.2.7 192.0.2.8 ");
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  second = g_list_model_get_item (G_LIST_MODEL (fixture->receivers), 1);
  others_remove (fixture, 0);
  latch_receivers_refresh (fixture->receivers);
  latch_test_wait_until (fixture->n_changes == 2);
  assert_receivers (fixture, "192.0.2.8 ");
  still = g_list_model_get_item (G_LIST_MODEL (fixture->receivers), 0);
  g_assert_true (still == second);

  latch_receivers_set_active (fixture->receivers, FALSE);
  latch_test_simulator_clear_requests (fixture->lock.simulator);
  latch_receivers_refresh (fixture->receivers);
  latch_test_run_for (400);
  lock_assert_requests (&fixture->lock, "");
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  latch_test_simulator_add_fault (fixture->lock.simulator, "status-404", "/callback/list", 1);
  latch_receivers_set_active (fixture->receivers, TRUE);
  latch_test_wait_until (latch_receivers_get_problem (fixture->receivers) != NULL);
  g_assert_false (latch_receivers_get_known (fixture->receivers));
  latch_receivers_refresh (fixture->receivers);
  latch_test_wait_until (latch_receivers_get_problem (fixture->receivers) == NULL);
  g_assert_true (latch_receivers_get_known (fixture->receivers));
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  watch (fixture);
  g_assert_true (add (fixture, "http://192.0.2.7:8123/api?x=1&y=2", &error));
  g_assert_no_error (error);
  assert_receivers (fixture, "192.0.2.7:8123 ");
  assert_places (fixture, "http://192.0.2.7:8123/api?x=1&y=2 ");
  lock_assert_requests (&fixture->lock, "/callback/add?url=http%3A%2F%2F192.0.2.7%3A8123%2Fapi%3Fx%3D1%26y%3D2 /callback/list");

  /* There already, by somebody else's hand */
  others_add (fixture, "http://192.0.2.8/");
  g_assert_true (add (fixture, "http://192.0.2.8/", &error));
  g_assert_no_error (error);

  /* Full, and we had not known */
  others_add (fixture, "http://192.0.2.9/");
  g_assert_false (add (fixture, "http://192.0.2.10/", &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_FULL);
  assert_receivers (fixture, "192.0.2.7:8123 192.0.2.8 192.0.2.9 ");
}

static void
assert_invalid (Fixture *fixture, const char *url)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (add (fixture, url, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT);
}

static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);
  g_autoptr (LatchBridge) bridge = latch_bridge_new ("1", "Far", client);
  g_autoptr (LatchReceivers) far = latch_receivers_new (bridge);
  g_autofree char *path = g_strnfill (240, 'x');
  g_autofree char *long_url = g_strdup_printf ("http://192.0.2.7/%s", path);

  others_add (fixture, "http://192.0.2.7/a");
  watch (fixture);
  assert_invalid (fixture, "https://192.0.2.7/");
  assert_invalid (fixture, "192.0.2.7/x");
  assert_invalid (fixture, "http://");
  assert_invalid (fixture, "");
  assert_invalid (fixture, long_url);
  assert_invalid (fixture, "http://192.0.2.7/a");
  lock_assert_requests (&fixture->lock, "");

  /* The simulated bridge may call what runs beside it. Others would call themselves */
  g_assert_true (latch_receivers_check_url (fixture->receivers, "http://127.0.0.1:9/", NULL));
  g_assert_true (latch_receivers_check_url (far, "http://192.0.2.9:9/", NULL));
  g_assert_false (latch_receivers_check_url (far, "http://127.0.0.1:9/", NULL));
  g_assert_false (latch_receivers_check_url (far, "http://[::1]:9/", NULL));
  g_assert_false (latch_receivers_check_url (far, "http://0.0.0.0:9/", NULL));
  g_assert_false (latch_receivers_check_url (far, "http://LocalHost:9/", NULL));
}

/* Others come and go, and with each that goes the numbers change: it is always the chosen one that goes */
static void
test_remove (Fixture *fixture, gconstpointer data)
{
  others_add (fixture, "http://192.0.2.7/a");
  others_add (fixture, "http://192.0.2.8/b");
  others_add (fixture, "http://192.0.2.9/c");
  watch (fixture);

  others_remove (fixture, 0);
  g_assert_true (remove_nth (fixture, 2, NULL));
  assert_places (fixture, "http://192.0.2.8/b ");
  assert_receivers (fixture, "192.0.2.8 ");
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->lock.simulator, "/callback/remove"), ==, 2);

  /* Gone meanwhile */
  others_remove (fixture, 0);
  others_add (fixture, "http://192.0.2.10/d");
  g_assert_true (remove_nth (fixture, 0, NULL));
  assert_places (fixture, "http://192.0.2.10/d ");
  assert_receivers (fixture, "192.0.2.10 ");
}

static void
test_change_failures (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *fault;
    int code;
  } cases[] = {
    { "status-400", LATCH_ERROR_INVALID_ARGUMENT },
    { "success-false", LATCH_ERROR_REFUSED },
    { "garbage", LATCH_ERROR_OUTCOME_UNKNOWN },
    { "status-401", LATCH_ERROR_UNAUTHORIZED },
  };

  others_add (fixture, "http://192.0.2.7/a");
  watch (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      latch_test_simulator_clear_requests (fixture->lock.simulator);
      latch_test_simulator_add_fault (fixture->lock.simulator, cases[i].fault, "/callback/remove", 1);
      g_assert_false (remove_nth (fixture, 0, &error));
      g_assert_error (error, LATCH_ERROR, cases[i].code);
      g_clear_error (&error);
      latch_test_simulator_add_fault (fixture->lock.simulator, cases[i].fault, "/callback/add", 1);
      g_assert_false (add (fixture, "http://192.0.2.8/", &error));
      g_assert_error (error, LATCH_ERROR, cases[i].code);
      assert_receivers (fixture, "192.0.2.7 ");
      g_assert_cmpuint (latch_test_simulator_count_requests (fixture->lock.simulator, "/callback/remove"), ==, 1);
      g_assert_cmpuint (latch_test_simulator_count_requests (fixture->lock.simulator, "/callback/add"), ==, 1);
    }
}

/* Where the place is not known, nothing is sent; and nothing is sent twice */
static void
test_remove_unsent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchReceiver) receiver = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  others_add (fixture, "http://192.0.2.7/a");
  watch (fixture);
  latch_test_simulator_add_fault (fixture->lock.simulator, "status-404", "/callback/list", 1);
  g_assert_false (remove_nth (fixture, 0, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->lock.simulator, "/callback/remove"), ==, 0);

  receiver = g_list_model_get_item (G_LIST_MODEL (fixture->receivers), 0);
  latch_receivers_remove_async (fixture->receivers, receiver, latch_test_take_result_cb, &first);
  latch_receivers_remove_async (fixture->receivers, receiver, latch_test_take_result_cb, &second);
  latch_test_wait_for (second);
  g_assert_false (latch_receivers_remove_finish (fixture->receivers, second, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_BUSY);
  latch_test_wait_for (first);
  g_assert_true (latch_receivers_remove_finish (fixture->receivers, first, NULL));
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->lock.simulator, "/callback/remove"), ==, 1);
  assert_places (fixture, "");
}

/* Nobody knows but the list */
static void
test_lost_answers (Fixture *fixture, gconstpointer data)
{
  watch (fixture);
  latch_test_simulator_add_fault (fixture->lock.simulator, "lost-response", "/callback/add", 1);
  g_assert_true (add (fixture, "http://192.0.2.8/", NULL));
  assert_receivers (fixture, "192.0.2.8 ");
  latch_test_simulator_add_fault (fixture->lock.simulator, "lost-response", "/callback/remove", 1);
  g_assert_true (remove_nth (fixture, 0, NULL));
  assert_receivers (fixture, "");
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->lock.simulator, "/callback/remove"), ==, 1);
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->lock.simulator, "/callback/add"), ==, 1);
}

/* Where even the list does not tell, what the command said counts */
static void
test_lost_lists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  watch (fixture);
  latch_test_simulator_add_fault (fixture->lock.simulator, "status-404", "/callback/list", 2);
  g_assert_true (add (fixture, "http://192.0.2.8/", &error));
  g_assert_no_error (error);
  latch_test_simulator_add_fault (fixture->lock.simulator, "success-false", "/callback/add", 1);
  g_assert_false (add (fixture, "http://192.0.2.9/", &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_REFUSED);
  assert_places (fixture, "http://192.0.2.8/ ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/receivers/kinds", test_kinds);
  g_test_add_func ("/receivers/shown-with-care", test_shown_with_care);
#define T(name, function) g_test_add ("/receivers/" name, Fixture, NULL, set_up, function, tear_down)
  T ("fresh-while-somebody-looks", test_fresh);
  T ("problem-passes", test_problem);
  T ("add", test_add);
  T ("invalid-is-not-sent", test_invalid);
  T ("remove-finds-the-chosen-one", test_remove);
  T ("remove-is-not-sent-blindly", test_remove_unsent);
  T ("failed-changes-change-nothing", test_change_failures);
  T ("lost-answers-are-looked-up", test_lost_answers);
  T ("lost-lists-are-no-failures", test_lost_lists);
#undef T

  return g_test_run ();
}
