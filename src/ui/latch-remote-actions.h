/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"
#include "latch-notifier.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The application's actions for other programs and scripts, which find them on the session bus: beside those of the
 * notifier, which show and lock a lock. They refresh and show, and lock; none of them opens a door.
 */

void latch_remote_actions_add (GtkApplication *application, LatchHome *home, LatchNotifier *notifier);

G_END_DECLS
