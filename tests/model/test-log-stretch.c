/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-stretch.h"

#include "latch-test-loop.h"

#define COUNT 100

/* A log as a bridge keeps it, and how well it reads it out */
typedef struct
{
  GPtrArray *entries; /* of LatchLogItem, oldest first */
  guint n_written;
  guint first;     /* the oldest that is left */
  guint capacity;  /* 0: any */
  guint growth;    /* entries that come with each page */
  guint sameness;  /* how many entries say the same */
  guint n_pages;
  /* What goes wrong with every n-th page, 0: none */
  guint repeats;
  guint mixes;
  guint cuts;
  guint skips;
  guint fails;
  int patience; /* how often a person would try again */
} Bridge;

static void
write_entries (Bridge *bridge, guint n)
{
  for (; n > 0; n--, bridge->n_written++)
    {
      guint number = bridge->sameness > 1 ? bridge->n_written / bridge->sameness : bridge->n_written;
      g_autofree char *text = g_strdup_printf ("{\"type\":\"entry\",\"number\":%u}", number);
      LatchLogEntry entry = { .timestamp = 1795372200 + number, .type = (char *) "entry" };

      entry.json = json_from_string (text, NULL);
      g_ptr_array_add (bridge->entries, latch_log_item_new (&entry, NULL));
      json_node_unref (entry.json);
    }
  if (bridge->capacity > 0 && bridge->entries->len - bridge->first > bridge->capacity)
    bridge->first = bridge->entries->len - bridge->capacity;
}

static void
bridge_init (Bridge *bridge, guint n)
{
  bridge->entries = g_ptr_array_new_with_free_func (g_object_unref);
  write_entries (bridge, n);
}

static void
bridge_clear (Bridge *bridge)
{
  g_ptr_array_unref (bridge->entries);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bridge, bridge_clear)

static gboolean
happens (Bridge *bridge, guint every)
{
  return every > 0 && bridge->n_pages % every == every - 1;
}

static GPtrArray *
read_page (Bridge *bridge, guint offset, guint count)
{
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);

  write_entries (bridge, bridge->growth);
  if (happens (bridge, bridge->repeats))
    offset = offset > count ? offset - count : 0;
  if (happens (bridge, bridge->skips))
    offset += COUNT * 3 / 5;
  if (happens (bridge, bridge->cuts))
    count /= 2;

  for (guint i = offset; i < offset + count && i < bridge->entries->len - bridge->first; i++)
    g_ptr_array_add (page, g_object_ref (bridge->entries->pdata[bridge->entries->len - 1 - i]));
  if (happens (bridge, bridge->mixes))
    for (guint i = 0; i + 2 < page->len; i += 3)
      {
        gpointer item = page->pdata[i];

        page->pdata[i] = page->pdata[i + 2];
        page->pdata[i + 2] = item;
      }
  if (happens (bridge, bridge->fails))
    g_ptr_array_set_size (page, 0);
  bridge->n_pages++;

  return page;
}

/* Returns: how many entries are new */
static guint
step (LatchLogStretch *stretch, Bridge *bridge)
{
  guint offset = latch_log_stretch_plan (stretch, COUNT);
  g_autoptr (GPtrArray) page = read_page (bridge, offset, COUNT);
  guint n_newer, n_older, n = latch_log_stretch_get_items (stretch)->len;

  latch_log_stretch_take (stretch, page, offset, COUNT, &n_newer, &n_older);
  g_assert_cmpuint (latch_log_stretch_get_items (stretch)->len, ==, n + n_newer + n_older);

  return n_newer + n_older;
}

static void
read_all (LatchLogStretch *stretch, Bridge *bridge)
{
  while (latch_log_stretch_get_progress (stretch) != LATCH_LOG_PROGRESS_COMPLETE)
    {
      step (stretch, bridge);
      if (latch_log_stretch_get_progress (stretch) == LATCH_LOG_PROGRESS_LOST && bridge->patience-- > 0)
        latch_log_stretch_try_again (stretch);
      else if (latch_log_stretch_get_progress (stretch) == LATCH_LOG_PROGRESS_LOST)
        break;
    }

  g_assert_cmpint (latch_log_stretch_get_progress (stretch), ==, LATCH_LOG_PROGRESS_COMPLETE);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  const char *text_a = latch_log_item_get_text (*(LatchLogItem **) a);
  const char *text_b = latch_log_item_get_text (*(LatchLogItem **) b);

  return text_a < text_b ? -1 : text_a > text_b;
}

/* That @stretch has every entry of the log up to its first one exactly as often as the log has it; in the order of the log
 * unless @any_order */
static void
assert_whole (LatchLogStretch *stretch, Bridge *bridge, guint end, gboolean any_order)
{
  GPtrArray *items = latch_log_stretch_get_items (stretch);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (found, items->pdata[i]);
  for (guint i = end; i-- > 0;)
    g_ptr_array_add (expected, bridge->entries->pdata[i]);
  if (any_order)
    {
      g_ptr_array_sort (found, compare_texts);
      g_ptr_array_sort (expected, compare_texts);
    }

  g_assert_cmpuint (found->len, ==, expected->len);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (latch_log_item_get_text (found->pdata[i]), ==, latch_log_item_get_text (expected->pdata[i]));
}

static void
check (Bridge *bridge, guint n, gboolean any_order)
{
  g_autoptr (LatchLogStretch) stretch = latch_log_stretch_new ();
  guint end;

  bridge_init (bridge, n);
  read_all (stretch, bridge);
  /* Later ones may have been read, too */
  end = latch_log_stretch_get_items (stretch)->len;
  g_assert_cmpuint (end, >=, n + bridge->growth);
  assert_whole (stretch, bridge, end, any_order);
}

static void
test_sizes (void)
{
  static const guint sizes[] = { 0, 1, 2, 3, 4, 19, 20, 21, 99, 100, 101, 180, 181, 250, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (Bridge) bridge = { 0 };

      check (&bridge, sizes[i], FALSE);
    }
}

static void
test_growth (void)
{
  for (guint growth = 1; growth < COUNT * 4 / 5; growth += 3 * latch_test_get_slowness ())
    {
      g_auto (Bridge) bridge = { .growth = growth };

      check (&bridge, 1000, FALSE);
    }
}

static void
test_too_much_growth (void)
{
  g_auto (Bridge) bridge = { .growth = COUNT };
  g_autoptr (LatchLogStretch) stretch = latch_log_stretch_new ();
  GPtrArray *items = NULL;
  guint first;

  bridge_init (&bridge, 1000);
  while (latch_log_stretch_get_progress (stretch) == LATCH_LOG_PROGRESS_GOING)
    step (stretch, &bridge);

  /* Nobody can read as quickly as that. It ends, and what was read has no gaps */
  g_assert_cmpint (latch_log_stretch_get_progress (stretch), ==, LATCH_LOG_PROGRESS_LOST);
  items = latch_log_stretch_get_items (stretch);
  g_assert_true (g_ptr_array_find (bridge.entries, items->pdata[0], &first));
  for (guint i = 0; i < items->len; i++)
    g_assert_true (items->pdata[i] == bridge.entries->pdata[first - i]);
}

static void
test_repeats (void)
{
  for (guint every = 2; every < 6; every++)
    {
      g_auto (Bridge) bridge = { .repeats = every, .growth = every % 3 };

      check (&bridge, 1000, FALSE);
    }
}

static void
test_mixes (void)
{
  for (guint every = 1; every < 6; every++)
    {
      g_auto (Bridge) bridge = { .mixes = every, .growth = every % 3 };

      check (&bridge, 1000, TRUE);
    }
}

static void
test_cuts (void)
{
  for (guint every = 1; every < 6; every++)
    {
      g_auto (Bridge) bridge = { .cuts = every, .growth = every % 3 };

      check (&bridge, 1000, FALSE);
    }
}

static void
test_skips (void)
{
  for (guint every = 2; every < 6; every++)
    {
      g_auto (Bridge) bridge = { .skips = every, .growth = every % 3 };

      check (&bridge, 1000, FALSE);
    }
}

static void
test_empty_answers (void)
{
  for (guint every = 2; every < 6; every++)
    {
      g_auto (Bridge) bridge = { .fails = every, .growth = every % 3 };

      check (&bridge, 1000, FALSE);
    }
}

static void
test_sameness (void)
{
  for (guint sameness = 2; sameness < 15; sameness++)
    {
      g_auto (Bridge) bridge = { .sameness = sameness, .growth = 2 };

      check (&bridge, 1000, FALSE);
    }
}

static void
test_full (void)
{
  g_auto (Bridge) bridge = { .capacity = 500, .growth = 2 };
  g_autoptr (LatchLogStretch) stretch = latch_log_stretch_new ();
  GPtrArray *items = latch_log_stretch_get_items (stretch);

  bridge_init (&bridge, 800);
  read_all (stretch, &bridge);

  /* What the bridge forgot while it was read is not there, all else is */
  g_assert_cmpuint (items->len, >, 450);
  for (guint i = 0; i < items->len; i++)
    g_assert_true (items->pdata[i] == bridge.entries->pdata[801 - i]);
}

static void
test_everything (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_auto (Bridge) bridge = { .growth = g_test_rand_int_range (0, 8), .sameness = g_test_rand_int_range (0, 4),
                                .patience = 20 };

      bridge.repeats = g_test_rand_bit () ? g_test_rand_int_range (4, 12) : 0;
      bridge.cuts = g_test_rand_bit () ? g_test_rand_int_range (4, 12) : 0;
      if (bridge.cuts == bridge.repeats)
        bridge.cuts++; /* else each page that tells that there is more would be spoilt */
      bridge.skips = g_test_rand_bit () ? g_test_rand_int_range (4, 12) : 0;
      bridge.mixes = g_test_rand_bit () ? g_test_rand_int_range (2, 12) : 0;
      check (&bridge, 1000, TRUE);
    }
}

static void
test_always_repeats (void)
{
  g_auto (Bridge) bridge = { 0 };
  g_autoptr (LatchLogStretch) stretch = latch_log_stretch_new ();
  guint n = 0;

  bridge_init (&bridge, 1000);
  for (; latch_log_stretch_get_progress (stretch) == LATCH_LOG_PROGRESS_GOING; n++)
    {
      g_autoptr (GPtrArray) page = read_page (&bridge, 0, COUNT);
      guint n_newer, n_older;

      latch_log_stretch_take (stretch, page, latch_log_stretch_plan (stretch, COUNT), COUNT, &n_newer, &n_older);
    }

  g_assert_cmpint (latch_log_stretch_get_progress (stretch), ==, LATCH_LOG_PROGRESS_LOST);
  g_assert_cmpuint (n, <, 15);
  g_assert_cmpuint (latch_log_stretch_get_items (stretch)->len, ==, COUNT);
}

static void
test_cleared (void)
{
  g_auto (Bridge) bridge = { 0 };
  g_autoptr (LatchLogStretch) stretch = latch_log_stretch_new ();

  bridge_init (&bridge, 1000);
  for (guint i = 0; i < 3; i++)
    step (stretch, &bridge);
  bridge.first = bridge.entries->len;
  write_entries (&bridge, 5);
  while (latch_log_stretch_get_progress (stretch) == LATCH_LOG_PROGRESS_GOING)
    g_assert_cmpuint (step (stretch, &bridge), ==, 0);

  g_assert_cmpint (latch_log_stretch_get_progress (stretch), ==, LATCH_LOG_PROGRESS_LOST);
}

static void
test_join (void)
{
  for (guint growth = 0; growth < 400; growth += 7)
    {
      g_auto (Bridge) bridge = { .growth = 1 };
      g_autoptr (LatchLogStretch) stretch = latch_log_stretch_new ();
      g_autoptr (LatchLogStretch) newer = latch_log_stretch_new ();
      guint n_newer, n_older, end;

      bridge_init (&bridge, 300);
      step (stretch, &bridge);
      step (stretch, &bridge);

      write_entries (&bridge, growth);
      end = bridge.n_written + 1;
      do
        step (newer, &bridge);
      while (!latch_log_stretch_join (stretch, newer, &n_newer, &n_older));
      g_assert_cmpuint (n_newer, ==, growth + 2);

      read_all (stretch, &bridge);
      assert_whole (stretch, &bridge, end, FALSE);
    }
}

static void
test_no_join (void)
{
  g_auto (Bridge) bridge = { 0 };
  g_auto (Bridge) other = { .n_written = 5000 };
  g_autoptr (LatchLogStretch) stretch = latch_log_stretch_new ();
  g_autoptr (LatchLogStretch) newer = latch_log_stretch_new ();
  guint n_newer, n_older;

  bridge_init (&bridge, 300);
  bridge_init (&other, 50);
  read_all (stretch, &bridge);
  read_all (newer, &other);

  g_assert_false (latch_log_stretch_join (stretch, newer, &n_newer, &n_older));
  g_assert_cmpuint (latch_log_stretch_get_items (stretch)->len, ==, 300);
}

static void
test_filing (void)
{
  static const gint64 times[] = { 0, 1795372200, 5, 0, 1795372100, 0 };
  static const gint64 filed[] = { 1795372200, 1795372200, 1795372200, 1795372200, 1795372100, 1795372100 };
  g_autoptr (LatchLogStretch) stretch = latch_log_stretch_new ();
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_newer, n_older;

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      LatchLogEntry entry = { .timestamp = times[i] };

      entry.json = json_from_string ("{}", NULL);
      g_ptr_array_add (page, latch_log_item_new (&entry, NULL));
      json_node_unref (entry.json);
    }
  latch_log_stretch_take (stretch, page, 0, COUNT, &n_newer, &n_older);

  g_assert_cmpuint (n_older, ==, G_N_ELEMENTS (times));
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_assert_cmpint (latch_log_item_get_timestamp (page->pdata[i]), ==, times[i]);
      g_assert_cmpint (latch_log_item_get_filed_at (page->pdata[i]), ==, filed[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/log-stretch/is-read-whole", test_sizes);
  g_test_add_func ("/log-stretch/grows-while-it-is-read", test_growth);
  g_test_add_func ("/log-stretch/grows-quicker-than-it-is-read", test_too_much_growth);
  g_test_add_func ("/log-stretch/bridge-repeats-pages", test_repeats);
  g_test_add_func ("/log-stretch/bridge-mixes-up-pages", test_mixes);
  g_test_add_func ("/log-stretch/bridge-cuts-pages-short", test_cuts);
  g_test_add_func ("/log-stretch/bridge-skips-entries", test_skips);
  g_test_add_func ("/log-stretch/bridge-sends-nothing", test_empty_answers);
  g_test_add_func ("/log-stretch/equal-entries-stay", test_sameness);
  g_test_add_func ("/log-stretch/full-log-forgets", test_full);
  g_test_add_func ("/log-stretch/everything-goes-wrong-at-once", test_everything);
  g_test_add_func ("/log-stretch/bridge-that-ignores-offsets-is-given-up", test_always_repeats);
  g_test_add_func ("/log-stretch/cleared-log-is-noticed", test_cleared);
  g_test_add_func ("/log-stretch/newer-entries-join", test_join);
  g_test_add_func ("/log-stretch/another-log-does-not-join", test_no_join);
  g_test_add_func ("/log-stretch/entries-without-time-are-filed-beside-others", test_filing);

  return g_test_run ();
}
