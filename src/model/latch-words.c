/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-words.h"

#include <string.h>

static gboolean
is_separator (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
      return TRUE;
    default:
      return g_unichar_isspace (c);
    }
}

/* Takes accents away, and what else is written above or below a letter */
static char *
strip_marks (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString *bare = g_string_new (NULL);

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_type (g_utf8_get_char (p)) != G_UNICODE_NON_SPACING_MARK)
      g_string_append_unichar (bare, g_utf8_get_char (p));

  return g_string_free (bare, FALSE);
}

static void
add_word (GPtrArray *words, const char *start, gsize length, gboolean to_find)
{
  g_autofree char *part = g_strndup (start, length);
  g_autofree char *composed = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *word = NULL;
  g_autofree char *ascii = NULL;

  /* Nearly all are, and it takes a tenth of the time */
  if (g_str_is_ascii (part))
    {
      g_ptr_array_add (words, g_ascii_strdown (part, -1));
      return;
    }

  composed = g_utf8_normalize (part, -1, G_NORMALIZE_ALL_COMPOSE);
  folded = g_utf8_casefold (composed, -1);
  word = strip_marks (folded);
  if (to_find && !g_str_is_ascii (folded))
    {
      ascii = g_str_to_ascii (folded, NULL);
      if (strchr (ascii, '?') == NULL && !g_str_equal (ascii, word))
        g_ptr_array_add (words, g_steal_pointer (&ascii));
    }
  if (*word != '\0')
    g_ptr_array_add (words, g_steal_pointer (&word));
}

static void
add_words (GPtrArray *words, const char *text, gboolean to_find)
{
  const char *start = NULL;
  const char *p = text;

  g_return_if_fail (g_utf8_validate (text, -1, NULL));

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean separator = is_separator (g_utf8_get_char (p));

      if (separator && start != NULL)
        add_word (words, start, p - start, to_find);
      if (separator)
        start = NULL;
      else if (start == NULL)
        start = p;
    }

  if (start != NULL)
    add_word (words, start, p - start, to_find);
}

/**
 * latch_words_add:
 * @words: (element-type utf8): frees its elements
 *
 * Adds the words of @text, as somebody typed it.
 */
void
latch_words_add (GPtrArray *words, const char *text)
{
  add_words (words, text, FALSE);
}

/**
 * latch_words_add_to_find:
 * @words: (element-type utf8): frees its elements
 *
 * Adds the words of @text, which is to be found, also as those write them who do not have its letters: “ø” is “oe”, and
 * “ä” is “ae” where people speak German.
 */
void
latch_words_add_to_find (GPtrArray *words, const char *text)
{
  add_words (words, text, TRUE);
}

/**
 * latch_words_match:
 * @words: (element-type utf8): what may be found
 * @word: one that latch_words_add() has made
 *
 * Returns: how well @word fits to the one of @words that it fits best
 */
LatchWordMatch
latch_words_match (const GPtrArray *words, const char *word)
{
  LatchWordMatch best = LATCH_WORD_MATCH_NONE;

  for (guint i = 0; i < words->len && best < LATCH_WORD_MATCH_WHOLE; i++)
    {
      const char *found = strstr (words->pdata[i], word);

      if (found == NULL)
        continue;
      if (found != words->pdata[i])
        best = MAX (best, LATCH_WORD_MATCH_WITHIN);
      else if (g_str_equal (found, word))
        best = LATCH_WORD_MATCH_WHOLE;
      else
        best = LATCH_WORD_MATCH_BEGINNING;
    }

  return best;
}
