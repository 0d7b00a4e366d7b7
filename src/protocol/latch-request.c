/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-request.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup-types.h>
#include <libsoup/soup-status.h>

#include "latch-error.h"

#define FIRST_BACK_OFF_US (500 * G_TIME_SPAN_MILLISECOND)
#define LONGEST_BACK_OFF_US (4 * G_TIME_SPAN_SECOND)

static void
waiter_free (LatchWaiter *waiter)
{
  g_clear_handle_id (&waiter->idle_id, g_source_remove);
  if (waiter->cancelled_id != 0)
    g_cancellable_disconnect (waiter->cancellable, waiter->cancelled_id);
  g_clear_object (&waiter->cancellable);
  g_free (waiter);
}

LatchRequest *
latch_request_new (const char *path, const char *query, guint deadline_ms, guint64 serial)
{
  LatchRequest *self = g_new0 (LatchRequest, 1);

  self->path = g_strdup (path);
  self->query = g_strdup (query);
  self->deadline_ms = deadline_ms;
  self->serial = serial;
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();

  return self;
}

void
latch_request_free (LatchRequest *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* Answers everybody who waits, and frees the request */
void
latch_request_return (LatchRequest *self, GBytes *body, const GError *error)
{
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);

  latch_request_free (self);
  /* Before anybody is told: whoever is may do anything, and have others withdraw */
  for (guint i = 0; i < waiters->len; i++)
    ((LatchWaiter *) g_task_get_task_data (waiters->pdata[i]))->request = NULL;

  for (guint i = 0; i < waiters->len; i++)
    {
      if (error != NULL)
        g_task_return_error (waiters->pdata[i], g_error_copy (error));
      else
        g_task_return_pointer (waiters->pdata[i], g_bytes_ref (body), (GDestroyNotify) g_bytes_unref);
    }
}

/* Takes over the reference to @task */
LatchWaiter *
latch_request_add_waiter (LatchRequest *self, GTask *task)
{
  LatchWaiter *waiter = g_new0 (LatchWaiter, 1);

  waiter->request = self;
  g_task_set_task_data (task, waiter, (GDestroyNotify) waiter_free);
  g_ptr_array_add (self->waiters, task);

  return waiter;
}

void
latch_request_remove_waiter (LatchRequest *self, GTask *task)
{
  LatchWaiter *waiter = g_task_get_task_data (task);

  waiter->request = NULL;
  g_ptr_array_remove (self->waiters, task);
}

gboolean
latch_request_is_command (const LatchRequest *self)
{
  return (self->flags & LATCH_REQUEST_COMMAND) != 0;
}

static int
get_rank (const LatchRequest *self)
{
  if (latch_request_is_command (self))
    return 2;

  return (self->flags & LATCH_REQUEST_PERSON) ? 1 : 0;
}

/* Commands first, then what a person waits for, then the rest; among equals in the order in which they were asked */
gboolean
latch_request_goes_before (const LatchRequest *self, const LatchRequest *other)
{
  if (get_rank (self) != get_rank (other))
    return get_rank (self) > get_rank (other);

  return self->serial < other->serial;
}

gboolean
latch_request_is_same_read (const LatchRequest *self, const char *path, const char *query, LatchRequestFlags flags)
{
  return !((self->flags | flags) & (LATCH_REQUEST_COMMAND | LATCH_REQUEST_GUEST)) && g_str_equal (self->path, path) &&
         g_strcmp0 (self->query, query) == 0;
}

char *
latch_request_build_uri (const char *host, guint16 port, const char *path, const char *query, const char *credentials)
{
  GString *uri = g_string_new ("http://");

  g_string_append_printf (uri, strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, port);
  g_string_append (uri, path);
  if (query != NULL)
    g_string_append_printf (uri, "?%s", query);
  if (credentials != NULL)
    g_string_append_printf (uri, "%c%s", query != NULL ? '&' : '?', credentials);

  return g_string_free_and_steal (uri);
}

/* After the bridge was busy: sets when to try again, and tells whether that makes sense. Commands are never repeated */
gboolean
latch_request_plan_retry (LatchRequest *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wait = MIN (FIRST_BACK_OFF_US << MIN (self->n_busy, 8), LONGEST_BACK_OFF_US);
  guint max_retries = G_MAXUINT;

  if (self->flags & LATCH_REQUEST_BUSY_IS_OFFLINE)
    max_retries = 1;
  else if (self->flags & LATCH_REQUEST_NO_TOKEN)
    max_retries = 4; /* a person stands in front of the bridge */

  wait += g_random_int_range (0, wait / 4);
  if ((latch_request_is_command (self) && !self->in_trial) || self->n_busy >= max_retries || now + wait >= self->deadline)
    return FALSE;

  self->n_busy++;
  self->not_before = now + wait;
  self->in_trial = FALSE;

  return TRUE;
}

GError *
latch_request_new_busy_error (const LatchRequest *self)
{
  if ((self->flags & LATCH_REQUEST_BUSY_IS_OFFLINE) && !self->in_trial)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_OFFLINE,
                        _("The bridge cannot reach the lock, or is busy. The lock may be out of the bridge’s range, or "
                          "its batteries may be empty"));

  return latch_error_new_for_status (SOUP_STATUS_SERVICE_UNAVAILABLE, self->path);
}
