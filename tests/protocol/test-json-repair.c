/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-error.h"
#include "latch-json-repair.h"

#include <string.h>

typedef struct
{
  const char *broken;
  gsize length;
  const char *repaired;
} Repair;

#define REPAIR(broken, repaired) { broken, sizeof broken - 1, repaired }

static void
test_repairs (void)
{
  static const Repair repairs[] = {
    /* nothing to do */
    REPAIR ("{\"a\":[1,true,false,null,\"b\"]}", "{\"a\":[1,true,false,null,\"b\"]}"),
    REPAIR ("[\"ü€😀\"]", "[\"ü€😀\"]"),
    REPAIR ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fc\\ud83d\\ude00\"]",
            "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fc\\ud83d\\ude00\"]"),
    /* around the document */
    REPAIR ("\xef\xbb\xbf[]", "[]"),
    REPAIR (" \r\n[]\n\0\0", "[] "),
    REPAIR ("[\x11" "1\n,\t\x7f" "2\0]", "[ 1 , 2 ]"),
    /* inside strings */
    REPAIR ("[\"a\x11\x7f\nb\"]", "[\"a\\u0011\\u007f\\u000ab\"]"),
    REPAIR ("[\"a\0b\\u0000c\"]", "[\"abc\"]"),
    REPAIR ("[\"\xc3\", \"a\xff\xfe\"]", "[\"\xef\xbf\xbd\", \"a\xef\xbf\xbd\xef\xbf\xbd\"]"),
    REPAIR ("[\"\\ud83d\", \"\\ude00\\ud83d\"]", "[\"\xef\xbf\xbd\", \"\xef\xbf\xbd\xef\xbf\xbd\"]"),
    REPAIR ("[\"\\q\\x41\\u12\\\xc3\"]", "[\"qx41u12\xef\xbf\xbd\"]"),
    /* numbers */
    REPAIR ("[007, -012, 0, -0]", "[7, -12, 0, -0]"),
    REPAIR ("[1.0, 2.50, 3e0, 1E2]", "[1, 2.5, 3, 100]"),
    REPAIR ("[1e999, -1e999, NaN, -Infinity, inf]", "[null, null, null, null, null]"),
    REPAIR ("[999999999999999999]", "[999999999999999999]"),
    REPAIR ("[18446744073709551615]", "[\"18446744073709551615\"]"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length = 0;
      g_autofree char *repaired = latch_json_repair (repairs[i].broken, repairs[i].length, &length, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (repaired, ==, repairs[i].repaired);
      g_assert_cmpuint (length, ==, strlen (repairs[i].repaired));
    }
}

static void
assert_refused (const char *text, gsize text_length, int code)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *repaired = latch_json_repair (text, text_length, &length, &error);

  g_assert_null (repaired);
  g_assert_error (error, LATCH_ERROR, code);
}

static void
test_refuses_what_is_not_json (void)
{
  static const char *const texts[] = {
    "<html></html>", "HTTP 401 Unauthorized", "\"text\"", "42", "null", "}", "-", "\x89PNG",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]), LATCH_ERROR_NOT_A_BRIDGE);
}

static void
test_refuses_what_is_broken (void)
{
  static const char *const texts[] = {
    "", " ", "\xef\xbb\xbf", "[", "{\"a\"", "{\"a\": \"b", "[tru", "[\"\\", "[\"\\u00", "[1,",     /* cut short */
    "[}", "{]", "[] []", "[]x", "[]]", "['a']", "[// \"\n]", "[/*\"*/]", "[0x1F]", "[1.]", "[.5]", "[+1]", "[1e]",
    "[--1]", "[yes]", "[True]", "[1 = 2]", "[\xc3\xbc]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]), LATCH_ERROR_MALFORMED);
}

static void
test_bounds_the_depth (void)
{
  for (guint depth = LATCH_JSON_MAX_DEPTH - 1; depth <= LATCH_JSON_MAX_DEPTH + 1; depth++)
    {
      g_autofree char *opening = g_strnfill (depth, '[');
      g_autofree char *closing = g_strnfill (depth, ']');
      g_autofree char *text = g_strconcat (opening, closing, NULL);
      g_autoptr (GError) error = NULL;
      gsize length = 0;
      g_autofree char *repaired = latch_json_repair (text, strlen (text), &length, &error);

      if (depth <= LATCH_JSON_MAX_DEPTH)
        g_assert_cmpstr (repaired, ==, text);
      else
        g_assert_error (error, LATCH_ERROR, LATCH_ERROR_MALFORMED);
    }
}

static void
test_stays_within_its_input (void)
{
  static const char text[] = "[\"\\ud83d\\ude00\", \"\xf0\x9f\x98\x80\", -1.5e-3, true]";

  /* Each prefix in a block of its own, without a final NUL, so that sanitizers see a byte read too many */
  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autofree char *prefix = g_memdup2 (text, MAX (length, 1));

      assert_refused (prefix, length, LATCH_ERROR_MALFORMED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-repair/mends-what-bridges-break", test_repairs);
  g_test_add_func ("/json-repair/refuses-what-is-not-json", test_refuses_what_is_not_json);
  g_test_add_func ("/json-repair/refuses-what-is-broken", test_refuses_what_is_broken);
  g_test_add_func ("/json-repair/bounds-the-depth", test_bounds_the_depth);
  g_test_add_func ("/json-repair/stays-within-its-input", test_stays_within_its_input);

  return g_test_run ();
}
