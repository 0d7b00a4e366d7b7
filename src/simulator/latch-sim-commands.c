/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-endpoints.h"

/* How often the bridge tries to reach a lock before it takes it to be offline */
#define N_TRIES 3

/* One request that needs the lock itself: first it has to be reached over Bluetooth. */
typedef struct
{
  LatchSimBridge *bridge;
  LatchSimExchange *exchange;
  LatchSimLock *lock;
  LatchSimAction action; /* 0: only asks for its state */
  guint tries;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->bridge);
  g_object_unref (job->exchange);
  g_object_unref (job->lock);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static LatchSimLog *
get_log (LatchSimBridge *bridge)
{
  return latch_sim_bridge_get_log (bridge);
}

static void
log_ble (Job        *job,
         const char *type)
{
  latch_sim_log_add_lock (get_log (job->bridge), type, latch_sim_lock_get_id (job->lock), "\"pairIndex\": %u",
                          latch_sim_bridge_get_pair_index (job->bridge, job->lock));
}

static void
log_http (LatchSimBridge *bridge,
          LatchSimLock   *lock,
          const char     *type)
{
  latch_sim_log_add_lock (get_log (bridge), type, latch_sim_lock_get_id (lock), NULL);
}

static void
answer_offline (Job *job)
{
  const LatchSimProfile *profile = latch_sim_bridge_get_profile (job->bridge);

  /* What "offline" looks like changed with the API: 503 (1.6), later 200 without success, or 410 after long */
  if (profile->api == LATCH_SIM_API_1_6)
    latch_sim_answer_error (job->exchange, SOUP_STATUS_SERVICE_UNAVAILABLE);
  else if (latch_sim_lock_get_presence (job->lock) == LATCH_SIM_GONE)
    latch_sim_answer_error (job->exchange, SOUP_STATUS_GONE);
  else
    latch_sim_answer_success (job->exchange, FALSE, NULL);
}

static void
answer_state (Job *job)
{
  const LatchSimReport *report = latch_sim_lock_ask (job->lock);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  latch_sim_report_write (report, latch_sim_lock_get_device (job->lock), latch_sim_bridge_get_profile (job->bridge),
                          latch_sim_bridge_get_clock (job->bridge), builder);
  latch_sim_json_flag (builder, "success", TRUE);
  json_builder_end_object (builder);

  latch_sim_answer_builder (job->exchange, builder);
}

static void
answer_action (Job     *job,
               gboolean success)
{
  const LatchSimReport *truth = latch_sim_lock_get_truth (job->lock);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  latch_sim_json_flag (builder, "success", success);
  latch_sim_json_flag (builder, "batteryCritical", truth->critical);
  json_builder_end_object (builder);

  latch_sim_answer_builder (job->exchange, builder);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Job) job = user_data;
  gboolean success = latch_sim_lock_act_finish (LATCH_SIM_LOCK (source), result);

  if (success)
    log_http (job->bridge, job->lock, "HTTP-LockActionSuccess");
  log_ble (job, "BLE-Disconnect");

  /* Too late if the caller did not want to wait */
  answer_action (job, success);
}

static void
act (Job *job)
{
  log_ble (job, "BLE-GetChallenge");
  log_ble (job, "BLE-SendLockAction");
  latch_sim_lock_act_async (job->lock, job->action, acted_cb, job);
}

static void reach_cb (gpointer user_data);

static void
reach (Job *job)
{
  double ble_time = latch_sim_bridge_get_options (job->bridge)->ble_time;

  g_timeout_add_once ((guint) (ble_time * 1000), reach_cb, job);
}

static void
reach_cb (gpointer user_data)
{
  g_autoptr (Job) job = user_data;

  if (latch_sim_lock_get_presence (job->lock) != LATCH_SIM_ONLINE)
    {
      if (++job->tries < N_TRIES)
        {
          log_ble (job, "BLE-Retry");
          reach (g_steal_pointer (&job));
          return;
        }
      log_http (job->bridge, job->lock, "BLE-ConnectionTimeout");
      answer_offline (job);
      return;
    }

  log_ble (job, "BLE-Connected");
  if (job->action != 0)
    {
      act (g_steal_pointer (&job));
    }
  else
    {
      log_ble (job, "BLE-ReadStates");
      answer_state (job);
      log_ble (job, "BLE-Disconnect");
    }
}

static void
start (LatchSimBridge   *bridge,
       LatchSimExchange *exchange,
       LatchSimLock     *lock,
       LatchSimAction    action,
       gboolean          wait)
{
  g_autoptr (Job) job = g_new0 (Job, 1);

  job->bridge = g_object_ref (bridge);
  job->exchange = g_object_ref (exchange);
  job->lock = g_object_ref (lock);
  job->action = action;

  log_ble (job, "BLE-Connect");
  if (!wait && latch_sim_lock_get_presence (lock) == LATCH_SIM_ONLINE)
    {
      /* Otherwise the refusal follows at once */
      if (latch_sim_lock_can_act (lock))
        answer_action (job, TRUE);
      act (g_steal_pointer (&job));
      return;
    }

  reach (g_steal_pointer (&job));
}

/* Finds the device that a request is about, or answers the request. */
static LatchSimLock *
find_lock (LatchSimBridge   *bridge,
           LatchSimExchange *exchange)
{
  const char *id = latch_sim_exchange_get_param (exchange, "nukiId");
  gboolean modern = latch_sim_profile_is_modern (latch_sim_bridge_get_profile (bridge));
  guint64 type = 0;
  LatchSimLock *lock;

  /* To older bridges, the device type is a parameter like any other that they do not know */
  if (id == NULL || id[0] == '\0' ||
      (modern &&
       !latch_sim_exchange_get_number (exchange, "deviceType", LATCH_SIM_TYPE_SMART_LOCK, G_MAXUINT8, &type)))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_BAD_REQUEST);
      return NULL;
    }

  /* Without a device type, newer bridges look among smart locks of the first generations only */
  lock = latch_sim_bridge_find_lock (bridge, id, modern ? (int) type : LATCH_SIM_ANY_TYPE);
  if (lock == NULL || !latch_sim_lock_is_paired (lock))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_NOT_FOUND);
      return NULL;
    }

  return lock;
}

static gboolean
get_flag (LatchSimExchange *exchange,
          const char       *name,
          gboolean         *flag)
{
  guint64 number;

  if (!latch_sim_exchange_get_number (exchange, name, 0, 1, &number))
    return FALSE;
  *flag = *flag || number == 1;

  return TRUE;
}

static void
log_action (LatchSimBridge *bridge,
            LatchSimLock   *lock,
            LatchSimAction  action)
{
  latch_sim_log_add_lock (get_log (bridge), "HTTP-LockActionStart", latch_sim_lock_get_id (lock),
                          "\"action\": \"%s\"", latch_sim_action_log_name (action));
}

/**
 * latch_sim_handle_lock_state:
 *
 * The truth, from the lock itself (spec: /lockState).
 */
void
latch_sim_handle_lock_state (LatchSimBridge   *bridge,
                             LatchSimExchange *exchange)
{
  LatchSimLock *lock = find_lock (bridge, exchange);

  if (lock == NULL)
    return;

  log_http (bridge, lock, "HTTP-LockState");
  start (bridge, exchange, lock, 0, TRUE);
}

/**
 * latch_sim_handle_lock_action:
 *
 * Moves a lock; answers once it has moved, unless told not to wait (spec: /lockAction). The parameter
 * for that is `noWait` in the 1.6 text and `nowait` in the 1.13 text; clients send either.
 */
void
latch_sim_handle_lock_action (LatchSimBridge   *bridge,
                              LatchSimExchange *exchange)
{
  gboolean no_wait = FALSE;
  guint64 action;
  LatchSimLock *lock;

  if (latch_sim_exchange_get_param (exchange, "action") == NULL ||
      !latch_sim_exchange_get_number (exchange, "action", 0, LATCH_SIM_ACTION_LOCK_N_GO_WITH_UNLATCH, &action) ||
      action < LATCH_SIM_ACTION_UNLOCK || !get_flag (exchange, "noWait", &no_wait) ||
      !get_flag (exchange, "nowait", &no_wait))
    {
      latch_sim_answer_error (exchange, SOUP_STATUS_BAD_REQUEST);
      return;
    }

  lock = find_lock (bridge, exchange);
  if (lock == NULL)
    return;

  log_action (bridge, lock, (LatchSimAction) action);
  start (bridge, exchange, lock, (LatchSimAction) action, !no_wait);
}

/**
 * latch_sim_handle_lock:
 *
 * Locks; on an opener, ends ring-to-open and continuous mode (API 1.10: /lock).
 */
void
latch_sim_handle_lock (LatchSimBridge   *bridge,
                       LatchSimExchange *exchange)
{
  LatchSimLock *lock = find_lock (bridge, exchange);

  if (lock == NULL)
    return;

  log_action (bridge, lock, LATCH_SIM_ACTION_LOCK);
  if (latch_sim_lock_get_device (lock) == LATCH_SIM_TYPE_OPENER)
    start (bridge, exchange, lock, LATCH_SIM_ACTION_DEACTIVATE_CONTINUOUS, TRUE);
  else
    start (bridge, exchange, lock, LATCH_SIM_ACTION_LOCK, TRUE);
}

/**
 * latch_sim_handle_unlock:
 *
 * Lets somebody in, whatever that takes at this door (API 1.10: /unlock).
 */
void
latch_sim_handle_unlock (LatchSimBridge   *bridge,
                         LatchSimExchange *exchange)
{
  LatchSimLock *lock = find_lock (bridge, exchange);

  if (lock == NULL)
    return;

  log_action (bridge, lock, LATCH_SIM_ACTION_UNLOCK);
  if (latch_sim_lock_get_device (lock) == LATCH_SIM_TYPE_OPENER)
    start (bridge, exchange, lock, LATCH_SIM_ACTION_STRIKE, TRUE);
  else
    start (bridge, exchange, lock,
           latch_sim_lock_has_knob (lock) ? LATCH_SIM_ACTION_UNLATCH : LATCH_SIM_ACTION_UNLOCK, TRUE);
}

/**
 * latch_sim_handle_unpair:
 *
 * The bridge forgets a lock, which can only be paired again in the vendor's app (spec: /unpair).
 */
void
latch_sim_handle_unpair (LatchSimBridge   *bridge,
                         LatchSimExchange *exchange)
{
  LatchSimLock *lock = find_lock (bridge, exchange);

  if (lock == NULL)
    return;

  log_http (bridge, lock, "HTTP-Unpair");
  latch_sim_lock_set_paired (lock, FALSE);
  latch_sim_answer_success (exchange, TRUE, NULL);
}
