/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-home-private.h"
#include "latch-store-activity.h"

/* For how long what happened to locks is remembered */

#define SECONDS_PER_DAY (24 * 60 * 60)
/* Somebody who changes the setting may be on the way to another number: what is deleted does not come back */
#define SECOND_THOUGHTS 60

static void
pruned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!latch_store_write_finish (LATCH_STORE (source), result, &error))
    g_message ("Could not forget what happened long ago: %s", error->message);
}

static gboolean
prune_cb (gpointer user_data)
{
  LatchHome *self = user_data;

  self->prune_id = 0;
  latch_home_prune (self);

  return G_SOURCE_REMOVE;
}

/* From now on, once a day */
void
latch_home_prune (LatchHome *self)
{
  g_clear_handle_id (&self->prune_id, g_source_remove);
  if (self->history_days == 0)
    return;

  latch_store_prune_events_async (self->store, self->history_days, NULL, pruned_cb, NULL);
  self->prune_id = g_timeout_add_seconds (SECONDS_PER_DAY, prune_cb, self);
}

/**
 * latch_home_set_history_days:
 * @days: for how many days to remember what happened to locks; 0, as at first, for ever
 *
 * Has older events deleted when the bridges are loaded, once a day from then on, and not long after the number changed.
 */
void
latch_home_set_history_days (LatchHome *self, guint days)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  if (self->history_days == days)
    return;

  self->history_days = days;
  g_clear_handle_id (&self->prune_id, g_source_remove);
  if (self->loaded && days != 0)
    self->prune_id = g_timeout_add_seconds (SECOND_THOUGHTS, prune_cb, self);
}
