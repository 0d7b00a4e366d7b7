/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock.h"
#include "latch-store-activity.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is recorded leaves this program, or is deleted: nothing of either without being asked for. */

void latch_activity_documents_export (GtkWidget *widget,
                                      LatchStore *store,
                                      GListModel *bridges,
                                      LatchLock *lock,
                                      LatchEventFilter filter);
void latch_activity_documents_clear (GtkWidget *widget, LatchStore *store, GListModel *bridges, LatchLock *lock);

G_END_DECLS
