/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-fit.h"

#include <string.h>

/* Logs are written as words of which each letter is an entry, newest first */

static const char **
read_word (const char *word)
{
  const char **entries = g_new0 (const char *, strlen (word) + 1);

  for (gsize i = 0; word[i] != '\0'; i++)
    {
      const char letter[] = { word[i], '\0' };

      entries[i] = g_intern_string (letter);
    }

  return entries;
}

/* Returns: the log after a page was added, as a word */
static char *
add (const char *known, const char *page, const LatchLogFit *fit)
{
  g_autoptr (GString) newer = g_string_new (NULL);
  g_autoptr (GString) older = g_string_new (NULL);

  for (gsize i = 0; page[i] != '\0'; i++)
    {
      if (fit->places[i] == LATCH_LOG_PLACE_NEWER)
        g_string_append_c (newer, page[i]);
      else if (fit->places[i] == LATCH_LOG_PLACE_OLDER)
        g_string_append_c (older, page[i]);
    }
  g_assert_cmpuint (newer->len, ==, fit->n_newer);
  g_assert_cmpuint (older->len, ==, fit->n_older);

  return g_strconcat (newer->str, known, older->str, NULL);
}

static void
assert_older (const char *known, const char *page, gssize expected, const char *result)
{
  g_autofree const char **known_entries = read_word (known);
  g_autofree const char **page_entries = read_word (page);
  g_autoptr (LatchLogFit) fit =
      latch_log_fit_older (known_entries, strlen (known), page_entries, strlen (page), expected);
  g_autofree char *all = fit != NULL ? add (known, page, fit) : NULL;

  g_assert_cmpstr (all, ==, result);
}

static void
assert_newer (const char *known, const char *page, const char *result)
{
  g_autofree const char **known_entries = read_word (known);
  g_autofree const char **page_entries = read_word (page);
  g_autoptr (LatchLogFit) fit = latch_log_fit_newer (known_entries, strlen (known), page_entries, strlen (page));
  g_autofree char *all = fit != NULL ? add (known, page, fit) : NULL;

  g_assert_cmpstr (all, ==, result);
}

static void
test_first (void)
{
  assert_older ("", "abc", 0, "abc");
}

static void
test_overlap (void)
{
  assert_older ("abcdefgh", "fghijk", 5, "abcdefghijk");
  /* The log grew by two */
  assert_older ("abcdefgh", "defghijk", 5, "abcdefghijk");
  /* By so much that there is nothing new */
  assert_older ("abcdefgh", "bcdef", 5, "abcdefgh");
  /* By more than that */
  assert_older ("abcdefgh", "xyabcd", 5, "xyabcdefgh");
  assert_older ("abcd", "xyabcdef", 0, "xyabcdef");
}

static void
test_repeated (void)
{
  assert_older ("abcdefgh", "abcd", 6, "abcdefgh");
  assert_older ("abcdefgh", "abcdefgh", 6, "abcdefgh");
}

static void
test_twice (void)
{
  /* What really is there twice stays so */
  assert_older ("abbcdd", "cddeeff", 3, "abbcddeeff");
  assert_older ("abcdd", "bcdddd", 1, "abcdddd");
  /* The same that was there before, long ago */
  assert_older ("abcdefghijk", "defghijkabc", 3, "abcdefghijkabc");
  /* Of several that would fit, where it was expected */
  assert_older ("xaaaaaa", "aaaab", 3, "xaaaaaab");
}

static void
test_mixed_up (void)
{
  assert_older ("abcdefgh", "gfhejikl", 4, "abcdefghjikl");
  /* Swapped over the beginning of the page */
  assert_older ("abcdefgh", "dfghijkl", 4, "abcdefghijkl");
  /* Over the end of what is known */
  assert_older ("abcdefghi", "fgjihkl", 5, "abcdefghijkl");
  /* Within */
  assert_older ("abcdefgh", "cbed", 1, "abcdefgh");
}

static void
test_gap (void)
{
  assert_older ("abcdefgh", "klmno", 5, NULL);
  assert_older ("abcdefgh", "hij", 7, NULL); /* one alone may be an accident */
  assert_older ("abcdefgh", "", 5, NULL);
}

static void
test_newer (void)
{
  assert_newer ("defgh", "abcdefgh", "abcdefgh");
  assert_newer ("defghijkl", "abcdefgh", "abcdefghijkl");
  assert_newer ("defgh", "defgh", "defgh");
  assert_newer ("defgh", "def", "defgh");
  /* Further than what was known */
  assert_newer ("defgh", "abcdefghij", "abcdefghij");
  /* Twice */
  assert_newer ("aabcd", "aaaabcd", "aaaabcd");
  assert_newer ("aaaaaa", "aaaa", "aaaaaa");
}

static void
test_newer_mixed_up (void)
{
  assert_newer ("defghijkl", "bacedgfh", "bacdefghijkl");
}

static void
test_newer_gap (void)
{
  assert_newer ("defgh", "vwxyz", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/log-fit/first-page-is-all-new", test_first);
  g_test_add_func ("/log-fit/overlap-is-known", test_overlap);
  g_test_add_func ("/log-fit/repeated-page-brings-nothing", test_repeated);
  g_test_add_func ("/log-fit/what-is-there-twice-is-two", test_twice);
  g_test_add_func ("/log-fit/mixed-up-page-loses-and-doubles-nothing", test_mixed_up);
  g_test_add_func ("/log-fit/gap-is-noticed", test_gap);
  g_test_add_func ("/log-fit/newer-entries-join", test_newer);
  g_test_add_func ("/log-fit/newer-entries-may-be-mixed-up", test_newer_mixed_up);
  g_test_add_func ("/log-fit/newer-gap-is-noticed", test_newer_gap);

  return g_test_run ();
}
