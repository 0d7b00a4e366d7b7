/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "counting.h"
#include "device-list.h"
#include "latch-codec.h"

#include <json-glib/json-glib.h>

/* What decoding costs in allocations, which are the same on any machine: beside this, figures of time only tell of luck */

static double
count_decoding (guint n_devices)
{
  g_autoptr (GBytes) body = device_list_new (n_devices, FALSE);
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;
  guint64 before = counting_get_allocations ();

  devices = latch_codec_decode_list (body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, n_devices);

  return counting_get_allocations () - before;
}

static double
count_parsing (guint n_devices)
{
  g_autoptr (GBytes) body = device_list_new (n_devices, FALSE);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  guint64 before = counting_get_allocations ();

  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);

  return counting_get_allocations () - before;
}

static void
test_allocations_are_linear (void)
{
  double few, more, many;

  if (!counting_works ())
    {
      g_test_skip ("Allocations cannot be counted here");
      return;
    }

  count_decoding (1); /* what is made only once */
  few = count_decoding (100);
  more = count_decoding (1000);
  many = count_decoding (10000);
  g_assert_cmpfloat_with_epsilon ((many - more) / (more - few), 10, 0.1);
}

static void
test_a_quarter_more_than_parsing (void)
{
  if (!counting_works ())
    {
      g_test_skip ("Allocations cannot be counted here");
      return;
    }

  count_decoding (1);
  g_assert_cmpfloat (count_decoding (1000), <=, count_parsing (1000) * 1.25);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode-costs/allocations-are-linear", test_allocations_are_linear);
  g_test_add_func ("/decode-costs/are-at-most-a-quarter-more-than-of-parsing", test_a_quarter_more_than_parsing);

  return g_test_run ();
}
