/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is recorded, as a file that the person chooses. Where, GtkFileDialog asks, in a sandbox through the portal. */

/**
 * LatchExportFormat:
 *
 * What a file is written as. Its name tells: GtkFileDialog does not say which filter was chosen.
 */
typedef enum
{
  LATCH_EXPORT_FORMAT_JSON,
  LATCH_EXPORT_FORMAT_CSV,
} LatchExportFormat;

LatchExportFormat latch_export_format_of (GFile *file);

char *latch_export_make_name (const char *subject, const char *kind);

void latch_export_choose_async (GtkWidget *widget,
                                const char *title,
                                const char *initial_name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GFile *latch_export_choose_finish (GAsyncResult *result, GError **error);

void latch_export_write_async (GFile *file,
                               GBytes *contents,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean latch_export_write_finish (GAsyncResult *result, GError **error);

void latch_export_tell_written (GtkWidget *widget, const char *title, GFile *file);
void latch_export_tell_failed (GtkWidget *widget, const char *title, const GError *error);

G_END_DECLS
