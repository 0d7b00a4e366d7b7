/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-fact.h"
#include "latch-bridge-report.h"
#include "latch-error.h"
#include "latch-test-locks.h"

#define TOKEN "s3cretT0ken"

static const LatchTestLock lock = { "Front Door", LATCH_LOCK_STATE_LOCKED };

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A connected bridge that said @json of itself */
static LatchBridge *
bridge_new (const char *json)
{
  LatchBridge *bridge = latch_test_bridge_new ("1", "Home", &lock, 1, get_now ());

  if (json)
    latch_test_bridge_tell (bridge, json);

  return bridge;
}

/* All facts, as “Type: Hardware bridge” and so on; “+” before what is good, “!” before what is not */
static void
assert_facts (LatchBridge *bridge, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < LATCH_BRIDGE_N_FACTS; i++)
    {
      g_auto (LatchBridgeFact) fact = { 0 };

      if (!latch_bridge_fact_init (&fact, i, bridge))
        continue;
      g_string_append_printf (text, "%s%s: %s", fact.tone == LATCH_TONE_GOOD ? "+" : fact.tone == LATCH_TONE_WARNING ? "!" : "",
                              fact.title, fact.value);
      if (fact.detail)
        g_string_append_printf (text, " = %s", fact.detail);
      g_string_append_c (text, '\n');
      g_assert_cmpint (fact.is_id, ==, fact.detail != NULL);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_modern (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new (LATCH_TEST_INFO_MODERN);

  assert_facts (bridge, "Type: Hardware bridge\nFirmware: 2.18.0\nWi-Fi Firmware: 2.4.0\nRunning For: 12 days 4 h\n"
                        "+Nuki Server: Connected\n+Wi-Fi: Connected\nServer ID: 7E3814AB = 2117604523\n"
                        "Hardware ID: 00BC614E = 12345678\n");
}

static void
test_old (void)
{
  g_autoptr (LatchBridge) bridge =
      bridge_new ("{\"bridgeType\":1,\"ids\":{\"hardwareId\":12345678,\"serverId\":12345678},\"versions\":{"
                  "\"firmwareVersion\":\"0.1.0\",\"wifiFirmwareVersion\":\"0.2.0\"},\"uptime\":120,"
                  "\"serverConnected\":false,\"scanResults\":[]}");

  assert_facts (bridge, "Type: Hardware bridge\nFirmware: 0.1.0\nWi-Fi Firmware: 0.2.0\nRunning For: 2 min\n"
                        "!Nuki Server: Not connected\nServer ID: 00BC614E = 12345678\nHardware ID: 00BC614E = 12345678\n");
}

static void
test_software (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ("{\"bridgeType\":2,\"ids\":{\"serverId\":2117604523},\"versions\":{"
                                               "\"appVersion\":\"1.4.0\"},\"uptime\":30,\"serverConnected\":true}");

  assert_facts (bridge, "Type: Software bridge\nApp Version: 1.4.0\nRunning For: Less than a minute\n"
                        "+Nuki Server: Connected\nServer ID: 7E3814AB = 2117604523\n");
}

static void
test_next_to_nothing (void)
{
  g_autoptr (LatchBridge) silent = bridge_new (NULL);
  g_autoptr (LatchBridge) bridge = bridge_new ("{\"bridgeType\":7,\"uptime\":60}");

  assert_facts (silent, "");
  assert_facts (bridge, "Running For: 1 min\n");
}

static void
assert_clock (gint64 offset, const char *expected)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_utc (get_now () + offset);
  g_autofree char *time = g_date_time_format (then, "%Y-%m-%dT%H:%M:%S+00:00");
  g_autofree char *json = g_strdup_printf ("{\"bridgeType\":1,\"currentTime\":\"%s\"}", time);
  g_autofree char *facts = g_strconcat ("Type: Hardware bridge\n", expected, NULL);
  g_autoptr (LatchBridge) bridge = bridge_new (json);

  assert_facts (bridge, facts);
}

static void
test_clock (void)
{
  assert_clock (0, "+Clock: In sync\n");
  assert_clock (-25, "+Clock: In sync\n");
  assert_clock (150, "!Clock: 2 min ahead\n");
  assert_clock (-250, "!Clock: 4 min behind\n");
}

/* A tick is a promise */
static void
test_what_may_be_over (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new (LATCH_TEST_INFO_MODERN);

  latch_test_bridge_fail (bridge, LATCH_ERROR_UNREACHABLE);
  assert_facts (bridge, "Type: Hardware bridge\nFirmware: 2.18.0\nWi-Fi Firmware: 2.4.0\nRunning For: 12 days 4 h\n"
                        "Nuki Server: Connected\nWi-Fi: Connected\nServer ID: 7E3814AB = 2117604523\n"
                        "Hardware ID: 00BC614E = 12345678\n");
}

static void
test_lengths (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } expected[] = {
    { 0, "Less than a minute" }, { 59, "Less than a minute" }, { 60, "1 min" },         { 3599, "59 min" },
    { 3600, "1 h 0 min" },       { 86399, "23 h 59 min" },     { 86400, "1 day 0 h" }, { 2 * 86400 + 7200, "2 days 2 h" },
    { G_MAXINT64, "2147483647 days 15 h" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = latch_bridge_fact_uptime_text (expected[i].seconds);

      g_assert_cmpstr (text, ==, expected[i].text);
    }
}

static void
test_offsets (void)
{
  static const struct
  {
    gint64 offset;
    const char *text;
  } expected[] = {
    { 29, "In sync" },         { -29, "In sync" },          { 30, "30 s ahead" },        { -59, "59 s behind" },
    { 60, "1 min ahead" },     { -3599, "59 min behind" },  { 3600, "1 h ahead" },       { -86399, "23 h behind" },
    { 86400, "1 day ahead" }, { -86400, "1 day behind" }, { 9 * 86400, "9 days ahead" }, { -9 * 86400, "9 days behind" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = latch_bridge_fact_clock_text (expected[i].offset);

      g_assert_cmpstr (text, ==, expected[i].text);
    }
}

static void
test_report (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new (LATCH_TEST_INFO_MODERN);
  g_autofree char *report = NULL;

  latch_client_set_token (latch_bridge_get_client (bridge), TOKEN);
  report = latch_bridge_report_new (bridge, get_now ());
  g_assert_cmpstr (report, ==,
                   "Home\nStatus: Connected\nChecked just now\nAddress: 192.168.1.50\nType: Hardware bridge\n"
                   "Firmware: 2.18.0\nWi-Fi Firmware: 2.4.0\nRunning For: 12 days 4 h\nNuki Server: Connected\n"
                   "Wi-Fi: Connected\nServer ID: 7E3814AB (2117604523)\nHardware ID: 00BC614E (12345678)\n\n"
                   "Devices in Range\nFront Door (00000001, 1): Strong · −58 dBm · Paired\n"
                   "Nuki_00B11A52 (00B11A52, 11606610): Weak · −88 dBm · Not paired\n"
                   "\nNightlatch " PACKAGE_VERSION "\n");
  g_assert_null (strstr (report, TOKEN));
}

static void
test_report_of_trouble (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ("{\"bridgeType\":1,\"scanResults\":[]}");
  g_autofree char *report = NULL;

  latch_test_bridge_fail (bridge, LATCH_ERROR_UNREACHABLE);
  report = latch_bridge_report_new (bridge, get_now () + 300);
  g_assert_cmpstr (report, ==,
                   "Home\nStatus: Cannot be reached\nReason: It does not answer\nLast answer 5 min ago\n"
                   "Address: 192.168.1.50\nType: Hardware bridge\nUpdated 5 min ago\n\nDevices in Range\n"
                   "No Devices in Range\n\nNightlatch " PACKAGE_VERSION "\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bridge-fact/later-bridges-tell-more", test_modern);
  g_test_add_func ("/bridge-fact/early-bridges-tell-less", test_old);
  g_test_add_func ("/bridge-fact/software-bridges-are-apps", test_software);
  g_test_add_func ("/bridge-fact/what-is-not-told-is-not-there", test_next_to_nothing);
  g_test_add_func ("/bridge-fact/clocks", test_clock);
  g_test_add_func ("/bridge-fact/nothing-is-good-that-may-be-over", test_what_may_be_over);
  g_test_add_func ("/bridge-fact/lengths-of-time", test_lengths);
  g_test_add_func ("/bridge-fact/offsets", test_offsets);
  g_test_add_func ("/bridge-report/has-all-but-secrets", test_report);
  g_test_add_func ("/bridge-report/tells-what-is-wrong", test_report_of_trouble);

  return g_test_run ();
}
