/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many characters a name may have that somebody gives here */
#define LATCH_MAX_NAME_LENGTH 64

/**
 * LatchLockChoice:
 * @device_type: with @nuki_id, what identifies the lock at its bridge; -1 if that reports no types
 * @name: (nullable): what the lock is called on this computer; %NULL for what the bridge calls it
 * @hidden: whether nobody wants to see it
 *
 * What somebody chose for a lock on this computer: plain data. It outlasts the lock's place in the bridge's list.
 */
typedef struct
{
  guint64 nuki_id;
  int device_type;
  char *name;
  gboolean hidden;
} LatchLockChoice;

LatchLockChoice *latch_lock_choice_new (guint64 nuki_id, int device_type);
LatchLockChoice *latch_lock_choice_copy (const LatchLockChoice *self);
void latch_lock_choice_free (LatchLockChoice *self);

LatchLockChoice *latch_lock_choices_find (GPtrArray *choices, guint64 nuki_id, int device_type);

gboolean latch_local_name_check (const char *text, char **name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchLockChoice, latch_lock_choice_free)

G_END_DECLS
