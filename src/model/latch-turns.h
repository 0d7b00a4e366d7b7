/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

G_BEGIN_DECLS

#define LATCH_TYPE_TURNS (latch_turns_get_type ())

/* Gives other programs, such as nightlatchctl, their turns among our requests to bridges. */
G_DECLARE_FINAL_TYPE (LatchTurns, latch_turns, LATCH, TURNS, GObject)

LatchTurns *latch_turns_new (LatchHome *home);

gboolean latch_turns_export (LatchTurns *self, GDBusConnection *connection, const char *object_path, GError **error);
void latch_turns_unexport (LatchTurns *self);

G_END_DECLS
