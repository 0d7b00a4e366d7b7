/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-event-record.h"

#include "latch-csv.h"
#include "latch-enums.h"
#include "latch-snapshot.h"

static char *
make_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static const char *
get_nick (const LatchEvent *event, gint64 value)
{
  gboolean opener = latch_device_type_is_opener (event->device_type);

  if (value == LATCH_EVENT_VALUE_UNKNOWN)
    return NULL;

  switch (event->kind)
    {
    case LATCH_EVENT_STATE:
      return latch_lock_state_get_nick (latch_lock_state_from_code ((int) value, opener));
    case LATCH_EVENT_DOOR:
      return latch_door_state_get_nick (latch_door_state_from_code ((int) value));
    case LATCH_EVENT_BATTERY:
    case LATCH_EVENT_KEYPAD_BATTERY:
      return value != 0 ? "low" : "good";
    case LATCH_EVENT_MODE:
      return value == LATCH_MODE_CONTINUOUS ? "continuous" : "door";
    default:
      return NULL;
    }
}

/* Of rings and gaps, values are times */
static gboolean
has_times (const LatchEvent *event)
{
  return event->kind == LATCH_EVENT_RING || event->kind == LATCH_EVENT_GAP;
}

static char *
make_value (const LatchEvent *event, gint64 value)
{
  return has_times (event) ? make_time (value) : g_strdup (get_nick (event, value));
}

/* That a gap was seen says nothing */
static const char *
get_cause (const LatchEvent *event)
{
  gboolean says_nothing = event->kind == LATCH_EVENT_GAP && event->cause == LATCH_EVENT_CAUSE_SEEN;

  return says_nothing ? NULL : latch_event_cause_get_nick (event->cause);
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static void
set_code (JsonObject *object, const char *name, gint64 code)
{
  if (code >= 0)
    json_object_set_int_member (object, name, code);
  else
    json_object_set_null_member (object, name);
}

static void
set_value (JsonObject *object, const char *name, const char *code_name, const LatchEvent *event, gint64 value)
{
  g_autofree char *text = make_value (event, value);

  set_text (object, name, text);
  set_code (object, code_name, has_times (event) ? -1 : value);
}

/**
 * latch_event_record_new_json:
 * @name: (nullable): what its bridge calls the lock, if that is known
 * @local_name: (nullable): what it is called on this computer, if that is something else
 *
 * Returns: (transfer full): the event. Members are never left out; what is not known is null
 */
JsonObject *
latch_event_record_new_json (const LatchEvent *event, const char *name, const char *local_name)
{
  g_autofree char *hex = latch_nuki_id_to_hex (event->nuki_id);
  g_autofree char *time = make_time (event->at);
  JsonObject *object = json_object_new ();

  set_text (object, "time", time);
  set_text (object, "bridgeId", event->bridge_id);
  json_object_set_int_member (object, "nukiId", (gint64) event->nuki_id);
  set_text (object, "nukiIdHex", hex);
  set_code (object, "deviceType", event->device_type);
  set_text (object, "name", name);
  set_text (object, "kind", latch_event_kind_get_nick (event->kind));
  set_value (object, "from", "fromCode", event, event->from);
  set_value (object, "to", "toCode", event, event->to);
  set_text (object, "cause", get_cause (event));
  set_text (object, "localName", local_name);

  return object;
}

/**
 * latch_event_record_append_csv_titles:
 * @csv: a table that is empty yet
 */
void
latch_event_record_append_csv_titles (GString *csv)
{
  static const char *const titles[] = { "time", "bridge", "bridgeId", "lock", "nukiIdHex", "kind", "from", "to", "cause" };

  latch_csv_append_row (csv, titles, G_N_ELEMENTS (titles));
}

/**
 * latch_event_record_append_csv:
 * @csv: a table
 * @name: (nullable): what the lock is called on this computer, if it is known
 * @bridge_name: (nullable): what its bridge is called
 *
 * Adds the event as a row.
 */
void
latch_event_record_append_csv (GString *csv, const LatchEvent *event, const char *name, const char *bridge_name)
{
  g_autofree char *hex = latch_nuki_id_to_hex (event->nuki_id);
  g_autofree char *time = make_time (event->at);
  g_autofree char *from = make_value (event, event->from);
  g_autofree char *to = make_value (event, event->to);
  const char *const cells[] = {
    time, bridge_name, event->bridge_id, name, hex, latch_event_kind_get_nick (event->kind), from, to, get_cause (event),
  };

  latch_csv_append_row (csv, cells, G_N_ELEMENTS (cells));
}
