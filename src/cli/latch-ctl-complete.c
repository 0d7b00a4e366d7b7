/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-find.h"

#include <string.h>

/*
 * What may follow what has been typed, for the completions of all shells (data/completions): they only quote it, so that none
 * of them can know other commands than there are. Neither bridges nor the keyring are asked; somebody waits at the key.
 */

/**
 * Line:
 * @words: (element-type utf8): what was typed before, without options
 * @awaiting: (nullable): the option whose value comes next
 * @no_options: whether options are over
 */
typedef struct
{
  GPtrArray *words;
  const LatchCtlOption *awaiting;
  gboolean no_options;
} Line;

static const LatchCtlOption *
find_option (const char *text)
{
  gsize length = strcspn (text, "=");
  guint n_options;
  const LatchCtlOption *options = latch_ctl_options_get_all (&n_options);

  for (guint i = 0; i < n_options; i++)
    if (strlen (options[i].name) == length && strncmp (options[i].name, text, length) == 0)
      return &options[i];

  return NULL;
}

static void
take_option (LatchCtl *ctl, Line *line, const char *text)
{
  const LatchCtlOption *option = find_option (text);
  const char *value = strchr (text, '=');

  if (option == NULL || option->value == NULL)
    return;

  if (value == NULL)
    line->awaiting = option;
  else if (g_str_equal (option->name, "bridge"))
    g_set_str (&ctl->options->bridge, value + 1);
}

static void
read_line (LatchCtl *ctl, Line *line, char **words, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    {
      const char *text = words[i];

      if (line->awaiting != NULL)
        {
          if (g_str_equal (line->awaiting->name, "bridge"))
            g_set_str (&ctl->options->bridge, text);
          line->awaiting = NULL;
        }
      else if (line->no_options || text[0] != '-' || text[1] == '\0')
        g_ptr_array_add (line->words, (gpointer) text);
      else if (g_str_equal (text, "--"))
        line->no_options = TRUE;
      else if (text[1] == '-')
        take_option (ctl, line, text + 2);
    }
}

/* By its type, and by its bridge where there are several */
static char *
describe_device (LatchCtl *ctl, const LatchCtlTarget *target)
{
  const char *type = latch_device_type_get_text (MAX (target->device->device_type, 0));
  g_autofree char *bridge = NULL;

  if (ctl->bridges->len < 2)
    return g_strdup (type);

  bridge = latch_ctl_bridge_get_title (target->bridge);

  return g_strdup_printf ("%s · %s", type, bridge);
}

static gboolean
is_hidden (const LatchCtlTarget *target)
{
  const LatchLockChoice *choice = latch_ctl_bridge_find_choice (target->bridge, target->device);

  return choice != NULL && choice->hidden;
}

/* A name that would be taken for an option, or that no terminal shows as it is, is not offered */
static gboolean
can_be_typed (const char *name)
{
  g_autofree char *printable = latch_ctl_make_printable (name);

  return *name != '-' && g_str_equal (name, printable);
}

static void
offer_device (LatchCtl *ctl, const LatchCtlCommand *command, LatchCtlBridge *bridge, const LatchDeviceSnapshot *device)
{
  LatchLockAction action = latch_lock_action_from_nick (command->name);
  LatchCtlTarget target = { bridge, device };
  g_autofree char *title = latch_ctl_target_get_title (&target);
  g_autofree char *description = describe_device (ctl, &target);
  g_autofree char *hex = NULL;
  g_autofree char *both = NULL;

  if (action != LATCH_LOCK_ACTION_NONE &&
      latch_lock_action_is_for_opener (action) != latch_device_type_is_opener (device->device_type))
    return;
  if (is_hidden (&target) != (command->run == latch_ctl_unhide))
    return;

  if (can_be_typed (title) && latch_ctl_count_named (ctl, command, title) == 1)
    {
      latch_ctl_print_candidate ("", title, description);
      return;
    }

  hex = latch_nuki_id_to_hex (device->nuki_id);
  both = g_strdup_printf ("%s · %s", title, description);
  latch_ctl_print_candidate ("", hex, both);
}

static void
offer_devices (LatchCtl *ctl, const LatchCtlCommand *command)
{
  if (!latch_ctl_choose_known_bridges (ctl, NULL))
    return;

  for (guint i = 0; i < ctl->bridges->len; i++)
    {
      LatchCtlBridge *bridge = g_ptr_array_index (ctl->bridges, i);

      for (guint j = 0; j < bridge->devices->len; j++)
        offer_device (ctl, command, bridge, g_ptr_array_index (bridge->devices, j));
    }
}

static void
offer_bridges (LatchCtl *ctl, const char *prefix, gboolean by_address)
{
  g_autoptr (GPtrArray) records = latch_ctl_load_records (ctl, NULL);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const LatchBridgeRecord *record = g_ptr_array_index (records, i);
      g_autofree char *address = g_strdup_printf ("%s:%u", record->host != NULL ? record->host : "", record->port);
      g_autofree char *description = g_strdup_printf ("%s · %s", record->name != NULL ? record->name : record->id, address);

      if (!by_address)
        latch_ctl_print_candidate (prefix, record->id, description);
      else if (record->host != NULL)
        latch_ctl_print_candidate (prefix, address, record->name != NULL ? record->name : record->id);
    }
}

static void
offer_value (LatchCtl *ctl, const LatchCtlOption *option, const char *prefix)
{
  if (g_str_equal (option->name, "bridge"))
    offer_bridges (ctl, prefix, FALSE);
  else if (g_str_equal (option->name, "token-file"))
    latch_ctl_print_candidate ("", "", "files"); /* the shell knows them better */
  else if (g_str_equal (option->name, "auth"))
    for (LatchAuthMode mode = LATCH_AUTH_MODE_AUTO; mode <= LATCH_AUTH_MODE_ENCRYPTED; mode++)
      latch_ctl_print_candidate (prefix, latch_auth_mode_get_nick (mode), "");
}

static void
offer_options (const LatchCtlCommand *command)
{
  guint n_options;
  const LatchCtlOption *options = latch_ctl_options_get_all (&n_options);

  for (guint i = 0; i < n_options; i++)
    {
      g_autofree char *text = g_strconcat ("--", options[i].name, options[i].value != NULL ? "=" : NULL, NULL);

      if (options[i].flag == 0 || (command != NULL && (command->options & options[i].flag)))
        latch_ctl_print_candidate ("", text, _(options[i].summary));
    }
}

/* @first: (nullable): the word that was typed, for those that may follow it; %NULL for the first ones */
static void
offer_commands (const char *first)
{
  g_autofree char *prefix = first != NULL ? g_strconcat (first, " ", NULL) : g_strdup ("");
  g_autofree char *last = g_strdup ("");
  guint n_commands;
  const LatchCtlCommand *commands = latch_ctl_commands_get_all (&n_commands);

  for (guint i = 0; i < n_commands; i++)
    {
      const char *rest = commands[i].name + strlen (prefix);
      g_autofree char *word = NULL;

      if (!g_str_has_prefix (commands[i].name, prefix) || commands[i].run == latch_ctl_complete)
        continue;

      word = g_strndup (rest, strcspn (rest, " "));
      if (!g_str_equal (word, last)) /* those that begin alike stand together */
        latch_ctl_print_candidate ("", word, strchr (rest, ' ') == NULL ? _(commands[i].summary) : "");
      g_set_str (&last, word);
    }
}

static void
offer_argument (LatchCtl *ctl, const LatchCtlCommand *command, const char *synopsis)
{
  if (strstr (synopsis, "LOCK") != NULL || strstr (synopsis, "OPENER") != NULL)
    offer_devices (ctl, command);
  else if (strstr (synopsis, "HOST") != NULL)
    offer_bridges (ctl, "", TRUE);
}

static void
offer_words (LatchCtl *ctl, const LatchCtlCommand *command, Line *line, guint n_words)
{
  guint position = line->words->len - n_words;

  if (line->words->len == 0)
    offer_commands (NULL);
  else if (line->words->len == 1)
    offer_commands (g_ptr_array_index (line->words, 0));

  if (command != NULL && position < G_N_ELEMENTS (command->synopsis) && command->synopsis[position] != NULL)
    offer_argument (ctl, command, command->synopsis[position]);
}

/**
 * latch_ctl_complete:
 *
 * Prints what the last of its arguments may become, one a line, with a description after a tab. A line with nothing before
 * the tab says what the shell shall complete there by itself: "files".
 */
gboolean
latch_ctl_complete (LatchCtl *ctl, GError **error)
{
  guint n_words = g_strv_length (ctl->arguments), n_named = 0;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  Line line = { words };
  const LatchCtlCommand *command = NULL;
  const char *current;

  if (n_words == 0)
    return TRUE;

  current = ctl->arguments[n_words - 1];
  read_line (ctl, &line, ctl->arguments, n_words - 1);
  if (words->len > 0)
    command = latch_ctl_commands_find (words, &n_named, NULL);

  if (line.awaiting != NULL)
    offer_value (ctl, line.awaiting, "");
  else if (line.no_options || *current != '-')
    offer_words (ctl, command, &line, command != NULL ? n_named : words->len);
  else if (g_str_has_prefix (current, "--") && strchr (current, '=') != NULL)
    {
      const LatchCtlOption *option = find_option (current + 2);
      g_autofree char *prefix = g_strndup (current, strcspn (current, "=") + 1);

      if (option != NULL && option->value != NULL)
        offer_value (ctl, option, prefix);
    }
  else
    offer_options (command);

  return TRUE;
}
