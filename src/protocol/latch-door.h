/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The door of something that listens: it is open, unless so many come in that nothing else gets a turn in the main
 * loop; then it is closed for a moment, and they wait in front of it. Plain data behind functions.
 */
typedef struct _LatchDoor LatchDoor;

LatchDoor *latch_door_new (GSocketService *service);
void latch_door_free (LatchDoor *self);

void latch_door_note_arrival (LatchDoor *self);

G_END_DECLS
