/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-ask.h"

#include "latch-ctl-commands.h"

#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

/* Through the main loop, so that Ctrl+C works */
static char *
read_answer (LatchCtl *ctl, GError **error)
{
  g_autoptr (GInputStream) base = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (base);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  char *answer = NULL;

  g_data_input_stream_read_line_async (stream, G_PRIORITY_DEFAULT, ctl->cancellable, latch_ctl_done_cb, &result);
  answer = g_data_input_stream_read_line_finish (stream, latch_ctl_wait (&result), NULL, &local_error);

  if (answer != NULL)
    return g_strstrip (answer);
  if (local_error == NULL)
    return g_strdup ("");

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * latch_ctl_has_terminal:
 *
 * Returns: whether there is somebody to ask
 */
gboolean
latch_ctl_has_terminal (LatchCtl *ctl)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

/**
 * latch_ctl_confirm_is_possible:
 *
 * Returns: whether there is somebody to ask, or no need to
 */
gboolean
latch_ctl_confirm_is_possible (LatchCtl *ctl, GError **error)
{
  if ((ctl->options->given & LATCH_CTL_OPTION_YES) || latch_ctl_has_terminal (ctl))
    return TRUE;

  g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
               /* Translators: %s is the name of a command */
               _("“%s” asks first, but there is no terminal to ask on. Add --yes if you are sure"), ctl->command->name);
  return FALSE;
}

/* By its first letter, "yuck" would do */
static gboolean
is_yes (const char *answer)
{
  g_autofree char *said = NULL;
  g_autofree char *wanted = NULL;

  if (rpmatch (answer) != 1 || !g_utf8_validate (answer, -1, NULL))
    return FALSE;

  said = g_utf8_casefold (answer, -1);
  /* Translators: the word that may be typed in place of its first letter */
  wanted = g_utf8_casefold (_("yes"), -1);

  return g_utf8_strlen (said, -1) == 1 || g_str_equal (said, "yes") || g_str_equal (said, wanted);
}

/**
 * latch_ctl_confirm:
 * @question: what to ask
 * @expected: (nullable): what has to be typed to agree; %NULL for a simple yes
 *
 * Asks on the terminal, unless --yes was given.
 *
 * Returns: whether the person agrees
 */
gboolean
latch_ctl_confirm (LatchCtl *ctl, const char *question, const char *expected, GError **error)
{
  g_autofree char *prompt = NULL;
  g_autofree char *answer = NULL;

  if (ctl->options->given & LATCH_CTL_OPTION_YES)
    return TRUE;

  /* Translators: how yes and no are typed */
  prompt = expected != NULL ? g_strdup (question) : g_strjoin (" ", question, _("[y/N]"), NULL);
  latch_ctl_prompt (prompt);
  answer = read_answer (ctl, error);
  if (answer == NULL)
    return FALSE;

  if (expected != NULL ? g_str_equal (answer, expected) : is_yes (answer))
    return TRUE;

  g_set_error_literal (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_FAILED, _("nothing was done"));
  return FALSE;
}

/**
 * latch_ctl_confirm_on_terminal:
 * @question: what to ask
 *
 * Asks if there is somebody to ask: for what scripts have always been free to do.
 *
 * Returns: whether to go on
 */
gboolean
latch_ctl_confirm_on_terminal (LatchCtl *ctl, const char *question, GError **error)
{
  return !latch_ctl_has_terminal (ctl) || latch_ctl_confirm (ctl, question, NULL, error);
}

/**
 * latch_ctl_ask_secret:
 * @question: what to ask
 *
 * Asks on the terminal for something that is not shown there.
 *
 * Returns: (transfer full) (nullable): the answer, which may be empty
 */
char *
latch_ctl_ask_secret (LatchCtl *ctl, const char *question, GError **error)
{
  struct termios shown, hidden;
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &shown) == 0;
  char *answer;

  if (is_terminal)
    {
      hidden = shown;
      hidden.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
    }

  latch_ctl_prompt (question);
  answer = read_answer (ctl, error);

  if (is_terminal)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  latch_ctl_end_prompt ();

  return answer;
}
