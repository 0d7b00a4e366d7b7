/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-log-list.h"

#include "latch-day-text.h"
#include "latch-log-row.h"
#include "latch-log-text.h"

/* How many screens before the end more is read */
#define SCREENS_AHEAD 2

struct _LatchLogList
{
  AdwBin parent_instance;

  LatchBridge *bridge;
  LatchClock *clock;
  GtkCustomFilter *filter;
  GListModel *shown;
  GtkAdjustment *adjustment;
  char **words; /* what is looked for, in the case that does not matter */
  guint64 nuki_id;
  GPtrArray *rows;    /* of GtkListItem: those that show something */
  GPtrArray *headers; /* of GtkListHeader, likewise */
  guint today;
  guint update_id;
  gboolean stay_on_top;

  GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (LatchLogList, latch_log_list, ADW_TYPE_BIN)

enum
{
  END_NEAR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GQuark day_quark, words_quark;

/* Sorting asks for it a hundred thousand times */
static guint
get_day (LatchLogItem *item)
{
  guint day = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (item), day_quark));

  if (day == 0)
    {
      day = latch_day_text_day (latch_log_item_get_filed_at (item));
      g_object_set_qdata (G_OBJECT (item), day_quark, GUINT_TO_POINTER (day));
    }

  return day;
}

static int
compare_days (gconstpointer a, gconstpointer b, gpointer user_data)
{
  guint day_a = get_day ((LatchLogItem *) a), day_b = get_day ((LatchLogItem *) b);

  return day_a > day_b ? GTK_ORDERING_SMALLER : day_a < day_b ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

/* All that can be read of an entry but the lock's name, which may change */
static const char *
get_words (LatchLogItem *item)
{
  char *words = g_object_get_qdata (G_OBJECT (item), words_quark);

  if (!words)
    {
      const char *kind = latch_log_item_get_kind (item);
      g_autoptr (JsonNode) entry = latch_log_item_parse (item);
      g_autofree char *details = latch_log_text_details (json_node_get_object (entry), NULL);
      g_autofree char *all =
          g_strdup_printf ("%s %s %s", latch_log_text_title (kind), kind ? kind : "", details);

      words = g_utf8_casefold (all, -1);
      g_object_set_qdata_full (G_OBJECT (item), words_quark, words, g_free);
    }

  return words;
}

static gboolean
is_wanted (gpointer data, gpointer user_data)
{
  LatchLogList *self = user_data;
  LatchLogItem *item = data;
  guint64 nuki_id = latch_log_item_get_nuki_id (item);
  g_autofree char *lock = NULL;
  g_autofree char *lock_words = NULL;

  if (self->nuki_id != 0 && nuki_id != (self->nuki_id == LATCH_LOG_LIST_BRIDGE_ONLY ? 0 : self->nuki_id))
    return FALSE;

  for (guint i = 0; self->words && self->words[i]; i++)
    {
      if (strstr (get_words (item), self->words[i]))
        continue;
      if (!lock_words)
        {
          lock = latch_log_text_lock (self->bridge, nuki_id);
          lock_words = g_utf8_casefold (lock ? lock : "", -1);
        }
      if (!strstr (lock_words, self->words[i]))
        return FALSE;
    }

  return TRUE;
}

/* There may be thousands of entries in a day, all of which the model would compare to tell where it begins and ends */
static gboolean
is_of_day (LatchLogList *self, guint position, guint day)
{
  g_autoptr (LatchLogItem) item = g_list_model_get_item (self->shown, position);

  return item && get_day (item) == day;
}

/* The rows of a day look like one card */
static void
update_row (LatchLogList *self, GtkListItem *list_item)
{
  guint position = gtk_list_item_get_position (list_item);
  LatchLogItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *widget = row ? gtk_widget_get_parent (row) : NULL;

  if (!widget || !item || position == GTK_INVALID_LIST_POSITION)
    return;

  if (is_of_day (self, position + 1, get_day (item)))
    gtk_widget_remove_css_class (widget, "last");
  else
    gtk_widget_add_css_class (widget, "last");
  if (position > 0 && is_of_day (self, position - 1, get_day (item)))
    gtk_widget_remove_css_class (widget, "first");
  else
    gtk_widget_add_css_class (widget, "first");
}

static void
update_header (LatchLogList *self, GtkListHeader *header)
{
  LatchLogItem *item = gtk_list_header_get_item (header);
  g_autofree char *title = item ? latch_day_text_title (get_day (item), latch_clock_get_now (self->clock)) : NULL;

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), title ? title : "");
}

static void
update_cb (gpointer user_data)
{
  LatchLogList *self = user_data;

  self->update_id = 0;
  if (self->stay_on_top && g_list_model_get_n_items (self->shown) > 0)
    gtk_list_view_scroll_to (self->list_view, 0, GTK_LIST_SCROLL_NONE, NULL);
  if (self->stay_on_top && self->adjustment)
    gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_lower (self->adjustment));
  self->stay_on_top = FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    update_row (self, self->rows->pdata[i]);
}

static void
queue_update (LatchLogList *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_once (update_cb, self);
}

/* Whoever is at the beginning wants to see what is new there */
static void
items_changed_cb (LatchLogList *self, guint position, guint n_removed, guint n_added)
{
  if (position == 0 && self->adjustment &&
      gtk_adjustment_get_value (self->adjustment) <= gtk_adjustment_get_lower (self->adjustment))
    self->stay_on_top = TRUE;
  queue_update (self);
}

static void
now_changed_cb (LatchLogList *self)
{
  guint today = latch_day_text_day (latch_clock_get_now (self->clock));

  if (self->today == today)
    return;

  self->today = today;
  for (guint i = 0; i < self->headers->len; i++)
    update_header (self, self->headers->pdata[i]);
}

static void
look_for_end_cb (LatchLogList *self)
{
  double page = gtk_adjustment_get_page_size (self->adjustment);
  double below = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_value (self->adjustment) - page;

  if (page > 0 && below < SCREENS_AHEAD * page)
    g_signal_emit (self, signals[END_NEAR], 0);
}

static void
vadjustment_changed_cb (LatchLogList *self)
{
  if (self->adjustment)
    g_signal_handlers_disconnect_by_func (self->adjustment, look_for_end_cb, self);
  g_set_object (&self->adjustment, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view)));
  if (!self->adjustment)
    return;

  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (look_for_end_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (look_for_end_cb), self, G_CONNECT_SWAPPED);
}

static void
setup_row_cb (LatchLogList *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, GTK_WIDGET (latch_log_row_new ()));
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
bind_row_cb (LatchLogList *self, GtkListItem *list_item)
{
  LatchLogRow *row = LATCH_LOG_ROW (gtk_list_item_get_child (list_item));
  LatchLogItem *item = gtk_list_item_get_item (list_item);

  /* GTK binds a row that it is about to reuse to what it has shown until now, first */
  if (latch_log_row_get_item (row) != item)
    {
      g_autofree char *label = latch_log_row_show (row, item, self->bridge);

      gtk_list_item_set_accessible_label (list_item, label);
    }
  g_ptr_array_add (self->rows, list_item);
  update_row (self, list_item);
  queue_update (self); /* a new row has no place yet */
}

static void
unbind_row_cb (LatchLogList *self, GtkListItem *list_item)
{
  if (self->rows)
    g_ptr_array_remove_fast (self->rows, list_item);
}

static void
setup_header_cb (LatchLogList *self, GtkListHeader *header)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, 2, -1);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

static void
bind_header_cb (LatchLogList *self, GtkListHeader *header)
{
  g_ptr_array_add (self->headers, header);
  update_header (self, header);
}

static void
unbind_header_cb (LatchLogList *self, GtkListHeader *header)
{
  if (self->headers)
    g_ptr_array_remove_fast (self->headers, header);
}

static void
latch_log_list_dispose (GObject *object)
{
  LatchLogList *self = LATCH_LOG_LIST (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->list_view)
    gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->adjustment);
  /* Disposing of the template would take the child away behind the bin's back */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOG_LIST);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->bridge);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_log_list_parent_class)->dispose (object);
}

static void
latch_log_list_class_init (LatchLogListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_log_list_dispose;

  day_quark = g_quark_from_static_string ("latch-day");
  words_quark = g_quark_from_static_string ("latch-words");

  /**
   * LatchLogList::end-near:
   *
   * Soon there will be nothing left to scroll to.
   */
  signals[END_NEAR] = g_signal_new ("end-near", LATCH_TYPE_LOG_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-log-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLogList, list_view);
  gtk_widget_class_bind_template_callback (widget_class, vadjustment_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_header_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_header_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_header_cb);
}

static void
latch_log_list_init (LatchLogList *self)
{
  self->rows = g_ptr_array_new ();
  self->headers = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  vadjustment_changed_cb (self);
}

/**
 * latch_log_list_show:
 *
 * Says what to show; to be called once.
 */
void
latch_log_list_show (LatchLogList *self, LatchBridgeLog *log, LatchClock *clock)
{
  g_autoptr (GtkSorter) by_day = GTK_SORTER (gtk_custom_sorter_new (compare_days, NULL, NULL));
  g_autoptr (GtkSelectionModel) selection = NULL;
  GtkFilterListModel *found = NULL;
  GtkSortListModel *sorted = NULL;

  g_return_if_fail (LATCH_IS_LOG_LIST (self));
  g_return_if_fail (!self->shown);

  self->bridge = g_object_ref (latch_bridge_log_get_bridge (log));
  self->clock = g_object_ref (clock);
  self->today = latch_day_text_day (latch_clock_get_now (clock));
  g_signal_connect_object (clock, "notify::now", G_CALLBACK (now_changed_cb), self, G_CONNECT_SWAPPED);

  self->filter = gtk_custom_filter_new (is_wanted, self, NULL);
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (log)), GTK_FILTER (g_object_ref (self->filter)));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (found), NULL);
  gtk_sort_list_model_set_section_sorter (sorted, by_day);
  self->shown = G_LIST_MODEL (sorted);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "sections-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);

  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->shown)));
  gtk_list_view_set_model (self->list_view, selection);
}

/**
 * latch_log_list_find:
 * @text: words that must all be in an entry; empty for any
 * @nuki_id: the lock that it must be about, 0 for any, %LATCH_LOG_LIST_BRIDGE_ONLY for none
 *
 * Shows only what suits.
 */
void
latch_log_list_find (LatchLogList *self, const char *text, guint64 nuki_id)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  g_return_if_fail (LATCH_IS_LOG_LIST (self));

  g_strfreev (self->words);
  self->words = g_strsplit (g_strstrip (folded), " ", -1);
  self->nuki_id = nuki_id;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * latch_log_list_count:
 *
 * Returns: how many entries are shown
 */
guint
latch_log_list_count (LatchLogList *self)
{
  g_return_val_if_fail (LATCH_IS_LOG_LIST (self), 0);

  return self->shown ? g_list_model_get_n_items (self->shown) : 0;
}
