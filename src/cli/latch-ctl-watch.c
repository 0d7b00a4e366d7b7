/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-places.h"
#include "latch-ctl-post.h"

static gboolean
are_waiting (GPtrArray *posts)
{
  for (guint i = 0; i < posts->len; i++)
    if (latch_ctl_post_is_waiting (posts->pdata[i]))
      return TRUE;

  return FALSE;
}

static gboolean
have_hope (GPtrArray *posts)
{
  for (guint i = 0; i < posts->len; i++)
    if (latch_ctl_post_get_error (posts->pdata[i]) == NULL)
      return TRUE;

  return FALSE;
}

/* Until nobody wants it any more, or there is nothing left to watch */
static void
watch (LatchCtl *ctl, GPtrArray *posts)
{
  for (guint i = 0; i < posts->len; i++)
    latch_ctl_post_start (posts->pdata[i]);

  while (have_hope (posts) && !g_cancellable_is_cancelled (ctl->cancellable))
    {
      g_main_context_iteration (NULL, TRUE);
      if (latch_ctl_output_is_broken (NULL))
        g_cancellable_cancel (ctl->cancellable);
    }

  for (guint i = 0; i < posts->len; i++)
    latch_ctl_post_leave (posts->pdata[i]);
  /* Answers that are still to come go to us */
  while (are_waiting (posts))
    g_main_context_iteration (NULL, TRUE);
}

/**
 * latch_ctl_watch:
 *
 * Prints what is, and then each change, until somebody ends it, which is a success. Bridges may come and go. They tell
 * of changes at once (spec: /callback) where they have a place for us and can reach us; else, they are asked often.
 */
gboolean
latch_ctl_watch (LatchCtl *ctl, GError **error)
{
  g_autoptr (GPtrArray) posts = NULL;
  g_autofree char *installation_id = NULL;

  if (!latch_ctl_choose_bridges (ctl, error))
    return FALSE;

  installation_id = latch_ctl_get_installation_id (ctl);
  posts = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_ctl_post_free);
  for (guint i = 0; i < ctl->bridges->len; i++)
    g_ptr_array_add (posts, latch_ctl_post_new (ctl, g_ptr_array_index (ctl->bridges, i), installation_id));

  watch (ctl, posts);
  if (g_cancellable_is_cancelled (ctl->cancellable))
    return TRUE;

  for (guint i = 0; i < posts->len; i++)
    if (latch_ctl_post_get_error (posts->pdata[i]) != NULL)
      {
        g_propagate_error (error, g_error_copy (latch_ctl_post_get_error (posts->pdata[i])));
        return FALSE;
      }

  return TRUE;
}
