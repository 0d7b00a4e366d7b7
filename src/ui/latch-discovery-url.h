/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *latch_discovery_url_dup (GSettings *settings);
char *latch_discovery_url_dup_server (GSettings *settings);

G_END_DECLS
