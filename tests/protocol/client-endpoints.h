/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-client.h"
#include "latch-test-loop.h"

G_BEGIN_DECLS

/*
 * Every operation of the client in one table, so that tests can do the same with each.
 */

typedef enum
{
  ENDPOINT_READ,
  ENDPOINT_COMMAND,
  ENDPOINT_VOID_COMMAND, /* whose answer is empty */
  ENDPOINT_PAIRING,      /* neither: /auth */
} EndpointKind;

typedef struct
{
  const char *name;
  const char *path;
  EndpointKind kind;
  const char *line; /* what it asks for: path and parameters */
  void (*start) (LatchClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*finish) (LatchClient *client, GAsyncResult *result, GError **error);
} Endpoint;

extern const Endpoint endpoints[];
extern const guint n_endpoints;

const Endpoint *endpoint_find (const char *name);
gboolean endpoint_is_command (const Endpoint *endpoint);
gboolean endpoint_call (const Endpoint *endpoint, LatchClient *client, GError **error);

G_END_DECLS
