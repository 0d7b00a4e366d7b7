/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-remote-actions.h"

#include "latch-lock-key.h"
#include "latch-window.h"

typedef struct
{
  GtkApplication *application; /* owns the actions */
  LatchHome *home;             /* is there for as long as anybody can activate them */
} Context;

/* An action that waits until it is known which bridges and locks there are */
typedef struct
{
  Context *context;
  const char *name;
  GVariant *parameter;
} Wish;

static void
context_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
wish_free (gpointer data, GClosure *closure)
{
  Wish *wish = data;

  g_application_release (G_APPLICATION (wish->context->application));
  g_clear_pointer (&wish->parameter, g_variant_unref);
  g_free (wish);
}

static LatchWindow *
open_window (Context *context)
{
  GtkWindow *window = NULL;

  g_application_activate (G_APPLICATION (context->application));
  window = gtk_application_get_active_window (context->application);

  return LATCH_IS_WINDOW (window) ? LATCH_WINDOW (window) : NULL;
}

static void
do_in_window (Context *context, const char *action, GVariant *target)
{
  LatchWindow *window = open_window (context);

  if (window)
    latch_window_activate_action (window, action, target);
}

/* By its ID, or by a name that no other one has */
static LatchBridge *
find_bridge (LatchHome *home, const char *text)
{
  LatchBridge *found = latch_home_find_bridge (home, text);
  guint n_found = 0;

  for (guint i = 0; !found && i < g_list_model_get_n_items (G_LIST_MODEL (home)); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (G_LIST_MODEL (home), i);

      n_found += g_str_equal (latch_bridge_get_name (bridge), text);
    }
  for (guint i = 0; n_found == 1 && i < g_list_model_get_n_items (G_LIST_MODEL (home)); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (G_LIST_MODEL (home), i);

      if (g_str_equal (latch_bridge_get_name (bridge), text))
        return bridge; /* the home's */
    }

  return found;
}

static void
grant (Context *context, const char *name, GVariant *parameter)
{
  const char *text = parameter ? g_variant_get_string (parameter, NULL) : NULL;

  if (g_str_equal (name, "refresh"))
    latch_home_refresh (context->home, NULL);
  else if (g_str_equal (name, "lock-all"))
    do_in_window (context, "locks.lock-all", NULL);
  else if (g_str_equal (name, "add-bridge"))
    do_in_window (context, "win.add-bridge", NULL);
  else if (g_str_equal (name, "preferences"))
    do_in_window (context, "win.preferences", NULL);
  else if (g_str_equal (name, "show-activity"))
    {
      g_autoptr (LatchLock) lock = latch_lock_key_find_named (text, G_LIST_MODEL (context->home));
      g_autofree char *key = lock ? latch_lock_key_new (lock) : g_strdup ("");

      do_in_window (context, "activity.show", g_variant_new_string (key));
    }
  else
    {
      LatchBridge *bridge = find_bridge (context->home, text);

      if (bridge)
        do_in_window (context, "bridge.show", g_variant_new_string (latch_bridge_get_id (bridge)));
      else
        open_window (context);
    }
}

static void
loaded_cb (LatchHome *home, GParamSpec *pspec, gpointer user_data)
{
  Wish *wish = user_data;

  grant (wish->context, wish->name, wish->parameter);
  g_signal_handlers_disconnect_by_func (home, loaded_cb, wish);
}

static void
activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Context *context = user_data;
  Wish *wish = NULL;

  if (latch_home_is_loaded (context->home))
    {
      grant (context, g_action_get_name (G_ACTION (action)), parameter);
      return;
    }

  wish = g_new0 (Wish, 1);
  wish->context = context;
  wish->name = g_intern_string (g_action_get_name (G_ACTION (action)));
  wish->parameter = parameter ? g_variant_ref (parameter) : NULL;
  g_application_hold (G_APPLICATION (context->application));
  g_signal_connect_data (context->home, "notify::loaded", G_CALLBACK (loaded_cb), wish, wish_free, 0);
}

/**
 * latch_remote_actions_add:
 * @application: gets the actions
 * @home: the bridges that they are about
 */
void
latch_remote_actions_add (GtkApplication *application, LatchHome *home)
{
  static const struct
  {
    const char *name;
    const char *type;
  } actions[] = {
    { "refresh" }, { "lock-all" }, { "add-bridge" }, { "preferences" }, { "show-activity", "s" }, { "show-bridge", "s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GVariantType) type = actions[i].type ? g_variant_type_new (actions[i].type) : NULL;
      g_autoptr (GSimpleAction) action = g_simple_action_new (actions[i].name, type);
      Context *context = g_new0 (Context, 1);

      context->application = application;
      context->home = home;
      g_signal_connect_data (action, "activate", G_CALLBACK (activated_cb), context, context_free, 0);
      g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
    }
}
