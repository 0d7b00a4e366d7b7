/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-bridges.h"
#include "latch-ctl-commands.h"
#include "latch-ctl-help.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int caught_signal;

/* Where one of the three is closed, the next file or socket would take its number, and get what we print */
static void
occupy_standard_files (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) == -1 && errno == EBADF)
      {
        /* The lowest free number is this one. Opened the wrong way round, so that using it fails */
        if (g_open ("/dev/null", (fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC, 0) != fd)
          abort ();
      }
}

/* What the layers below have to say to people looks like our own messages */
static GLogWriterOutput
write_log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = NULL;
  const char *message = NULL;

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN") && fields[i].length == -1)
      domain = fields[i].value;
    else if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length == -1)
      message = fields[i].value;

  if (!(level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_WARNING)) || g_strcmp0 (domain, G_LOG_DOMAIN) != 0 ||
      message == NULL)
    return g_log_writer_default (level, fields, n_fields, user_data);

  latch_ctl_warn ("%s", message);

  return G_LOG_WRITER_HANDLED;
}

static gboolean
interrupt (GCancellable *cancellable, int signal_number)
{
  caught_signal = signal_number;
  g_cancellable_cancel (cancellable);

  return G_SOURCE_REMOVE; /* the second one ends us at once */
}

static gboolean
interrupt_cb (gpointer user_data)
{
  return interrupt (user_data, SIGINT);
}

static gboolean
terminate_cb (gpointer user_data)
{
  return interrupt (user_data, SIGTERM);
}

static void
clear_ctl (LatchCtl *ctl)
{
  g_clear_pointer (&ctl->bridges, g_ptr_array_unref);
  latch_store_flush (ctl->store);
  g_clear_object (&ctl->store);
  g_clear_object (&ctl->token_store);
  g_clear_object (&ctl->turnstile);
  g_clear_object (&ctl->cancellable);
}

static int
report_error (const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      latch_ctl_warn ("%s", error->message);
      return latch_ctl_exit_for_error (error);
    }

  /* So that a script that called us ends, too */
  if (caught_signal != 0)
    {
      signal (caught_signal, SIG_DFL);
      raise (caught_signal);
    }

  return LATCH_CTL_EXIT_FAILED;
}

static gboolean
run_command (LatchCtl *ctl, GError **error)
{
  gboolean done;

  ctl->cancellable = g_cancellable_new ();
  ctl->turnstile = latch_bus_turnstile_new ();
  ctl->store = latch_store_new (NULL);
  ctl->token_store = latch_token_store_new ();
  g_unix_signal_add (SIGINT, interrupt_cb, ctl->cancellable);
  g_unix_signal_add (SIGTERM, terminate_cb, ctl->cancellable);

  done = ctl->command->run (ctl, error);
  if (!done)
    latch_ctl_suggest_search (ctl, error);
  latch_ctl_remember_modes (ctl);
  clear_ctl (ctl);

  return done;
}

static gboolean
run (LatchCtl *ctl, GError **error)
{
  const LatchCtlOptions *options = ctl->options;
  guint n_words = 0;

  if (options->version)
    {
      latch_ctl_print ("nightlatchctl %s", PACKAGE_VERSION);
      return TRUE;
    }

  if (options->arguments->len > 0)
    {
      ctl->command = latch_ctl_commands_find (options->arguments, &n_words, error);
      if (ctl->command == NULL)
        return FALSE;
    }
  if (options->help)
    {
      latch_ctl_help_print (ctl->command);
      return TRUE;
    }
  if (ctl->command == NULL)
    {
      g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
                           _("a command is missing; see nightlatchctl --help"));
      return FALSE;
    }

  ctl->arguments = (char **) options->arguments->pdata + n_words;

  return latch_ctl_command_check (ctl->command, ctl->arguments, error) &&
         latch_ctl_options_check (options, ctl->command->options, ctl->command->name, error) &&
         run_command (ctl, error);
}

int
main (int argc, char *argv[])
{
  g_autoptr (LatchCtlOptions) options = NULL;
  const char *locale_dir = g_getenv ("NIGHTLATCH_LOCALE_DIR"); /* translations that are not installed yet */
  g_autoptr (GError) error = NULL;
  LatchCtl ctl = { NULL, };
  gboolean reader_left;
  int status = LATCH_CTL_EXIT_DONE;

  occupy_standard_files ();
  signal (SIGPIPE, SIG_IGN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("nightlatchctl");
  g_log_writer_default_set_use_stderr (TRUE); /* standard output is for what was asked for */
  g_log_set_writer_func (write_log_cb, NULL, NULL);

  options = latch_ctl_options_parse (argc, argv, &error);
  ctl.options = options;
  if (options == NULL || !run (&ctl, &error))
    status = report_error (error);

  if (latch_ctl_output_is_broken (&reader_left) && !reader_left)
    {
      latch_ctl_warn (_("the output could not be written: %s"), g_strerror (errno));
      if (status == LATCH_CTL_EXIT_DONE && (ctl.command == NULL || ctl.command->reads))
        status = LATCH_CTL_EXIT_FAILED;
    }

  return status;
}
