/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-enum-types.h"
#include "latch-enums.h"

/* Names are part of the command line's contract, so they are written out here once more. */
static const struct
{
  int code;
  gboolean opener;
  LatchLockState state;
  const char *nick;
} states[] = {
  { 0, FALSE, LATCH_LOCK_STATE_UNCALIBRATED, "uncalibrated" },
  { 1, FALSE, LATCH_LOCK_STATE_LOCKED, "locked" },
  { 2, FALSE, LATCH_LOCK_STATE_UNLOCKING, "unlocking" },
  { 3, FALSE, LATCH_LOCK_STATE_UNLOCKED, "unlocked" },
  { 4, FALSE, LATCH_LOCK_STATE_LOCKING, "locking" },
  { 5, FALSE, LATCH_LOCK_STATE_UNLATCHED, "unlatched" },
  { 6, FALSE, LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO, "unlocked-lock-n-go" },
  { 7, FALSE, LATCH_LOCK_STATE_UNLATCHING, "unlatching" },
  { 253, FALSE, LATCH_LOCK_STATE_BOOT_RUN, "boot-run" },
  { 254, FALSE, LATCH_LOCK_STATE_MOTOR_BLOCKED, "motor-blocked" },
  { 255, FALSE, LATCH_LOCK_STATE_UNDEFINED, "undefined" },
  { 0, TRUE, LATCH_LOCK_STATE_UNTRAINED, "untrained" },
  { 1, TRUE, LATCH_LOCK_STATE_ONLINE, "online" },
  { 3, TRUE, LATCH_LOCK_STATE_RTO_ACTIVE, "rto-active" },
  { 5, TRUE, LATCH_LOCK_STATE_OPEN, "open" },
  { 7, TRUE, LATCH_LOCK_STATE_OPENING, "opening" },
  { 253, TRUE, LATCH_LOCK_STATE_BOOT_RUN, "boot-run" },
  { 255, TRUE, LATCH_LOCK_STATE_UNDEFINED, "undefined" },
};

static const struct
{
  int code;
  LatchLockAction action;
  const char *nick;
} actions[] = {
  { 1, LATCH_LOCK_ACTION_UNLOCK, "unlock" },
  { 2, LATCH_LOCK_ACTION_LOCK, "lock" },
  { 3, LATCH_LOCK_ACTION_UNLATCH, "unlatch" },
  { 4, LATCH_LOCK_ACTION_LOCK_N_GO, "lock-n-go" },
  { 5, LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH, "lock-n-go-unlatch" },
  { 1, LATCH_LOCK_ACTION_ACTIVATE_RTO, "activate-rto" },
  { 2, LATCH_LOCK_ACTION_DEACTIVATE_RTO, "deactivate-rto" },
  { 3, LATCH_LOCK_ACTION_OPEN, "open" },
  { 4, LATCH_LOCK_ACTION_ACTIVATE_CM, "activate-cm" },
  { 5, LATCH_LOCK_ACTION_DEACTIVATE_CM, "deactivate-cm" },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_assert_cmpint (latch_lock_state_from_code (states[i].code, states[i].opener), ==, states[i].state);
      g_assert_cmpint (latch_lock_state_to_code (states[i].state), ==, states[i].code);
      g_assert_cmpstr (latch_lock_state_get_nick (states[i].state), ==, states[i].nick);
      g_assert_cmpstr (latch_lock_state_get_text (states[i].state), !=, "");
    }
}

static void
test_unknown_states (void)
{
  static const int codes[] = { -1, 8, 9, 100, 252, 256, G_MAXINT };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpint (latch_lock_state_from_code (codes[i], FALSE), ==, LATCH_LOCK_STATE_UNKNOWN);
      g_assert_cmpint (latch_lock_state_from_code (codes[i], TRUE), ==, LATCH_LOCK_STATE_UNKNOWN);
    }

  /* An opener has no bolt that could move or be blocked */
  g_assert_cmpint (latch_lock_state_from_code (2, TRUE), ==, LATCH_LOCK_STATE_UNKNOWN);
  g_assert_cmpint (latch_lock_state_from_code (4, TRUE), ==, LATCH_LOCK_STATE_UNKNOWN);
  g_assert_cmpint (latch_lock_state_from_code (254, TRUE), ==, LATCH_LOCK_STATE_UNKNOWN);

  g_assert_cmpint (latch_lock_state_to_code (LATCH_LOCK_STATE_UNKNOWN), ==, -1);
  g_assert_cmpstr (latch_lock_state_get_nick (LATCH_LOCK_STATE_UNKNOWN), ==, "unknown");
  g_assert_cmpstr (latch_lock_state_get_text (LATCH_LOCK_STATE_UNKNOWN), ==, "Unknown");
}

static void
test_moving_and_secured (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      LatchLockState state = states[i].state;

      g_assert_cmpint (latch_lock_state_is_moving (state), ==,
                       state == LATCH_LOCK_STATE_UNLOCKING || state == LATCH_LOCK_STATE_LOCKING ||
                       state == LATCH_LOCK_STATE_UNLATCHING || state == LATCH_LOCK_STATE_OPENING ||
                       state == LATCH_LOCK_STATE_BOOT_RUN);
      g_assert_cmpint (latch_lock_state_is_secured (state), ==,
                       state == LATCH_LOCK_STATE_LOCKED || state == LATCH_LOCK_STATE_ONLINE);
    }

  g_assert_false (latch_lock_state_is_secured (LATCH_LOCK_STATE_UNKNOWN));
}

static void
test_actions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_assert_cmpint (latch_lock_action_from_nick (actions[i].nick), ==, actions[i].action);
      g_assert_cmpstr (latch_lock_action_get_nick (actions[i].action), ==, actions[i].nick);
      g_assert_cmpint (latch_lock_action_to_code (actions[i].action), ==, actions[i].code);
      g_assert_cmpstr (latch_lock_action_get_text (actions[i].action), !=, "");
      g_assert_cmpint (latch_lock_action_is_for_opener (actions[i].action), ==, i >= 5);
    }

  g_assert_cmpint (latch_lock_action_from_nick ("explode"), ==, LATCH_LOCK_ACTION_NONE);
  g_assert_cmpint (latch_lock_action_from_nick (NULL), ==, LATCH_LOCK_ACTION_NONE);
  g_assert_cmpint (latch_lock_action_to_code (LATCH_LOCK_ACTION_NONE), ==, 0);
  g_assert_cmpstr (latch_lock_action_get_nick (LATCH_LOCK_ACTION_NONE), ==, "none");
}

static void
test_actions_move (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      LatchLockState moving = latch_lock_action_get_moving_state (actions[i].action);

      g_assert_true (moving == LATCH_LOCK_STATE_UNKNOWN || latch_lock_state_is_moving (moving));
    }

  g_assert_cmpint (latch_lock_action_get_moving_state (LATCH_LOCK_ACTION_UNLOCK), ==, LATCH_LOCK_STATE_UNLOCKING);
  g_assert_cmpint (latch_lock_action_get_moving_state (LATCH_LOCK_ACTION_LOCK), ==, LATCH_LOCK_STATE_LOCKING);
  g_assert_cmpint (latch_lock_action_get_moving_state (LATCH_LOCK_ACTION_UNLATCH), ==, LATCH_LOCK_STATE_UNLATCHING);
  g_assert_cmpint (latch_lock_action_get_moving_state (LATCH_LOCK_ACTION_OPEN), ==, LATCH_LOCK_STATE_OPENING);
  g_assert_cmpint (latch_lock_action_get_moving_state (LATCH_LOCK_ACTION_ACTIVATE_RTO), ==, LATCH_LOCK_STATE_UNKNOWN);
}

static void
test_doors (void)
{
  static const struct
  {
    int code;
    LatchDoorState state;
    const char *nick;
  } doors[] = {
    { -1, LATCH_DOOR_STATE_NONE, NULL },
    { 0, LATCH_DOOR_STATE_UNKNOWN, "unknown" },
    { 1, LATCH_DOOR_STATE_DEACTIVATED, "deactivated" },
    { 2, LATCH_DOOR_STATE_CLOSED, "closed" },
    { 3, LATCH_DOOR_STATE_OPEN, "open" },
    { 4, LATCH_DOOR_STATE_UNKNOWN, "unknown" },
    { 5, LATCH_DOOR_STATE_CALIBRATING, "calibrating" },
    { 16, LATCH_DOOR_STATE_UNCALIBRATED, "uncalibrated" },
    { 240, LATCH_DOOR_STATE_REMOVED, "removed" },
    { 255, LATCH_DOOR_STATE_UNKNOWN, "unknown" },
    { 42, LATCH_DOOR_STATE_UNKNOWN, "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      LatchDoorState state = latch_door_state_from_code (doors[i].code);

      g_assert_cmpint (state, ==, doors[i].state);
      g_assert_cmpstr (latch_door_state_get_nick (state), ==, doors[i].nick);
      g_assert_cmpint (*latch_door_state_get_text (state) == '\0', ==, state == LATCH_DOOR_STATE_NONE);
    }
}

static void
test_device_types (void)
{
  static const int codes[] = { -1, 0, 1, 2, 3, 4, 5, 77 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpint (latch_device_type_is_opener (codes[i]), ==, codes[i] == 2);
      g_assert_cmpstr (latch_device_type_get_text (codes[i]), !=, "");
    }

  g_assert_cmpstr (latch_device_type_get_text (2), ==, "Opener");
  g_assert_cmpstr (latch_device_type_get_text (77), ==, "Unknown device");
}

static void
test_auth_modes (void)
{
  static const char *const nicks[] = { "auto", "plain", "hashed", "encrypted" };
  LatchAuthMode mode = LATCH_AUTH_MODE_AUTO;

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    {
      g_assert_true (latch_auth_mode_from_nick (nicks[i], &mode));
      g_assert_cmpint (mode, ==, i);
      g_assert_cmpstr (latch_auth_mode_get_nick (mode), ==, nicks[i]);
    }

  g_assert_false (latch_auth_mode_from_nick ("secret", &mode));
  g_assert_false (latch_auth_mode_from_nick (NULL, &mode));
  g_assert_cmpint (mode, ==, LATCH_AUTH_MODE_ENCRYPTED);

  g_assert_cmpint (LATCH_AUTH_MODE_PLAIN, <, LATCH_AUTH_MODE_HASHED);
  g_assert_cmpint (LATCH_AUTH_MODE_HASHED, <, LATCH_AUTH_MODE_ENCRYPTED);
}

static void
test_where_actions_lead (void)
{
  static const struct
  {
    LatchLockAction action;
    LatchLockState reached;
    LatchLockState missed;
    gboolean lasts;
  } rows[] = {
    { LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED, LATCH_LOCK_STATE_LOCKED, TRUE },
    { LATCH_LOCK_ACTION_LOCK, LATCH_LOCK_STATE_LOCKED, LATCH_LOCK_STATE_LOCKING, TRUE },
    { LATCH_LOCK_ACTION_UNLATCH, LATCH_LOCK_STATE_UNLATCHED, LATCH_LOCK_STATE_LOCKED, FALSE },
    { LATCH_LOCK_ACTION_LOCK_N_GO, LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO, LATCH_LOCK_STATE_MOTOR_BLOCKED, FALSE },
    { LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH, LATCH_LOCK_STATE_LOCKED, LATCH_LOCK_STATE_UNLATCHING, FALSE },
    { LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_LOCK_STATE_RTO_ACTIVE, LATCH_LOCK_STATE_ONLINE, TRUE },
    { LATCH_LOCK_ACTION_DEACTIVATE_RTO, LATCH_LOCK_STATE_ONLINE, LATCH_LOCK_STATE_RTO_ACTIVE, TRUE },
    { LATCH_LOCK_ACTION_OPEN, LATCH_LOCK_STATE_OPEN, LATCH_LOCK_STATE_OPENING, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (latch_lock_action_leads_to (rows[i].action, rows[i].reached, 2));
      g_assert_false (latch_lock_action_leads_to (rows[i].action, rows[i].missed, 2));
      g_assert_false (latch_lock_action_leads_to (rows[i].action, LATCH_LOCK_STATE_UNKNOWN, -1));
      g_assert_cmpint (latch_lock_action_lasts (rows[i].action), ==, rows[i].lasts);
    }

  g_assert_true (latch_lock_action_leads_to (LATCH_LOCK_ACTION_ACTIVATE_CM, LATCH_LOCK_STATE_ONLINE, 3));
  g_assert_false (latch_lock_action_leads_to (LATCH_LOCK_ACTION_ACTIVATE_CM, LATCH_LOCK_STATE_ONLINE, 2));
  g_assert_true (latch_lock_action_leads_to (LATCH_LOCK_ACTION_DEACTIVATE_CM, LATCH_LOCK_STATE_ONLINE, 2));
  g_assert_false (latch_lock_action_leads_to (LATCH_LOCK_ACTION_DEACTIVATE_CM, LATCH_LOCK_STATE_ONLINE, -1));
  g_assert_false (latch_lock_action_leads_to (LATCH_LOCK_ACTION_NONE, LATCH_LOCK_STATE_LOCKED, 2));
}

static void
test_types (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (LATCH_TYPE_LOCK_STATE);

  for (guint i = 0; i < klass->n_values; i++)
    g_assert_cmpstr (latch_lock_state_get_text (klass->values[i].value), !=, "");
  g_assert_cmpuint (klass->n_values, ==, LATCH_LOCK_STATE_OPENING + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/enums/lock-state/has-code-and-names", test_states);
  g_test_add_func ("/enums/lock-state/knows-what-it-does-not-know", test_unknown_states);
  g_test_add_func ("/enums/lock-state/tells-movement-and-safety", test_moving_and_secured);
  g_test_add_func ("/enums/lock-state/all-have-a-text", test_types);
  g_test_add_func ("/enums/lock-action/has-code-and-names", test_actions);
  g_test_add_func ("/enums/lock-action/starts-a-movement", test_actions_move);
  g_test_add_func ("/enums/lock-action/leads-somewhere", test_where_actions_lead);
  g_test_add_func ("/enums/door-state/has-code-and-names", test_doors);
  g_test_add_func ("/enums/device-type/tells-openers", test_device_types);
  g_test_add_func ("/enums/auth-mode/has-names-and-order", test_auth_modes);

  return g_test_run ();
}
