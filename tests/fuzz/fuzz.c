/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <stdlib.h>

#include "latch-error.h"

#define MAX_TEXT_CHARACTERS 256
/* What a bridge itself says of a failure is a text of such a length, in a sentence of ours */
#define MAX_MESSAGE_CHARACTERS (MAX_TEXT_CHARACTERS + 100)

/* The fuzzer knows what abort() means, but not the trap with which GLib would end us */
static GLogWriterOutput
log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0)
    return G_LOG_WRITER_HANDLED;

  g_log_writer_standard_streams (level, fields, n_fields, NULL);
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_setenv ("GIO_MODULE_DIR", "/nowhere", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_log_set_writer_func (log_cb, NULL, NULL);
  fuzz_begin ();

  return 0;
}

void
fuzz_check_text (const char *text)
{
  if (text == NULL)
    return;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpstr (text, !=, "");
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, MAX_TEXT_CHARACTERS);
  g_assert_false (g_ascii_isspace (text[0]));
  g_assert_false (g_ascii_isspace (text[strlen (text) - 1]));
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      g_assert_false (g_unichar_iscntrl (character));
      g_assert_true (character == ' ' || !g_unichar_isspace (character));
      /* What turns the direction of writing */
      g_assert_false (character >= 0x202a && character <= 0x202e);
      g_assert_false (character >= 0x2066 && character <= 0x2069);
    }
}

void
fuzz_check_error (gboolean worked, const GError *error)
{
  if (worked)
    {
      g_assert_no_error (error);
      return;
    }

  g_assert_nonnull (error);
  g_assert_true (error->domain == LATCH_ERROR);
  g_assert_true (error->code == LATCH_ERROR_NOT_A_BRIDGE || error->code == LATCH_ERROR_MALFORMED ||
                 error->code == LATCH_ERROR_REFUSED || error->code == LATCH_ERROR_CALLBACKS_FULL ||
                 error->code == LATCH_ERROR_OFFLINE || error->code == LATCH_ERROR_BUTTON_NOT_PRESSED ||
                 error->code == LATCH_ERROR_INVALID_ARGUMENT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpstr (error->message, !=, "");
  g_assert_cmpint (g_utf8_strlen (error->message, -1), <=, MAX_MESSAGE_CHARACTERS);
}
