/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-search-match.h"

#include "latch-lock-text.h"
#include "latch-words.h"

#include <glib/gi18n-lib.h>

/* Nobody types more; whoever sends more wants us to be busy */
#define MOST_WORDS 24
#define LONGEST_TERM 256

/* So much of a word that is no name must be there: the first letter of “lock” is also that of many other things */
#define SHORTEST_START 3

/* How far a lock is from what somebody meant; less is better */
typedef enum
{
  DISTANCE_NAME,   /* a word of its name begins so */
  DISTANCE_WITHIN, /* its name has that within a word */
  DISTANCE_OTHER,  /* it is so, is on a bridge of that name, or all locks are called that */
  DISTANCE_FAR,
} Distance;

typedef struct
{
  LatchLock *lock;
  guint distance;
  guint position;
} Found;

/* All that a lock can be found by */
typedef struct
{
  const GPtrArray *name;
  GPtrArray *own_name; /* NULL if it is the lock's */
  GPtrArray *state;
  GPtrArray *bridge;
  GPtrArray *keywords;
} Words;

static GPtrArray *
words_new (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  latch_words_add_to_find (words, text);
  return words;
}

/* @own: set where the lock does not keep them, as it has no name */
static const GPtrArray *
get_name_words (LatchLock *lock, GPtrArray **own)
{
  const char *given = latch_lock_get_name (lock);
  g_autofree char *name = NULL;

  if (given && *given)
    return latch_lock_get_words (lock);

  name = latch_lock_text_name (lock);
  *own = words_new (name);

  return *own;
}

/* What is said about it, without its name: “locked”, “was unlocked”, “battery low” … */
static GPtrArray *
state_words_new (LatchLock *lock)
{
  LatchLockFacts facts;
  g_autofree char *label = NULL;

  latch_lock_facts_init (&facts, lock);
  label = latch_lock_text_row_label (&facts, "", NULL);
  return words_new (label);
}

/* Returns: (nullable): the words that somebody typed; NULL if nothing can be found by them */
static GPtrArray *
typed_words_new (const char *const *terms)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; terms[i]; i++)
    {
      if (strlen (terms[i]) > LONGEST_TERM || !g_utf8_validate (terms[i], -1, NULL))
        return NULL;

      latch_words_add (words, terms[i]);
      if (words->len > MOST_WORDS)
        return NULL;
    }

  return words->len > 0 ? g_steal_pointer (&words) : NULL;
}

static gboolean
starts_a_word (GPtrArray *words, const char *word)
{
  LatchWordMatch match = latch_words_match (words, word);

  return match == LATCH_WORD_MATCH_WHOLE ||
         (match == LATCH_WORD_MATCH_BEGINNING && g_utf8_strlen (word, -1) >= SHORTEST_START);
}

static Distance
measure_name (const GPtrArray *name, const char *word)
{
  LatchWordMatch match = latch_words_match (name, word);

  if (match >= LATCH_WORD_MATCH_BEGINNING)
    return DISTANCE_NAME;

  /* Nearly all names have any single letter somewhere */
  return match == LATCH_WORD_MATCH_WITHIN && *g_utf8_next_char (word) ? DISTANCE_WITHIN : DISTANCE_FAR;
}

static Distance
measure (Words *words, LatchLock *lock, const char *word)
{
  Distance distance = measure_name (words->name, word);

  if (distance < DISTANCE_FAR)
    return distance;

  if (starts_a_word (words->keywords, word) || starts_a_word (words->bridge, word))
    return DISTANCE_OTHER;

  if (!words->state)
    words->state = state_words_new (lock);

  return starts_a_word (words->state, word) ? DISTANCE_OTHER : DISTANCE_FAR;
}

/* Every word must fit */
static gboolean
measure_all (Words *words, LatchLock *lock, GPtrArray *typed, guint *distance)
{
  gboolean all = TRUE;

  words->name = get_name_words (lock, &words->own_name);
  *distance = 0;
  for (guint i = 0; i < typed->len && all; i++)
    {
      Distance its_distance = measure (words, lock, typed->pdata[i]);

      all = its_distance < DISTANCE_FAR;
      *distance += its_distance;
    }
  g_clear_pointer (&words->own_name, g_ptr_array_unref);
  g_clear_pointer (&words->state, g_ptr_array_unref);

  return all;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Found *one = a;
  const Found *other = b;

  if (one->distance != other->distance)
    return one->distance < other->distance ? -1 : 1;

  return one->position < other->position ? -1 : 1;
}

static void
find_on_bridge (LatchBridge *bridge, GPtrArray *keywords, GPtrArray *typed, GArray *all)
{
  g_autoptr (GPtrArray) name = words_new (latch_bridge_get_name (bridge));
  Words words = { .bridge = name, .keywords = keywords };

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (bridge)); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (bridge), i);
      Found found = { lock, 0, all->len };

      /* The bridge keeps it */
      if (!latch_lock_get_hidden (lock) && measure_all (&words, lock, typed, &found.distance))
        g_array_append_val (all, found);
    }
}

/**
 * latch_search_match_find:
 * @bridges: a list of #LatchBridge
 * @terms: (array zero-terminated=1): what somebody typed
 *
 * Finds the locks to which every word fits: by their name, how they are, their bridge's name, or what such things are
 * called. Those that nobody wants to see are not found.
 *
 * Returns: (transfer container) (element-type LatchLock): what was found, best first, else as listed; the same for the
 *   same words, whatever was found before
 */
GPtrArray *
latch_search_match_find (GListModel *bridges, const char *const *terms)
{
  GPtrArray *locks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) typed = typed_words_new (terms);
  g_autoptr (GPtrArray) keywords = NULL;
  g_autoptr (GArray) all = NULL;

  if (!typed)
    return locks;

  /* Translators: words by which somebody who searches all programs finds any lock, with spaces between them. Add what
     people may call a door or its lock in your language, and what they may want to do with it */
  keywords = words_new (_("door doors lock locks unlock smart lock smartlock"));
  all = g_array_new (FALSE, FALSE, sizeof (Found));
  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (bridges, i);

      find_on_bridge (bridge, keywords, typed, all);
    }

  g_array_sort (all, compare);
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (locks, g_object_ref (g_array_index (all, Found, i).lock));

  return locks;
}

static gboolean
is_in_a_name (GListModel *bridges, const char *word)
{
  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (GListModel) locks = g_list_model_get_item (bridges, i);

      for (guint j = 0; j < g_list_model_get_n_items (locks); j++)
        {
          g_autoptr (LatchLock) lock = g_list_model_get_item (locks, j);
          g_autoptr (GPtrArray) own = NULL;

          if (!latch_lock_get_hidden (lock) && measure_name (get_name_words (lock, &own), word) < DISTANCE_FAR)
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * latch_search_match_get_names:
 * @bridges: a list of #LatchBridge
 * @terms: (array zero-terminated=1): what somebody typed
 *
 * Returns: (transfer full): of @terms, those that names of locks have, for a search that knows nothing else
 */
char *
latch_search_match_get_names (GListModel *bridges, const char *const *terms)
{
  g_autoptr (GPtrArray) typed = typed_words_new (terms);
  GString *text = g_string_new (NULL);

  for (guint i = 0; typed && i < typed->len; i++)
    if (is_in_a_name (bridges, typed->pdata[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", (const char *) typed->pdata[i]);

  return g_string_free (text, FALSE);
}
