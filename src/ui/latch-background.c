/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-background.h"

#include "latch-error.h"
#include "latch-portal-request.h"
#include "latch-portal.h"

#include <glib/gi18n-lib.h>

#define PORTAL "org.freedesktop.portal.Background"
#define RUN_KEY "run-in-background"
#define START_KEY "start-at-login"
/* An answer that comes at once need not have been waited for */
#define PATIENCE_MS 300

/**
 * LatchBackground:
 *
 * The settings say what somebody wishes, and count at once. The desktop is asked about each change of them; what it does
 * not allow is taken back. Where there is nobody to ask, nobody forbids to go on either, but nobody starts us at login.
 */
struct _LatchBackground
{
  GObject parent_instance;

  GApplication *application; /* owns us */
  GSettings *settings;

  gboolean runs;   /* what was wished and allowed */
  gboolean starts; /* likewise */
  gboolean may_start; /* whether the desktop may believe that it is to start us */
  gboolean can_start; /* whether it can, as far as we know */

  GCancellable *asking; /* NULL while nobody is asked anything */
  gboolean asked_run;
  gboolean asked_start;
  guint patience_id;
  gboolean waiting;
  char *run_problem; /* why it was not allowed, NULL if it was, or nobody has tried */
  char *start_problem;

  gboolean stays; /* whether there was something to go on with */
  gboolean is_held;
};

G_DEFINE_FINAL_TYPE (LatchBackground, latch_background, G_TYPE_OBJECT)

typedef enum
{
  PROP_WAITING = 1,
  PROP_CAN_START_AT_LOGIN,
} LatchBackgroundProperty;

static GParamSpec *properties[PROP_CAN_START_AT_LOGIN + 1];

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_hold (LatchBackground *self)
{
  gboolean holds = self->application && self->stays && g_settings_get_boolean (self->settings, RUN_KEY);

  if (holds == self->is_held)
    return;

  self->is_held = holds;
  if (holds)
    g_application_hold (self->application);
  else
    g_application_release (self->application);
}

static void
set_waiting (LatchBackground *self, gboolean waiting)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->waiting == waiting)
    return;

  self->waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

static void
patience_cb (gpointer user_data)
{
  LatchBackground *self = user_data;

  self->patience_id = 0;
  set_waiting (self, TRUE);
}

static void
set_can_start (LatchBackground *self, gboolean can_start)
{
  if (self->can_start == can_start)
    return;

  self->can_start = can_start;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_START_AT_LOGIN]);
}

/* Who wished it hears of it, wherever he is */
static void
tell (LatchBackground *self, const char *what, const char *why)
{
  g_autoptr (GNotification) notification = NULL;
  gboolean is_told = FALSE;

  g_message ("%s: %s", what, why);
  g_signal_emit (self, signals[REFUSED], 0, what, &is_told);
  if (is_told)
    return;

  notification = g_notification_new (what);
  g_notification_set_body (notification, why);
  g_application_send_notification (self->application, "background", notification);
}

/* To set what is set already would tell of a change */
static void
unset (LatchBackground *self, const char *key)
{
  if (g_settings_get_boolean (self->settings, key))
    g_settings_set_boolean (self->settings, key, FALSE);
}

/* Takes wishes back that were not granted; what then changes is what is so, and nobody is asked about it */
static void
settle (LatchBackground *self, gboolean runs, gboolean starts)
{
  self->runs = runs;
  self->starts = starts;
  if (!runs)
    unset (self, RUN_KEY);
  if (!starts)
    unset (self, START_KEY);
}

static void
refuse (LatchBackground *self, const GError *error)
{
  gboolean is_absent = g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED);

  if (!self->asked_start && (self->runs || !self->asked_run || is_absent))
    {
      g_debug ("Nobody heard that Nightlatch is not to be started at login: %s", error->message);
      settle (self, self->asked_run, FALSE);
    }
  else if (is_absent || self->runs)
    {
      self->may_start = FALSE;
      settle (self, self->asked_run, FALSE);
      g_set_str (&self->start_problem, error->message);
      tell (self, _("Could not turn on Start at Login"), error->message);
    }
  else
    {
      self->may_start = FALSE;
      settle (self, FALSE, FALSE);
      g_set_str (&self->run_problem, error->message);
      tell (self, _("Could not turn on Run in Background"), error->message);
    }

  if (is_absent)
    set_can_start (self, FALSE);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBackground) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = latch_portal_request_finish (G_DBUS_CONNECTION (source), result, &error);
  gboolean may_run = FALSE;
  gboolean starts = FALSE;

  /* Something else is wished by now */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->asking);
  set_waiting (self, FALSE);
  /* Portals of old do not say it; what says something else than yes is no yes */
  if (answer && !g_variant_lookup (answer, "background", "b", &may_run))
    may_run = !g_variant_lookup (answer, "background", "*", NULL);
  if (answer && self->asked_run && !may_run)
    g_set_error_literal (&error, LATCH_ERROR, LATCH_ERROR_REFUSED, _("The desktop did not allow it"));
  if (error)
    {
      if (answer)
        self->runs = FALSE;
      refuse (self, error);
      return;
    }

  g_variant_lookup (answer, "autostart", "b", &starts);
  self->may_start = starts;
  set_can_start (self, TRUE);
  settle (self, self->asked_run, self->asked_start && starts);
  if (self->asked_start && !starts)
    {
      g_set_str (&self->start_problem, _("The desktop did not allow it"));
      tell (self, _("Could not turn on Start at Login"), self->start_problem);
    }
}

static void
ask (LatchBackground *self)
{
  static const char *const command[] = { "nightlatch", "--background", NULL };
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);
  GDBusConnection *connection = g_application_get_dbus_connection (self->application);

  if (!connection)
    {
      g_autoptr (GError) error =
          g_error_new_literal (LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED, _("This desktop does not offer it"));

      refuse (self, error);
      return;
    }

  self->may_start |= self->asked_start;
  self->asking = g_cancellable_new ();
  self->patience_id = g_timeout_add_once (PATIENCE_MS, patience_cb, self);
  g_variant_dict_insert (&options, "reason", "s", _("To tell you of doors that are left unlocked or open"));
  g_variant_dict_insert (&options, "autostart", "b", self->asked_start);
  g_variant_dict_insert_value (&options, "commandline", g_variant_new_strv (command, -1));
  g_variant_dict_insert (&options, "dbus-activatable", "b", FALSE);
  latch_portal_request_async (connection, PORTAL, "RequestBackground", g_variant_new ("(s)", ""), &options,
                              self->asking, asked_cb, g_object_ref (self));
}

static void
stop_asking (LatchBackground *self)
{
  if (self->asking)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  set_waiting (self, FALSE);
}

static void
wish_changed_cb (LatchBackground *self)
{
  gboolean run = g_settings_get_boolean (self->settings, RUN_KEY);
  gboolean start = run && g_settings_get_boolean (self->settings, START_KEY);

  if (!run)
    unset (self, START_KEY);
  update_hold (self);
  if (self->asking ? run == self->asked_run && start == self->asked_start
                   : run == self->runs && start == self->starts && start == self->may_start)
    return;

  stop_asking (self);
  g_clear_pointer (&self->run_problem, g_free);
  g_clear_pointer (&self->start_problem, g_free);
  self->asked_run = run;
  self->asked_start = start;
  /* To go on as before, and to stop, nobody has to allow */
  if (start || self->may_start || (run && !self->runs))
    ask (self);
  else
    settle (self, run, start);
}

static void
version_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBackground) self = user_data;

  set_can_start (self, latch_portal_get_version_finish (G_DBUS_CONNECTION (source), result, NULL) > 0);
}

static void
latch_background_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBackground *self = LATCH_BACKGROUND (object);

  switch ((LatchBackgroundProperty) property_id)
    {
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    case PROP_CAN_START_AT_LOGIN:
      g_value_set_boolean (value, self->can_start);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_background_dispose (GObject *object)
{
  latch_background_stop (LATCH_BACKGROUND (object));

  G_OBJECT_CLASS (latch_background_parent_class)->dispose (object);
}

static void
latch_background_finalize (GObject *object)
{
  LatchBackground *self = LATCH_BACKGROUND (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->run_problem, g_free);
  g_clear_pointer (&self->start_problem, g_free);

  G_OBJECT_CLASS (latch_background_parent_class)->finalize (object);
}

static void
latch_background_class_init (LatchBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = latch_background_get_property;
  object_class->dispose = latch_background_dispose;
  object_class->finalize = latch_background_finalize;

  /**
   * LatchBackground:waiting:
   *
   * Whether the desktop takes its time to answer.
   */
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);

  /**
   * LatchBackground:can-start-at-login:
   *
   * Whether there is somebody who could start us at login, as far as is known.
   */
  properties[PROP_CAN_START_AT_LOGIN] = g_param_spec_boolean ("can-start-at-login", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchBackground::refused:
   * @what: what is not to be
   *
   * Returns: whether somebody was told, and can see why
   */
  signals[REFUSED] =
      g_signal_new ("refused", LATCH_TYPE_BACKGROUND, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                    NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
}

static void
latch_background_init (LatchBackground *self)
{
  self->can_start = TRUE;
}

/**
 * latch_background_new:
 * @application: what goes on; outlives this
 * @settings: the application's settings
 */
LatchBackground *
latch_background_new (GApplication *application, GSettings *settings)
{
  LatchBackground *self = g_object_new (LATCH_TYPE_BACKGROUND, NULL);

  self->application = application;
  self->settings = g_object_ref (settings);
  self->runs = g_settings_get_boolean (settings, RUN_KEY);
  self->starts = self->runs && g_settings_get_boolean (settings, START_KEY);
  self->may_start = self->starts;
  g_signal_connect_object (settings, "changed::" RUN_KEY, G_CALLBACK (wish_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" START_KEY, G_CALLBACK (wish_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * latch_background_stay:
 *
 * Says that there is something to go on with: somebody has had a window, or the session has begun. Whoever is started
 * only to answer a question ends after that.
 */
void
latch_background_stay (LatchBackground *self)
{
  g_return_if_fail (LATCH_IS_BACKGROUND (self));

  self->stays = TRUE;
  update_hold (self);
}

/**
 * latch_background_look:
 *
 * Finds out whether there is somebody who could start us at login.
 */
void
latch_background_look (LatchBackground *self)
{
  GDBusConnection *connection = NULL;

  g_return_if_fail (LATCH_IS_BACKGROUND (self));

  connection = self->application ? g_application_get_dbus_connection (self->application) : NULL;
  if (connection)
    latch_portal_get_version_async (connection, PORTAL, G_MAXINT, NULL, version_cb, g_object_ref (self));
  else
    set_can_start (self, FALSE);
}

gboolean
latch_background_can_start_at_login (LatchBackground *self)
{
  g_return_val_if_fail (LATCH_IS_BACKGROUND (self), FALSE);

  return self->can_start;
}

gboolean
latch_background_get_waiting (LatchBackground *self)
{
  g_return_val_if_fail (LATCH_IS_BACKGROUND (self), FALSE);

  return self->waiting;
}

/**
 * latch_background_get_run_problem:
 *
 * Returns: (nullable): why the desktop did not allow what was last wished
 */
const char *
latch_background_get_run_problem (LatchBackground *self)
{
  g_return_val_if_fail (LATCH_IS_BACKGROUND (self), NULL);

  return self->run_problem;
}

/**
 * latch_background_get_start_problem:
 *
 * Returns: (nullable): why the desktop does not start us at login, if that was wished last
 */
const char *
latch_background_get_start_problem (LatchBackground *self)
{
  g_return_val_if_fail (LATCH_IS_BACKGROUND (self), NULL);

  return self->start_problem;
}

/**
 * latch_background_stop:
 *
 * Lets the program end. What nobody has answered yet is not so.
 */
void
latch_background_stop (LatchBackground *self)
{
  g_return_if_fail (LATCH_IS_BACKGROUND (self));

  if (!self->application)
    return;

  g_signal_handlers_disconnect_by_data (self->settings, self);
  if (self->asking && self->asked_start)
    unset (self, START_KEY);
  stop_asking (self);
  if (self->is_held)
    g_application_release (self->application);
  self->is_held = FALSE;
  self->application = NULL;
}
