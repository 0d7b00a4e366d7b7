/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void latch_notice_show (GtkWidget *widget, AdwToast *toast);
AdwToast *latch_notice_new (const char *text);
const char *latch_notice_heading (const char *failure, const GError *error);
void latch_notice_explain (GtkWidget *widget, const char *heading, const char *reason);

G_END_DECLS
