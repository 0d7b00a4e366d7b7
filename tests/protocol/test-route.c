/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-route.h"

#include "latch-error.h"
#include "latch-test-loop.h"

static LatchRoute *
find (const char *host, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  latch_route_find_async (host, cancellable, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);

  return latch_route_find_finish (result, error);
}

static void
test_finds_both_ends (void)
{
  static const struct
  {
    const char *host;
    const char *local;
  } cases[] = {
    { "127.0.0.1", "127.0.0.1" },
    { "127.0.0.2", "127.0.0.1" }, /* which is how one can be another one on the same computer */
    { "::1", "::1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LatchRoute) route = find (cases[i].host, NULL, &error);
      g_autofree char *local = NULL;
      g_autofree char *remote = NULL;

      g_assert_no_error (error);
      local = g_inet_address_to_string (route->local);
      g_assert_cmpstr (local, ==, cases[i].local);
      g_assert_cmpuint (route->remotes->len, ==, 1);
      remote = g_inet_address_to_string (route->remotes->pdata[0]);
      g_assert_cmpstr (remote, ==, cases[i].host);
    }
}

static void
test_looks_up_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchRoute) route = find ("localhost", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_inet_address_get_is_loopback (route->local));
  g_assert_cmpuint (route->remotes->len, >=, 1);
  for (guint i = 0; i < route->remotes->len; i++)
    g_assert_true (g_inet_address_get_is_loopback (route->remotes->pdata[i]));
}

static void
test_without_a_way (void)
{
  static const char *const hosts[] = { "999.999.999.999", "nobody.invalid" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LatchRoute) route = find (hosts[i], NULL, &error);

      g_assert_null (route);
      g_assert_error (error, LATCH_ERROR, LATCH_ERROR_UNREACHABLE);
    }
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchRoute) route = NULL;

  g_cancellable_cancel (cancellable);
  route = find ("localhost", cancellable, &error);
  g_assert_null (route);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/route/finds-both-ends", test_finds_both_ends);
  g_test_add_func ("/route/looks-up-names", test_looks_up_names);
  g_test_add_func ("/route/without-a-way", test_without_a_way);
  g_test_add_func ("/route/can-be-cancelled", test_can_be_cancelled);

  return g_test_run ();
}
