/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-token-store.h"

#include "latch-error.h"
#include "latch-test-loop.h"

#include <libsecret/secret.h>
#include <signal.h>

/*
 * To be run on a session bus without a Secret Service (tests/with-session.sh --no-keyring): keyrings come and go here,
 * each test with an empty folder for them, which goes with the session.
 */
typedef struct
{
  char *folder;
  GSubprocess *daemon;
  guint watch;
  gboolean is_there;
  LatchTokenStore *store;
} Fixture;

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  ((Fixture *) user_data)->is_there = TRUE;
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  ((Fixture *) user_data)->is_there = FALSE;
}

static void
start_keyring (Fixture *fixture, gboolean unlock)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GBytes) password = g_bytes_new_static ("test", 4);
  g_autoptr (GError) error = NULL;
  GOutputStream *input;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", fixture->folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG"); /* its warnings are not ours to die of */
  fixture->daemon = g_subprocess_launcher_spawn (launcher, &error, "setpriv", "--pdeathsig", "TERM",
                                                 "gnome-keyring-daemon", "--foreground", "--components=secrets",
                                                 unlock ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);

  input = g_subprocess_get_stdin_pipe (fixture->daemon);
  if (unlock)
    g_output_stream_write_bytes (input, password, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);

  latch_test_wait_until (fixture->is_there);
}

static void
stop_keyring (Fixture *fixture)
{
  if (fixture->daemon == NULL)
    return;

  g_subprocess_send_signal (fixture->daemon, SIGTERM);
  g_assert_true (g_subprocess_wait (fixture->daemon, NULL, NULL));
  g_clear_object (&fixture->daemon);
  latch_test_wait_until (!fixture->is_there);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_build_filename (g_get_home_dir (), "keyring-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (fixture->folder));
  fixture->watch = g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.secrets", G_BUS_NAME_WATCHER_FLAGS_NONE,
                                     appeared_cb, vanished_cb, fixture, NULL);
  fixture->store = latch_token_store_new ();
}

static void
set_up_keyring (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  start_keyring (fixture, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->store), (gpointer *) &fixture->store);
  g_object_unref (fixture->store);
  g_assert_null (fixture->store);

  stop_keyring (fixture);
  secret_service_disconnect ();
  g_bus_unwatch_name (fixture->watch);
  g_free (fixture->folder);
}

static gboolean
store_token (LatchTokenStore *store, const char *bridge_id, const char *token, gboolean *session_only, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_token_store_store_async (store, bridge_id, "Home", token, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_token_store_store_finish (store, result, session_only, error);
}

static char *
lookup_token (LatchTokenStore *store, const char *bridge_id, gboolean *session_only, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_token_store_lookup_async (store, bridge_id, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_token_store_lookup_finish (store, result, session_only, error);
}

static gboolean
forget_token (LatchTokenStore *store, const char *bridge_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_token_store_forget_async (store, bridge_id, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_token_store_forget_finish (store, result, error);
}

static void
assert_stores (LatchTokenStore *store, const char *bridge_id, const char *token, gboolean expect_session_only)
{
  g_autoptr (GError) error = NULL;
  gboolean session_only = !expect_session_only;

  g_assert_true (store_token (store, bridge_id, token, &session_only, &error));
  g_assert_no_error (error);
  g_assert_cmpint (session_only, ==, expect_session_only);
}

static void
assert_finds (LatchTokenStore *store, const char *bridge_id, const char *expected, gboolean expect_session_only)
{
  g_autoptr (GError) error = NULL;
  gboolean session_only = !expect_session_only;
  char *token = lookup_token (store, bridge_id, &session_only, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, expected);
  g_assert_cmpint (session_only, ==, expect_session_only);
  secret_password_free (token);
}

static void
assert_forgets (LatchTokenStore *store, const char *bridge_id)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (forget_token (store, bridge_id, &error));
  g_assert_no_error (error);
}

/* As another program, or this one when it is started again. */
static void
assert_others_find (const char *bridge_id, const char *expected, gboolean expect_session_only)
{
  g_autoptr (LatchTokenStore) other = latch_token_store_new ();

  assert_finds (other, bridge_id, expected, expect_session_only);
}

static void
test_is_freed (Fixture *fixture, gconstpointer data)
{
  LatchTokenStore *store = latch_token_store_new ();

  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  assert_stores (store, "1", "abc", FALSE);
  assert_finds (store, "1", "abc", FALSE);
  assert_finds (store, "2", NULL, FALSE);
  assert_forgets (store, "1");
  g_object_unref (store);
  g_assert_null (store);
}

static void
test_keeps_tokens_apart (Fixture *fixture, gconstpointer data)
{
  assert_finds (fixture->store, "1", NULL, FALSE);

  assert_stores (fixture->store, "1", "first", FALSE);
  assert_stores (fixture->store, "2", "sécond", FALSE);
  assert_others_find ("1", "first", FALSE);
  assert_others_find ("2", "sécond", FALSE);
  assert_others_find ("3", NULL, FALSE);

  assert_stores (fixture->store, "1", "newer", FALSE);
  assert_others_find ("1", "newer", FALSE);
  assert_others_find ("2", "sécond", FALSE);

  assert_forgets (fixture->store, "1");
  assert_others_find ("1", NULL, FALSE);
  assert_others_find ("2", "sécond", FALSE);
  assert_forgets (fixture->store, "1");
}

static void
test_people_recognize_it (Fixture *fixture, gconstpointer data)
{
  static const SecretSchema any = {
    "org.example.Any",
    SECRET_SCHEMA_DONT_MATCH_NAME,
    { { "bridge-id", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  g_autolist (SecretRetrievable) items = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  assert_stores (fixture->store, "2117604523", "abc", FALSE);
  secret_password_search (&any, SECRET_SEARCH_ALL, NULL, latch_test_take_result_cb, &result, "bridge-id", "2117604523",
                          NULL);
  latch_test_wait_for (result);
  items = secret_password_search_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (items), ==, 1);

  label = secret_retrievable_get_label (items->data);
  g_assert_cmpstr (label, ==, "Nuki bridge “Home” (Nightlatch)");
  attributes = secret_retrievable_get_attributes (items->data);
  g_assert_cmpuint (g_hash_table_size (attributes), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "application"), ==, APP_ID);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "bridge-id"), ==, "2117604523");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "xdg:schema"), ==, APP_ID);
}

static void
test_leaves_other_programs_alone (Fixture *fixture, gconstpointer data)
{
  static const SecretSchema foreign = {
    "org.example.Other",
    SECRET_SCHEMA_NONE,
    {
      { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "bridge-id", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
    },
  };
  g_autofree char *theirs = NULL;
  g_autoptr (GError) error = NULL;

  secret_password_store_sync (&foreign, NULL, "Theirs", "theirs", NULL, &error, "application", "org.example.Other",
                              "bridge-id", "1", NULL);
  g_assert_no_error (error);

  assert_finds (fixture->store, "1", NULL, FALSE);
  assert_forgets (fixture->store, "1");

  theirs = secret_password_lookup_sync (&foreign, NULL, &error, "application", "org.example.Other",
                                        "bridge-id", "1", NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (theirs, ==, "theirs");
}

static void
test_survives_the_keyrings_restart (Fixture *fixture, gconstpointer data)
{
  assert_stores (fixture->store, "1", "abc", FALSE);
  stop_keyring (fixture);
  start_keyring (fixture, TRUE);
  assert_finds (fixture->store, "1", "abc", FALSE);
  assert_stores (fixture->store, "2", "def", FALSE);
  assert_finds (fixture->store, "2", "def", FALSE);
}

static void
test_without_keyring_lasts_for_the_session (Fixture *fixture, gconstpointer data)
{
  assert_finds (fixture->store, "1", NULL, TRUE);
  assert_stores (fixture->store, "1", "abc", TRUE);
  assert_stores (fixture->store, "2", "def", TRUE);
  assert_finds (fixture->store, "1", "abc", TRUE);
  assert_finds (fixture->store, "2", "def", TRUE);
  assert_others_find ("1", NULL, TRUE);

  assert_stores (fixture->store, "1", "newer", TRUE);
  assert_finds (fixture->store, "1", "newer", TRUE);

  assert_forgets (fixture->store, "1");
  assert_finds (fixture->store, "1", NULL, TRUE);
  assert_finds (fixture->store, "2", "def", TRUE);
}

/* Alone in a process, as the bus is only looked for once. */
static void
test_without_bus_lasts_for_the_session (void)
{
  g_autoptr (LatchTokenStore) store = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/proc/self/nobody-listens-here", TRUE);
  store = latch_token_store_new ();
  assert_finds (store, "1", NULL, TRUE);
  assert_stores (store, "1", "abc", TRUE);
  assert_finds (store, "1", "abc", TRUE);
  assert_forgets (store, "1");
  assert_finds (store, "1", NULL, TRUE);
}

static void
test_keyring_that_comes_later_is_used (Fixture *fixture, gconstpointer data)
{
  assert_stores (fixture->store, "1", "abc", TRUE);
  assert_stores (fixture->store, "2", "def", TRUE);

  start_keyring (fixture, TRUE);
  assert_finds (fixture->store, "1", "abc", TRUE);
  assert_others_find ("1", NULL, FALSE);

  assert_stores (fixture->store, "1", "newer", FALSE);
  assert_finds (fixture->store, "1", "newer", FALSE);
  assert_others_find ("1", "newer", FALSE);

  assert_forgets (fixture->store, "1");
  assert_forgets (fixture->store, "2");
  assert_finds (fixture->store, "1", NULL, FALSE);
  assert_finds (fixture->store, "2", NULL, FALSE);
}

static void
test_keyring_that_goes_is_not_needed (Fixture *fixture, gconstpointer data)
{
  assert_stores (fixture->store, "1", "old", FALSE);
  stop_keyring (fixture);

  assert_finds (fixture->store, "1", NULL, TRUE);
  assert_stores (fixture->store, "1", "newer", TRUE);
  assert_finds (fixture->store, "1", "newer", TRUE);

  /* What the keyring still knows is older */
  start_keyring (fixture, TRUE);
  assert_finds (fixture->store, "1", "newer", TRUE);
  assert_forgets (fixture->store, "1");
  assert_finds (fixture->store, "1", NULL, FALSE);
  assert_others_find ("1", NULL, FALSE);
}

static void
assert_says_unlock (GError **error)
{
  g_assert_error (*error, LATCH_ERROR, LATCH_ERROR_KEYRING);
  g_assert_nonnull (strstr ((*error)->message, "Unlock it"));
  g_clear_error (error);
}

/* Nobody is there to type the password: the prompt ends as if it had been dismissed. */
static void
test_locked_keyring_is_an_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_stores (fixture->store, "1", "abc", FALSE);
  stop_keyring (fixture);
  start_keyring (fixture, FALSE);

  g_assert_null (lookup_token (fixture->store, "1", NULL, &error));
  assert_says_unlock (&error);
  g_assert_false (store_token (fixture->store, "1", "abc2", NULL, &error));
  assert_says_unlock (&error);
  g_assert_false (forget_token (fixture->store, "1", &error));
  assert_says_unlock (&error);

  /* That there is no token is known even so, and nothing remained in memory */
  assert_finds (fixture->store, "2", NULL, FALSE);
  assert_forgets (fixture->store, "2");

  stop_keyring (fixture);
  start_keyring (fixture, TRUE);
  assert_finds (fixture->store, "1", "abc", FALSE);
  assert_forgets (fixture->store, "1");
  assert_finds (fixture->store, "1", NULL, FALSE);
}

/* As on a new computer: there is a Secret Service, but nobody chooses a password for the first keyring. */
static void
test_keyring_that_nobody_makes_is_not_needed (Fixture *fixture, gconstpointer data)
{
  start_keyring (fixture, FALSE);

  assert_finds (fixture->store, "1", NULL, FALSE);
  assert_stores (fixture->store, "1", "abc", TRUE);
  assert_finds (fixture->store, "1", "abc", TRUE);
  assert_forgets (fixture->store, "1");
  assert_finds (fixture->store, "1", NULL, FALSE);
}

static void
test_callers_cancelling_is_told_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) lookup = NULL;
  g_autoptr (GAsyncResult) store = NULL;
  g_autoptr (GAsyncResult) forget = NULL;
  g_autoptr (GError) error = NULL;

  if (GPOINTER_TO_INT (data))
    start_keyring (fixture, TRUE);

  latch_token_store_lookup_async (fixture->store, "1", cancellable, latch_test_take_result_cb, &lookup);
  latch_token_store_store_async (fixture->store, "1", NULL, "abc", cancellable, latch_test_take_result_cb, &store);
  latch_token_store_forget_async (fixture->store, "1", cancellable, latch_test_take_result_cb, &forget);
  g_cancellable_cancel (cancellable);

  latch_test_wait_for (lookup);
  g_assert_null (latch_token_store_lookup_finish (fixture->store, lookup, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  latch_test_wait_for (store);
  g_assert_false (latch_token_store_store_finish (fixture->store, store, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  latch_test_wait_for (forget);
  g_assert_false (latch_token_store_forget_finish (fixture->store, forget, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* and a cancelled token is not kept in memory either */
  assert_finds (fixture->store, "1", NULL, data == NULL);
}

#define add_test(name, data, up, function) g_test_add ("/token-store/" name, Fixture, data, up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("is-freed", NULL, set_up_keyring, test_is_freed);
  add_test ("keeps-tokens-apart", NULL, set_up_keyring, test_keeps_tokens_apart);
  add_test ("people-recognize-it", NULL, set_up_keyring, test_people_recognize_it);
  add_test ("leaves-other-programs-alone", NULL, set_up_keyring, test_leaves_other_programs_alone);
  add_test ("survives-the-keyrings-restart", NULL, set_up_keyring, test_survives_the_keyrings_restart);
  add_test ("without-keyring-lasts-for-the-session", NULL, set_up, test_without_keyring_lasts_for_the_session);
  g_test_add_func ("/token-store/without-bus-lasts-for-the-session", test_without_bus_lasts_for_the_session);
  add_test ("keyring-that-comes-later-is-used", NULL, set_up, test_keyring_that_comes_later_is_used);
  add_test ("keyring-that-goes-is-not-needed", NULL, set_up_keyring, test_keyring_that_goes_is_not_needed);
  add_test ("locked-keyring-is-an-error", NULL, set_up_keyring, test_locked_keyring_is_an_error);
  add_test ("keyring-that-nobody-makes-is-not-needed", NULL, set_up, test_keyring_that_nobody_makes_is_not_needed);
  add_test ("callers-cancelling-is-told-apart", GINT_TO_POINTER (TRUE), set_up, test_callers_cancelling_is_told_apart);
  add_test ("callers-cancelling-without-keyring", NULL, set_up, test_callers_cancelling_is_told_apart);

  return g_test_run ();
}
