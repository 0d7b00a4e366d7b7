/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-background-group.h"

#include "latch-announcement.h"

#include <glib/gi18n-lib.h>

struct _LatchBackgroundGroup
{
  AdwPreferencesGroup parent_instance;

  LatchBackground *background;
  LatchGlobalShortcut *global_shortcut;
  GSettings *settings;

  AdwSwitchRow *run;
  AdwSwitchRow *start;
  AdwSwitchRow *shortcut;
};

G_DEFINE_FINAL_TYPE (LatchBackgroundGroup, latch_background_group, ADW_TYPE_PREFERENCES_GROUP)

/* What cannot be chosen any more cannot keep the keyboard either */
static void
set_can_start (LatchBackgroundGroup *self, gboolean can_start)
{
  GtkWidget *start = GTK_WIDGET (self->start);

  if (!can_start && (gtk_widget_has_focus (start) || gtk_widget_get_focus_child (start)))
    gtk_widget_grab_focus (GTK_WIDGET (self->run));
  gtk_widget_set_sensitive (start, can_start);
}

static void
update (LatchBackgroundGroup *self)
{
  gboolean runs = g_settings_get_boolean (self->settings, "run-in-background");
  gboolean can_start = latch_background_can_start_at_login (self->background);
  gboolean waiting = latch_background_get_waiting (self->background);
  const char *run = latch_background_get_run_problem (self->background);
  const char *start = latch_background_get_start_problem (self->background);

  if (!can_start && !start)
    start = _("Not available on this desktop");
  else if (waiting && g_settings_get_boolean (self->settings, "start-at-login"))
    start = _("Waiting for the desktop…");
  else if (waiting && runs)
    run = _("Waiting for the desktop…");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->run), run ? run : _("Keep watching after the window is closed"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->start), start ? start : "");
  set_can_start (self, runs && can_start);
}

static void
update_shortcut (LatchBackgroundGroup *self)
{
  const char *keys = latch_global_shortcut_get_keys (self->global_shortcut);
  const char *problem = latch_global_shortcut_get_problem (self->global_shortcut);
  const char *text = keys && *keys ? keys : problem;

  gtk_widget_set_visible (GTK_WIDGET (self->shortcut), latch_global_shortcut_is_available (self->global_shortcut));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->shortcut), text ? text : _("From any program, while Nightlatch runs"));
}

static gboolean
refused_cb (LatchBackgroundGroup *self, const char *what)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = NULL;

  update (self);
  if (!dialog || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, what);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  latch_announce (dialog, what, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);

  return TRUE;
}

static void
latch_background_group_dispose (GObject *object)
{
  LatchBackgroundGroup *self = LATCH_BACKGROUND_GROUP (object);

  if (self->background)
    g_signal_handlers_disconnect_by_data (self->background, self);
  g_clear_object (&self->background);
  if (self->global_shortcut)
    g_signal_handlers_disconnect_by_data (self->global_shortcut, self);
  g_clear_object (&self->global_shortcut);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BACKGROUND_GROUP);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (latch_background_group_parent_class)->dispose (object);
}

static void
latch_background_group_class_init (LatchBackgroundGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_background_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-background-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBackgroundGroup, run);
  gtk_widget_class_bind_template_child (widget_class, LatchBackgroundGroup, start);
  gtk_widget_class_bind_template_child (widget_class, LatchBackgroundGroup, shortcut);
}

static void
latch_background_group_init (LatchBackgroundGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_background_group_show:
 * @background: (nullable): who goes on without a window; without, there is nothing to choose
 * @shortcut: (nullable): what locks all doors from anywhere, likewise
 * @settings: the application's settings
 *
 * Says what it is about; to be called once.
 */
void
latch_background_group_show (LatchBackgroundGroup *self,
                             LatchBackground *background,
                             LatchGlobalShortcut *shortcut,
                             GSettings *settings)
{
  g_return_if_fail (LATCH_IS_BACKGROUND_GROUP (self));
  g_return_if_fail (!self->settings);

  self->settings = g_object_ref (settings);
  g_set_object (&self->background, background);
  g_set_object (&self->global_shortcut, shortcut);
  gtk_widget_set_visible (GTK_WIDGET (self), background != NULL);
  if (!background)
    return;

  g_settings_bind (settings, "run-in-background", self->run, "active", G_SETTINGS_BIND_DEFAULT);
  /* Whether it can be chosen depends on more than the setting */
  g_settings_bind (settings, "start-at-login", self->start, "active",
                   G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
  g_signal_connect_object (settings, "changed::run-in-background", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::start-at-login", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (background, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (background, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  latch_background_look (background);
  update (self);

  if (!shortcut)
    return;

  g_settings_bind (settings, "lock-all-shortcut", self->shortcut, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (shortcut, "changed", G_CALLBACK (update_shortcut), self, G_CONNECT_SWAPPED);
  latch_global_shortcut_look (shortcut);
  update_shortcut (self);
}
