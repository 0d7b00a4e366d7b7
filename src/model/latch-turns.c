/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-turns.h"

#include "latch-turn.h"
#include "latch-turns-names.h"

/* No request of ours takes longer; whoever asks for more may have any reason */
#define LONGEST_MS (75 * 1000)
/* Milliseconds that somebody gets beyond the deadline of his request, to tell that it is over */
#define GRACE_MS 2000
/* More than anybody needs who does not mean to stand in the way: of all, and of one program at one bridge */
#define MOST_WAITING 64
#define MOST_OF_ONE 4

/**
 * LatchTurns:
 *
 * Bridges cannot deal with more than one request at a time, so what other programs of this person ask of bridges that
 * we speak to waits for its turn in our queues. What they have changed is looked at when their turn is over.
 */
struct _LatchTurns
{
  GObject parent_instance;

  LatchHome *home;
  GDBusConnection *connection;
  guint registration;
  guint next_id;
  GHashTable *turns;   /* of LatchTurn, by ID */
  GHashTable *callers; /* of watches, by the bus name of who has turns */
};

G_DEFINE_FINAL_TYPE (LatchTurns, latch_turns, G_TYPE_OBJECT)

static const char interface_xml[] =
    "<node>"
    "<interface name='" LATCH_TURNS_INTERFACE "'>"
    "<method name='Take'>"
    "<arg name='host' type='s' direction='in'/>"
    "<arg name='port' type='q' direction='in'/>"
    "<arg name='endpoint' type='s' direction='in'/>"
    "<arg name='command' type='b' direction='in'/>"
    "<arg name='milliseconds' type='u' direction='in'/>"
    "<arg name='turn' type='u' direction='out'/>"
    "</method>"
    "<method name='Wait'>"
    "<arg name='turn' type='u' direction='in'/>"
    "<arg name='begun' type='b' direction='out'/>"
    "</method>"
    "<method name='Release'>"
    "<arg name='turn' type='u' direction='in'/>"
    "</method>"
    "<method name='Reread'/>"
    "</interface>"
    "</node>";

static LatchBridge *
find_bridge (LatchTurns *self, const char *host, guint16 port)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->home)); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (G_LIST_MODEL (self->home), i);
      LatchClient *client = latch_bridge_get_client (bridge);

      if (g_ascii_strcasecmp (latch_client_get_host (client), host) == 0 && latch_client_get_port (client) == port)
        return g_steal_pointer (&bridge);
    }

  return NULL;
}

/* Who has paired with a bridge or asked it for its state has not changed it */
static void
look_at_changes (LatchTurns *self, LatchTurn *turn)
{
  LatchBridge *bridge = latch_turn_get_bridge (turn);

  if (!latch_turn_is_command (turn) || !latch_turn_has_begun (turn))
    return;

  latch_home_refresh (self->home, bridge);
  if (latch_bridge_get_watched_closely (bridge))
    latch_bridge_refresh_info_async (bridge, NULL, NULL, NULL);
}

/* At @bridge, or at all */
static guint
count_turns (LatchTurns *self, const char *caller, LatchBridge *bridge)
{
  GHashTableIter iter;
  gpointer turn;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->turns);
  while (g_hash_table_iter_next (&iter, NULL, &turn))
    n += (bridge == NULL || latch_turn_get_bridge (turn) == bridge) &&
         g_str_equal (latch_turn_get_caller (turn), caller);

  return n;
}

static void
end_turn (LatchTurns *self, guint id)
{
  g_autoptr (LatchTurn) turn = NULL;

  if (!g_hash_table_steal_extended (self->turns, GUINT_TO_POINTER (id), NULL, (gpointer *) &turn))
    return;

  look_at_changes (self, turn);
  latch_turn_end (turn);
  if (count_turns (self, latch_turn_get_caller (turn), NULL) == 0)
    g_hash_table_remove (self->callers, latch_turn_get_caller (turn));
}

static void
end_turns_of (LatchTurns *self, const char *name)
{
  g_autofree char *caller = g_strdup (name);
  g_autoptr (GList) ids = g_hash_table_get_keys (self->turns);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      LatchTurn *turn = g_hash_table_lookup (self->turns, l->data);

      if (turn != NULL && g_str_equal (latch_turn_get_caller (turn), caller))
        end_turn (self, GPOINTER_TO_UINT (l->data));
    }
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  end_turns_of (user_data, name);
}

/* Who did not give back one turn may have forgotten all, and stands in the way of people */
static void
expired_cb (LatchTurns *self, LatchTurn *turn)
{
  end_turns_of (self, latch_turn_get_caller (turn));
}

static void
unwatch (gpointer data)
{
  g_bus_unwatch_name (GPOINTER_TO_UINT (data));
}

static void
watch_caller (LatchTurns *self, const char *caller)
{
  guint id;

  if (g_hash_table_contains (self->callers, caller))
    return;

  id = g_bus_watch_name_on_connection (self->connection, caller, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, vanished_cb, self,
                                       NULL);
  g_hash_table_insert (self->callers, g_strdup (caller), GUINT_TO_POINTER (id));
}

static guint
choose_id (LatchTurns *self)
{
  do
    self->next_id++;
  while (self->next_id == 0 || g_hash_table_contains (self->turns, GUINT_TO_POINTER (self->next_id)));

  return self->next_id;
}

static void
take (LatchTurns *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *caller = g_dbus_method_invocation_get_sender (invocation);
  const char *host = NULL, *path = NULL;
  g_autoptr (LatchBridge) bridge = NULL;
  LatchTurn *turn = NULL;
  guint16 port;
  gboolean command;
  guint ms, id;

  g_variant_get (parameters, "(&sq&sbu)", &host, &port, &path, &command, &ms);
  bridge = find_bridge (self, host, port);
  if (bridge == NULL || g_hash_table_size (self->turns) >= MOST_WAITING ||
      count_turns (self, caller, bridge) >= MOST_OF_ONE)
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 0));
      return;
    }

  id = choose_id (self);
  turn = latch_turn_new (bridge, caller, path, command);
  g_hash_table_insert (self->turns, GUINT_TO_POINTER (id), turn);
  watch_caller (self, caller);
  g_signal_connect_object (turn, "expired", G_CALLBACK (expired_cb), self, G_CONNECT_SWAPPED);
  latch_turn_take (turn, MIN (ms, LONGEST_MS) + GRACE_MS);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", id));
}

/* Nobody has a say in the turns of others */
static LatchTurn *
find_turn (LatchTurns *self, guint id, GDBusMethodInvocation *invocation)
{
  LatchTurn *turn = g_hash_table_lookup (self->turns, GUINT_TO_POINTER (id));

  if (turn != NULL &&
      g_strcmp0 (latch_turn_get_caller (turn), g_dbus_method_invocation_get_sender (invocation)) == 0)
    return turn;

  g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                                 "There is no such turn");
  return NULL;
}

static void
method_call_cb (GDBusConnection *connection,
                const char *sender,
                const char *object_path,
                const char *interface_name,
                const char *method_name,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  g_autoptr (LatchTurns) self = g_object_ref (user_data);
  LatchTurn *turn = NULL;
  guint id = 0;

  if (g_str_equal (method_name, "Take"))
    {
      take (self, parameters, invocation);
      return;
    }
  if (g_str_equal (method_name, "Reread"))
    {
      latch_home_refresh_choices (self->home);
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }

  g_variant_get (parameters, "(u)", &id);
  turn = find_turn (self, id, invocation);
  if (turn == NULL)
    return;

  if (g_str_equal (method_name, "Wait"))
    {
      latch_turn_answer_when_begun (turn, invocation);
      return;
    }

  end_turn (self, id);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
latch_turns_dispose (GObject *object)
{
  latch_turns_unexport (LATCH_TURNS (object));

  G_OBJECT_CLASS (latch_turns_parent_class)->dispose (object);
}

static void
latch_turns_finalize (GObject *object)
{
  LatchTurns *self = LATCH_TURNS (object);

  g_clear_object (&self->home);
  g_clear_pointer (&self->turns, g_hash_table_unref);
  g_clear_pointer (&self->callers, g_hash_table_unref);

  G_OBJECT_CLASS (latch_turns_parent_class)->finalize (object);
}

static void
latch_turns_class_init (LatchTurnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_turns_dispose;
  object_class->finalize = latch_turns_finalize;
}

static void
latch_turns_init (LatchTurns *self)
{
  self->turns = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unwatch);
}

/**
 * latch_turns_new:
 * @home: whose bridges we speak to
 */
LatchTurns *
latch_turns_new (LatchHome *home)
{
  LatchTurns *self = g_object_new (LATCH_TYPE_TURNS, NULL);

  self->home = g_object_ref (home);

  return self;
}

/**
 * latch_turns_export:
 * @object_path: where others find us
 *
 * Gives turns to who asks for them over @connection.
 */
gboolean
latch_turns_export (LatchTurns *self, GDBusConnection *connection, const char *object_path, GError **error)
{
  static const GDBusInterfaceVTable vtable = { method_call_cb, NULL, NULL, { NULL, } };
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (LATCH_IS_TURNS (self), FALSE);
  g_return_val_if_fail (self->connection == NULL, FALSE);

  node = g_dbus_node_info_new_for_xml (interface_xml, error);
  if (node == NULL)
    return FALSE;

  self->registration =
      g_dbus_connection_register_object (connection, object_path, node->interfaces[0], &vtable, self, NULL, error);
  if (self->registration == 0)
    return FALSE;

  self->connection = g_object_ref (connection);

  return TRUE;
}

/**
 * latch_turns_unexport:
 *
 * Gives no more turns, and ends those that there are.
 */
void
latch_turns_unexport (LatchTurns *self)
{
  GHashTableIter iter;
  gpointer turn;

  g_return_if_fail (LATCH_IS_TURNS (self));

  if (self->connection == NULL)
    return;

  g_dbus_connection_unregister_object (self->connection, self->registration);
  g_hash_table_iter_init (&iter, self->turns);
  while (g_hash_table_iter_next (&iter, NULL, &turn))
    latch_turn_end (turn);
  g_hash_table_remove_all (self->turns);
  g_hash_table_remove_all (self->callers);
  g_clear_object (&self->connection);
}
