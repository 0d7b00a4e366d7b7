/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-words.h"

#include <string.h>

/* What a library may answer by itself, with its headers */
#define MAX_ANSWER_SIZE 600

/* Letters that are escaped without need are the same letters, and what is dotted is a detour (RFC 3986, section 6) */
static gboolean
is_target (const char *target, const char *path)
{
  g_autofree char *url = target[0] == '/' ? g_strconcat ("http://here", target, NULL) : g_strdup (target);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  return uri != NULL && g_str_equal (g_uri_get_path (uri), path) && g_uri_get_query (uri) == NULL;
}

static gboolean
is_post_line (const char *line, const char *path)
{
  g_auto (GStrv) words = g_strsplit_set (line, " \t", -1);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (found, words[i]);

  return found->len >= 3 && g_str_equal (found->pdata[0], "POST") && is_target (found->pdata[1], path) &&
         g_regex_match_simple ("^HTTP/0*1\\.", found->pdata[2], G_REGEX_RAW, 0);
}

/* Returns: (nullable): what follows the empty line after the headers */
static const guint8 *
find_body (const guint8 *start, const guint8 *end)
{
  for (const guint8 *c = start; c < end; c++)
    if (*c == '\n')
      {
        const guint8 *next = c + 1;

        if (next < end && *next == '\r')
          next++;
        if (next < end && *next == '\n')
          return next + 1;
      }

  return NULL;
}

gboolean
http_read_post (const guint8 *bytes, gsize size, const char *path, HttpPost *post)
{
  const guint8 *end = bytes + size;
  const guint8 *body = NULL;
  const guint8 *line_end = NULL;
  g_autofree char *line = NULL;
  g_autofree char *head = NULL;
  g_autofree char *number = NULL;
  const char *word = NULL;
  g_autoptr (GRegex) length = g_regex_new ("^content-length:[ \t]*([0-9]+)[ \t\r]*\n(?![ \t])",
                                           G_REGEX_CASELESS | G_REGEX_MULTILINE | G_REGEX_RAW | G_REGEX_NEWLINE_LF, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint64 announced = 0;

  while (bytes < end && (*bytes == '\r' || *bytes == '\n'))
    bytes++;
  line_end = memchr (bytes, '\n', end - bytes);
  body = find_body (bytes, end);
  if (line_end == NULL || body == NULL)
    return FALSE;

  line = g_strstrip (g_strndup ((const char *) bytes, line_end - bytes));
  if (!is_post_line (line, path))
    return FALSE;

  *post = (HttpPost) { 0 };
  head = g_strndup ((const char *) line_end, body - line_end);
  /* Libraries have their own ways with parts and zeros, and with lengths that contradict each other */
  if (strlen (head) < (gsize) (body - line_end) || strcasestr (head, "transfer-encoding") != NULL ||
      !g_regex_match (length, head, 0, &match))
    return TRUE;
  number = g_match_info_fetch (match, 1);
  word = strcasestr (head, "content-length");
  if (strcasestr (word + 1, "content-length") != NULL)
    return TRUE;

  if (!g_ascii_string_to_unsigned (number, 10, 0, end - body, &announced, NULL))
    return FALSE;
  post->body = body;
  post->size = announced;

  return TRUE;
}

guint
http_read_status (const GString *text)
{
  const char *answer = text->str;
  guint status = 0;

  if (text->len == 0)
    return 0;

  g_assert_cmpuint (text->len, ==, strlen (answer));
  g_assert_cmpuint (text->len, <, MAX_ANSWER_SIZE);
  if (g_str_has_prefix (answer, "HTTP/1.1 100 ") || g_str_has_prefix (answer, "HTTP/1.0 100 "))
    {
      const char *rest = strstr (answer, "\r\n\r\n");

      g_assert_nonnull (rest);
      answer = rest + 4;
      if (answer[0] == '\0')
        return 0;
    }

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 ") || g_str_has_prefix (answer, "HTTP/1.0 "));
  status = g_ascii_strtoull (answer + strlen ("HTTP/1.x "), NULL, 10);
  g_assert_nonnull (strstr (answer, "\r\n\r\n"));
  g_assert_null (strstr (answer + 1, "HTTP/1."));

  return status;
}
