/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A bridge's log as a file. Secrets are in none of its entries, see latch_log_mask(). */

GBytes *latch_log_export_json (GListModel *log);
GBytes *latch_log_export_csv (GListModel *log);

G_END_DECLS
