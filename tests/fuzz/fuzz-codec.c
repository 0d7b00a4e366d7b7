/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "latch-codec.h"
#include "latch-error.h"
#include "latch-json-repair.h"
#include "snapshot-checks.h"

/*
 * Everything that makes sense of bytes from the network. An input's first byte says which part is meant; where it says
 * none, as in an answer of a bridge, the whole input goes to each of them.
 */

/* No byte of an answer becomes more than that, unless it is a number, which becomes its 17 digits and what belongs there */
#define MAX_GROWTH 8

static void
check_auth (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = latch_codec_decode_auth (body, &error);

  fuzz_check_error (token != NULL, error);
  if (token == NULL)
    return;

  g_assert_cmpuint (strlen (token), >=, 1);
  g_assert_cmpuint (strlen (token), <=, 64);
  for (const char *c = token; *c != '\0'; c++)
    g_assert_true (g_ascii_isprint (*c));
}

static void
check_list (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = latch_codec_decode_list (body, &error);

  fuzz_check_error (devices != NULL, error);
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const LatchDeviceSnapshot *device = devices->pdata[i];
      g_autofree char *text = encode_device (device, FALSE);
      g_autoptr (GBytes) encoded = g_bytes_new (text, strlen (text));
      g_autoptr (GPtrArray) again = latch_codec_decode_list (encoded, &error);

      check_device (device);
      for (guint j = 0; j < i; j++)
        {
          const LatchDeviceSnapshot *other = devices->pdata[j];

          g_assert_true (device->nuki_id != other->nuki_id || device->device_type != other->device_type);
        }

      g_assert_no_error (error);
      g_assert_cmpuint (again->len, ==, 1);
      check_same_device (again->pdata[0], device);
    }
}

static void
check_lock_state (GBytes *body)
{
  const LatchStateSnapshot before = { .state_code = 77, .mode = 78, .battery_percent = 79, .timestamp = 80 };
  LatchStateSnapshot state = before;
  g_autoptr (GError) error = NULL;
  gboolean worked = latch_codec_decode_lock_state (body, &state, &error);

  fuzz_check_error (worked, error);
  if (worked)
    {
      check_state (&state);
      g_assert_cmpint (state.state_code, >=, 0);
    }
  else
    {
      check_same_state (&state, &before);
    }
}

static void
check_lock_action (GBytes *body)
{
  LatchTristate battery_critical = 77;
  g_autoptr (GError) error = NULL;
  gboolean worked = latch_codec_decode_lock_action (body, &battery_critical, &error);

  fuzz_check_error (worked, error);
  if (worked)
    g_assert_cmpint (battery_critical, <=, LATCH_TRISTATE_YES);
  else
    g_assert_cmpint (battery_critical, ==, 77);
}

static void
check_success (GBytes *body)
{
  g_autoptr (GError) error = NULL;

  fuzz_check_error (latch_codec_decode_success (body, &error), error);
}

static void
check_info_answer (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchInfoSnapshot) info = latch_codec_decode_info (body, &error);
  g_autoptr (LatchInfoSnapshot) again = NULL;
  g_autoptr (GBytes) encoded = NULL;

  fuzz_check_error (info != NULL, error);
  if (info == NULL)
    return;

  check_info (info);
  encoded = encode_json (info->json);
  again = latch_codec_decode_info (encoded, &error);
  g_assert_no_error (error);
  check_same_info (again, info);
}

static void
check_callbacks (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) callbacks = latch_codec_decode_callbacks (body, &error);

  fuzz_check_error (callbacks != NULL, error);
  for (guint i = 0; callbacks != NULL && i < callbacks->len; i++)
    check_callback (callbacks->pdata[i]);
}

static void
check_log (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = latch_codec_decode_log (body, &error);

  fuzz_check_error (entries != NULL, error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    check_log_entry (entries->pdata[i]);
}

static void
check_discovery (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) bridges = latch_codec_decode_discovery (body, &error);

  fuzz_check_error (bridges != NULL, error);
  /* Whatever the search says, it never keeps anybody from typing an address */
  if (bridges == NULL)
    g_assert_nonnull (strstr (error->message, "You can still enter the bridge’s address"));
  for (guint i = 0; bridges != NULL && i < bridges->len; i++)
    check_discovered_bridge (bridges->pdata[i]);
}

static void
check_post (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchDeviceSnapshot) device = latch_codec_decode_callback_post (body, &error);
  g_autoptr (LatchDeviceSnapshot) again = NULL;
  g_autoptr (GBytes) encoded = NULL;
  char *text = NULL;

  fuzz_check_error (device != NULL, error);
  if (device == NULL)
    return;

  check_device (device);
  text = encode_device (device, TRUE);
  encoded = g_bytes_new_take (text, strlen (text));
  again = latch_codec_decode_callback_post (encoded, &error);
  g_assert_no_error (error);
  check_same_device (again, device);
}

/* How deep @json is nested, as somebody sees it who knows strings and brackets only */
static guint
measure_depth (const char *json)
{
  gboolean quoted = FALSE;
  guint depth = 0;
  guint deepest = 0;

  for (const char *c = json; *c != '\0'; c++)
    {
      if (quoted && *c == '\\')
        c++;
      else if (*c == '"')
        quoted = !quoted;
      else if (!quoted && (*c == '{' || *c == '['))
        depth++;
      else if (!quoted && (*c == '}' || *c == ']'))
        depth--;
      deepest = MAX (deepest, depth);
    }

  g_assert_false (quoted);
  g_assert_cmpuint (depth, ==, 0);

  return deepest;
}

static void
check_repair (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *repaired = NULL;
  g_autofree char *again = NULL;
  gsize size, length, again_length;
  const char *data = g_bytes_get_data (body, &size);

  repaired = latch_json_repair (data, size, &length, &error);
  fuzz_check_error (repaired != NULL, error);
  if (repaired == NULL)
    return;

  g_assert_cmpuint (strlen (repaired), ==, length);
  g_assert_cmpuint (length, <=, MAX_GROWTH * size);
  g_assert_true (g_utf8_validate (repaired, length, NULL));
  g_assert_cmpuint (measure_depth (repaired), <=, LATCH_JSON_MAX_DEPTH);
  for (const char *c = repaired; *c != '\0'; c++)
    g_assert_false (g_ascii_iscntrl (*c));

  /* What is whole stays as it is */
  again = latch_json_repair (repaired, length, &again_length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, repaired);
}

static void
check_whole (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = latch_codec_parse (body, &error);
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GBytes) encoded = NULL;

  fuzz_check_error (node != NULL, error);
  if (node == NULL)
    return;

  g_assert_true (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node));
  g_assert_true (json_node_is_immutable (node));
  encoded = encode_json (node);
  again = latch_codec_parse (encoded, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (again, node));
}

static char *
to_text (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  return size > 0 ? g_strndup (data, size) : g_strdup ("");
}

static void
check_time_text (GBytes *body)
{
  g_autofree char *text = to_text (body);
  gint64 seconds = 77;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *encoded = NULL;
  gint64 again;

  if (!latch_codec_parse_timestamp (text, &seconds))
    {
      g_assert_cmpint (seconds, ==, 77);
      return;
    }

  /* Only an offset leads out of the years that a text can tell; and GLib writes the first thousand with fewer digits */
  time = g_date_time_new_from_unix_utc (seconds);
  if (time == NULL || g_date_time_get_year (time) > 9999 || g_date_time_get_year (time) < 1000)
    return;

  encoded = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  g_assert_true (latch_codec_parse_timestamp (encoded, &again));
  g_assert_cmpint (again, ==, seconds);
}

static void
check_id_text (GBytes *body)
{
  g_autofree char *text = to_text (body);
  g_autofree char *decimal = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *prefixed = NULL;
  guint64 id;
  guint64 again;

  if (!latch_codec_parse_nuki_id (text, &id))
    return;

  g_assert_cmpuint (id, !=, 0);
  decimal = g_strdup_printf ("%" G_GUINT64_FORMAT, id);
  g_assert_true (latch_codec_parse_nuki_id (decimal, &again));
  g_assert_cmpuint (again, ==, id);
  hex = latch_nuki_id_to_hex (id);
  prefixed = g_strconcat ("0x", hex, NULL);
  g_assert_true (latch_codec_parse_nuki_id (prefixed, &again));
  g_assert_cmpuint (again, ==, id);
}

/* New ones go to the end, since the inputs that were found name them by their place */
static void (*const parts[]) (GBytes *body) = {
  check_whole,
  check_repair,
  check_auth,
  check_list,
  check_lock_state,
  check_lock_action,
  check_success,
  check_info_answer,
  check_callbacks,
  check_log,
  check_discovery,
  check_post,
  check_time_text,
  check_id_text,
};

void
fuzz_begin (void)
{
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 0 && data[0] < G_N_ELEMENTS (parts))
    {
      /* In a block that ends with them: so what reads on is caught */
      g_autoptr (GBytes) body = g_bytes_new (data + 1, size - 1);

      parts[data[0]](body);
    }
  else
    {
      g_autoptr (GBytes) body = g_bytes_new (data, size);

      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        parts[i](body);
    }

  return 0;
}
