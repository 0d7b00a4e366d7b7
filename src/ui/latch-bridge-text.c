/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-text.h"

#include "latch-error.h"
#include "latch-time-text.h"
#include "latch-upkeep-text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *connection;
  const char *banner;
  LatchBridgeRemedy remedy;
} Texts;

static const Texts connections[] = {
  [LATCH_CONNECTION_UNKNOWN] = { N_("Connecting…") },
  [LATCH_CONNECTION_CONNECTED] = { N_("Connected") },
  /* Translators: in all of these, %s is the name of a bridge, such as “Home” */
  [LATCH_CONNECTION_UNREACHABLE] = { N_("Cannot be reached"), N_("The bridge “%s” cannot be reached"),
                                     LATCH_BRIDGE_REMEDY_TRY_AGAIN },
  [LATCH_CONNECTION_UNAUTHORIZED] = { N_("Access refused"), N_("“%s” no longer accepts this computer"),
                                      LATCH_BRIDGE_REMEDY_PAIR_AGAIN },
  [LATCH_CONNECTION_BUSY] = { N_("Busy"), N_("The bridge “%s” is busy with something else"),
                              LATCH_BRIDGE_REMEDY_TRY_AGAIN },
  [LATCH_CONNECTION_NO_TOKEN] = { N_("Not paired"), N_("There is no token for “%s”"),
                                  LATCH_BRIDGE_REMEDY_PAIR_AGAIN },
};

/* Access is refused, but the token is as good as ever */
static const Texts clock_is_wrong = { N_("Clock is wrong"), N_("The clock of “%s” is wrong"),
                                      LATCH_BRIDGE_REMEDY_TRY_AGAIN };

/* The token is there, and nobody needs another one */
static const Texts keyring_is_closed = { N_("No access to the keyring"), N_("There is no token for “%s”"),
                                         LATCH_BRIDGE_REMEDY_TRY_AGAIN };

/* Somebody is there */
static const Texts answers_wrongly = { N_("Unusable answers"),
                                       /* Translators: %s is the name of a bridge, such as “Home” */
                                       N_("The bridge “%s” answers, but not as it should"),
                                       LATCH_BRIDGE_REMEDY_TRY_AGAIN };

static gboolean
is_answer (const GError *error)
{
  return g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE) ||
         g_error_matches (error, LATCH_ERROR, LATCH_ERROR_MALFORMED) ||
         g_error_matches (error, LATCH_ERROR, LATCH_ERROR_REFUSED) ||
         g_error_matches (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT) ||
         g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE);
}

static const Texts *
find_texts (LatchConnection connection, const GError *error)
{
  if (connection == LATCH_CONNECTION_UNAUTHORIZED && g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG))
    return &clock_is_wrong;
  if (connection == LATCH_CONNECTION_NO_TOKEN && g_error_matches (error, LATCH_ERROR, LATCH_ERROR_KEYRING))
    return &keyring_is_closed;
  if (connection == LATCH_CONNECTION_UNREACHABLE && is_answer (error))
    return &answers_wrongly;

  return &connections[connection];
}

static const char *const updates[] = {
  [LATCH_SUBSCRIPTION_OFF] = N_("Hear about every change right away"),
  [LATCH_SUBSCRIPTION_REGISTERING] = N_("Setting up…"),
  [LATCH_SUBSCRIPTION_REGISTERED] = N_("Set up. The next change will show whether they arrive"),
  [LATCH_SUBSCRIPTION_WORKING] = N_("Instant updates work"),
  [LATCH_SUBSCRIPTION_FULL] = N_("All 3 places are taken: using regular checks"),
  [LATCH_SUBSCRIPTION_FAILED] = N_("Not possible now: using regular checks"),
};

/* From the strongest signal to the weakest; the last one is for what is weaker still */
static const struct
{
  int rssi;
  const char *text;
  const char *measured;
  int bars;
} strengths[] = {
  /* Translators: in all of these, %d is a signal in decibel milliwatts, with a real minus sign before it */
  { -60, N_("Strong signal"), N_("Strong · −%d dBm"), 4 },
  { -72, N_("Good signal"), N_("Good · −%d dBm"), 3 },
  { -82, N_("Fair signal"), N_("Fair · −%d dBm"), 2 },
  { G_MININT, N_("Weak signal"), N_("Weak · −%d dBm"), 1 },
};

static gsize
find_strength (int rssi)
{
  gsize i = 0;

  while (strengths[i].rssi > rssi)
    i++;

  return i;
}

/**
 * latch_bridge_text_connection:
 * @error: (nullable): why there is no connection
 *
 * Returns: how we stand with a bridge
 */
const char *
latch_bridge_text_connection (LatchConnection connection, const GError *error)
{
  g_return_val_if_fail ((guint) connection < G_N_ELEMENTS (connections), NULL);

  return _(find_texts (connection, error)->connection);
}

/**
 * latch_bridge_text_standing:
 *
 * Returns: how we stand with @bridge, such as “Connected”, or what it does at present, so that we do not
 */
const char *
latch_bridge_text_standing (LatchBridge *bridge)
{
  const char *maintenance = NULL;

  g_return_val_if_fail (LATCH_IS_BRIDGE (bridge), NULL);

  maintenance = latch_upkeep_text_caption (latch_bridge_get_maintenance (bridge));
  return maintenance ? maintenance
                     : latch_bridge_text_connection (latch_bridge_get_connection (bridge), latch_bridge_get_error (bridge));
}

/**
 * latch_bridge_text_is_problem:
 *
 * Returns: whether somebody should look after the bridge
 */
gboolean
latch_bridge_text_is_problem (LatchConnection connection)
{
  return latch_bridge_text_remedy (connection, NULL) != LATCH_BRIDGE_REMEDY_NONE;
}

/**
 * latch_bridge_text_problem:
 * @error: (nullable): why there is no connection
 *
 * Returns: (transfer full) (nullable): what is wrong with the bridge, in few words; why is in @error
 */
char *
latch_bridge_text_problem (LatchConnection connection, const GError *error, const char *name)
{
  const Texts *texts;

  g_return_val_if_fail ((guint) connection < G_N_ELEMENTS (connections), NULL);

  texts = find_texts (connection, error);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return texts->banner ? g_strdup_printf (_(texts->banner), name) : NULL;
#pragma GCC diagnostic pop
}

/**
 * latch_bridge_text_banner:
 * @error: (nullable): why there is no connection
 * @session_only: whether its token will be lost when the program ends
 *
 * Returns: (transfer full) (nullable): what has to be said above all that is about the bridge; %NULL for nothing
 */
char *
latch_bridge_text_banner (LatchConnection connection, const GError *error, gboolean session_only, const char *name)
{
  char *problem = NULL;

  /* The error knows whether there is a keyring at all, and how wrong whose clock is */
  if (error && (connection == LATCH_CONNECTION_NO_TOKEN || g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG)))
    /* Translators: the name of a bridge, and what is wrong with it, in a sentence or two */
    return g_strdup_printf (_("%s: %s"), name, error->message);

  problem = latch_bridge_text_problem (connection, error, name);
  if (!problem && session_only)
    return g_strdup_printf (_("There is no keyring, so “%s” has to be paired again next time"), name);

  return problem;
}

/**
 * latch_bridge_text_remedy:
 * @error: (nullable): why there is no connection
 *
 * Returns: what a person can do about it
 */
LatchBridgeRemedy
latch_bridge_text_remedy (LatchConnection connection, const GError *error)
{
  g_return_val_if_fail ((guint) connection < G_N_ELEMENTS (connections), LATCH_BRIDGE_REMEDY_NONE);

  return find_texts (connection, error)->remedy;
}

/**
 * latch_bridge_text_remedy_label:
 *
 * Returns: (nullable): what is on the button
 */
const char *
latch_bridge_text_remedy_label (LatchBridgeRemedy remedy)
{
  switch (remedy)
    {
    case LATCH_BRIDGE_REMEDY_TRY_AGAIN:
      return _("Try Again");
    case LATCH_BRIDGE_REMEDY_PAIR_AGAIN:
      return _("Pair Again");
    case LATCH_BRIDGE_REMEDY_NONE:
    default:
      return NULL;
    }
}

/**
 * latch_bridge_text_updates:
 *
 * Returns: (transfer none): how far we got with having @bridge tell of changes of its own accord
 */
const char *
latch_bridge_text_updates (LatchBridge *bridge)
{
  LatchSubscription *subscription;
  LatchSubscriptionState state = LATCH_SUBSCRIPTION_OFF;
  const GError *error = NULL;

  g_return_val_if_fail (LATCH_IS_BRIDGE (bridge), NULL);

  subscription = latch_bridge_get_subscription (bridge);
  if (subscription)
    {
      state = latch_subscription_get_state (subscription);
      error = latch_subscription_get_error (subscription);
    }

  if (state == LATCH_SUBSCRIPTION_FAILED && g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CALLBACKS_BLOCKED))
    return _("The bridge cannot reach this computer: using regular checks");

  if (state == LATCH_SUBSCRIPTION_FAILED && g_error_matches (error, LATCH_ERROR, LATCH_ERROR_CANNOT_LISTEN))
    return error->message;

  /* They did, and perhaps do, but nobody should rely on it */
  if (state == LATCH_SUBSCRIPTION_WORKING && latch_bridge_text_is_problem (latch_bridge_get_connection (bridge)))
    return _("They worked before the connection was lost");

  return _(updates[state]);
}

gboolean
latch_bridge_text_is_updates_problem (LatchSubscriptionState state)
{
  return state == LATCH_SUBSCRIPTION_FULL || state == LATCH_SUBSCRIPTION_FAILED;
}

/**
 * latch_bridge_text_signal:
 * @rssi: in dBm, 0 where not known
 *
 * Returns: (nullable): how well a bridge hears a lock
 */
const char *
latch_bridge_text_signal (int rssi)
{
  return rssi < 0 ? _(strengths[find_strength (rssi)].text) : NULL;
}

/**
 * latch_bridge_text_signal_bars:
 * @rssi: in dBm, 0 where not known
 *
 * Returns: from 0 for nothing to 4
 */
int
latch_bridge_text_signal_bars (int rssi)
{
  return rssi < 0 ? strengths[find_strength (rssi)].bars : 0;
}

/**
 * latch_bridge_text_signal_measured:
 * @rssi: in dBm, 0 where not known
 *
 * Returns: (transfer full): how well a bridge hears a lock, and what it measured; or that it did not
 */
char *
latch_bridge_text_signal_measured (int rssi)
{
  if (rssi >= 0)
    return g_strdup (_("Signal not measured"));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(strengths[find_strength (rssi)].measured), -MAX (rssi, -G_MAXINT));
#pragma GCC diagnostic pop
}

/**
 * latch_bridge_text_signal_spoken:
 * @rssi: in dBm, 0 where not known
 *
 * Returns: (transfer full) (nullable): the same, to be read aloud
 */
char *
latch_bridge_text_signal_spoken (int rssi)
{
  if (rssi >= 0)
    return NULL;

  /* Translators: read aloud, such as “Good signal, minus 67 decibel milliwatts” */
  return g_strdup_printf (_("%s, minus %d decibel milliwatts"), latch_bridge_text_signal (rssi), -MAX (rssi, -G_MAXINT));
}

/**
 * latch_bridge_text_paired:
 *
 * Returns: (nullable): whether a bridge may control a device that it hears; %NULL where it does not say
 */
const char *
latch_bridge_text_paired (LatchTristate paired)
{
  switch (paired)
    {
    case LATCH_TRISTATE_YES:
      return _("Paired");
    case LATCH_TRISTATE_NO:
      return _("Not paired");
    case LATCH_TRISTATE_UNKNOWN:
    default:
      return NULL;
    }
}

/**
 * latch_bridge_text_device_name:
 *
 * Returns: (transfer full): what people call the device; what it calls itself if it is not theirs
 */
char *
latch_bridge_text_device_name (LatchDeviceInRange *device)
{
  LatchLock *lock = latch_device_in_range_get_lock (device);
  const char *name = lock ? latch_lock_get_name (lock) : latch_device_in_range_get_name (device);
  g_autofree char *hex = NULL;

  if (name && *name)
    return g_strdup (name);

  hex = latch_nuki_id_to_hex (latch_device_in_range_get_nuki_id (device));
  return g_strconcat ("Nuki_", hex, NULL);
}

/**
 * latch_bridge_text_address:
 *
 * Returns: (transfer full): where the bridge is; with its port if that is not the usual one
 */
char *
latch_bridge_text_address (LatchBridge *bridge)
{
  LatchClient *client = latch_bridge_get_client (bridge);
  const char *host = latch_client_get_host (client);

  if (latch_client_get_port (client) == LATCH_CLIENT_DEFAULT_PORT)
    return g_strdup (host);

  return g_strdup_printf (strchr (host, ':') ? "[%s]:%u" : "%s:%u", host, latch_client_get_port (client));
}

/**
 * latch_bridge_text_checked:
 * @now: the present, in seconds since 1970
 *
 * Returns: (transfer full) (nullable): when the bridge last answered; %NULL if it has not
 */
char *
latch_bridge_text_checked (LatchBridge *bridge, gint64 now)
{
  gint64 last = MAX (latch_bridge_get_last_contact (bridge), latch_bridge_get_info_at (bridge));
  g_autofree char *ago = NULL;

  if (last == 0)
    return NULL;

  ago = latch_time_text_ago (last, now);
  if (latch_bridge_get_connection (bridge) == LATCH_CONNECTION_CONNECTED)
    /* Translators: %s is an age such as “just now” or “2 min ago” */
    return g_strdup_printf (_("Checked %s"), ago);

  /* Translators: when a bridge that does not answer now did so; %s is an age such as “2 min ago”, or a date */
  return g_strdup_printf (_("Last answer %s"), ago);
}
