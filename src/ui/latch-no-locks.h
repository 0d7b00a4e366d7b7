/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void latch_no_locks_show (GtkStack *stack, const char *name, GCallback show_hidden, gpointer user_data);

G_END_DECLS
