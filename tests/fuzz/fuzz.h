/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/*
 * What all fuzz targets share. A target is a LLVMFuzzerTestOneInput() which asserts what must hold whatever comes in;
 * the fuzzer takes every abort, and every warning, for a finding.
 */

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A target's own beginning, once; called with everything else set up */
void fuzz_begin (void);

/* What a text of a person may be: NULL, or short, clean and not empty */
void fuzz_check_text (const char *text);
/* That something failed if and only if there is an error, which is ours and can be shown */
void fuzz_check_error (gboolean worked, const GError *error);

G_END_DECLS
