/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LATCH_TYPE_EVENT_LISTENER (latch_event_listener_get_type ())

/* Takes the callbacks of one bridge, and of nobody else (spec: /callback). */
G_DECLARE_FINAL_TYPE (LatchEventListener, latch_event_listener, LATCH, EVENT_LISTENER, GObject)

LatchEventListener *latch_event_listener_new (const char *path);
char *latch_event_listener_make_path (const char *prefix);

gboolean latch_event_listener_start (LatchEventListener *self, GInetAddress *address, guint16 port, GError **error);
void latch_event_listener_stop (LatchEventListener *self);
void latch_event_listener_set_peers (LatchEventListener *self, GPtrArray *peers);

const char *latch_event_listener_get_path (LatchEventListener *self);
GInetAddress *latch_event_listener_get_address (LatchEventListener *self);
const char *latch_event_listener_get_url (LatchEventListener *self);

G_END_DECLS
