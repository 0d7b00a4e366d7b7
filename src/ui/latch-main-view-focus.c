/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-main-view-private.h"

/* Where the keyboard goes: it is never nowhere, and after each change of the page it is where one would look for it */

static GtkWidget *
get_focus (LatchMainView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root ? gtk_root_get_focus (root) : NULL;
}

static gboolean
is_content_alone (LatchMainView *self)
{
  return adw_navigation_split_view_get_collapsed (self->split_view) &&
         adw_navigation_split_view_get_show_content (self->split_view);
}

gboolean
latch_main_view_grab_focus (GtkWidget *widget)
{
  LatchMainView *self = LATCH_MAIN_VIEW (widget);
  /* A row beside the content is selected when it gets the focus, which is for somebody to do */
  gboolean to_be_chosen = self->lock_gone && !latch_sidebar_get_selected (self->sidebar) &&
                          !adw_navigation_split_view_get_collapsed (self->split_view);

  return is_content_alone (self) || to_be_chosen ? latch_content_page_take_focus (self->content)
                                                 : latch_sidebar_focus (self->sidebar, NULL);
}

gboolean
latch_main_view_has_focus_in_content (LatchMainView *self)
{
  GtkWidget *focus = get_focus (self);

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->content));
}

/* Menus are about what they belong to, which need not be what one sees the page of */
gboolean
latch_main_view_has_focus_in_menu (LatchMainView *self)
{
  GtkWidget *focus = get_focus (self);

  return focus && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER);
}

/* The keyboard begins at the selected lock, unless it is somewhere already */
void
latch_main_view_ensure_focus (LatchMainView *self)
{
  GtkWidget *focus = get_focus (self);

  if (latch_main_view_is_in_front (self) && !(focus && gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* As somebody goes who has used the keyboard for it: what he does next is on that page */
void
latch_main_view_go_by_key (LatchMainView *self, LatchPlace place, LatchBridge *bridge)
{
  latch_main_view_go (self, place, bridge);
  latch_content_page_take_focus (self->content);
}

/* From where everything begins, back is to the row that led there */
void
latch_main_view_go_back (LatchMainView *self)
{
  if (latch_content_page_go_back (self->content))
    return;

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  latch_sidebar_focus (self->sidebar, NULL);
}
