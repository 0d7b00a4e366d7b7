/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-log.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void latch_log_exporter_run (GtkWidget *widget, LatchBridgeLog *log);

G_END_DECLS
