/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-ctl.h"

G_BEGIN_DECLS

typedef gboolean (*LatchCtlRun) (LatchCtl *ctl, GError **error);

/**
 * LatchCtlCommand:
 * @name: one word, or two: "log clear"
 * @synopsis: its arguments, as the help shows them; as many as it takes, and any number of one with "…"
 * @n_required: how many of them there must be
 * @options: those that it takes besides those for all
 * @reads: whether it is there for what it prints, so that a failure to print makes it fail
 */
struct _LatchCtlCommand
{
  const char *name;
  const char *synopsis[2];
  guint n_required;
  LatchCtlOptionFlags options;
  gboolean reads;
  LatchCtlRun run;
  const char *summary;
};

const LatchCtlCommand *latch_ctl_commands_get_all (guint *n_commands);
const LatchCtlCommand *latch_ctl_commands_find (GPtrArray *arguments, guint *n_words, GError **error);
gboolean latch_ctl_command_check (const LatchCtlCommand *self, char **arguments, GError **error);
char *latch_ctl_command_get_usage (const LatchCtlCommand *self);

/* What they run */
gboolean latch_ctl_discover (LatchCtl *ctl, GError **error);
gboolean latch_ctl_pair (LatchCtl *ctl, GError **error);
gboolean latch_ctl_forget (LatchCtl *ctl, GError **error);
gboolean latch_ctl_list (LatchCtl *ctl, GError **error);
gboolean latch_ctl_status (LatchCtl *ctl, GError **error);
gboolean latch_ctl_act (LatchCtl *ctl, GError **error);
gboolean latch_ctl_info (LatchCtl *ctl, GError **error);
gboolean latch_ctl_log (LatchCtl *ctl, GError **error);
gboolean latch_ctl_log_clear (LatchCtl *ctl, GError **error);
gboolean latch_ctl_callbacks (LatchCtl *ctl, GError **error);
gboolean latch_ctl_callbacks_add (LatchCtl *ctl, GError **error);
gboolean latch_ctl_callbacks_remove (LatchCtl *ctl, GError **error);
gboolean latch_ctl_auth_enable (LatchCtl *ctl, GError **error);
gboolean latch_ctl_auth_disable (LatchCtl *ctl, GError **error);
gboolean latch_ctl_unpair (LatchCtl *ctl, GError **error);
gboolean latch_ctl_firmware_update (LatchCtl *ctl, GError **error);
gboolean latch_ctl_reboot (LatchCtl *ctl, GError **error);
gboolean latch_ctl_factory_reset (LatchCtl *ctl, GError **error);
gboolean latch_ctl_activity (LatchCtl *ctl, GError **error);
gboolean latch_ctl_activity_clear (LatchCtl *ctl, GError **error);
gboolean latch_ctl_rename (LatchCtl *ctl, GError **error);
gboolean latch_ctl_rename_bridge (LatchCtl *ctl, GError **error);
gboolean latch_ctl_hide (LatchCtl *ctl, GError **error);
gboolean latch_ctl_unhide (LatchCtl *ctl, GError **error);
gboolean latch_ctl_watch (LatchCtl *ctl, GError **error);
gboolean latch_ctl_complete (LatchCtl *ctl, GError **error);

G_END_DECLS
