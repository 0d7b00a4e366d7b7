/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-error.h"
#include "latch-status-text.h"
#include "latch-test-locks.h"
#include "latch-test-ui.h"

#define NOW 1700000000

static char *
describe (LatchBridge *bridge)
{
  g_autoptr (GListStore) bridges = g_list_store_new (LATCH_TYPE_BRIDGE);

  g_list_store_append (bridges, bridge);
  return latch_status_text_new (G_LIST_MODEL (bridges), G_LIST_MODEL (bridge));
}

static void
test_says_how_doors_are (void)
{
  static const struct
  {
    LatchTestLock locks[3];
    const char *text;
  } cases[] = {
    { { { .state = LATCH_LOCK_STATE_LOCKED } }, "1 door locked" },
    { { { .state = LATCH_LOCK_STATE_LOCKED },
        { .state = LATCH_LOCK_STATE_LOCKED },
        { .name = "Garage", .state = LATCH_LOCK_STATE_UNLOCKED } },
      "2 doors locked · Garage unlocked" },
    { { { .name = "Garage", .state = LATCH_LOCK_STATE_UNLOCKED } }, "Garage unlocked" },
    { { { .name = "Garage", .state = LATCH_LOCK_STATE_LOCKED, .door = LATCH_DOOR_STATE_OPEN } },
      "Garage locked, but the door is open" },
    { { { .name = "Garage", .state = LATCH_LOCK_STATE_LOCKED, .offline = TRUE } }, "Garage offline" },
    { { { .name = "Garage", .state = LATCH_LOCK_STATE_LOCKED, .pending = LATCH_LOCK_ACTION_UNLOCK } },
      "Garage unlocking" },
    { { { .name = "Garage", .state = LATCH_LOCK_STATE_MOTOR_BLOCKED } }, "Garage motor blocked" },
    { { { .state = LATCH_LOCK_STATE_LOCKED }, { .state = LATCH_LOCK_STATE_ONLINE, .opener = TRUE } }, "1 door locked" },
    { { { .name = "Entrance", .state = LATCH_LOCK_STATE_RTO_ACTIVE, .opener = TRUE } }, "Entrance ring to open" },
    { { { .state = LATCH_LOCK_STATE_ONLINE, .opener = TRUE } }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = 0;
      g_autoptr (LatchBridge) bridge = NULL;
      g_autofree char *text = NULL;

      while (n < G_N_ELEMENTS (cases[i].locks) && cases[i].locks[n].state != 0)
        n++;
      bridge = latch_test_bridge_new ("1", "Home", cases[i].locks, n, NOW);
      text = describe (bridge);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_does_not_vouch_for_what_nobody_knows (void)
{
  static const LatchTestLock locks[] = { { .name = "Garage", .state = LATCH_LOCK_STATE_LOCKED } };
  g_autoptr (LatchBridge) bridge = latch_test_bridge_new ("1", "Home", locks, G_N_ELEMENTS (locks), NOW);
  g_autofree char *text = NULL;

  latch_test_bridge_fail (bridge, LATCH_ERROR_UNREACHABLE);
  text = describe (bridge);
  g_assert_cmpstr (text, ==, "The bridge “Home” cannot be reached");
}

static void
test_fits (void)
{
  static const LatchTestLock one = { .name = "The door at the end of the long corridor behind the house of the "
                                             "neighbours’ gardener, the one with the squirrels",
                                     .state = LATCH_LOCK_STATE_UNCALIBRATED };
  LatchTestLock many[50] = { 0 };
  g_autoptr (LatchBridge) long_bridge = latch_test_bridge_new ("1", "Home", &one, 1, NOW);
  g_autoptr (LatchBridge) many_bridge = NULL;
  g_autofree char *long_text = describe (long_bridge);
  g_autofree char *many_text = NULL;

  g_assert_cmpint (g_utf8_strlen (long_text, -1), <=, LATCH_STATUS_LENGTH);
  g_assert_true (g_utf8_validate (long_text, -1, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = (LatchTestLock) {
      .name = "Garage",
      .state = i % 2 ? LATCH_LOCK_STATE_LOCKED : LATCH_LOCK_STATE_UNLOCKED,
      .offline = i == 0,
    };
  many_bridge = latch_test_bridge_new ("1", "Home", many, G_N_ELEMENTS (many), NOW);
  many_text = describe (many_bridge);
  g_assert_cmpstr (many_text, ==, "25 doors locked · 25 unlocked · 1 issue");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/status-text/says-how-doors-are", test_says_how_doors_are);
  g_test_add_func ("/status-text/does-not-vouch-for-what-nobody-knows", test_does_not_vouch_for_what_nobody_knows);
  g_test_add_func ("/status-text/fits", test_fits);

  return g_test_run ();
}
