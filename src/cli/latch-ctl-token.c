/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-token.h"

#include "latch-ctl-ask.h"
#include "latch-portal.h"

#include <gio/gunixinputstream.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

/* Bridges take 20 at most; the vendor's description of the encryption would allow more */
#define MAX_TOKEN_LENGTH 64

/* Checks what was read, whose end of line is none of it. Messages must not repeat any of it. */
static char *
check (const char *text, gsize length, const char *origin, GError **error)
{
  const char *problem = NULL;

  if (length > 0 && text[length - 1] == '\n')
    length--;
  if (length > 0 && text[length - 1] == '\r')
    length--;

  if (length == 0)
    problem = _("it is empty");
  else if (memchr (text, '\n', length) != NULL)
    problem = _("it has more than one line");
  else if (length > MAX_TOKEN_LENGTH)
    problem = _("it is too long");

  for (gsize i = 0; i < length && problem == NULL; i++)
    if (!g_ascii_isprint (text[i]))
      problem = _("it has characters that are in no token");

  if (problem == NULL)
    return g_strndup (text, length);

  g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
               /* Translators: the first %s is where the token came from, the second what is wrong with it */
               _("the token from %s cannot be used: %s"), origin, problem);
  return NULL;
}

/* Echoed, it would stay on the screen for all to see */
static char *
read_terminal (LatchCtl *ctl, GError **error)
{
  char *answer = latch_ctl_ask_secret (ctl, _("Token:"), error);
  char *token = answer != NULL ? check (answer, strlen (answer), _("standard input"), error) : NULL;

  latch_ctl_token_free (answer);

  return token;
}

static GInputStream *
open_file (LatchCtl *ctl, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (g_str_equal (ctl->options->token_file, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);

  file = g_file_new_for_path (ctl->options->token_file);
  g_file_read_async (file, G_PRIORITY_DEFAULT, ctl->cancellable, latch_ctl_done_cb, &result);

  return (GInputStream *) g_file_read_finish (file, latch_ctl_wait (&result), error);
}

static char *
read_file (LatchCtl *ctl, GError **error)
{
  gboolean is_stdin = g_str_equal (ctl->options->token_file, "-");
  g_autofree char *name = is_stdin ? NULL : g_filename_display_name (ctl->options->token_file);
  const char *origin = is_stdin ? _("standard input") : name;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  char text[2 * MAX_TOKEN_LENGTH];
  char *token = NULL;
  gsize length = 0;

  stream = open_file (ctl, &local_error);
  if (stream != NULL)
    {
      g_input_stream_read_all_async (stream, text, sizeof text, G_PRIORITY_DEFAULT, ctl->cancellable, latch_ctl_done_cb,
                                     &result);
      if (g_input_stream_read_all_finish (stream, latch_ctl_wait (&result), &length, &local_error))
        token = check (text, length, origin, error);
      sodium_memzero (text, sizeof text);
    }

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && latch_portal_is_needed ())
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE,
                 /* Translators: %s is the name of a file. “<” is how a shell is told so */
                 _("there is no %s here: Flatpak shows none of your files to this program. Have the shell read it: "
                   "--token-file=- <FILE"), origin);
  else if (local_error != NULL)
    g_set_error (error, LATCH_CTL_ERROR, LATCH_CTL_EXIT_USAGE, _("the token cannot be read from %s: %s"), origin,
                 local_error->message);

  return token;
}

/**
 * latch_ctl_token_is_given:
 *
 * Returns: whether the person gave a token, so that the keyring is of no concern
 */
gboolean
latch_ctl_token_is_given (LatchCtl *ctl)
{
  return ctl->options->token_file != NULL || g_getenv ("NIGHTLATCH_TOKEN") != NULL;
}

/**
 * latch_ctl_token_read:
 *
 * Reads the token that was given. Works once, as standard input does.
 *
 * Returns: (transfer full) (nullable): the token, to be freed with latch_ctl_token_free()
 */
char *
latch_ctl_token_read (LatchCtl *ctl, GError **error)
{
  const char *variable = g_getenv ("NIGHTLATCH_TOKEN");

  if (g_strcmp0 (ctl->options->token_file, "-") == 0 && isatty (STDIN_FILENO))
    return read_terminal (ctl, error);
  if (ctl->options->token_file != NULL)
    return read_file (ctl, error);

  return check (variable, strlen (variable), "NIGHTLATCH_TOKEN", error);
}

/**
 * latch_ctl_token_free:
 * @token: (nullable) (transfer full): a token
 *
 * Leaves nothing of it in memory.
 */
void
latch_ctl_token_free (char *token)
{
  if (token != NULL)
    sodium_memzero (token, strlen (token));
  g_free (token);
}
