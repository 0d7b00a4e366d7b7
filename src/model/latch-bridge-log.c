/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-log-private.h"

#include "latch-error.h"
#include "latch-model-enum-types.h"

#include <glib/gi18n-lib.h>

/* The vendor's default; bridges of the first line (firmware 1.x) are possibly overloaded by more than half of that */
#define PAGE_SIZE 100
#define SMALL_PAGE_SIZE 50
/* A refresh that finds nothing known in so many entries begins anew */
#define MAX_REFRESH 1000

static GType
latch_bridge_log_get_item_type (GListModel *model)
{
  return LATCH_TYPE_LOG_ITEM;
}

static guint
latch_bridge_log_get_n_items (GListModel *model)
{
  return latch_log_stretch_get_items (LATCH_BRIDGE_LOG (model)->stretch)->len;
}

static gpointer
latch_bridge_log_get_item (GListModel *model, guint position)
{
  GPtrArray *items = latch_log_stretch_get_items (LATCH_BRIDGE_LOG (model)->stretch);

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_bridge_log_get_item_type;
  iface->get_n_items = latch_bridge_log_get_n_items;
  iface->get_item = latch_bridge_log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchBridgeLog, latch_bridge_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum
{
  PROP_STATE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint
count_items (LatchBridgeLog *self)
{
  return latch_log_stretch_get_items (self->stretch)->len;
}

void
latch_bridge_log_set_state (LatchBridgeLog *self, LatchLogState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
tell_added (LatchBridgeLog *self, guint n_newer, guint n_older)
{
  if (n_newer > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_newer);
  if (n_older > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), count_items (self) - n_older, 0, n_older);
}

void
latch_bridge_log_replace (LatchBridgeLog *self, LatchLogStretch *stretch)
{
  guint n_before = count_items (self);

  latch_log_stretch_free (self->stretch);
  self->stretch = stretch;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, count_items (self));
}

static void
end_readers (LatchBridgeLog *self, const GError *error)
{
  g_autoptr (GPtrArray) readers = g_steal_pointer (&self->readers);

  self->readers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < readers->len; i++)
    {
      if (error != NULL)
        g_task_return_error (readers->pdata[i], g_error_copy (error));
      else
        g_task_return_boolean (readers->pdata[i], TRUE);
    }
}

static void
fail (LatchBridgeLog *self, GError *error)
{
  g_autoptr (LatchBridgeLog) keep = g_object_ref (self);

  g_clear_error (&self->error);
  self->error = error;
  g_clear_pointer (&self->newer, latch_log_stretch_free);
  self->wanted = 0;
  self->was_lost = FALSE;
  latch_bridge_log_set_state (self, LATCH_LOG_STATE_FAILED);
  end_readers (self, error);
}

/* What the bridge answers now does not fit what it answered before, or goes on without end */
static void
fail_lost (LatchBridgeLog *self)
{
  latch_log_stretch_try_again (self->stretch);
  fail (self, g_error_new (LATCH_ERROR, LATCH_ERROR_MALFORMED,
                           _("The bridge’s answers contradict each other, so that older entries cannot be read. Try again")));
}

static guint
get_page_size (LatchBridgeLog *self)
{
  const LatchInfoSnapshot *info = latch_bridge_get_info (self->bridge);

  return info != NULL && info->firmware_version != NULL && !g_str_has_prefix (info->firmware_version, "1.")
             ? PAGE_SIZE
             : SMALL_PAGE_SIZE;
}

static void
take_newer (LatchBridgeLog *self)
{
  LatchLogProgress progress = latch_log_stretch_get_progress (self->newer);
  guint n_newer, n_older;

  if (latch_log_stretch_join (self->stretch, self->newer, &n_newer, &n_older))
    {
      g_clear_pointer (&self->newer, latch_log_stretch_free);
      tell_added (self, n_newer, n_older);
    }
  else if (progress == LATCH_LOG_PROGRESS_LOST)
    {
      fail_lost (self);
    }
  else if (count_items (self) == 0 || progress == LATCH_LOG_PROGRESS_COMPLETE ||
           latch_log_stretch_get_items (self->newer)->len >= MAX_REFRESH)
    {
      /* It is another log now: somebody cleared it, or very much has happened */
      latch_bridge_log_replace (self, g_steal_pointer (&self->newer));
    }
}

typedef struct
{
  LatchBridgeLog *log;
  GCancellable *cancellable;
  guint offset;
  guint count;
} Page;

static void
page_free (Page *page)
{
  g_object_unref (page->log);
  g_object_unref (page->cancellable);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Page) page = user_data;
  LatchBridgeLog *self = page->log;
  LatchClient *client = LATCH_CLIENT (source);
  GError *error = NULL;
  g_autoptr (GPtrArray) entries = latch_client_log_finish (client, result, &error);
  g_autoptr (GPtrArray) items = NULL;
  LatchLogStretch *stretch = self->newer != NULL ? self->newer : self->stretch;
  guint n_newer, n_older;

  if (self->asked != page->cancellable || g_cancellable_is_cancelled (page->cancellable))
    {
      g_clear_error (&error);
      return; /* nobody wants it any more */
    }

  g_clear_object (&self->asked);
  if (entries == NULL)
    {
      latch_bridge_explain_error (self->bridge, &error);
      latch_bridge_apply_lock_error (self->bridge, error);
      fail (self, error);
      return;
    }

  items = g_ptr_array_new_full (entries->len, g_object_unref);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (items, latch_log_item_new (entries->pdata[i], client));
  latch_log_stretch_take (stretch, items, page->offset, page->count, &n_newer, &n_older);
  if (stretch == self->newer)
    take_newer (self);
  else
    tell_added (self, n_newer, n_older);
  if (n_older > 0)
    self->was_lost = FALSE;

  if (self->state == LATCH_LOG_STATE_READING)
    latch_bridge_log_go_on (self);
}

static void
ask (LatchBridgeLog *self, LatchLogStretch *stretch)
{
  Page *page = g_new0 (Page, 1);

  self->asked = g_cancellable_new ();
  page->log = g_object_ref (self);
  page->cancellable = g_object_ref (self->asked);
  page->count = get_page_size (self);
  page->offset = latch_log_stretch_plan (stretch, page->count);
  latch_client_log_async (latch_bridge_get_client (self->bridge), page->offset, page->count, page->cancellable, page_cb,
                          page);
}

static gboolean
is_unsupported (LatchBridgeLog *self)
{
  return latch_bridge_get_bridge_type (self->bridge) == LATCH_BRIDGE_TYPE_SOFTWARE;
}

/* Asks for the next page, if anybody wants one */
void
latch_bridge_log_go_on (LatchBridgeLog *self)
{
  g_autoptr (LatchBridgeLog) keep = g_object_ref (self);
  LatchLogProgress progress = latch_log_stretch_get_progress (self->stretch);

  if (self->asked != NULL || self->state == LATCH_LOG_STATE_CLEARING)
    return;

  if (is_unsupported (self))
    {
      fail (self, g_error_new (LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED, _("Software bridges keep no log")));
      return;
    }

  if (self->newer == NULL && progress == LATCH_LOG_PROGRESS_LOST)
    {
      if (self->was_lost)
        {
          fail_lost (self);
          return;
        }
      /* Perhaps somebody has cleared it */
      self->was_lost = TRUE;
      self->newer = latch_log_stretch_new ();
    }

  if (self->newer != NULL)
    {
      latch_bridge_log_set_state (self, LATCH_LOG_STATE_READING);
      ask (self, self->newer);
    }
  else if (progress == LATCH_LOG_PROGRESS_COMPLETE)
    {
      latch_bridge_log_set_state (self, LATCH_LOG_STATE_COMPLETE);
      end_readers (self, NULL);
    }
  else if (count_items (self) < MAX (self->wanted, 1)) /* that there are none at all takes two pages to know */
    {
      latch_bridge_log_set_state (self, LATCH_LOG_STATE_READING);
      ask (self, self->stretch);
    }
  else
    {
      latch_bridge_log_set_state (self, LATCH_LOG_STATE_IDLE);
    }
}

void
latch_bridge_log_drop_request (LatchBridgeLog *self)
{
  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  g_clear_pointer (&self->newer, latch_log_stretch_free);
}

static void
latch_bridge_log_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, LATCH_BRIDGE_LOG (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_bridge_log_finalize (GObject *object)
{
  LatchBridgeLog *self = LATCH_BRIDGE_LOG (object);

  g_clear_pointer (&self->stretch, latch_log_stretch_free);
  g_clear_pointer (&self->newer, latch_log_stretch_free);
  g_clear_pointer (&self->readers, g_ptr_array_unref);
  g_clear_object (&self->asked);
  g_clear_object (&self->bridge);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (latch_bridge_log_parent_class)->finalize (object);
}

static void
latch_bridge_log_class_init (LatchBridgeLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_bridge_log_get_property;
  object_class->finalize = latch_bridge_log_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LATCH_TYPE_LOG_STATE, LATCH_LOG_STATE_IDLE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
latch_bridge_log_init (LatchBridgeLog *self)
{
  self->stretch = latch_log_stretch_new ();
  self->readers = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * latch_bridge_log_new:
 *
 * Returns: (transfer full): the log of @bridge, of which nothing was read yet
 */
LatchBridgeLog *
latch_bridge_log_new (LatchBridge *bridge)
{
  LatchBridgeLog *self = g_object_new (LATCH_TYPE_BRIDGE_LOG, NULL);

  self->bridge = g_object_ref (bridge);

  return self;
}

LatchBridge *
latch_bridge_log_get_bridge (LatchBridgeLog *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_LOG (self), NULL);

  return self->bridge;
}

LatchLogState
latch_bridge_log_get_state (LatchBridgeLog *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_LOG (self), LATCH_LOG_STATE_IDLE);

  return self->state;
}

/**
 * latch_bridge_log_get_error:
 *
 * Returns: (nullable): why it could not be read any further, in the state %LATCH_LOG_STATE_FAILED
 */
const GError *
latch_bridge_log_get_error (LatchBridgeLog *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_LOG (self), NULL);

  return self->state == LATCH_LOG_STATE_FAILED ? self->error : NULL;
}

/**
 * latch_bridge_log_read_more:
 *
 * Reads another page, also after a failure. While one is being read, once is enough.
 */
void
latch_bridge_log_read_more (LatchBridgeLog *self)
{
  g_return_if_fail (LATCH_IS_BRIDGE_LOG (self));

  if (self->state == LATCH_LOG_STATE_READING || self->state == LATCH_LOG_STATE_CLEARING)
    return;

  self->wanted = MAX (self->wanted, count_items (self) + 1);
  latch_bridge_log_go_on (self);
}

/**
 * latch_bridge_log_refresh:
 *
 * Reads what was written since; of a log that somebody has cleared, only what is left is kept.
 */
void
latch_bridge_log_refresh (LatchBridgeLog *self)
{
  g_return_if_fail (LATCH_IS_BRIDGE_LOG (self));

  if (self->state == LATCH_LOG_STATE_CLEARING || self->newer != NULL)
    return;

  latch_bridge_log_drop_request (self);
  self->newer = latch_log_stretch_new ();
  latch_bridge_log_go_on (self);
}

/**
 * latch_bridge_log_stop:
 *
 * Reads no further: nobody looks. What was read is kept.
 */
void
latch_bridge_log_stop (LatchBridgeLog *self)
{
  g_return_if_fail (LATCH_IS_BRIDGE_LOG (self));

  if (self->state != LATCH_LOG_STATE_READING || self->readers->len > 0)
    return;

  latch_bridge_log_drop_request (self);
  self->wanted = 0;
  latch_bridge_log_set_state (self, latch_log_stretch_get_progress (self->stretch) == LATCH_LOG_PROGRESS_COMPLETE
                       ? LATCH_LOG_STATE_COMPLETE
                       : LATCH_LOG_STATE_IDLE);
}
