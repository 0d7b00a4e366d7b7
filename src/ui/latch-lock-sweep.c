/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-sweep.h"

#include "latch-lock-fate.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

#define ID "lock-all"

typedef struct
{
  GApplication *application;
  GString *body;
  guint n_locked;
  guint n_pending;
  gboolean all_well;
} Sweep;

static void
sweep_free (Sweep *self)
{
  g_clear_object (&self->application);
  g_string_free (self->body, TRUE);
  g_free (self);
}

static void
add_line (Sweep *self, const char *line)
{
  if (self->body->len > 0)
    g_string_append_c (self->body, '\n');
  g_string_append (self->body, line);
}

static void
tell (Sweep *self)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;

  if (!self->all_well)
    title = g_strdup (_("Not all doors are locked"));
  else if (self->n_locked > 0)
    /* Translators: all that were not locked already, by keys that lock all doors */
    title = g_strdup_printf (ngettext ("%u door was locked", "%u doors were locked", self->n_locked), self->n_locked);
  else
    title = g_strdup (_("All doors are locked"));

  notification = g_notification_new (title);
  if (self->body->len > 0)
    g_notification_set_body (notification, self->body->str);
  if (!self->all_well)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  /* What is replaced may go unnoticed */
  g_application_withdraw_notification (self->application, ID);
  g_application_send_notification (self->application, ID, notification);
}

static void
end_part (Sweep *self)
{
  if (--self->n_pending > 0)
    return;

  tell (self);
  sweep_free (self);
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *self = user_data;
  LatchLock *lock = LATCH_LOCK (source);
  g_autoptr (GError) error = NULL;

  if (latch_lock_perform_finish (lock, result, &error) && latch_lock_fate_find (lock) == LATCH_LOCK_FATE_NONE)
    self->n_locked++;
  else
    {
      g_autofree char *name = latch_lock_text_short_name (lock);
      g_autofree char *failure = latch_lock_text_failure (LATCH_LOCK_ACTION_LOCK, name);

      self->all_well = FALSE;
      add_line (self, failure);
      if (error)
        add_line (self, error->message);
    }

  end_part (self);
}

static void
add_left_out (Sweep *self, GListModel *locks, LatchLockFate fate)
{
  gboolean is_first = TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);
      g_autofree char *name = NULL;

      if (latch_lock_fate_find (lock) != fate)
        continue;

      if (is_first)
        add_line (self, latch_lock_fate_get_title (fate));
      is_first = FALSE;
      name = latch_lock_text_short_name (lock);
      add_line (self, name);
      self->all_well = FALSE;
    }
}

/**
 * latch_lock_sweep:
 * @locks: a list of #LatchLock
 *
 * Locks those that somebody would be asked about by latch_lock_all_ask(), and leaves out what that leaves out: most of
 * all doors that stand open. What became of each is told in one notification, once that is known.
 */
void
latch_lock_sweep (GApplication *application, GListModel *locks)
{
  Sweep *self = g_new0 (Sweep, 1);
  g_autoptr (GPtrArray) to_lock = g_ptr_array_new_with_free_func (g_object_unref);

  self->application = g_object_ref (application);
  self->body = g_string_new (NULL);
  self->all_well = TRUE;
  self->n_pending = 1;
  for (LatchLockFate fate = LATCH_LOCK_FATE_OPEN; fate < LATCH_LOCK_N_FATES; fate++)
    add_left_out (self, locks, fate);
  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);

      if (latch_lock_fate_find (lock) == LATCH_LOCK_FATE_LOCK)
        g_ptr_array_add (to_lock, g_steal_pointer (&lock));
    }
  for (guint i = 0; i < to_lock->len; i++)
    {
      self->n_pending++;
      latch_lock_perform_async (to_lock->pdata[i], LATCH_LOCK_ACTION_LOCK, NULL, locked_cb, self);
    }

  end_part (self);
}

/**
 * latch_lock_sweep_withdraw:
 *
 * Takes back what was told, when nobody can say any more whether it is so.
 */
void
latch_lock_sweep_withdraw (GApplication *application)
{
  g_application_withdraw_notification (application, ID);
}
