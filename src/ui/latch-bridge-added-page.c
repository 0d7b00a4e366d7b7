/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-added-page.h"

#include "latch-badge.h"
#include "latch-instant-updates-row.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgeAddedPage
{
  AdwNavigationPage parent_instance;

  LatchBridge *bridge;
  GPtrArray *rows;

  AdwEntryRow *name_row;
  AdwPreferencesGroup *locks_group;
};

G_DEFINE_FINAL_TYPE (LatchBridgeAddedPage, latch_bridge_added_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchBridgeAddedPageProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
count_locks (LatchBridge *bridge)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (bridge));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (bridge), i);

      if (latch_lock_is_opener (lock))
        return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Device Found", "%u Devices Found", n_items),
                                n_items);
    }

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Lock Found", "%u Locks Found", n_items), n_items);
}

static void
add_row (LatchBridgeAddedPage *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->locks_group, row);
}

static void
add_lock (LatchBridgeAddedPage *self, LatchLock *lock)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *badge = latch_badge_new ();
  LatchLockAppearance appearance;
  LatchLockFacts facts;
  g_autofree char *caption = NULL;

  latch_lock_facts_init (&facts, lock);
  latch_lock_appearance_init (&appearance, &facts);
  caption = latch_lock_text_caption (&facts, g_get_real_time () / G_USEC_PER_SEC);

  latch_badge_set_look (LATCH_BADGE (badge), appearance.look);
  latch_badge_set_opener (LATCH_BADGE (badge), facts.opener);
  gtk_widget_add_css_class (badge, "small");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), latch_lock_get_name (lock));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), caption);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), badge);
  if (facts.battery_critical == LATCH_TRISTATE_YES)
    {
      GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                      "icon-name", "battery-caution-symbolic",
                                      "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                      NULL);

      gtk_widget_add_css_class (icon, "warning");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
    }
  add_row (self, row);
}

static void
fill_locks (LatchBridgeAddedPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->bridge));
  g_autofree char *title = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->locks_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  if (n_items == 0)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_group_set_title (self->locks_group, "");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("No Locks Yet"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Pair a lock with this bridge in the Nuki app"));
      add_row (self, row);
      return;
    }

  title = count_locks (self->bridge);
  adw_preferences_group_set_title (self->locks_group, title);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->bridge), i);

      add_lock (self, lock);
    }
}

static void
done_cb (LatchBridgeAddedPage *self)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
latch_bridge_added_page_shown (AdwNavigationPage *page)
{
  LatchBridgeAddedPage *self = LATCH_BRIDGE_ADDED_PAGE (page);

  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  gtk_editable_select_region (GTK_EDITABLE (self->name_row), 0, -1);
}

static void
latch_bridge_added_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgeAddedPage *self = LATCH_BRIDGE_ADDED_PAGE (object);

  switch ((LatchBridgeAddedPageProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_added_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgeAddedPage *self = LATCH_BRIDGE_ADDED_PAGE (object);

  switch ((LatchBridgeAddedPageProperty) property_id)
    {
    case PROP_BRIDGE:
      self->bridge = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_added_page_constructed (GObject *object)
{
  LatchBridgeAddedPage *self = LATCH_BRIDGE_ADDED_PAGE (object);

  G_OBJECT_CLASS (latch_bridge_added_page_parent_class)->constructed (object);

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), latch_bridge_get_name (self->bridge));
  g_signal_connect_object (self->bridge, "items-changed", G_CALLBACK (fill_locks), self, G_CONNECT_SWAPPED);
  fill_locks (self);
}

static void
latch_bridge_added_page_dispose (GObject *object)
{
  LatchBridgeAddedPage *self = LATCH_BRIDGE_ADDED_PAGE (object);

  if (self->bridge)
    g_signal_handlers_disconnect_by_data (self->bridge, self);
  g_ptr_array_set_size (self->rows, 0);

  G_OBJECT_CLASS (latch_bridge_added_page_parent_class)->dispose (object);
}

static void
latch_bridge_added_page_finalize (GObject *object)
{
  LatchBridgeAddedPage *self = LATCH_BRIDGE_ADDED_PAGE (object);

  g_clear_object (&self->bridge);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_bridge_added_page_parent_class)->finalize (object);
}

static void
latch_bridge_added_page_class_init (LatchBridgeAddedPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_added_page_get_property;
  object_class->set_property = latch_bridge_added_page_set_property;
  object_class->constructed = latch_bridge_added_page_constructed;
  object_class->dispose = latch_bridge_added_page_dispose;
  object_class->finalize = latch_bridge_added_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = latch_bridge_added_page_shown;

  /**
   * LatchBridgeAddedPage:bridge:
   *
   * The bridge that was added.
   */
  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchBridgeAddedPage::done:
   *
   * Somebody has seen it all.
   */
  signals[SIGNAL_DONE] =
      g_signal_new ("done", LATCH_TYPE_BRIDGE_ADDED_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LATCH_TYPE_INSTANT_UPDATES_ROW);
  gtk_widget_class_set_css_name (widget_class, "bridge-added-page");
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-added-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeAddedPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgeAddedPage, locks_group);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
latch_bridge_added_page_init (LatchBridgeAddedPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

LatchBridgeAddedPage *
latch_bridge_added_page_new (LatchBridge *bridge)
{
  return g_object_new (LATCH_TYPE_BRIDGE_ADDED_PAGE, "bridge", bridge, NULL);
}

/**
 * latch_bridge_added_page_get_bridge:
 *
 * Returns: (transfer none): the bridge that was added
 */
LatchBridge *
latch_bridge_added_page_get_bridge (LatchBridgeAddedPage *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE_ADDED_PAGE (self), NULL);

  return self->bridge;
}

/**
 * latch_bridge_added_page_dup_name:
 *
 * Returns: (transfer full) (nullable): the name that was entered; %NULL for none
 */
char *
latch_bridge_added_page_dup_name (LatchBridgeAddedPage *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (LATCH_IS_BRIDGE_ADDED_PAGE (self), NULL);

  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  return *name ? g_steal_pointer (&name) : NULL;
}
