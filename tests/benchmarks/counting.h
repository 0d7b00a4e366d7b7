/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Counts all memory that this program asks for, whoever does. Where something else has taken the place of malloc(), as
 * sanitizers do, it cannot.
 */

gboolean counting_works (void);
guint64 counting_get_allocations (void);

G_END_DECLS
