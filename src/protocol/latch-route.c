/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-route.h"

#include <glib/gi18n-lib.h>

#include "latch-error.h"

/* Nothing is sent: any port will do */
#define SOME_PORT 9

void
latch_route_free (LatchRoute *self)
{
  g_clear_object (&self->local);
  g_ptr_array_unref (self->remotes);
  g_free (self);
}

/* The kernel chooses an address when a datagram socket is connected, and sends nothing */
static GInetAddress *
find_local (GInetAddress *remote, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (remote), G_SOCKET_TYPE_DATAGRAM,
                                             G_SOCKET_PROTOCOL_UDP, error);
  g_autoptr (GSocketAddress) target = g_inet_socket_address_new (remote, SOME_PORT);
  g_autoptr (GSocketAddress) local = NULL;

  if (socket == NULL)
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  if (!g_socket_connect (socket, target, NULL, error))
    return NULL;

  local = g_socket_get_local_address (socket, error);

  return local != NULL ? g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local))) : NULL;
}

/* Bridges are known to speak IPv4 only */
static int
compare_families (gconstpointer a, gconstpointer b)
{
  gboolean ipv6_a = g_inet_address_get_family (*(GInetAddress **) a) == G_SOCKET_FAMILY_IPV6;
  gboolean ipv6_b = g_inet_address_get_family (*(GInetAddress **) b) == G_SOCKET_FAMILY_IPV6;

  return ipv6_a - ipv6_b;
}

static GInetAddress *
find_best_local (GPtrArray *remotes)
{
  for (guint i = 0; i < remotes->len; i++)
    {
      g_autoptr (GError) error = NULL;
      GInetAddress *local = find_local (remotes->pdata[i], &error);

      if (local != NULL)
        return local;
      g_debug ("No way to one of the addresses: %s", error->message);
    }

  return NULL;
}

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  g_autoptr (LatchRoute) route = g_new0 (LatchRoute, 1);

  route->remotes = g_ptr_array_new_with_free_func (g_object_unref);
  for (GList *l = addresses; l != NULL; l = l->next)
    g_ptr_array_add (route->remotes, l->data);
  g_list_free (addresses);
  g_ptr_array_sort (route->remotes, compare_families);

  route->local = find_best_local (route->remotes);
  if (route->local != NULL)
    g_task_return_pointer (task, g_steal_pointer (&route), (GDestroyNotify) latch_route_free);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, LATCH_ERROR, LATCH_ERROR_UNREACHABLE,
                             _("The bridge cannot be reached. Check that it has power and is on this network"));
}

/**
 * latch_route_find_async:
 * @host: a host name or an address, IPv6 without brackets
 *
 * Finds out how this computer reaches @host, and so at which address @host can reach this computer. Nothing is sent but
 * for the lookup of a name.
 */
void
latch_route_find_async (const char *host, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GTask *task = NULL;

  g_return_if_fail (host != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_route_find_async);
  g_resolver_lookup_by_name_async (resolver, host, cancellable, resolved_cb, task);
}

/**
 * latch_route_find_finish:
 *
 * Returns: (transfer full): the route; fails with %LATCH_ERROR_UNREACHABLE if there is none
 */
LatchRoute *
latch_route_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_route_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
