/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alerts-fixture.h"

#include "latch-error.h"

static void
note (AlertsFixture *fixture, char what, LatchAlert *alert)
{
  if (fixture->news->len > 0)
    g_string_append_c (fixture->news, ' ');
  g_string_append_printf (fixture->news, "%c%s", what, latch_alert_get_id (alert));
}

static void
raised_cb (AlertsFixture *fixture, LatchAlert *alert)
{
  note (fixture, '+', alert);
}

static void
changed_cb (AlertsFixture *fixture, LatchAlert *alert)
{
  note (fixture, '*', alert);
}

static void
withdrawn_cb (AlertsFixture *fixture, LatchAlert *alert)
{
  note (fixture, '-', alert);
}

void
alerts_start_program (AlertsFixture *fixture)
{
  fixture->alerts = latch_alerts_new (G_LIST_MODEL (fixture->bridges));
  latch_alerts_stop_time (fixture->alerts, TRUE);
  g_signal_connect_swapped (fixture->alerts, "raised", G_CALLBACK (raised_cb), fixture);
  g_signal_connect_swapped (fixture->alerts, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect_swapped (fixture->alerts, "withdrawn", G_CALLBACK (withdrawn_cb), fixture);
  for (guint kind = 0; kind < LATCH_N_ALERT_KINDS; kind++)
    latch_alerts_set_enabled (fixture->alerts, kind, TRUE);
  latch_alerts_set_delay (fixture->alerts, LATCH_ALERT_KIND_UNLOCKED, DELAY);
  latch_alerts_set_delay (fixture->alerts, LATCH_ALERT_KIND_DOOR_OPEN, DELAY);
  latch_alerts_set_delay (fixture->alerts, LATCH_ALERT_KIND_UNREACHABLE, DELAY);
}

void
alerts_end_program (AlertsFixture *fixture)
{
  latch_alerts_stop (fixture->alerts);
  g_assert_finalize_object (fixture->alerts);
}

static LatchStateSnapshot *
add_device (AlertsFixture *fixture, guint64 nuki_id, int device_type, int state_code)
{
  LatchDeviceSnapshot *device = latch_device_snapshot_new (nuki_id);

  device->device_type = device_type;
  device->has_state = TRUE;
  device->state.state_code = state_code;
  g_ptr_array_add (fixture->devices, device);

  return &device->state;
}

void
alerts_set_up (AlertsFixture *fixture, gconstpointer data)
{
  g_autoptr (LatchClient) client = latch_client_new ("127.0.0.1", 9);

  fixture->news = g_string_new (NULL);
  fixture->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);
  fixture->front = add_device (fixture, 1, LATCH_DEVICE_TYPE_SMART_LOCK_3, LOCKED);
  fixture->back = add_device (fixture, 2, LATCH_DEVICE_TYPE_SMART_LOCK_3, LOCKED);
  fixture->gate = add_device (fixture, 3, LATCH_DEVICE_TYPE_OPENER, LOCKED);
  fixture->bridge = latch_bridge_new ("7", "Home", client);
  fixture->bridges = g_list_store_new (LATCH_TYPE_BRIDGE);
  g_list_store_append (fixture->bridges, fixture->bridge);
  alerts_start_program (fixture);
  alerts_tell (fixture);
  alerts_assert_news (fixture, "");
}

void
alerts_tear_down (AlertsFixture *fixture, gconstpointer data)
{
  alerts_end_program (fixture);
  g_clear_object (&fixture->bridges);
  g_assert_finalize_object (fixture->bridge);
  g_ptr_array_unref (fixture->devices);
  g_string_free (fixture->news, TRUE);
}

/* The bridge lists its devices as they now are; new ones are watched as soon as there is time */
void
alerts_tell (AlertsFixture *fixture)
{
  latch_bridge_apply_list (fixture->bridge, fixture->devices, latch_alerts_get_now (fixture->alerts));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The bridge does not answer as it should, more often than by accident */
void
alerts_fail (AlertsFixture *fixture, int code)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, code, "It does not answer");

  latch_bridge_apply_error (fixture->bridge, error);
  latch_bridge_apply_error (fixture->bridge, error);
}

/* Returns: (transfer none): the bridge keeps it */
LatchLock *
alerts_get_lock (AlertsFixture *fixture, guint64 nuki_id)
{
  return latch_bridge_find_lock (fixture->bridge, nuki_id,
                                 nuki_id == 3 ? LATCH_DEVICE_TYPE_OPENER : LATCH_DEVICE_TYPE_SMART_LOCK_3);
}

LatchAlert *
alerts_get_alert (AlertsFixture *fixture, const char *subject)
{
  LatchAlert *alert = latch_alerts_get_most_urgent (fixture->alerts, subject);

  g_assert_nonnull (alert);
  return alert;
}
