/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-json-repair.h"

#include "latch-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/*
 * Bridges send JSON that is not quite JSON: names hold raw control bytes or are cut in the middle of a character. And
 * json-glib takes more than JSON: comments, octal and hexadecimal numbers, any depth, by recursion. This pass between
 * the two lets through only what is JSON, and mends what bridges are known to break.
 */

#define REPLACEMENT_CHARACTER "\xef\xbf\xbd"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Integers of that many digits fit 64 bits for sure. */
#define MAX_INTEGER_DIGITS 18

typedef struct
{
  const char *next;
  const char *end;
  GString *out;
  char closers[LATCH_JSON_MAX_DEPTH];
  guint depth;
} Repair;

static gboolean
is_blank (char c)
{
  return (guchar) c <= 0x20 || c == 0x7f;
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '-' || c == '.';
}

/* Returns: the UTF-16 code unit of the escape at @text, -1 if there is none */
static int
read_unicode_escape (const char *text, const char *end)
{
  int unit = 0;

  if (end - text < 6 || text[0] != '\\' || text[1] != 'u')
    return -1;

  for (int i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }

  return unit;
}

static void
repair_escape (Repair *self)
{
  int unit = read_unicode_escape (self->next, self->end);

  if (unit >= 0)
    {
      int second = read_unicode_escape (self->next + 6, self->end);
      gboolean is_pair = unit >= 0xd800 && unit < 0xdc00 && second >= 0xdc00 && second < 0xe000;

      if (is_pair)
        g_string_append_len (self->out, self->next, 12);
      else if (unit >= 0xd800 && unit < 0xe000)
        g_string_append (self->out, REPLACEMENT_CHARACTER);
      else if (unit != 0) /* U+0000 would end the text */
        g_string_append_len (self->out, self->next, 6);
      self->next += is_pair ? 12 : 6;
    }
  else if (self->end - self->next >= 2 && self->next[1] != '\0' && strchr ("\"\\/bfnrt", self->next[1]) != NULL)
    {
      g_string_append_len (self->out, self->next, 2);
      self->next += 2;
    }
  else
    {
      self->next++;
    }
}

static void
repair_character (Repair *self)
{
  gunichar character = g_utf8_get_char_validated (self->next, self->end - self->next);

  if (character == (gunichar) -1 || character == (gunichar) -2)
    {
      g_string_append (self->out, REPLACEMENT_CHARACTER);
      self->next++;
    }
  else
    {
      g_string_append_unichar (self->out, character);
      self->next = g_utf8_next_char (self->next);
    }
}

/* Nearly all there is: what needs no mending goes through as a whole */
static void
copy_plain (Repair *self)
{
  const char *start = self->next;

  while (self->next < self->end && *self->next >= ' ' && *self->next < 0x7f && *self->next != '"' && *self->next != '\\')
    self->next++;
  g_string_append_len (self->out, start, self->next - start);
}

static gboolean
repair_string (Repair *self)
{
  g_string_append_c (self->out, '"');
  self->next++;

  for (;;)
    {
      char c;

      copy_plain (self);
      if (self->next == self->end)
        return FALSE;

      c = *self->next;
      if (c == '"')
        {
          g_string_append_c (self->out, c);
          self->next++;
          return TRUE;
        }

      if (c == '\\')
        {
          repair_escape (self);
        }
      else if (is_blank (c))
        {
          /* Escaped rather than dropped: a token with one in it must still be seen to be wrong */
          if (c != '\0')
            g_string_append_printf (self->out, "\\u%04x", (guint) c);
          self->next++;
        }
      else
        {
          repair_character (self);
        }
    }
}

static gboolean
is_number (const char *word, gboolean *is_integer)
{
  const char *c = word + (*word == '-');

  if (!g_ascii_isdigit (*c))
    return FALSE;
  while (g_ascii_isdigit (*c))
    c++;

  *is_integer = *c == '\0';

  if (*c == '.')
    {
      if (!g_ascii_isdigit (*++c))
        return FALSE;
      while (g_ascii_isdigit (*c))
        c++;
    }

  if (*c == 'e' || *c == 'E')
    {
      c++;
      if (*c == '+' || *c == '-')
        c++;
      if (!g_ascii_isdigit (*c))
        return FALSE;
      while (g_ascii_isdigit (*c))
        c++;
    }

  return *c == '\0';
}

static void
append_integer (Repair *self, const char *word)
{
  gboolean too_long = FALSE;
  const char *digits = word + (*word == '-');

  while (digits[0] == '0' && digits[1] != '\0')
    digits++;

  /* json-glib has signed integers only, which are too small for the largest IDs; as text they survive */
  too_long = strlen (digits) > MAX_INTEGER_DIGITS;
  if (too_long)
    g_string_append_c (self->out, '"');
  if (*word == '-')
    g_string_append_c (self->out, '-');
  g_string_append (self->out, digits);
  if (too_long)
    g_string_append_c (self->out, '"');
}

static void
append_real (Repair *self, const char *word)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double value = g_ascii_strtod (word, NULL);

  g_string_append (self->out, isfinite (value) ? g_ascii_dtostr (text, sizeof text, value) : "null");
}

static gboolean
repair_word (Repair *self)
{
  const char *start = self->next;
  char short_word[32] = "";
  g_autofree char *long_word = NULL;
  const char *word = short_word;
  gboolean is_integer = FALSE;
  gsize length;

  while (self->next < self->end && is_word (*self->next))
    self->next++;
  length = self->next - start;
  if (length < sizeof short_word)
    {
      memcpy (short_word, start, length);
      short_word[length] = '\0';
    }
  else
    {
      word = long_word = g_strndup (start, length);
    }

  if (g_str_equal (word, "true") || g_str_equal (word, "false") || g_str_equal (word, "null"))
    g_string_append (self->out, word);
  else if (is_number (word, &is_integer))
    (is_integer ? append_integer : append_real) (self, word);
  else if (g_ascii_strcasecmp (word + (*word == '-'), "nan") == 0 ||
           g_ascii_strcasecmp (word + (*word == '-'), "inf") == 0 ||
           g_ascii_strcasecmp (word + (*word == '-'), "infinity") == 0)
    g_string_append (self->out, "null");
  else
    return FALSE;

  return TRUE;
}

static gboolean
repair_bracket (Repair *self)
{
  char c = *self->next++;

  if (c == '{' || c == '[')
    {
      if (self->depth == LATCH_JSON_MAX_DEPTH)
        return FALSE;
      self->closers[self->depth++] = c == '{' ? '}' : ']';
    }
  else
    {
      if (self->depth == 0 || self->closers[self->depth - 1] != c)
        return FALSE;
      self->depth--;
    }

  g_string_append_c (self->out, c);

  return TRUE;
}

static gboolean
repair_token (Repair *self)
{
  char c = *self->next;

  if (strchr ("{}[]", c) != NULL)
    return repair_bracket (self);
  if (c == '"')
    return repair_string (self);
  if (is_word (c))
    return repair_word (self);
  if (c != ',' && c != ':')
    return FALSE;

  g_string_append_c (self->out, c);
  self->next++;

  return TRUE;
}

static void
skip_blanks (Repair *self)
{
  gboolean any = FALSE;

  for (; self->next < self->end && is_blank (*self->next); self->next++)
    any = TRUE;

  if (any)
    g_string_append_c (self->out, ' ');
}

/**
 * latch_json_repair:
 * @data: (nullable): what came from the network, at least @length bytes
 * @repaired_length: (out): the length of what is returned
 *
 * Makes valid UTF-8 with proper escapes from an array or object that is JSON but for what bridges are known to get
 * wrong. What it returns is nested no deeper than %LATCH_JSON_MAX_DEPTH and safe to hand to a recursive parser; it may
 * still have commas and colons in wrong places.
 *
 * Returns: (transfer full): the repaired text; %NULL with %LATCH_ERROR_NOT_A_BRIDGE if it is something else than JSON
 *   altogether, with %LATCH_ERROR_MALFORMED if it is broken
 */
char *
latch_json_repair (const char *data, gsize length, gsize *repaired_length, GError **error)
{
  g_autoptr (GString) out = NULL;
  /* Of nothing at all, there may be no address to count from */
  Repair self = { .next = data, .end = length > 0 ? data + length : data };

  if (length >= 3 && memcmp (data, BYTE_ORDER_MARK, 3) == 0)
    self.next += 3;
  while (self.next < self.end && is_blank (*self.next))
    self.next++;

  if (self.next == self.end)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_MALFORMED,
                           _("The bridge’s answer is empty. Try again in a moment"));
      return NULL;
    }

  if (*self.next != '{' && *self.next != '[')
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE,
                           _("Something else than a Nuki bridge answered. Check the address"));
      return NULL;
    }

  out = self.out = g_string_sized_new (length + 1);

  do
    {
      if (!repair_token (&self))
        break;
      skip_blanks (&self);
    }
  while (self.depth > 0 && self.next < self.end);

  if (self.next < self.end)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_MALFORMED,
                           _("The bridge’s answer cannot be understood. Try again; if that does not help, restart the bridge"));
      return NULL;
    }

  if (self.depth > 0)
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_MALFORMED,
                           _("The bridge’s answer is cut short. Try again in a moment"));
      return NULL;
    }

  *repaired_length = out->len;

  return g_string_free (g_steal_pointer (&out), FALSE);
}
