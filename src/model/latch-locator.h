/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

#define LATCH_TYPE_LOCATOR (latch_locator_get_type ())

/* Finds one bridge again that does not answer any more where it was. */
G_DECLARE_FINAL_TYPE (LatchLocator, latch_locator, LATCH, LOCATOR, GObject)

LatchLocator *latch_locator_new (LatchBridge *bridge);

void latch_locator_set_discovery (LatchLocator *self, gboolean enabled, const char *url);
gboolean latch_locator_is_due (LatchLocator *self);
int latch_locator_get_wait (LatchLocator *self);
void latch_locator_hurry (LatchLocator *self);

void latch_locator_search_async (LatchLocator *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean latch_locator_search_finish (LatchLocator *self, GAsyncResult *result, GError **error);

G_END_DECLS
