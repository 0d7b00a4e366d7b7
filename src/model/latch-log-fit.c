/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-fit.h"

/* As many entries have to agree before we believe that it is no accident: a bridge may write the same twice */
#define EVIDENCE 3
/* So many in a row are no accident, whatever it looks like */
#define STRONG_EVIDENCE 8

/* Where a page is expected of which nothing is known */
#define ANYWHERE G_MINSSIZE

static LatchLogFit *
fit_new (gsize n_page)
{
  LatchLogFit *self = g_new0 (LatchLogFit, 1);

  self->places = g_new0 (LatchLogPlace, n_page);

  return self;
}

static gsize
count_known (const LatchLogFit *self, gsize n_page)
{
  return n_page - self->n_older - self->n_newer;
}

static void
set_place (LatchLogFit *self, gsize index, LatchLogPlace place)
{
  self->places[index] = place;
  if (place == LATCH_LOG_PLACE_OLDER)
    self->n_older++;
  else if (place == LATCH_LOG_PLACE_NEWER)
    self->n_newer++;
}

/* Returns: how many entries agree if the page begins at @position; 0 if one does not */
static gsize
count_agreeing (const char *const *known, gsize n_known, const char *const *page, gsize n_page, gssize position)
{
  gsize skip = position < 0 ? -position : 0;
  gsize start = position < 0 ? 0 : position;
  gsize n = MIN (n_page - skip, n_known - start);

  for (gsize i = 0; i < n; i++)
    if (page[skip + i] != known[start + i])
      return 0;

  return n;
}

/*
 * In the bridge's own order, as it should be. Where the log repeats itself, more than one position may be possible:
 * then that with which most agrees, and the nearest to where the page was expected, in the direction in which logs grow.
 */
static LatchLogFit *
fit_in_order (const char *const *known, gsize n_known, const char *const *page, gsize n_page, gssize expected)
{
  gssize first = 1 - (gssize) n_page, last = (gssize) n_known - 1;
  gssize best = 0;
  gsize n_best = 0;
  LatchLogFit *fit = NULL;

  for (gssize position = first; position <= last; position++)
    {
      gsize n = count_agreeing (known, n_known, page, n_page, position);

      if (n < MIN (EVIDENCE, MIN (n_known, n_page)))
        continue;
      if (n < n_best || (n == n_best && position > expected))
        continue;
      best = position;
      n_best = n;
    }

  if (n_best == 0)
    return NULL;

  fit = fit_new (n_page);
  fit->position = best;
  for (gsize i = 0; i < n_page; i++)
    {
      gssize at = best + (gssize) i;

      if (at < 0)
        set_place (fit, i, LATCH_LOG_PLACE_NEWER);
      else if (at >= (gssize) n_known)
        set_place (fit, i, LATCH_LOG_PLACE_OLDER);
    }

  return fit;
}

static GHashTable *
count_entries (const char *const *entries, gsize n)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < n; i++)
    {
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, entries[i]));

      g_hash_table_insert (counts, (gpointer) entries[i], GUINT_TO_POINTER (count + 1));
    }

  return counts;
}

/* Returns: whether there was one left to take */
static gboolean
take (GHashTable *counts, const char *entry)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, entry));

  if (count == 0)
    return FALSE;

  g_hash_table_insert (counts, (gpointer) entry, GUINT_TO_POINTER (count - 1));

  return TRUE;
}

/* Where the order is not the one that we know, but no entry is missing: what is known is in the page up to its end */
static LatchLogFit *
fit_mixed_up (const char *const *known, gsize n_known, const char *const *page, gsize n_page)
{
  g_autoptr (GHashTable) in_page = count_entries (page, n_page);
  g_autoptr (GHashTable) matched = NULL;
  g_autoptr (GHashTable) before = NULL;
  gsize n_matched = 0, first = n_page, last = 0, window;
  LatchLogFit *fit = NULL;

  while (n_matched < n_known && take (in_page, known[n_known - 1 - n_matched]))
    n_matched++;
  if (n_matched < MIN (EVIDENCE, n_known))
    return NULL;

  fit = fit_new (n_page);
  for (gsize i = 0; i < n_page; i++)
    fit->places[i] = LATCH_LOG_PLACE_OLDER;

  matched = count_entries (known + n_known - n_matched, n_matched);
  for (gsize i = 0; i < n_page; i++)
    if (take (matched, page[i]))
      {
        fit->places[i] = LATCH_LOG_PLACE_KNOWN;
        first = MIN (first, i);
        last = i;
      }

  /* An entry among or before those may be one that was known, but has swapped places with what is not in the page */
  window = MIN (n_page, n_known - n_matched);
  before = count_entries (known + n_known - n_matched - window, window);
  for (gsize i = 0; i < last; i++)
    if (fit->places[i] != LATCH_LOG_PLACE_KNOWN && take (before, page[i]))
      {
        fit->places[i] = LATCH_LOG_PLACE_KNOWN;
        n_matched++;
        first = MIN (first, i);
      }

  for (gsize i = 0; i < n_page; i++)
    if (fit->places[i] != LATCH_LOG_PLACE_KNOWN)
      set_place (fit, i, i < first && n_matched == n_known ? LATCH_LOG_PLACE_NEWER : LATCH_LOG_PLACE_OLDER);
  fit->position = (gssize) (n_known - MIN (n_known, n_matched)) - (gssize) fit->n_newer;

  return fit;
}

/* Where nothing is new at all */
static LatchLogFit *
fit_within (const char *const *known, gsize n_known, const char *const *page, gsize n_page)
{
  g_autoptr (GHashTable) counts = count_entries (known, n_known);
  g_autoptr (GHashTable) in_page = count_entries (page, n_page);
  LatchLogFit *fit = NULL;
  gsize end = n_known;

  for (gsize i = 0; i < n_page; i++)
    if (!take (counts, page[i]))
      return NULL;

  while (end > 0 && !g_hash_table_contains (in_page, known[end - 1]))
    end--;
  fit = fit_new (n_page);
  fit->position = (gssize) end - (gssize) n_page;

  return fit;
}

/**
 * latch_log_fit_older:
 * @known: what is known, newest first
 * @page: what was read, newest first
 * @expected: where among @known the page would begin had the log not grown
 *
 * Finds out what of a page is new, if it was read at an offset at which the end of what is known should be.
 *
 * Returns: (transfer full) (nullable): how the page fits; %NULL if it has nothing to do with what is known, so that
 *   something may be missing in between
 */
LatchLogFit *
latch_log_fit_older (const char *const *known, gsize n_known, const char *const *page, gsize n_page, gssize expected)
{
  g_autoptr (LatchLogFit) fit = NULL;
  g_autoptr (LatchLogFit) mixed_up = NULL;

  if (n_page == 0)
    return NULL;

  if (n_known == 0)
    {
      fit = fit_new (n_page);
      for (gsize i = 0; i < n_page; i++)
        set_place (fit, i, LATCH_LOG_PLACE_OLDER);
      return g_steal_pointer (&fit);
    }

  fit = fit_in_order (known, n_known, page, n_page, expected);
  if (fit != NULL && count_known (fit, n_page) >= STRONG_EVIDENCE)
    return g_steal_pointer (&fit);

  mixed_up = fit_mixed_up (known, n_known, page, n_page);
  if (mixed_up != NULL && (fit == NULL || count_known (mixed_up, n_page) > count_known (fit, n_page)))
    return g_steal_pointer (&mixed_up);

  return fit != NULL ? g_steal_pointer (&fit) : fit_within (known, n_known, page, n_page);
}

static const char **
reverse (const char *const *entries, gsize n)
{
  const char **reversed = g_new (const char *, n + 1);

  for (gsize i = 0; i < n; i++)
    reversed[i] = entries[n - 1 - i];
  reversed[n] = NULL;

  return reversed;
}

/**
 * latch_log_fit_newer:
 * @known: what is known, newest first
 * @page: what was read, newest first, beginning with the newest
 *
 * Finds out what of a page is new, if it was read at the beginning of the log: the mirror image of
 * latch_log_fit_older().
 *
 * Returns: (transfer full) (nullable): how the page fits; %NULL if it does not reach what is known
 */
LatchLogFit *
latch_log_fit_newer (const char *const *known, gsize n_known, const char *const *page, gsize n_page)
{
  g_autofree const char **known_reversed = reverse (known, n_known);
  g_autofree const char **page_reversed = reverse (page, n_page);
  LatchLogFit *fit = latch_log_fit_older (known_reversed, n_known, page_reversed, n_page, ANYWHERE);
  gsize n;

  if (fit == NULL)
    return NULL;

  for (gsize i = 0; i < n_page / 2; i++)
    {
      LatchLogPlace place = fit->places[i];

      fit->places[i] = fit->places[n_page - 1 - i];
      fit->places[n_page - 1 - i] = place;
    }
  for (gsize i = 0; i < n_page; i++)
    if (fit->places[i] != LATCH_LOG_PLACE_KNOWN)
      fit->places[i] = fit->places[i] == LATCH_LOG_PLACE_OLDER ? LATCH_LOG_PLACE_NEWER : LATCH_LOG_PLACE_OLDER;
  n = fit->n_newer;
  fit->n_newer = fit->n_older;
  fit->n_older = n;
  fit->position = -(gssize) fit->n_newer;

  return fit;
}

void
latch_log_fit_free (LatchLogFit *self)
{
  if (self == NULL)
    return;

  g_free (self->places);
  g_free (self);
}
