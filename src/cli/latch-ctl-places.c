/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-places.h"

#include "latch-callback-slots.h"
#include "latch-error.h"

#define FREE_SECONDS 5

/**
 * latch_ctl_get_installation_id:
 *
 * Returns: (transfer full): what our callbacks are known by; where nothing can be stored, for this once only
 */
char *
latch_ctl_get_installation_id (LatchCtl *ctl)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  latch_store_load_installation_id_async (ctl->store, ctl->cancellable, latch_ctl_done_cb, &result);
  id = latch_store_load_installation_id_finish (ctl->store, latch_ctl_wait (&result), &error);
  if (id != NULL)
    return id;

  g_debug ("This installation has no ID: %s", error->message);

  return g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
}

static gboolean
time_over_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *cancellable, GCancellable *ours)
{
  g_cancellable_cancel (ours);
}

/**
 * latch_ctl_free_places:
 *
 * Removes all callbacks of this installation from a bridge, in a few seconds at most.
 *
 * Returns: whether the bridge has none any more
 */
gboolean
latch_ctl_free_places (LatchCtl *ctl, LatchClient *client, GError **error)
{
  g_autofree char *installation_id = latch_ctl_get_installation_id (ctl);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) left = NULL;
  guint timer_id = g_timeout_add_seconds (FREE_SECONDS, time_over_cb, cancellable);
  gulong handler = g_cancellable_connect (ctl->cancellable, G_CALLBACK (cancelled_cb), cancellable, NULL);

  latch_callback_slots_free_async (client, installation_id, LATCH_CALLBACK_SLOTS_ALL, NULL, NULL, cancellable,
                                   latch_ctl_done_cb, &result);
  left = latch_callback_slots_free_finish (client, latch_ctl_wait (&result), error);
  g_cancellable_disconnect (ctl->cancellable, handler);
  g_source_remove (timer_id);

  if (left == NULL && error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_cancellable_is_cancelled (ctl->cancellable))
    {
      g_clear_error (error);
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_TIMED_OUT, _("The bridge did not answer in time"));
    }

  return left != NULL;
}
