/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-store-activity.h"

G_BEGIN_DECLS

/* All that a query finds, as one document for other programs. */

void latch_activity_export_async (LatchStore *store,
                                  const LatchEventQuery *query,
                                  GListModel *bridges,
                                  gboolean csv,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GBytes *latch_activity_export_finish (LatchStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
