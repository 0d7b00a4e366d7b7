/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-mangle.h"

#include <string.h>

#define HUGE_SIZE (16 * 1024 * 1024)
#define DEEP_LEVELS 100000

typedef JsonNode *(*ChangeValue) (const char *name,
                                  JsonNode   *value);

static gboolean
is_id (const char *name)
{
  return g_str_has_suffix (name, "Id") || g_str_equal (name, "id");
}

static gboolean
is_container (JsonNode *value)
{
  return JSON_NODE_HOLDS_OBJECT (value) || JSON_NODE_HOLDS_ARRAY (value);
}

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* Nothing can be made of the results: not even a very tolerant reader gets a number out of a list. */
static JsonNode *
change_type (const char *name,
             JsonNode   *value)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    return json_node_init_int (json_node_alloc (), 7);
  if (JSON_NODE_HOLDS_ARRAY (value))
    return new_string ("an array was here");

  switch (json_node_get_value_type (value))
    {
    case G_TYPE_STRING:
      return json_from_string ("{\"text\": []}", NULL);
    case G_TYPE_BOOLEAN:
      return new_string ("maybe");
    default:
      return json_from_string ("[null, {}]", NULL);
    }
}

/* Some bridges, and software that stands in for them, are sloppy in this way; all is still there. */
static JsonNode *
change_to_string (const char *name,
                  JsonNode   *value)
{
  g_autofree char *text = NULL;

  if (is_container (value) || json_node_get_value_type (value) == G_TYPE_STRING)
    return NULL;

  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    text = g_strdup (json_node_get_boolean (value) ? "true" : "false");
  else if (g_str_equal (name, "nukiId"))
    text = g_strdup_printf ("%08X", (guint) json_node_get_int (value));
  else
    text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));

  return new_string (text);
}

static JsonNode *
change_to_null (const char *name,
                JsonNode   *value)
{
  if (is_id (name) || g_str_equal (name, "success") || is_container (value))
    return NULL;

  return json_node_new (JSON_NODE_NULL);
}

static void change_values (JsonNode   *node,
                           ChangeValue change);

static void
change_members (JsonObject *object,
                ChangeValue change)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    {
      JsonNode *value = json_object_get_member (object, member->data);
      JsonNode *changed = change (member->data, value);

      if (changed != NULL)
        json_object_set_member (object, member->data, changed);
      else
        change_values (value, change);
    }
}

static void
change_values (JsonNode   *node,
               ChangeValue change)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      change_members (json_node_get_object (node), change);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        change_values (json_array_get_element (array, i), change);
    }
}

static GBytes *
change_json (GBytes     *body,
             ChangeValue change)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonNode) root = NULL;
  char *changed;

  if (!json_parser_load_from_data (parser, text, size, NULL) || json_parser_get_root (parser) == NULL)
    return g_bytes_ref (body);

  root = json_parser_steal_root (parser);
  change_values (root, change);
  changed = json_to_string (root, FALSE);

  return g_bytes_new_take (changed, strlen (changed));
}

/* What people may have typed, or a buffer may have spilled into; IDs, tokens and times stay clean. */
static gboolean
is_text (const char *name,
         gsize       length)
{
  static const char *const endings[] = { "name", "Name", "message", "type", "url" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize ending = strlen (endings[i]);

      if (length >= ending && memcmp (name + length - ending, endings[i], ending) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Adds @dirt at the end of strings that are meant for people. */
static GBytes *
soil_strings (GBytes     *body,
              const char *dirt)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  GByteArray *soiled = g_byte_array_sized_new (size * 2);
  gboolean inside = FALSE;
  gboolean is_value = FALSE;
  gboolean dirty = FALSE;
  gsize start = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (inside && text[i] == '\\' && i + 1 < size)
        {
          g_byte_array_append (soiled, (const guint8 *) text + i++, 1);
        }
      else if (text[i] == '"')
        {
          if (inside && is_value && dirty)
            g_byte_array_append (soiled, (const guint8 *) dirt, strlen (dirt));
          else if (inside && !is_value)
            dirty = is_text (text + start, i - start);
          start = i + 1;
          inside = !inside;
        }
      else if (!inside && text[i] == ':')
        {
          is_value = TRUE;
        }
      else if (!inside && strchr (",{[", text[i]) != NULL)
        {
          is_value = FALSE;
        }
      g_byte_array_append (soiled, (const guint8 *) text + i, 1);
    }

  return g_byte_array_free_to_bytes (soiled);
}

/**
 * latch_sim_mangle:
 * @kind: a fault that spoils an answer
 * @body: the body of the proper answer
 *
 * Returns: (transfer full): what is sent in place of @body
 */
GBytes *
latch_sim_mangle (LatchSimFaultKind kind,
                  GBytes           *body)
{
  static const char failure[] = "{\"success\": false}";

  switch (kind)
    {
    case LATCH_SIM_FAULT_WRONG_TYPES:
      return change_json (body, change_type);
    case LATCH_SIM_FAULT_STRINGS:
      return change_json (body, change_to_string);
    case LATCH_SIM_FAULT_NULLS:
      return change_json (body, change_to_null);
    case LATCH_SIM_FAULT_BAD_UTF8:
      return soil_strings (body, "\xff\xc3(\xed\xa0\x80");
    case LATCH_SIM_FAULT_CONTROL_CHAR:
      /* Seen on real bridges: 0x11 after the 32 bytes of a name */
      return soil_strings (body, "\x11\x01\x1f");
    case LATCH_SIM_FAULT_FALSE_FAILURE:
      return g_bytes_new_static (failure, strlen (failure));
    default:
      return g_bytes_ref (body);
    }
}

static GBytes *
repeat (const char *start,
        const char *piece,
        gsize       size,
        const char *end)
{
  GByteArray *bytes = g_byte_array_sized_new (size + 64);

  g_byte_array_append (bytes, (const guint8 *) start, strlen (start));
  while (bytes->len < size)
    g_byte_array_append (bytes, (const guint8 *) piece, strlen (piece));
  g_byte_array_append (bytes, (const guint8 *) end, strlen (end));

  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
nest (void)
{
  char *text = g_malloc (2 * DEEP_LEVELS);

  memset (text, '[', DEEP_LEVELS);
  memset (text + DEEP_LEVELS, ']', DEEP_LEVELS);

  return g_bytes_new_take (text, 2 * DEEP_LEVELS);
}

/**
 * latch_sim_mangle_invent:
 * @kind: a fault that answers without having listened
 *
 * Returns: (transfer full): the body of such an answer
 */
GBytes *
latch_sim_mangle_invent (LatchSimFaultKind kind)
{
  static const char garbage[] = "\x7f" "ELF\x02\x01\x01 <html>{]\xfe\xff not what you \"asked for";
  static const char failure[] = "{\"success\": false}";

  switch (kind)
    {
    case LATCH_SIM_FAULT_GARBAGE:
      return g_bytes_new_static (garbage, sizeof garbage);
    case LATCH_SIM_FAULT_HUGE:
      return repeat ("[{\"nukiId\": 1, \"name\": \"Home\"}", ",{\"nukiId\": 1, \"name\": \"Home\"}", HUGE_SIZE, "]");
    case LATCH_SIM_FAULT_DEEP:
      return nest ();
    case LATCH_SIM_FAULT_SUCCESS_FALSE:
      return g_bytes_new_static (failure, strlen (failure));
    default:
      return g_bytes_new_static ("", 0);
    }
}

/**
 * latch_sim_mangle_post:
 * @kind: what goes wrong with something that the bridge sends of its own accord
 * @body: what it would have sent
 *
 * Returns: (transfer full) (nullable): what is sent in place of @body, %NULL if nothing is
 */
GBytes *
latch_sim_mangle_post (LatchSimFaultKind kind,
                       GBytes           *body)
{
  switch (kind)
    {
    case LATCH_SIM_FAULT_NONE:
    case LATCH_SIM_FAULT_WRONG_TYPES:
    case LATCH_SIM_FAULT_STRINGS:
    case LATCH_SIM_FAULT_NULLS:
    case LATCH_SIM_FAULT_BAD_UTF8:
    case LATCH_SIM_FAULT_CONTROL_CHAR:
    case LATCH_SIM_FAULT_FALSE_FAILURE:
      return latch_sim_mangle (kind, body);

    case LATCH_SIM_FAULT_GARBAGE:
    case LATCH_SIM_FAULT_HUGE:
    case LATCH_SIM_FAULT_DEEP:
    case LATCH_SIM_FAULT_EMPTY:
    case LATCH_SIM_FAULT_SUCCESS_FALSE:
      return latch_sim_mangle_invent (kind);

    case LATCH_SIM_FAULT_TRUNCATE:
      return g_bytes_new_from_bytes (body, 0, g_bytes_get_size (body) / 2);

    case LATCH_SIM_FAULT_REFUSE:
    case LATCH_SIM_FAULT_HANG:
    case LATCH_SIM_FAULT_RESET:
    case LATCH_SIM_FAULT_REDIRECT:
    case LATCH_SIM_FAULT_STATUS:
    case LATCH_SIM_FAULT_SLOW:
    case LATCH_SIM_FAULT_LOST_RESPONSE:
    default:
      return NULL;
    }
}
