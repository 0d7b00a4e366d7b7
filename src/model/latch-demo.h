/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

G_BEGIN_DECLS

#define LATCH_TYPE_DEMO (latch_demo_get_type ())

/*
 * A simulated bridge, and a home that knows nothing else, for whoever has no lock at hand. The home is in memory: not
 * the database, not the keyring, and not the vendor's server learn of it, and nothing is left of it when this ends.
 */
G_DECLARE_FINAL_TYPE (LatchDemo, latch_demo, LATCH, DEMO, GObject)

LatchDemo *latch_demo_new (void);
LatchHome *latch_demo_get_home (LatchDemo *self);

void latch_demo_start_async (LatchDemo *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean latch_demo_start_finish (LatchDemo *self, GAsyncResult *result, GError **error);

G_END_DECLS
