/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-console.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct _LatchSimConsole
{
  GObject parent_instance;

  LatchSimServer *server;
  GDataInputStream *input;
  GCancellable *cancellable;
  gboolean interactive;
  gboolean shown; /* whether what was typed has led to a line about the lock */
};

G_DEFINE_FINAL_TYPE (LatchSimConsole, latch_sim_console, G_TYPE_OBJECT)

enum
{
  SIGNAL_QUIT,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Standard output has a fixed form for scripts, so only people get to read more there. */
static void G_GNUC_PRINTF (2, 3)
say (LatchSimConsole *self,
     const char      *format,
     ...)
{
  va_list args;

  if (!self->interactive)
    return;

  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  fflush (stdout);
}

static LatchSimBridge *
get_bridge (LatchSimConsole *self)
{
  return latch_sim_server_get_bridge (self->server);
}

static void
show_help (LatchSimConsole *self)
{
  say (self, "b        press the bridge's button\n"
             "t ID     turn the key of a lock\n"
             "d ID     open or close the door\n"
             "r ID     ring at an opener's door\n"
             "o ID     take a lock out of range, or bring it back\n"
             "s ID KEY=VALUE…  anything else, such as: s 1 name=Front Door battery=20\n"
             "l        list the locks\n"
             "p        pull the bridge's plug, and put it back\n"
             "q        quit\n");
}

static void
show_lock (LatchSimConsole *self,
           LatchSimLock    *lock)
{
  const LatchSimReport *truth = latch_sim_lock_get_truth (lock);

  self->shown = TRUE;
  say (self, "%u (%08X) %s: %s%s\n", latch_sim_lock_get_id (lock), latch_sim_lock_get_id (lock),
       latch_sim_lock_get_name (lock), latch_sim_state_name (latch_sim_lock_get_device (lock), truth->state),
       latch_sim_lock_get_presence (lock) == LATCH_SIM_ONLINE ? "" : ", offline");
}

static void
show_locks (LatchSimConsole *self)
{
  GPtrArray *locks = latch_sim_bridge_get_locks (get_bridge (self));

  for (guint i = 0; i < locks->len; i++)
    show_lock (self, g_ptr_array_index (locks, i));
}

/* The words of a value, which reach to the next “=”, and may be in quotes. Moves @word past them. */
static char *
take_value (const char *first,
            const char ***word)
{
  g_autoptr (GString) value = g_string_new (first);

  for (; **word != NULL && strchr (**word, '=') == NULL; (*word)++)
    g_string_append_printf (value, " %s", **word);

  if (value->len >= 2 && value->str[0] == '"' && value->str[value->len - 1] == '"')
    return g_strndup (value->str + 1, value->len - 2);

  return g_strdup (value->str);
}

static void
steer (LatchSimConsole *self,
       LatchSimLock    *lock,
       const char     **changes)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char **word = changes;
  g_autoptr (GError) error = NULL;

  while (*word != NULL)
    {
      const char *key = *word++;
      const char *equals = strchr (key, '=');

      if (equals == NULL)
        {
          say (self, "“%s” lacks a “=”.\n", key);
          return;
        }
      g_hash_table_replace (table, g_strndup (key, equals - key), take_value (equals + 1, &word));
    }

  self->shown = FALSE;
  if (!latch_sim_lock_steer (lock, table, &error))
    say (self, "%s\n", error->message);
  else if (!self->shown)
    show_lock (self, lock);
}

static void
run_on_lock (LatchSimConsole *self,
             char             command,
             LatchSimLock    *lock,
             char           **rest)
{
  const LatchSimReport *truth = latch_sim_lock_get_truth (lock);
  gboolean open = truth->door == LATCH_SIM_DOOR_OPENED;
  gboolean online = latch_sim_lock_get_presence (lock) == LATCH_SIM_ONLINE;
  gboolean opener = latch_sim_lock_get_device (lock) == LATCH_SIM_TYPE_OPENER;

  switch (command)
    {
    case 't':
    case 'r':
      if (command == 'r' && !opener)
        {
          say (self, "This is a lock, and only openers have a bell.\n");
          break;
        }
      self->shown = FALSE;
      if (command == 't')
        latch_sim_lock_turn_key (lock);
      else
        latch_sim_lock_ring (lock);
      if (!self->shown)
        show_lock (self, lock);
      break;
    case 'd':
      if (opener)
        say (self, "This is an opener, and only locks know about the door.\n");
      else
        steer (self, lock, (const char *[]) { open ? "door=2" : "door=3", NULL });
      break;
    case 'o':
      steer (self, lock, (const char *[]) { online ? "offline=1" : "offline=0", NULL });
      break;
    default:
      steer (self, lock, (const char **) rest);
      break;
    }
}

static void
run (LatchSimConsole *self,
     const char      *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, " \t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) given = NULL;
  guint n_given;
  char command;

  for (char **word = words; *word != NULL; word++)
    {
      if (**word != '\0')
        g_strv_builder_add (builder, *word);
    }
  given = g_strv_builder_end (builder);
  n_given = g_strv_length (given);
  if (n_given == 0)
    return;

  command = strlen (given[0]) == 1 ? given[0][0] : '?';
  if (strchr ("tdros", command) != NULL)
    {
      LatchSimLock *lock = NULL;

      if (n_given > 1)
        lock = latch_sim_bridge_find_lock (get_bridge (self), given[1], LATCH_SIM_ANY_TYPE);
      if (lock == NULL)
        say (self, "Which lock? “l” lists them.\n");
      else
        run_on_lock (self, command, lock, given + 2);
      return;
    }

  switch (command)
    {
    case 'b':
      if (!latch_sim_button_press (latch_sim_bridge_get_button (get_bridge (self))))
        say (self, "Nobody is waiting for the button.\n");
      break;
    case 'l':
      show_locks (self);
      break;
    case 'p':
      latch_sim_bridge_reboot (get_bridge (self));
      break;
    case 'q':
      g_signal_emit (self, signals[SIGNAL_QUIT], 0);
      break;
    default:
      show_help (self);
      break;
    }
}

static void read_next (LatchSimConsole *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (LatchSimConsole) self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  /* Nobody will type any more, which by itself is no reason to stop: the input may be /dev/null */
  if (line == NULL)
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        g_signal_emit (self, signals[SIGNAL_ENDED], 0);
      return;
    }

  run (self, line);
  read_next (self);
}

static void
read_next (LatchSimConsole *self)
{
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, self->cancellable, read_cb,
                                       g_object_ref (self));
}

static void
lit_cb (LatchSimButton  *button,
        LatchSimConsole *self)
{
  say (self, "The LED is on: press the button with “b”.\n");
}

static void
decided_cb (LatchSimButton  *button,
            gboolean         pressed,
            LatchSimConsole *self)
{
  say (self, pressed ? "Paired.\n" : "The LED is off again.\n");
}

static void
reported_cb (LatchSimLock    *lock,
             LatchSimConsole *self)
{
  show_lock (self, lock);
}

static void
reboot_cb (LatchSimBridge  *bridge,
           LatchSimConsole *self)
{
  say (self, "The bridge reboots.\n");
}

static void
latch_sim_console_dispose (GObject *object)
{
  LatchSimConsole *self = LATCH_SIM_CONSOLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->input);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (latch_sim_console_parent_class)->dispose (object);
}

static void
latch_sim_console_finalize (GObject *object)
{
  g_clear_object (&LATCH_SIM_CONSOLE (object)->cancellable);

  G_OBJECT_CLASS (latch_sim_console_parent_class)->finalize (object);
}

static void
latch_sim_console_class_init (LatchSimConsoleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = latch_sim_console_dispose;
  G_OBJECT_CLASS (klass)->finalize = latch_sim_console_finalize;

  /**
   * LatchSimConsole::quit:
   *
   * Somebody typed that it is enough.
   */
  signals[SIGNAL_QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);

  /**
   * LatchSimConsole::ended:
   *
   * Nobody can type any more.
   */
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
latch_sim_console_init (LatchSimConsole *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * latch_sim_console_new:
 *
 * Returns: (transfer full): what lets people at a terminal use their hands on @server's bridge
 */
LatchSimConsole *
latch_sim_console_new (LatchSimServer *server)
{
  LatchSimConsole *self = g_object_new (LATCH_SIM_TYPE_CONSOLE, NULL);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  LatchSimBridge *bridge = latch_sim_server_get_bridge (server);
  GPtrArray *locks = latch_sim_bridge_get_locks (bridge);

  self->server = g_object_ref (server);
  self->interactive = isatty (STDIN_FILENO);
  self->input = g_data_input_stream_new (input);

  g_signal_connect_object (latch_sim_bridge_get_button (bridge), "lit", G_CALLBACK (lit_cb), self, 0);
  g_signal_connect_object (latch_sim_bridge_get_button (bridge), "decided", G_CALLBACK (decided_cb), self, 0);
  g_signal_connect_object (bridge, "reboot", G_CALLBACK (reboot_cb), self, 0);
  for (guint i = 0; i < locks->len; i++)
    g_signal_connect_object (g_ptr_array_index (locks, i), "reported", G_CALLBACK (reported_cb), self, 0);

  say (self, "Type “b” to press the button, “?” for help.\n");
  read_next (self);

  return self;
}
