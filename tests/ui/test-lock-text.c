/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-caution.h"
#include "latch-lock-text.h"

#include <locale.h>

/* 2026-11-22 18:30:00 UTC; tests run in that zone */
#define NOW G_GINT64_CONSTANT (1795372200)
#define MINUTE 60

#define assert_text(call, expected)                                                                                    \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *said = call;                                                                                      \
    g_assert_cmpstr (said, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static LatchLockFacts
lock_in_state (LatchLockState state)
{
  LatchLockFacts facts = LATCH_LOCK_FACTS_INIT;

  facts.state = state;
  facts.changed_at = NOW - 28 * MINUTE;
  facts.confirmed_at = NOW - 2 * MINUTE;
  return facts;
}

static void
test_caption_of_states (void)
{
  static const struct
  {
    LatchLockState state;
    const char *caption;
  } rows[] = {
    { LATCH_LOCK_STATE_LOCKED, "Locked · 28 min ago" },
    { LATCH_LOCK_STATE_UNLOCKED, "Unlocked · 28 min ago" },
    { LATCH_LOCK_STATE_LOCKING, "Locking…" },
    { LATCH_LOCK_STATE_MOTOR_BLOCKED, "Motor blocked" },
    { LATCH_LOCK_STATE_UNCALIBRATED, "Not calibrated" },
    { LATCH_LOCK_STATE_UNDEFINED, "Unknown" },
    { LATCH_LOCK_STATE_RTO_ACTIVE, "Ring to open · 28 min ago" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      LatchLockFacts facts = lock_in_state (rows[i].state);

      assert_text (latch_lock_text_caption (&facts, NOW), rows[i].caption);
    }
}

/* A bolt that is out keeps no open door shut: nobody is to read that as locked */
static void
test_ajar (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);
  LatchLockAppearance appearance;

  facts.door_open = TRUE;
  latch_lock_appearance_init (&appearance, &facts);
  g_assert_cmpstr (appearance.title, ==, "Locked, Door Open");
  g_assert_cmpstr (latch_lock_look_get_css_class (appearance.look), ==, "latch-open");
  g_assert_cmpint (appearance.primary_action, ==, LATCH_LOCK_ACTION_UNLOCK);
  assert_text (latch_lock_text_caption (&facts, NOW), "Locked, door open · 28 min ago");
  assert_text (latch_lock_text_dial_label (&facts, "Front Door"), "Front Door: locked, but the door is open");

  /* Unlocked is what it was before, too */
  facts.state = LATCH_LOCK_STATE_UNLOCKED;
  assert_text (latch_lock_text_caption (&facts, NOW), "Unlocked · 28 min ago");
}

static void
test_caption_without_a_change (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);

  facts.changed_at = 0;
  assert_text (latch_lock_text_caption (&facts, NOW), "Locked");
}

static void
test_caption_with_low_battery (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);

  facts.battery_critical = LATCH_TRISTATE_YES;
  assert_text (latch_lock_text_caption (&facts, NOW), "Locked · Battery low");

  facts.state = LATCH_LOCK_STATE_MOTOR_BLOCKED;
  assert_text (latch_lock_text_caption (&facts, NOW), "Motor blocked");
}

static void
test_caption_when_nobody_knows (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);

  facts.connection = LATCH_CONNECTION_UNREACHABLE;
  assert_text (latch_lock_text_caption (&facts, NOW), "Was locked 2 min ago");

  facts.confirmed_at = 0;
  assert_text (latch_lock_text_caption (&facts, NOW), "Unknown");

  facts.connection = LATCH_CONNECTION_CONNECTED;
  facts.offline = TRUE;
  assert_text (latch_lock_text_caption (&facts, NOW), "Offline");
}

static void
test_continuous_mode (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_ONLINE);

  facts.opener = TRUE;
  facts.mode = 3;
  assert_text (latch_lock_text_caption (&facts, NOW), "Continuous mode · 28 min ago");
  assert_text (latch_lock_text_dial_label (&facts, "Main Entrance"), "Main Entrance: continuous mode");
}

static void
test_subtitle (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);

  assert_text (latch_lock_text_subtitle (&facts, NOW), "Since 18:02");

  facts.changed_at = 0;
  assert_text (latch_lock_text_subtitle (&facts, NOW), "Updated 2 min ago");

  facts.stale = TRUE;
  facts.confirmed_at = NOW - 12 * MINUTE;
  assert_text (latch_lock_text_subtitle (&facts, NOW), "Last seen locked 12 min ago");

  facts.state = LATCH_LOCK_STATE_UNKNOWN;
  assert_text (latch_lock_text_subtitle (&facts, NOW), NULL);
}

static void
test_what_was_seen_before_a_command (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);

  facts.confirmed_at = NOW;
  facts.stale = TRUE;
  facts.in_doubt = TRUE;
  assert_text (latch_lock_text_subtitle (&facts, NOW), "Last seen locked before the command");
  assert_text (latch_lock_text_caption (&facts, NOW), "Was locked before the command");
}

static void
test_subtitle_while_waiting (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);

  facts.pending_action = LATCH_LOCK_ACTION_UNLOCK;
  facts.pending_since = NOW - LATCH_LOCK_SLOW_SECONDS + 1;
  assert_text (latch_lock_text_subtitle (&facts, NOW), "Waiting for the lock to finish");

  facts.pending_since = NOW - LATCH_LOCK_SLOW_SECONDS;
  assert_text (latch_lock_text_subtitle (&facts, NOW), "This takes longer than usual");
}

static void
test_labels (void)
{
  LatchLockFacts facts = lock_in_state (LATCH_LOCK_STATE_LOCKED);

  assert_text (latch_lock_text_dial_label (&facts, "Front Door"), "Front Door: locked");
  assert_text (latch_lock_text_row_label (&facts, "Front Door", NULL), "Front Door, locked");

  facts.battery_critical = LATCH_TRISTATE_YES;
  assert_text (latch_lock_text_row_label (&facts, "Back Door", "Home"), "Back Door, locked, battery low, on Home");

  facts.stale = TRUE;
  assert_text (latch_lock_text_dial_label (&facts, "Front Door"), "Front Door: was locked");

  facts.offline = TRUE;
  assert_text (latch_lock_text_dial_label (&facts, "Front Door"), "Front Door: offline");
}

static void
test_battery (void)
{
  assert_text (latch_lock_text_battery (LATCH_TRISTATE_NO, LATCH_TRISTATE_UNKNOWN, -1), "OK");
  assert_text (latch_lock_text_battery (LATCH_TRISTATE_YES, LATCH_TRISTATE_UNKNOWN, -1), "Low. Replace soon.");
  assert_text (latch_lock_text_battery (LATCH_TRISTATE_YES, LATCH_TRISTATE_NO, 12), "Low, 12%. Replace soon.");
  assert_text (latch_lock_text_battery (LATCH_TRISTATE_NO, LATCH_TRISTATE_NO, 85), "85%");
  assert_text (latch_lock_text_battery (LATCH_TRISTATE_NO, LATCH_TRISTATE_YES, 85), "85%, charging");
  assert_text (latch_lock_text_battery (LATCH_TRISTATE_UNKNOWN, LATCH_TRISTATE_UNKNOWN, -1), NULL);
}

static void
test_actions (void)
{
  assert_text (latch_lock_text_question (LATCH_LOCK_ACTION_UNLATCH, "Front Door"), "Open “Front Door”?");
  g_assert_cmpstr (latch_lock_text_question_body (LATCH_LOCK_ACTION_UNLATCH), ==,
                   "The latch is pulled and the door can be pushed open.");
  assert_text (latch_lock_text_failure (LATCH_LOCK_ACTION_UNLOCK, "Front Door"), "Could not unlock Front Door");

  for (int action = LATCH_LOCK_ACTION_UNLOCK; action <= LATCH_LOCK_ACTION_DEACTIVATE_CM; action++)
    {
      g_autofree char *label = latch_lock_text_action_label (action, "Front Door");
      g_autofree char *failure = latch_lock_text_failure (action, "Front Door");
      g_autofree char *question = latch_lock_text_question (action, "Front Door");

      g_assert_nonnull (strstr (label, "Front Door"));
      g_assert_nonnull (strstr (failure, "Front Door"));
      if (latch_caution_for (action, LATCH_DOOR_STATE_NONE) != LATCH_CAUTION_NONE)
        {
          g_assert_nonnull (question);
          g_assert_nonnull (latch_lock_text_question_body (action));
        }
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lock-text/locked-with-the-door-open", test_ajar);
  g_test_add_func ("/lock-text/caption/says-state-and-age", test_caption_of_states);
  g_test_add_func ("/lock-text/caption/has-no-age-where-no-change-was-seen", test_caption_without_a_change);
  g_test_add_func ("/lock-text/caption/problems-come-first", test_caption_with_low_battery);
  g_test_add_func ("/lock-text/caption/the-past-is-called-the-past", test_caption_when_nobody_knows);
  g_test_add_func ("/lock-text/continuous-mode-has-its-own-words", test_continuous_mode);
  g_test_add_func ("/lock-text/subtitle/says-since-when", test_subtitle);
  g_test_add_func ("/lock-text/what-was-seen-before-a-command-has-no-age", test_what_was_seen_before_a_command);
  g_test_add_func ("/lock-text/subtitle/says-what-we-wait-for", test_subtitle_while_waiting);
  g_test_add_func ("/lock-text/labels-say-all-that-is-seen", test_labels);
  g_test_add_func ("/lock-text/battery/says-no-more-than-the-bridge", test_battery);
  g_test_add_func ("/lock-text/actions/name-the-lock", test_actions);

  return g_test_run ();
}
