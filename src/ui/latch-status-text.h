/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As many characters as desktops take of what a program says about itself */
#define LATCH_STATUS_LENGTH 96

/* How all doors are, in one line for people who see no window. */

char *latch_status_text_new (GListModel *bridges, GListModel *locks);

G_END_DECLS
