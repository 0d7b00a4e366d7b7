/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-error.h"
#include "latch-test-locks.h"
#include "latch-troubleshooting.h"

#define NOW 1800000000
#define TOKEN "s3cretT0ken"

static const LatchTestLock locks[] = {
  { "Front Door", LATCH_LOCK_STATE_LOCKED },
  { "Entrance", LATCH_LOCK_STATE_ONLINE, .opener = TRUE, .offline = TRUE },
};

static char *
report_new (LatchBridge *bridge)
{
  g_autoptr (GListStore) home = g_list_store_new (LATCH_TYPE_BRIDGE);

  if (bridge)
    g_list_store_append (home, bridge);

  return latch_troubleshooting_new (G_LIST_MODEL (home), NULL, NOW);
}

static LatchBridge *
bridge_new (void)
{
  return latch_test_bridge_new ("2117604523", "Villa Kunterbunt", locks, G_N_ELEMENTS (locks), NOW);
}

static void
assert_has (const char *report, const char *line)
{
  g_autofree char *whole = g_strconcat ("\n", line, "\n", NULL);

  if (!strstr (report, whole))
    g_error ("“%s” is not in:\n%s", line, report);
}

static void
test_versions (void)
{
  g_autofree char *report = report_new (NULL);

  g_assert_true (g_str_has_prefix (report, "Nightlatch: " PACKAGE_VERSION));
  for (gsize i = 0; i < 7; i++)
    {
      static const char *const titles[] = { "GTK: 4", "libadwaita: 1", "GLib: 2", "libsoup: 3", "SQLite: 3", "System: ", "Language: " };
      g_autofree char *begin = g_strconcat ("\n", titles[i], NULL);

      if (!strstr (report, begin))
        g_error ("“%s” is not in:\n%s", titles[i], report);
    }
  assert_has (report, "Bridges: 0");
}

static void
test_health (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autofree char *report = NULL;

  latch_test_bridge_tell (bridge, LATCH_TEST_INFO_MODERN);
  report = report_new (bridge);
  assert_has (report, "Bridges: 1\n\nBridge 1\nType: hardware\nConnection: connected");
  assert_has (report, "Firmware: 2.18.0\nWi-Fi firmware: 2.4.0");
  assert_has (report, "Server connected: yes\nDevices in range: 2");
  assert_has (report, "Instant updates: not yet");
  assert_has (report, "Devices: 2\nDevice 1: smart-lock-3 (type 4)\nDevice 2: opener (type 2), offline");
}

static void
test_trouble (void)
{
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autofree char *report = NULL;

  latch_test_bridge_fail (bridge, LATCH_ERROR_UNREACHABLE);
  latch_bridge_set_instant_updates (bridge, FALSE);
  report = report_new (bridge);
  assert_has (report, "Connection: unreachable\nLast problem: unreachable");
  assert_has (report, "Instant updates: turned off");
  assert_has (report, "Device 1: smart-lock-3 (type 4), stale");
}

/* It is made to be put where everybody reads it */
static void
test_private (void)
{
  static const char *const never[] = {
    TOKEN, "Villa", "Kunterbunt", "Front", "Entrance", "192.168.", "8080", "2117604523", "7E3814AB", "12345678", "00BC614E",
    "11606610", "It does not answer", "evil",
  };
  g_autoptr (LatchBridge) bridge = bridge_new ();
  g_autofree char *report = NULL;

  latch_client_set_token (latch_bridge_get_client (bridge), TOKEN);
  latch_test_bridge_tell (bridge, LATCH_TEST_INFO_MODERN);
  latch_test_bridge_tell (bridge, "{\"bridgeType\":1,\"ids\":{\"hardwareId\":12345678,\"serverId\":2117604523},\"versions\":{"
                                  "\"firmwareVersion\":\"evil\\nvalue\"}}");
  latch_test_bridge_fail (bridge, LATCH_ERROR_UNAUTHORIZED);
  report = report_new (bridge);

  assert_has (report, "Firmware: (odd)");
  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    if (strstr (report, never[i]))
      g_error ("“%s” is in:\n%s", never[i], report);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/troubleshooting/tells-what-it-runs-on", test_versions);
  g_test_add_func ("/troubleshooting/tells-how-bridges-are", test_health);
  g_test_add_func ("/troubleshooting/tells-what-is-wrong", test_trouble);
  g_test_add_func ("/troubleshooting/tells-nothing-of-a-home", test_private);

  return g_test_run ();
}
