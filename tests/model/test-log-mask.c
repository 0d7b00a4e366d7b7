/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-mask.h"

#include <string.h>

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
    "100 %",                 "100%25",                    "%41bc%zz",
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

/* Not what merely contains such a name */
static void
test_short_names (void)
{
  g_autoptr (JsonNode) entry = json_from_string ("{\"Pin\":1234,\"key\":\"abc\",\"keyturner\":1}", NULL);
  g_autoptr (JsonNode) masked = latch_log_mask (entry, NULL);
  g_autofree char *text = json_to_string (masked, FALSE);

  g_assert_cmpstr (text, ==, "{\"Pin\":\"•••\",\"key\":\"•••\",\"keyturner\":1}");
}

/* Wherever and however a bridge writes them, who reads what is left of an entry knows no secret */
static void
test_nowhere (void)
{
  static const char *const secrets[] = { TOKEN, "8b7df143d91c716ecfa5fc1730022f6b", "sh0rt/pa,th;x" };
  static const char *const shapes[] = {
    "http://192.168.1.20:8451/nightlatch/5d1c/%s",
    "HTTP://192.168.1.20:8451/nightlatch/%s",
    "http://192.168.1.20/a,b;c(d)'e/%s, and more",
    "http://%s@192.168.1.20/",
    "http%%3A%%2F%%2F192.168.1.20%%3A8451%%2Fnightlatch%%2F%s",
    "http%%253a%%252f%%252f192.168.1.20%%252f%s",
    "100%% http%%3A%%2F%%2Fhost%%2F%s",
    "GET /lockAction?nukiId=1&token=%s HTTP/1.1",
    "/lockAction?nukiId=1&TOKEN=%s",
    "/lockAction%%3FnukiId%%3D1%%26token%%3D%s",
    "/callback/add?url=http%%3A%%2F%%2Fhere%%2F%s&token=1",
    "Location: http://x/?%s#%s",
  };
  static const char *const places[] = {
    "{\"url\":\"%s\"}",   "{\"list\":[1,[\"%s\"]]}", "{\"a\":{\"b\":{\"c\":\"%s\"}}}",
    "{\"message\":\"%s\"}", "{\"type\":\"%s\"}",      "{\"%s\":1}",
  };
  g_autoptr (LatchClient) client = create_client ();

  for (gsize i = 0; i < G_N_ELEMENTS (secrets) * G_N_ELEMENTS (shapes) * G_N_ELEMENTS (places); i++)
    {
      const char *secret = secrets[i % G_N_ELEMENTS (secrets)];
      const char *shape = shapes[i / G_N_ELEMENTS (secrets) % G_N_ELEMENTS (shapes)];
      const char *place = places[i / G_N_ELEMENTS (secrets) / G_N_ELEMENTS (shapes)];
      g_auto (GStrv) parts = g_strsplit (shape, "%s", -1);
      g_autofree char *plain = g_strjoinv (secret, parts);
      g_auto (GStrv) percents = g_strsplit (plain, "%%", -1);
      g_autofree char *text = g_strjoinv ("%", percents);
      g_auto (GStrv) around = g_strsplit (place, "%s", -1);
      g_autofree char *json = g_strjoinv (text, around);
      g_autoptr (JsonNode) entry = json_from_string (json, NULL);
      g_autoptr (JsonNode) masked = NULL;
      g_autofree char *left = NULL;

      g_assert_nonnull (entry);
      masked = latch_log_mask (entry, client);
      left = json_to_string (masked, FALSE);
      if (strstr (left, secret) != NULL)
        g_error ("%s becomes %s", json, left);
    }
}

static void
test_tokens_in_disguise (void)
{
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", 8080);
  g_autoptr (JsonNode) entry = json_from_string ("{\"n\":123456,\"list\":[123456],\"other\":1234567}", NULL);
  g_autoptr (JsonNode) masked = NULL;
  g_autofree char *text = NULL;
  g_autofree char *dashes = NULL;

  assert_text ("token=other1", "token=•••");
  assert_text ("the token%3D" TOKEN, "the token=•••");
  latch_client_set_token (client, "123456");
  masked = latch_log_mask (entry, client);
  text = json_to_string (masked, FALSE);
  g_assert_cmpstr (text, ==, "{\"n\":\"•••\",\"list\":[\"•••\"],\"other\":1234567}");

  g_free (text);
  latch_client_set_token (client, "abc-d_e.f1");
  dashes = latch_log_mask_text ("for abc-d_e.f1, and /x/abc-d_e.f1/y", client);
  g_assert_cmpstr (dashes, ==, "for •••, and /x/•••/y");
  latch_client_set_token (client, "abcd1f");
  text = latch_log_mask_text ("ABCD1F", client);
  g_assert_cmpstr (text, ==, LATCH_LOG_MASK);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/log-mask/of-urls-only-where-they-lead", test_urls);
  g_test_add_func ("/log-mask/queries-keep-what-is-no-secret", test_queries);
  g_test_add_func ("/log-mask/tokens-and-hashes", test_words);
  g_test_add_func ("/log-mask/the-rest-stays", test_harmless);
  g_test_add_func ("/log-mask/pins-and-keys", test_short_names);
  g_test_add_func ("/log-mask/no-secret-is-left-anywhere", test_nowhere);
  g_test_add_func ("/log-mask/tokens-in-disguise", test_tokens_in_disguise);
  g_test_add_func ("/log-mask/entries-keep-order-and-types", test_entry);

  return g_test_run ();
}
