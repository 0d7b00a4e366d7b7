/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-window.h"

G_BEGIN_DECLS

void latch_demo_mode_enter (LatchWindow *window);
void latch_demo_mode_leave (LatchWindow *window);

G_END_DECLS
