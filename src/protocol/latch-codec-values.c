/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-codec.h"

#include <string.h>

static void
skip_blanks (const char **text)
{
  while (g_ascii_isspace (**text))
    (*text)++;
}

/* Reads exactly @n_digits digits */
static gboolean
read_digits (const char **text, guint n_digits, int *value)
{
  *value = 0;

  for (guint i = 0; i < n_digits; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + g_ascii_digit_value (**text);
    }

  return TRUE;
}

static gboolean
read_character (const char **text, char character)
{
  if (**text != character)
    return FALSE;

  (*text)++;
  return TRUE;
}

/* Reads `+02:00`, `-0330`, `+02` */
static gboolean
read_offset (const char **text, int *seconds)
{
  int sign = **text == '-' ? -1 : 1;
  int hours;
  int minutes = 0;

  (*text)++;
  if (!read_digits (text, 2, &hours))
    return FALSE;

  if (read_character (text, ':') || g_ascii_isdigit (**text))
    if (!read_digits (text, 2, &minutes))
      return FALSE;

  *seconds = sign * (hours * 3600 + minutes * 60);

  return hours < 24 && minutes < 60;
}

/**
 * latch_codec_parse_timestamp:
 * @text: a time as a bridge sends it
 * @seconds: (out): seconds since 1970 in UTC
 *
 * Reads a time as the specification's examples show it (`…Z` and `…+00:00`), as the software bridge sends it (with
 * an offset), without a zone (which means UTC), and broken over two lines as in the example of the discovery.
 *
 * Returns: whether @text is a time
 */
gboolean
latch_codec_parse_timestamp (const char *text, gint64 *seconds)
{
  g_autoptr (GDateTime) date_time = NULL;
  int year, month, day, hour, minute, second;
  int offset = 0;

  skip_blanks (&text);
  if (!read_digits (&text, 4, &year) || !read_character (&text, '-') || !read_digits (&text, 2, &month) ||
      !read_character (&text, '-') || !read_digits (&text, 2, &day))
    return FALSE;

  skip_blanks (&text);
  if (*text == 'T' || *text == 't')
    text++;
  skip_blanks (&text);
  if (!read_digits (&text, 2, &hour) || !read_character (&text, ':') || !read_digits (&text, 2, &minute) ||
      !read_character (&text, ':') || !read_digits (&text, 2, &second))
    return FALSE;

  if (read_character (&text, '.'))
    while (g_ascii_isdigit (*text))
      text++;

  skip_blanks (&text);
  if (*text == 'Z' || *text == 'z')
    text++;
  else if ((*text == '+' || *text == '-') && !read_offset (&text, &offset))
    return FALSE;

  skip_blanks (&text);
  if (*text != '\0')
    return FALSE;

  date_time = g_date_time_new_utc (year, month, day, hour, minute, MIN (second, 59));
  if (date_time == NULL || second > 60)
    return FALSE;

  *seconds = g_date_time_to_unix (date_time) - offset;

  return TRUE;
}

/**
 * latch_codec_parse_nuki_id:
 * @text: an ID, decimal as bridges send it, or hexadecimal as the vendor's app shows it
 * @nuki_id: (out): the ID
 *
 * Digits alone are decimal, unless `0x` or a leading zero among eight says that they are not: the app pads IDs to eight
 * hexadecimal digits, and a decimal number is not padded.
 *
 * Returns: whether @text is an ID; 0 is none
 */
gboolean
latch_codec_parse_nuki_id (const char *text, guint64 *nuki_id)
{
  g_autofree char *digits = g_strstrip (g_strdup (text));
  gboolean has_prefix = g_ascii_strncasecmp (digits, "0x", 2) == 0;
  gboolean is_decimal = !has_prefix && strspn (digits, "0123456789") == strlen (digits) &&
                        !(digits[0] == '0' && strlen (digits) == 8);

  return g_ascii_string_to_unsigned (has_prefix ? digits + 2 : digits, is_decimal ? 10 : 16, 1, G_MAXUINT64,
                                     nuki_id, NULL);
}
