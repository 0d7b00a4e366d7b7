/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-endpoints.h"

static LatchSimLog *
get_log (LatchSimBridge *bridge)
{
  return latch_sim_bridge_get_log (bridge);
}

static void
button_decided_cb (LatchSimButton   *button,
                   gboolean          pressed,
                   LatchSimExchange *exchange)
{
  LatchSimBridge *bridge = g_object_get_data (G_OBJECT (exchange), "bridge");

  g_signal_handlers_disconnect_by_func (button, button_decided_cb, exchange);

  if (pressed)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      latch_sim_json_text (builder, "token", latch_sim_auth_ensure_token (latch_sim_bridge_get_auth (bridge)));
      latch_sim_json_flag (builder, "success", TRUE);
      json_builder_end_object (builder);
      latch_sim_answer_builder (exchange, builder);
    }
  else
    {
      latch_sim_answer_success (exchange, FALSE, NULL);
    }
}

static void
auth_abandoned_cb (LatchSimExchange *exchange,
                   LatchSimButton   *button)
{
  g_signal_handlers_disconnect_by_func (button, button_decided_cb, exchange);
  latch_sim_button_disarm (button);
}

/**
 * latch_sim_handle_auth:
 *
 * Waits for the button, then tells the token (spec: /auth). A caller who hangs up ends the waiting.
 */
void
latch_sim_handle_auth (LatchSimBridge   *bridge,
                       LatchSimExchange *exchange)
{
  LatchSimButton *button = latch_sim_bridge_get_button (bridge);

  latch_sim_log_add (get_log (bridge), "HTTP-Auth");
  if (!latch_sim_bridge_get_auth_enabled (bridge))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_FORBIDDEN);
      return;
    }

  g_object_set_data_full (G_OBJECT (exchange), "bridge", g_object_ref (bridge), g_object_unref);
  g_signal_connect_object (button, "decided", G_CALLBACK (button_decided_cb), exchange, 0);
  g_signal_connect_object (exchange, "abandoned", G_CALLBACK (auth_abandoned_cb), button, 0);
  latch_sim_exchange_watch (exchange);
  latch_sim_button_arm (button);
}

/**
 * latch_sim_handle_config_auth:
 *
 * Turns pairing and publication of the address on or off (spec: /configAuth).
 */
void
latch_sim_handle_config_auth (LatchSimBridge   *bridge,
                              LatchSimExchange *exchange)
{
  guint64 enable;

  if (latch_sim_exchange_get_param (exchange, "enable") == NULL ||
      !latch_sim_exchange_get_number (exchange, "enable", 0, 1, &enable))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_BAD_REQUEST);
      return;
    }

  latch_sim_log_add_number (get_log (bridge), "HTTP-ConfigAuth", "enable", (gint64) enable);
  latch_sim_bridge_set_auth_enabled (bridge, enable == 1);
  latch_sim_answer_success (exchange, TRUE, NULL);
}

/**
 * latch_sim_handle_callback_add:
 *
 * Takes one of the three slots (spec: /callback/add). That none is left, or that the address has one
 * already, is an answer and not an HTTP error.
 */
void
latch_sim_handle_callback_add (LatchSimBridge   *bridge,
                               LatchSimExchange *exchange)
{
  const char *url = latch_sim_exchange_get_param (exchange, "url");
  LatchSimCallbackResult result = LATCH_SIM_CALLBACK_INVALID;

  if (url != NULL && g_utf8_validate (url, -1, NULL))
    result = latch_sim_callbacks_add (latch_sim_bridge_get_callbacks (bridge), url);

  latch_sim_log_add (get_log (bridge), "HTTP-CallbackAdd");
  switch (result)
    {
    case LATCH_SIM_CALLBACK_OK:
      latch_sim_answer_success (exchange, TRUE, NULL);
      break;
    case LATCH_SIM_CALLBACK_KNOWN:
      latch_sim_answer_success (exchange, FALSE, "callback already added");
      break;
    case LATCH_SIM_CALLBACK_FULL:
      latch_sim_answer_success (exchange, FALSE, "too many callbacks registered");
      break;
    case LATCH_SIM_CALLBACK_INVALID:
      latch_sim_answer_error (exchange, SOUP_STATUS_BAD_REQUEST);
      break;
    }
}

/**
 * latch_sim_handle_callback_remove:
 *
 * Frees a slot (spec: /callback/remove).
 */
void
latch_sim_handle_callback_remove (LatchSimBridge   *bridge,
                                  LatchSimExchange *exchange)
{
  guint64 id;

  if (latch_sim_exchange_get_param (exchange, "id") == NULL ||
      !latch_sim_exchange_get_number (exchange, "id", 0, G_MAXINT, &id))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_BAD_REQUEST);
      return;
    }

  latch_sim_log_add (get_log (bridge), "HTTP-CallbackRemove");
  if (latch_sim_callbacks_remove (latch_sim_bridge_get_callbacks (bridge), (guint) id))
    latch_sim_answer_success (exchange, TRUE, NULL);
  else
    latch_sim_answer_success (exchange, FALSE, "callback not found");
}

/**
 * latch_sim_handle_clearlog:
 *
 * Empties the log, and says nothing (spec: /clearlog).
 */
void
latch_sim_handle_clearlog (LatchSimBridge   *bridge,
                           LatchSimExchange *exchange)
{
  latch_sim_log_clear (get_log (bridge));
  latch_sim_answer_nothing (exchange);
}

/* Goes down as soon as the answer is out. */
static void
answer_and_then (LatchSimBridge   *bridge,
                 LatchSimExchange *exchange,
                 GCallback         go_down)
{
  g_signal_connect_object (exchange, "over", go_down, bridge, 0);
  latch_sim_answer_nothing (exchange);
  latch_sim_bridge_stop (bridge);
}

static void
reboot_cb (LatchSimExchange *exchange,
           LatchSimBridge   *bridge)
{
  latch_sim_bridge_reboot (bridge);
}

static void
reset_cb (LatchSimExchange *exchange,
          LatchSimBridge   *bridge)
{
  latch_sim_bridge_factory_reset (bridge);
}

/**
 * latch_sim_handle_fwupdate:
 *
 * Looks for new firmware (spec: /fwupdate; API 1.13.2 added the parameters). Updating the bridge takes
 * it down for as long as a reboot; updating devices alone, or finding nothing new, does not.
 */
void
latch_sim_handle_fwupdate (LatchSimBridge   *bridge,
                           LatchSimExchange *exchange)
{
  gboolean modern = latch_sim_profile_is_modern (latch_sim_bridge_get_profile (bridge));
  const char *id = modern ? latch_sim_exchange_get_param (exchange, "nukiId") : NULL;
  guint64 scope = 0, type = 0;

  if (modern &&
      (!latch_sim_exchange_get_number (exchange, "scope", 0, 2, &scope) ||
       !latch_sim_exchange_get_number (exchange, "deviceType", LATCH_SIM_TYPE_SMART_LOCK, G_MAXUINT8, &type)))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_BAD_REQUEST);
      return;
    }
  if (id != NULL)
    {
      LatchSimLock *lock = latch_sim_bridge_find_lock (bridge, id, (int) type);

      if (lock == NULL || !latch_sim_lock_is_paired (lock))
        {
          latch_sim_answer_error (exchange, SOUP_STATUS_NOT_FOUND);
          return;
        }
    }

  latch_sim_log_add (get_log (bridge), "HTTP-FWUpdate");
  if (scope == 2 || !latch_sim_bridge_update (bridge))
    latch_sim_answer_nothing (exchange);
  else
    answer_and_then (bridge, exchange, G_CALLBACK (reboot_cb));
}

/**
 * latch_sim_handle_reboot:
 *
 * Goes silent for a while, and comes back (spec: /reboot).
 */
void
latch_sim_handle_reboot (LatchSimBridge   *bridge,
                         LatchSimExchange *exchange)
{
  latch_sim_log_add (get_log (bridge), "HTTP-Reboot");
  answer_and_then (bridge, exchange, G_CALLBACK (reboot_cb));
}

/**
 * latch_sim_handle_factory_reset:
 *
 * Forgets everything (spec: /factoryReset).
 */
void
latch_sim_handle_factory_reset (LatchSimBridge   *bridge,
                                LatchSimExchange *exchange)
{
  answer_and_then (bridge, exchange, G_CALLBACK (reset_cb));
}
