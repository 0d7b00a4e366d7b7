/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-server.h"

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_CONSOLE (latch_sim_console_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimConsole, latch_sim_console, LATCH_SIM, CONSOLE, GObject)

LatchSimConsole *latch_sim_console_new (LatchSimServer *server);

G_END_DECLS
