/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-door.h"

/* How long a crowd may keep the main loop from everything less urgent, such as drawing a window; and for how long not */
#define RUSH_MS 8
#define PAUSE_MS 4

struct _LatchDoor
{
  GSocketService *service;
  gint64 rush_began_at; /* monotonic; 0 once the main loop has had time for everything */
  GSource *lull;
  GSource *pause;
};

static void
attach (GSource **place, GSource *source, GSourceFunc callback, int priority, LatchDoor *self)
{
  *place = source;
  g_source_set_priority (source, priority);
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
detach (GSource **place)
{
  if (*place != NULL)
    g_source_destroy (*place);
  g_clear_pointer (place, g_source_unref);
}

static gboolean
lull_cb (gpointer user_data)
{
  LatchDoor *self = user_data;

  detach (&self->lull);
  self->rush_began_at = 0;

  return G_SOURCE_REMOVE;
}

static gboolean
pause_cb (gpointer user_data)
{
  LatchDoor *self = user_data;

  detach (&self->pause);
  self->rush_began_at = 0;
  g_socket_service_start (self->service);

  return G_SOURCE_REMOVE;
}

/**
 * latch_door_new:
 * @service: what accepts connections; it is started and stopped by this
 *
 * Opens the door. It belongs to the main context of the thread in which this is called.
 */
LatchDoor *
latch_door_new (GSocketService *service)
{
  LatchDoor *self = g_new0 (LatchDoor, 1);

  self->service = g_object_ref (service);
  g_socket_service_start (service);

  return self;
}

void
latch_door_free (LatchDoor *self)
{
  g_socket_service_stop (self->service);
  detach (&self->lull);
  detach (&self->pause);
  g_object_unref (self->service);
  g_free (self);
}

/**
 * latch_door_note_arrival:
 *
 * To be called whenever somebody has come in.
 */
void
latch_door_note_arrival (LatchDoor *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->lull == NULL)
    attach (&self->lull, g_idle_source_new (), lull_cb, G_PRIORITY_LOW, self);

  if (self->rush_began_at == 0)
    self->rush_began_at = now;
  else if (self->pause == NULL && now - self->rush_began_at > RUSH_MS * G_TIME_SPAN_MILLISECOND)
    {
      g_socket_service_stop (self->service);
      attach (&self->pause, g_timeout_source_new (PAUSE_MS), pause_cb, G_PRIORITY_DEFAULT, self);
    }
}
