/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-caution.h"

static const struct
{
  LatchLockAction action;
  LatchCaution caution;
  const char *key;
  gboolean pulls_latch;
} cases[] = {
  { LATCH_LOCK_ACTION_NONE, LATCH_CAUTION_NONE, NULL, FALSE },
  { LATCH_LOCK_ACTION_UNLOCK, LATCH_CAUTION_UNLOCK, "confirm-unlock", FALSE },
  { LATCH_LOCK_ACTION_LOCK, LATCH_CAUTION_NONE, NULL, FALSE },
  { LATCH_LOCK_ACTION_UNLATCH, LATCH_CAUTION_OPEN, "confirm-unlatch", TRUE },
  { LATCH_LOCK_ACTION_LOCK_N_GO, LATCH_CAUTION_UNLOCK, "confirm-unlock", FALSE },
  { LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH, LATCH_CAUTION_OPEN, "confirm-unlatch", TRUE },
  { LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_CAUTION_NONE, NULL, FALSE },
  { LATCH_LOCK_ACTION_DEACTIVATE_RTO, LATCH_CAUTION_NONE, NULL, FALSE },
  { LATCH_LOCK_ACTION_OPEN, LATCH_CAUTION_OPEN, "confirm-unlatch", FALSE },
  { LATCH_LOCK_ACTION_ACTIVATE_CM, LATCH_CAUTION_NONE, NULL, FALSE },
  { LATCH_LOCK_ACTION_DEACTIVATE_CM, LATCH_CAUTION_NONE, NULL, FALSE },
};

static void
test_actions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LatchCaution caution = latch_caution_for (cases[i].action, LATCH_DOOR_STATE_CLOSED);

      g_assert_cmpint (caution, ==, cases[i].caution);
      g_assert_cmpstr (latch_caution_get_key (caution), ==, cases[i].key);
      g_assert_cmpint (latch_lock_action_pulls_latch (cases[i].action), ==, cases[i].pulls_latch);
    }
}

static void
test_doors (void)
{
  for (int door = LATCH_DOOR_STATE_NONE; door <= LATCH_DOOR_STATE_REMOVED; door++)
    {
      gboolean open = door == LATCH_DOOR_STATE_OPEN;

      g_assert_cmpint (latch_caution_for (LATCH_LOCK_ACTION_LOCK, door), ==,
                       open ? LATCH_CAUTION_DOOR_OPEN : LATCH_CAUTION_NONE);
      g_assert_cmpint (latch_caution_for (LATCH_LOCK_ACTION_UNLATCH, door), ==, LATCH_CAUTION_OPEN);
    }
  g_assert_cmpstr (latch_caution_get_key (LATCH_CAUTION_DOOR_OPEN), ==, "confirm-lock-open-door");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/caution/each-action-has-its-setting", test_actions);
  g_test_add_func ("/caution/only-locking-an-open-door-is-asked-about", test_doors);

  return g_test_run ();
}
