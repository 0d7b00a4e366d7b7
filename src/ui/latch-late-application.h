/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LATE_APPLICATION (latch_late_application_get_type ())

G_DECLARE_DERIVABLE_TYPE (LatchLateApplication, latch_late_application, LATCH, LATE_APPLICATION, AdwApplication)

struct _LatchLateApplicationClass
{
  AdwApplicationClass parent_class;
};

gboolean latch_late_application_start_gtk (LatchLateApplication *self);

G_END_DECLS
