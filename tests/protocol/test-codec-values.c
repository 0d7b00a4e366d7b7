/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "latch-codec.h"

static void
test_timestamps (void)
{
  static const struct
  {
    const char *text;
    gint64 seconds;
  } times[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "2016-04-01T12:10:11Z", 1459512611 },
    { "2016-10-03T06:49:00+00:00", 1475477340 },
    { "2016-10-03T06:49:00", 1475477340 },
    { "2016-10-03T08:49:00+02:00", 1475477340 },
    { "2016-10-03T08:49:00+0200", 1475477340 },
    { "2016-10-03T08:49:00+02", 1475477340 },
    { "2016-10-03T03:19:00-03:30", 1475477340 },
    { "2016-10-03t06:49:00z", 1475477340 },
    { "2016-10-03 06:49:00Z", 1475477340 },
    { "2016-10-03T06:49:00.987Z", 1475477340 },
    { "  2016-10-03T06:49:00Z \n", 1475477340 },
    { "2017-06-14\n      T06:53:44Z", 1497423224 },
    { "2016-12-31T23:59:60Z", 1483228799 },
    { "1969-12-31T23:59:59Z", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 seconds = 77;

      g_assert_true (latch_codec_parse_timestamp (times[i].text, &seconds));
      g_assert_cmpint (seconds, ==, times[i].seconds);
    }
}

static void
test_no_timestamps (void)
{
  static const char *const texts[] = {
    "", " ", "soon", "2016", "2016-10-03", "2016-10-03T", "2016-10-03T06:49", "2016-13-03T06:49:00Z",
    "2016-02-30T06:49:00Z", "2016-10-03T25:49:00Z", "2016-10-03T06:61:00Z", "2016-10-03T06:49:61Z",
    "0000-10-03T06:49:00Z", "2016-10-03T06:49:00+", "2016-10-03T06:49:00+2", "2016-10-03T06:49:00+02:",
    "2016-10-03T06:49:00+24:00", "2016-10-03T06:49:00+02:60", "2016-10-03T06:49:00Zulu", "2016-10-03T06:49:00 CET",
    "1-10-03T06:49:00Z", "2016-1-03T06:49:00Z", "-016-10-03T06:49:00Z", "1475477340",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 seconds = 77;

      if (latch_codec_parse_timestamp (texts[i], &seconds))
        g_error ("“%s” was taken for a time", texts[i]);
      g_assert_cmpint (seconds, ==, 77);
    }
}

static void
test_ids (void)
{
  static const struct
  {
    const char *text;
    guint64 id;
  } ids[] = {
    { "1", 1 },
    { "12345678", 12345678 },
    { "91049449", 91049449 },
    { "2117604523", 2117604523 },
    { "9151414130", 9151414130 },
    { "18446744073709551615", G_MAXUINT64 },
    { "3C8862ED", 0x3c8862ed },
    { "3c8862ed", 0x3c8862ed },
    { "5499EC1", 0x5499ec1 },
    { "056D4DE9", 0x56d4de9 },
    { "00000010", 0x10 },
    { "0x10", 0x10 },
    { "0X1F", 0x1f },
    { "007", 7 },
    { " 42\n", 42 },
    { "FFFFFFFFFFFFFFFF", G_MAXUINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      guint64 id = 77;

      g_assert_true (latch_codec_parse_nuki_id (ids[i].text, &id));
      g_assert_cmpuint (id, ==, ids[i].id);
    }
}

static void
test_no_ids (void)
{
  static const char *const texts[] = {
    "", " ", "0", "00000000", "0x", "0x0", "0x0x1", "-1", "+1", "1.5", "lock", "12 34", "Nuki_3C8862ED",
    "18446744073709551616", "1FFFFFFFFFFFFFFFF",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      guint64 id = 77;

      if (latch_codec_parse_nuki_id (texts[i], &id))
        g_error ("“%s” was taken for an ID", texts[i]);
    }
}

static void
test_ids_round_trip (void)
{
  static const guint64 ids[] = { 1, 0x10, 91049449, 0x3c8862ed, 9151414130, G_MAXUINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *hex = latch_nuki_id_to_hex (ids[i]);
      g_autofree char *prefixed = g_strconcat ("0x", hex, NULL);
      guint64 id = 0;

      g_assert_true (latch_codec_parse_nuki_id (prefixed, &id));
      g_assert_cmpuint (id, ==, ids[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/codec/timestamp/has-many-forms", test_timestamps);
  g_test_add_func ("/codec/timestamp/refuses-what-is-none", test_no_timestamps);
  g_test_add_func ("/codec/id/is-decimal-or-hexadecimal", test_ids);
  g_test_add_func ("/codec/id/refuses-what-is-none", test_no_ids);
  g_test_add_func ("/codec/id/survives-its-hexadecimal-form", test_ids_round_trip);

  return g_test_run ();
}
