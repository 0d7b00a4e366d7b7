/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "latch-codec.h"
#include "latch-error.h"

#include <string.h>

/* Whatever the bytes are: an answer, or an error of ours with a message. Criticals end the test by themselves. */
static void
assert_survives (const char *name, const guint8 *data, gsize length)
{
  g_autoptr (GBytes) body = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  if (fixture_decode (name, body, &error))
    {
      g_assert_no_error (error);
    }
  else
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == LATCH_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpstr (error->message, !=, "");
    }
}

static GBytes *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

/* There would be a hundred thousand of them */
static void
drop_debug_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

typedef void (*Mutate) (const char *name, const guint8 *data, gsize length);

static void
for_each_fixture (Mutate mutate)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", NULL);
  g_auto (GStrv) names = fixture_list (folder);

  g_assert_cmpuint (g_strv_length (names), >, 50);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GBytes) body = read_file (folder, names[i]);

      mutate (names[i], g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    }
}

static void
truncate_everywhere (const char *name, const guint8 *data, gsize length)
{
  for (gsize end = 0; end <= length; end++)
    assert_survives (name, data, end);
}

static void
flip_everywhere (const char *name, const guint8 *data, gsize length)
{
  static const guint8 masks[] = { 0x01, 0x20, 0x80 };
  g_autofree guint8 *copy = g_memdup2 (data, MAX (length, 1));

  for (gsize i = 0; i < length; i++)
    for (guint j = 0; j < G_N_ELEMENTS (masks); j++)
      {
        copy[i] ^= masks[j];
        assert_survives (name, copy, length);
        copy[i] = data[i];
      }
}

static void
replace_everywhere (const char *name, const guint8 *data, gsize length)
{
  static const char characters[] = "\0\"\\}[,:0-";
  g_autofree guint8 *copy = g_memdup2 (data, MAX (length, 1));

  for (gsize i = 0; i < length; i++)
    for (guint j = 0; j < sizeof characters - 1; j++)
      {
        copy[i] = characters[j];
        assert_survives (name, copy, length);
        copy[i] = data[i];
      }
}

/* Every fixture given to every other endpoint */
static void
swap_endpoints (const char *name, const guint8 *data, gsize length)
{
  static const char *const endpoints[] = {
    "auth-", "list-", "lockstate-", "lockaction-", "success-", "info-", "callbacks-", "log-", "discover-", "post-",
  };

  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    assert_survives (endpoints[i], data, length);
}

static void
test_mutation (gconstpointer data)
{
  for_each_fixture ((Mutate) data);
}

static void
test_size_is_bounded (void)
{
  const gsize limit = 1024 * 1024;

  for (int more = 0; more <= 1; more++)
    {
      g_autofree char *text = g_strnfill (limit + more, ' ');
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GPtrArray) devices = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (text, "[]", 2);
      body = g_bytes_new_take (g_steal_pointer (&text), limit + more);
      devices = latch_codec_decode_list (body, &error);

      if (more == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, LATCH_ERROR, LATCH_ERROR_MALFORMED);
    }
}

static void
test_depth_is_bounded (void)
{
  static const char *const openings[] = { "[", "{\"a\":", "[{\"lastKnownState\":" };

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      gsize n = 1000000 / strlen (openings[i]);
      GString *text = g_string_sized_new (1000000);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GError) error = NULL;

      for (gsize j = 0; j < n; j++)
        g_string_append (text, openings[i]);
      body = g_string_free_to_bytes (text);

      g_assert_null (latch_codec_parse (body, &error));
      g_assert_error (error, LATCH_ERROR, LATCH_ERROR_MALFORMED);
    }
}

/* As many devices as fit, all the same and all different: neither may take quadratic time */
static void
test_many_devices (gconstpointer data)
{
  gboolean are_different = GPOINTER_TO_INT (data);
  GString *text = g_string_new ("[{\"nukiId\":1}");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;
  guint n_devices = 1;

  for (; text->len < 1024 * 1024 - 64; n_devices++)
    g_string_append_printf (text, ",{\"nukiId\":%u}", are_different ? n_devices + 1 : 1);
  g_string_append_c (text, ']');
  body = g_string_free_to_bytes (text);

  devices = latch_codec_decode_list (body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, are_different ? n_devices : 1);
}

/* Samples from real bridges lie beside the checkout where there are any */
static void
test_real_samples (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "fixtures", "payloads", NULL);
  g_auto (GStrv) names = fixture_list (folder);
  guint n_samples = 0;

  if (names == NULL)
    {
      g_test_skip ("There are no samples from real bridges beside the checkout");
      return;
    }

  for (; names[n_samples] != NULL; n_samples++)
    {
      const char *name = names[n_samples];
      g_autoptr (GBytes) body = read_file (folder, name);
      g_autoptr (GError) error = NULL;
      gboolean decoded = fixture_decode (name, body, &error);

      if (strstr (name, "success-false") != NULL)
        g_assert_error (error, LATCH_ERROR, LATCH_ERROR_OFFLINE);
      else if (strstr (name, "too-many") != NULL)
        g_assert_error (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_FULL);
      else if (!decoded)
        g_error ("%s: %s", name, error->message);
    }

  g_assert_cmpuint (n_samples, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_handler ("nightlatch", G_LOG_LEVEL_DEBUG, drop_debug_cb, NULL);

  g_test_add_data_func ("/codec/hardening/survives-truncation-at-each-byte", truncate_everywhere, test_mutation);
  g_test_add_data_func ("/codec/hardening/survives-flipping-each-byte", flip_everywhere, test_mutation);
  g_test_add_data_func ("/codec/hardening/survives-replacing-each-byte", replace_everywhere, test_mutation);
  g_test_add_data_func ("/codec/hardening/survives-other-endpoints'-answers", swap_endpoints, test_mutation);
  g_test_add_func ("/codec/hardening/bounds-the-size", test_size_is_bounded);
  g_test_add_func ("/codec/hardening/bounds-the-depth", test_depth_is_bounded);
  g_test_add_data_func ("/codec/hardening/takes-many-different-devices", GINT_TO_POINTER (TRUE), test_many_devices);
  g_test_add_data_func ("/codec/hardening/takes-one-device-many-times", GINT_TO_POINTER (FALSE), test_many_devices);
  g_test_add_func ("/codec/hardening/reads-real-samples", test_real_samples);

  return g_test_run ();
}
