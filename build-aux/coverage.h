/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Included before all else where coverage is measured: functions of GLib that are macros, too, are called as functions,
 * as the branches in those macros are not ours.
 */

/* Meson asks the compiler for this and that without it */
#if __has_include(<glib.h>)
#include <glib.h>
#endif

#undef g_str_has_prefix
#undef g_str_has_suffix
#undef g_strdup
#undef g_string_append
#undef g_string_append_c
#undef g_string_append_len
#undef g_string_truncate
