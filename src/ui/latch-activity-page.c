/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-page.h"

struct _LatchActivityPage
{
  AdwNavigationPage parent_instance;

  GListModel *bridges;
  LatchClock *clock;
  LatchLock *lock;
};

G_DEFINE_FINAL_TYPE (LatchActivityPage, latch_activity_page, ADW_TYPE_NAVIGATION_PAGE)

static void
latch_activity_page_dispose (GObject *object)
{
  LatchActivityPage *self = LATCH_ACTIVITY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_ACTIVITY_PAGE);
  g_clear_object (&self->bridges);
  g_clear_object (&self->clock);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (latch_activity_page_parent_class)->dispose (object);
}

static void
latch_activity_page_class_init (LatchActivityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_activity_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-activity-page.ui");
}

static void
latch_activity_page_init (LatchActivityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_activity_page_show:
 * @bridges: a list of #LatchBridge
 * @clock: the present
 *
 * Says what to show; to be called once.
 */
void
latch_activity_page_show (LatchActivityPage *self, GListModel *bridges, LatchClock *clock)
{
  g_return_if_fail (LATCH_IS_ACTIVITY_PAGE (self));
  g_return_if_fail (!self->bridges);

  self->bridges = g_object_ref (bridges);
  self->clock = g_object_ref (clock);
}

/**
 * latch_activity_page_set_lock:
 * @lock: (nullable): the lock whose activity to show; %NULL for all locks'
 */
void
latch_activity_page_set_lock (LatchActivityPage *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_ACTIVITY_PAGE (self));

  g_set_object (&self->lock, lock);
}
