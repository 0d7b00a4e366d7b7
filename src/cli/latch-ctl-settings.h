/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean latch_ctl_settings_get (const char *key, gboolean fallback);
char *latch_ctl_settings_dup_text (const char *key);

G_END_DECLS
