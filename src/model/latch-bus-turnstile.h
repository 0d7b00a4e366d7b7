/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BUS_TURNSTILE (latch_bus_turnstile_get_type ())

/* The LatchTurnstile of programs beside the application: its queues, if it runs. */
G_DECLARE_FINAL_TYPE (LatchBusTurnstile, latch_bus_turnstile, LATCH, BUS_TURNSTILE, GObject)

LatchBusTurnstile *latch_bus_turnstile_new (void);

void latch_bus_turnstile_tell_async (LatchBusTurnstile *self, GAsyncReadyCallback callback, gpointer user_data);
void latch_bus_turnstile_tell_finish (LatchBusTurnstile *self, GAsyncResult *result);

G_END_DECLS
