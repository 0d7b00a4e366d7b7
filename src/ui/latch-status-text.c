/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-status-text.h"

#include "latch-bridge-text.h"
#include "latch-lock-census.h"
#include "latch-lock-facts.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

static void
add (GString *line, const char *part)
{
  g_autofree char *before = g_strdup (line->str);

  if (line->len == 0)
    g_string_assign (line, part);
  else
    /* Translators: between the parts of a line such as “2 doors locked · Garage unlocked” */
    g_string_printf (line, _("%s · %s"), before, part);
}

static gboolean
fits (GString *line)
{
  return g_utf8_strlen (line->str, -1) <= LATCH_STATUS_LENGTH;
}

static char *
describe_locked (guint n_locked)
{
  /* Translators: the beginning of a line such as “2 doors locked · Garage unlocked” */
  return g_strdup_printf (ngettext ("%u door locked", "%u doors locked", n_locked), n_locked);
}

/* An opener is as it is; only one that lets everybody in is worth a word */
static gboolean
is_quiet_opener (const LatchLockFacts *facts)
{
  return facts->opener && latch_lock_facts_is_vouched_for (facts) && facts->state == LATCH_LOCK_STATE_ONLINE &&
         facts->mode != LATCH_MODE_CONTINUOUS;
}

static gboolean
is_locked (const LatchLockFacts *facts)
{
  return latch_lock_facts_is_vouched_for (facts) && !latch_lock_facts_is_ajar (facts) &&
         latch_lock_facts_get_shown_state (facts) == LATCH_LOCK_STATE_LOCKED;
}

/* That a bridge is gone says all there is to say of its locks */
static void
add_bridges (GString *line, GListModel *bridges)
{
  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (bridges, i);
      g_autofree char *problem = latch_bridge_text_problem (
          latch_bridge_get_connection (bridge), latch_bridge_get_error (bridge), latch_bridge_get_name (bridge));

      if (problem)
        add (line, problem);
    }
}

static char *
clip (GString *line)
{
  g_autofree char *begin = g_utf8_substring (line->str, 0, LATCH_STATUS_LENGTH - 1);

  return g_strconcat (begin, "…", NULL);
}

/**
 * latch_status_text_new:
 * @bridges: a list of #LatchBridge
 * @locks: a list of those of their #LatchLock that somebody wants to see
 *
 * Returns: (transfer full) (nullable): such as “2 doors locked · Garage unlocked”, which never says more than is known,
 *   nor is longer than a desktop takes; %NULL for nothing
 */
char *
latch_status_text_new (GListModel *bridges, GListModel *locks)
{
  g_autoptr (GString) others = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (LatchLockCensus) census = NULL;
  g_autofree char *counts = NULL;
  guint n_locked = 0;

  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);
      g_autofree char *name = latch_lock_text_short_name (lock);
      g_autofree char *status = NULL;
      LatchLockFacts facts;

      latch_lock_facts_init (&facts, lock);
      if (is_locked (&facts))
        n_locked++;
      else if (!is_quiet_opener (&facts) && !latch_lock_facts_is_bridge_down (&facts))
        add (others, status = latch_lock_text_status (&facts, name));
    }

  add_bridges (others, bridges);
  if (n_locked > 0)
    {
      g_autofree char *locked = describe_locked (n_locked);

      add (line, locked);
    }
  if (others->len > 0)
    add (line, others->str);
  if (line->len == 0)
    return NULL;
  if (fits (line))
    return g_strdup (line->str);

  /* Too many to name them */
  census = latch_lock_census_new (locks);
  counts = latch_lock_census_to_text (census);
  g_string_truncate (line, 0);
  if (n_locked > 0)
    {
      g_autofree char *locked = describe_locked (n_locked);

      add (line, locked);
    }
  if (counts)
    add (line, counts);
  else
    add (line, others->str);

  return fits (line) ? g_strdup (line->str) : clip (line);
}
