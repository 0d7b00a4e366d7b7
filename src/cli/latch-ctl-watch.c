/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-describe.h"
#include "latch-ctl-find.h"
#include "latch-ctl-json.h"
#include "latch-error.h"

typedef struct _Watch Watch;

/* One bridge that is watched */
typedef struct
{
  Watch *watch;
  LatchCtlBridge *bridge;
  char *title;
  GHashTable *seen; /* what device → its last news without its time, as text */
  gboolean waiting; /* for an answer */
  gboolean lost;    /* and that was said */
  gboolean given_up;
  guint timer_id;
} Post;

struct _Watch
{
  LatchCtl *ctl;
  GPtrArray *posts;
  GError *error; /* of the bridge that was given up first */
};

static void ask (Post *post);

static void
post_free (Post *post)
{
  g_clear_handle_id (&post->timer_id, g_source_remove);
  g_hash_table_unref (post->seen);
  g_free (post->title);
  g_free (post);
}

static void
print_news (Post *post, const LatchDeviceSnapshot *device)
{
  g_autofree char *title = latch_ctl_device_get_title (device);
  g_autofree char *now = latch_ctl_describe_time (g_get_real_time () / G_USEC_PER_SEC);
  LatchCtlColor color;
  g_autofree char *state = latch_ctl_describe_state (device, &color);
  g_autofree char *door = latch_ctl_describe_door (device, &color);
  g_autofree char *battery = latch_ctl_describe_battery (device, &color);
  g_autoptr (GString) line = g_string_new (NULL);

  if (post->watch->ctl->options->json)
    {
      g_autoptr (JsonNode) node = latch_ctl_json_new_device (post->bridge->id, device);

      latch_ctl_print_json (node, TRUE);
      return;
    }

  g_string_append_printf (line, "%s  %s: %s", now, title, state);
  if (device->state.door_state_code >= 0)
    /* Translators: as in "door Closed" */
    g_string_append_printf (line, _(", door: %s"), door);
  if (device->state.battery_critical == LATCH_TRISTATE_YES)
    g_string_append_printf (line, _(", battery: %s"), battery);
  if (post->watch->posts->len > 1)
    g_string_append_printf (line, " (%s)", post->title);
  latch_ctl_print ("%s", line->str);
}

/* That a bridge has heard again from a lock is no change; a second ring is one */
static char *
summarize (const LatchDeviceSnapshot *device)
{
  g_autoptr (JsonNode) node = latch_ctl_json_new_device (NULL, device);

  json_object_remove_member (json_node_get_object (node), "updated");

  return json_to_string (node, FALSE);
}

static void
take_devices (Post *post, GPtrArray *devices)
{
  if (post->lost)
    latch_ctl_warn (_("%s answers again"), post->title);
  post->lost = FALSE;

  for (guint i = 0; i < devices->len; i++)
    {
      const LatchDeviceSnapshot *device = g_ptr_array_index (devices, i);
      g_autofree char *key = g_strdup_printf ("%d %" G_GUINT64_FORMAT, device->device_type, device->nuki_id);
      g_autofree char *summary = summarize (device);

      if (g_strcmp0 (g_hash_table_lookup (post->seen, key), summary) == 0)
        continue;

      print_news (post, device);
      g_hash_table_replace (post->seen, g_steal_pointer (&key), g_steal_pointer (&summary));
    }
}

/* A bridge that is away or busy may come back; one that refuses our token must not be bothered with it */
static void
take_error (Post *post, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!latch_error_is_connection (error) && !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_BUSY) &&
      !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_MALFORMED) &&
      !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_REFUSED))
    {
      post->given_up = TRUE;
      if (post->watch->error == NULL)
        post->watch->error = g_error_copy (error);
      if (post->watch->posts->len > 1)
        latch_ctl_warn ("%s: %s", post->title, error->message);
      return;
    }

  if (!post->lost)
    latch_ctl_warn (_("%s: %s. Still trying"), post->title, error->message);
  post->lost = TRUE;
}

static gboolean
ask_again_cb (gpointer user_data)
{
  Post *post = user_data;

  post->timer_id = 0;
  ask (post);

  return G_SOURCE_REMOVE;
}

static void
finish_round (Post *post)
{
  post->waiting = FALSE;
  if (!post->given_up && !g_cancellable_is_cancelled (post->watch->ctl->cancellable))
    post->timer_id = g_timeout_add_seconds (post->watch->ctl->options->interval, ask_again_cb, post);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Post *post = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = latch_client_list_finish (LATCH_CLIENT (source), result, &error);

  if (devices != NULL)
    take_devices (post, devices);
  else
    take_error (post, error);

  finish_round (post);
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Post *post = user_data;
  LatchClient *client = LATCH_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchInfoSnapshot) info = latch_client_info_finish (client, result, &error);

  if (info == NULL)
    {
      take_error (post, error);
      finish_round (post);
      return;
    }

  post->bridge->id = g_strdup_printf ("%" G_GUINT64_FORMAT, info->server_id);
  latch_client_list_async (client, post->watch->ctl->cancellable, listed_cb, post);
}

static void
ask (Post *post)
{
  LatchCtl *ctl = post->watch->ctl;

  post->waiting = TRUE;
  if (ctl->options->json && post->bridge->id == NULL)
    latch_client_info_async (post->bridge->client, ctl->cancellable, identified_cb, post);
  else
    latch_client_list_async (post->bridge->client, ctl->cancellable, listed_cb, post);
}

static gboolean
is_worth_it (Watch *self)
{
  gboolean waiting = FALSE;
  gboolean hopeful = FALSE;

  for (guint i = 0; i < self->posts->len; i++)
    {
      const Post *post = g_ptr_array_index (self->posts, i);

      waiting |= post->waiting;
      hopeful |= !post->given_up;
    }

  /* Answers that are still to come go to us */
  if (g_cancellable_is_cancelled (self->ctl->cancellable))
    return waiting;

  return hopeful;
}

static void
add_post (Watch *self, LatchCtlBridge *bridge)
{
  Post *post = g_new0 (Post, 1);

  post->watch = self;
  post->bridge = bridge;
  post->title = latch_ctl_bridge_get_title (bridge);
  post->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  latch_client_set_read_priority (bridge->client, LATCH_PRIORITY_BACKGROUND);
  g_ptr_array_add (self->posts, post);
}

/**
 * latch_ctl_watch:
 *
 * Prints what is, and then each change, until somebody ends it, which is a success. Bridges may come and go.
 */
gboolean
latch_ctl_watch (LatchCtl *ctl, GError **error)
{
  Watch watch = { ctl, NULL, NULL };

  if (!latch_ctl_choose_bridges (ctl, error))
    return FALSE;

  watch.posts = g_ptr_array_new_with_free_func ((GDestroyNotify) post_free);
  for (guint i = 0; i < ctl->bridges->len; i++)
    add_post (&watch, g_ptr_array_index (ctl->bridges, i));

  for (guint i = 0; i < watch.posts->len; i++)
    {
      Post *post = g_ptr_array_index (watch.posts, i);

      if (post->bridge->error == NULL)
        ask (post);
      else
        take_error (post, post->bridge->error);
    }

  while (is_worth_it (&watch))
    {
      g_main_context_iteration (NULL, TRUE);
      if (latch_ctl_output_is_broken (NULL))
        g_cancellable_cancel (ctl->cancellable);
    }

  g_ptr_array_unref (watch.posts);
  if (g_cancellable_is_cancelled (ctl->cancellable))
    g_clear_error (&watch.error);
  if (watch.error == NULL)
    return TRUE;

  g_propagate_error (error, watch.error);
  return FALSE;
}
