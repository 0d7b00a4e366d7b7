/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *latch_troubleshooting_new (GListModel *home, GtkNative *native, gint64 now);

G_END_DECLS
