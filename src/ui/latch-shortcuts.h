/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a key combination works */
typedef enum
{
  LATCH_SHORTCUT_REACH_EVERYWHERE, /* in every window, and over dialogs */
  LATCH_SHORTCUT_REACH_VIEW,       /* in the main view; what it does decides whether that is in front */
  LATCH_SHORTCUT_REACH_TOOLKIT,    /* by itself */
} LatchShortcutReach;

typedef struct
{
  const char *group;  /* if another one begins here */
  const char *title;
  const char *accels; /* with spaces in between; 1...9 stands for nine of them, whose targets are 1 to 9 */
  LatchShortcutReach reach;
  const char *action; /* with its target */
} LatchShortcut;

const LatchShortcut *latch_shortcuts_get (gsize *n_shortcuts);
void latch_shortcuts_install (GtkApplication *application);
GtkEventController *latch_shortcuts_create_controller (LatchShortcutReach reach);
gboolean latch_shortcuts_match (GdkEvent *event);
GtkWidget *latch_shortcuts_present (GtkWindow *parent);

G_END_DECLS
