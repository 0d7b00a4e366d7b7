/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "latch-callback-slots.h"

/*
 * URLs in a bridge's table of callbacks, which anybody in the house may have put there. Taken for ours is only what is,
 * since what is ours may be removed. An input with a first byte of 1 is what follows our prefix.
 */

#define INSTALLATION "0123456789abcdef"
#define PREFIX "/nightlatch/" INSTALLATION "/"

/* The only form in which this program writes them */
static gboolean
is_ours (const char *url)
{
  return g_regex_match_simple ("^http://([0-9.]+|\\[[0-9a-fA-F:.]+(%[^\\]/]+)?\\]):[0-9]+" PREFIX "[0-9a-f]+$", url,
                               G_REGEX_DOLLAR_ENDONLY | G_REGEX_RAW, 0);
}

static void
check_url (const char *url)
{
  g_autoptr (GSocketAddress) address = latch_callback_slots_parse_url (url, INSTALLATION);
  GInetAddress *ip = NULL;
  g_autofree char *host = NULL;
  g_autofree char *canonical = NULL;
  g_autoptr (GSocketAddress) again = NULL;

  if (address == NULL)
    return;

  g_assert_true (is_ours (url));
  g_assert_true (G_IS_INET_SOCKET_ADDRESS (address));
  g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)), >, 0);

  /* Written as this program does, it is the same address */
  ip = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  host = g_inet_address_to_string (ip);
  canonical = g_strdup_printf (g_inet_address_get_family (ip) == G_SOCKET_FAMILY_IPV6 ? "http://[%s]:%u%s" : "http://%s:%u%s",
                               host, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)), PREFIX "0123");
  again = latch_callback_slots_parse_url (canonical, INSTALLATION);
  g_assert_nonnull (again);
  g_assert_true (g_inet_address_equal (ip, g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (again))));
}

void
fuzz_begin (void)
{
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *prefixed = NULL;

  if (text[0] == 1)
    {
      prefixed = g_strconcat ("http://192.168.1.20:4000" PREFIX, text + 1, NULL);
      check_url (prefixed);
    }
  else
    {
      check_url (text);
    }

  return 0;
}
