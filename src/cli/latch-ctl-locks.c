/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-describe.h"
#include "latch-ctl-find.h"
#include "latch-ctl-json.h"
#include "latch-ctl-table.h"

/* What tells states: the bridge's cache, and the lock itself */

static gboolean
is_hidden (LatchCtlBridge *bridge, const LatchDeviceSnapshot *device)
{
  const LatchLockChoice *choice = latch_ctl_bridge_find_choice (bridge, device);

  return choice != NULL && choice->hidden;
}

static char *
get_title (LatchCtlBridge *bridge, const LatchDeviceSnapshot *device)
{
  g_autofree char *title = latch_ctl_device_get_title (bridge, device);

  if (!is_hidden (bridge, device))
    return g_steal_pointer (&title);

  /* Translators: %s is the name of a lock that is listed although it is hidden */
  return g_strdup_printf (_("%s (hidden)"), title);
}

static void
add_device (LatchCtlTable *table, LatchCtlBridge *bridge, const LatchDeviceSnapshot *device)
{
  g_autofree char *title = get_title (bridge, device);
  g_autofree char *hex = latch_nuki_id_to_hex (device->nuki_id);
  g_autofree char *age = latch_ctl_describe_age (device->state.timestamp);
  char *(*const describe[]) (const LatchDeviceSnapshot *, LatchCtlColor *) = {
    latch_ctl_describe_state, latch_ctl_describe_door, latch_ctl_describe_battery,
  };

  latch_ctl_table_add (table, title, LATCH_CTL_COLOR_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (describe); i++)
    {
      LatchCtlColor color;
      g_autofree char *text = describe[i] (device, &color);

      latch_ctl_table_add (table, text, color);
    }
  latch_ctl_table_add (table, hex, LATCH_CTL_COLOR_NONE);
  latch_ctl_table_add (table, age, LATCH_CTL_COLOR_NONE);
}

static void
print_list (LatchCtl *ctl)
{
  gboolean several = ctl->bridges->len > 1;
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (several ? 7 : 6);
  gboolean all = (ctl->options->given & LATCH_CTL_OPTION_ALL) != 0;
  guint n_devices = 0;
  guint n_hidden = 0;

  /* Translators: these are the titles of columns */
  latch_ctl_table_add_titles (table, _("Name"), _("State"), _("Door"), _("Battery"), _("ID"), _("Updated"), NULL);
  if (several)
    latch_ctl_table_add_titles (table, _("Bridge"), NULL);

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);
      g_autofree char *title = latch_ctl_bridge_get_title (bridge);

      for (guint j = 0; bridge->devices != NULL && j < bridge->devices->len; j++)
        {
          const LatchDeviceSnapshot *device = g_ptr_array_index (bridge->devices, j);

          if (!all && is_hidden (bridge, device))
            {
              n_hidden++;
              continue;
            }

          n_devices++;
          add_device (table, bridge, device);
          if (several)
            latch_ctl_table_add (table, title, LATCH_CTL_COLOR_NONE);
        }
    }

  if (n_devices > 0)
    latch_ctl_table_print (table);
  else if (n_hidden == 0)
    latch_ctl_print (_("There are no locks yet. Pair one with the bridge in the Nuki app."));
  if (n_hidden > 0)
    latch_ctl_print (ngettext ("%u hidden lock; --all shows it", "%u hidden locks; --all shows them", n_hidden),
                     n_hidden);
}

static void
print_list_json (LatchCtl *ctl)
{
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = latch_ctl_json_wrap_array (array);

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);

      for (guint j = 0; bridge->devices != NULL && j < bridge->devices->len; j++)
        {
          const LatchDeviceSnapshot *device = g_ptr_array_index (bridge->devices, j);
          const LatchLockChoice *choice = latch_ctl_bridge_find_choice (bridge, device);

          json_array_add_element (array, latch_ctl_json_new_device (bridge->id, device, choice));
        }
    }

  latch_ctl_print_json (node, FALSE);
}

static gboolean
any_answered (LatchCtl *ctl)
{
  for (guint i = 0; i < ctl->bridges->len; i++)
    if (((LatchCtlBridge *) g_ptr_array_index (ctl->bridges, i))->devices != NULL)
      return TRUE;

  return FALSE;
}

/**
 * latch_ctl_list:
 *
 * Prints the states that bridges have cached (spec: /list). Where one of several bridges fails, the others are printed.
 */
gboolean
latch_ctl_list (LatchCtl *ctl, GError **error)
{
  GError *bridge_error = NULL;

  if (!latch_ctl_choose_bridges (ctl, error))
    return FALSE;

  if (ctl->options->json)
    latch_ctl_identify_bridges (ctl);
  latch_ctl_ask_bridges (ctl);

  if (any_answered (ctl))
    {
      if (ctl->options->json)
        print_list_json (ctl);
      else
        print_list (ctl);
    }

  bridge_error = latch_ctl_report_bridge_errors (ctl);
  if (bridge_error == NULL)
    return TRUE;

  g_propagate_error (error, bridge_error);
  return FALSE;
}

static void
add_fact (LatchCtlTable *table, const char *title, const char *text, LatchCtlColor color)
{
  latch_ctl_table_add (table, title, LATCH_CTL_COLOR_NONE);
  latch_ctl_table_add (table, text, color);
}

static void
print_status (LatchCtlBridge *bridge, const LatchDeviceSnapshot *device)
{
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (2);
  g_autofree char *title = get_title (bridge, device);
  g_autofree char *given = latch_ctl_device_get_given_title (device);
  const LatchLockChoice *choice = latch_ctl_bridge_find_choice (bridge, device);
  g_autofree char *hex = latch_nuki_id_to_hex (device->nuki_id);
  g_autofree char *id = g_strdup_printf ("%s (%" G_GUINT64_FORMAT ")", hex, device->nuki_id);
  g_autofree char *ring = latch_ctl_describe_time (device->state.ring_timestamp);
  LatchCtlColor state_color, door_color, battery_color;
  g_autofree char *state = latch_ctl_describe_state (device, &state_color);
  g_autofree char *door = latch_ctl_describe_door (device, &door_color);
  g_autofree char *battery = latch_ctl_describe_battery (device, &battery_color);

  add_fact (table, _("Name"), title, LATCH_CTL_COLOR_TITLE);
  if (choice != NULL && choice->name != NULL)
    add_fact (table, _("Bridge’s name"), given, LATCH_CTL_COLOR_NONE);
  add_fact (table, _("State"), state, state_color);
  if (device->state.door_state_code >= 0)
    add_fact (table, _("Door"), door, door_color);
  add_fact (table, _("Battery"), battery, battery_color);
  if (device->state.ring_timestamp != 0)
    add_fact (table, _("Last ring"), ring, LATCH_CTL_COLOR_NONE);
  add_fact (table, _("Device"), latch_device_type_get_text (MAX (device->device_type, 0)), LATCH_CTL_COLOR_NONE);
  if (device->firmware_version != NULL)
    add_fact (table, _("Firmware"), device->firmware_version, LATCH_CTL_COLOR_NONE);
  add_fact (table, _("ID"), id, LATCH_CTL_COLOR_NONE);
  latch_ctl_table_print (table);
}

/**
 * latch_ctl_status:
 *
 * Prints what the lock itself says (spec: /lockState), which is true as of now.
 */
gboolean
latch_ctl_status (LatchCtl *ctl, GError **error)
{
  LatchCtlTarget target;
  g_autoptr (LatchDeviceSnapshot) device = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (!latch_ctl_find_target (ctl, ctl->arguments[0], &target, error))
    return FALSE;

  device = latch_device_snapshot_copy (target.device);
  latch_client_lock_state_async (target.bridge->client, device->nuki_id, device->device_type, ctl->cancellable,
                                 latch_ctl_done_cb, &result);
  if (!latch_client_lock_state_finish (target.bridge->client, latch_ctl_wait (&result), &device->state, error))
    {
      g_autofree char *title = latch_ctl_target_get_title (&target);

      if (!g_cancellable_is_cancelled (ctl->cancellable))
        g_prefix_error (error, "%s: ", title);
      return FALSE;
    }

  device->has_state = TRUE;
  if (device->state.timestamp == 0)
    device->state.timestamp = g_get_real_time () / G_USEC_PER_SEC;

  if (ctl->options->json)
    {
      g_autoptr (JsonNode) node = latch_ctl_json_new_device (target.bridge->id, device, latch_ctl_bridge_find_choice (target.bridge, device));

      latch_ctl_print_json (node, FALSE);
    }
  else
    print_status (target.bridge, device);

  return TRUE;
}
