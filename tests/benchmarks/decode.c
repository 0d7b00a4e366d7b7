/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "counting.h"
#include "device-list.h"
#include "figures.h"
#include "latch-codec.h"

/*
 * Decoding the answer to /list, beside json-glib, which merely parses it. Given what to do and with how many devices, as
 * in "decode 1000", it does that once, for those who count instructions.
 */

#define N_DEVICES 10000
#define N_RUNS 41
#define GOAL_RATIO 1.5

static void
parse (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);
}

static void
decode (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = latch_codec_decode_list (body, &error);

  g_assert_no_error (error);
}

/* Freeing is a part of it */
static double
measure_ms (void (*work) (GBytes *body), GBytes *body)
{
  gint64 before = g_get_monotonic_time ();

  work (body);

  return (g_get_monotonic_time () - before) / 1000.;
}

static double
count (void (*work) (GBytes *body), guint n_devices)
{
  g_autoptr (GBytes) body = device_list_new (n_devices, FALSE);
  guint64 before = counting_get_allocations ();

  work (body);

  return (counting_get_allocations () - before) / (double) n_devices;
}

static void
run (JsonBuilder *builder, const char *title, guint n_devices, gboolean in_full)
{
  g_autoptr (GBytes) body = device_list_new (n_devices, in_full);
  g_autoptr (GArray) parse_ms = figures_new ();
  g_autoptr (GArray) decode_ms = figures_new ();
  g_autoptr (GArray) ratios = figures_new ();

  for (guint i = 0; i < N_RUNS; i++)
    {
      double parsing = measure_ms (parse, body), decoding = measure_ms (decode, body);

      figures_add (parse_ms, parsing);
      figures_add (decode_ms, decoding);
      figures_add (ratios, decoding / parsing);
    }

  results_begin_run (builder, title, 0, figures_get_percentile (ratios, 50) <= GOAL_RATIO);
  figures_build (parse_ms, builder, "json-glib parses them, in ms");
  figures_build (decode_ms, builder, "latch_codec_decode_list(), in ms");
  figures_build (ratios, builder, "times as long");
  results_end_run (builder);
}

static void
count_all (JsonBuilder *builder)
{
  double few = count (decode, 100), many = count (decode, N_DEVICES);

  results_begin_run (builder, "allocations for each device", 0, many <= few * 1.01);
  results_add (builder, "json-glib, of 10,000", count (parse, N_DEVICES));
  results_add (builder, "latch_codec_decode_list(), of 100", few);
  results_add (builder, "of 1,000", count (decode, 1000));
  results_add (builder, "of 10,000", many);
  results_end_run (builder);
}

int
main (int argc, char **argv)
{
  JsonBuilder *builder = NULL;

  if (argc > 2)
    {
      g_autoptr (GBytes) body = device_list_new (g_ascii_strtoull (argv[2], NULL, 10), TRUE);

      (g_str_equal (argv[1], "parse") ? parse : decode) (body);
      return 0;
    }

  builder = results_new ("decode", "at most 1.5 times as long as json-glib takes for parsing, median; allocations linear");
  run (builder, "10,000 devices of whom little is said, 41 times each, in turn", N_DEVICES, FALSE);
  run (builder, "2,000 devices of whom all is said", 2000, TRUE);
  if (counting_works ())
    count_all (builder);
  results_write (builder);

  return 0;
}
