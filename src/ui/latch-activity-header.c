/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-header.h"

#include "latch-activity-text.h"
#include "latch-day-ribbon.h"
#include "latch-day-text.h"

#include <glib/gi18n-lib.h>

struct _LatchActivityHeader
{
  GtkBox parent_instance;

  LatchClock *clock;
  guint day; /* 0 while it shows none */
  LatchDayHistory *history;
  gboolean opener;

  GtkLabel *title;
  GtkWidget *card;
  LatchDayRibbon *ribbon;
  AdwWrapBox *legend;
};

G_DEFINE_FINAL_TYPE (LatchActivityHeader, latch_activity_header, GTK_TYPE_BOX)

/* Of an opener that only ever rang, there is nothing to be drawn */
static gboolean
is_worth_drawing (LatchActivityHeader *self, GArray *segments)
{
  return segments && (!self->opener || latch_day_segments_sum (segments, LATCH_DAY_OPEN) > 0);
}

static void
add_to_legend (LatchActivityHeader *self, LatchDayKind kind, const char *text)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = g_object_new (ADW_TYPE_BIN, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (dot, "activity-dot");
  gtk_widget_add_css_class (dot, latch_day_ribbon_get_css_class (kind));
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (entry), dot);
  gtk_box_append (GTK_BOX (entry), label);
  adw_wrap_box_append (self->legend, entry);
}

static void
update (LatchActivityHeader *self)
{
  gint64 now = latch_clock_get_now (self->clock);
  g_autofree char *title = latch_day_text_title (self->day, now);
  g_autoptr (GArray) segments = self->history ? latch_day_history_dup_segments (self->history, now) : NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sentence = NULL;
  GtkWidget *child;

  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (self->card, is_worth_drawing (self, segments));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))))
    adw_wrap_box_remove (self->legend, child);
  if (!segments)
    return;

  for (LatchDayKind kind = 0; kind < LATCH_DAY_FUTURE; kind++)
    {
      gint64 seconds = latch_day_segments_sum (segments, kind);
      char *text = NULL;

      if (seconds == 0)
        continue;

      text = latch_activity_text_duration (kind, self->opener, seconds);
      g_ptr_array_add (texts, text);
      add_to_legend (self, kind, text);
    }
  g_ptr_array_add (texts, NULL);
  sentence = g_strjoinv (_(", "), (char **) texts->pdata);
  latch_day_ribbon_show (self->ribbon, segments, sentence);
}

static void
now_cb (LatchActivityHeader *self)
{
  if (self->day != 0)
    update (self);
}

static void
set_history (LatchActivityHeader *self, LatchDayHistory *history)
{
  if (self->history)
    g_signal_handlers_disconnect_by_func (self->history, now_cb, self);
  g_set_object (&self->history, history);
  if (history)
    g_signal_connect_object (history, "changed", G_CALLBACK (now_cb), self, G_CONNECT_SWAPPED);
}

static void
latch_activity_header_dispose (GObject *object)
{
  LatchActivityHeader *self = LATCH_ACTIVITY_HEADER (object);

  set_history (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_ACTIVITY_HEADER);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (latch_activity_header_parent_class)->dispose (object);
}

static void
latch_activity_header_class_init (LatchActivityHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_activity_header_dispose;

  g_type_ensure (LATCH_TYPE_DAY_RIBBON);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-activity-header.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchActivityHeader, title);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityHeader, card);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityHeader, ribbon);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityHeader, legend);
}

static void
latch_activity_header_init (LatchActivityHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The ribbon says the same to those who listen */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->legend), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

/**
 * latch_activity_header_new:
 * @clock: the present
 */
GtkWidget *
latch_activity_header_new (LatchClock *clock)
{
  LatchActivityHeader *self = g_object_new (LATCH_TYPE_ACTIVITY_HEADER, NULL);

  self->clock = g_object_ref (clock);
  g_signal_connect_object (clock, "notify::now", G_CALLBACK (now_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * latch_activity_header_show:
 * @day: a day, see latch_day_text_day(); 0 to show nothing
 * @store: (nullable): where it is recorded
 * @lock: (nullable): the lock whose day it is; %NULL for all locks
 */
void
latch_activity_header_show (LatchActivityHeader *self, guint day, LatchStore *store, LatchLock *lock)
{
  g_autoptr (LatchDayHistory) history = NULL;

  g_return_if_fail (LATCH_IS_ACTIVITY_HEADER (self));

  self->day = day;
  self->opener = lock && latch_lock_is_opener (lock);
  if (day != 0 && lock && store)
    history = latch_day_history_new (store, lock, latch_day_text_begin (day), latch_day_text_begin (day + 1));
  set_history (self, history);
  if (day != 0)
    update (self);
}
