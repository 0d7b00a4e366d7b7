/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-activity.h"

#include "latch-activity-merge.h"

/* How much of what is known is looked at again when there is news, as it may have been put right */
#define MOST_LOOKED_AT 100

/**
 * LatchActivity:
 *
 * What was recorded of all locks or of one, newest first. It begins with a page, and has more when asked for it: it never
 * counts what there is, nor reads over what it has. One request to the store is under way at a time.
 */
struct _LatchActivity
{
  GObject parent_instance;

  LatchStore *store;
  guint page_size;
  guint n_wanted; /* when the store was last asked */
  GPtrArray *items;

  char *bridge_id; /* NULL for all locks */
  guint64 nuki_id;
  int device_type;
  LatchEventFilter filter;

  GCancellable *cancellable; /* of what is under way, NULL if nothing is */
  gboolean complete;
  gboolean outdated; /* there may be news */
  gboolean removed;  /* something was deleted: who knows what of all this */
  char *problem;
};

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_COMPLETE,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
latch_activity_get_item_type (GListModel *model)
{
  return LATCH_TYPE_ACTIVITY_ITEM;
}

static guint
latch_activity_get_n_items (GListModel *model)
{
  return LATCH_ACTIVITY (model)->items->len;
}

static gpointer
latch_activity_get_item (GListModel *model, guint position)
{
  LatchActivity *self = LATCH_ACTIVITY (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_activity_get_item_type;
  iface->get_n_items = latch_activity_get_n_items;
  iface->get_item = latch_activity_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchActivity, latch_activity, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static const LatchEvent *
get_event (GPtrArray *items, guint position)
{
  return latch_activity_item_get_event (items->pdata[position]);
}

static void
set_complete (LatchActivity *self, gboolean complete)
{
  if (self->complete == complete)
    return;

  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

static void
set_problem (LatchActivity *self, const char *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/* Takes @items instead of ours, and tells of no more than has changed */
static void
replace_items (LatchActivity *self, GPtrArray *items)
{
  guint n_before = self->items->len, n_after = items->len;
  guint start = 0, end = 0;

  while (start < MIN (n_before, n_after) && self->items->pdata[start] == items->pdata[start])
    start++;
  while (end < MIN (n_before, n_after) - start &&
         self->items->pdata[n_before - end - 1] == items->pdata[n_after - end - 1])
    end++;

  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_ref (items);
  if (start + end < MAX (n_before, n_after))
    g_list_model_items_changed (G_LIST_MODEL (self), start, n_before - end - start, n_after - end - start);
}

static void
take_newest (LatchActivity *self, GPtrArray *events)
{
  gboolean is_all = events->len < self->n_wanted;
  g_autoptr (GPtrArray) items = NULL;

  items = self->removed ? NULL : latch_activity_merge (self->items, events, is_all);
  if (items == NULL)
    {
      items = latch_activity_merge_none (self->items, events);
      set_complete (self, is_all);
    }
  self->removed = FALSE;
  replace_items (self, items);
}

static void
take_more (LatchActivity *self, GPtrArray *events)
{
  guint n_before = self->items->len;

  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (self->items, latch_activity_item_new (events->pdata[i]));
  set_complete (self, events->len < self->n_wanted);
  if (events->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, events->len);
}

static void request (LatchActivity *self, gboolean more);

static void
end_request (LatchActivity *self)
{
  g_clear_object (&self->cancellable);
  if (self->outdated)
    request (self, FALSE);
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
loaded (LatchActivity *self, GAsyncResult *result, gboolean more)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;

  events = latch_store_load_events_finish (self->store, result, &error);
  if (cancellable != self->cancellable)
    return; /* somebody wants to see something else by now */

  set_problem (self, error != NULL ? error->message : NULL);
  if (events != NULL && more)
    take_more (self, events);
  else if (events != NULL)
    take_newest (self, events);

  /* Whoever was told of items may have chosen others, and begun anew */
  if (cancellable == self->cancellable)
    end_request (self);
}

static void
newest_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchActivity) self = user_data;

  loaded (self, result, FALSE);
}

static void
more_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchActivity) self = user_data;

  loaded (self, result, TRUE);
}

static void
request (LatchActivity *self, gboolean more)
{
  gboolean was_loading = self->cancellable != NULL;
  LatchEventQuery query;

  latch_activity_get_query (self, &query);
  self->n_wanted = more ? self->page_size : CLAMP (self->items->len, self->page_size, MAX (self->page_size, MOST_LOOKED_AT));
  query.limit = self->n_wanted;
  if (more)
    {
      query.before_at = get_event (self->items, self->items->len - 1)->at;
      query.before_id = get_event (self->items, self->items->len - 1)->id;
    }
  else
    self->outdated = FALSE;

  self->cancellable = g_cancellable_new ();
  latch_store_load_events_async (self->store, &query, self->cancellable, more ? more_cb : newest_cb, g_object_ref (self));
  if (!was_loading)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
look_again (LatchActivity *self)
{
  self->outdated = TRUE;
  if (self->cancellable == NULL)
    request (self, FALSE);
}

static void
activity_changed_cb (LatchActivity *self, gboolean removed)
{
  self->removed |= removed;
  look_again (self);
}

static void
begin_anew (LatchActivity *self)
{
  guint n_before = self->items->len;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->removed = FALSE;
  set_complete (self, FALSE);
  set_problem (self, NULL);

  request (self, FALSE);
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
}

static void
latch_activity_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LatchActivity *self = LATCH_ACTIVITY (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_activity_finalize (GObject *object)
{
  LatchActivity *self = LATCH_ACTIVITY (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->bridge_id, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (latch_activity_parent_class)->finalize (object);
}

static void
latch_activity_class_init (LatchActivityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = latch_activity_get_property;
  object_class->finalize = latch_activity_finalize;

  /**
   * LatchActivity:loading:
   *
   * Whether the store was asked and has not answered yet.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  /**
   * LatchActivity:complete:
   *
   * Whether the last item is the oldest that there is.
   */
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);

  /**
   * LatchActivity:problem:
   *
   * (nullable): Why the store could not be read, as a sentence.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
latch_activity_init (LatchActivity *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * latch_activity_new:
 * @store: where it is recorded
 * @page_size: how many events to read at a time
 *
 * Returns: (transfer full): a list that is empty until latch_activity_choose() or latch_activity_choose_lock(). From
 *   then on it shows at once what @store records
 */
LatchActivity *
latch_activity_new (LatchStore *store, guint page_size)
{
  LatchActivity *self = g_object_new (LATCH_TYPE_ACTIVITY, NULL);

  self->store = g_object_ref (store);
  self->page_size = page_size;

  return self;
}

static void
choose (LatchActivity *self, const char *bridge_id, guint64 nuki_id, int device_type, LatchEventFilter filter)
{
  g_set_str (&self->bridge_id, bridge_id);
  self->nuki_id = nuki_id;
  self->device_type = device_type;
  self->filter = filter;
  g_signal_handlers_disconnect_by_func (self->store, activity_changed_cb, self);
  g_signal_connect_object (self->store, "activity-changed", G_CALLBACK (activity_changed_cb), self, G_CONNECT_SWAPPED);
  begin_anew (self);
}

/**
 * latch_activity_choose:
 * @filter: which events
 *
 * Begins anew, with those of all locks.
 */
void
latch_activity_choose (LatchActivity *self, LatchEventFilter filter)
{
  g_return_if_fail (LATCH_IS_ACTIVITY (self));

  choose (self, NULL, 0, 0, filter);
}

/**
 * latch_activity_choose_lock:
 * @bridge_id: the lock's bridge
 * @nuki_id: the lock, at the bridge
 * @device_type: likewise
 * @filter: which events
 *
 * Begins anew, with those of one lock.
 */
void
latch_activity_choose_lock (LatchActivity *self,
                            const char *bridge_id,
                            guint64 nuki_id,
                            int device_type,
                            LatchEventFilter filter)
{
  g_return_if_fail (LATCH_IS_ACTIVITY (self));
  g_return_if_fail (bridge_id != NULL);

  choose (self, bridge_id, nuki_id, device_type, filter);
}

/**
 * latch_activity_get_query:
 * @query: (out caller-allocates): set to what would read all that was chosen, but for its limit; its text belongs to
 *   @self
 */
void
latch_activity_get_query (LatchActivity *self, LatchEventQuery *query)
{
  g_return_if_fail (LATCH_IS_ACTIVITY (self));

  *query = (LatchEventQuery) {
    .bridge_id = self->bridge_id,
    .of_lock = self->bridge_id != NULL,
    .nuki_id = self->nuki_id,
    .device_type = self->device_type,
    .filter = self->filter,
  };
}

/**
 * latch_activity_load_more:
 *
 * Reads the next page, if there is one and nothing is being read.
 */
void
latch_activity_load_more (LatchActivity *self)
{
  g_return_if_fail (LATCH_IS_ACTIVITY (self));

  if (self->cancellable == NULL && !self->complete && self->items->len > 0)
    request (self, TRUE);
}

/**
 * latch_activity_refresh:
 *
 * Looks for what other programs may have recorded, put right or deleted.
 */
void
latch_activity_refresh (LatchActivity *self)
{
  g_return_if_fail (LATCH_IS_ACTIVITY (self));

  look_again (self);
}

gboolean
latch_activity_is_loading (LatchActivity *self)
{
  g_return_val_if_fail (LATCH_IS_ACTIVITY (self), FALSE);

  return self->cancellable != NULL;
}

gboolean
latch_activity_is_complete (LatchActivity *self)
{
  g_return_val_if_fail (LATCH_IS_ACTIVITY (self), FALSE);

  return self->complete;
}

const char *
latch_activity_get_problem (LatchActivity *self)
{
  g_return_val_if_fail (LATCH_IS_ACTIVITY (self), NULL);

  return self->problem;
}
