/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-text.h"
#include "latch-error.h"

static void
test_each_connection (void)
{
  static const struct
  {
    LatchConnection connection;
    const char *text;
    const char *banner;
    const char *button;
  } expected[] = {
    { LATCH_CONNECTION_UNKNOWN, "Connecting…", NULL, NULL },
    { LATCH_CONNECTION_CONNECTED, "Connected", NULL, NULL },
    { LATCH_CONNECTION_UNREACHABLE, "Cannot be reached", "The bridge “Home” cannot be reached", "Try Again" },
    { LATCH_CONNECTION_UNAUTHORIZED, "Access refused", "“Home” no longer accepts this computer", "Pair Again" },
    { LATCH_CONNECTION_BUSY, "Busy", "The bridge “Home” is busy with something else", "Try Again" },
    { LATCH_CONNECTION_NO_TOKEN, "Not paired", "There is no token for “Home”", "Pair Again" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      LatchConnection connection = expected[i].connection;
      g_autofree char *banner = latch_bridge_text_banner (connection, NULL, FALSE, "Home");

      g_assert_cmpstr (latch_bridge_text_connection (connection, NULL), ==, expected[i].text);
      g_assert_cmpstr (banner, ==, expected[i].banner);
      g_assert_cmpstr (latch_bridge_text_remedy_label (latch_bridge_text_remedy (connection, NULL)), ==,
                       expected[i].button);
      g_assert_cmpint (latch_bridge_text_is_problem (connection), ==, expected[i].button != NULL);
    }
}

static void
test_wrong_clock (void)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG, "The long story");
  g_autofree char *banner = latch_bridge_text_banner (LATCH_CONNECTION_UNAUTHORIZED, error, FALSE, "Home");

  g_assert_cmpstr (banner, ==, "Home: The long story");
  g_assert_cmpstr (latch_bridge_text_connection (LATCH_CONNECTION_UNAUTHORIZED, error), ==, "Clock is wrong");
  g_assert_cmpint (latch_bridge_text_remedy (LATCH_CONNECTION_UNAUTHORIZED, error), ==, LATCH_BRIDGE_REMEDY_TRY_AGAIN);
}

/* Whoever gets an answer looks for its reason, not for the plug */
static void
test_wrong_answer (void)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_MALFORMED, "The long story");
  g_autofree char *banner = latch_bridge_text_banner (LATCH_CONNECTION_UNREACHABLE, error, FALSE, "Home");

  g_assert_cmpstr (banner, ==, "The bridge “Home” answers, but not as it should");
  g_assert_cmpstr (latch_bridge_text_connection (LATCH_CONNECTION_UNREACHABLE, error), ==, "Unusable answers");
  g_assert_cmpint (latch_bridge_text_remedy (LATCH_CONNECTION_UNREACHABLE, error), ==, LATCH_BRIDGE_REMEDY_TRY_AGAIN);
}

static void
test_refused_token (void)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED, "The long story");
  g_autofree char *banner = latch_bridge_text_banner (LATCH_CONNECTION_UNAUTHORIZED, error, FALSE, "Home");

  g_assert_cmpstr (banner, ==, "“Home” no longer accepts this computer");
  g_assert_cmpint (latch_bridge_text_remedy (LATCH_CONNECTION_UNAUTHORIZED, error), ==, LATCH_BRIDGE_REMEDY_PAIR_AGAIN);
}

static void
test_no_keyring (void)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_NO_TOKEN, "There is no keyring");
  g_autofree char *banner = latch_bridge_text_banner (LATCH_CONNECTION_NO_TOKEN, error, FALSE, "Home");

  g_assert_cmpstr (banner, ==, "Home: There is no keyring");
}

/* Where the reason has a place of its own */
static void
test_problems_in_few_words (void)
{
  g_autoptr (GError) clock = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG, "The long story");
  g_autoptr (GError) token = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_NO_TOKEN, "The long story");
  g_autofree char *wrong = latch_bridge_text_problem (LATCH_CONNECTION_UNAUTHORIZED, clock, "Home");
  g_autofree char *missing = latch_bridge_text_problem (LATCH_CONNECTION_NO_TOKEN, token, "Home");
  g_autofree char *nothing = latch_bridge_text_problem (LATCH_CONNECTION_CONNECTED, NULL, "Home");

  g_assert_cmpstr (wrong, ==, "The clock of “Home” is wrong");
  g_assert_cmpstr (missing, ==, "There is no token for “Home”");
  g_assert_null (nothing);
}

static void
test_a_problem_goes_before_a_notice (void)
{
  g_autofree char *notice = latch_bridge_text_banner (LATCH_CONNECTION_CONNECTED, NULL, TRUE, "Home");
  g_autofree char *problem = latch_bridge_text_banner (LATCH_CONNECTION_UNREACHABLE, NULL, TRUE, "Home");

  g_assert_cmpstr (notice, ==, "There is no keyring, so “Home” has to be paired again next time");
  g_assert_cmpstr (problem, ==, "The bridge “Home” cannot be reached");
}

static void
test_signals (void)
{
  static const struct
  {
    int rssi;
    const char *text;
    int bars;
  } expected[] = {
    { 0, NULL, 0 },
    { -1, "Strong signal", 4 },
    { -60, "Strong signal", 4 },
    { -61, "Good signal", 3 },
    { -72, "Good signal", 3 },
    { -73, "Fair signal", 2 },
    { -82, "Fair signal", 2 },
    { -83, "Weak signal", 1 },
    { G_MININT, "Weak signal", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpstr (latch_bridge_text_signal (expected[i].rssi), ==, expected[i].text);
      g_assert_cmpint (latch_bridge_text_signal_bars (expected[i].rssi), ==, expected[i].bars);
    }
}

static void
test_measured_signals (void)
{
  static const struct
  {
    int rssi;
    const char *text;
    const char *spoken;
  } expected[] = {
    { 0, "Signal not measured", NULL },
    { -58, "Strong · −58 dBm", "Strong signal, minus 58 decibel milliwatts" },
    { -67, "Good · −67 dBm", "Good signal, minus 67 decibel milliwatts" },
    { -79, "Fair · −79 dBm", "Fair signal, minus 79 decibel milliwatts" },
    { -88, "Weak · −88 dBm", "Weak signal, minus 88 decibel milliwatts" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = latch_bridge_text_signal_measured (expected[i].rssi);
      g_autofree char *spoken = latch_bridge_text_signal_spoken (expected[i].rssi);

      g_assert_cmpstr (text, ==, expected[i].text);
      g_assert_cmpstr (spoken, ==, expected[i].spoken);
    }
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *host;
    guint16 port;
    const char *text;
  } expected[] = {
    { "192.168.1.50", 8080, "192.168.1.50" },
    { "192.168.1.50", 8081, "192.168.1.50:8081" },
    { "fd00::1", 8080, "fd00::1" },
    { "fd00::1", 8081, "[fd00::1]:8081" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (LatchClient) client = latch_client_new (expected[i].host, expected[i].port);
      g_autoptr (LatchBridge) bridge = latch_bridge_new ("1", "Home", client);
      g_autofree char *text = latch_bridge_text_address (bridge);

      g_assert_cmpstr (text, ==, expected[i].text);
    }
}

/* Who has no name for us has one of its own, or a number */
static void
test_device_names (void)
{
  g_autoptr (LatchDeviceInRange) device = latch_device_in_range_new (11606610, 0);
  LatchScanResult scan = { .nuki_id = 11606610, .name = (char *) "Nuki_Opener_00B11A52" };
  g_autofree char *number = latch_bridge_text_device_name (device);
  g_autofree char *name = NULL;

  latch_device_in_range_apply (device, &scan);
  name = latch_bridge_text_device_name (device);
  g_assert_cmpstr (number, ==, "Nuki_00B11A52");
  g_assert_cmpstr (name, ==, "Nuki_Opener_00B11A52");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bridge-text/each-connection", test_each_connection);
  g_test_add_func ("/bridge-text/wrong-clock-is-no-revoked-token", test_wrong_clock);
  g_test_add_func ("/bridge-text/wrong-answer-is-no-silence", test_wrong_answer);
  g_test_add_func ("/bridge-text/revoked-token-is-no-wrong-clock", test_refused_token);
  g_test_add_func ("/bridge-text/missing-keyring-is-not-blamed-for-a-token", test_no_keyring);
  g_test_add_func ("/bridge-text/problems-in-few-words", test_problems_in_few_words);
  g_test_add_func ("/bridge-text/a-problem-goes-before-a-notice", test_a_problem_goes_before_a_notice);
  g_test_add_func ("/bridge-text/signals", test_signals);
  g_test_add_func ("/bridge-text/measured-signals", test_measured_signals);
  g_test_add_func ("/bridge-text/addresses", test_addresses);
  g_test_add_func ("/bridge-text/device-names", test_device_names);

  return g_test_run ();
}
