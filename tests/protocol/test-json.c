/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-json.h"

#include <string.h>

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);

  return node;
}

static void
test_int (void)
{
  g_autoptr (JsonNode) node = parse ("{\"number\": 5, \"text\": \" 5 \", \"whole\": 5.0, \"text-whole\": \"5.0\","
                                     " \"half\": 5.5, \"huge\": 1e300, \"flag\": true, \"null\": null, \"array\": [5],"
                                     " \"object\": {\"a\": 5}, \"word\": \"five\", \"nothing\": \"\", \"low\": -1,"
                                     " \"high\": 11}");
  JsonObject *object = json_node_get_object (node);
  static const char *const good[] = { "number", "text", "whole", "text-whole" };
  static const char *const bad[] = {
    "half", "huge", "flag", "null", "array", "object", "word", "nothing", "low", "high", "missing",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpint (latch_json_get_int (object, good[i], 0, 10, -77), ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (latch_json_get_int (object, bad[i], 0, 10, -77), ==, -77);

  g_assert_cmpint (latch_json_get_code (object, "number"), ==, 5);
  g_assert_cmpint (latch_json_get_code (object, "low"), ==, -1);
  g_assert_cmpint (latch_json_get_code (object, "huge"), ==, -1);
}

static void
test_flag (void)
{
  g_autoptr (JsonNode) node = parse ("{\"yes\": [true, 1, \"true\", \"TRUE\", \"1\", \" 1 \", 1.0],"
                                     " \"no\": [false, 0, \"false\", \"False\", \"0\", 0.0],"
                                     " \"unknown\": [null, 2, -1, 0.5, \"\", \"maybe\", [], {}]}");
  static const struct
  {
    const char *name;
    LatchTristate flag;
  } expected[] = {
    { "yes", LATCH_TRISTATE_YES },
    { "no", LATCH_TRISTATE_NO },
    { "unknown", LATCH_TRISTATE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      JsonArray *values = json_object_get_array_member (json_node_get_object (node), expected[i].name);

      for (guint j = 0; j < json_array_get_length (values); j++)
        {
          g_autoptr (JsonObject) object = json_object_new ();

          json_object_set_member (object, "flag", json_array_dup_element (values, j));
          g_assert_cmpint (latch_json_get_flag (object, "flag"), ==, expected[i].flag);
          g_assert_cmpint (latch_json_get_flag (object, "missing"), ==, LATCH_TRISTATE_UNKNOWN);
        }
    }
}

static void
test_text_is_fit_to_be_seen (void)
{
  static const struct
  {
    const char *raw;
    const char *clean;
  } texts[] = {
    { "Haustür 🚪", "Haustür 🚪" },
    { "  Home\t\n", "Home" },
    { "Front\nDoor", "Front Door" },
    { "\033[31mRed\177", "[31mRed" },
    { "\xc2\x85 \xe2\x80\xae" "desreveR\xe2\x81\xa6", "desreveR" },
    { "\xef\xbb\xbf" "Marked", "Marked" },
    { "", NULL },
    { " \n ", NULL },
    { "\001", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      g_autofree char *text = NULL;

      json_object_set_string_member (object, "name", texts[i].raw);
      text = latch_json_get_text (object, "name");
      g_assert_cmpstr (text, ==, texts[i].clean);
      g_assert_cmpstr (latch_json_get_raw_text (object, "name"), ==, texts[i].raw);
    }
}

static void
test_text_is_bounded (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;
  GString *raw = g_string_new (NULL);

  for (guint i = 0; i < 10000; i++)
    g_string_append (raw, "ü");
  json_object_set_string_member (object, "name", raw->str);
  g_string_free (raw, TRUE);

  text = latch_json_get_text (object, "name");
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), ==, 256);
}

static void
test_text_is_only_text (void)
{
  g_autoptr (JsonNode) node = parse ("{\"number\": 5, \"flag\": true, \"null\": null, \"array\": [\"a\"],"
                                     " \"object\": {}}");
  JsonObject *object = json_node_get_object (node);
  static const char *const names[] = { "number", "flag", "null", "array", "object", "missing" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_null (latch_json_get_text (object, names[i]));
      g_assert_null (latch_json_get_raw_text (object, names[i]));
    }
}

static void
test_time (void)
{
  g_autoptr (JsonNode) node = parse ("{\"good\": \"2016-10-03T06:49:00+00:00\", \"bad\": \"soon\","
                                     " \"number\": 1475477340, \"null\": null, \"early\": \"1816-10-03T06:49:00Z\"}");
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpint (latch_json_get_time (object, "good"), ==, 1475477340);
  g_assert_cmpint (latch_json_get_time (object, "bad"), ==, 0);
  g_assert_cmpint (latch_json_get_time (object, "number"), ==, 0);
  g_assert_cmpint (latch_json_get_time (object, "null"), ==, 0);
  g_assert_cmpint (latch_json_get_time (object, "early"), ==, 0);
  g_assert_cmpint (latch_json_get_time (object, "missing"), ==, 0);
}

static void
test_id (void)
{
  g_autoptr (JsonNode) node = parse ("{\"number\": 12345678, \"decimal\": \"12345678\","
                                     " \"hexadecimal\": \"1E5FE23A\", \"zero\": 0, \"negative\": -1, \"flag\": true,"
                                     " \"null\": null, \"word\": \"lock\"}");
  JsonObject *object = json_node_get_object (node);
  static const char *const bad[] = { "zero", "negative", "flag", "null", "word", "missing" };

  g_assert_cmpuint (latch_json_get_id (object, "number"), ==, 12345678);
  g_assert_cmpuint (latch_json_get_id (object, "decimal"), ==, 12345678);
  g_assert_cmpuint (latch_json_get_id (object, "hexadecimal"), ==, 0x1e5fe23a);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpuint (latch_json_get_id (object, bad[i]), ==, 0);
}

static void
test_containers (void)
{
  g_autoptr (JsonNode) node = parse ("{\"object\": {}, \"array\": [], \"null\": null, \"text\": \"{}\"}");
  JsonObject *object = json_node_get_object (node);

  g_assert_nonnull (latch_json_get_object (object, "object"));
  g_assert_null (latch_json_get_object (object, "array"));
  g_assert_null (latch_json_get_object (object, "null"));
  g_assert_null (latch_json_get_object (object, "text"));
  g_assert_null (latch_json_get_object (object, "missing"));
  g_assert_nonnull (latch_json_get_array (object, "array"));
  g_assert_null (latch_json_get_array (object, "object"));
  g_assert_null (latch_json_get_array (object, "missing"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/int/comes-in-many-forms", test_int);
  g_test_add_func ("/json/flag/comes-in-many-forms", test_flag);
  g_test_add_func ("/json/text/is-fit-to-be-seen", test_text_is_fit_to_be_seen);
  g_test_add_func ("/json/text/is-bounded", test_text_is_bounded);
  g_test_add_func ("/json/text/is-only-text", test_text_is_only_text);
  g_test_add_func ("/json/time/is-missing-where-it-is-none", test_time);
  g_test_add_func ("/json/id/is-a-number-or-text", test_id);
  g_test_add_func ("/json/object-and-array/are-nothing-else", test_containers);

  return g_test_run ();
}
