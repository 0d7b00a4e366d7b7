/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-content-page.h"

#include "latch-bridge-page.h"
#include "latch-log-page.h"

struct _LatchContentPage
{
  AdwNavigationPage parent_instance;

  GListModel *bridges;
  LatchClock *clock;
  int dial_size;

  AdwNavigationView *navigation_view;
  LatchLockPage *lock_page;
  LatchActivityPage *activity_page; /* NULL until somebody wants to see it */
};

G_DEFINE_FINAL_TYPE (LatchContentPage, latch_content_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DIAL_SIZE = 1,
} LatchContentPageProperty;

static GParamSpec *properties[PROP_DIAL_SIZE + 1];

static void
go_to (LatchContentPage *self, AdwNavigationPage *page)
{
  adw_navigation_view_replace (self->navigation_view, &page, 1);
}

static void
latch_content_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchContentPage *self = LATCH_CONTENT_PAGE (object);

  switch ((LatchContentPageProperty) property_id)
    {
    case PROP_DIAL_SIZE:
      g_value_set_int (value, self->dial_size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_content_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchContentPage *self = LATCH_CONTENT_PAGE (object);

  switch ((LatchContentPageProperty) property_id)
    {
    case PROP_DIAL_SIZE:
      self->dial_size = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_content_page_dispose (GObject *object)
{
  LatchContentPage *self = LATCH_CONTENT_PAGE (object);

  /* Disposing of the template would take the child away behind the page's back */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_CONTENT_PAGE);
  g_clear_object (&self->bridges);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (latch_content_page_parent_class)->dispose (object);
}

static void
latch_content_page_class_init (LatchContentPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_content_page_get_property;
  object_class->set_property = latch_content_page_set_property;
  object_class->dispose = latch_content_page_dispose;

  /**
   * LatchContentPage:dial-size:
   *
   * How large the picture of a lock is, in pixels: small where there is little room.
   */
  properties[PROP_DIAL_SIZE] = g_param_spec_int ("dial-size", NULL, NULL, 1, 1000, LATCH_LOCK_PAGE_DIAL_SIZE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_LOCK_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-content-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchContentPage, navigation_view);
  gtk_widget_class_bind_template_child (widget_class, LatchContentPage, lock_page);
}

static void
latch_content_page_init (LatchContentPage *self)
{
  self->dial_size = LATCH_LOCK_PAGE_DIAL_SIZE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_content_page_show:
 * @bridges: a list of #LatchBridge, such as a #LatchHome
 * @clock: the present
 *
 * Says what to show; to be called once.
 */
void
latch_content_page_show (LatchContentPage *self, GListModel *bridges, LatchClock *clock)
{
  g_return_if_fail (LATCH_IS_CONTENT_PAGE (self));
  g_return_if_fail (!self->bridges);

  self->bridges = g_object_ref (bridges);
  self->clock = g_object_ref (clock);
  if (LATCH_IS_HOME (bridges))
    latch_lock_page_set_store (self->lock_page, latch_home_get_store (LATCH_HOME (bridges)));
}

/**
 * latch_content_page_get_visible:
 *
 * Returns: (transfer none) (nullable): the page that shows
 */
AdwNavigationPage *
latch_content_page_get_visible (LatchContentPage *self)
{
  g_return_val_if_fail (LATCH_IS_CONTENT_PAGE (self), NULL);

  return self->navigation_view ? adw_navigation_view_get_visible_page (self->navigation_view) : NULL;
}

/**
 * latch_content_page_take_focus:
 *
 * Gives the keyboard to what one most likely wants of the page that shows.
 *
 * Returns: whether anything there could take it
 */
gboolean
latch_content_page_take_focus (LatchContentPage *self)
{
  AdwNavigationPage *page = NULL;

  g_return_val_if_fail (LATCH_IS_CONTENT_PAGE (self), FALSE);

  page = latch_content_page_get_visible (self);
  if ((LATCH_IS_LOCK_PAGE (page) && latch_lock_page_take_focus (LATCH_LOCK_PAGE (page))) ||
      (LATCH_IS_ACTIVITY_PAGE (page) && latch_activity_page_take_focus (LATCH_ACTIVITY_PAGE (page))))
    return TRUE;

  return page && (gtk_widget_grab_focus (GTK_WIDGET (page)) ||
                  gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD));
}

LatchLockPage *
latch_content_page_get_lock_page (LatchContentPage *self)
{
  g_return_val_if_fail (LATCH_IS_CONTENT_PAGE (self), NULL);

  return self->lock_page;
}

LatchActivityPage *
latch_content_page_get_activity_page (LatchContentPage *self)
{
  g_return_val_if_fail (LATCH_IS_CONTENT_PAGE (self), NULL);
  g_return_val_if_fail (self->bridges, NULL);

  if (!self->activity_page)
    {
      self->activity_page = g_object_new (LATCH_TYPE_ACTIVITY_PAGE, NULL);
      latch_activity_page_show (self->activity_page, self->bridges, self->clock);
      adw_navigation_view_add (self->navigation_view, ADW_NAVIGATION_PAGE (self->activity_page));
    }

  return self->activity_page;
}

void
latch_content_page_go_to_lock (LatchContentPage *self)
{
  g_return_if_fail (LATCH_IS_CONTENT_PAGE (self));

  go_to (self, ADW_NAVIGATION_PAGE (self->lock_page));
}

void
latch_content_page_go_to_activity (LatchContentPage *self)
{
  g_return_if_fail (LATCH_IS_CONTENT_PAGE (self));

  go_to (self, ADW_NAVIGATION_PAGE (latch_content_page_get_activity_page (self)));
}

void
latch_content_page_go_to_bridge (LatchContentPage *self, LatchBridge *bridge)
{
  g_return_if_fail (LATCH_IS_CONTENT_PAGE (self));
  g_return_if_fail (LATCH_IS_BRIDGE (bridge));

  go_to (self, ADW_NAVIGATION_PAGE (latch_bridge_page_new (bridge, self->clock)));
}

/**
 * latch_content_page_push_log:
 *
 * Leads on to the log of @bridge, at whose page somebody is.
 */
void
latch_content_page_push_log (LatchContentPage *self, LatchBridge *bridge)
{
  g_return_if_fail (LATCH_IS_CONTENT_PAGE (self));
  g_return_if_fail (LATCH_IS_BRIDGE (bridge));

  if (!adw_navigation_view_find_page (self->navigation_view, "log"))
    adw_navigation_view_push (self->navigation_view, ADW_NAVIGATION_PAGE (latch_log_page_new (bridge, self->clock)));
}

/**
 * latch_content_page_go_back:
 *
 * Returns: whether there was anything to go back to
 */
gboolean
latch_content_page_go_back (LatchContentPage *self)
{
  g_return_val_if_fail (LATCH_IS_CONTENT_PAGE (self), FALSE);

  return adw_navigation_view_pop (self->navigation_view);
}
