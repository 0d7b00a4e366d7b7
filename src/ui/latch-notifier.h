/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "latch-alert.h"

G_BEGIN_DECLS

#define LATCH_TYPE_NOTIFIER (latch_notifier_get_type ())

/* Tells people who look elsewhere what they should know: by notifications, and the actions behind their buttons. */
G_DECLARE_FINAL_TYPE (LatchNotifier, latch_notifier, LATCH, NOTIFIER, GObject)

LatchNotifier *latch_notifier_new (GtkApplication *application, GListModel *bridges, GSettings *settings);
void latch_notifier_show_lock (LatchNotifier *self, const char *text);
void latch_notifier_lock (LatchNotifier *self, const char *text);
void latch_notifier_stop (LatchNotifier *self);

G_END_DECLS
