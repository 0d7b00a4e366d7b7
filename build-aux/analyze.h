/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Included before all else where code is analyzed, and nowhere else: what GLib's macros and inline functions hide from
 * analyzers is said to them here, in one place.
 */

/* Meson asks the compiler for this and that without it */
#if __has_include(<glib.h>)
#include <stdlib.h>

#include <glib.h>

/* The inline function asks for a constant NULL, which analyzers take for any NULL */
#undef g_strdup

/* What these refuse is a mistake of ours, at which programs end in tests: nothing goes on behind it with NULL */
#undef g_return_if_fail
#undef g_return_val_if_fail
#define g_return_if_fail(expr) G_STMT_START { if (!(expr)) abort (); } G_STMT_END
#define g_return_val_if_fail(expr, val) G_STMT_START { if (!(expr)) abort (); } G_STMT_END

/* Ends the program; the endless loop behind it is for compilers */
#undef g_error
#define g_error(...) G_STMT_START { g_log (G_LOG_DOMAIN, G_LOG_LEVEL_ERROR, __VA_ARGS__); abort (); } G_STMT_END

#ifdef __clang_analyzer__
/*
 * It does not know that g_autofree and g_autoptr free, and takes for a leak what they hold. Nothing is said to it of where
 * memory comes from, as valgrind and AddressSanitizer look for leaks; what is freed twice or used after that, it sees.
 */
gpointer analyzer_allocate (gsize size);
#undef g_malloc
#undef g_malloc0
#undef g_malloc_n
#undef g_malloc0_n
#define g_malloc(size) analyzer_allocate (size)
#define g_malloc0(size) analyzer_allocate (size)
#define g_malloc_n(n, size) analyzer_allocate ((n) * (size))
#define g_malloc0_n(n, size) analyzer_allocate ((n) * (size))
#endif
#endif
