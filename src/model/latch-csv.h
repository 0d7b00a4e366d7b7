/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tables as other programs read them (RFC 4180), and in which no cell is ever taken for a formula. */

void latch_csv_append_row (GString *csv, const char *const *cells, gsize n_cells);

G_END_DECLS
