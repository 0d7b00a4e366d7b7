/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-lock-appearance.h"

#include <locale.h>

static LatchLockAppearance
look_at (LatchLockFacts facts)
{
  LatchLockAppearance appearance;

  latch_lock_appearance_init (&appearance, &facts);
  return appearance;
}

static LatchLockFacts
lock_in_state (LatchLockState state)
{
  LatchLockFacts facts = LATCH_LOCK_FACTS_INIT;

  facts.state = state;
  return facts;
}

static LatchLockFacts
opener_in_state (LatchLockState state)
{
  LatchLockFacts facts = lock_in_state (state);

  facts.opener = TRUE;
  facts.mode = 2;
  return facts;
}

/* The table of the design, row for row */
static void
test_states (void)
{
  static const struct
  {
    LatchLockState state;
    const char *title;
    const char *css_class;
    const char *icon_name;
    double extension;
    const char *primary;
    gboolean tiles;
  } rows[] = {
    { LATCH_LOCK_STATE_LOCKED, "Locked", "latch-locked", "latch-locked-symbolic", 1, "Unlock", TRUE },
    { LATCH_LOCK_STATE_UNLOCKING, "Unlocking…", "latch-moving", NULL, 0, "Unlock", TRUE },
    { LATCH_LOCK_STATE_LOCKING, "Locking…", "latch-moving", NULL, 1, "Lock", TRUE },
    { LATCH_LOCK_STATE_UNLATCHING, "Unlatching…", "latch-moving", NULL, 0, "Lock", TRUE },
    { LATCH_LOCK_STATE_UNLOCKED, "Unlocked", "latch-open", "latch-unlocked-symbolic", 0, "Lock", TRUE },
    { LATCH_LOCK_STATE_UNLATCHED, "Unlatched", "latch-open", "latch-door-open-symbolic", 0, "Lock", TRUE },
    { LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO, "Unlocked", "latch-open", "latch-lock-n-go-symbolic", 0, "Lock", TRUE },
    { LATCH_LOCK_STATE_MOTOR_BLOCKED, "Motor Blocked", "latch-blocked", "latch-blocked-symbolic", .55,
      "Try Locking Again", FALSE },
    { LATCH_LOCK_STATE_UNCALIBRATED, "Not Calibrated", "latch-unknown", "latch-unknown-symbolic", .3, NULL, FALSE },
    { LATCH_LOCK_STATE_UNDEFINED, "Unknown", "latch-unknown", "latch-unknown-symbolic", -1, "Try Again", FALSE },
    { LATCH_LOCK_STATE_UNKNOWN, "Unknown", "latch-unknown", "latch-unknown-symbolic", -1, "Try Again", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      LatchLockAppearance appearance = look_at (lock_in_state (rows[i].state));

      g_assert_cmpstr (appearance.title, ==, rows[i].title);
      g_assert_cmpstr (latch_lock_look_get_css_class (appearance.look), ==, rows[i].css_class);
      g_assert_cmpstr (latch_lock_look_get_icon_name (appearance.look, FALSE), ==, rows[i].icon_name);
      g_assert_cmpfloat (appearance.extension, ==, rows[i].extension);
      g_assert_cmpstr (appearance.primary_label, ==, rows[i].primary);
      g_assert_cmpint (appearance.tiles[0] != LATCH_LOCK_ACTION_NONE, ==, rows[i].tiles);
      g_assert_cmpint (appearance.busy, ==, appearance.look == LATCH_LOCK_LOOK_MOVING);
    }
}

static void
test_openers (void)
{
  static const struct
  {
    LatchLockState state;
    int mode;
    const char *title;
    const char *css_class;
    LatchLockAction primary;
    LatchLockAction tiles[2];
  } rows[] = {
    { LATCH_LOCK_STATE_ONLINE, 2, "Ready", "latch-locked", LATCH_LOCK_ACTION_OPEN,
      { LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_LOCK_ACTION_ACTIVATE_CM } },
    { LATCH_LOCK_STATE_RTO_ACTIVE, 2, "Ring to Open", "latch-open", LATCH_LOCK_ACTION_OPEN,
      { LATCH_LOCK_ACTION_DEACTIVATE_RTO, LATCH_LOCK_ACTION_ACTIVATE_CM } },
    { LATCH_LOCK_STATE_ONLINE, 3, "Continuous Mode", "latch-open", LATCH_LOCK_ACTION_OPEN,
      { LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_LOCK_ACTION_DEACTIVATE_CM } },
    { LATCH_LOCK_STATE_OPEN, 2, "Open", "latch-open", LATCH_LOCK_ACTION_OPEN,
      { LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_LOCK_ACTION_ACTIVATE_CM } },
    { LATCH_LOCK_STATE_OPENING, 2, "Opening…", "latch-moving", LATCH_LOCK_ACTION_OPEN,
      { LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_LOCK_ACTION_ACTIVATE_CM } },
    { LATCH_LOCK_STATE_UNTRAINED, 2, "Not Trained", "latch-unknown", LATCH_LOCK_ACTION_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      LatchLockFacts facts = opener_in_state (rows[i].state);
      LatchLockAppearance appearance;

      facts.mode = rows[i].mode;
      appearance = look_at (facts);

      g_assert_cmpstr (appearance.title, ==, rows[i].title);
      g_assert_cmpstr (latch_lock_look_get_css_class (appearance.look), ==, rows[i].css_class);
      g_assert_cmpint (appearance.primary_action, ==, rows[i].primary);
      g_assert_cmpint (appearance.tiles[0], ==, rows[i].tiles[0]);
      g_assert_cmpint (appearance.tiles[1], ==, rows[i].tiles[1]);
      g_assert_cmpint (appearance.tiles[2], ==, LATCH_LOCK_ACTION_NONE);
    }
}

static void
test_every_state_has_a_look (void)
{
  for (int state = LATCH_LOCK_STATE_UNCALIBRATED; state <= LATCH_LOCK_STATE_OPENING; state++)
    {
      LatchLockAppearance appearance = look_at (lock_in_state (state));

      if (state != LATCH_LOCK_STATE_UNDEFINED)
        g_assert_cmpint (appearance.look, !=, LATCH_LOCK_LOOK_UNKNOWN);
      g_assert_cmpstr (appearance.title, ==, latch_lock_state_get_text (state));
    }
}

static void
test_pending_shows_movement (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);
  LatchLockAppearance appearance;

  facts.pending_action = LATCH_LOCK_ACTION_UNLOCK;
  appearance = look_at (facts);

  g_assert_cmpint (appearance.look, ==, LATCH_LOCK_LOOK_MOVING);
  g_assert_cmpstr (appearance.title, ==, "Unlocking…");
  g_assert_true (appearance.busy);

  /* The lock is already on its way back */
  facts.state = LATCH_LOCK_STATE_UNLOCKED_LOCK_N_GO;
  facts.pending_action = LATCH_LOCK_ACTION_LOCK_N_GO;
  appearance = look_at (facts);
  g_assert_cmpint (appearance.look, ==, LATCH_LOCK_LOOK_LOCK_N_GO);
  g_assert_true (appearance.busy);

  facts.pending_action = LATCH_LOCK_ACTION_LOCK;
  appearance = look_at (facts);
  g_assert_cmpstr (appearance.title, ==, "Locking…");

  /* The lock moves otherwise than it was asked to */
  facts.state = LATCH_LOCK_STATE_UNLOCKING;
  appearance = look_at (facts);
  g_assert_cmpstr (appearance.title, ==, "Unlocking…");
}

static void
test_pending_switch_is_busy_only (void)
{
  LatchLockFacts facts = opener_in_state (LATCH_LOCK_STATE_ONLINE);
  LatchLockAppearance appearance;

  facts.pending_action = LATCH_LOCK_ACTION_ACTIVATE_RTO;
  appearance = look_at (facts);

  g_assert_cmpint (appearance.look, ==, LATCH_LOCK_LOOK_LOCKED);
  g_assert_true (appearance.busy);
}

static void
test_offline (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);
  LatchLockAppearance appearance;

  facts.offline = TRUE;
  appearance = look_at (facts);

  g_assert_cmpint (appearance.look, ==, LATCH_LOCK_LOOK_OFFLINE);
  g_assert_cmpstr (appearance.title, ==, "Offline");
  g_assert_nonnull (appearance.explanation);
  g_assert_cmpfloat (appearance.extension, ==, 1);
  g_assert_cmpint (appearance.primary_action, ==, LATCH_LOCK_ACTION_NONE);
  g_assert_true (appearance.primary_asks);
  g_assert_cmpint (appearance.tiles[0], ==, LATCH_LOCK_ACTION_NONE);
}

static void
test_bridge_down (void)
{
  static const LatchConnection connections[] = {
    LATCH_CONNECTION_UNREACHABLE,
    LATCH_CONNECTION_UNAUTHORIZED,
    LATCH_CONNECTION_NO_TOKEN,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_UNLOCKED);
      LatchLockAppearance appearance;

      facts.connection = connections[i];
      appearance = look_at (facts);

      g_assert_cmpint (appearance.look, ==, LATCH_LOCK_LOOK_OFFLINE);
      g_assert_cmpstr (appearance.title, ==, "Unknown");
      g_assert_cmpfloat (appearance.extension, ==, 0);
      g_assert_null (appearance.primary_label);
      g_assert_false (appearance.primary_asks);
    }
}

static void
test_busy_bridge_keeps_what_is_known (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);

  facts.connection = LATCH_CONNECTION_BUSY;
  g_assert_cmpint (look_at (facts).look, ==, LATCH_LOCK_LOOK_LOCKED);

  facts.stale = TRUE;
  g_assert_cmpint (look_at (facts).look, ==, LATCH_LOCK_LOOK_OFFLINE);
}

static void
test_not_yet_confirmed (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);
  LatchLockAppearance appearance;

  facts.stale = TRUE;
  facts.connection = LATCH_CONNECTION_UNKNOWN;
  appearance = look_at (facts);

  g_assert_cmpint (appearance.look, ==, LATCH_LOCK_LOOK_UNKNOWN);
  g_assert_cmpstr (appearance.title, ==, "Checking…");
  g_assert_cmpfloat (appearance.extension, ==, 1);
  g_assert_null (appearance.primary_label);

  facts.connection = LATCH_CONNECTION_CONNECTED;
  appearance = look_at (facts);
  g_assert_cmpstr (appearance.title, ==, "Unknown");
  g_assert_true (appearance.primary_asks);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lock-appearance/states-follow-the-design", test_states);
  g_test_add_func ("/lock-appearance/openers-have-their-own", test_openers);
  g_test_add_func ("/lock-appearance/every-state-has-a-look", test_every_state_has_a_look);
  g_test_add_func ("/lock-appearance/pending/shows-the-movement", test_pending_shows_movement);
  g_test_add_func ("/lock-appearance/pending/a-switch-only-waits", test_pending_switch_is_busy_only);
  g_test_add_func ("/lock-appearance/offline/only-asks-again", test_offline);
  g_test_add_func ("/lock-appearance/bridge-down/offers-nothing", test_bridge_down);
  g_test_add_func ("/lock-appearance/bridge-busy/keeps-what-is-known", test_busy_bridge_keeps_what_is_known);
  g_test_add_func ("/lock-appearance/stale/is-never-shown-as-a-fact", test_not_yet_confirmed);

  return g_test_run ();
}
