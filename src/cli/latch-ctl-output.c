/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-output.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static int first_error; /* of standard output: the errno, 0 while all is well */

static const char *const colors[] = {
  [LATCH_CTL_COLOR_NONE] = "",       [LATCH_CTL_COLOR_TITLE] = "\033[1m", [LATCH_CTL_COLOR_GOOD] = "\033[32m",
  [LATCH_CTL_COLOR_CAUTION] = "\033[33m", [LATCH_CTL_COLOR_BAD] = "\033[31m",
};

/* Besides control characters, those that turn text around: a name could disguise the next column with them */
static gboolean
is_printable (gunichar c)
{
  return !g_unichar_iscntrl (c) && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) &&
         c != 0x2028 && c != 0x2029;
}

/* Terminals without UTF-8 get the nearest that they can show */
static char *
to_locale (const char *text)
{
  const char *charset;
  g_autofree char *target = NULL;
  char *converted;

  if (g_get_charset (&charset))
    return g_strdup (text);

  target = g_strconcat (charset, "//TRANSLIT", NULL);
  converted = g_convert (text, -1, target, "UTF-8", NULL, NULL, NULL);

  return converted != NULL ? converted : g_str_to_ascii (text, NULL);
}

static void
write_out (const char *bytes)
{
  if (first_error == 0 && fputs (bytes, stdout) == EOF)
    first_error = errno;
}

static void
flush_out (void)
{
  if (first_error == 0 && fflush (stdout) == EOF)
    first_error = errno;
}

static void
write_text (FILE *file, const char *text)
{
  g_autofree char *printable = latch_ctl_make_printable (text);
  g_autofree char *local = to_locale (printable);

  if (file == stdout)
    write_out (local);
  else
    fputs (local, file);
}

static gboolean
use_colors (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  if (no_color != NULL && *no_color != '\0')
    return FALSE;

  return isatty (STDOUT_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/**
 * latch_ctl_make_printable:
 *
 * Returns: (transfer full): @text with a mark in place of each character that could do something to a terminal
 */
char *
latch_ctl_make_printable (const char *text)
{
  GString *printable = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (printable, is_printable (c) ? c : 0xfffd);
    }

  return g_string_free_and_steal (printable);
}

/**
 * latch_ctl_text_width:
 *
 * Returns: how many columns @text takes on a terminal
 */
guint
latch_ctl_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

/**
 * latch_ctl_print:
 *
 * Writes a line to standard output.
 */
void
latch_ctl_print (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  write_text (stdout, text);
  latch_ctl_print_end_line ();
}

/**
 * latch_ctl_print_colored:
 * @color: its colour on a terminal; must not be the only thing that tells something
 * @width: to how many columns it is filled up
 *
 * Writes a piece of a line to standard output.
 */
void
latch_ctl_print_colored (const char *text, LatchCtlColor color, guint width)
{
  gboolean colored = color != LATCH_CTL_COLOR_NONE && use_colors ();
  g_autofree char *printable = latch_ctl_make_printable (text);

  if (colored)
    write_out (colors[color]);
  write_text (stdout, printable);
  if (colored)
    write_out ("\033[0m");

  for (guint i = latch_ctl_text_width (printable); i < width; i++)
    write_out (" ");
}

void
latch_ctl_print_end_line (void)
{
  write_out ("\n");
  flush_out ();
}

/**
 * latch_ctl_print_candidate:
 * @prefix: what stands before @value
 * @value: what may be typed: in the locale's encoding as arguments are, and therefore never with marks in it
 * @description: what that is
 *
 * Writes a line for a shell to standard output.
 */
void
latch_ctl_print_candidate (const char *prefix, const char *value, const char *description)
{
  g_autofree char *local = g_locale_from_utf8 (value, -1, NULL, NULL, NULL);

  write_out (prefix);
  write_out (local != NULL ? local : value); /* where the locale has no such letters, arguments are taken as UTF-8 */
  write_out ("\t");
  write_text (stdout, description);
  latch_ctl_print_end_line ();
}

/**
 * latch_ctl_print_json:
 * @one_line: whether it must be on one line
 *
 * Writes a document to standard output, always in UTF-8. What is not printable is escaped.
 */
void
latch_ctl_print_json (JsonNode *node, gboolean one_line)
{
  g_autofree char *text = json_to_string (node, !one_line);
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* Outside of strings, a line break is the only one there can be */
      if (is_printable (c) || c == '\n')
        g_string_append_unichar (escaped, c);
      else
        g_string_append_printf (escaped, "\\u%04x", c);
    }

  write_out (escaped->str);
  latch_ctl_print_end_line ();
}

/**
 * latch_ctl_output_is_broken:
 * @reader_left: (out) (optional): whether that is only because nobody reads any more
 *
 * Returns: whether something could not be written to standard output; then errno says why
 */
gboolean
latch_ctl_output_is_broken (gboolean *reader_left)
{
  flush_out ();
  if (reader_left != NULL)
    *reader_left = first_error == EPIPE;
  errno = first_error;

  return first_error != 0;
}

/**
 * latch_ctl_warn:
 *
 * Writes a line to standard error, after the program's name.
 */
void
latch_ctl_warn (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      fputs (i == 0 ? "nightlatchctl: " : "  ", stderr);
      write_text (stderr, lines[i]);
      fputc ('\n', stderr);
    }
}

/**
 * latch_ctl_prompt:
 *
 * Writes a question to standard error.
 */
void
latch_ctl_prompt (const char *question)
{
  write_text (stderr, question);
  fputc (' ', stderr);
  fflush (stderr);
}

/**
 * latch_ctl_end_prompt:
 *
 * Ends the line of a question whose answer was not shown.
 */
void
latch_ctl_end_prompt (void)
{
  fputc ('\n', stderr);
}

/**
 * latch_ctl_show_progress:
 * @text: what happens now; "" when it is over
 *
 * Shows a line on the terminal that the next one replaces. Does nothing where standard error is none.
 */
void
latch_ctl_show_progress (const char *text)
{
  if (!isatty (STDERR_FILENO))
    return;

  fputs ("\r\033[K", stderr);
  write_text (stderr, text);
  fflush (stderr);
}
