/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-json.h"

#include "latch-codec.h"

#include <math.h>

/* Nothing that an owner named, and no callback's address, is longer than that. */
#define MAX_TEXT_CHARACTERS 256

/* Every integer up to here is exact in a double. */
#define MAX_EXACT_DOUBLE 9007199254740992.0

/* Returns: (nullable): a value that is no object or array, or %NULL */
static JsonNode *
get_value (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static gboolean
double_to_int (double real, gint64 *value)
{
  if (!isfinite (real) || fabs (real) > MAX_EXACT_DOUBLE || real != trunc (real))
    return FALSE;

  *value = real;
  return TRUE;
}

static gboolean
text_to_int (const char *text, gint64 *value)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char *end = NULL;
  double real;

  if (g_ascii_string_to_signed (stripped, 10, G_MININT64, G_MAXINT64, value, NULL))
    return TRUE;

  real = g_ascii_strtod (stripped, &end);
  return end != stripped && *end == '\0' && double_to_int (real, value);
}

static gboolean
get_int (JsonObject *object, const char *name, gint64 *value)
{
  JsonNode *node = get_value (object, name);

  if (node == NULL)
    return FALSE;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      *value = json_node_get_int (node);
      return TRUE;
    case G_TYPE_DOUBLE:
      return double_to_int (json_node_get_double (node), value);
    case G_TYPE_STRING:
      return text_to_int (json_node_get_string (node), value);
    default:
      return FALSE;
    }
}

/* Controls that turn the direction of writing could make one name look like another, or spill into the next text. */
static gboolean
is_harmful (gunichar character)
{
  return g_unichar_iscntrl (character) || (character >= 0x202a && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

/**
 * latch_json_get_object:
 *
 * Returns: (transfer none) (nullable): the member if it is an object
 */
JsonObject *
latch_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * latch_json_get_array:
 *
 * Returns: (transfer none) (nullable): the member if it is an array
 */
JsonArray *
latch_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * latch_json_get_int:
 * @fallback: what to return where there is no such member, or where it is no whole number from @minimum to @maximum
 *
 * Takes numbers in quotes and with a fraction of zero, too.
 */
gint64
latch_json_get_int (JsonObject *object, const char *name, gint64 minimum, gint64 maximum, gint64 fallback)
{
  gint64 value;

  if (!get_int (object, name, &value) || value < minimum || value > maximum)
    return fallback;

  return value;
}

/**
 * latch_json_get_code:
 *
 * Returns: the number that stands for a state or a type, -1 where it is missing or cannot be one
 */
int
latch_json_get_code (JsonObject *object, const char *name)
{
  return latch_json_get_int (object, name, 0, G_MAXINT, -1);
}

/**
 * latch_json_get_flag:
 *
 * Takes 0, 1, "true" and the like, too.
 *
 * Returns: the flag, %LATCH_TRISTATE_UNKNOWN where it is missing or something else
 */
LatchTristate
latch_json_get_flag (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  if (node == NULL)
    return LATCH_TRISTATE_UNKNOWN;

  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? LATCH_TRISTATE_YES : LATCH_TRISTATE_NO;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *text = g_strstrip (g_strdup (json_node_get_string (node)));

      if (g_ascii_strcasecmp (text, "true") == 0)
        return LATCH_TRISTATE_YES;
      if (g_ascii_strcasecmp (text, "false") == 0)
        return LATCH_TRISTATE_NO;
    }

  return latch_json_get_int (object, name, LATCH_TRISTATE_NO, LATCH_TRISTATE_YES, LATCH_TRISTATE_UNKNOWN);
}

/**
 * latch_json_get_text:
 *
 * For texts that people will see: without controls, without blanks around, of a bounded length.
 *
 * Returns: (transfer full) (nullable): the text, %NULL where it is missing, empty, or no text
 */
char *
latch_json_get_text (JsonObject *object, const char *name)
{
  const char *raw = latch_json_get_raw_text (object, name);
  g_autoptr (GString) clean = NULL;
  guint length = 0;

  if (raw == NULL)
    return NULL;

  clean = g_string_new (NULL);
  for (; *raw != '\0' && length < MAX_TEXT_CHARACTERS; raw = g_utf8_next_char (raw))
    {
      gunichar character = g_utf8_get_char (raw);

      if (g_unichar_isspace (character))
        character = ' ';
      else if (is_harmful (character))
        continue;
      g_string_append_unichar (clean, character);
      length++;
    }
  g_strstrip (clean->str);

  return clean->str[0] != '\0' ? g_strdup (clean->str) : NULL;
}

/**
 * latch_json_get_raw_text:
 *
 * Returns: (transfer none) (nullable): the text as it came, %NULL where it is missing or no text
 */
const char *
latch_json_get_raw_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/**
 * latch_json_get_time:
 *
 * Returns: seconds since 1970 in UTC, 0 where the time is missing or not one
 */
gint64
latch_json_get_time (JsonObject *object, const char *name)
{
  const char *text = latch_json_get_raw_text (object, name);
  gint64 seconds;

  if (text == NULL || !latch_codec_parse_timestamp (text, &seconds))
    return 0;

  return MAX (seconds, 0);
}

/**
 * latch_json_get_id:
 *
 * Returns: the ID, 0 where it is missing or cannot be one. Numbers are decimal; for text see
 *   latch_codec_parse_nuki_id().
 */
guint64
latch_json_get_id (JsonObject *object, const char *name)
{
  const char *text = latch_json_get_raw_text (object, name);
  guint64 id;

  if (text != NULL)
    return latch_codec_parse_nuki_id (text, &id) ? id : 0;

  return latch_json_get_int (object, name, 1, G_MAXINT64, 0);
}
