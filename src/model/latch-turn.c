/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-turn.h"

#include "latch-turns-names.h"

struct _LatchTurn
{
  GObject parent_instance;

  LatchBridge *bridge;
  char *caller;
  char *path;
  gboolean command;
  GCancellable *cancellable;
  guint64 turn; /* 0 until it has begun */
  gboolean over;
  GDBusMethodInvocation *invocation; /* of who waits for it to begin */
  guint answer_id;
  guint deadline_ms;
  guint deadline_id;
};

G_DEFINE_FINAL_TYPE (LatchTurn, latch_turn, G_TYPE_OBJECT)

enum
{
  EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
answer (LatchTurn *self)
{
  g_clear_handle_id (&self->answer_id, g_source_remove);
  if (self->invocation != NULL)
    g_dbus_method_invocation_return_value (g_steal_pointer (&self->invocation),
                                           g_variant_new ("(b)", latch_turn_has_begun (self)));
}

static gboolean
answer_cb (gpointer user_data)
{
  LatchTurn *self = user_data;

  self->answer_id = 0;
  answer (self);

  return G_SOURCE_REMOVE;
}

static void
deadline_cb (gpointer user_data)
{
  LatchTurn *self = user_data;

  self->deadline_id = 0;
  g_signal_emit (self, signals[EXPIRED], 0);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchTurn) self = user_data;
  LatchClient *client = LATCH_CLIENT (source);

  self->turn = latch_client_take_turn_finish (client, result, NULL);
  if (self->over && self->turn != 0)
    latch_client_end_turn (client, self->turn);
  else if (self->turn != 0)
    self->deadline_id = g_timeout_add_once (self->deadline_ms, deadline_cb, self);
  answer (self);
}

static void
latch_turn_finalize (GObject *object)
{
  LatchTurn *self = LATCH_TURN (object);

  g_clear_handle_id (&self->answer_id, g_source_remove);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_object (&self->bridge);
  g_clear_object (&self->cancellable);
  g_free (self->caller);
  g_free (self->path);

  G_OBJECT_CLASS (latch_turn_parent_class)->finalize (object);
}

static void
latch_turn_class_init (LatchTurnClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_turn_finalize;

  /**
   * LatchTurn::expired:
   *
   * It was not given back in time. The bridge is asked for other things again.
   */
  signals[EXPIRED] = g_signal_new ("expired", LATCH_TYPE_TURN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
latch_turn_init (LatchTurn *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * latch_turn_new:
 * @bridge: what will be asked
 * @caller: who asks
 * @path: for what, as "/list"
 * @command: whether that changes something
 */
LatchTurn *
latch_turn_new (LatchBridge *bridge, const char *caller, const char *path, gboolean command)
{
  LatchTurn *self = g_object_new (LATCH_TYPE_TURN, NULL);

  self->bridge = g_object_ref (bridge);
  self->caller = g_strdup (caller);
  self->path = g_strdup (path);
  self->command = command;

  return self;
}

LatchBridge *
latch_turn_get_bridge (LatchTurn *self)
{
  g_return_val_if_fail (LATCH_IS_TURN (self), NULL);

  return self->bridge;
}

const char *
latch_turn_get_caller (LatchTurn *self)
{
  g_return_val_if_fail (LATCH_IS_TURN (self), NULL);

  return self->caller;
}

gboolean
latch_turn_is_command (LatchTurn *self)
{
  g_return_val_if_fail (LATCH_IS_TURN (self), FALSE);

  return self->command;
}

gboolean
latch_turn_has_begun (LatchTurn *self)
{
  g_return_val_if_fail (LATCH_IS_TURN (self), FALSE);

  return self->turn != 0 && !self->over;
}

/**
 * latch_turn_take:
 * @deadline_ms: after how many milliseconds from its beginning it ends by itself
 *
 * Waits for the turn to begin.
 */
void
latch_turn_take (LatchTurn *self, guint deadline_ms)
{
  g_return_if_fail (LATCH_IS_TURN (self));

  self->deadline_ms = deadline_ms;
  latch_client_take_turn_async (latch_bridge_get_client (self->bridge), self->path, self->command, deadline_ms,
                                self->cancellable, taken_cb, g_object_ref (self));
}

/**
 * latch_turn_answer_when_begun:
 * @invocation: (transfer full): a call of Wait
 *
 * Answers when the turn has begun, or in a moment that it has not.
 */
void
latch_turn_answer_when_begun (LatchTurn *self, GDBusMethodInvocation *invocation)
{
  g_return_if_fail (LATCH_IS_TURN (self));

  answer (self); /* whoever asks twice */
  self->invocation = invocation;
  if (latch_turn_has_begun (self))
    answer (self);
  else
    self->answer_id = g_timeout_add (LATCH_TURNS_WAIT_MS, answer_cb, self);
}

/**
 * latch_turn_end:
 *
 * The bridge can be asked for other things again. Ends what has not begun as well.
 */
void
latch_turn_end (LatchTurn *self)
{
  g_return_if_fail (LATCH_IS_TURN (self));

  if (self->over)
    return;

  self->over = TRUE;
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  answer (self);
  if (self->turn != 0)
    latch_client_end_turn (latch_bridge_get_client (self->bridge), self->turn);
  else
    g_cancellable_cancel (self->cancellable);
}
