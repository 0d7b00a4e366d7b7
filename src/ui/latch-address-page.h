/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LatchAddressField:
 *
 * Where an error belongs.
 */
typedef enum
{
  LATCH_ADDRESS_FIELD_ADDRESS,
  LATCH_ADDRESS_FIELD_TOKEN,
} LatchAddressField;

#define LATCH_TYPE_ADDRESS_PAGE (latch_address_page_get_type ())

/* Takes a bridge's address and, if wanted, its token. */
G_DECLARE_FINAL_TYPE (LatchAddressPage, latch_address_page, LATCH, ADDRESS_PAGE, AdwNavigationPage)

LatchAddressPage *latch_address_page_new (const char *title, gboolean with_token);

void latch_address_page_set_address (LatchAddressPage *self, const char *host, guint16 port);
void latch_address_page_set_busy (LatchAddressPage *self, gboolean busy);
void latch_address_page_show_error (LatchAddressPage *self, LatchAddressField field, const char *message);

G_END_DECLS
