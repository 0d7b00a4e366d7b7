/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-bridge.h"

#include "latch-sim-household.h"

struct _LatchSimBridge
{
  GObject parent_instance;

  LatchSimOptions *options;
  LatchSimClock *clock;
  LatchSimAuth *auth;
  LatchSimButton *button;
  LatchSimLog *log;
  LatchSimCallbacks *callbacks;
  GPtrArray *locks;

  gboolean auth_enabled;
  gboolean online; /* the vendor's server is */
  gboolean running;
  gint64 boot_time;
};

G_DEFINE_FINAL_TYPE (LatchSimBridge, latch_sim_bridge, G_TYPE_OBJECT)

enum
{
  SIGNAL_REBOOT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
describe_push (LatchSimBridge       *self,
               LatchSimLock         *lock,
               const LatchSimReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  LatchSimType type = latch_sim_lock_get_device (lock);

  json_builder_begin_object (builder);
  if (latch_sim_profile_is_modern (&self->options->profile))
    latch_sim_json_int (builder, "deviceType", type);
  latch_sim_json_int (builder, "nukiId", latch_sim_lock_get_id (lock));
  latch_sim_report_write (report, type, &self->options->profile, self->clock, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static void
reported_cb (LatchSimLock   *lock,
             LatchSimBridge *self)
{
  const LatchSimReport *known = latch_sim_lock_get_known (lock);
  const LatchSimReport *report;
  g_autofree char *body = NULL;

  if (!self->running)
    return;

  /* Owners of real bridges see callbacks for states of rest only */
  if (!self->options->push_all && latch_sim_state_is_moving (latch_sim_lock_get_device (lock), known->state))
    return;

  report = latch_sim_lock_take_push (lock);
  if (report == NULL)
    return;

  body = describe_push (self, lock, report);
  latch_sim_callbacks_post (self->callbacks, body);
}

static gboolean
parse_hex (const char *text,
           guint64    *id)
{
  return g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT32, id, NULL);
}

static LatchSimLock *
find_by_number (LatchSimBridge *self,
                guint64         id,
                int             type)
{
  for (guint i = 0; i < self->locks->len; i++)
    {
      LatchSimLock *lock = g_ptr_array_index (self->locks, i);

      if (latch_sim_lock_get_id (lock) == id &&
          (type == LATCH_SIM_ANY_TYPE || (int) latch_sim_lock_get_device (lock) == type))
        return lock;
    }

  return NULL;
}

static void
latch_sim_bridge_finalize (GObject *object)
{
  LatchSimBridge *self = LATCH_SIM_BRIDGE (object);

  g_clear_pointer (&self->locks, g_ptr_array_unref);
  g_clear_object (&self->callbacks);
  g_clear_object (&self->log);
  g_clear_object (&self->button);
  g_clear_object (&self->auth);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->options, latch_sim_options_unref);

  G_OBJECT_CLASS (latch_sim_bridge_parent_class)->finalize (object);
}

static void
latch_sim_bridge_class_init (LatchSimBridgeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_sim_bridge_finalize;

  /**
   * LatchSimBridge::reboot:
   *
   * The bridge goes down. Somebody must call latch_sim_bridge_boot() when it is up again.
   */
  signals[SIGNAL_REBOOT] = g_signal_new ("reboot", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
latch_sim_bridge_init (LatchSimBridge *self)
{
}

static guint32
get_first_id (LatchSimBridge *self)
{
  return self->locks->len > 0 ? latch_sim_lock_get_id (g_ptr_array_index (self->locks, 0)) : 1;
}

/**
 * latch_sim_bridge_new:
 * @options: (transfer none): what the bridge is like
 *
 * Returns: (transfer full): a bridge with its household of locks, running
 */
LatchSimBridge *
latch_sim_bridge_new (LatchSimOptions *options)
{
  LatchSimBridge *self = g_object_new (LATCH_SIM_TYPE_BRIDGE, NULL);

  self->options = latch_sim_options_ref (options);
  self->clock = latch_sim_clock_new (options->clock_offset, options->profile.software);
  self->auth = latch_sim_auth_new (self->clock, options->profile.auth_modes, options->token);
  self->button = latch_sim_button_new (options->auth_window, options->press_after);
  self->log = latch_sim_log_new (self->clock);
  self->callbacks = latch_sim_callbacks_new (self->log);
  self->locks = latch_sim_household_furnish (self->options, self->clock);
  self->auth_enabled = !options->auth_disabled;
  self->online = TRUE;

  for (guint i = 0; i < self->locks->len; i++)
    {
      LatchSimLock *lock = g_ptr_array_index (self->locks, i);

      /* How it is at the start is no news */
      latch_sim_lock_take_push (lock);
      g_signal_connect (lock, "reported", G_CALLBACK (reported_cb), self);
    }
  if (options->log_entries > 0)
    latch_sim_log_fill (self->log, (guint) options->log_entries, get_first_id (self));
  latch_sim_bridge_boot (self);
  self->boot_time -= (gint64) (options->uptime * G_USEC_PER_SEC);

  return self;
}

const LatchSimOptions *
latch_sim_bridge_get_options (LatchSimBridge *self)
{
  return self->options;
}

const LatchSimProfile *
latch_sim_bridge_get_profile (LatchSimBridge *self)
{
  return &self->options->profile;
}

LatchSimClock *
latch_sim_bridge_get_clock (LatchSimBridge *self)
{
  return self->clock;
}

LatchSimAuth *
latch_sim_bridge_get_auth (LatchSimBridge *self)
{
  return self->auth;
}

LatchSimButton *
latch_sim_bridge_get_button (LatchSimBridge *self)
{
  return self->button;
}

LatchSimCallbacks *
latch_sim_bridge_get_callbacks (LatchSimBridge *self)
{
  return self->callbacks;
}

LatchSimLog *
latch_sim_bridge_get_log (LatchSimBridge *self)
{
  return self->log;
}

/**
 * latch_sim_bridge_get_uptime:
 *
 * Returns: seconds since the bridge last booted
 */
gint64
latch_sim_bridge_get_uptime (LatchSimBridge *self)
{
  return (g_get_monotonic_time () - self->boot_time) / G_USEC_PER_SEC;
}

/**
 * latch_sim_bridge_set_uptime:
 * @seconds: for how long the bridge shall have been running
 */
void
latch_sim_bridge_set_uptime (LatchSimBridge *self,
                             gint64          seconds)
{
  self->boot_time = g_get_monotonic_time () - seconds * G_USEC_PER_SEC;
}

/**
 * latch_sim_bridge_get_online:
 *
 * Returns: whether the bridge reaches the vendor's server (spec: /info, serverConnected)
 */
gboolean
latch_sim_bridge_get_online (LatchSimBridge *self)
{
  return self->online;
}

void
latch_sim_bridge_set_online (LatchSimBridge *self,
                             gboolean        online)
{
  self->online = online;
}

/**
 * latch_sim_bridge_get_auth_enabled:
 *
 * Returns: whether /auth works and the discovery service is told the bridge's address (spec: /configAuth)
 */
gboolean
latch_sim_bridge_get_auth_enabled (LatchSimBridge *self)
{
  return self->auth_enabled;
}

void
latch_sim_bridge_set_auth_enabled (LatchSimBridge *self,
                                   gboolean        enabled)
{
  self->auth_enabled = enabled;
}

/**
 * latch_sim_bridge_get_locks:
 *
 * Returns: (transfer none) (element-type LatchSimLock): all devices in range, paired or not
 */
GPtrArray *
latch_sim_bridge_get_locks (LatchSimBridge *self)
{
  return self->locks;
}

/**
 * latch_sim_bridge_find_lock:
 * @id: a nukiId, decimal, or hexadecimal as the vendor's app shows it
 * @type: a device type, or %LATCH_SIM_ANY_TYPE
 *
 * Real bridges accept both notations; decimal goes first where a number could be either.
 *
 * Returns: (transfer none) (nullable): the device
 */
LatchSimLock *
latch_sim_bridge_find_lock (LatchSimBridge *self,
                            const char     *id,
                            int             type)
{
  LatchSimLock *lock = NULL;
  guint64 number;

  if (g_ascii_string_to_unsigned (id, 10, 0, G_MAXUINT32, &number, NULL))
    lock = find_by_number (self, number, type);
  if (lock == NULL && parse_hex (id, &number))
    lock = find_by_number (self, number, type);

  return lock;
}

guint
latch_sim_bridge_get_pair_index (LatchSimBridge *self,
                                 LatchSimLock   *lock)
{
  guint index = 0;

  g_ptr_array_find (self->locks, lock, &index);

  return index;
}

gboolean
latch_sim_bridge_is_running (LatchSimBridge *self)
{
  return self->running;
}

/**
 * latch_sim_bridge_stop:
 *
 * The bridge does nothing any more but send the answer that it is sending, and then reboot.
 */
void
latch_sim_bridge_stop (LatchSimBridge *self)
{
  self->running = FALSE;
  latch_sim_button_disarm (self->button);
}

/**
 * latch_sim_bridge_grow_log:
 * @n_entries: by how much
 *
 * Makes the log longer, at its beginning.
 */
void
latch_sim_bridge_grow_log (LatchSimBridge *self,
                           guint           n_entries)
{
  latch_sim_log_fill (self->log, n_entries, get_first_id (self));
}

/**
 * latch_sim_bridge_reboot:
 *
 * The bridge goes silent (spec: /reboot). What it has been told it keeps.
 */
void
latch_sim_bridge_reboot (LatchSimBridge *self)
{
  latch_sim_bridge_stop (self);
  g_signal_emit (self, signals[SIGNAL_REBOOT], 0);
}

/**
 * latch_sim_bridge_boot:
 *
 * The bridge is up again: its uptime starts anew, and it asks its locks how they are.
 */
void
latch_sim_bridge_boot (LatchSimBridge *self)
{
  self->running = TRUE;
  self->boot_time = g_get_monotonic_time ();

  latch_sim_log_add_number (self->log, "WLAN-SocketConnected", "connection", 0);
  latch_sim_log_add_number (self->log, "SSE-Connected", "serverNum", 5);
  latch_sim_log_add (self->log, "SSE-Gettime");
  latch_sim_log_add (self->log, "SSE-TimeResponse");
  latch_sim_log_add_number (self->log, "SSE-PushNukisRequest", "count", self->locks->len);
  latch_sim_log_add (self->log, "SSE-PushNukisResponse");
}

/**
 * latch_sim_bridge_update:
 *
 * Installs what firmware there is (spec: /fwupdate). Real bridges look for it first, and stay up where there is none.
 *
 * Returns: whether there was any, so that the bridge has to be rebooted
 */
gboolean
latch_sim_bridge_update (LatchSimBridge *self)
{
  if (g_strcmp0 (self->options->new_firmware, "none") == 0)
    return FALSE;

  if (self->options->new_firmware != NULL)
    g_set_str (&self->options->profile.firmware, self->options->new_firmware);

  return TRUE;
}

/**
 * latch_sim_bridge_factory_reset:
 *
 * The bridge forgets its token, its callbacks, its log and its locks (spec: /factoryReset), and reboots.
 */
void
latch_sim_bridge_factory_reset (LatchSimBridge *self)
{
  latch_sim_auth_forget (self->auth);
  latch_sim_callbacks_clear (self->callbacks);
  latch_sim_log_clear (self->log);
  self->auth_enabled = TRUE;
  for (guint i = 0; i < self->locks->len; i++)
    latch_sim_lock_set_paired (g_ptr_array_index (self->locks, i), FALSE);

  latch_sim_bridge_reboot (self);
}
