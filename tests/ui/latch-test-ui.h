/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "latch-test-loop.h"

G_BEGIN_DECLS

/* A display of its own for each test program, and ways to find one's way about in widgets. */

void latch_test_ui_init (int *argc, char ***argv);

GtkWidget *latch_test_present (GtkWidget *child);
GtkWidget *latch_test_find (GtkWidget *root, GType type, const char *text);
gboolean latch_test_shows (GtkWidget *root, const char *text);

/* Asserts that nothing keeps OBJECT alive but us, and lets it go */
#define latch_test_assert_finalized(object)                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gpointer place_ = object;                                                                                          \
                                                                                                                       \
    g_object_add_weak_pointer (place_, &place_);                                                                       \
    g_clear_object (&object);                                                                                          \
    latch_test_wait_until (place_ == NULL);                                                                            \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
