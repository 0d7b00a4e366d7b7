/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gunixinputstream.h>
#include <json-glib/json-glib.h>
#include <unistd.h>

#include "latch-access.h"
#include "latch-bridge-log.h"
#include "latch-bridge-maintain.h"
#include "latch-bridge-private.h"
#include "latch-bridge-text.h"
#include "latch-bridge-unpair.h"
#include "latch-discovery.h"
#include "latch-home.h"
#include "latch-error.h"
#include "latch-lock-commander.h"
#include "latch-lock-text.h"
#include "latch-lock-view.h"
#include "latch-pairing-failure.h"
#include "latch-receivers.h"

/*
 * The application without its window: the same home, the same words. It does as it is told on standard input, a line at
 * a time, and tells on standard output all that somebody would see, as JSON, a line for each change:
 *
 *   pair HOST PORT [TOKEN]    adds a bridge as the dialog does; with a token, as if it had been typed
 *   again                     “Try Again” after that failed
 *   discover URL              searches
 *   perform ACTION            has the first lock do something
 *   ask                       asks the first lock
 *   refresh                   “Try Again” in the banner
 *   do WHAT                   has the bridge do something, as its page and its log would, and tells what came of it:
 *                             read-log, clear-log, restart, update, reset, allow, forbid, unpair, watch, list,
 *                             add or remove
 *   ping                      answers at once
 */

/* By how much less time a bridge gets to restart, with one that takes two seconds to do so */
#define HASTE 10

/* How long the bridge gets at the end to take back our place */
#define LEAVE_MS 2500

typedef struct
{
  GMainLoop *loop;
  GDataInputStream *input;
  LatchStore *store;
  LatchTokenStore *token_store;
  LatchHome *home;
  LatchLockCommander *commander;
  LatchClock *clock;
  LatchPairing *pairing;
  gboolean token_typed;
  LatchBridgeLog *log;
  LatchReceivers *receivers;

  LatchBridge *bridge; /* the only one */
  GPtrArray *views;
  guint show_id;
  char *shown;
} Probe;

static Probe probe;

/* Output */

static JsonBuilder *
begin (const char *event)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "event");
  json_builder_add_string_value (builder, event);

  return builder;
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

static char *
end (JsonBuilder *builder)
{
  g_autoptr (JsonBuilder) owned = builder;
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static void
say (const char *line)
{
  fputs (line, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

static void
tell (JsonBuilder *builder)
{
  g_autofree char *line = end (builder);

  say (line);
}

/* Where there is no window to show them in, failures of commands are logged, in the same words */
static GLogWriterOutput
log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  JsonBuilder *builder = NULL;

  if ((level & G_LOG_LEVEL_MASK) != G_LOG_LEVEL_MESSAGE)
    return g_log_writer_default (level, fields, n_fields, user_data);

  builder = begin ("said");
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      add_text (builder, "text", fields[i].value);
  tell (builder);

  return G_LOG_WRITER_HANDLED;
}

/* What shows */

static void
add_lock (JsonBuilder *builder, LatchLockView *view)
{
  const LatchLockFacts *facts = latch_lock_view_get_facts (view);
  const LatchLockAppearance *appearance = latch_lock_view_get_appearance (view);
  LatchLock *lock = latch_lock_view_get_lock (view);

  json_builder_begin_object (builder);
  add_text (builder, "name", latch_lock_view_get_name (view));
  add_text (builder, "title", appearance->title);
  add_text (builder, "subtitle", latch_lock_view_get_subtitle (view));
  add_text (builder, "caption", latch_lock_view_get_caption (view));
  add_text (builder, "dial", latch_lock_view_get_dial_label (view));
  add_text (builder, "explanation", appearance->explanation);
  add_text (builder, "button", appearance->primary_label);
  add_text (builder, "state", latch_lock_state_get_nick (facts->state));
  add_text (builder, "pending", latch_lock_action_get_nick (facts->pending_action));
  add_flag (builder, "vouched", latch_lock_facts_is_vouched_for (facts));
  add_flag (builder, "secured", latch_lock_is_secured (lock));
  add_flag (builder, "doubt", facts->in_doubt);
  add_flag (builder, "busy", appearance->busy);
  add_flag (builder, "asking", latch_lock_commander_is_asking (probe.commander, lock));
  add_flag (builder, "signal", latch_lock_get_rssi (lock) != 0);
  json_builder_end_object (builder);
}

static void
add_bridge (JsonBuilder *builder, LatchBridge *bridge)
{
  LatchConnection connection = latch_bridge_get_connection (bridge);
  const GError *error = latch_bridge_get_error (bridge);
  g_autofree char *banner = latch_bridge_text_banner (connection, error, latch_bridge_get_session_only (bridge),
                                                      latch_bridge_get_name (bridge));

  add_text (builder, "updates", latch_bridge_get_subscription (bridge) ? latch_bridge_text_updates (bridge) : NULL);
  add_text (builder, "connection", latch_bridge_text_connection (connection, error));
  add_text (builder, "reason", error ? error->message : NULL);
  add_text (builder, "banner", banner);
  add_text (builder, "remedy", latch_bridge_text_remedy_label (latch_bridge_text_remedy (connection, error)));
}

static gboolean
show_cb (gpointer user_data)
{
  JsonBuilder *builder = begin ("shown");
  g_autofree char *line = NULL;

  probe.show_id = 0;
  if (probe.bridge)
    add_bridge (builder, probe.bridge);
  json_builder_set_member_name (builder, "locks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < probe.views->len; i++)
    add_lock (builder, probe.views->pdata[i]);
  json_builder_end_array (builder);

  line = end (builder);
  if (g_set_str (&probe.shown, line))
    say (line);

  return G_SOURCE_REMOVE;
}

static void show (void);

static void
subscribed_cb (LatchBridge *bridge)
{
  LatchSubscription *subscription = latch_bridge_get_subscription (bridge);

  if (subscription)
    g_signal_connect (subscription, "notify::state", G_CALLBACK (show), NULL);
}

/* As a window would: once all that changes together has changed */
static void
show (void)
{
  if (probe.show_id == 0)
    probe.show_id = g_idle_add_full (G_PRIORITY_DEFAULT, show_cb, NULL, NULL);
}

static void
locks_changed_cb (GListModel *locks, guint position, guint removed, guint added)
{
  if (removed > 0)
    g_ptr_array_remove_range (probe.views, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (locks, i);
      LatchLockView *view = latch_lock_view_new (lock, probe.clock);

      g_signal_connect (view, "changed", G_CALLBACK (show), NULL);
      g_ptr_array_insert (probe.views, i, view);
    }
  show ();
}

static void
bridges_changed_cb (GListModel *home, guint position, guint removed, guint added)
{
  g_assert (removed == 0 && added == 1 && probe.bridge == NULL);
  probe.bridge = g_list_model_get_item (home, position);
  g_signal_connect (probe.bridge, "notify", G_CALLBACK (show), NULL);
  g_signal_connect (probe.bridge, "notify::subscription", G_CALLBACK (subscribed_cb), NULL);
  g_signal_connect (probe.bridge, "items-changed", G_CALLBACK (locks_changed_cb), NULL);
  locks_changed_cb (G_LIST_MODEL (probe.bridge), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (probe.bridge)));
}

/* Pairing, as the dialog does it */

static void
tell_failure (const GError *error)
{
  JsonBuilder *builder = begin ("failed");
  gboolean pressed = latch_pairing_get_token (probe.pairing) && !probe.token_typed;
  g_autoptr (LatchPairingFailure) failure =
      latch_pairing_failure_new (error, latch_client_get_host (latch_pairing_get_client (probe.pairing)),
                                 pressed ? LATCH_PAIRING_PROGRESS_PRESSED : LATCH_PAIRING_PROGRESS_ASKED);

  add_text (builder, "title", failure->title);
  add_text (builder, "text", failure->text);
  add_text (builder, "primary", latch_pairing_remedy_get_label (failure->primary));
  add_text (builder, "alternative", latch_pairing_remedy_get_label (failure->alternative));
  tell (builder);
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchBridge) bridge = latch_home_adopt_finish (LATCH_HOME (source), result, &error);

  if (bridge)
    tell (begin ("paired"));
  else
    tell_failure (error);
}

static void
paired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LatchPairing *pairing = LATCH_PAIRING (source);
  g_autoptr (GError) error = NULL;

  if (latch_pairing_run_finish (pairing, result, &error))
    latch_home_adopt_async (probe.home, pairing, "Home", NULL, adopted_cb, NULL);
  else
    tell_failure (error);
}

static void
waiting_cb (LatchPairing *pairing)
{
  if (latch_pairing_get_waiting_for_button (pairing))
    tell (begin ("waiting"));
}

static void
pair (char **words)
{
  g_clear_object (&probe.pairing);
  probe.pairing = latch_pairing_new (words[1], (guint16) g_ascii_strtoull (words[2], NULL, 10));
  probe.token_typed = words[3] != NULL;
  g_signal_connect (probe.pairing, "notify::waiting-for-button", G_CALLBACK (waiting_cb), NULL);
  latch_pairing_run_async (probe.pairing, words[3], NULL, paired_cb, NULL);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) bridges = latch_discovery_find_finish (result, &error);
  JsonBuilder *builder = begin ("found");

  add_text (builder, "problem", error ? error->message : NULL);
  json_builder_set_member_name (builder, "ports");
  json_builder_begin_array (builder);
  for (guint i = 0; bridges && i < bridges->len; i++)
    json_builder_add_int_value (builder, ((LatchDiscoveredBridge *) bridges->pdata[i])->port);
  json_builder_end_array (builder);
  tell (builder);
}

/* What the bridge's page has the bridge do */

/* Somebody else's program, who has a place with the bridge */
#define RECEIVER "http://127.0.0.1:9/receiver"

static void
tell_done (gboolean done, const GError *error)
{
  static const char *const accesses[] = {
    [LATCH_ACCESS_UNKNOWN] = "unknown",
    [LATCH_ACCESS_FORBIDDEN] = "forbidden",
    [LATCH_ACCESS_ALLOWED] = "allowed",
    [LATCH_ACCESS_WAS_ALLOWED] = "unknown",
  };
  JsonBuilder *builder = begin ("done");

  g_assert_true (done == (error == NULL));
  add_text (builder, "problem", error ? error->message : NULL);
  add_flag (builder, "unknown", g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN));
  json_builder_set_member_name (builder, "entries");
  json_builder_add_int_value (builder, g_list_model_get_n_items (G_LIST_MODEL (probe.log)));
  add_text (builder, "access", accesses[latch_bridge_get_access (probe.bridge)]);
  tell (builder);
}

#define DEFINE_DONE_CB(name, Type, finish)                                                                             \
  static void name (GObject *source, GAsyncResult *result, gpointer user_data)                                         \
  {                                                                                                                    \
    g_autoptr (GError) error = NULL;                                                                                   \
    gboolean done = finish ((Type *) source, result, &error);                                                          \
                                                                                                                       \
    tell_done (done, error);                                                                                           \
  }

DEFINE_DONE_CB (log_read_cb, LatchBridgeLog, latch_bridge_log_read_all_finish)
DEFINE_DONE_CB (log_cleared_cb, LatchBridgeLog, latch_bridge_log_clear_finish)
DEFINE_DONE_CB (access_changed_cb, LatchBridge, latch_bridge_change_access_finish)
DEFINE_DONE_CB (unpaired_cb, LatchBridge, latch_bridge_unpair_finish)
DEFINE_DONE_CB (added_cb, LatchReceivers, latch_receivers_add_finish)
DEFINE_DONE_CB (removed_cb, LatchReceivers, latch_receivers_remove_finish)

static void
maintained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchMaintenanceReport) report = latch_bridge_maintain_finish (LATCH_BRIDGE (source), result, &error);

  tell_done (report != NULL, error);
}

static void
listed_cb (LatchReceivers *receivers)
{
  JsonBuilder *builder = begin ("listed");

  add_text (builder, "problem", latch_receivers_get_problem (receivers));
  json_builder_set_member_name (builder, "places");
  json_builder_add_int_value (builder, latch_receivers_get_known (receivers)
                                           ? (int) g_list_model_get_n_items (G_LIST_MODEL (receivers))
                                           : -1);
  tell (builder);
}

static void
open_page (void)
{
  if (probe.log)
    return;

  probe.log = latch_bridge_log_new (probe.bridge);
  probe.receivers = latch_receivers_new (probe.bridge);
  g_signal_connect (probe.receivers, "notify::known", G_CALLBACK (listed_cb), NULL);
  g_signal_connect (probe.receivers, "notify::problem", G_CALLBACK (listed_cb), NULL);
  probe.bridge->haste = HASTE;
}

static void
remove_receiver (void)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (probe.receivers)); i++)
    {
      g_autoptr (LatchReceiver) receiver = g_list_model_get_item (G_LIST_MODEL (probe.receivers), i);

      if (g_str_equal (latch_receiver_get_url (receiver), RECEIVER))
        {
          latch_receivers_remove_async (probe.receivers, receiver, removed_cb, NULL);
          return;
        }
    }
  g_error ("There is nobody to remove");
}

static void
do_with_bridge (const char *what, LatchLock *lock)
{
  open_page ();
  if (g_str_equal (what, "read-log"))
    {
      latch_bridge_log_refresh (probe.log);
      latch_bridge_log_read_all_async (probe.log, NULL, log_read_cb, NULL);
    }
  else if (g_str_equal (what, "clear-log"))
    latch_bridge_log_clear_async (probe.log, NULL, log_cleared_cb, NULL);
  else if (g_str_equal (what, "restart"))
    latch_bridge_maintain_async (probe.bridge, LATCH_MAINTENANCE_RESTARTING, maintained_cb, NULL);
  else if (g_str_equal (what, "update"))
    latch_bridge_maintain_async (probe.bridge, LATCH_MAINTENANCE_UPDATING, maintained_cb, NULL);
  else if (g_str_equal (what, "reset"))
    latch_bridge_maintain_async (probe.bridge, LATCH_MAINTENANCE_RESETTING, maintained_cb, NULL);
  else if (g_str_equal (what, "allow") || g_str_equal (what, "forbid"))
    latch_bridge_change_access_async (probe.bridge, g_str_equal (what, "allow"), access_changed_cb, NULL);
  else if (g_str_equal (what, "unpair"))
    latch_bridge_unpair_async (probe.bridge, lock, unpaired_cb, NULL);
  else if (g_str_equal (what, "add"))
    latch_receivers_add_async (probe.receivers, RECEIVER, added_cb, NULL);
  else if (g_str_equal (what, "remove"))
    remove_receiver ();
  else if (g_str_equal (what, "list"))
    {
      latch_receivers_set_active (probe.receivers, FALSE);
      latch_receivers_set_active (probe.receivers, TRUE);
    }
  else if (g_str_equal (what, "watch"))
    latch_bridge_set_watched_closely (probe.bridge, TRUE);
  else
    g_error ("What is “%s”?", what);
}

/* Input */

static void
obey (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (LatchLock) lock = probe.bridge ? g_list_model_get_item (G_LIST_MODEL (probe.bridge), 0) : NULL;

  if (g_str_equal (words[0], "pair"))
    pair (words);
  else if (g_str_equal (words[0], "again"))
    latch_pairing_run_async (probe.pairing, NULL, NULL, paired_cb, NULL);
  else if (g_str_equal (words[0], "discover"))
    latch_discovery_find_async (words[1], NULL, found_cb, NULL);
  else if (g_str_equal (words[0], "perform"))
    latch_lock_commander_perform (probe.commander, lock, latch_lock_action_from_nick (words[1]), FALSE);
  else if (g_str_equal (words[0], "ask"))
    latch_lock_commander_ask (probe.commander, lock);
  else if (g_str_equal (words[0], "refresh"))
    latch_home_refresh (probe.home, probe.bridge);
  else if (g_str_equal (words[0], "do"))
    do_with_bridge (words[1], lock);
  else if (g_str_equal (words[0], "ping"))
    tell (begin ("pong"));
  else
    g_error ("What is “%s”?", line);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  latch_home_leave_finish (LATCH_HOME (source), result);
  g_main_loop_quit (probe.loop);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *line = g_data_input_stream_read_line_finish (probe.input, result, NULL, NULL);

  if (!line)
    {
      latch_home_leave_async (probe.home, LEAVE_MS, left_cb, NULL);
      return;
    }

  obey (line);
  g_data_input_stream_read_line_async (probe.input, G_PRIORITY_DEFAULT, NULL, line_cb, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!latch_home_load_finish (LATCH_HOME (source), result, &error))
    g_error ("%s", error->message);

  tell (begin ("loaded"));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GInputStream) keyboard = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  g_log_set_writer_func (log_cb, NULL, NULL);
  probe.loop = g_main_loop_new (NULL, FALSE);
  probe.input = g_data_input_stream_new (keyboard);
  probe.views = g_ptr_array_new_with_free_func (g_object_unref);
  probe.clock = latch_clock_new ();
  latch_clock_set_running (probe.clock, TRUE);
  probe.commander = latch_lock_commander_new (NULL, settings);
  g_signal_connect (probe.commander, "asking-changed", G_CALLBACK (show), NULL);
  g_data_input_stream_read_line_async (probe.input, G_PRIORITY_DEFAULT, NULL, line_cb, NULL);

  probe.store = latch_store_new (NULL);
  probe.token_store = latch_token_store_new ();
  probe.home = latch_home_new (probe.store, probe.token_store);
  g_signal_connect (probe.home, "items-changed", G_CALLBACK (bridges_changed_cb), NULL);
  latch_home_set_discovery (probe.home, TRUE, g_getenv ("NIGHTLATCH_DISCOVERY_URL"));
  latch_home_set_watching (probe.home, TRUE);
  latch_home_load_async (probe.home, NULL, loaded_cb, NULL);

  g_main_loop_run (probe.loop);

  g_ptr_array_unref (probe.views);
  g_clear_handle_id (&probe.show_id, g_source_remove);
  g_clear_object (&probe.bridge);
  g_clear_object (&probe.pairing);
  g_clear_object (&probe.log);
  g_clear_object (&probe.receivers);
  g_object_unref (probe.commander);
  g_object_unref (probe.home);
  latch_store_flush (probe.store);
  g_object_unref (probe.store);
  g_object_unref (probe.token_store);
  g_object_unref (probe.clock);
  g_object_unref (probe.input);
  g_main_loop_unref (probe.loop);
  g_free (probe.shown);

  return 0;
}
