/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-lock-private.h"

#include "latch-words.h"

/* What a lock is called, by its bridge and here, and whether anybody wants to see it */

/* Begins a change after which the lock may be called something else */
static char *
begin_change (LatchLock *self)
{
  g_object_freeze_notify (G_OBJECT (self));

  return g_strdup (latch_lock_get_name (self));
}

static void
end_change (LatchLock *self, const char *name_before)
{
  if (g_strcmp0 (latch_lock_get_name (self), name_before) != 0)
    {
      g_clear_pointer (&self->words, g_ptr_array_unref);
      latch_lock_notify (self, LATCH_LOCK_PROP_NAME);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Takes over what the bridge says the lock is */
void
latch_lock_take_identity (LatchLock *self, const LatchDeviceSnapshot *news)
{
  g_autofree char *name_before = begin_change (self);

  if (news->name != NULL && g_set_str (&self->given_name, news->name))
    latch_lock_notify (self, LATCH_LOCK_PROP_GIVEN_NAME);
  if (news->firmware_version != NULL && g_set_str (&self->firmware_version, news->firmware_version))
    latch_lock_notify (self, LATCH_LOCK_PROP_FIRMWARE_VERSION);
  end_change (self, name_before);
}

/* @name: (nullable): what somebody calls it here */
void
latch_lock_set_choice (LatchLock *self, const char *name, gboolean hidden)
{
  g_autofree char *name_before = begin_change (self);

  g_set_str (&self->local_name, name);
  if (self->hidden != !!hidden)
    {
      self->hidden = !!hidden;
      latch_lock_notify (self, LATCH_LOCK_PROP_HIDDEN);
    }
  end_change (self, name_before);
}

/**
 * latch_lock_get_name:
 *
 * Returns: (nullable): what the lock is called on this computer; %NULL if it has no name
 */
const char *
latch_lock_get_name (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), NULL);

  return self->local_name != NULL ? self->local_name : self->given_name;
}

/**
 * latch_lock_get_words:
 *
 * Returns: (element-type utf8): the words of its name, by which it is found, see latch_words_add_to_find(); until it is
 *   called something else
 */
const GPtrArray *
latch_lock_get_words (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), NULL);

  if (self->words == NULL)
    {
      self->words = g_ptr_array_new_with_free_func (g_free);
      if (latch_lock_get_name (self) != NULL)
        latch_words_add_to_find (self->words, latch_lock_get_name (self));
    }

  return self->words;
}

/**
 * latch_lock_get_given_name:
 *
 * Returns: (nullable): the name that was set in the vendor's app; %NULL if there is none
 */
const char *
latch_lock_get_given_name (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), NULL);

  return self->given_name;
}

/**
 * latch_lock_has_local_name:
 *
 * Returns: whether somebody gave it a name of its own on this computer
 */
gboolean
latch_lock_has_local_name (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  return self->local_name != NULL;
}

gboolean
latch_lock_get_hidden (LatchLock *self)
{
  g_return_val_if_fail (LATCH_IS_LOCK (self), FALSE);

  return self->hidden;
}
