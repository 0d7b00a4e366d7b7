/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"

#include "latch-lock-private.h"

/* What people chose for locks on this computer. Locks come and go; what was chosen for them stays */

/* Has a lock be as was chosen for it, before anybody sees it or later */
void
latch_bridge_apply_choice (LatchBridge *self, LatchLock *lock)
{
  const LatchLockChoice *choice =
      latch_lock_choices_find (self->choices, latch_lock_get_nuki_id (lock), latch_lock_get_device_type (lock));

  latch_lock_set_choice (lock, choice != NULL ? choice->name : NULL, choice != NULL && choice->hidden);
}

static void
replace (LatchBridge *self, LatchLockChoice *choice)
{
  for (guint i = self->choices->len; i-- > 0;)
    {
      const LatchLockChoice *other = self->choices->pdata[i];

      if (other->nuki_id == choice->nuki_id && other->device_type == choice->device_type)
        g_ptr_array_remove_index_fast (self->choices, i);
    }
  g_ptr_array_add (self->choices, choice);

  for (guint i = 0; i < self->locks->len; i++)
    if (latch_lock_get_nuki_id (self->locks->pdata[i]) == choice->nuki_id)
      latch_bridge_apply_choice (self, self->locks->pdata[i]);
}

/**
 * latch_bridge_get_choice:
 *
 * Returns: (transfer full): what was chosen for a lock, whether the bridge lists it or not
 */
LatchLockChoice *
latch_bridge_get_choice (LatchBridge *self, guint64 nuki_id, int device_type)
{
  const LatchLockChoice *found = NULL;
  LatchLockChoice *choice = NULL;

  g_return_val_if_fail (LATCH_IS_BRIDGE (self), NULL);

  found = latch_lock_choices_find (self->choices, nuki_id, device_type);
  choice = found != NULL ? latch_lock_choice_copy (found) : latch_lock_choice_new (nuki_id, device_type);
  choice->device_type = device_type;

  return choice;
}

/**
 * latch_bridge_restore_choice:
 * @choice: what was chosen for a lock when the program last ran
 *
 * To be called before the bridge's locks are there, so that nobody sees them as they shall not be.
 */
void
latch_bridge_restore_choice (LatchBridge *self, const LatchLockChoice *choice)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));
  g_return_if_fail (choice != NULL);

  replace (self, latch_lock_choice_copy (choice));
}

/**
 * latch_bridge_set_choices:
 * @choices: (element-type LatchLockChoice): all that was chosen for locks, by whatever program
 */
void
latch_bridge_set_choices (LatchBridge *self, GPtrArray *choices)
{
  g_return_if_fail (LATCH_IS_BRIDGE (self));

  g_ptr_array_set_size (self->choices, 0);
  for (guint i = 0; i < choices->len; i++)
    g_ptr_array_add (self->choices, latch_lock_choice_copy (choices->pdata[i]));
  for (guint i = 0; i < self->locks->len; i++)
    latch_bridge_apply_choice (self, self->locks->pdata[i]);
}

/**
 * latch_bridge_choose_name:
 * @name: (nullable): what latch_local_name_check() made of what somebody calls the lock; %NULL for what the bridge does
 *
 * Does not save that: see latch_home_rename_lock_async().
 */
void
latch_bridge_choose_name (LatchBridge *self, guint64 nuki_id, int device_type, const char *name)
{
  LatchLockChoice *choice = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));

  choice = latch_bridge_get_choice (self, nuki_id, device_type);
  g_set_str (&choice->name, name);
  replace (self, choice);
}

/**
 * latch_bridge_choose_hidden:
 * @hidden: whether nobody wants to see the lock
 *
 * Does not save that: see latch_home_hide_lock_async().
 */
void
latch_bridge_choose_hidden (LatchBridge *self, guint64 nuki_id, int device_type, gboolean hidden)
{
  LatchLockChoice *choice = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));

  choice = latch_bridge_get_choice (self, nuki_id, device_type);
  choice->hidden = !!hidden;
  replace (self, choice);
}
