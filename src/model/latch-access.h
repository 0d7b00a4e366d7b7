/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

void latch_bridge_change_access_async (LatchBridge *self,
                                       gboolean allow,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean latch_bridge_change_access_finish (LatchBridge *self, GAsyncResult *result, GError **error);

G_END_DECLS
