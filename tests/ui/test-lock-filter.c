/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-lock-census.h"
#include "latch-lock-filter.h"
#include "latch-lock-key.h"
#include "latch-test-locks.h"
#include "latch-test-ui.h"

#define NOW 1700000000

static const struct
{
  LatchTestLock lock;
  gboolean unlocked;
  gboolean issue;
} kinds[] = {
  { { .state = LATCH_LOCK_STATE_UNKNOWN }, FALSE, FALSE },
  { { .state = LATCH_LOCK_STATE_UNCALIBRATED }, FALSE, TRUE },
  { { .state = LATCH_LOCK_STATE_LOCKED }, FALSE, FALSE },
  { { .state = LATCH_LOCK_STATE_UNLOCKING }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_UNLOCKED }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_LOCKING }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_UNLATCHED }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_UNLATCHING }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_BOOT_RUN }, FALSE, FALSE },
  { { .state = LATCH_LOCK_STATE_MOTOR_BLOCKED }, TRUE, TRUE },
  { { .state = LATCH_LOCK_STATE_UNDEFINED }, FALSE, TRUE },
  { { .state = LATCH_LOCK_STATE_UNTRAINED, .opener = TRUE }, FALSE, TRUE },
  { { .state = LATCH_LOCK_STATE_ONLINE, .opener = TRUE }, FALSE, FALSE },
  { { .state = LATCH_LOCK_STATE_ONLINE, .opener = TRUE, .continuous = TRUE }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_RTO_ACTIVE, .opener = TRUE }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_OPEN, .opener = TRUE }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_OPENING, .opener = TRUE }, TRUE, FALSE },
  { { .state = LATCH_LOCK_STATE_LOCKED, .battery_critical = TRUE }, FALSE, TRUE },
  { { .state = LATCH_LOCK_STATE_LOCKED, .offline = TRUE }, FALSE, TRUE },
  { { .state = LATCH_LOCK_STATE_UNLOCKED, .offline = TRUE }, TRUE, TRUE },
};

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (LatchBridge) bridge = latch_test_bridge_new ("1", "Home", &kinds[i].lock, 1, NOW);
      LatchLock *lock = latch_test_bridge_get_lock (bridge, 0);

      g_test_message ("%s", latch_lock_state_get_nick (kinds[i].lock.state));
      g_assert_true (latch_lock_kind_matches (LATCH_LOCK_KIND_ALL, lock));
      g_assert_cmpint (latch_lock_kind_matches (LATCH_LOCK_KIND_UNLOCKED, lock), ==, kinds[i].unlocked);
      g_assert_cmpint (latch_lock_kind_matches (LATCH_LOCK_KIND_ISSUES, lock), ==, kinds[i].issue);
    }
}

static void
test_finds_names (void)
{
  static const struct
  {
    const char *text;
    gboolean found;
  } searches[] = {
    { "", TRUE },           { "  ", TRUE },       { "apartment", TRUE }, { "ÄUSSERE", TRUE }, { "äussere", TRUE },
    { "aussere", TRUE },    { "12 apart", TRUE },  { "apart  12", TRUE }, { "partment 1", TRUE }, { "13", FALSE },
    { "apartments", FALSE },
  };
  const LatchTestLock lock = { .name = "Äußere Apartment 12", .state = LATCH_LOCK_STATE_LOCKED };
  g_autoptr (LatchBridge) bridge = latch_test_bridge_new ("1", "Home", &lock, 1, NOW);
  g_autoptr (LatchLockFilter) filter = latch_lock_filter_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_test_message ("“%s”", searches[i].text);
      latch_lock_filter_set_text (filter, searches[i].text);
      g_assert_cmpint (gtk_filter_match (GTK_FILTER (filter), latch_test_bridge_get_lock (bridge, 0)), ==,
                       searches[i].found);
    }
}

static void
test_does_not_find_the_nameless (void)
{
  const LatchTestLock lock = { .state = LATCH_LOCK_STATE_LOCKED };
  g_autoptr (LatchBridge) bridge = latch_test_bridge_new ("1", "Home", &lock, 1, NOW);
  g_autoptr (LatchLockFilter) filter = latch_lock_filter_new ();

  g_assert_true (gtk_filter_match (GTK_FILTER (filter), latch_test_bridge_get_lock (bridge, 0)));
  latch_lock_filter_set_text (filter, "a");
  g_assert_false (gtk_filter_match (GTK_FILTER (filter), latch_test_bridge_get_lock (bridge, 0)));
}

static void
test_changes_only_where_it_matters (void)
{
  g_autoptr (LatchLockFilter) filter = latch_lock_filter_new ();
  int n_changes = 0;

  g_signal_connect_swapped (filter, "changed", G_CALLBACK (g_atomic_int_inc), &n_changes);
  latch_lock_filter_locks_changed (filter);
  g_assert_cmpint (n_changes, ==, 0);
  latch_lock_filter_set_kind (filter, LATCH_LOCK_KIND_ALL);
  g_assert_cmpint (n_changes, ==, 0);

  latch_lock_filter_set_kind (filter, LATCH_LOCK_KIND_ISSUES);
  g_assert_cmpint (n_changes, ==, 1);
  latch_lock_filter_locks_changed (filter);
  g_assert_cmpint (n_changes, ==, 2);
}

static void
assert_census (LatchLockCensus *census, const char *expected)
{
  g_autofree char *text = latch_lock_census_to_text (census);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_census_follows_locks (void)
{
  LatchTestLock locks[] = {
    { .name = "A", .state = LATCH_LOCK_STATE_LOCKED },
    { .name = "B", .state = LATCH_LOCK_STATE_LOCKED },
  };
  g_autoptr (LatchBridge) bridge = latch_test_bridge_new ("1", "Home", locks, 2, NOW);
  LatchLockCensus *census = latch_lock_census_new (G_LIST_MODEL (bridge));
  int n_changes = 0;

  g_signal_connect_swapped (census, "changed", G_CALLBACK (g_atomic_int_inc), &n_changes);
  g_assert_cmpuint (latch_lock_census_get_n_locks (census), ==, 2);
  assert_census (census, NULL);

  /* A look at the list that tells nothing new */
  latch_test_bridge_say (bridge, locks, 2, NOW + 10);
  g_assert_cmpint (n_changes, ==, 0);

  locks[0].state = LATCH_LOCK_STATE_UNLOCKED;
  latch_test_bridge_say (bridge, locks, 2, NOW);
  g_assert_cmpint (n_changes, >, 0);
  assert_census (census, "1 unlocked");

  locks[1].battery_critical = TRUE;
  latch_test_bridge_say (bridge, locks, 2, NOW);
  assert_census (census, "1 unlocked · 1 issue");

  latch_test_bridge_say (bridge, &locks[1], 0, NOW);
  g_assert_cmpuint (latch_lock_census_get_n_locks (census), ==, 0);
  assert_census (census, NULL);

  latch_test_assert_finalized (census);
}

static void
test_keys_find_locks (void)
{
  const LatchTestLock locks[] = {
    { .name = "A", .state = LATCH_LOCK_STATE_LOCKED },
    { .name = "B", .state = LATCH_LOCK_STATE_ONLINE, .opener = TRUE },
  };
  g_autoptr (LatchBridge) home = latch_test_bridge_new ("17", "Home", locks, 2, NOW);
  g_autoptr (LatchBridge) annex = latch_test_bridge_new ("18", "Annex", locks, 2, NOW);
  g_autoptr (GListStore) bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  g_autofree char *key = latch_lock_key_new (latch_test_bridge_get_lock (annex, 1));
  g_autoptr (LatchLock) found = NULL;

  g_list_store_append (bridges, home);
  g_list_store_append (bridges, annex);

  g_assert_cmpstr (key, ==, "18/2/1");
  found = latch_lock_key_find (key, G_LIST_MODEL (bridges));
  g_assert_true (found == latch_test_bridge_get_lock (annex, 1));

  g_assert_null (latch_lock_key_find ("18/2/0", G_LIST_MODEL (bridges)));
  g_assert_null (latch_lock_key_find ("19/2/1", G_LIST_MODEL (bridges)));
  g_assert_null (latch_lock_key_find ("", G_LIST_MODEL (bridges)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lock-kind/matches", test_kinds);
  g_test_add_func ("/lock-filter/finds-names", test_finds_names);
  g_test_add_func ("/lock-filter/does-not-find-the-nameless", test_does_not_find_the_nameless);
  g_test_add_func ("/lock-filter/changes-only-where-it-matters", test_changes_only_where_it_matters);
  g_test_add_func ("/lock-census/follows-locks", test_census_follows_locks);
  g_test_add_func ("/lock-key/finds-locks", test_keys_find_locks);

  return g_test_run ();
}
