/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

/**
 * LatchBridge:
 *
 * A bridge that somebody paired with: a list model of its locks, and how we stand with it.
 */
struct _LatchBridge
{
  GObject parent_instance;

  char *id;
  char *name;
  LatchClient *client;
  GPtrArray *locks;

  LatchConnection connection;
  GError *error;
  guint n_failures;
  gint64 last_contact;
  LatchInfoSnapshot *info;
  gboolean session_only;
  guint64 n_events;
};

void latch_bridge_apply_list_since (LatchBridge *self, GPtrArray *devices, gint64 heard_at, guint64 asked_at_event);
guint latch_bridge_confirm_lock (LatchLock *lock,
                                 const LatchDeviceSnapshot *news,
                                 gint64 heard_at,
                                 guint64 asked_at_event);

G_END_DECLS
