/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bus-turnstile.h"
#include "latch-ctl-error.h"
#include "latch-ctl-options.h"
#include "latch-ctl-output.h"
#include "latch-store.h"
#include "latch-token-store.h"

#include <glib/gi18n.h>

G_BEGIN_DECLS

typedef struct _LatchCtlCommand LatchCtlCommand;

/**
 * LatchCtl:
 * @arguments: (array zero-terminated=1): those of the command
 * @cancellable: cancelled by Ctrl+C and SIGTERM
 * @turnstile: has each request wait for those of the application
 * @bridges: (element-type LatchCtlBridge): those that the command is about, once they are chosen
 *
 * One run of the program: what every command works with.
 */
typedef struct
{
  LatchCtlOptions *options;
  const LatchCtlCommand *command;
  char **arguments;
  GCancellable *cancellable;
  LatchBusTurnstile *turnstile;
  LatchStore *store;
  LatchTokenStore *token_store;
  GPtrArray *bridges;
} LatchCtl;

/*
 * A command is a sequence of steps, and reads like one: each operation is begun with latch_ctl_done_cb() and finished
 * with what latch_ctl_wait() returns. Signals, timers and other operations go on meanwhile.
 */
void latch_ctl_done_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *latch_ctl_wait (GAsyncResult **result);

void latch_ctl_tell_application (LatchCtl *ctl);

G_END_DECLS
