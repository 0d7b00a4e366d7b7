/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-store.h"

G_BEGIN_DECLS

/* What people chose for locks on this computer, in the store. Finish with latch_store_write_finish() */

void latch_store_save_name_async (LatchStore *self,
                                  const char *bridge_id,
                                  const LatchLockChoice *choice,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void latch_store_save_hidden_async (LatchStore *self,
                                    const char *bridge_id,
                                    const LatchLockChoice *choice,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

G_END_DECLS
