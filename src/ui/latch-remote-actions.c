/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-remote-actions.h"

#include "latch-lock-key.h"
#include "latch-window.h"

/* How long somebody who was started for this waits for the bridge, which a person would not much longer either */
#define PATIENCE_MS 10000
#define LOOK_MS 100

typedef struct
{
  GtkApplication *application; /* owns the actions */
  LatchHome *home;             /* is there for as long as anybody can activate them */
  LatchNotifier *notifier;     /* weak */
} Context;

/* An action that waits until it is known which bridges and locks there are, or until there is no hope of that */
typedef struct
{
  Context *context;
  const char *name;
  GVariant *parameter;
  guint n_looks;
} Wish;

static void
context_free (gpointer data, GClosure *closure)
{
  Context *context = data;

  g_clear_weak_pointer (&context->notifier);
  g_free (context);
}

static void
wish_free (gpointer data)
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
  guint n_named = 0;

  if (found)
    return found;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (home)); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (G_LIST_MODEL (home), i);

      if (g_str_equal (latch_bridge_get_name (bridge), text))
        {
          found = bridge; /* the home's */
          n_named++;
        }
    }

  return n_named == 1 ? found : NULL;
}

static void
grant (Context *context, const char *name, GVariant *parameter)
{
  const char *text = parameter ? g_variant_get_string (parameter, NULL) : "";

  if (g_str_equal (name, "lock"))
    latch_notifier_lock (context->notifier, text);
  else if (g_str_equal (name, "show-lock"))
    latch_notifier_show_lock (context->notifier, text);
  else if (g_str_equal (name, "refresh"))
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

      /* Everybody's activity would look like an answer to who has asked for one lock's */
      if (lock || !*text)
        do_in_window (context, "activity.show", g_variant_new_string (key));
      else
        open_window (context);
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

/* Before it is known whether a bridge answers, nothing that it should do could be said to have failed */
static gboolean
is_ready (Context *context, const char *name, GVariant *parameter)
{
  g_autoptr (LatchLock) lock = NULL;
  g_autoptr (LatchBridge) bridge = NULL;

  if (!latch_home_is_loaded (context->home))
    return FALSE;
  if (!g_str_equal (name, "lock"))
    return TRUE;

  lock = latch_lock_key_find_named (g_variant_get_string (parameter, NULL), G_LIST_MODEL (context->home));
  bridge = lock ? latch_lock_ref_bridge (lock) : NULL;

  if (!bridge)
    return TRUE;

  switch (latch_bridge_get_connection (bridge))
    {
    case LATCH_CONNECTION_UNKNOWN:
      return FALSE;
    case LATCH_CONNECTION_CONNECTED:
      /* Its door may have been opened since anybody last looked */
      return !latch_lock_get_stale (lock);
    default:
      return TRUE;
    }
}

static gboolean
look_cb (gpointer user_data)
{
  Wish *wish = user_data;

  if (!wish->context->notifier)
    return G_SOURCE_REMOVE; /* the application ends */
  if (++wish->n_looks < PATIENCE_MS / LOOK_MS && !is_ready (wish->context, wish->name, wish->parameter))
    return G_SOURCE_CONTINUE;

  grant (wish->context, wish->name, wish->parameter);

  return G_SOURCE_REMOVE;
}

static void
activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Context *context = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  Wish *wish = NULL;

  if (!context->notifier)
    return;
  if (is_ready (context, name, parameter))
    {
      grant (context, name, parameter);
      return;
    }

  wish = g_new0 (Wish, 1);
  wish->context = context;
  wish->name = g_intern_string (name);
  wish->parameter = parameter ? g_variant_ref (parameter) : NULL;
  g_application_hold (G_APPLICATION (context->application));
  g_timeout_add_full (G_PRIORITY_DEFAULT, LOOK_MS, look_cb, wish, wish_free);
}

/**
 * latch_remote_actions_add:
 * @application: gets the actions
 * @home: the bridges that they are about
 * @notifier: what locks, and tells what came of it
 *
 * Has others, notifications among them, show, refresh and lock over D-Bus. Nothing here opens a door.
 */
void
latch_remote_actions_add (GtkApplication *application, LatchHome *home, LatchNotifier *notifier)
{
  static const struct
  {
    const char *name;
    const char *type;
  } actions[] = {
    { "lock", "s" }, { "show-lock", "s" }, { "refresh" }, { "lock-all" }, { "add-bridge" }, { "preferences" },
    { "show-activity", "s" }, { "show-bridge", "s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GVariantType) type = actions[i].type ? g_variant_type_new (actions[i].type) : NULL;
      g_autoptr (GSimpleAction) action = g_simple_action_new (actions[i].name, type);
      Context *context = g_new0 (Context, 1);

      context->application = application;
      context->home = home;
      g_set_weak_pointer (&context->notifier, notifier);
      g_signal_connect_data (action, "activate", G_CALLBACK (activated_cb), context, context_free, 0);
      g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
    }
}
