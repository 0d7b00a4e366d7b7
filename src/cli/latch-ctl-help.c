/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-help.h"

#include "latch-ctl-table.h"

static void
add_row (LatchCtlTable *table, const char *name, const char *summary)
{
  g_autofree char *indented = g_strconcat ("  ", name, NULL);

  latch_ctl_table_add (table, indented, LATCH_CTL_COLOR_NONE);
  latch_ctl_table_add (table, summary, LATCH_CTL_COLOR_NONE);
}

/* @flags: 0 for the options that all commands take, else those of a command */
static void
print_options (LatchCtlOptionFlags flags)
{
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (2);
  guint n_options;
  const LatchCtlOption *options = latch_ctl_options_get_all (&n_options);

  for (guint i = 0; i < n_options; i++)
    {
      g_autofree char *name = NULL;

      if (flags != 0 ? !(options[i].flag & flags) : options[i].flag != 0)
        continue;

      name = latch_ctl_option_get_usage (&options[i]);
      add_row (table, name, _(options[i].summary));
    }

  latch_ctl_table_print (table);
}

static void
print_commands (void)
{
  g_autoptr (LatchCtlTable) table = latch_ctl_table_new (2);
  guint n_commands;
  const LatchCtlCommand *commands = latch_ctl_commands_get_all (&n_commands);

  for (guint i = 0; i < n_commands; i++)
    {
      g_autofree char *usage = latch_ctl_command_get_usage (&commands[i]);

      add_row (table, usage, _(commands[i].summary));
    }

  latch_ctl_table_print (table);
}

/**
 * latch_ctl_help_print:
 * @command: (nullable): the command that the help is for; %NULL for all
 *
 * Writes what the program, or one of its commands, can do.
 */
void
latch_ctl_help_print (const LatchCtlCommand *command)
{
  if (command != NULL)
    {
      g_autofree char *usage = latch_ctl_command_get_usage (command);

      latch_ctl_print (_("Usage: nightlatchctl [OPTION…] %s"), usage);
      latch_ctl_print ("  %s", _(command->summary));
      if (command->options != 0)
        {
          latch_ctl_print_end_line ();
          print_options (command->options);
        }
      latch_ctl_print_end_line ();
      print_options (0);
      return;
    }

  latch_ctl_print (_("Usage: nightlatchctl [OPTION…] %s"), _("COMMAND [ARGUMENT…]"));
  latch_ctl_print (_("Control Nuki smart locks through the bridge on your own network."));
  latch_ctl_print_end_line ();
  latch_ctl_print (_("Commands:"));
  print_commands ();
  latch_ctl_print_end_line ();
  latch_ctl_print (_("Options for all commands (“nightlatchctl COMMAND --help” shows more):"));
  print_options (0);
  latch_ctl_print_end_line ();
  latch_ctl_print (_("LOCK and OPENER are a name, a decimal ID, or a hexadecimal ID as the Nuki app shows it."));
  latch_ctl_print (_("Exit status: 0 done, 1 refused or failed, 2 usage, 3 bridge not reachable or not a bridge, "
                     "4 not authorized, 5 no such lock or bridge, 6 bridge stayed busy, 7 outcome unknown."));
}
