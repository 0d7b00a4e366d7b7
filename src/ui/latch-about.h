/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void latch_about_present (GtkWindow *window, GListModel *home);

G_END_DECLS
