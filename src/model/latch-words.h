/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LatchWordMatch:
 * @LATCH_WORD_MATCH_NONE: it does not occur
 * @LATCH_WORD_MATCH_WITHIN: it occurs within a word
 * @LATCH_WORD_MATCH_BEGINNING: a word begins with it
 * @LATCH_WORD_MATCH_WHOLE: it is a word
 *
 * How well somebody's word fits to others. Values grow with it.
 */
typedef enum
{
  LATCH_WORD_MATCH_NONE,
  LATCH_WORD_MATCH_WITHIN,
  LATCH_WORD_MATCH_BEGINNING,
  LATCH_WORD_MATCH_WHOLE,
} LatchWordMatch;

/*
 * Words as people search for them: whatever their case and accents, and without the punctuation around them. They are
 * folded, so that they can be compared byte by byte.
 */

void latch_words_add (GPtrArray *words, const char *text);
void latch_words_add_to_find (GPtrArray *words, const char *text);
LatchWordMatch latch_words_match (const GPtrArray *words, const char *word);

G_END_DECLS
