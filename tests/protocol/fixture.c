/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "latch-codec.h"

#include <string.h>

typedef gboolean (*Decode) (GBytes *body, GError **error);

static int
compare_names_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean
decode_auth (GBytes *body, GError **error)
{
  g_autofree char *token = latch_codec_decode_auth (body, error);

  return token != NULL;
}

static gboolean
decode_list (GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) devices = latch_codec_decode_list (body, error);

  return devices != NULL;
}

static gboolean
decode_lock_state (GBytes *body, GError **error)
{
  LatchStateSnapshot state = LATCH_STATE_SNAPSHOT_INIT;

  return latch_codec_decode_lock_state (body, &state, error);
}

static gboolean
decode_lock_action (GBytes *body, GError **error)
{
  LatchTristate battery_critical;

  return latch_codec_decode_lock_action (body, &battery_critical, error);
}

static gboolean
decode_info (GBytes *body, GError **error)
{
  g_autoptr (LatchInfoSnapshot) info = latch_codec_decode_info (body, error);

  return info != NULL;
}

static gboolean
decode_callbacks (GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) callbacks = latch_codec_decode_callbacks (body, error);

  return callbacks != NULL;
}

static gboolean
decode_log (GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) entries = latch_codec_decode_log (body, error);

  return entries != NULL;
}

static gboolean
decode_discovery (GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) bridges = latch_codec_decode_discovery (body, error);

  return bridges != NULL;
}

static gboolean
decode_callback_post (GBytes *body, GError **error)
{
  g_autoptr (LatchDeviceSnapshot) device = latch_codec_decode_callback_post (body, error);

  return device != NULL;
}

static const struct
{
  const char *prefix;
  Decode decode;
} decoders[] = {
  { "auth-", decode_auth },
  { "list-", decode_list },
  { "lockstate-", decode_lock_state },
  { "doc-lockstate-", decode_lock_state },
  { "lockaction-", decode_lock_action },
  { "success-", latch_codec_decode_success },
  { "callback-add-", latch_codec_decode_success },
  { "info-", decode_info },
  { "callbacks-", decode_callbacks },
  { "callback-list-", decode_callbacks },
  { "log-", decode_log },
  { "discover-", decode_discovery },
  { "post-", decode_callback_post },
  { "callback-post-", decode_callback_post },
};

/* Returns: the bytes of tests/fixtures/NAME.json, in a block that ends with them: so sanitizers see what overruns it */
GBytes *
fixture_load (const char *name)
{
  g_autofree char *file_name = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", file_name, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new (contents, length);
}

/* Returns: (nullable): the sorted names of the .json files in @folder, %NULL if there is no such folder */
GStrv
fixture_list (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GStrv sorted;
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_strv_builder_add (names, name);

  sorted = g_strv_builder_end (names);
  g_qsort_with_data (sorted, g_strv_length (sorted), sizeof *sorted, compare_names_cb, NULL);

  return sorted;
}

/* Decodes @body as the answer that the file @name, by its prefix, is one of */
gboolean
fixture_decode (const char *name, GBytes *body, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (decoders); i++)
    if (g_str_has_prefix (name, decoders[i].prefix))
      return decoders[i].decode (body, error);

  g_error ("No decoder for %s", name);
}
