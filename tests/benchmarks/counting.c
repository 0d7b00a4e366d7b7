/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counting.h"

#include <stddef.h>

static guint64 n_allocations;

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)

/* glibc's own, under the names that it has for those who replace them */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *memory, size_t size);

void *malloc (size_t size);
void *calloc (size_t n, size_t size);
void *realloc (void *memory, size_t size);

void *
malloc (size_t size)
{
  __atomic_fetch_add (&n_allocations, 1, __ATOMIC_RELAXED);
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  __atomic_fetch_add (&n_allocations, 1, __ATOMIC_RELAXED);
  return __libc_calloc (n, size);
}

void *
realloc (void *memory, size_t size)
{
  __atomic_fetch_add (&n_allocations, 1, __ATOMIC_RELAXED);
  return __libc_realloc (memory, size);
}

#endif

gboolean
counting_works (void)
{
  guint64 before = counting_get_allocations ();

  g_free (g_malloc (1));

  return counting_get_allocations () > before;
}

guint64
counting_get_allocations (void)
{
  return __atomic_load_n (&n_allocations, __ATOMIC_RELAXED);
}
