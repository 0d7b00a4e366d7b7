/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How a page of a bridge's log fits together with what is known of the log already. Both are lists of entries, newest
 * first, in which equal entries are equal pointers. An entry may really be there twice: what counts is where it is, and
 * only where a bridge mixed up the order, how often.
 */

/**
 * LatchLogPlace:
 * @LATCH_LOG_PLACE_KNOWN: it is one that was known
 * @LATCH_LOG_PLACE_NEWER: it is new, and newer than all that was known
 * @LATCH_LOG_PLACE_OLDER: it is new, and older than all that was known
 *
 * Where an entry of a page belongs.
 */
typedef enum
{
  LATCH_LOG_PLACE_KNOWN,
  LATCH_LOG_PLACE_NEWER,
  LATCH_LOG_PLACE_OLDER,
} LatchLogPlace;

/**
 * LatchLogFit:
 * @position: where among what was known the page's first entry is; negative if the page begins with newer ones
 * @n_older: how many of its entries are new, and older
 * @n_newer: how many of its entries are new, and newer
 * @places: for each entry where it belongs
 *
 * How a page fits.
 */
typedef struct
{
  gssize position;
  gsize n_older;
  gsize n_newer;
  LatchLogPlace *places;
} LatchLogFit;

LatchLogFit *latch_log_fit_older (const char *const *known,
                                  gsize n_known,
                                  const char *const *page,
                                  gsize n_page,
                                  gssize expected);
LatchLogFit *latch_log_fit_newer (const char *const *known, gsize n_known, const char *const *page, gsize n_page);
void latch_log_fit_free (LatchLogFit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchLogFit, latch_log_fit_free)

G_END_DECLS
