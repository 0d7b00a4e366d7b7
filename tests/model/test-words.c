/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-words.h"

static void
assert_words (const char *text, const char *expected, gboolean to_find)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autofree char *joined = NULL;

  if (to_find)
    latch_words_add_to_find (words, text);
  else
    latch_words_add (words, text);
  joined = words->len > 0 ? g_strjoinv ("|", (char **) words->pdata) : g_strdup ("");
  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_match (const char *text, const char *typed, LatchWordMatch expected)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) term = g_ptr_array_new_with_free_func (g_free);

  latch_words_add_to_find (words, text);
  latch_words_add (term, typed);
  g_assert_cmpuint (term->len, ==, 1);
  g_test_message ("“%s” in “%s”", typed, text);
  g_assert_cmpint (latch_words_match (words, term->pdata[0]), ==, expected);
}

static void
test_split (void)
{
  assert_words ("", "", FALSE);
  assert_words (" …-! ", "", FALSE);
  assert_words ("Front Door", "front|door", FALSE);
  assert_words ("  Grandma’s (back)-door…\t", "grandma|s|back|door", FALSE);
  assert_words ("Apartment 12", "apartment|12", FALSE);
  assert_words ("🏠 Home", "🏠|home", FALSE);
  assert_words ("\xe2\x80\xabמוסך\xe2\x80\xac", "מוסך", FALSE);
}

static void
test_fold (void)
{
  assert_words ("ÄUSSERE Straße", "aussere|strasse", FALSE);
  assert_words ("Cafe\xcc\x81 Caf\xc3\xa9", "cafe|cafe", FALSE);
  assert_words ("ﬁrst", "first", FALSE);
  assert_words ("ΘΥΡΑ ДВЕРЬ 玄関", "θυρα|дверь|玄関", FALSE);
  assert_words ("\xcc\x81", "", FALSE);
}

static void
test_other_spellings (void)
{
  assert_words ("Ørsted", "oersted|ørsted", TRUE);
  assert_words ("Ørsted", "ørsted", FALSE);
  assert_words ("Äußere", "aussere", TRUE);
  assert_words ("玄関", "玄関", TRUE);
}

static void
test_match (void)
{
  assert_match ("Front Door", "front", LATCH_WORD_MATCH_WHOLE);
  assert_match ("Front Door", "DO", LATCH_WORD_MATCH_BEGINNING);
  assert_match ("Front Door", "oor", LATCH_WORD_MATCH_WITHIN);
  assert_match ("Front Door", "doors", LATCH_WORD_MATCH_NONE);
  assert_match ("Backdoor Door", "door", LATCH_WORD_MATCH_WHOLE);
  assert_match ("Äußere Tür", "tur", LATCH_WORD_MATCH_WHOLE);
  assert_match ("Ørsted", "oerst", LATCH_WORD_MATCH_BEGINNING);
  assert_match ("玄関ドア", "玄", LATCH_WORD_MATCH_BEGINNING);
  assert_match ("", "door", LATCH_WORD_MATCH_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/words/are-what-stands-between-punctuation", test_split);
  g_test_add_func ("/words/have-neither-case-nor-accents", test_fold);
  g_test_add_func ("/words/are-found-as-others-write-them", test_other_spellings);
  g_test_add_func ("/words/fit-whole-from-their-beginning-or-within", test_match);

  return g_test_run ();
}
