/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-mask.h"

#include <string.h>

/* Nobody writes words of that length: it is a hash, a nonce, or the secret part of a callback */
#define LONGEST_WORD 23

/* What ends an address within a sentence, and what after an address is still the sentence's */
#define ADDRESS_ENDS " \t\r\n\"<>{}"
#define SENTENCE_MARKS ",;.:!)'"

/* Whoever writes a text about a text that is about a text */
#define MAX_ENCODED 4

/* What requests may say in the clear; anything else may be, or hold, a secret */
static const char *const open_parameters[] = {
  "nukiId", "deviceType", "action", "noWait", "nowait", "enable", "offset", "count", "id", "scope", NULL
};

static gboolean
is_secret_member (const char *name)
{
  static const char *const parts[] = { "token", "secret", "passw", "psk", "nonce", "hash", "apikey", "api_key" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (lower, parts[i]) != NULL)
      return TRUE;

  return g_str_equal (lower, "key") || g_str_equal (lower, "pin");
}

/* Bridges may write a token in the other case, where it is a number */
static gboolean
is_token (const char *word, LatchClient *client)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);
  g_autofree char *upper = g_ascii_strup (word, -1);

  return client != NULL && (latch_client_knows_token (client, word) || latch_client_knows_token (client, lower) ||
                            latch_client_knows_token (client, upper));
}

static gboolean
is_secret_word (const char *word, LatchClient *client)
{
  return (strlen (word) > LONGEST_WORD && strpbrk (word, "0123456789") != NULL) ||
         is_token (word, client);
}

/* A token that a person has typed may have dashes and the like within; what follows “token=” is one, whosever it is */
static void
append_words (GString *masked, const char *text, gsize length, LatchClient *client)
{
  const char *end = text + length;
  gboolean announced = FALSE;

  while (text < end)
    {
      const char *start = text;
      g_autofree char *word = NULL;
      g_autofree char *long_word = NULL;
      gsize n_long = 0;

      while (start + n_long < end && !strchr (" \t\r\n\"'<>(){},;=/?&", start[n_long]))
        n_long++;
      long_word = g_strndup (start, n_long);
      if (n_long > 0 && is_token (long_word, client))
        {
          g_string_append (masked, LATCH_LOG_MASK);
          text += n_long;
          announced = FALSE;
          continue;
        }

      while (text < end && g_ascii_isalnum (*text))
        text++;
      word = g_strndup (start, text - start);
      if (announced && *word != '\0')
        g_string_append (masked, LATCH_LOG_MASK);
      else
        g_string_append (masked, is_secret_word (word, client) ? LATCH_LOG_MASK : word);
      announced = text < end && *text == '=' && is_secret_member (word);
      while (text < end && !g_ascii_isalnum (*text))
        g_string_append_c (masked, *text++);
    }
}

static void
append_parameters (GString *masked, const char *query, gsize length, LatchClient *client)
{
  g_autofree char *text = g_strndup (query, length);
  g_auto (GStrv) parameters = g_strsplit (text, "&", -1);

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      char *value = strchr (parameters[i], '=');

      if (i > 0)
        g_string_append_c (masked, '&');
      if (value == NULL)
        {
          append_words (masked, parameters[i], strlen (parameters[i]), client);
          continue;
        }

      *value++ = '\0';
      append_words (masked, parameters[i], strlen (parameters[i]), client);
      g_string_append_c (masked, '=');
      if (g_strv_contains (open_parameters, parameters[i]))
        append_words (masked, value, strlen (value), client);
      else
        g_string_append (masked, LATCH_LOG_MASK);
    }
}

/* Of an address remains where it leads: who listens there put a secret into the path */
static void
append_address (GString *masked, const char *address, gsize length)
{
  gsize host_length = 0;
  const char *user_end = NULL;

  while (host_length < length && strchr ("/?#", address[host_length]) == NULL)
    {
      if (address[host_length] == '@')
        user_end = address + host_length + 1;
      host_length++;
    }

  if (user_end != NULL)
    g_string_append_len (masked, user_end, address + host_length - user_end);
  else
    g_string_append_len (masked, address, host_length);
  if (length > host_length + 1)
    g_string_append (masked, "/" LATCH_LOG_MASK);
  else
    g_string_append_len (masked, address + host_length, length - host_length);
}

static gsize
measure_address (const char *address)
{
  gsize length = strcspn (address, ADDRESS_ENDS);

  while (length > 0 && strchr (SENTENCE_MARKS, address[length - 1]) != NULL)
    length--;

  return length;
}

static char *
mask_plain_text (const char *text, LatchClient *client)
{
  g_autoptr (GString) masked = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *scheme = strstr (text, "://");
      const char *query = strchr (text, '?');
      const char *mark = scheme != NULL && (query == NULL || scheme < query) ? scheme + strlen ("://") : query;
      gsize length;

      if (mark == NULL)
        {
          append_words (masked, text, strlen (text), client);
          break;
        }

      append_words (masked, text, mark - text, client);
      if (mark == query)
        {
          g_string_append_c (masked, *mark++);
          length = measure_address (mark);
          append_parameters (masked, mark, length, client);
        }
      else
        {
          length = measure_address (mark);
          append_address (masked, mark, length);
        }
      text = mark + length;
    }

  return g_string_free_and_steal (g_steal_pointer (&masked));
}

/* What is no proper percent-encoding stays */
static char *
decode (const char *text)
{
  g_autoptr (GString) decoded = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      int high = *p == '%' ? g_ascii_xdigit_value (p[1]) : -1;
      int low = high >= 0 ? g_ascii_xdigit_value (p[2]) : -1;

      if (low >= 0 && high + low > 0)
        {
          g_string_append_c (decoded, (char) (high << 4 | low));
          p += 2;
        }
      else
        g_string_append_c (decoded, *p);
    }

  return g_utf8_make_valid (decoded->str, decoded->len);
}

/**
 * latch_log_mask_text:
 * @text: what a bridge wrote
 * @client: (nullable): knows the bridge's token
 *
 * Returns: (transfer full): @text without tokens, and of URLs only where they lead; where only that shows a secret,
 *   without percent-encoding
 */
char *
latch_log_mask_text (const char *text, LatchClient *client)
{
  g_autofree char *plain = g_strdup (text);

  if (is_token (text, client))
    return g_strdup (LATCH_LOG_MASK);

  for (guint i = 0; i < MAX_ENCODED && strchr (plain, '%') != NULL; i++)
    {
      char *decoded = decode (plain);
      g_autofree char *masked = NULL;

      g_free (plain);
      plain = decoded;
      masked = mask_plain_text (plain, client);
      if (!g_str_equal (masked, plain))
        return mask_plain_text (plain, client);
    }

  return mask_plain_text (text, client);
}

static JsonNode *mask_node (JsonNode *node, LatchClient *client);

static JsonNode *
mask_object (JsonObject *object, LatchClient *client)
{
  g_autoptr (JsonObject) masked = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *shown = latch_log_mask_text (name, client);

      if (is_secret_member (name))
        json_object_set_string_member (masked, shown, LATCH_LOG_MASK);
      else
        json_object_set_member (masked, shown, mask_node (value, client));
    }

  return json_node_init_object (json_node_alloc (), masked);
}

static JsonNode *
mask_array (JsonArray *array, LatchClient *client)
{
  g_autoptr (JsonArray) masked = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (masked, mask_node (json_array_get_element (array, i), client));

  return json_node_init_array (json_node_alloc (), masked);
}

static JsonNode *
mask_node (JsonNode *node, LatchClient *client)
{
  g_autofree char *number = JSON_NODE_HOLDS_VALUE (node) ? json_to_string (node, FALSE) : NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return mask_object (json_node_get_object (node), client);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return mask_array (json_node_get_array (node), client);

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *text = latch_log_mask_text (json_node_get_string (node), client);

      return json_node_init_string (json_node_alloc (), text);
    }

  if (number != NULL && is_token (number, client))
    return json_node_init_string (json_node_alloc (), LATCH_LOG_MASK);

  return json_node_copy (node);
}

/**
 * latch_log_mask:
 * @entry: an entry as the bridge sent it
 * @client: (nullable): knows the bridge's token
 *
 * Returns: (transfer full): the same without secrets, its members in the same order and of the same types
 */
JsonNode *
latch_log_mask (JsonNode *entry, LatchClient *client)
{
  g_return_val_if_fail (entry != NULL, NULL);

  return mask_node (entry, client);
}
