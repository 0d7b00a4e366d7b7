/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_TURNSTILE (latch_turnstile_get_type ())

/* What requests to bridges pass one at a time, where other programs speak to the same bridges. */
G_DECLARE_INTERFACE (LatchTurnstile, latch_turnstile, LATCH, TURNSTILE, GObject)

/**
 * LatchTurnstileInterface:
 * @enter_async: see latch_turnstile_enter_async()
 * @enter_finish: see latch_turnstile_enter_finish()
 * @leave: see latch_turnstile_leave()
 */
struct _LatchTurnstileInterface
{
  GTypeInterface parent_interface;

  void (*enter_async) (LatchTurnstile *self,
                       const char *host,
                       guint16 port,
                       const char *path,
                       gboolean command,
                       guint deadline_ms,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  guint (*enter_finish) (LatchTurnstile *self, GAsyncResult *result);
  void (*leave) (LatchTurnstile *self, guint turn);
};

void latch_turnstile_enter_async (LatchTurnstile *self,
                                  const char *host,
                                  guint16 port,
                                  const char *path,
                                  gboolean command,
                                  guint deadline_ms,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
guint latch_turnstile_enter_finish (LatchTurnstile *self, GAsyncResult *result);
void latch_turnstile_leave (LatchTurnstile *self, guint turn);

G_END_DECLS
