/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-options.h"

#include "latch-sim-faults.h"

/* What the text of the specification's discovery example calls its bridge */
#define DEFAULT_BRIDGE_ID G_GUINT64_CONSTANT (2117604523)
#define DEFAULT_HARDWARE_ID G_GUINT64_CONSTANT (12345678)

#define MAX_LOG_ENTRIES 100000
#define MAX_LOCKS 1000
#define MAX_SECONDS 86400

/* What nobody can mean, so that it shows whether an option was given */
#define NO_INT G_MININT
#define NO_TIME (-G_MAXDOUBLE)

static const char *const discovery_modes[] = { "normal", "empty",   "hidden", "no-ip",  "stale",
                                               "foreign", "403", "garbage", NULL };

/* What GOption can hold only as text */
typedef struct
{
  char *api;
  char *firmware;
  char *new_firmware;
  char *auth_modes;
  char *discovery;
  char *push;
  char **locks;
  char **smart_locks_3;
  char **openers;
  gint64 bridge_id;
  double lock_n_go_time;
  double press_after;
  int n_locks;
  int discovery_port;
} RawOptions;

static void
raw_options_clear (RawOptions *raw)
{
  g_free (raw->api);
  g_free (raw->firmware);
  g_free (raw->new_firmware);
  g_free (raw->auth_modes);
  g_free (raw->discovery);
  g_free (raw->push);
  g_strfreev (raw->locks);
  g_strfreev (raw->smart_locks_3);
  g_strfreev (raw->openers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RawOptions, raw_options_clear)

static void
device_option_free (LatchSimDeviceOption *device)
{
  g_free (device->name);
  g_free (device);
}

static gboolean
fail (GError    **error,
      const char *format,
      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError    **error,
      const char *format,
      ...)
{
  va_list args;

  va_start (args, format);
  g_clear_error (error);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args);
  va_end (args);

  return FALSE;
}

/* Decimal, or hexadecimal with 0x or a letter in it, as the vendor's app writes IDs */
static gboolean
parse_id (const char *text,
          guint32    *id)
{
  guint64 number;

  if (g_str_has_prefix (text, "0x") ? !g_ascii_string_to_unsigned (text + 2, 16, 0, G_MAXUINT32, &number, NULL)
                                    : !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL) &&
                                          !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT32, &number, NULL))
    return FALSE;
  *id = (guint32) number;

  return TRUE;
}

static gboolean
add_device (LatchSimOptions *self,
            const char      *option,
            LatchSimType     type,
            GError         **error)
{
  g_auto (GStrv) parts = g_strsplit (option, ":", 3);
  guint n_parts = g_strv_length (parts);
  LatchSimDeviceOption *device = g_new0 (LatchSimDeviceOption, 1);

  g_ptr_array_add (self->devices, device);
  device->type = type;
  device->state = LATCH_SIM_NONE;

  if (n_parts == 0 || !parse_id (parts[0], &device->id))
    return fail (error, "“%s” does not start with an ID: a number up to 4294967295, or a hexadecimal one", option);

  for (guint i = 0; i + 1 < self->devices->len; i++)
    {
      LatchSimDeviceOption *other = g_ptr_array_index (self->devices, i);

      if (other->id == device->id && other->type == type)
        return fail (error, "There are two devices with the ID %u", device->id);
    }

  if (n_parts > 1 && parts[1][0] != '\0')
    device->name = g_strdup (parts[1]);
  else
    device->name = g_strdup_printf ("%s%08X", type == LATCH_SIM_TYPE_OPENER ? "Nuki_Opener_" : "Nuki_", device->id);

  if (n_parts > 2 && !latch_sim_state_parse (type, parts[2], &device->state))
    return fail (error, "“%s” is no state: give a number from 0 to 255, or a name such as “locked”", parts[2]);

  return TRUE;
}

static gboolean
add_devices (LatchSimOptions *self,
             RawOptions      *raw,
             GError         **error)
{
  for (char **lock = raw->locks; lock != NULL && *lock != NULL; lock++)
    {
      if (!add_device (self, *lock, LATCH_SIM_TYPE_SMART_LOCK, error))
        return FALSE;
    }

  if ((raw->openers != NULL || raw->smart_locks_3 != NULL) && !latch_sim_profile_is_modern (&self->profile))
    return fail (error, "This bridge knows only the first smart locks: use --api=1.13, without --software-bridge");
  for (char **lock = raw->smart_locks_3; lock != NULL && *lock != NULL; lock++)
    {
      if (!add_device (self, *lock, LATCH_SIM_TYPE_SMART_LOCK_3, error))
        return FALSE;
    }
  for (char **opener = raw->openers; opener != NULL && *opener != NULL; opener++)
    {
      if (!add_device (self, *opener, LATCH_SIM_TYPE_OPENER, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
resolve_profile (LatchSimOptions *self,
                 RawOptions      *raw,
                 GError         **error)
{
  LatchSimProfile *profile = &self->profile;

  if (raw->api == NULL || g_str_equal (raw->api, "1.13"))
    profile->api = LATCH_SIM_API_1_13;
  else if (g_str_equal (raw->api, "1.6"))
    profile->api = LATCH_SIM_API_1_6;
  else
    return fail (error, "The API “%s” is not simulated: use 1.6 or 1.13", raw->api);

  if (raw->firmware != NULL && !latch_sim_firmware_is_valid (raw->firmware))
    return fail (error, "“%s” is no firmware version: it should look like 2.18.0", raw->firmware);
  if (raw->firmware != NULL)
    profile->firmware = g_strdup (raw->firmware);
  else
    profile->firmware = g_strdup (profile->api == LATCH_SIM_API_1_6 ? "1.6.2" : "2.18.0");

  if (raw->new_firmware != NULL && !g_str_equal (raw->new_firmware, "none") &&
      !latch_sim_firmware_is_valid (raw->new_firmware))
    return fail (error, "“%s” is no firmware version: it should look like 2.18.0, or be “none”", raw->new_firmware);
  self->new_firmware = g_steal_pointer (&raw->new_firmware);

  /* Neither old bridges nor software bridges ever learnt more than plain tokens */
  profile->auth_modes = latch_sim_profile_is_modern (profile) ? latch_sim_firmware_auth_modes (profile->firmware)
                                                              : LATCH_SIM_AUTH_PLAIN;
  if (raw->auth_modes != NULL && !latch_sim_auth_modes_parse (raw->auth_modes, &profile->auth_modes))
    return fail (error, "“%s” is no list of plain, hashed, encrypted", raw->auth_modes);

  if (raw->bridge_id < 1)
    return fail (error, "The bridge’s ID must be a number from 1");
  profile->server_id = (guint64) raw->bridge_id;
  profile->hardware_id = DEFAULT_HARDWARE_ID;

  return TRUE;
}

static gboolean
check_times (LatchSimOptions *self,
             RawOptions      *raw,
             GError         **error)
{
  double press_after = raw->press_after != NO_TIME ? raw->press_after : 0;
  const struct
  {
    const char *name;
    double value;
  } times[] = {
    { "action-time", self->timing.action }, { "lock-n-go-time", self->timing.lock_n_go },
    { "ring-time", self->timing.ring },     { "auth-window", self->auth_window },
    { "ble-time", self->ble_time },         { "reboot-time", self->reboot_time },
    { "gap", self->gap },                   { "press-after", press_after },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      if (!(times[i].value >= 0 && times[i].value <= MAX_SECONDS))
        return fail (error, "--%s must be from 0 to %d seconds", times[i].name, MAX_SECONDS);
    }
  if (!(self->uptime >= 0 && self->uptime <= G_MAXINT32))
    return fail (error, "--uptime must be from 0 to %d seconds", G_MAXINT32);
  if (self->clock_offset < G_MININT32 || self->clock_offset > G_MAXINT32)
    return fail (error, "--clock-offset must be from %d to %d seconds", G_MININT32, G_MAXINT32);

  self->press_after = raw->press_after != NO_TIME ? raw->press_after : -1;

  return TRUE;
}

static gboolean
check_rest (LatchSimOptions *self,
            RawOptions      *raw,
            GError         **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->address);
  g_autoptr (LatchSimFaults) faults = latch_sim_faults_new ();

  if (address == NULL)
    return fail (error, "“%s” is no IP address", self->address);
  if (self->port < 0 || self->port > G_MAXUINT16)
    return fail (error, "--port must be from 0 to 65535");
  if (raw->discovery_port != NO_INT && (raw->discovery_port < 0 || raw->discovery_port > G_MAXUINT16))
    return fail (error, "--discovery-port must be from 0 to 65535");
  if (raw->n_locks != NO_INT && (raw->n_locks < 0 || raw->n_locks > MAX_LOCKS))
    return fail (error, "--locks must be from 0 to %d", MAX_LOCKS);
  if (self->log_entries < 0 || self->log_entries > MAX_LOG_ENTRIES)
    return fail (error, "--log-entries must be from 0 to %d", MAX_LOG_ENTRIES);
  if (self->token != NULL && self->token[0] == '\0')
    return fail (error, "The token must not be empty");
  self->discovery_port = MAX (raw->discovery_port, -1);
  self->n_locks = MAX (raw->n_locks, -1);

  if (raw->push == NULL || g_str_equal (raw->push, "final"))
    self->push_all = FALSE;
  else if (g_str_equal (raw->push, "all"))
    self->push_all = TRUE;
  else
    return fail (error, "--push must be final or all");

  for (char **fault = self->faults; fault != NULL && *fault != NULL; fault++)
    {
      if (!latch_sim_faults_add_option (faults, *fault, error))
        return FALSE;
    }

  return raw->discovery == NULL || latch_sim_discovery_mode_parse (raw->discovery, &self->discovery, error);
}

static void
options_clear (gpointer data)
{
  LatchSimOptions *self = data;

  g_free (self->address);
  g_free (self->profile.firmware);
  g_free (self->new_firmware);
  g_free (self->token);
  g_ptr_array_unref (self->devices);
  g_strfreev (self->faults);
}

static gboolean
read_arguments (LatchSimOptions *self,
                RawOptions      *raw,
                int             *argc,
                char          ***argv,
                GError         **error)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Bridge port (default 8080; 0: any free one)", "N" },
    { "address", 0, 0, G_OPTION_ARG_STRING, &self->address, "Where to listen (default 127.0.0.1)", "ADDR" },
    { "discovery-port", 0, 0, G_OPTION_ARG_INT, &raw->discovery_port,
      "Serve /discover/bridges there, listing this bridge (0: any free one)", "N" },
    { "discovery", 0, 0, G_OPTION_ARG_STRING, &raw->discovery,
      "What discovery is like: normal, empty, hidden, no-ip, stale, foreign, 403, garbage", "MODE" },
    { "api", 0, 0, G_OPTION_ARG_STRING, &raw->api, "Generation of the API to speak: 1.6 or 1.13 (default)", "API" },
    { "software-bridge", 0, 0, G_OPTION_ARG_NONE, &self->profile.software, "Be an app instead of a plug", NULL },
    { "firmware", 0, 0, G_OPTION_ARG_STRING, &raw->firmware, "The bridge's firmware version", "VERSION" },
    { "new-firmware", 0, 0, G_OPTION_ARG_STRING, &raw->new_firmware,
      "What /fwupdate finds: a version, or none, and then the bridge does not restart (default: the same once more)",
      "VERSION" },
    { "uptime", 0, 0, G_OPTION_ARG_DOUBLE, &self->uptime, "How long the bridge has been running (default 0)", "SECONDS" },
    { "bridge-id", 0, 0, G_OPTION_ARG_INT64, &raw->bridge_id, "The bridge's server ID", "ID" },
    { "token", 0, 0, G_OPTION_ARG_STRING, &self->token,
      "The API token (default: none yet; /auth makes a random one)", "TOKEN" },
    { "auth-modes", 0, 0, G_OPTION_ARG_STRING, &raw->auth_modes,
      "Tokens to accept: plain,hashed,encrypted (default: what the firmware accepts)", "MODES" },
    { "auth-disabled", 0, 0, G_OPTION_ARG_NONE, &self->auth_disabled, "/auth answers 403", NULL },
    { "auth-window", 0, 0, G_OPTION_ARG_DOUBLE, &self->auth_window,
      "How long /auth waits for the button (default 30)", "SECONDS" },
    { "press-after", 0, 0, G_OPTION_ARG_DOUBLE, &raw->press_after,
      "Press the button by itself, that long after /auth asks (default: never)", "SECONDS" },
    { "clock-offset", 0, 0, G_OPTION_ARG_INT64, &self->clock_offset, "How wrong the bridge's clock is", "SECONDS" },
    { "lock", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->locks, "A smart lock (repeat for more)", "ID[:NAME[:STATE]]" },
    { "smart-lock-3", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->smart_locks_3,
      "A smart lock of a later generation, device type 4 (repeat for more)", "ID[:NAME[:STATE]]" },
    { "opener", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->openers, "An opener (repeat for more)", "ID[:NAME]" },
    { "locks", 0, 0, G_OPTION_ARG_INT, &raw->n_locks, "N devices of all kinds (default: locks 1 Home, 2 Grandma)",
      "N" },
    { "log-entries", 0, 0, G_OPTION_ARG_INT, &self->log_entries, "How long the bridge's log is already (default 0)",
      "N" },
    { "action-time", 0, 0, G_OPTION_ARG_DOUBLE, &self->timing.action, "How long the bolt takes (default 2)",
      "SECONDS" },
    { "lock-n-go-time", 0, 0, G_OPTION_ARG_DOUBLE, &raw->lock_n_go_time,
      "How long lock 'n' go waits before it locks (default: ten times the action time)", "SECONDS" },
    { "ring-time", 0, 0, G_OPTION_ARG_DOUBLE, &self->timing.ring, "How long a ring lasts (default 30)", "SECONDS" },
    { "ble-time", 0, 0, G_OPTION_ARG_DOUBLE, &self->ble_time, "How long it takes to reach a lock (default 0.3)",
      "SECONDS" },
    { "reboot-time", 0, 0, G_OPTION_ARG_DOUBLE, &self->reboot_time,
      "How long the bridge is silent when it reboots (default 45)", "SECONDS" },
    { "gap", 0, 0, G_OPTION_ARG_DOUBLE, &self->gap,
      "How long the bridge stays busy after each request (default 0)", "SECONDS" },
    { "concurrent", 0, 0, G_OPTION_ARG_NONE, &self->concurrent,
      "Answer all requests that come at the same time, as no real bridge does", NULL },
    { "push", 0, 0, G_OPTION_ARG_STRING, &raw->push,
      "Which states callbacks are told: final (default, as real bridges do) or all", "WHICH" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->faults, "What goes wrong (repeat for more)",
      "KIND[:PATH[:COUNT]]" },
    { "until-eof", 0, 0, G_OPTION_ARG_NONE, &self->until_eof,
      "Leave when standard input ends, as it does with the program that started this one", NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose, "Tell about each request on standard error", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, "Show the version and exit", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *faults = latch_sim_faults_describe ();
  g_autofree char *description = g_strdup_printf (
      "Faults:\n%s\n\n"
      "They happen to all of the bridge's endpoints, or to one PATH such as /list. Only where it is named, to\n"
      "/discover/bridges, and to /callback: what the bridge sends by itself is then spoilt, or never sent.\n\n"
      "While it runs, type “?” for help, or steer it over HTTP:\n"
      "  POST /simulator/button\n"
      "  POST /simulator/locks/ID?state=3&door=3&battery=20&critical=1&…\n"
      "  POST /simulator/faults?kind=KIND&path=PATH&count=N   GET /simulator/faults   DELETE /simulator/faults\n"
      "  POST /simulator/discovery?mode=MODE   POST /simulator/clock?offset=SECONDS   POST /simulator/reboot\n"
      "  POST /simulator/bridge?uptime=SECONDS&online=0\n"
      "  POST /simulator/log?entries=N&silent=1\n"
      "  GET /simulator/requests   DELETE /simulator/requests   GET /simulator/state\n",
      faults);

  g_option_context_set_summary (context, "A Nuki bridge in software, with locks to try things out on.");
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (*argc > 1)
    return fail (error, "“%s” is not understood: all options start with “--”", (*argv)[1]);

  return TRUE;
}

/**
 * latch_sim_options_parse:
 * @argc: (inout): the number of arguments
 * @argv: (inout): the arguments
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what the command line says, or %NULL if it makes no sense
 */
LatchSimOptions *
latch_sim_options_parse (int     *argc,
                         char  ***argv,
                         GError **error)
{
  g_autoptr (LatchSimOptions) self = g_rc_box_new0 (LatchSimOptions);
  g_auto (RawOptions) raw = {
    .bridge_id = DEFAULT_BRIDGE_ID,
    .lock_n_go_time = NO_TIME,
    .press_after = NO_TIME,
    .n_locks = NO_INT,
    .discovery_port = NO_INT,
  };

  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) device_option_free);
  self->port = 8080;
  self->auth_window = 30;
  self->timing.action = 2;
  self->timing.ring = 30;
  self->ble_time = 0.3;
  self->reboot_time = 45;

  if (!read_arguments (self, &raw, argc, argv, error))
    return NULL;
  if (self->address == NULL)
    self->address = g_strdup ("127.0.0.1");
  self->timing.lock_n_go =
      raw.lock_n_go_time == NO_TIME ? MIN (10 * self->timing.action, MAX_SECONDS) : raw.lock_n_go_time;

  if (!resolve_profile (self, &raw, error) || !add_devices (self, &raw, error) || !check_times (self, &raw, error) ||
      !check_rest (self, &raw, error))
    return NULL;

  return g_steal_pointer (&self);
}

LatchSimOptions *
latch_sim_options_ref (LatchSimOptions *self)
{
  return g_rc_box_acquire (self);
}

void
latch_sim_options_unref (LatchSimOptions *self)
{
  g_rc_box_release_full (self, options_clear);
}

/**
 * latch_sim_discovery_mode_parse:
 * @text: (nullable): a mode's name
 * @mode: (out): the mode
 *
 * Returns: whether there is such a mode
 */
gboolean
latch_sim_discovery_mode_parse (const char            *text,
                                LatchSimDiscoveryMode *mode,
                                GError               **error)
{
  g_autofree char *known = NULL;

  for (guint i = 0; text != NULL && discovery_modes[i] != NULL; i++)
    {
      if (g_str_equal (discovery_modes[i], text))
        {
          *mode = (LatchSimDiscoveryMode) i;
          return TRUE;
        }
    }

  known = g_strjoinv (", ", (char **) discovery_modes);

  return fail (error, "Discovery can be one of: %s", known);
}
