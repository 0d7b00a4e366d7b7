/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "latch-error.h"

/* DNS: bytes in a name, and in a part of it */
#define MAX_NAME 253
#define MAX_LABEL 63

static gboolean
is_ipv6 (const char *text)
{
  g_autoptr (GInetAddress) address = strchr (text, ':') != NULL ? g_inet_address_new_from_string (text) : NULL;

  return address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
}

/* Whether @text could be the name of a computer. Underscores are against the rules, and in the names of bridges. */
static gboolean
is_host_name (const char *text)
{
  gsize length = strlen (text);
  g_auto (GStrv) labels = NULL;

  if (length > 0 && text[length - 1] == '.')
    length--;
  if (length == 0 || length > MAX_NAME)
    return FALSE;

  labels = g_strsplit (text, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      const char *label = labels[i];

      if (label[0] == '\0' && labels[i + 1] == NULL && i > 0)
        break; /* the root's, after a final dot */
      if (!g_ascii_isalnum (label[0]) || strlen (label) > MAX_LABEL)
        return FALSE;
      for (const char *c = label; *c != '\0'; c++)
        if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
          return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable): the host in the form in which requests name it */
static char *
parse_host (const char *authority, const char *host)
{
  g_autofree char *ascii = NULL;

  if (authority[0] == '[')
    return host != NULL && is_ipv6 (host) ? g_strdup (host) : NULL;

  ascii = host != NULL ? g_hostname_to_ascii (host) : NULL;

  return ascii != NULL && is_host_name (ascii) ? g_steal_pointer (&ascii) : NULL;
}

/* Whether @authority ends in a colon and digits, to which a parser may object only for their value */
static gboolean
ends_in_number (const char *authority)
{
  const char *colon = strrchr (authority, ':');

  return colon != NULL && colon[1] != '\0' && strspn (colon + 1, "0123456789") == strlen (colon + 1);
}

/* Whether @uri is a bridge's own, as people copy it from their notes or a log; nobody else's page is taken for one */
static gboolean
is_bridge_uri (GUri *uri)
{
  static const char *const endpoints[] = {
    "/auth", "/configAuth", "/list", "/info", "/lockState", "/lockAction", "/lock", "/unlock", "/unpair", "/log",
    "/clearlog", "/fwupdate", "/reboot", "/factoryReset", "/callback/add", "/callback/list", "/callback/remove", NULL
  };

  return g_strv_contains (endpoints, g_uri_get_path (uri));
}

/* Whether @uri holds nothing but a host and a port */
static gboolean
is_bare (GUri *uri)
{
  return g_uri_get_query (uri) == NULL && strlen (g_uri_get_path (uri)) <= 1;
}

/**
 * latch_client_parse_address:
 * @text: an address as a person types it: a host name or IP address, with a port or not, or a URL pasted from a browser
 *   or out of a program, whose endpoint and query are dropped
 * @host: (out) (transfer full): its host, IPv6 without brackets
 * @port: (out): its port, 8080 if it names none
 *
 * Returns: whether @text is an address; else fails with %LATCH_ERROR_INVALID_ARGUMENT
 */
gboolean
latch_client_parse_address (const char *text, char **host, guint16 *port, GError **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) reason = NULL;
  const char *rest = NULL;

  g_return_val_if_fail (text != NULL && host != NULL && port != NULL, FALSE);

  stripped = g_strstrip (g_strdup (text));
  rest = stripped;
  if (g_ascii_strncasecmp (rest, "http://", 7) == 0)
    rest += 7;

  if (g_ascii_strncasecmp (rest, "https://", 8) == 0)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("Bridges speak http only, not https"));
      return FALSE;
    }

  if (is_ipv6 (rest))
    {
      *host = g_strdup (rest);
      *port = LATCH_CLIENT_DEFAULT_PORT;
      return TRUE;
    }

  whole = g_strconcat ("http://", rest, NULL);
  uri = g_uri_parse (whole, G_URI_FLAGS_NONE, &reason);
  if ((uri != NULL && g_uri_get_port (uri) == 0) ||
      (g_error_matches (reason, G_URI_ERROR, G_URI_ERROR_BAD_PORT) && ends_in_number (rest)))
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("The port must be between 1 and 65535"));
      return FALSE;
    }

  /* The URI's path is free of dots already, as if they had never been there */
  if (uri != NULL && g_uri_get_userinfo (uri) == NULL && g_uri_get_fragment (uri) == NULL &&
      strstr (rest, "/.") == NULL && (is_bare (uri) || is_bridge_uri (uri)))
    found = parse_host (rest, g_uri_get_host (uri));
  if (found == NULL)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT,
                           _("Enter an address like 192.168.1.50, with or without a port"));
      return FALSE;
    }

  *host = g_steal_pointer (&found);
  *port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : LATCH_CLIENT_DEFAULT_PORT;

  return TRUE;
}
