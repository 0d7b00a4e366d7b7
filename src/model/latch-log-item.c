/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-log-item.h"

#include "latch-log-mask.h"

/* 1 January 2015: no bridge is as old as that. One that has just got power says so until it has asked what time it is */
#define EARLIEST_TIME G_GINT64_CONSTANT (1420070400)

struct _LatchLogItem
{
  GObject parent_instance;

  gint64 timestamp;
  gint64 filed_at;
  char *kind; /* interned: there are few of them */
  guint64 nuki_id;
  char *text; /* interned: of equal entries, it is the same */
};

G_DEFINE_FINAL_TYPE (LatchLogItem, latch_log_item, G_TYPE_OBJECT)

static void
latch_log_item_finalize (GObject *object)
{
  LatchLogItem *self = LATCH_LOG_ITEM (object);

  g_clear_pointer (&self->kind, g_ref_string_release);
  g_clear_pointer (&self->text, g_ref_string_release);

  G_OBJECT_CLASS (latch_log_item_parent_class)->finalize (object);
}

static void
latch_log_item_class_init (LatchLogItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_log_item_finalize;
}

static void
latch_log_item_init (LatchLogItem *self)
{
}

/**
 * latch_log_item_new:
 * @entry: an entry as the bridge sent it
 * @client: (nullable): knows what is secret
 *
 * Returns: (transfer full): the entry without secrets
 */
LatchLogItem *
latch_log_item_new (const LatchLogEntry *entry, LatchClient *client)
{
  LatchLogItem *self = g_object_new (LATCH_TYPE_LOG_ITEM, NULL);
  g_autoptr (JsonNode) masked = latch_log_mask (entry->json, client);
  g_autofree char *text = json_to_string (masked, FALSE);
  g_autofree char *kind = entry->type != NULL ? latch_log_mask_text (entry->type, client) : NULL;

  self->timestamp = entry->timestamp;
  self->filed_at = entry->timestamp;
  self->kind = kind != NULL ? g_ref_string_new_intern (kind) : NULL;
  self->nuki_id = entry->nuki_id;
  self->text = g_ref_string_new_intern (text);

  return self;
}

/**
 * latch_log_item_get_timestamp:
 *
 * Returns: when it happened by the bridge's clock, in seconds since 1970; 0 where it did not say
 */
gint64
latch_log_item_get_timestamp (LatchLogItem *self)
{
  g_return_val_if_fail (LATCH_IS_LOG_ITEM (self), 0);

  return self->timestamp;
}

/**
 * latch_log_item_get_filed_at:
 *
 * Returns: the time under which to file it: that of a neighbour where its own cannot be right
 */
gint64
latch_log_item_get_filed_at (LatchLogItem *self)
{
  g_return_val_if_fail (LATCH_IS_LOG_ITEM (self), 0);

  return self->filed_at;
}

/**
 * latch_log_item_get_kind:
 *
 * Returns: (nullable): the entry's `type`, in the bridge's words
 */
const char *
latch_log_item_get_kind (LatchLogItem *self)
{
  g_return_val_if_fail (LATCH_IS_LOG_ITEM (self), NULL);

  return self->kind;
}

/**
 * latch_log_item_get_nuki_id:
 *
 * Returns: the lock that it is about, 0 if none
 */
guint64
latch_log_item_get_nuki_id (LatchLogItem *self)
{
  g_return_val_if_fail (LATCH_IS_LOG_ITEM (self), 0);

  return self->nuki_id;
}

/**
 * latch_log_item_get_text:
 *
 * Returns: the whole entry as JSON. Entries that say the same return the same pointer.
 */
const char *
latch_log_item_get_text (LatchLogItem *self)
{
  g_return_val_if_fail (LATCH_IS_LOG_ITEM (self), NULL);

  return self->text;
}

/**
 * latch_log_item_parse:
 *
 * Ten thousand entries as trees would take tens of megabytes, and few of them are looked at.
 *
 * Returns: (transfer full): the whole entry, an object
 */
JsonNode *
latch_log_item_parse (LatchLogItem *self)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (LATCH_IS_LOG_ITEM (self), NULL);

  node = json_from_string (self->text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? node : json_from_string ("{}", NULL);
}

/**
 * latch_log_item_file_at:
 * @time: when the entry beside it happened
 *
 * Tells an entry without a possible time of its own where it belongs. To be called before anybody sees it.
 */
void
latch_log_item_file_at (LatchLogItem *self, gint64 time)
{
  g_return_if_fail (LATCH_IS_LOG_ITEM (self));

  if (self->timestamp < EARLIEST_TIME)
    self->filed_at = time;
}
