/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "home-fixture.h"
#include "latch-bus-turnstile.h"
#include "latch-turns-names.h"
#include "latch-turns.h"
#include "latch-turnstile.h"

/* To be run on a session bus: the application and its guests are in this program, each with a connection of its own */

/* Milliseconds that no request needs, and that no guest who behaves himself has */
#define LONG 30000
#define NONE 0
/* Milliseconds in which what is not held back would be asked for */
#define MEANWHILE 300

typedef struct
{
  HomeFixture home;
  LatchBridge *bridge;
  GDBusConnection *connection; /* the application's */
  char *path;
  LatchTurns *turns;
  int n_calls;
  LatchTurnstile *turnstile;
} Fixture;

static GDBusConnection *
connect_to_bus (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);

  g_assert_no_error (error);

  return connection;
}

/* In the connection's own thread */
static GDBusMessage *
count_calls (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer n_calls)
{
  if (incoming && g_strcmp0 (g_dbus_message_get_interface (message), LATCH_TURNS_INTERFACE) == 0)
    g_atomic_int_inc ((int *) n_calls);

  return message;
}

static void
own_name (GDBusConnection *connection)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
      g_variant_new ("(su)", APP_ID, 4), G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  guint outcome = 0;

  g_variant_get (reply, "(u)", &outcome);
  g_assert_cmpuint (outcome, ==, 1);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  home_set_up (&fixture->home, data);
  g_assert_true (home_load (&fixture->home, NULL));
  fixture->bridge = home_add_bridge (&fixture->home);
  fixture->connection = connect_to_bus ();
  fixture->path = g_strdelimit (g_strdelimit (g_strdup ("/" APP_ID), ".", '/'), "-", '_');
  g_dbus_connection_add_filter (fixture->connection, count_calls, &fixture->n_calls, NULL);
  own_name (fixture->connection);
  fixture->turns = latch_turns_new (fixture->home.home);
  g_assert_true (latch_turns_export (fixture->turns, fixture->connection, fixture->path, &error));
  g_assert_no_error (error);
  fixture->turnstile = LATCH_TURNSTILE (latch_bus_turnstile_new ());
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->turnstile);
  g_assert_finalize_object (fixture->turns);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_clear_object (&fixture->bridge);
  g_free (fixture->path);
  home_tear_down (&fixture->home, data);
}

static void
enter_async (Fixture *fixture, const char *path, gboolean command, GCancellable *cancellable, GAsyncResult **result)
{
  LatchTestSimulator *simulator = fixture->home.simulator;

  latch_turnstile_enter_async (fixture->turnstile, latch_test_simulator_get_host (simulator),
                               latch_test_simulator_get_port (simulator), path, command, LONG, cancellable,
                               latch_test_take_result_cb, result);
}

static guint
enter_finish (Fixture *fixture, GAsyncResult **result)
{
  g_autoptr (GAsyncResult) taken = NULL;

  latch_test_wait_for (*result);
  taken = g_steal_pointer (result);

  return latch_turnstile_enter_finish (fixture->turnstile, taken);
}

static guint
enter (Fixture *fixture, const char *path, gboolean command)
{
  GAsyncResult *result = NULL;

  enter_async (fixture, path, command, NULL, &result);

  return enter_finish (fixture, &result);
}

static GVariant *
call (Fixture *fixture, GDBusConnection *guest, const char *method, GVariant *parameters, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_dbus_connection_call (guest, APP_ID, fixture->path, LATCH_TURNS_INTERFACE, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return g_dbus_connection_call_finish (guest, result, error);
}

/* As a guest might who does not use our turnstile */
static guint
take_at (Fixture *fixture, GDBusConnection *guest, const char *host, guint16 port, guint ms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      call (fixture, guest, "Take", g_variant_new ("(sqsbu)", host, port, "/list", FALSE, ms), &error);
  guint turn = 0;

  g_assert_no_error (error);
  g_variant_get (answer, "(u)", &turn);

  return turn;
}

static guint
take (Fixture *fixture, GDBusConnection *guest, guint ms)
{
  LatchTestSimulator *simulator = fixture->home.simulator;

  return take_at (fixture, guest, latch_test_simulator_get_host (simulator), latch_test_simulator_get_port (simulator), ms);
}

static gboolean
has_begun (Fixture *fixture, GDBusConnection *guest, guint turn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = call (fixture, guest, "Wait", g_variant_new ("(u)", turn), &error);
  gboolean begun = FALSE;

  g_assert_no_error (error);
  g_variant_get (answer, "(b)", &begun);

  return begun;
}

static void
refresh_async (Fixture *fixture, GAsyncResult **result)
{
  latch_bridge_refresh_async (fixture->bridge, NULL, latch_test_take_result_cb, result);
}

static void
assert_refreshed (Fixture *fixture, GAsyncResult *taken)
{
  g_autoptr (GAsyncResult) result = taken;
  g_autoptr (GError) error = NULL;

  latch_bridge_refresh_finish (fixture->bridge, result, &error);
  g_assert_no_error (error);
}

static guint
count_requests (Fixture *fixture, const char *path)
{
  return latch_test_simulator_count_requests (fixture->home.simulator, path);
}

static void
test_nothing_is_asked_meanwhile (Fixture *fixture, gconstpointer data)
{
  guint turn = enter (fixture, "/list", FALSE);
  GAsyncResult *result = NULL;

  g_assert_cmpuint (turn, !=, NONE);
  refresh_async (fixture, &result);
  latch_test_run_for (MEANWHILE);
  g_assert_cmpuint (count_requests (fixture, NULL), ==, 0);

  latch_turnstile_leave (fixture->turnstile, turn);
  latch_test_wait_for (result);
  assert_refreshed (fixture, result);
}

/* Longer than the application lets anybody wait for an answer */
static void
test_waits_for_as_long_as_it_takes (Fixture *fixture, gconstpointer data)
{
  guint first = enter (fixture, "/list", FALSE), second;
  GAsyncResult *result = NULL;

  g_atomic_int_set (&fixture->n_calls, 0);
  enter_async (fixture, "/list", FALSE, NULL, &result);
  latch_test_wait_until (g_atomic_int_get (&fixture->n_calls) >= 3); /* Take, Wait and Wait */
  g_assert_null (result);

  latch_turnstile_leave (fixture->turnstile, first);
  second = enter_finish (fixture, &result);
  g_assert_cmpuint (second, !=, NONE);
  g_assert_cmpuint (second, !=, first);
  latch_turnstile_leave (fixture->turnstile, second);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint first = enter (fixture, "/list", FALSE);
  GAsyncResult *waiting = NULL, *result = NULL;

  g_atomic_int_set (&fixture->n_calls, 0);
  enter_async (fixture, "/list", FALSE, cancellable, &waiting);
  latch_test_wait_until (g_atomic_int_get (&fixture->n_calls) >= 2); /* Take and Wait */
  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (enter_finish (fixture, &waiting), ==, NONE);

  /* One that is cancelled before it is known is not kept either */
  enter_async (fixture, "/list", FALSE, cancellable, &waiting);
  g_assert_cmpuint (enter_finish (fixture, &waiting), ==, NONE);

  refresh_async (fixture, &result);
  latch_turnstile_leave (fixture->turnstile, first);
  latch_test_wait_for (result);
  assert_refreshed (fixture, result);
}

/* What a command has changed is looked at; what was only read is not, nor what was never done */
static void
test_commands_are_followed (Fixture *fixture, gconstpointer data)
{
  guint turn;

  latch_home_set_watching (fixture->home.home, TRUE);
  latch_test_simulator_wait_for_request (fixture->home.simulator, "/info");
  latch_test_wait_until (!latch_bridge_get_asking_info (fixture->bridge));
  latch_bridge_set_watched_closely (fixture->bridge, TRUE);
  latch_test_wait_until (!latch_bridge_get_asking_info (fixture->bridge));
  latch_test_simulator_clear_requests (fixture->home.simulator);

  turn = enter (fixture, "/lockState", FALSE);
  latch_turnstile_leave (fixture->turnstile, turn);
  latch_test_run_for (MEANWHILE);
  g_assert_cmpuint (count_requests (fixture, "/list"), ==, 0);

  turn = enter (fixture, "/lockAction", TRUE);
  latch_turnstile_leave (fixture->turnstile, turn);
  latch_test_simulator_wait_for_request (fixture->home.simulator, "/list");
  latch_test_simulator_wait_for_request (fixture->home.simulator, "/info");
}

static void
test_strange_bridges (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) guest = connect_to_bus ();
  const char *host = latch_test_simulator_get_host (fixture->home.simulator);
  guint16 port = latch_test_simulator_get_port (fixture->home.simulator);

  g_assert_cmpuint (take_at (fixture, guest, "192.0.2.1", port, LONG), ==, NONE);
  g_assert_cmpuint (take_at (fixture, guest, host, port - 1, LONG), ==, NONE);
  g_assert_cmpuint (take_at (fixture, guest, host, port, LONG), !=, NONE);
  g_dbus_connection_close_sync (guest, NULL, NULL);
}

static void
test_no_crowds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 16; i++)
    {
      GDBusConnection *guest = connect_to_bus ();

      g_ptr_array_add (guests, guest);
      for (guint j = 0; j < 4; j++)
        g_assert_cmpuint (take (fixture, guest, LONG), !=, NONE);
      g_assert_cmpuint (take (fixture, guest, LONG), ==, NONE);
    }
  g_ptr_array_add (guests, connect_to_bus ());
  g_assert_cmpuint (take (fixture, guests->pdata[16], LONG), ==, NONE);

  for (guint i = 0; i < guests->len; i++)
    g_dbus_connection_close_sync (guests->pdata[i], NULL, NULL);
}

static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) guest = connect_to_bus ();
  g_autoptr (GDBusConnection) other = connect_to_bus ();
  guint turn = take (fixture, guest, LONG);
  g_autoptr (GError) error = NULL;

  g_assert_true (has_begun (fixture, guest, turn));
  g_assert_null (call (fixture, other, "Release", g_variant_new ("(u)", turn), &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  g_clear_error (&error);
  g_assert_null (call (fixture, guest, "Wait", g_variant_new ("(u)", turn + 1), &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  g_assert_true (has_begun (fixture, guest, turn));

  g_dbus_connection_close_sync (guest, NULL, NULL);
  g_dbus_connection_close_sync (other, NULL, NULL);
}

static void
test_callers_who_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) guest = connect_to_bus ();
  g_autoptr (GDBusConnection) other = connect_to_bus ();
  guint turn = take (fixture, guest, LONG), next = NONE;
  GAsyncResult *result = NULL;

  g_assert_true (has_begun (fixture, guest, turn));
  g_assert_cmpuint (take (fixture, guest, LONG), !=, NONE);
  next = take (fixture, other, LONG);
  refresh_async (fixture, &result);
  g_dbus_connection_close_sync (guest, NULL, NULL);

  latch_test_wait_until (has_begun (fixture, other, next));
  g_dbus_connection_close_sync (other, NULL, NULL);
  latch_test_wait_for (result);
  assert_refreshed (fixture, result);
}

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) guest = connect_to_bus ();
  guint turn = take (fixture, guest, 0);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  g_assert_true (has_begun (fixture, guest, turn));
  take (fixture, guest, LONG);
  refresh_async (fixture, &result);
  latch_test_wait_for (result);
  assert_refreshed (fixture, result);
  g_assert_null (call (fixture, guest, "Release", g_variant_new ("(u)", turn), &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);

  g_dbus_connection_close_sync (guest, NULL, NULL);
}

static void
test_application_ends (Fixture *fixture, gconstpointer data)
{
  guint turn = enter (fixture, "/list", FALSE);
  GAsyncResult *waiting = NULL, *result = NULL;

  g_assert_cmpuint (turn, !=, NONE);
  g_atomic_int_set (&fixture->n_calls, 0);
  enter_async (fixture, "/list", FALSE, NULL, &waiting);
  latch_test_wait_until (g_atomic_int_get (&fixture->n_calls) >= 2); /* Take and Wait */
  latch_test_run_for (MEANWHILE);
  latch_turns_unexport (fixture->turns);

  /* Who waited goes on without, and whoever comes does not wait at all */
  g_assert_cmpuint (enter_finish (fixture, &waiting), ==, NONE);
  g_assert_cmpuint (enter (fixture, "/list", FALSE), ==, NONE);
  refresh_async (fixture, &result);
  latch_test_wait_for (result);
  assert_refreshed (fixture, result);
}

static void
test_one_at_a_path (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LatchTurns) second = latch_turns_new (fixture->home.home);
  g_autoptr (GError) error = NULL;

  g_assert_false (latch_turns_export (second, fixture->connection, fixture->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_cmpuint (enter (fixture, "/list", FALSE), !=, NONE);
}

static void
hang_cb (GDBusConnection *connection,
         const char *sender,
         const char *object_path,
         const char *interface_name,
         const char *method_name,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  g_ptr_array_add (user_data, invocation);
}

/* Whoever types a command does not wait for it again and again */
static void
test_application_hangs (Fixture *fixture, gconstpointer data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = hang_cb };
  static const char xml[] = "<node><interface name='" LATCH_TURNS_INTERFACE "'><method name='Take'>"
                            "<arg type='s' direction='in'/><arg type='q' direction='in'/><arg type='s' direction='in'/>"
                            "<arg type='b' direction='in'/><arg type='u' direction='in'/><arg type='u' direction='out'/>"
                            "</method></interface></node>";
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GPtrArray) invocations = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) told = NULL;
  guint id;

  latch_turns_unexport (fixture->turns);
  id = g_dbus_connection_register_object (fixture->connection, fixture->path, node->interfaces[0], &vtable, invocations,
                                          NULL, NULL);
  g_assert_cmpuint (enter (fixture, "/list", FALSE), ==, NONE);
  g_assert_cmpuint (invocations->len, ==, 1);

  g_assert_cmpuint (enter (fixture, "/list", FALSE), ==, NONE);
  latch_bus_turnstile_tell_async (LATCH_BUS_TURNSTILE (fixture->turnstile), latch_test_take_result_cb, &told);
  latch_test_wait_for (told);
  latch_bus_turnstile_tell_finish (LATCH_BUS_TURNSTILE (fixture->turnstile), told);
  g_assert_cmpuint (invocations->len, ==, 1);
  g_dbus_connection_unregister_object (fixture->connection, id);
}

static void
rename_elsewhere (Fixture *fixture, const char *name)
{
  HomeFixture other = { .folder = fixture->home.folder };
  g_autoptr (GError) error = NULL;

  home_start_program (&other);
  g_assert_true (home_load (&other, &error));
  g_assert_no_error (error);
  latch_bridge_set_name (latch_home_find_bridge (other.home, BRIDGE_ID), name);
  home_end_program (&other);
}

static void
tell (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_bus_turnstile_tell_async (LATCH_BUS_TURNSTILE (fixture->turnstile), latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_bus_turnstile_tell_finish (LATCH_BUS_TURNSTILE (fixture->turnstile), result);
}

static void
test_told_of_changes (Fixture *fixture, gconstpointer data)
{
  rename_elsewhere (fixture, "Cottage");
  g_assert_cmpstr (latch_bridge_get_name (fixture->bridge), ==, "Home");
  tell (fixture); /* which connects first */
  latch_test_wait_until (g_str_equal (latch_bridge_get_name (fixture->bridge), "Cottage"));
  rename_elsewhere (fixture, "Cabin");
  tell (fixture);
  latch_test_wait_until (g_str_equal (latch_bridge_get_name (fixture->bridge), "Cabin"));

  /* Nobody there to be told is no failure */
  latch_turns_unexport (fixture->turns);
  tell (fixture);
}

int
main (int argc, char *argv[])
{
  int result;

  home_use_keyring_file ();
  g_test_init (&argc, &argv, NULL);

#define add(name, function) g_test_add ("/turns/" name, Fixture, NULL, set_up, function, tear_down)
  add ("nothing-is-asked-while-a-guest-has-his", test_nothing_is_asked_meanwhile);
  add ("are-waited-for-as-long-as-it-takes", test_waits_for_as_long_as_it_takes);
  add ("can-be-cancelled", test_cancelled);
  add ("what-a-command-changed-is-looked-at", test_commands_are_followed);
  add ("are-not-given-for-strange-bridges", test_strange_bridges);
  add ("are-not-given-to-crowds", test_no_crowds);
  add ("are-no-business-of-others", test_others);
  add ("end-with-their-callers", test_callers_who_go);
  add ("end-when-they-are-not-given-back", test_expired);
  add ("end-with-the-application", test_application_ends);
  add ("are-given-by-one-at-a-path", test_one_at_a_path);
  add ("an-application-that-hangs-is-left-alone", test_application_hangs);
  add ("the-application-is-told-of-changes", test_told_of_changes);

  result = g_test_run ();
  home_remove_keyring_file ();

  return result;
}
