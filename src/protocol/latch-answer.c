/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-answer.h"

#include "latch-codec.h"
#include "latch-error.h"
#include "latch-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * latch_answer_set_malformed:
 *
 * Says that an answer cannot be understood.
 */
void
latch_answer_set_malformed (GError **error)
{
  g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_MALFORMED,
                       _("The bridge’s answer cannot be understood. Try again; if that does not help, restart the bridge"));
}

/**
 * latch_answer_set_refused:
 * @object: an answer with `success: false`
 *
 * Says that the bridge refused, with its own `message` where there is one (spec: /callback/add). Not for /lockState and
 * /lockAction, where `success: false` has a meaning of its own.
 */
void
latch_answer_set_refused (JsonObject *object, GError **error)
{
  g_autofree char *message = latch_json_get_text (object, "message");

  if (message != NULL && strstr (message, "too many callbacks") != NULL)
    g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_FULL,
                         _("All three places for instant updates are taken by other programs. Free one of them first"));
  else if (message != NULL)
    g_set_error (error, LATCH_ERROR, LATCH_ERROR_REFUSED,
                 /* Translators: %s is what the bridge itself said, in English */
                 _("The bridge refused: %s"), message);
  else
    g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_REFUSED,
                         _("The bridge refused without giving a reason. Try again in a moment"));
}

/**
 * latch_answer_parse_object:
 * @object: (out) (transfer none): the object in the document
 *
 * Returns: (transfer full): the document, %NULL unless it is an object
 */
JsonNode *
latch_answer_parse_object (GBytes *body, JsonObject **object, GError **error)
{
  g_autoptr (JsonNode) root = latch_codec_parse (body, error);

  if (root == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      latch_answer_set_malformed (error);
      return NULL;
    }

  *object = json_node_get_object (root);

  return g_steal_pointer (&root);
}

/**
 * latch_answer_decode_items:
 * @decode: decodes one item
 * @free_item: frees what @decode returns
 *
 * Decodes the objects among @array's items. One that cannot be used does not spoil the others; but if none can, this
 * fails with %LATCH_ERROR_MALFORMED, since "there are none" would be a lie.
 *
 * Returns: (transfer full): the decoded items
 */
GPtrArray *
latch_answer_decode_items (JsonArray *array, LatchAnswerDecodeItem decode, GDestroyNotify free_item, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  guint n_items = json_array_get_length (array);

  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gpointer item = JSON_NODE_HOLDS_OBJECT (node) ? decode (json_node_get_object (node)) : NULL;

      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  if (items->len < n_items)
    g_debug ("Skipped %u of %u items, which cannot be used", n_items - items->len, n_items);

  if (n_items > 0 && items->len == 0)
    {
      latch_answer_set_malformed (error);
      return NULL;
    }

  return g_steal_pointer (&items);
}

/**
 * latch_answer_decode_array:
 *
 * Does the same as latch_answer_decode_items() with a whole answer.
 *
 * Returns: (transfer full): the decoded items
 */
GPtrArray *
latch_answer_decode_array (GBytes *body, LatchAnswerDecodeItem decode, GDestroyNotify free_item, GError **error)
{
  g_autoptr (JsonNode) root = latch_codec_parse (body, error);

  if (root == NULL)
    return NULL;

  if (JSON_NODE_HOLDS_OBJECT (root) &&
      latch_json_get_flag (json_node_get_object (root), "success") == LATCH_TRISTATE_NO)
    {
      latch_answer_set_refused (json_node_get_object (root), error);
      return NULL;
    }

  if (!JSON_NODE_HOLDS_ARRAY (root))
    {
      latch_answer_set_malformed (error);
      return NULL;
    }

  return latch_answer_decode_items (json_node_get_array (root), decode, free_item, error);
}
