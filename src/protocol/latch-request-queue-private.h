/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-request-queue.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

struct _LatchRequestQueue
{
  GObject parent_instance;

  LatchAuthenticator *authenticator;
  LatchTurnstile *turnstile; /* NULL where no other program speaks to the bridge */
  SoupSession *session;
  char *host;
  guint16 port;

  GList *waiting; /* of LatchRequest */
  LatchRequest *running;
  gint64 free_at; /* monotonic time from which the bridge may be asked again */
  guint timer_id;
  guint64 next_serial;

  /* The running request's way through the turnstile */
  gboolean has_turn;
  guint turn;
  gint64 came_at; /* monotonic time */
};

/* For the files that share this class */
void latch_request_queue_attempt (LatchRequestQueue *self);
void latch_request_queue_end_running (LatchRequestQueue *self, GError *error);
void latch_request_queue_pump (LatchRequestQueue *self);
void latch_request_queue_add (LatchRequestQueue *self, LatchRequest *request, GTask *task);

void latch_request_queue_admit_guest (LatchRequestQueue *self);
void latch_request_queue_enter_turnstile (LatchRequestQueue *self);
void latch_request_queue_leave_turnstile (LatchRequestQueue *self);

G_END_DECLS
