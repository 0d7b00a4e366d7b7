/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * For how long, up to now, the main thread had work to do while others had the processors: in microseconds. No program
 * can help that; on a busy machine it explains most of what is slow.
 */
gint64 waiting_measure (void);

G_END_DECLS
