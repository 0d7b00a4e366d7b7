/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-client.h"
#include "latch-error.h"
#include "latch-request.h"

#include <libsoup/soup.h>

/* Addresses as people type them */

typedef struct
{
  const char *text;
  const char *host;
  guint16 port;
} Address;

static const Address good[] = {
  { "192.168.1.50", "192.168.1.50", 8080 },
  { "192.168.1.50:80", "192.168.1.50", 80 },
  { "192.168.1.50:65535", "192.168.1.50", 65535 },
  { "192.168.1.50:1", "192.168.1.50", 1 },
  { " 192.168.1.50\n", "192.168.1.50", 8080 },
  { "bridge", "bridge", 8080 },
  { "nuki_bridge_0a1b2c.local", "nuki_bridge_0a1b2c.local", 8080 },
  { "my-bridge.fritz.box:9000", "my-bridge.fritz.box", 9000 },
  { "bridge.lan.", "bridge.lan.", 8080 },
  { "http://192.168.1.50", "192.168.1.50", 8080 },
  { "http://192.168.1.50/", "192.168.1.50", 8080 },
  { "HTTP://192.168.1.50:8080/", "192.168.1.50", 8080 },
  { "brücke.local", "xn--brcke-lva.local", 8080 },
  { "::1", "::1", 8080 },
  { "[::1]", "::1", 8080 },
  { "[::1]:81", "::1", 81 },
  { "fe80::1ff:fe23:4567:890a", "fe80::1ff:fe23:4567:890a", 8080 },
  { "http://[2001:db8::7]:8081/", "2001:db8::7", 8081 },
  { "192.168.1.50/list", "192.168.1.50", 8080 },
  { "http://192.168.1.50:8081/auth", "192.168.1.50", 8081 },
  { "http://192.168.1.50:8081/list?token=123456", "192.168.1.50", 8081 },
  { "http://192.168.1.50/lockAction?nukiId=1&action=1&token=123456", "192.168.1.50", 8080 },
  { "http://[2001:db8::7]:8081/callback/add?url=http%3A%2F%2F192.168.1.2%3A99%2Fx&token=123456", "2001:db8::7", 8081 },
};

static const char *const bad[] = {
  "",
  "   ",
  "/",
  "http://",
  "http:///",
  ":8080",
  "https://192.168.1.50",
  "HTTPS://192.168.1.50",
  "ftp://192.168.1.50",
  "file:///etc/passwd",
  "http://http://192.168.1.50",
  "192.168.1.50:0",
  "192.168.1.50:70000",
  "192.168.1.50:-1",
  "192.168.1.50:+80",
  "192.168.1.50:80a",
  "192.168.1.50:8080:8080",
  "192.168.1.50/index.html",
  "192.168.1.50/..",
  "192.168.1.50/./",
  "http://192.168.1.50:8080/list/all",
  "http://192.168.1.50:8080/token=123456",
  "http://192.168.1.50:8080/?token=123456",
  "http://user:secret@192.168.1.50/list?token=123456",
  "http://192.168.1.50/list?token=123456#top",
  "192.168.1.50?token=123456",
  "192.168.1.50#top",
  "user@192.168.1.50",
  "http://user:secret@192.168.1.50/",
  "192.168.1 .50",
  "my bridge",
  "my%20bridge",
  "bridge%00",
  "bri\tdge",
  "bri\ndge",
  "bridge\r\nX-Evil: 1",
  "bri\001dge",
  "bri\177dge",
  "bridge\\evil",
  "bridge\"",
  "<bridge>",
  "bridge,other",
  "bridge;",
  "-",
  ".",
  "..",
  "a..b",
  "[]",
  "[::1",
  "::1]",
  "[::1]8080",
  "[bridge]",
  "[::g]",
  "fe80::1%",
  "\xff\xfe",
};

static void
test_good (gconstpointer data)
{
  const Address *address = data;
  g_autofree char *host = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GUri) parsed = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port = 0;

  g_assert_true (latch_client_parse_address (address->text, &host, &port, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (host, ==, address->host);
  g_assert_cmpuint (port, ==, address->port);

  /* And requests go there */
  uri = latch_request_build_uri (host, port, "/list", NULL, NULL);
  parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_uri_get_host (parsed), ==, address->host);
  g_assert_cmpint (g_uri_get_port (parsed) == -1 ? 80 : g_uri_get_port (parsed), ==, address->port);
}

static void
test_bad (gconstpointer data)
{
  const char *text = data;
  g_autoptr (GError) error = NULL;
  char *host = NULL;
  guint16 port = 0;

  g_assert_false (latch_client_parse_address (text, &host, &port, &error));
  g_assert_error (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT);
  g_assert_null (host);
  g_assert_null (strstr (error->message, "123456"));
  g_assert_null (strstr (error->message, "secret"));
}

static void
test_long (void)
{
  g_autofree char *label = g_strnfill (300, 'a');
  g_autofree char *million = g_strnfill (1000 * 1000, '1');

  test_bad (label);
  test_bad (million);
}

static void
assert_message (const char *text, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  guint16 port;

  g_assert_false (latch_client_parse_address (text, &host, &port, &error));
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” was refused with “%s”, which does not speak of “%s”", text, error->message, part);
}

static void
test_reason (void)
{
  assert_message ("https://192.168.1.50", "https");
  assert_message ("HTTPS://192.168.1.50", "https");
  assert_message ("192.168.1.50:0", "65535");
  assert_message ("192.168.1.50:70000", "65535");
  assert_message ("[::1]:70000", "65535");
  assert_message ("my bridge", "192.168.1.50");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *name = g_strdup_printf ("/address/is-understood/%u", i);

      g_test_add_data_func (name, &good[i], test_good);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_strdup_printf ("/address/is-refused/%u", i);

      g_test_add_data_func (name, bad[i], test_bad);
    }
  g_test_add_func ("/address/is-refused/long", test_long);
  g_test_add_func ("/address/refusal-says-why", test_reason);

  return g_test_run ();
}
