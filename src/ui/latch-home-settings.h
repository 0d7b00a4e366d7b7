/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <gio/gio.h>

G_BEGIN_DECLS

void latch_home_settings_follow (GSettings *settings, LatchHome *home);

G_END_DECLS
