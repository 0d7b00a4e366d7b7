/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-bridge-clock.h"

#include "latch-error.h"

#define NOW 1700000000
#define BOOT 5000

/* What is said when a protected token is refused @elapsed seconds after the bridge's clock was @offset ahead of ours,
 * and ours was set ahead by @set meanwhile */
static char *
explain (LatchAuthMode mode, gint64 offset, gint64 elapsed, gint64 set)
{
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();
  LatchBridgeClock clock = { 0 };
  g_autoptr (GError) error = NULL;

  info->current_time = NOW + offset;
  latch_bridge_clock_hear (&clock, info, NOW, BOOT);
  error = latch_bridge_clock_explain (&clock, mode, NOW + elapsed + set, BOOT + elapsed);
  g_assert_true (error == NULL || g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG));

  return error != NULL ? g_strdup (error->message) : NULL;
}

static void
assert_says (const char *message, const char *beginning)
{
  g_assert_nonnull (message);
  if (!g_str_has_prefix (message, beginning))
    g_error ("“%s” does not begin with “%s”", message, beginning);
}

static void
test_agree (void)
{
  g_autofree char *same = explain (LATCH_AUTH_MODE_ENCRYPTED, 0, 300, 0);
  g_autofree char *nearly = explain (LATCH_AUTH_MODE_HASHED, 54, 86400, 0);

  g_assert_null (same);
  g_assert_null (nearly);
}

static void
test_bridge (void)
{
  g_autofree char *ahead = explain (LATCH_AUTH_MODE_ENCRYPTED, 240, 300, 0);
  g_autofree char *behind = explain (LATCH_AUTH_MODE_HASHED, -58, 300, 0);

  assert_says (ahead, "The bridge’s clock is 4 minutes ahead");
  assert_says (behind, "The bridge’s clock is 58 seconds behind");
}

static void
test_ours (void)
{
  g_autofree char *ahead = explain (LATCH_AUTH_MODE_ENCRYPTED, 1, 300, 7200);
  g_autofree char *behind = explain (LATCH_AUTH_MODE_ENCRYPTED, 0, 300, -3 * 86400);

  assert_says (ahead, "This computer’s clock is 2 hours ahead");
  assert_says (behind, "This computer’s clock is 3 days behind");
}

/* A bare token does not know what time it is */
static void
test_plain (void)
{
  g_autofree char *message = explain (LATCH_AUTH_MODE_PLAIN, 7200, 300, 0);

  g_assert_null (message);
}

static void
test_never_heard (void)
{
  LatchBridgeClock clock = { 0 };
  g_autoptr (LatchInfoSnapshot) info = latch_info_snapshot_new ();

  g_assert_null (latch_bridge_clock_explain (&clock, LATCH_AUTH_MODE_ENCRYPTED, NOW, BOOT));
  /* Old bridges do not tell */
  latch_bridge_clock_hear (&clock, info, NOW, BOOT);
  g_assert_null (latch_bridge_clock_explain (&clock, LATCH_AUTH_MODE_ENCRYPTED, NOW, BOOT));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bridge-clock/clocks-that-agree-explain-nothing", test_agree);
  g_test_add_func ("/bridge-clock/the-bridges-is-wrong", test_bridge);
  g_test_add_func ("/bridge-clock/ours-was-set", test_ours);
  g_test_add_func ("/bridge-clock/matters-to-protected-tokens-only", test_plain);
  g_test_add_func ("/bridge-clock/nothing-is-known-of-it", test_never_heard);

  return g_test_run ();
}
