/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-menu.h"

#include "latch-caution.h"
#include "latch-lock-appearance.h"
#include "latch-lock-key.h"

#include <glib/gi18n-lib.h>

static void
append_action (GMenu *menu, const char *key, LatchLockAction action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (latch_lock_action_get_text (action), NULL);

  g_menu_item_set_action_and_target (item,
                                     latch_lock_action_pulls_latch (action) ? "lock.open-on" : "lock.perform-on", "(ss)",
                                     key, latch_lock_action_get_nick (action));
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static void
append_choice (GMenu *menu, const char *label, const char *action_name, const char *key)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action_name, "s", key);
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

/**
 * latch_lock_menu_new:
 *
 * Returns: (transfer full): what @lock can be asked to do at this moment, and what can be chosen for it. The items
 *   activate `lock.perform-on` or, if the door opens, `lock.open-on`; `lock.ask`, `lock.rename` and `lock.hide`. Those
 *   whose action is disabled do not show.
 */
GMenuModel *
latch_lock_menu_new (LatchLock *lock)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) commands = g_menu_new ();
  g_autoptr (GMenu) questions = g_menu_new ();
  g_autoptr (GMenu) choices = g_menu_new ();
  g_autoptr (GMenuItem) ask = g_menu_item_new (_("Refresh"), NULL);
  g_autofree char *key = latch_lock_key_new (lock);
  LatchLockAppearance appearance;
  LatchLockFacts facts;

  latch_lock_facts_init (&facts, lock);
  latch_lock_appearance_init (&appearance, &facts);

  if (!appearance.busy)
    {
      if (appearance.primary_action != LATCH_LOCK_ACTION_NONE)
        append_action (commands, key, appearance.primary_action);
      if (appearance.secondary_action != LATCH_LOCK_ACTION_NONE)
        append_action (commands, key, appearance.secondary_action);
      for (gsize i = 0; i < LATCH_LOCK_MAX_TILES; i++)
        if (appearance.tiles[i] != LATCH_LOCK_ACTION_NONE)
          append_action (commands, key, appearance.tiles[i]);
    }

  g_menu_item_set_action_and_target (ask, "lock.ask", "s", key);
  g_menu_append_item (questions, ask);

  g_menu_append_section (menu, NULL, G_MENU_MODEL (commands));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (questions));
  append_choice (choices, _("Rename…"), "lock.rename", key);
  if (latch_lock_get_hidden (lock))
    append_choice (choices, _("Show Again"), "lock.unhide", key);
  else
    append_choice (choices, _("Hide…"), "lock.hide", key);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (choices));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}
