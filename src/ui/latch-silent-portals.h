/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void latch_silent_portals_avoid (GDBusConnection *connection);
gboolean latch_silent_portals_affect_files (void);

G_END_DECLS
