/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home-fixture.h"

#include "latch-shown-locks.h"
#include "latch-store-choices.h"

#include <string.h>

#define HOME_ID 1
#define GRANDMA_ID 2

static gboolean
rename_lock (HomeFixture *fixture, LatchLock *lock, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_rename_lock_async (fixture->home, lock, text, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_rename_lock_finish (fixture->home, result, error);
}

static gboolean
hide_lock (HomeFixture *fixture, LatchLock *lock, gboolean hidden, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_home_hide_lock_async (fixture->home, lock, hidden, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_home_hide_lock_finish (fixture->home, result, error);
}

static void
choose (HomeFixture *fixture, LatchLock *lock, const char *name, gboolean hidden)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rename_lock (fixture, lock, name, &error));
  g_assert_no_error (error);
  g_assert_true (hide_lock (fixture, lock, hidden, &error));
  g_assert_no_error (error);
}

static void
assert_chosen (LatchBridge *bridge, guint64 nuki_id, int device_type, const char *name, gboolean hidden)
{
  LatchLock *lock = latch_bridge_find_lock (bridge, nuki_id, device_type);

  g_assert_nonnull (lock);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, name);
  g_assert_cmpint (latch_lock_get_hidden (lock), ==, hidden);
}

/* The bridge's list, in which there is a lock of that type or none at all */
static void
apply_list (LatchBridge *bridge, guint64 nuki_id, int device_type, const char *name)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);

  if (nuki_id != 0)
    {
      LatchDeviceSnapshot *device = latch_device_snapshot_new (nuki_id);

      device->device_type = device_type;
      device->name = g_strdup (name);
      g_ptr_array_add (devices, device);
    }
  latch_bridge_apply_list (bridge, devices, 1700000000);
}

static void
count_cb (gpointer object, GParamSpec *pspec, guint *n_notified)
{
  ++*n_notified;
}

static void
test_name_is_local (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  LatchLock *lock = latch_bridge_find_lock (bridge, HOME_ID, 0);
  guint n_names = 0, n_given = 0, n_hidden = 0;

  g_signal_connect (lock, "notify::name", G_CALLBACK (count_cb), &n_names);
  g_signal_connect (lock, "notify::given-name", G_CALLBACK (count_cb), &n_given);
  g_signal_connect (lock, "notify::hidden", G_CALLBACK (count_cb), &n_hidden);
  g_assert_false (latch_lock_has_local_name (lock));

  choose (fixture, lock, "  Haustür\t", FALSE);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Haustür");
  g_assert_cmpstr (latch_lock_get_given_name (lock), ==, "Home");
  g_assert_true (latch_lock_has_local_name (lock));
  g_assert_cmpuint (n_names, ==, 1);

  /* What the bridge calls it is of no importance now, but not lost */
  apply_list (bridge, HOME_ID, 0, "House");
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Haustür");
  g_assert_cmpuint (n_names, ==, 1);
  g_assert_cmpuint (n_given, ==, 1);

  choose (fixture, lock, "", TRUE);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "House");
  g_assert_false (latch_lock_has_local_name (lock));
  g_assert_cmpuint (n_names, ==, 2);
  g_assert_cmpuint (n_hidden, ==, 1);

  /* Nothing of that is told to the bridge */
  g_assert_cmpuint (latch_test_simulator_count_requests (fixture->simulator, NULL), ==, 0);
}

static void
test_outlasts_the_program (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  choose (fixture, latch_bridge_find_lock (bridge, HOME_ID, 0), "Haustür", FALSE);
  choose (fixture, latch_bridge_find_lock (bridge, GRANDMA_ID, 0), NULL, TRUE);
  g_object_unref (bridge);

  bridge = home_restart (fixture);
  assert_chosen (bridge, HOME_ID, 0, "Haustür", FALSE);
  assert_chosen (bridge, GRANDMA_ID, 0, "Grandma", TRUE);
  g_assert_cmpstr (latch_lock_get_given_name (latch_bridge_find_lock (bridge, HOME_ID, 0)), ==, "Home");

  /* The lists of this run, which are saved, change nothing of it */
  latch_home_set_watching (fixture->home, TRUE);
  latch_test_wait_until (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED);
  latch_test_simulator_post (fixture->simulator, "locks/1?state=3");
  latch_home_refresh (fixture->home, NULL);
  latch_test_wait_until (latch_lock_get_state (latch_bridge_find_lock (bridge, HOME_ID, 0)) == LATCH_LOCK_STATE_UNLOCKED);
  bridge = home_restart (fixture);
  assert_chosen (bridge, HOME_ID, 0, "Haustür", FALSE);
  assert_chosen (bridge, GRANDMA_ID, 0, "Grandma", TRUE);
  g_assert_cmpint (latch_lock_get_state (latch_bridge_find_lock (bridge, HOME_ID, 0)), ==, LATCH_LOCK_STATE_UNLOCKED);
}

static void
test_outlasts_the_place_in_the_list (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  choose (fixture, latch_bridge_find_lock (bridge, HOME_ID, 0), "Haustür", TRUE);
  apply_list (bridge, 0, 0, NULL);
  g_assert_null (latch_bridge_find_lock (bridge, HOME_ID, 0));
  apply_list (bridge, HOME_ID, 0, "Home");
  assert_chosen (bridge, HOME_ID, 0, "Haustür", TRUE);

  /* Likewise if it is gone while the program ends and begins */
  apply_list (bridge, 0, 0, NULL);
  g_object_unref (bridge);
  bridge = home_restart (fixture);
  g_assert_null (latch_bridge_find_lock (bridge, HOME_ID, 0));
  apply_list (bridge, HOME_ID, 0, "Home");
  assert_chosen (bridge, HOME_ID, 0, "Haustür", TRUE);
}

/* Other devices may have the same ID; and bridges that get new firmware begin to tell types */
static void
test_belongs_to_one_device (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  apply_list (bridge, HOME_ID, -1, "Home");
  choose (fixture, latch_bridge_find_lock (bridge, HOME_ID, -1), "Haustür", TRUE);
  apply_list (bridge, HOME_ID, 2, "Opener");
  assert_chosen (bridge, HOME_ID, 2, "Opener", FALSE);
  apply_list (bridge, HOME_ID, 4, "Home");
  assert_chosen (bridge, HOME_ID, 4, "Haustür", TRUE);

  /* What is chosen now is chosen whole, and taking it back does not bring back what was before */
  choose (fixture, latch_bridge_find_lock (bridge, HOME_ID, 4), NULL, TRUE);
  g_object_unref (bridge);
  bridge = home_restart (fixture);
  apply_list (bridge, HOME_ID, 4, "Home");
  assert_chosen (bridge, HOME_ID, 4, "Home", TRUE);
  apply_list (bridge, HOME_ID, -1, "Home");
  assert_chosen (bridge, HOME_ID, -1, "Haustür", TRUE);
}

static void
test_goes_with_the_bridge (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);
  g_autoptr (LatchLock) lock = g_object_ref (latch_bridge_find_lock (bridge, HOME_ID, 0));
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (GError) error = NULL;

  choose (fixture, lock, "Haustür", TRUE);
  latch_home_forget_async (fixture->home, bridge, NULL, latch_test_take_result_cb, &forgotten);
  latch_test_wait_for (forgotten);
  g_assert_true (latch_home_forget_finish (fixture->home, forgotten, NULL));

  g_assert_false (rename_lock (fixture, lock, "Nobody's", &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE);
  g_assert_cmpstr (latch_lock_get_name (lock), ==, "Haustür");
  g_object_unref (bridge);

  /* Paired anew, the bridge is as if it had never been here */
  bridge = home_add_bridge (fixture);
  assert_chosen (bridge, HOME_ID, 0, "Home", FALSE);
  g_object_unref (bridge);
}

static void
test_pairing_again_keeps_it (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  g_autoptr (LatchBridge) again = NULL;

  choose (fixture, latch_bridge_find_lock (bridge, HOME_ID, 0), "Haustür", TRUE);
  again = home_add_bridge (fixture);
  g_assert_true (again == bridge);
  assert_chosen (bridge, HOME_ID, 0, "Haustür", TRUE);
}

static void
test_counts_once_it_is_saved (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  LatchLock *lock = latch_bridge_find_lock (bridge, HOME_ID, 0);
  g_autoptr (LatchStore) other = latch_store_new (fixture->folder);
  g_autoptr (GAsyncResult) removed = NULL;
  g_autoptr (GError) name_error = NULL;
  g_autoptr (GError) hide_error = NULL;

  /* Another program forgets the bridge, which nobody knows here */
  latch_store_remove_bridge_async (other, BRIDGE_ID, NULL, latch_test_take_result_cb, &removed);
  latch_test_wait_for (removed);

  g_assert_false (rename_lock (fixture, lock, "Haustür", &name_error));
  g_assert_error (name_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_false (hide_lock (fixture, lock, TRUE, &hide_error));
  g_assert_error (hide_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_chosen (bridge, HOME_ID, 0, "Home", FALSE);
}

/* In a process of its own: `--choose FOLDER NAME` names a lock; with HIDDEN for a name, hides it */
static int
run_other_program (char **arguments)
{
  g_autoptr (LatchStore) store = latch_store_new (arguments[0]);
  g_autoptr (LatchLockChoice) choice = latch_lock_choice_new (HOME_ID, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (arguments[1], "HIDDEN"))
    {
      choice->hidden = TRUE;
      latch_store_save_hidden_async (store, BRIDGE_ID, choice, NULL, latch_test_take_result_cb, &result);
    }
  else
    {
      choice->name = g_strdup (arguments[1]);
      latch_store_save_name_async (store, BRIDGE_ID, choice, NULL, latch_test_take_result_cb, &result);
    }
  latch_test_wait_for (result);
  g_assert_true (latch_store_write_finish (store, result, &error));
  g_assert_no_error (error);

  return 0;
}

static void
choose_elsewhere (HomeFixture *fixture, const char *name)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--choose",
                                                      fixture->folder, name, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

/* Neither saved lists nor another choice undo what another program chose meanwhile */
static void
test_two_programs (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  choose_elsewhere (fixture, "Haustür");
  g_assert_true (hide_lock (fixture, latch_bridge_find_lock (bridge, HOME_ID, 0), TRUE, NULL));
  apply_list (bridge, HOME_ID, 0, "House");
  g_object_unref (bridge);
  bridge = home_restart (fixture);
  assert_chosen (bridge, HOME_ID, 0, "Haustür", TRUE);

  g_assert_true (hide_lock (fixture, latch_bridge_find_lock (bridge, HOME_ID, 0), FALSE, NULL));
  choose_elsewhere (fixture, "HIDDEN");
  g_assert_true (rename_lock (fixture, latch_bridge_find_lock (bridge, HOME_ID, 0), "Front Door", NULL));
  bridge = home_restart (fixture);
  assert_chosen (bridge, HOME_ID, 0, "Front Door", TRUE);
}

static void
rename_bridge_elsewhere (HomeFixture *fixture, const char *name)
{
  g_autoptr (LatchStore) other = latch_store_new (fixture->folder);
  g_autoptr (LatchBridgeRecord) record = latch_bridge_record_new (BRIDGE_ID);
  g_autoptr (GAsyncResult) result = NULL;

  record->name = g_strdup (name);
  record->known_only = TRUE;
  record->keeps_rest = TRUE;
  latch_store_save_bridge_async (other, record, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  g_assert_true (latch_store_write_finish (other, result, NULL));
}

static void
test_bridge_name_of_another_program (HomeFixture *fixture, gconstpointer data)
{
  LatchBridge *bridge = home_add_bridge (fixture);

  latch_bridge_set_instant_updates (bridge, FALSE);
  rename_bridge_elsewhere (fixture, "Villa");
  /* What is saved now is something else */
  latch_client_set_address (latch_bridge_get_client (bridge), "127.0.0.2", 8080);
  g_object_unref (bridge);
  bridge = home_restart (fixture);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Villa");
  g_assert_cmpstr (latch_client_get_host (latch_bridge_get_client (bridge)), ==, "127.0.0.2");
  g_assert_false (latch_bridge_get_instant_updates (bridge));

  latch_bridge_set_name (bridge, "Hut");
  bridge = home_restart (fixture);
  g_assert_cmpstr (latch_bridge_get_name (bridge), ==, "Hut");
  g_assert_false (latch_bridge_get_instant_updates (bridge));
}

static void
test_what_can_be_a_name (HomeFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *name;
    gboolean valid;
  } cases[] = {
    { "Home", "Home", TRUE },
    { "", NULL, TRUE },
    { " \t\n ", NULL, TRUE },
    { "  Oma’s  Tür \n", "Oma’s  Tür", TRUE },
    { "u\xcc\x88", "ü", TRUE },
    { "👨‍👩‍👧", "👨‍👩‍👧", TRUE },
    { "Two\nLines", NULL, FALSE },
    { "\x1b[31mRed", NULL, FALSE },
    { "Turned \xe2\x80\xae dnuora", NULL, FALSE },
    { "\xff", NULL, FALSE },
  };
  g_autofree char *longest = g_strnfill (LATCH_MAX_NAME_LENGTH, 'x');
  g_autofree char *too_long = g_strnfill (LATCH_MAX_NAME_LENGTH + 1, 'x');
  g_autofree char *long_name = NULL;
  g_autofree char *no_name = NULL;
  g_autoptr (GError) long_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (latch_local_name_check (cases[i].text, &name, &error), ==, cases[i].valid);
      g_assert_cmpstr (name, ==, cases[i].name);
      if (!cases[i].valid)
        g_assert_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT);
    }

  g_assert_true (latch_local_name_check (longest, &long_name, NULL));
  g_assert_false (latch_local_name_check (too_long, &no_name, &long_error));
  g_assert_nonnull (strstr (long_error->message, "64"));
}

static void
test_invalid_name_changes_nothing (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchBridge) bridge = home_add_bridge (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (rename_lock (fixture, latch_bridge_find_lock (bridge, HOME_ID, 0), "a\nb", &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT);
  assert_chosen (bridge, HOME_ID, 0, "Home", FALSE);
}

static char *
list_ids (GListModel *locks)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);

      g_string_append_printf (ids, "%" G_GUINT64_FORMAT, latch_lock_get_nuki_id (lock));
    }

  return g_string_free_and_steal (ids);
}

/* What somebody who follows the changes that are told believes to be in the list */
static void
follow_cb (GListModel *locks, guint position, guint n_removed, guint n_added, GString *believed)
{
  g_autofree char *ids = list_ids (locks);

  g_string_erase (believed, position, n_removed);
  g_string_insert_len (believed, position, ids + position, n_added);
  g_assert_cmpstr (believed->str, ==, ids);
}

static void
apply_order (LatchBridge *bridge, const char *ids)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);

  for (const char *id = ids; *id != '\0'; id++)
    g_ptr_array_add (devices, latch_device_snapshot_new (*id - '0'));
  latch_bridge_apply_list (bridge, devices, 1700000000);
}

static void
test_shown_locks_follow (HomeFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.0.2.1", 8080);
  g_autoptr (LatchBridge) bridge = latch_bridge_new ("1", "Home", client);
  g_autoptr (LatchShownLocks) shown = latch_shown_locks_new (bridge, FALSE);
  g_autoptr (LatchShownLocks) hidden = latch_shown_locks_new (bridge, TRUE);
  g_autoptr (GString) believed_shown = g_string_new (NULL);
  g_autoptr (GString) believed_hidden = g_string_new (NULL);

  g_signal_connect (shown, "items-changed", G_CALLBACK (follow_cb), believed_shown);
  g_signal_connect (hidden, "items-changed", G_CALLBACK (follow_cb), believed_hidden);

  latch_bridge_choose_hidden (bridge, 3, -1, TRUE);
  apply_order (bridge, "12345");
  g_assert_cmpstr (believed_shown->str, ==, "1245");
  g_assert_cmpstr (believed_hidden->str, ==, "3");

  latch_bridge_choose_hidden (bridge, 1, -1, TRUE);
  latch_bridge_choose_hidden (bridge, 5, -1, TRUE);
  latch_bridge_choose_hidden (bridge, 3, -1, FALSE);
  g_assert_cmpstr (believed_shown->str, ==, "234");
  g_assert_cmpstr (believed_hidden->str, ==, "15");

  apply_order (bridge, "54321");
  g_assert_cmpstr (believed_shown->str, ==, "432");
  g_assert_cmpstr (believed_hidden->str, ==, "51");
  apply_order (bridge, "653");
  g_assert_cmpstr (believed_shown->str, ==, "63");
  g_assert_cmpstr (believed_hidden->str, ==, "5");
  apply_order (bridge, "");
  g_assert_cmpstr (believed_shown->str, ==, "");
  g_assert_cmpstr (believed_hidden->str, ==, "");
}

#define add_home_test(name, function) g_test_add (name, HomeFixture, NULL, home_set_up, function, home_tear_down)

int
main (int argc, char **argv)
{
  int result;

  if (argc == 4 && g_str_equal (argv[1], "--choose"))
    return run_other_program (argv + 2);

  home_use_keyring_file ();
  g_test_init (&argc, &argv, NULL);

  add_home_test ("/choices/name-is-local", test_name_is_local);
  add_home_test ("/choices/outlast-the-program", test_outlasts_the_program);
  add_home_test ("/choices/outlast-the-place-in-the-list", test_outlasts_the_place_in_the_list);
  add_home_test ("/choices/belong-to-one-device", test_belongs_to_one_device);
  add_home_test ("/choices/go-with-the-bridge", test_goes_with_the_bridge);
  add_home_test ("/choices/pairing-again-keeps-them", test_pairing_again_keeps_it);
  add_home_test ("/choices/count-once-they-are-saved", test_counts_once_it_is_saved);
  add_home_test ("/choices/two-programs", test_two_programs);
  add_home_test ("/choices/bridge-name-of-another-program", test_bridge_name_of_another_program);
  add_home_test ("/choices/what-can-be-a-name", test_what_can_be_a_name);
  add_home_test ("/choices/invalid-name-changes-nothing", test_invalid_name_changes_nothing);
  add_home_test ("/choices/shown-locks-follow", test_shown_locks_follow);

  result = g_test_run ();
  home_remove_keyring_file ();

  return result;
}
