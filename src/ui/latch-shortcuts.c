/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-shortcuts.h"

#include <glib/gi18n-lib.h>

#define NINE "1...9"

/* All key combinations. From this they work, and from this the dialog is made that tells of them. */
static const LatchShortcut shortcuts[] = {
  { NC_ ("shortcuts", "Locks"),
    NC_ ("shortcuts", "Unlock"), "<Control>u", LATCH_SHORTCUT_REACH_VIEW, "lock.perform::unlock" },
  { NULL, NC_ ("shortcuts", "Lock"), "<Control>l", LATCH_SHORTCUT_REACH_VIEW, "lock.perform::lock" },
  { NULL, NC_ ("shortcuts", "Open door (always asks)"), "<Control>o", LATCH_SHORTCUT_REACH_VIEW, "lock.open-door" },
  { NULL, NC_ ("shortcuts", "Lock ’n’ Go"), "<Control>g", LATCH_SHORTCUT_REACH_VIEW, "lock.perform::lock-n-go" },
  { NULL, NC_ ("shortcuts", "Lock all doors"), "<Control><Shift>l", LATCH_SHORTCUT_REACH_VIEW, "locks.lock-all" },

  { NC_ ("shortcuts", "Find and Go"),
    NC_ ("shortcuts", "Search"), "<Control>f", LATCH_SHORTCUT_REACH_VIEW, "locks.search" },
  { NULL, NC_ ("shortcuts", "Show lock 1 to 9"), "<Alt>" NINE, LATCH_SHORTCUT_REACH_VIEW, "locks.show" },
  { NULL, NC_ ("shortcuts", "Activity"), "<Control>h", LATCH_SHORTCUT_REACH_VIEW, "activity.show::" },
  { NULL, NC_ ("shortcuts", "Bridge"), "<Control>b", LATCH_SHORTCUT_REACH_VIEW, "locks.show-bridge" },
  { NULL, NC_ ("shortcuts", "Back"), "<Alt>Left", LATCH_SHORTCUT_REACH_VIEW, "locks.back" },
  { NULL, NC_ ("shortcuts", "Refresh"), "F5 <Control>r", LATCH_SHORTCUT_REACH_VIEW, "locks.refresh" },
  { NULL, NC_ ("shortcuts", "Export activity or log"), "<Control>s", LATCH_SHORTCUT_REACH_VIEW, "locks.export" },

  { NC_ ("shortcuts", "General"),
    NC_ ("shortcuts", "Add bridge"), "<Control>n", LATCH_SHORTCUT_REACH_EVERYWHERE, "win.add-bridge" },
  { NULL, NC_ ("shortcuts", "Main menu"), "F10", LATCH_SHORTCUT_REACH_TOOLKIT, NULL },
  { NULL, NC_ ("shortcuts", "Preferences"), "<Control>comma", LATCH_SHORTCUT_REACH_EVERYWHERE, "win.preferences" },
  { NULL, NC_ ("shortcuts", "Keyboard shortcuts"), "<Control>question", LATCH_SHORTCUT_REACH_EVERYWHERE, "app.shortcuts" },
  { NULL, NC_ ("shortcuts", "Close dialog or window"), "<Control>w", LATCH_SHORTCUT_REACH_EVERYWHERE, "win.close" },
  { NULL, NC_ ("shortcuts", "Quit"), "<Control>q", LATCH_SHORTCUT_REACH_EVERYWHERE, "app.quit" },
};

static const char *
translate (const char *text)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "shortcuts", text);
}

static GtkShortcutTrigger *
parse_trigger (const char *accels)
{
  g_auto (GStrv) parts = g_strsplit (accels, " ", -1);
  g_autofree char *alternatives = g_strjoinv ("|", parts);

  return gtk_shortcut_trigger_parse_string (alternatives);
}

static GtkShortcut *
create_shortcut (const char *accels, const char *detailed_action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GtkShortcut *shortcut = NULL;

  g_action_parse_detailed_name (detailed_action, &name, &target, NULL);
  shortcut = gtk_shortcut_new (parse_trigger (accels), gtk_named_action_new (name));
  gtk_shortcut_set_arguments (shortcut, target);

  return shortcut;
}

static void
add_nine (GtkShortcutController *controller, const LatchShortcut *shortcut)
{
  g_autofree char *modifiers = g_strndup (shortcut->accels, strlen (shortcut->accels) - strlen (NINE));

  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *accel = g_strdup_printf ("%s%d", modifiers, i);
      g_autofree char *action = g_strdup_printf ("%s(%d)", shortcut->action, i);

      gtk_shortcut_controller_add_shortcut (controller, create_shortcut (accel, action));
    }
}

static void
shortcuts_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window)
    latch_shortcuts_present (window);
}

#if ADW_CHECK_VERSION(1, 8, 0)

static GtkWidget *
present (GtkWindow *parent)
{
  AdwDialog *dialog = adw_shortcuts_dialog_new ();
  AdwShortcutsSection *section = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].group)
        {
          section = adw_shortcuts_section_new (translate (shortcuts[i].group));
          adw_shortcuts_dialog_add (ADW_SHORTCUTS_DIALOG (dialog), section);
        }
      adw_shortcuts_section_add (section, adw_shortcuts_item_new (translate (shortcuts[i].title), shortcuts[i].accels));
    }
  adw_dialog_present (dialog, GTK_WIDGET (parent));

  return GTK_WIDGET (dialog);
}

#else

/* What can replace it came with libadwaita 1.8 */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* It is a window of its own, which knows nothing of what ours can do */
static void
add_leaving (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_limit (controller, GTK_LIMIT_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      gboolean closes = g_strcmp0 (shortcuts[i].action, "win.close") == 0;

      if (closes || g_strcmp0 (shortcuts[i].action, "app.quit") == 0)
        gtk_shortcut_controller_add_shortcut (
            GTK_SHORTCUT_CONTROLLER (controller),
            create_shortcut (shortcuts[i].accels, closes ? "window.close" : shortcuts[i].action));
    }
  gtk_widget_add_controller (window, controller);
}

static GtkWidget *
present (GtkWindow *parent)
{
  GtkWidget *window = g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, "application", gtk_window_get_application (parent),
                                    "modal", TRUE, "transient-for", parent, NULL);
  GtkWidget *section = g_object_new (GTK_TYPE_SHORTCUTS_SECTION, "visible", TRUE, "max-height", 12, NULL);
  GtkWidget *group = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].group)
        {
          group = g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title", translate (shortcuts[i].group), NULL);
          gtk_shortcuts_section_add_group (GTK_SHORTCUTS_SECTION (section), GTK_SHORTCUTS_GROUP (group));
        }
      gtk_shortcuts_group_add_shortcut (GTK_SHORTCUTS_GROUP (group),
                                        g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT,
                                                      "title", translate (shortcuts[i].title),
                                                      "accelerator", shortcuts[i].accels,
                                                      NULL));
    }
  gtk_shortcuts_window_add_section (GTK_SHORTCUTS_WINDOW (window), GTK_SHORTCUTS_SECTION (section));
  add_leaving (window);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

G_GNUC_END_IGNORE_DEPRECATIONS

#endif

/**
 * latch_shortcuts_get:
 * @n_shortcuts: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_shortcuts): all key combinations
 */
const LatchShortcut *
latch_shortcuts_get (gsize *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);

  return shortcuts;
}

/**
 * latch_shortcuts_install:
 *
 * Has those work that work everywhere, as far as there is no dialog over a window, and adds the action that shows all.
 */
void
latch_shortcuts_install (GtkApplication *application)
{
  static const GActionEntry entries[] = { { "shortcuts", shortcuts_activated_cb } };

  g_return_if_fail (GTK_IS_APPLICATION (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_auto (GStrv) accels = g_strsplit (shortcuts[i].accels, " ", -1);

      if (shortcuts[i].reach == LATCH_SHORTCUT_REACH_EVERYWHERE)
        gtk_application_set_accels_for_action (application, shortcuts[i].action, (const char *const *) accels);
    }
}

/**
 * latch_shortcuts_create_controller:
 * @reach: which ones
 *
 * For %LATCH_SHORTCUT_REACH_EVERYWHERE, to be added to a window, where they then work over its dialogs, too; for
 * %LATCH_SHORTCUT_REACH_VIEW to the main view.
 *
 * Returns: (transfer full): has them work
 */
GtkEventController *
latch_shortcuts_create_controller (LatchShortcutReach reach)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  if (reach == LATCH_SHORTCUT_REACH_EVERYWHERE)
    {
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      gtk_event_controller_set_propagation_limit (controller, GTK_LIMIT_NONE);
    }
  else
    gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].reach != reach)
        continue;

      if (g_str_has_suffix (shortcuts[i].accels, NINE))
        add_nine (GTK_SHORTCUT_CONTROLLER (controller), &shortcuts[i]);
      else
        gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                              create_shortcut (shortcuts[i].accels, shortcuts[i].action));
    }

  return controller;
}

/**
 * latch_shortcuts_match:
 * @event: somebody has pressed a key
 *
 * Returns: whether it is one of those that do something when pressed once
 */
gboolean
latch_shortcuts_match (GdkEvent *event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_autoptr (GtkShortcutTrigger) trigger = NULL;

      if (g_str_has_suffix (shortcuts[i].accels, NINE))
        continue;

      trigger = parse_trigger (shortcuts[i].accels);
      if (gtk_shortcut_trigger_trigger (trigger, event, FALSE) != GDK_KEY_MATCH_NONE)
        return TRUE;
    }

  return FALSE;
}

/**
 * latch_shortcuts_present:
 * @parent: over which window
 *
 * Shows all key combinations.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
latch_shortcuts_present (GtkWindow *parent)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  return present (parent);
}
