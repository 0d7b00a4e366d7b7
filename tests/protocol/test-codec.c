/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "latch-codec.h"
#include "latch-error.h"

#include <string.h>

static GPtrArray *
decode_list (const char *fixture)
{
  g_autoptr (GBytes) body = fixture_load (fixture);
  g_autoptr (GError) error = NULL;
  GPtrArray *devices = latch_codec_decode_list (body, &error);

  g_assert_no_error (error);
  g_assert_nonnull (devices);

  return devices;
}

static LatchDeviceSnapshot *
device_at (GPtrArray *devices, guint index)
{
  g_assert_cmpuint (index, <, devices->len);

  return g_ptr_array_index (devices, index);
}

static void
assert_error_of (const char *fixture, LatchError code)
{
  g_autoptr (GBytes) body = fixture_load (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (fixture_decode (fixture, body, &error));
  if (!g_error_matches (error, LATCH_ERROR, code))
    g_error ("%s: %s", fixture, error->message);
  g_assert_cmpint (g_utf8_strlen (error->message, -1), >, 20);
}

static void
test_auth (void)
{
  g_autoptr (GBytes) body = fixture_load ("auth-spec");
  g_autoptr (GError) error = NULL;
  g_autofree char *token = latch_codec_decode_auth (body, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, "token123");

  assert_error_of ("auth-not-pressed", LATCH_ERROR_BUTTON_NOT_PRESSED);
}

static void
test_auth_token_is_checked (void)
{
  assert_error_of ("auth-token-missing", LATCH_ERROR_MALFORMED);
  assert_error_of ("auth-token-null", LATCH_ERROR_MALFORMED);
  assert_error_of ("auth-token-empty", LATCH_ERROR_MALFORMED);
  assert_error_of ("auth-token-too-long", LATCH_ERROR_MALFORMED);
  assert_error_of ("auth-token-control-char", LATCH_ERROR_MALFORMED);
  assert_error_of ("auth-token-not-ascii", LATCH_ERROR_MALFORMED);
}

static void
test_auth_error_has_no_token (void)
{
  static const char *const fixtures[] = { "auth-token-control-char", "auth-token-too-long" };

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autoptr (GBytes) body = fixture_load (fixtures[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (latch_codec_decode_auth (body, &error));
      g_assert_null (strstr (error->message, "secret"));
      g_assert_null (strstr (error->message, "xxx"));
    }
}

static void
test_list_spec (void)
{
  g_autoptr (GPtrArray) devices = decode_list ("list-spec");
  LatchDeviceSnapshot *device = device_at (devices, 1);

  g_assert_cmpuint (devices->len, ==, 2);
  g_assert_cmpuint (device->nuki_id, ==, 2);
  g_assert_cmpstr (device->name, ==, "Grandma");
  g_assert_cmpint (device->device_type, ==, -1);
  g_assert_null (device->firmware_version);
  g_assert_true (device->has_state);
  g_assert_cmpint (device->state.state_code, ==, 3);
  g_assert_cmpint (device->state.battery_critical, ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (device->state.timestamp, ==, 1475477340);
  g_assert_cmpint (device->state.mode, ==, -1);
  g_assert_cmpint (device->state.battery_percent, ==, -1);
  g_assert_cmpint (device->state.door_state_code, ==, -1);
}

static void
test_list_later_api (void)
{
  g_autoptr (GPtrArray) devices = decode_list ("list-later-api");
  LatchDeviceSnapshot *lock = device_at (devices, 0);
  LatchDeviceSnapshot *opener = device_at (devices, 1);

  g_assert_cmpuint (devices->len, ==, 2);
  g_assert_cmpint (lock->device_type, ==, LATCH_DEVICE_TYPE_SMART_LOCK_3);
  g_assert_cmpuint (lock->nuki_id, ==, 1015571181);
  g_assert_cmpstr (lock->name, ==, "Haustür");
  g_assert_cmpstr (lock->firmware_version, ==, "3.5.10");
  g_assert_cmpint (lock->state.mode, ==, 2);
  g_assert_cmpint (lock->state.state_code, ==, 1);
  g_assert_cmpint (lock->state.battery_critical, ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (lock->state.battery_charging, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (lock->state.battery_percent, ==, 85);
  g_assert_cmpint (lock->state.keypad_battery_critical, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (lock->state.door_state_code, ==, 2);
  g_assert_cmpint (lock->state.ring_active, ==, LATCH_TRISTATE_UNKNOWN);
  g_assert_cmpint (lock->state.ring_timestamp, ==, 0);
  g_assert_cmpint (lock->state.timestamp, ==, 1712383251);

  g_assert_cmpint (opener->device_type, ==, LATCH_DEVICE_TYPE_OPENER);
  g_assert_cmpint (opener->state.mode, ==, 3);
  g_assert_cmpint (opener->state.battery_critical, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (opener->state.battery_percent, ==, -1);
  g_assert_cmpint (opener->state.ring_active, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (opener->state.ring_timestamp, ==, 1712383170);
}

static void
test_list_sparse (void)
{
  g_autoptr (GPtrArray) devices = decode_list ("list-sparse");

  g_assert_cmpuint (devices->len, ==, 4);
  for (guint i = 0; i < devices->len; i++)
    {
      LatchDeviceSnapshot *device = device_at (devices, i);

      g_assert_cmpuint (device->nuki_id, ==, i + 1);
      g_assert_cmpint (device->device_type, ==, -1);
      g_assert_null (device->name);
      g_assert_null (device->firmware_version);
      g_assert_false (device->has_state);
      g_assert_cmpint (device->state.state_code, ==, -1);
    }

  g_assert_cmpint (device_at (devices, 3)->state.battery_critical, ==, LATCH_TRISTATE_YES);
}

static void
test_list_loose_types (void)
{
  g_autoptr (GPtrArray) devices = decode_list ("list-loose-types");
  LatchDeviceSnapshot *device = device_at (devices, 0);
  static const guint64 ids[] = { 353437181, 0x3c8862ed, 0x10, 0x1f, 9151414130, G_MAXUINT64, 7 };

  g_assert_cmpint (device->device_type, ==, 4);
  g_assert_cmpint (device->state.state_code, ==, 3);
  g_assert_cmpint (device->state.mode, ==, 2);
  g_assert_cmpint (device->state.battery_critical, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (device->state.battery_charging, ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (device->state.battery_percent, ==, 48);
  g_assert_cmpint (device->state.keypad_battery_critical, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (device->state.door_state_code, ==, 3);
  g_assert_cmpint (device->state.ring_active, ==, LATCH_TRISTATE_NO);
  g_assert_cmpint (device->state.timestamp, ==, 1605723779);

  g_assert_cmpuint (devices->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpuint (device_at (devices, i)->nuki_id, ==, ids[i]);
}

static void
test_list_repairs_names (void)
{
  static const struct
  {
    const char *fixture;
    const char *names[3];
  } repaired[] = {
    { "list-control-char", { "Twelve be low  ring", "[31mRed" } },
    { "list-bad-utf8", { "Haust�", "T�r ���", "😀 � �" } },
    { "list-bad-escapes", { "C:Door x41 u12 's" } },
    { "list-byte-order-mark", { "Home" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (repaired); i++)
    {
      g_autoptr (GPtrArray) devices = decode_list (repaired[i].fixture);

      for (guint j = 0; j < devices->len; j++)
        g_assert_cmpstr (device_at (devices, j)->name, ==, repaired[i].names[j]);
    }
}

static void
test_list_out_of_range (void)
{
  g_autoptr (GPtrArray) devices = decode_list ("list-out-of-range");

  g_assert_cmpuint (devices->len, ==, 3);
  for (guint i = 0; i < devices->len; i++)
    {
      LatchDeviceSnapshot *device = device_at (devices, i);

      g_assert_cmpint (device->device_type, ==, -1);
      g_assert_false (device->has_state);
      g_assert_cmpint (device->state.state_code, ==, -1);
      g_assert_cmpint (device->state.mode, ==, -1);
      g_assert_cmpint (device->state.battery_percent, ==, -1);
      g_assert_cmpint (device->state.door_state_code, ==, -1);
      g_assert_cmpint (device->state.battery_critical, ==, LATCH_TRISTATE_UNKNOWN);
      g_assert_cmpint (device->state.timestamp, ==, 0);
    }
}

static void
test_list_unknown (void)
{
  g_autoptr (GPtrArray) devices = decode_list ("list-unknown");
  LatchDeviceSnapshot *device = device_at (devices, 0);

  g_assert_cmpint (device->device_type, ==, 77);
  g_assert_true (device->has_state);
  g_assert_cmpint (device->state.state_code, ==, 9);
  g_assert_cmpint (device->state.mode, ==, 12);
  g_assert_cmpint (device->state.door_state_code, ==, 42);
}

static void
test_list_skips_unusable_items (void)
{
  g_autoptr (GPtrArray) devices = decode_list ("list-unusable-items");
  g_autoptr (GPtrArray) none = decode_list ("list-empty");

  g_assert_cmpuint (devices->len, ==, 1);
  g_assert_cmpuint (device_at (devices, 0)->nuki_id, ==, 42);
  g_assert_cmpuint (none->len, ==, 0);

  /* "You have no locks" would be worse than an error */
  assert_error_of ("list-only-unusable-items", LATCH_ERROR_MALFORMED);
}

static void
test_list_same_device (void)
{
  g_autoptr (GPtrArray) devices = decode_list ("list-same-device");

  g_assert_cmpuint (devices->len, ==, 2);
  g_assert_cmpstr (device_at (devices, 0)->name, ==, "New");
  g_assert_cmpint (device_at (devices, 0)->state.state_code, ==, 3);
  g_assert_cmpint (device_at (devices, 1)->device_type, ==, LATCH_DEVICE_TYPE_OPENER);
}

static void
test_list_errors (void)
{
  assert_error_of ("list-html", LATCH_ERROR_NOT_A_BRIDGE);
  assert_error_of ("list-plain-text", LATCH_ERROR_NOT_A_BRIDGE);
  assert_error_of ("list-object", LATCH_ERROR_MALFORMED);
  assert_error_of ("list-cut-short", LATCH_ERROR_MALFORMED);
  assert_error_of ("list-no-comma", LATCH_ERROR_MALFORMED);
  assert_error_of ("list-trailing-text", LATCH_ERROR_MALFORMED);
  assert_error_of ("list-comment", LATCH_ERROR_MALFORMED);
  assert_error_of ("list-no-body", LATCH_ERROR_MALFORMED);
  assert_error_of ("list-blank-body", LATCH_ERROR_MALFORMED);
  assert_error_of ("list-refused", LATCH_ERROR_REFUSED);
}

static void
test_lock_state (void)
{
  static const struct
  {
    const char *fixture;
    int state_code;
    LatchTristate battery_critical;
    int battery_percent;
    int door_state_code;
  } answers[] = {
    { "lockstate-spec", 1, LATCH_TRISTATE_NO, -1, -1 },
    { "lockstate-later-api", 3, LATCH_TRISTATE_YES, 12, 3 },
    { "lockstate-no-success", 254, LATCH_TRISTATE_NO, -1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GBytes) body = fixture_load (answers[i].fixture);
      g_autoptr (GError) error = NULL;
      LatchStateSnapshot state;

      g_assert_true (latch_codec_decode_lock_state (body, &state, &error));
      g_assert_no_error (error);
      g_assert_cmpint (state.state_code, ==, answers[i].state_code);
      g_assert_cmpint (state.battery_critical, ==, answers[i].battery_critical);
      g_assert_cmpint (state.battery_percent, ==, answers[i].battery_percent);
      g_assert_cmpint (state.door_state_code, ==, answers[i].door_state_code);
      g_assert_cmpint (state.timestamp, ==, 0);
    }
}

static void
test_lock_state_errors (void)
{
  g_autoptr (GBytes) body = fixture_load ("lockstate-offline");
  LatchStateSnapshot state = { .state_code = 77 };

  assert_error_of ("lockstate-offline", LATCH_ERROR_OFFLINE);
  assert_error_of ("lockstate-offline-as-text", LATCH_ERROR_OFFLINE);
  assert_error_of ("lockstate-no-state", LATCH_ERROR_MALFORMED);
  assert_error_of ("lockstate-array", LATCH_ERROR_MALFORMED);

  g_assert_false (latch_codec_decode_lock_state (body, &state, NULL));
  g_assert_cmpint (state.state_code, ==, 77);
}

static void
test_lock_action (void)
{
  static const struct
  {
    const char *fixture;
    LatchTristate battery_critical;
  } answers[] = {
    { "lockaction-spec", LATCH_TRISTATE_NO },
    { "lockaction-battery-critical", LATCH_TRISTATE_YES },
    { "lockaction-battery-missing", LATCH_TRISTATE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GBytes) body = fixture_load (answers[i].fixture);
      g_autoptr (GError) error = NULL;
      LatchTristate battery_critical = 77;

      g_assert_true (latch_codec_decode_lock_action (body, &battery_critical, &error));
      g_assert_no_error (error);
      g_assert_cmpint (battery_critical, ==, answers[i].battery_critical);
    }
}

static void
test_lock_action_needs_success (void)
{
  assert_error_of ("lockaction-failed", LATCH_ERROR_OFFLINE);
  assert_error_of ("lockaction-no-success", LATCH_ERROR_MALFORMED);
  assert_error_of ("lockaction-state-only", LATCH_ERROR_MALFORMED);
}

static void
test_callback_post (void)
{
  g_autoptr (GBytes) spec = fixture_load ("post-spec");
  g_autoptr (GBytes) ring = fixture_load ("post-ring");
  g_autoptr (GBytes) no_state = fixture_load ("post-no-state");
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchDeviceSnapshot) device = latch_codec_decode_callback_post (spec, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (device->nuki_id, ==, 11);
  g_assert_cmpint (device->device_type, ==, -1);
  g_assert_null (device->name);
  g_assert_true (device->has_state);
  g_assert_cmpint (device->state.state_code, ==, 1);
  g_assert_cmpint (device->state.battery_critical, ==, LATCH_TRISTATE_NO);

  g_clear_pointer (&device, latch_device_snapshot_free);
  device = latch_codec_decode_callback_post (ring, &error);
  g_assert_no_error (error);
  g_assert_cmpint (device->device_type, ==, LATCH_DEVICE_TYPE_OPENER);
  g_assert_cmpint (device->state.ring_active, ==, LATCH_TRISTATE_YES);
  g_assert_cmpint (device->state.ring_timestamp, ==, 1685276372);

  g_clear_pointer (&device, latch_device_snapshot_free);
  device = latch_codec_decode_callback_post (no_state, &error);
  g_assert_no_error (error);
  g_assert_false (device->has_state);
  g_assert_cmpint (device->state.battery_critical, ==, LATCH_TRISTATE_YES);

  assert_error_of ("post-no-id", LATCH_ERROR_MALFORMED);
  assert_error_of ("post-array", LATCH_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/codec/auth/gives-the-token", test_auth);
  g_test_add_func ("/codec/auth/refuses-odd-tokens", test_auth_token_is_checked);
  g_test_add_func ("/codec/auth/keeps-tokens-out-of-errors", test_auth_error_has_no_token);
  g_test_add_func ("/codec/list/reads-the-specification's-example", test_list_spec);
  g_test_add_func ("/codec/list/reads-later-members", test_list_later_api);
  g_test_add_func ("/codec/list/takes-missing-members", test_list_sparse);
  g_test_add_func ("/codec/list/takes-other-types", test_list_loose_types);
  g_test_add_func ("/codec/list/repairs-names", test_list_repairs_names);
  g_test_add_func ("/codec/list/takes-impossible-values-for-missing", test_list_out_of_range);
  g_test_add_func ("/codec/list/keeps-unknown-codes", test_list_unknown);
  g_test_add_func ("/codec/list/skips-unusable-items", test_list_skips_unusable_items);
  g_test_add_func ("/codec/list/merges-the-same-device", test_list_same_device);
  g_test_add_func ("/codec/list/says-what-is-wrong", test_list_errors);
  g_test_add_func ("/codec/lock-state/is-read", test_lock_state);
  g_test_add_func ("/codec/lock-state/says-what-is-wrong", test_lock_state_errors);
  g_test_add_func ("/codec/lock-action/is-read", test_lock_action);
  g_test_add_func ("/codec/lock-action/needs-an-explicit-success", test_lock_action_needs_success);
  g_test_add_func ("/codec/callback-post/is-read", test_callback_post);

  return g_test_run ();
}
