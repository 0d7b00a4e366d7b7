/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-csv.h"

static void
assert_row (const char *expected, const char *first, const char *second)
{
  const char *const cells[] = { first, second };
  g_autoptr (GString) csv = g_string_new (NULL);

  latch_csv_append_row (csv, cells, G_N_ELEMENTS (cells));

  g_assert_cmpstr (csv->str, ==, expected);
}

static void
test_plain (void)
{
  assert_row ("Front Door,locked\r\n", "Front Door", "locked");
  assert_row (",\r\n", NULL, "");
  assert_row ("Büro,2020-11-01T22:00:18+00:00\r\n", "Büro", "2020-11-01T22:00:18+00:00");
}

static void
test_quotes (void)
{
  assert_row ("\"a,b\",\"say \"\"so\"\"\"\r\n", "a,b", "say \"so\"");
  assert_row ("\"two\r\nlines\",\"two\nlines\"\r\n", "two\r\nlines", "two\nlines");
  assert_row ("\" blank before\",blank after \r\n", " blank before", "blank after ");
}

static void
test_formulas (void)
{
  static const char *const formulas[] = { "=1+1",  "+cmd|' /C calc'!A0", "-1+1", "@SUM(1)", "\t=1",      "\r=1",
                                          "\n=1", "  =1",               "－1",  "＝1",     "-",         "+",
                                          "--1",  "-1e5",               "+",    "＠",      "=\"x\",1" };

  for (gsize i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      latch_csv_append_row (csv, &formulas[i], 1);
      g_assert_true (g_str_has_prefix (csv->str, "\"'"));
      g_assert_true (g_str_has_suffix (csv->str, "\"\r\n"));
    }
}

static void
test_numbers (void)
{
  assert_row ("-61,+3.5\r\n", "-61", "+3.5");
  assert_row ("0,17\r\n", "0", "17");
  assert_row ("192.168.1.20,-58.5\r\n", "192.168.1.20", "-58.5");
}

static void
test_rows (void)
{
  const char *const cells[] = { "a", "b", "c" };
  g_autoptr (GString) csv = g_string_new (NULL);

  latch_csv_append_row (csv, cells, 3);
  latch_csv_append_row (csv, cells + 1, 2);

  g_assert_cmpstr (csv->str, ==, "a,b,c\r\nb,c\r\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv/plain-cells-stay-as-they-are", test_plain);
  g_test_add_func ("/csv/commas-quotes-and-line-ends-are-quoted", test_quotes);
  g_test_add_func ("/csv/no-cell-is-a-formula", test_formulas);
  g_test_add_func ("/csv/numbers-stay-numbers", test_numbers);
  g_test_add_func ("/csv/rows-end-as-rfc-4180-says", test_rows);

  return g_test_run ();
}
