/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-stretch.h"

#include "latch-log-fit.h"

/* A page begins with so many entries that are known already: a fifth of it */
#define OVERLAP_SHARE 5
/* At the end of a log, where a bridge that cuts its pages short could seem to have no more */
#define SMALL_OVERLAP 8
/* How many pages in a row may fit nowhere, or bring nothing, until it is given up */
#define MAX_MISSES 5
#define MAX_IDLE 8
/* A bridge is a plug in the wall. What has more to tell than this never stops */
#define MAX_ENTRIES 100000

struct _LatchLogStretch
{
  GPtrArray *items;
  LatchLogProgress progress;
  gssize growth; /* how much newer the bridge's newest entry is than ours, as far as was seen: in entries */
  gssize resume; /* where the next page is to begin, but for the overlap; -1 for at the end */
  guint n_misses;
  guint n_idle;
  guint n_ends;     /* how often it looked like the end since there was something new */
  gssize inner_end; /* up to which of the known entries the last page went, 0 if that was not odd */
};

LatchLogStretch *
latch_log_stretch_new (void)
{
  LatchLogStretch *self = g_new0 (LatchLogStretch, 1);

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->resume = -1;

  return self;
}

void
latch_log_stretch_free (LatchLogStretch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->items);
  g_free (self);
}

/**
 * latch_log_stretch_get_items:
 *
 * Returns: (transfer none) (element-type LatchLogItem): what is known, newest first
 */
GPtrArray *
latch_log_stretch_get_items (LatchLogStretch *self)
{
  return self->items;
}

LatchLogProgress
latch_log_stretch_get_progress (LatchLogStretch *self)
{
  return self->progress;
}

/**
 * latch_log_stretch_plan:
 * @count: how many entries a page has
 *
 * Returns: the offset at which the next page is to be read (spec: /log)
 */
guint
latch_log_stretch_plan (LatchLogStretch *self, guint count)
{
  gssize n = self->items->len;
  gssize overlap = MAX (count / OVERLAP_SHARE, 1);
  gssize end = self->resume >= 0 ? self->resume : n;

  if (self->n_ends > 0)
    overlap = SMALL_OVERLAP;

  switch (self->n_misses)
    {
    case 0:
      return MAX (end - overlap + self->growth, 0);
    case 1: /* once more: it may have been a slip */
      return MAX (n - overlap + self->growth, 0);
    case 2: /* perhaps the bridge repeated itself before, and the log did not grow as much as it seemed */
      return MAX (n - overlap, 0);
    case 3: /* or it leaves something out */
      return MAX (n - (gssize) count * 9 / 10 + self->growth, 0);
    default:
      return MAX (n - (gssize) count * 9 / 10, 0);
    }
}

static const char **
get_texts (GPtrArray *items)
{
  const char **texts = g_new (const char *, items->len + 1);

  for (guint i = 0; i < items->len; i++)
    texts[i] = latch_log_item_get_text (items->pdata[i]);
  texts[items->len] = NULL;

  return texts;
}

/* What has no possible time of its own belongs to what is newer, or if there is nothing, to what is older */
static void
file (GPtrArray *items, guint start, guint end)
{
  gint64 time = start > 0 ? latch_log_item_get_filed_at (items->pdata[start - 1]) : 0;

  for (guint i = start; i < items->len && time == 0; i++)
    time = latch_log_item_get_timestamp (items->pdata[i]);
  for (guint i = start; i < end; i++)
    {
      latch_log_item_file_at (items->pdata[i], time);
      time = latch_log_item_get_filed_at (items->pdata[i]);
    }
}

static void
add_items (LatchLogStretch *self, GPtrArray *page, const LatchLogFit *fit)
{
  guint n_newer = 0;

  for (guint i = 0; i < page->len; i++)
    {
      if (fit->places[i] == LATCH_LOG_PLACE_NEWER)
        g_ptr_array_insert (self->items, n_newer++, g_object_ref (page->pdata[i]));
      else if (fit->places[i] == LATCH_LOG_PLACE_OLDER)
        g_ptr_array_add (self->items, g_object_ref (page->pdata[i]));
    }

  file (self->items, 0, fit->n_newer);
  file (self->items, self->items->len - fit->n_older, self->items->len);
}

static void
take_miss (LatchLogStretch *self)
{
  if (self->n_misses >= 3)
    self->growth = 0;
  self->resume = -1;
  if (++self->n_misses == MAX_MISSES)
    self->progress = LATCH_LOG_PROGRESS_LOST;
}

/*
 * A short page that brings nothing may be the end of the log, or a bridge that cuts its pages short. A second one that,
 * though it was to begin later, gets no further is the end.
 */
static void
take_end (LatchLogStretch *self, gssize end)
{
  if (end >= (gssize) self->items->len)
    self->n_ends++;
  else
    {
      /* A log that is full loses an entry at its end for each at its beginning. Or the bridge repeated itself */
      self->n_ends = self->inner_end > 0 && end <= self->inner_end ? 2 : 0;
      self->inner_end = end;
    }
  if (self->n_ends == 2)
    self->progress = LATCH_LOG_PROGRESS_COMPLETE;
}

/**
 * latch_log_stretch_take:
 * @page: (element-type LatchLogItem): what was read
 * @offset: at which offset
 * @count: how many entries were asked for
 * @n_newer: (out): how many were added at the beginning
 * @n_older: (out): how many were added at the end
 *
 * Adds what is new in a page.
 */
void
latch_log_stretch_take (LatchLogStretch *self,
                        GPtrArray *page,
                        guint offset,
                        guint count,
                        guint *n_newer,
                        guint *n_older)
{
  gssize n = self->items->len;
  g_autofree const char **known = get_texts (self->items);
  g_autofree const char **read = get_texts (page);
  g_autoptr (LatchLogFit) fit = latch_log_fit_older (known, n, read, page->len, (gssize) offset - self->growth);
  gssize end, growth, inner_end = self->inner_end;

  self->inner_end = 0;
  *n_newer = 0;
  *n_older = 0;

  if (page->len == 0 && n == 0)
    {
      take_end (self, 0);
      return;
    }
  if (fit == NULL)
    {
      take_miss (self);
      return;
    }

  add_items (self, page, fit);
  *n_newer = fit->n_newer;
  *n_older = fit->n_older;
  /* What is new at the beginning moves all that was known */
  end = fit->position + (gssize) page->len + (gssize) fit->n_newer;
  growth = MAX ((gssize) offset - fit->position - (gssize) fit->n_newer, 0);
  /* A page that is nowhere near where it should be: much was written meanwhile, or more likely, the bridge repeated
   * itself. It is believed when it does so twice */
  if (fit->n_older > 0 || page->len < count || growth - self->growth <= (gssize) count / OVERLAP_SHARE ||
      self->n_idle % 2 == 1)
    self->growth = growth;
  self->n_misses = 0;
  self->resume = -1;

  if (fit->n_older > 0)
    {
      self->n_ends = 0;
      self->n_idle = 0;
      if (self->items->len >= MAX_ENTRIES)
        self->progress = LATCH_LOG_PROGRESS_LOST;
      return;
    }

  if (++self->n_idle == MAX_IDLE)
    {
      self->progress = LATCH_LOG_PROGRESS_LOST;
      return;
    }
  if (end < (gssize) self->items->len)
    self->resume = MAX (end, 1);
  if (page->len < count)
    {
      self->inner_end = inner_end;
      take_end (self, end);
    }
}

/**
 * latch_log_stretch_join:
 * @newer: what was read from the beginning of the log on
 * @n_newer: (out): how many were added at the beginning
 * @n_older: (out): how many were added at the end
 *
 * Adds what is new in @newer.
 *
 * Returns: whether @newer reaches @self, so that nothing is missing in between
 */
gboolean
latch_log_stretch_join (LatchLogStretch *self, LatchLogStretch *newer, guint *n_newer, guint *n_older)
{
  g_autofree const char **known = get_texts (self->items);
  g_autofree const char **read = get_texts (newer->items);
  g_autoptr (LatchLogFit) fit = latch_log_fit_newer (known, self->items->len, read, newer->items->len);

  *n_newer = 0;
  *n_older = 0;
  if (fit == NULL || self->items->len == 0)
    return FALSE;

  add_items (self, newer->items, fit);
  *n_newer = fit->n_newer;
  *n_older = fit->n_older;
  self->growth = newer->growth;
  latch_log_stretch_try_again (self);
  if (fit->n_older > 0)
    self->progress = newer->progress;

  return TRUE;
}

/**
 * latch_log_stretch_try_again:
 *
 * Has hope again after %LATCH_LOG_PROGRESS_LOST.
 */
void
latch_log_stretch_try_again (LatchLogStretch *self)
{
  if (self->progress == LATCH_LOG_PROGRESS_LOST)
    self->progress = LATCH_LOG_PROGRESS_GOING;
  self->n_misses = 0;
  self->n_idle = 0;
  self->n_ends = 0;
  self->inner_end = 0;
  self->resume = -1;
}
