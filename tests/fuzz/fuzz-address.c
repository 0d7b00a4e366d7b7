/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "latch-client.h"
#include "latch-error.h"

/* Addresses as people type and paste them: what is taken for one names a host and a port, and nothing else. */

static void
check_host (const char *host)
{
  g_autoptr (GInetAddress) ip = g_inet_address_new_from_string (host);

  g_assert_cmpstr (host, !=, "");
  g_assert_cmpuint (strlen (host), <=, 254);
  if (ip != NULL && strchr (host, ':') != NULL)
    return;

  for (const char *c = host; *c != '\0'; c++)
    g_assert_true (g_ascii_isalnum (*c) || *c == '.' || *c == '-' || *c == '_');
  g_assert_true (g_ascii_isalnum (host[0]));
}

void
fuzz_begin (void)
{
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *host = NULL;
  g_autofree char *host_again = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *url = NULL;
  g_autoptr (LatchClient) client = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port = 0;
  guint16 port_again = 0;
  gboolean worked = latch_client_parse_address (text, &host, &port, &error);
  gboolean ipv6;

  fuzz_check_error (worked, error);
  if (!worked)
    {
      g_assert_true (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT));
      g_assert_null (host);
      g_assert_cmpuint (port, ==, 0);
      return 0;
    }

  check_host (host);
  g_assert_cmpuint (port, >, 0);

  /* Written out, it is the same address */
  ipv6 = strchr (host, ':') != NULL;
  canonical = g_strdup_printf (ipv6 ? "[%s]:%u" : "%s:%u", host, port);
  g_assert_true (latch_client_parse_address (canonical, &host_again, &port_again, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (host_again, ==, host);
  g_assert_cmpuint (port_again, ==, port);

  /* And a request goes to no other */
  url = g_strconcat ("http://", canonical, "/list", NULL);
  uri = g_uri_parse (url, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_uri_get_host (uri), ==, host);
  g_assert_cmpint (g_uri_get_port (uri), ==, port);
  g_assert_cmpstr (g_uri_get_path (uri), ==, "/list");
  client = latch_client_new (host, port);
  g_assert_nonnull (client);

  return 0;
}
