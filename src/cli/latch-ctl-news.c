/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-news.h"

#include "latch-ctl-describe.h"
#include "latch-ctl-find.h"
#include "latch-ctl-json.h"

struct _LatchCtlNews
{
  LatchCtlBridge *bridge;
  LatchBridge *model;
  gboolean json;
  gboolean all;       /* also what is hidden */
  char *bridge_title; /* NULL where there is no other */
  GHashTable *seen;   /* what device → what was last printed of it */
};

static void
print (LatchCtlNews *self, const LatchDeviceSnapshot *device, const char *bridge_id)
{
  g_autofree char *title = latch_ctl_device_get_title (self->bridge, device);
  g_autofree char *now = latch_ctl_describe_time (g_get_real_time () / G_USEC_PER_SEC);
  LatchCtlColor color;
  g_autofree char *state = latch_ctl_describe_state (device, &color);
  g_autofree char *door = latch_ctl_describe_door (device, &color);
  g_autofree char *battery = latch_ctl_describe_battery (device, &color);
  g_autoptr (GString) line = g_string_new (NULL);

  if (self->json)
    {
      g_autoptr (JsonNode) node = latch_ctl_json_new_device (bridge_id, device, latch_ctl_bridge_find_choice (self->bridge, device));

      latch_ctl_print_json (node, TRUE);
      return;
    }

  g_string_append_printf (line, "%s  %s: %s", now, title, state);
  if (device->state.door_state_code >= 0)
    /* Translators: as in "door Closed" */
    g_string_append_printf (line, _(", door: %s"), door);
  if (device->state.battery_critical == LATCH_TRISTATE_YES)
    g_string_append_printf (line, _(", battery: %s"), battery);
  if (self->bridge_title != NULL)
    g_string_append_printf (line, " (%s)", self->bridge_title);
  latch_ctl_print ("%s", line->str);
}

/* That a bridge has heard again from a lock is no change; a second ring is one */
static char *
summarize (const LatchDeviceSnapshot *device)
{
  g_autoptr (JsonNode) node = latch_ctl_json_new_device (NULL, device, NULL);

  json_object_remove_member (json_node_get_object (node), "updated");

  return json_to_string (node, FALSE);
}

static LatchDeviceSnapshot *
take_snapshot (LatchLock *lock)
{
  LatchDeviceSnapshot *device = latch_device_snapshot_new (latch_lock_get_nuki_id (lock));

  latch_lock_to_snapshot (lock, device);
  /* A bridge that does not know the state any more does not vouch for what it once said */
  if (latch_lock_get_stale (lock))
    {
      device->has_state = FALSE;
      device->state = (LatchStateSnapshot) LATCH_STATE_SNAPSHOT_INIT;
    }

  return device;
}

/* Programs are told everything */
static gboolean
is_left_out (LatchCtlNews *self, const LatchDeviceSnapshot *device)
{
  const LatchLockChoice *choice = latch_ctl_bridge_find_choice (self->bridge, device);

  return choice != NULL && choice->hidden && !self->all && !self->json;
}

static void
print_if_new (LatchCtlNews *self, LatchLock *lock, const char *bridge_id, gboolean pushed)
{
  g_autoptr (LatchDeviceSnapshot) device = take_snapshot (lock);
  g_autofree char *key = g_strdup_printf ("%d %" G_GUINT64_FORMAT, device->device_type, device->nuki_id);
  g_autofree char *summary = summarize (device);

  /* Others that are in doubt just then are no news */
  if ((pushed && latch_lock_get_stale (lock)) || is_left_out (self, device) ||
      g_strcmp0 (g_hash_table_lookup (self->seen, key), summary) == 0)
    return;

  /* The time that the lock last had is that of its former state */
  if (pushed)
    device->state.timestamp = g_get_real_time () / G_USEC_PER_SEC;
  print (self, device, bridge_id);
  g_hash_table_replace (self->seen, g_steal_pointer (&key), g_steal_pointer (&summary));
}

/**
 * latch_ctl_news_new:
 * @bridge: the bridge; belongs to @ctl
 * @model: its locks
 */
LatchCtlNews *
latch_ctl_news_new (LatchCtl *ctl, LatchCtlBridge *bridge, LatchBridge *model)
{
  LatchCtlNews *self = g_new0 (LatchCtlNews, 1);

  self->bridge = bridge;
  self->model = g_object_ref (model);
  self->json = ctl->options->json;
  self->all = (ctl->options->given & LATCH_CTL_OPTION_ALL) != 0;
  self->bridge_title = ctl->bridges->len > 1 ? latch_ctl_bridge_get_title (bridge) : NULL;
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
latch_ctl_news_free (LatchCtlNews *self)
{
  g_hash_table_unref (self->seen);
  g_free (self->bridge_title);
  g_object_unref (self->model);
  g_free (self);
}

/**
 * latch_ctl_news_print:
 * @bridge_id: (nullable): what the bridge calls itself
 * @pushed: whether the bridge told of its own accord
 *
 * Prints a line for each lock that is not as it was.
 */
void
latch_ctl_news_print (LatchCtlNews *self, const char *bridge_id, gboolean pushed)
{
  guint n_locks = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      print_if_new (self, lock, bridge_id, pushed);
    }
}
