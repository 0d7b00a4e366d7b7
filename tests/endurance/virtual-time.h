/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Time for this whole process: it goes on as usual, and may be made to leap ahead. What is linked into a program and
 * reads the clocks by the C library, as GLib does, sees nothing else; so intervals and deadlines need not be shortened.
 */

void virtual_time_leap (gint64 microseconds);
/* As while the computer sleeps: then the monotonic clock stands still */
void virtual_time_sleep (gint64 microseconds);
/* How long it has been since the program began, sleep included */
gint64 virtual_time_get (void);

G_END_DECLS
