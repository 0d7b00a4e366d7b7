/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-alert-text.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

#define assert_text(call, expected)                                                                                    \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *said = call;                                                                                      \
    g_assert_cmpstr (said, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static void
test_each_kind (void)
{
  static const struct
  {
    LatchAlertKind kind;
    const char *title;
    const char *body;
  } rows[] = {
    { LATCH_ALERT_KIND_RING, "Somebody rings at Front Door", NULL },
    { LATCH_ALERT_KIND_BLOCKED, "Front Door: motor blocked", "The bolt may not be fully out" },
    { LATCH_ALERT_KIND_SENSOR_REMOVED, "Front Door: door sensor removed",
      "Nightlatch cannot tell whether the door is open" },
    { LATCH_ALERT_KIND_DOOR_OPEN, "Front Door is open", "For 10 minutes" },
    { LATCH_ALERT_KIND_UNLOCKED, "Front Door is still unlocked", "For 10 minutes" },
    { LATCH_ALERT_KIND_BATTERY, "Front Door: battery low", "Replace soon" },
    { LATCH_ALERT_KIND_KEYPAD_BATTERY, "Front Door: battery of the keypad low", "Replace soon" },
    { LATCH_ALERT_KIND_UNREACHABLE, "“Front Door” cannot be reached", "For 10 minutes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      assert_text (latch_alert_text_title (rows[i].kind, "Front Door"), rows[i].title);
      assert_text (latch_alert_text_body (rows[i].kind, 10 * MINUTE), rows[i].body);
      g_assert_nonnull (latch_alert_text_category (rows[i].kind));
    }
}

static void
test_names (void)
{
  assert_text (latch_alert_text_title (LATCH_ALERT_KIND_UNLOCKED, "50% <b>%s"), "50% <b>%s is still unlocked");
}

static void
test_durations (void)
{
  assert_text (latch_alert_text_duration (-5), "Just now");
  assert_text (latch_alert_text_duration (MINUTE - 1), "Just now");
  assert_text (latch_alert_text_duration (MINUTE), "For 1 minute");
  assert_text (latch_alert_text_duration (2 * HOUR - 1), "For 119 minutes");
  assert_text (latch_alert_text_duration (2 * HOUR), "For 2 hours");
  assert_text (latch_alert_text_duration (2 * DAY - 1), "For 47 hours");
  assert_text (latch_alert_text_duration (3 * DAY), "For 3 days");
}

static void
test_buttons (void)
{
  for (int kind = 0; kind < LATCH_N_ALERT_KINDS; kind++)
    {
      const char *button = latch_alert_text_button (kind, FALSE, LATCH_DOOR_STATE_CLOSED);
      gboolean locks = kind == LATCH_ALERT_KIND_UNLOCKED || kind == LATCH_ALERT_KIND_BLOCKED;

      g_assert_cmpstr (button, ==, locks ? "Lock" : NULL);
      g_assert_null (latch_alert_text_button (kind, TRUE, LATCH_DOOR_STATE_OPEN));
    }

  g_assert_cmpstr (latch_alert_text_button (LATCH_ALERT_KIND_BLOCKED, TRUE, LATCH_DOOR_STATE_NONE), ==, "Try Again");
  g_assert_cmpstr (latch_alert_text_button (LATCH_ALERT_KIND_UNLOCKED, TRUE, LATCH_DOOR_STATE_NONE), ==, "Lock");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-text/says-what-is-the-matter", test_each_kind);
  g_test_add_func ("/alert-text/names-are-no-formats", test_names);
  g_test_add_func ("/alert-text/durations-are-rounded-down", test_durations);
  g_test_add_func ("/alert-text/buttons-lock-and-nothing-else", test_buttons);

  return g_test_run ();
}
