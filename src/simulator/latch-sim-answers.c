/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-answers.h"

#include "latch-sim-mangle.h"

#include <string.h>

#define JSON_TYPE "application/json;charset=utf-8"
#define TEXT_TYPE "text/plain;charset=utf-8"

/**
 * latch_sim_answer_json:
 * @node: (transfer full): the body
 */
void
latch_sim_answer_json (LatchSimExchange *exchange,
                       JsonNode         *node)
{
  g_autoptr (JsonNode) owned = node;
  char *text = json_to_string (owned, FALSE);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  latch_sim_exchange_answer (exchange, SOUP_STATUS_OK, JSON_TYPE, body);
}

/**
 * latch_sim_answer_builder:
 * @builder: (transfer none): the body, complete
 */
void
latch_sim_answer_builder (LatchSimExchange *exchange,
                          JsonBuilder      *builder)
{
  latch_sim_answer_json (exchange, json_builder_get_root (builder));
}

/**
 * latch_sim_answer_success:
 * @message: (nullable): why it was no success
 */
void
latch_sim_answer_success (LatchSimExchange *exchange,
                          gboolean          success,
                          const char       *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "success");
  json_builder_add_boolean_value (builder, success);
  if (message != NULL)
    {
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, message);
    }
  json_builder_end_object (builder);
  latch_sim_answer_builder (exchange, builder);
}

/**
 * latch_sim_answer_nothing:
 *
 * The answer of endpoints whose documentation says "No response".
 */
void
latch_sim_answer_nothing (LatchSimExchange *exchange)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);

  latch_sim_exchange_answer (exchange, SOUP_STATUS_OK, JSON_TYPE, body);
}

/**
 * latch_sim_answer_error:
 * @status: an HTTP status
 *
 * Hardware bridges describe errors in plain text, software bridges in JSON.
 */
void
latch_sim_answer_error (LatchSimExchange *exchange,
                        guint             status)
{
  const char *what = status == SOUP_STATUS_UNAUTHORIZED ? "invalid api token" : latch_sim_exchange_get_phrase (status);
  char *text;
  g_autoptr (GBytes) body = NULL;

  if (latch_sim_exchange_is_software (exchange))
    text = g_strdup_printf ("{\"error\":\"%s\"}", what);
  else
    text = g_strdup_printf ("HTTP %u %s", status, latch_sim_exchange_get_phrase (status));
  body = g_bytes_new_take (text, strlen (text));

  latch_sim_exchange_answer (exchange, status, latch_sim_exchange_is_software (exchange) ? JSON_TYPE : TEXT_TYPE, body);
}

/**
 * latch_sim_answer_text:
 *
 * For the simulator's own paths, whose users want to read what is wrong.
 */
void
latch_sim_answer_text (LatchSimExchange *exchange,
                       guint             status,
                       const char       *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  latch_sim_exchange_answer (exchange, status, TEXT_TYPE, body);
}

/**
 * latch_sim_answer_badly:
 *
 * Lets the fault happen, if it is one that keeps the bridge from acting.
 *
 * Returns: whether the request has been dealt with
 */
gboolean
latch_sim_answer_badly (LatchSimExchange *exchange)
{
  guint status;
  LatchSimFaultKind kind = latch_sim_exchange_get_fault (exchange, &status);
  g_autoptr (GBytes) body = NULL;

  switch (kind)
    {
    case LATCH_SIM_FAULT_REFUSE:
      latch_sim_exchange_drop (exchange, FALSE);
      return TRUE;

    case LATCH_SIM_FAULT_RESET:
      latch_sim_exchange_drop (exchange, TRUE);
      return TRUE;

    case LATCH_SIM_FAULT_HANG:
      latch_sim_exchange_watch (exchange);
      return TRUE;

    case LATCH_SIM_FAULT_STATUS:
      latch_sim_answer_error (exchange, status);
      return TRUE;

    case LATCH_SIM_FAULT_REDIRECT:
      latch_sim_exchange_redirect (exchange);
      return TRUE;

    case LATCH_SIM_FAULT_GARBAGE:
    case LATCH_SIM_FAULT_HUGE:
    case LATCH_SIM_FAULT_DEEP:
    case LATCH_SIM_FAULT_EMPTY:
    case LATCH_SIM_FAULT_SUCCESS_FALSE:
      body = latch_sim_mangle_invent (kind);
      latch_sim_exchange_answer (exchange, SOUP_STATUS_OK, JSON_TYPE, body);
      return TRUE;

    default:
      return FALSE;
    }
}
