/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-search-result.h"

#include "latch-lock-filter.h"
#include "latch-lock-key.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

/* An ID is a verb, a lock's key, and what goes with what is said of it: “show:2117604523/1/0#c0ffee” */
static const char *const verbs[] = {
  [LATCH_SEARCH_VERB_SHOW] = "show:",
  [LATCH_SEARCH_VERB_LOCK] = "lock:",
};

/* Whether another lock that can be found has the same name */
static gboolean
is_ambiguous (LatchLock *lock, const char *name, GListModel *bridges)
{
  if (g_list_model_get_n_items (bridges) < 2)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (bridges); i++)
    {
      g_autoptr (GListModel) locks = g_list_model_get_item (bridges, i);

      for (guint j = 0; j < g_list_model_get_n_items (locks); j++)
        {
          g_autoptr (LatchLock) other = g_list_model_get_item (locks, j);
          g_autofree char *its_name = latch_lock_text_name (other);

          if (other != lock && !latch_lock_get_hidden (other) && g_str_equal (its_name, name))
            return TRUE;
        }
    }

  return FALSE;
}

static char *
make_description (LatchLock *lock, const char *name, GListModel *bridges, gint64 now)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);
  g_autofree char *caption = NULL;
  LatchLockFacts facts;

  latch_lock_facts_init (&facts, lock);
  caption = latch_lock_text_caption (&facts, now);
  if (!bridge || !is_ambiguous (lock, name, bridges))
    return g_steal_pointer (&caption);

  /* Translators: how a lock is, such as “Locked · 2 min ago”, and the name of its bridge */
  return g_strdup_printf (_("%s · %s"), caption, latch_bridge_get_name (bridge));
}

/* Those of ours that the desktop finds in its own icon theme, because they are installed there under the application's ID */
static GIcon *
create_icon (LatchSearchVerb verb, LatchLock *lock)
{
  LatchLockFacts facts;
  LatchLockAppearance appearance;
  const char *name = latch_lock_action_get_icon_name (LATCH_LOCK_ACTION_LOCK);
  g_autofree char *installed = NULL;
  const char *names[] = { NULL, APP_ID "-symbolic" };

  if (verb == LATCH_SEARCH_VERB_SHOW)
    {
      latch_lock_facts_init (&facts, lock);
      latch_lock_appearance_init (&appearance, &facts);
      name = latch_lock_look_get_icon_name (appearance.look, facts.opener);
    }
  if (!name)
    return g_themed_icon_new (APP_ID "-symbolic");

  installed = g_strconcat (APP_ID, name + strlen ("latch"), NULL);
  names[0] = installed;
  return g_themed_icon_new_from_names ((char **) names, G_N_ELEMENTS (names));
}

/**
 * latch_search_result_is_offered:
 *
 * Returns: whether @verb makes sense for @lock at this moment: that it is not locked has to be known
 */
gboolean
latch_search_result_is_offered (LatchSearchVerb verb, LatchLock *lock)
{
  LatchLockFacts facts;

  if (latch_lock_get_hidden (lock))
    return FALSE;
  if (verb == LATCH_SEARCH_VERB_SHOW)
    return TRUE;

  latch_lock_facts_init (&facts, lock);
  return latch_lock_facts_is_vouched_for (&facts) && !latch_lock_is_busy (lock) &&
         latch_lock_kind_matches (LATCH_LOCK_KIND_UNLOCKED, lock) &&
         latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK);
}

/**
 * latch_search_result_new_id:
 * @bridges: a list of #LatchBridge
 * @now: the present, in seconds since 1970
 *
 * Returns: (transfer full): an ID for a result
 */
char *
latch_search_result_new_id (LatchSearchVerb verb, LatchLock *lock, GListModel *bridges, gint64 now)
{
  g_autofree char *key = latch_lock_key_new (lock);
  g_autofree char *name = latch_lock_text_name (lock);
  g_autofree char *description = make_description (lock, name, bridges, now);

  return g_strdup_printf ("%s%s#%x", verbs[verb], key, g_str_hash (description) ^ g_str_hash (name));
}

/**
 * latch_search_result_find:
 * @id: what latch_search_result_new_id() has returned, or anything else
 * @bridges: a list of #LatchBridge
 * @verb: (out): what comes of choosing it
 *
 * Returns: (transfer full) (nullable): the lock that it is about, if that is still there, and somebody wants to see it
 */
LatchLock *
latch_search_result_find (const char *id, GListModel *bridges, LatchSearchVerb *verb)
{
  const char *end = strrchr (id, '#');
  g_autofree char *key = NULL;
  g_autoptr (LatchLock) lock = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (verbs) && end && !key; i++)
    if (g_str_has_prefix (id, verbs[i]))
      {
        *verb = (LatchSearchVerb) i;
        key = g_strndup (id + strlen (verbs[i]), end - id - strlen (verbs[i]));
      }

  lock = key ? latch_lock_key_find (key, bridges) : NULL;
  return lock && !latch_lock_get_hidden (lock) ? g_steal_pointer (&lock) : NULL;
}

/**
 * latch_search_result_describe:
 * @id: what latch_search_result_new_id() has returned, or anything else
 * @bridges: a list of #LatchBridge
 * @now: the present, in seconds since 1970
 *
 * Returns: (transfer floating) (nullable): what a desktop wants to know of a result (a{sv}): how it is now, not how it
 *   was found; %NULL if there is nothing to say
 */
GVariant *
latch_search_result_describe (const char *id, GListModel *bridges, gint64 now)
{
  LatchSearchVerb verb;
  g_autoptr (LatchLock) lock = latch_search_result_find (id, bridges, &verb);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_autoptr (GIcon) icon = NULL;
  g_autoptr (GVariant) serialized = NULL;
  GVariantDict dict;

  if (!lock)
    return NULL;

  name = latch_lock_text_name (lock);
  title = verb == LATCH_SEARCH_VERB_LOCK ? latch_lock_text_action_label (LATCH_LOCK_ACTION_LOCK, name) : g_strdup (name);
  description = make_description (lock, name, bridges, now);
  icon = create_icon (verb, lock);
  serialized = g_icon_serialize (icon);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", id);
  g_variant_dict_insert (&dict, "name", "s", title);
  g_variant_dict_insert (&dict, "description", "s", description);
  g_variant_dict_insert_value (&dict, "icon", serialized);

  return g_variant_dict_end (&dict);
}
