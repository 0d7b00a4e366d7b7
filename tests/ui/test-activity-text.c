/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-activity-text.h"

#include <locale.h>

/* 2026-11-22 18:30:00 UTC; tests run in that zone */
#define NOW G_GINT64_CONSTANT (1795372200)
#define UNKNOWN LATCH_EVENT_VALUE_UNKNOWN
#define SEEN LATCH_EVENT_CAUSE_SEEN

static LatchEvent *
make_event (LatchEventKind kind, int device_type, gint64 from, gint64 to, LatchEventCause cause)
{
  LatchEvent *event = latch_event_new (kind, "one", 7, device_type);

  event->at = NOW;
  event->from = from;
  event->to = to;
  event->cause = cause;

  return event;
}

static void
assert_told (LatchEventKind kind, int device_type, gint64 from, gint64 to, const char *title, const char *subtitle)
{
  g_autoptr (LatchEvent) event = make_event (kind, device_type, from, to, SEEN);
  g_autofree char *told = latch_activity_text_subtitle (event, NULL);
  LatchActivityText text;

  latch_activity_text_init (&text, event);
  g_assert_cmpstr (text.title, ==, title);
  g_assert_cmpstr (told, ==, subtitle);
  g_assert_true (text.icon_name || latch_lock_look_get_icon_name (text.look, text.opener));
}

static void
test_locks (void)
{
  assert_told (LATCH_EVENT_STATE, 0, 3, 1, "Locked", "");
  assert_told (LATCH_EVENT_STATE, 0, UNKNOWN, 3, "Unlocked", "");
  assert_told (LATCH_EVENT_STATE, 4, 3, 5, "Unlatched", "");
  assert_told (LATCH_EVENT_STATE, 4, 3, 254, "Motor blocked", "While locking");
  assert_told (LATCH_EVENT_STATE, 4, 5, 254, "Motor blocked", "While locking");
  assert_told (LATCH_EVENT_STATE, 4, 1, 254, "Motor blocked", "While unlocking");
  assert_told (LATCH_EVENT_STATE, 4, UNKNOWN, 254, "Motor blocked", "");
  assert_told (LATCH_EVENT_STATE, 4, 1, 0, "Not calibrated", "");
  assert_told (LATCH_EVENT_STATE, 4, 1, 99, "State unknown", "");
}

/* Both of its states are called unlocked elsewhere */
static void
test_lock_n_go (void)
{
  assert_told (LATCH_EVENT_STATE, 4, 3, 6, "Lock ’n’ Go", "Unlocked, locks again by itself");
  assert_told (LATCH_EVENT_STATE, 4, 6, 3, "Stays unlocked", "");
}

static void
test_openers (void)
{
  assert_told (LATCH_EVENT_STATE, 2, 1, 3, "Ring to open turned on", "");
  assert_told (LATCH_EVENT_STATE, 2, 3, 1, "Ring to open turned off", "");
  assert_told (LATCH_EVENT_STATE, 2, 1, 5, "Opened", "");
  assert_told (LATCH_EVENT_STATE, 2, 5, 1, "Ready", "");
  assert_told (LATCH_EVENT_MODE, 2, 2, 3, "Continuous mode turned on", "");
  assert_told (LATCH_EVENT_MODE, 2, 3, 2, "Continuous mode turned off", "");
  assert_told (LATCH_EVENT_RING, 2, UNKNOWN, NOW, "Somebody rang", "");
}

static void
test_others (void)
{
  assert_told (LATCH_EVENT_DOOR, 4, 2, 3, "Door opened", "");
  assert_told (LATCH_EVENT_DOOR, 4, 3, 2, "Door closed", "");
  assert_told (LATCH_EVENT_DOOR, 4, 3, 240, "Door sensor removed", "");
  assert_told (LATCH_EVENT_BATTERY, 4, 0, 1, "Battery low", "");
  assert_told (LATCH_EVENT_BATTERY, 4, 1, 0, "Battery good again", "");
  assert_told (LATCH_EVENT_KEYPAD_BATTERY, 4, 0, 1, "Keypad battery low", "");
  assert_told (LATCH_EVENT_GAP, 4, NOW - 60, NOW, "Not watched", "");
  assert_told ((LatchEventKind) 99, 4, 1, 2, "Something else", "");
}

/* Nothing is said of who did it unless it was done from here */
static void
test_causes (void)
{
  const struct
  {
    LatchEventCause cause;
    const char *alone;
    const char *with_lock;
  } causes[] = {
    { LATCH_EVENT_CAUSE_SEEN, "", "Front Door" },
    { LATCH_EVENT_CAUSE_THIS_COMPUTER, "From this computer", "Front Door · From this computer" },
    { LATCH_EVENT_CAUSE_COMMAND_LINE, "From the command line", "Front Door · From the command line" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      g_autoptr (LatchEvent) event = make_event (LATCH_EVENT_STATE, 4, 3, 1, causes[i].cause);
      g_autofree char *alone = latch_activity_text_subtitle (event, NULL);
      g_autofree char *with_lock = latch_activity_text_subtitle (event, "Front Door");

      g_assert_cmpstr (alone, ==, causes[i].alone);
      g_assert_cmpstr (with_lock, ==, causes[i].with_lock);
    }
}

static void
test_times (void)
{
  g_autoptr (LatchEvent) change = make_event (LATCH_EVENT_STATE, 4, 3, 1, SEEN);
  g_autoptr (LatchEvent) gap = make_event (LATCH_EVENT_GAP, 4, NOW - 3600, NOW, SEEN);
  g_autofree char *of_change = latch_activity_text_time (change);
  g_autofree char *of_gap = latch_activity_text_time (gap);

  g_assert_cmpstr (of_change, ==, "18:30");
  g_assert_cmpstr (of_gap, ==, "17:30 – 18:30");
}

static void
test_durations (void)
{
  static const char *const expected[][2] = {
    { "Locked 2 h", "Ready 2 h" },     { "Unlocked 2 h", "Let in whoever rang 2 h" }, { "Blocked 2 h", "Blocked 2 h" },
    { "Unknown 2 h", "Unknown 2 h" }, { "Not watched 2 h", "Not watched 2 h" },
  };

  for (guint i = 0; i < LATCH_DAY_FUTURE; i++)
    for (guint opener = 0; opener < 2; opener++)
      {
        g_autofree char *text = latch_activity_text_duration (i, opener, 7200);

        g_assert_cmpstr (text, ==, expected[i][opener]);
      }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/activity-text/locks", test_locks);
  g_test_add_func ("/activity-text/lock-n-go-has-words-of-its-own", test_lock_n_go);
  g_test_add_func ("/activity-text/openers", test_openers);
  g_test_add_func ("/activity-text/others", test_others);
  g_test_add_func ("/activity-text/causes-only-where-known", test_causes);
  g_test_add_func ("/activity-text/times", test_times);
  g_test_add_func ("/activity-text/durations", test_durations);

  return g_test_run ();
}
