/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-commands.h"

#include <string.h>

#define NO_WAIT LATCH_CTL_OPTION_NO_WAIT
#define YES LATCH_CTL_OPTION_YES
#define ACT (LATCH_CTL_OPTION_NO_WAIT | LATCH_CTL_OPTION_YES)

/* Parsing, help and the checks of arguments all follow this table. Actions are called as in the protocol's table. */
static const LatchCtlCommand commands[] = {
  { "discover", { NULL }, 0, 0, TRUE, latch_ctl_discover, N_("show the bridges that the discovery service knows of") },
  { "pair", { "[HOST[:PORT]]" }, 0, LATCH_CTL_OPTION_NAME, FALSE, latch_ctl_pair,
    N_("wait for the bridge’s button and keep the token; with a token given, check and keep that") },
  { "forget", { NULL }, 0, YES, FALSE, latch_ctl_forget, N_("forget a bridge and delete its token") },
  { "list", { NULL }, 0, LATCH_CTL_OPTION_ALL, TRUE, latch_ctl_list, N_("show the states that the bridge knows") },
  { "status", { "LOCK" }, 1, 0, TRUE, latch_ctl_status, N_("ask the lock itself for its state") },
  { "lock", { "LOCK" }, 1, ACT, FALSE, latch_ctl_act, N_("lock") },
  { "unlock", { "LOCK" }, 1, ACT, FALSE, latch_ctl_act, N_("unlock") },
  { "unlatch", { "LOCK" }, 1, ACT, FALSE, latch_ctl_act, N_("unlock and pull the latch: the door opens") },
  { "lock-n-go", { "LOCK" }, 1, ACT, FALSE, latch_ctl_act, N_("unlock, and lock again after a while") },
  { "lock-n-go-unlatch", { "LOCK" }, 1, ACT, FALSE, latch_ctl_act, N_("open the door, and lock after a while") },
  { "activate-rto", { "OPENER" }, 1, NO_WAIT, FALSE, latch_ctl_act, N_("turn on ring to open") },
  { "deactivate-rto", { "OPENER" }, 1, NO_WAIT, FALSE, latch_ctl_act, N_("turn off ring to open") },
  { "open", { "OPENER" }, 1, ACT, FALSE, latch_ctl_act, N_("open the door") },
  { "activate-cm", { "OPENER" }, 1, NO_WAIT, FALSE, latch_ctl_act, N_("turn on continuous mode: each ring opens") },
  { "deactivate-cm", { "OPENER" }, 1, NO_WAIT, FALSE, latch_ctl_act, N_("turn off continuous mode") },
  { "info", { NULL }, 0, 0, TRUE, latch_ctl_info, N_("show what the bridge says of itself") },
  { "log", { NULL }, 0, LATCH_CTL_OPTION_OFFSET | LATCH_CTL_OPTION_COUNT | LATCH_CTL_OPTION_CSV, TRUE, latch_ctl_log,
    N_("show the bridge’s log") },
  { "log clear", { NULL }, 0, YES, FALSE, latch_ctl_log_clear, N_("clear the bridge’s log") },
  { "callbacks", { NULL }, 0, 0, TRUE, latch_ctl_callbacks, N_("show whom the bridge tells of changes") },
  { "callbacks add", { "URL" }, 1, 0, FALSE, latch_ctl_callbacks_add, N_("have the bridge tell URL of changes") },
  { "callbacks remove", { "ID" }, 1, YES, FALSE, latch_ctl_callbacks_remove, N_("remove a callback") },
  { "auth enable", { NULL }, 0, 0, FALSE, latch_ctl_auth_enable, N_("let other programs pair by the bridge’s button") },
  { "auth disable", { NULL }, 0, 0, FALSE, latch_ctl_auth_disable, N_("let no other program pair") },
  { "unpair", { "LOCK" }, 1, YES, FALSE, latch_ctl_unpair, N_("remove the pairing between bridge and lock") },
  { "firmware-update", { NULL }, 0, YES | LATCH_CTL_OPTION_WAIT, FALSE, latch_ctl_firmware_update, N_("install new firmware if there is any") },
  { "reboot", { NULL }, 0, YES | LATCH_CTL_OPTION_WAIT, FALSE, latch_ctl_reboot, N_("restart the bridge") },
  { "factory-reset", { NULL }, 0, YES | LATCH_CTL_OPTION_WAIT, FALSE, latch_ctl_factory_reset, N_("make the bridge forget everything") },
  { "activity", { "[LOCK]" }, 0, LATCH_CTL_OPTION_COUNT | LATCH_CTL_OPTION_CSV, TRUE, latch_ctl_activity,
    N_("show what was recorded here of all locks or one, newest first") },
  { "activity clear", { "[LOCK]" }, 0, YES, FALSE, latch_ctl_activity_clear,
    N_("delete what was recorded here of all locks or one") },
  { "rename", { "LOCK", "[NAME]" }, 1, LATCH_CTL_OPTION_RESET, FALSE, latch_ctl_rename,
    N_("call a lock something else on this computer") },
  { "rename-bridge", { "NAME" }, 1, 0, FALSE, latch_ctl_rename_bridge,
    N_("call a bridge something else on this computer") },
  { "hide", { "LOCK" }, 1, 0, FALSE, latch_ctl_hide, N_("leave a lock out of lists and notifications here") },
  { "unhide", { "LOCK" }, 1, 0, FALSE, latch_ctl_unhide, N_("show a hidden lock again") },
  { "watch", { NULL }, 0, LATCH_CTL_OPTION_INTERVAL | LATCH_CTL_OPTION_ALL, TRUE, latch_ctl_watch, N_("print changes as they arrive") },
  { "complete", { "[WORD…]" }, 0, 0, TRUE, latch_ctl_complete, N_("show what the last word may become, for shells") },
};

static const LatchCtlCommand *
find_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];

  return NULL;
}

/* What may follow @word to make a command of two words, as "enable, disable"; NULL if nothing */
static char *
describe_second_words (const char *word)
{
  g_autofree char *prefix = g_strconcat (word, " ", NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (commands[i].name, prefix))
      g_ptr_array_add (words, (gpointer) (commands[i].name + strlen (prefix)));
  if (words->len == 0)
    return NULL;

  g_ptr_array_add (words, NULL);

  return g_strjoinv (", ", (char **) words->pdata);
}

/**
 * latch_ctl_commands_get_all:
 * @n_commands: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_commands): all commands, in the order for the help
 */
const LatchCtlCommand *
latch_ctl_commands_get_all (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);

  return commands;
}

/**
 * latch_ctl_commands_find:
 * @arguments: (element-type utf8): what was typed, without options; at least one
 * @n_words: (out): how many of them name the command
 *
 * Returns: (transfer none) (nullable): the command
 */
const LatchCtlCommand *
latch_ctl_commands_find (GPtrArray *arguments, guint *n_words, GError **error)
{
  const char *first = g_ptr_array_index (arguments, 0);
  const LatchCtlCommand *command = NULL;
  g_autofree char *seconds = NULL;

  if (arguments->len > 1)
    {
      g_autofree char *both = g_strjoin (" ", first, g_ptr_array_index (arguments, 1), NULL);

      *n_words = 2;
      command = strchr (first, ' ') == NULL ? find_by_name (both) : NULL;
      if (command != NULL)
        return command;
    }

  *n_words = 1;
  command = strchr (first, ' ') == NULL ? find_by_name (first) : NULL;
  if (command != NULL)
    return command;

  seconds = describe_second_words (first);
  if (seconds != NULL)
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
                 /* Translators: the first %s is a command, the second %s the words that may follow it */
                 _("“%s” needs one of these words: %s"), first, seconds);
  else
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("there is no command “%s”; see nightlatchctl --help"),
                 first);

  return NULL;
}

/**
 * latch_ctl_command_check:
 * @arguments: (array zero-terminated=1): its arguments
 *
 * Returns: whether these are as many as the command takes
 */
gboolean
latch_ctl_command_check (const LatchCtlCommand *self, char **arguments, GError **error)
{
  guint n_arguments = g_strv_length (arguments);
  guint n_taken = 0;
  g_autofree char *usage = NULL;
  g_autofree char *seconds = NULL;

  while (n_taken < G_N_ELEMENTS (self->synopsis) && self->synopsis[n_taken] != NULL)
    n_taken++;
  if (n_taken > 0 && strstr (self->synopsis[n_taken - 1], "…") != NULL)
    n_taken = G_MAXUINT;

  if (n_arguments >= self->n_required && n_arguments <= n_taken)
    return TRUE;

  usage = latch_ctl_command_get_usage (self);
  seconds = describe_second_words (self->name);
  if (n_arguments < self->n_required)
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("an argument is missing; usage: nightlatchctl %s"),
                 usage);
  else if (seconds == NULL)
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("too many arguments; usage: nightlatchctl %s"), usage);
  else
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
                 /* Translators: the first %s is a command, the second %s the words that may follow it */
                 _("too many arguments; usage: nightlatchctl %s. It can go on with one of these words: %s"), usage,
                 seconds);

  return FALSE;
}

/**
 * latch_ctl_command_get_usage:
 *
 * Returns: (transfer full): how the command is written, with its arguments and the options of its own
 */
char *
latch_ctl_command_get_usage (const LatchCtlCommand *self)
{
  GString *usage = g_string_new (self->name);
  guint n_options;
  const LatchCtlOption *options = latch_ctl_options_get_all (&n_options);

  for (guint i = 0; i < G_N_ELEMENTS (self->synopsis) && self->synopsis[i] != NULL; i++)
    g_string_append_printf (usage, " %s", self->synopsis[i]);

  for (guint i = 0; i < n_options; i++)
    if (options[i].flag & self->options)
      {
        g_autofree char *option = latch_ctl_option_get_usage (&options[i]);

        g_string_append_printf (usage, " [%s]", option);
      }

  return g_string_free_and_steal (usage);
}
