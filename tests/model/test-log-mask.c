/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-mask.h"

#define TOKEN "s3cretT0ken"

static LatchClient *
create_client (void)
{
  LatchClient *client = latch_client_new ("127.0.0.1", 8080);

  latch_client_set_token (client, TOKEN);

  return client;
}

static void
assert_text (const char *text, const char *expected)
{
  g_autoptr (LatchClient) client = create_client ();
  g_autofree char *masked = latch_log_mask_text (text, client);

  g_assert_cmpstr (masked, ==, expected);
}

static void
test_urls (void)
{
  assert_text ("http://192.168.1.20:8451/nightlatch/4b1d/0123456789abcdef", "http://192.168.1.20:8451/•••");
  assert_text ("http://hook.example/in?key=1", "http://hook.example/•••");
  assert_text ("http://somebody:else@192.168.1.20/x", "http://192.168.1.20/•••");
  assert_text ("posted to http://[fe80::1]:80/s3 and https://b/?q, done", "posted to http://[fe80::1]:80/••• and https://b/•••, done");
  assert_text ("http://192.168.1.20:8451", "http://192.168.1.20:8451");
  assert_text ("http://192.168.1.20:8451/", "http://192.168.1.20:8451/");
}

static void
test_queries (void)
{
  assert_text ("/lockAction?nukiId=1&action=2&token=" TOKEN, "/lockAction?nukiId=1&action=2&token=•••");
  assert_text ("GET /list?ts=2026-11-22T18:30:00Z&rnr=4711&hash=f52e HTTP/1.1", "GET /list?ts=•••&rnr=•••&hash=••• HTTP/1.1");
  assert_text ("/callback/add?url=http%3A%2F%2Fhere%2Fs3&token=x", "/callback/add?url=•••&token=•••");
  assert_text ("ready?", "ready?");
}

static void
test_words (void)
{
  assert_text (TOKEN, LATCH_LOG_MASK);
  assert_text ("token " TOKEN ", wrong", "token •••, wrong");
  assert_text ("119c38fb6d7d707b8a45f14e688b74b8c4c1acf33643c71a", LATCH_LOG_MASK);
}

static void
test_harmless (void)
{
  static const char *const texts[] = {
    "HTTP-LockActionStart",  "2020-11-01T20:44:57+00:00", "1E5FE23A", "54D2725FE23A", "192.168.1.20", "Büro",
    "Donaudampfschifffahrt", "unlock",                    "",         "a=b&c=d",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_text (texts[i], texts[i]);
}

static void
test_entry (void)
{
  g_autoptr (LatchClient) client = create_client ();
  g_autoptr (JsonNode) entry = json_from_string (
      "{\"timestamp\":\"2020-11-01T20:44:57+00:00\",\"type\":\"X\",\"count\":2,\"flag\":true,\"none\":null,"
      "\"apiToken\":42,\"list\":[\"http://a/b\",{\"ctoken\":\"00\",\"n\":-1.5}],\"nukiId\":\"1E5FE23A\"}", NULL);
  g_autoptr (JsonNode) masked = NULL;
  g_autofree char *text = NULL;

  json_node_seal (entry);
  masked = latch_log_mask (entry, client);
  text = json_to_string (masked, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"timestamp\":\"2020-11-01T20:44:57+00:00\",\"type\":\"X\",\"count\":2,\"flag\":true,\"none\":null,"
                   "\"apiToken\":\"•••\",\"list\":[\"http://a/•••\",{\"ctoken\":\"•••\",\"n\":-1.5}],"
                   "\"nukiId\":\"1E5FE23A\"}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/log-mask/of-urls-only-where-they-lead", test_urls);
  g_test_add_func ("/log-mask/queries-keep-what-is-no-secret", test_queries);
  g_test_add_func ("/log-mask/tokens-and-hashes", test_words);
  g_test_add_func ("/log-mask/the-rest-stays", test_harmless);
  g_test_add_func ("/log-mask/entries-keep-order-and-types", test_entry);

  return g_test_run ();
}
