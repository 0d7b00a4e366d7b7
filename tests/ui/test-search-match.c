/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-error.h"
#include "latch-lock-key.h"
#include "latch-search-match.h"
#include "latch-search-result.h"
#include "latch-test-locks.h"

#define NOW 1700000000
#define MINUTE 60

static const LatchTestLock at_home[] = {
  { .name = "Front Door", .state = LATCH_LOCK_STATE_LOCKED, .changed_ago = 2 * MINUTE },
  { .name = "Garage", .state = LATCH_LOCK_STATE_UNLOCKED, .changed_ago = 3 * MINUTE },
  { .name = "Backdoor", .state = LATCH_LOCK_STATE_LOCKED, .battery_critical = TRUE },
  { .name = "Äußere Tür", .state = LATCH_LOCK_STATE_UNLOCKED, .offline = TRUE },
  { .name = "Entrance", .state = LATCH_LOCK_STATE_ONLINE, .opener = TRUE },
};

static const LatchTestLock at_the_lake[] = {
  { .name = "Garage", .state = LATCH_LOCK_STATE_LOCKED, .changed_ago = 2 * MINUTE },
  { .name = "Boat House Door", .state = LATCH_LOCK_STATE_LOCKED, .door = LATCH_DOOR_STATE_OPEN },
};

static LatchBridge *
get_bridge (GListModel *bridges, guint position)
{
  g_autoptr (LatchBridge) bridge = g_list_model_get_item (bridges, position);

  return bridge;
}

static GListModel *
bridges_new (void)
{
  GListStore *bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  g_autoptr (LatchBridge) home = latch_test_bridge_new ("1", "Home", at_home, G_N_ELEMENTS (at_home), NOW);
  g_autoptr (LatchBridge) lake = latch_test_bridge_new ("2", "Summer House", at_the_lake, G_N_ELEMENTS (at_the_lake), NOW);

  g_list_store_append (bridges, home);
  g_list_store_append (bridges, lake);
  return G_LIST_MODEL (bridges);
}

/* The keys of what is found, such as “1/2” for the second lock of the first bridge */
static char *
find (GListModel *bridges, const char *text)
{
  g_auto (GStrv) terms = g_strsplit (text, " ", -1);
  g_autoptr (GPtrArray) locks = latch_search_match_find (bridges, (const char *const *) terms);
  GString *keys = g_string_new (NULL);

  for (guint i = 0; i < locks->len; i++)
    {
      g_autofree char *key = latch_lock_key_new (locks->pdata[i]);

      *strrchr (key, '/') = '\0';
      g_string_append_printf (keys, "%s%s", i > 0 ? " " : "", key);
    }

  return g_string_free (keys, FALSE);
}

static void
assert_found (GListModel *bridges, const char *text, const char *expected)
{
  g_autofree char *found = find (bridges, text);

  g_test_message ("“%s”", text);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_names (void)
{
  g_autoptr (GListModel) bridges = bridges_new ();

  assert_found (bridges, "front", "1/1");
  assert_found (bridges, "FRO", "1/1");
  assert_found (bridges, "ussere", "1/4");
  assert_found (bridges, "aussere tur", "1/4");
  assert_found (bridges, "ÄUSSERE", "1/4");
  assert_found (bridges, "door front", "1/1");
  assert_found (bridges, "front garage", "");
  assert_found (bridges, "fronts", "");
}

static void
test_order (void)
{
  g_autoptr (GListModel) bridges = bridges_new ();

  /* Words' beginnings, then what is within a word, then what all are called */
  assert_found (bridges, "door", "1/1 2/2 1/3 1/2 1/4 1/5 2/1");
  assert_found (bridges, "garage", "1/2 2/1");
  assert_found (bridges, "ga", "1/2 2/1");
  /* One letter is no more than a beginning */
  assert_found (bridges, "g", "1/2 2/1");
}

static void
test_states (void)
{
  g_autoptr (GListModel) bridges = bridges_new ();

  assert_found (bridges, "unlocked", "1/2");
  assert_found (bridges, "locked", "1/1 1/3 2/1 2/2");
  assert_found (bridges, "locked garage", "2/1");
  assert_found (bridges, "battery", "1/3");
  assert_found (bridges, "offline", "1/4");
  latch_test_bridge_fail (get_bridge (bridges, 0), LATCH_ERROR_UNREACHABLE);
  /* A door that may stand open is worth a look */
  assert_found (bridges, "unlocked", "1/2 1/4");
  assert_found (bridges, "was locked", "1/1 1/3");
}

static void
test_others_words (void)
{
  g_autoptr (GListModel) bridges = bridges_new ();

  assert_found (bridges, "summer", "2/1 2/2");
  assert_found (bridges, "garage summer", "2/1");
  assert_found (bridges, "smart lock door", "1/1 2/2 1/3 1/2 1/4 1/5 2/1");
  assert_found (bridges, "lo", "");
  assert_found (bridges, "unlock", "1/1 1/2 1/3 1/4 1/5 2/1 2/2");
  assert_found (bridges, "lock", "1/1 1/2 1/3 1/4 1/5 2/1 2/2");
}

static void
test_hidden (void)
{
  g_autoptr (GListModel) bridges = bridges_new ();
  g_autofree char *id = NULL;
  g_autoptr (GVariant) meta = NULL;
  LatchLock *garage = latch_test_bridge_get_lock (get_bridge (bridges, 0), 1);
  LatchSearchVerb verb;

  id = latch_search_result_new_id (LATCH_SEARCH_VERB_LOCK, garage, bridges, NOW);
  latch_bridge_choose_hidden (get_bridge (bridges, 0), 2, LATCH_DEVICE_TYPE_SMART_LOCK_3, TRUE);

  assert_found (bridges, "garage", "2/1");
  g_assert_false (latch_search_result_is_offered (LATCH_SEARCH_VERB_SHOW, garage));
  g_assert_false (latch_search_result_is_offered (LATCH_SEARCH_VERB_LOCK, garage));
  g_assert_null (latch_search_result_find (id, bridges, &verb));
  meta = latch_search_result_describe (id, bridges, NOW);
  g_assert_null (meta);
}

static void
test_local_names (void)
{
  g_autoptr (GListModel) bridges = bridges_new ();

  latch_bridge_choose_name (get_bridge (bridges, 0), 2, LATCH_DEVICE_TYPE_SMART_LOCK_3, "Workshop");
  assert_found (bridges, "workshop", "1/2");
  assert_found (bridges, "garage", "2/1");
}

static void
test_nonsense (void)
{
  g_autoptr (GListModel) bridges = bridges_new ();
  g_autoptr (GListModel) nothing = G_LIST_MODEL (g_list_store_new (LATCH_TYPE_BRIDGE));
  g_autofree char *long_word = g_strnfill (100000, 'o');
  g_autoptr (GString) many_words = g_string_new ("door");

  for (guint i = 0; i < 10000; i++)
    g_string_append (many_words, " door");

  assert_found (bridges, "", "");
  assert_found (bridges, "   ", "");
  assert_found (bridges, "! … -", "");
  assert_found (bridges, long_word, "");
  assert_found (bridges, many_words->str, "");
  assert_found (bridges, "\xff\xfe", "");
  assert_found (bridges, "%s%n <b>", "");
  assert_found (nothing, "door", "");
}

static void
test_names_only (void)
{
  static const struct
  {
    const char *typed;
    const char *names;
  } rows[] = {
    { "front", "front" },      { "unlocked front", "front" }, { "unlocked", "" }, { "lock garage", "garage" },
    { "aussere", "aussere" }, { "", "" },                    { "door", "door" },
  };
  g_autoptr (GListModel) bridges = bridges_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) terms = g_strsplit (rows[i].typed, " ", -1);
      g_autofree char *names = latch_search_match_get_names (bridges, (const char *const *) terms);

      g_assert_cmpstr (names, ==, rows[i].names);
    }
}

/* What is said of a lock, as NAME|DESCRIPTION|ICON */
static char *
describe (GListModel *bridges, LatchSearchVerb verb, guint bridge, guint position)
{
  LatchLock *lock = latch_test_bridge_get_lock (get_bridge (bridges, bridge), position);
  g_autofree char *id = latch_search_result_new_id (verb, lock, bridges, NOW);
  g_autoptr (GVariant) meta = latch_search_result_describe (id, bridges, NOW);
  g_autoptr (GVariant) icon = g_variant_lookup_value (meta, "icon", NULL);
  g_autoptr (GIcon) deserialized = g_icon_deserialize (icon);
  g_auto (GStrv) names = NULL;
  const char *its_id, *name, *description;

  g_assert_true (g_variant_lookup (meta, "id", "&s", &its_id));
  g_assert_cmpstr (its_id, ==, id);
  g_assert_true (g_variant_lookup (meta, "name", "&s", &name));
  g_assert_true (g_variant_lookup (meta, "description", "&s", &description));
  g_object_get (deserialized, "names", &names, NULL);
  g_assert_true (g_str_has_prefix (names[0], APP_ID "-"));

  return g_strdup_printf ("%s|%s|%s", name, description, names[0] + strlen (APP_ID "-"));
}

#define assert_said(bridges, verb, bridge, position, expected)                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *said = describe (bridges, verb, bridge, position);                                                \
    g_assert_cmpstr (said, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static void
test_descriptions (void)
{
  g_autoptr (GListModel) bridges = bridges_new ();

  assert_said (bridges, LATCH_SEARCH_VERB_SHOW, 0, 0, "Front Door|Locked · 2 min ago|locked-symbolic");
  assert_said (bridges, LATCH_SEARCH_VERB_SHOW, 0, 1, "Garage|Unlocked · 3 min ago · Home|unlocked-symbolic");
  assert_said (bridges, LATCH_SEARCH_VERB_LOCK, 0, 1, "Lock Garage|Unlocked · 3 min ago · Home|locked-symbolic");
  assert_said (bridges, LATCH_SEARCH_VERB_SHOW, 0, 3, "Äußere Tür|Offline|offline-symbolic");
  assert_said (bridges, LATCH_SEARCH_VERB_SHOW, 0, 4, "Entrance|Ready|door-closed-symbolic");
  assert_said (bridges, LATCH_SEARCH_VERB_SHOW, 1, 0, "Garage|Locked · 2 min ago · Summer House|locked-symbolic");
  assert_said (bridges, LATCH_SEARCH_VERB_SHOW, 1, 1, "Boat House Door|Locked, door open|door-open-symbolic");
  latch_bridge_choose_hidden (get_bridge (bridges, 1), 1, LATCH_DEVICE_TYPE_SMART_LOCK_3, TRUE);
  assert_said (bridges, LATCH_SEARCH_VERB_SHOW, 0, 1, "Garage|Unlocked · 3 min ago|unlocked-symbolic");
  latch_test_bridge_fail (get_bridge (bridges, 0), LATCH_ERROR_UNREACHABLE);
  assert_said (bridges, LATCH_SEARCH_VERB_SHOW, 0, 0, "Front Door|Was locked just now|offline-symbolic");
}

static void
test_offers (void)
{
  static const struct
  {
    LatchTestLock lock;
    gboolean offered;
  } rows[] = {
    { { .state = LATCH_LOCK_STATE_UNLOCKED }, TRUE },
    { { .state = LATCH_LOCK_STATE_UNLATCHED }, TRUE },
    { { .state = LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO }, TRUE },
    { { .state = LATCH_LOCK_STATE_MOTOR_BLOCKED }, TRUE },
    { { .state = LATCH_LOCK_STATE_UNLOCKED, .door = LATCH_DOOR_STATE_OPEN }, TRUE },
    { { .state = LATCH_LOCK_STATE_LOCKED }, FALSE },
    { { .state = LATCH_LOCK_STATE_LOCKED, .door = LATCH_DOOR_STATE_OPEN }, FALSE },
    { { .state = LATCH_LOCK_STATE_UNLOCKING }, FALSE },
    { { .state = LATCH_LOCK_STATE_LOCKING }, FALSE },
    { { .state = LATCH_LOCK_STATE_UNCALIBRATED }, FALSE },
    { { .state = LATCH_LOCK_STATE_UNKNOWN }, FALSE },
    { { .state = LATCH_LOCK_STATE_UNLOCKED, .offline = TRUE }, FALSE },
    { { .state = LATCH_LOCK_STATE_UNLOCKED, .pending = LATCH_LOCK_ACTION_LOCK }, FALSE },
    { { .state = LATCH_LOCK_STATE_ONLINE, .opener = TRUE }, FALSE },
    { { .state = LATCH_LOCK_STATE_OPEN, .opener = TRUE }, FALSE },
    { { .state = LATCH_LOCK_STATE_RTO_ACTIVE, .opener = TRUE }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (LatchBridge) bridge = latch_test_bridge_new ("1", "Home", &rows[i].lock, 1, NOW);
      LatchLock *lock = latch_test_bridge_get_lock (bridge, 0);

      g_test_message ("%s", latch_lock_state_get_nick (rows[i].lock.state));
      g_assert_true (latch_search_result_is_offered (LATCH_SEARCH_VERB_SHOW, lock));
      g_assert_cmpint (latch_search_result_is_offered (LATCH_SEARCH_VERB_LOCK, lock), ==, rows[i].offered);
      latch_test_bridge_fail (bridge, LATCH_ERROR_UNREACHABLE);
      if (rows[i].lock.pending == LATCH_LOCK_ACTION_NONE)
        g_assert_false (latch_search_result_is_offered (LATCH_SEARCH_VERB_LOCK, lock));
    }
}

static void
test_ids (void)
{
  static const char *const nobodys[] = {
    "", "#", "show:", "show:#", "show:1/1/0", "lock:1/1/0", "unlock:1/2/0#0", "show:9/1/0#0", "show:1/99/0#0", "1/1/0#0",
    "show:1/1/1#0", "lock:%s#%n", "show:1/1/0/#1", " show:1/1/0#1",
  };
  g_autoptr (GListModel) bridges = bridges_new ();
  LatchLock *garage = latch_test_bridge_get_lock (get_bridge (bridges, 0), 1);
  g_autofree char *before = latch_search_result_new_id (LATCH_SEARCH_VERB_SHOW, garage, bridges, NOW);
  g_autofree char *same = latch_search_result_new_id (LATCH_SEARCH_VERB_SHOW, garage, bridges, NOW);
  g_autofree char *after = NULL;
  g_autoptr (LatchLock) found = NULL;
  g_autoptr (GVariant) meta = NULL;
  LatchSearchVerb verb;
  const char *description;

  for (gsize i = 0; i < G_N_ELEMENTS (nobodys); i++)
    {
      g_assert_null (latch_search_result_find (nobodys[i], bridges, &verb));
      g_assert_null (latch_search_result_describe (nobodys[i], bridges, NOW));
    }

  latch_test_bridge_fail (get_bridge (bridges, 0), LATCH_ERROR_UNREACHABLE);
  after = latch_search_result_new_id (LATCH_SEARCH_VERB_SHOW, garage, bridges, NOW);
  g_assert_cmpstr (before, ==, same);
  g_assert_cmpstr (before, !=, after);

  /* What was found as it was before is told as it is */
  found = latch_search_result_find (before, bridges, &verb);
  g_assert_true (found == garage);
  meta = latch_search_result_describe (before, bridges, NOW);
  g_assert_true (g_variant_lookup (meta, "description", "&s", &description));
  g_assert_cmpstr (description, ==, "Was unlocked just now · Home");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search-match/finds-names", test_names);
  g_test_add_func ("/search-match/finds-the-nearest-first", test_order);
  g_test_add_func ("/search-match/finds-states-as-they-are-known", test_states);
  g_test_add_func ("/search-match/finds-bridges-and-what-locks-are-called", test_others_words);
  g_test_add_func ("/search-match/finds-nothing-hidden", test_hidden);
  g_test_add_func ("/search-match/finds-names-given-here", test_local_names);
  g_test_add_func ("/search-match/finds-nothing-for-nonsense", test_nonsense);
  g_test_add_func ("/search-match/knows-which-words-are-names", test_names_only);
  g_test_add_func ("/search-result/says-how-a-lock-is", test_descriptions);
  g_test_add_func ("/search-result/locks-only-what-is-known-to-be-unlocked", test_offers);
  g_test_add_func ("/search-result/ids-go-with-what-is-said", test_ids);

  return g_test_run ();
}
