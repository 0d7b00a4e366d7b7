/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adoption.h"

#include "latch-pairing.h"
#include "latch-test-loop.h"

LatchBridge *
adoption_adopt (LatchHome *home, LatchTestSimulator *simulator)
{
  g_autoptr (LatchPairing) pairing = latch_pairing_new (latch_test_simulator_get_host (simulator),
                                                        latch_test_simulator_get_port (simulator));
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) adopted = NULL;
  g_autoptr (GError) error = NULL;
  LatchBridge *bridge = NULL;

  latch_home_load_async (home, NULL, latch_test_take_result_cb, &loaded);
  latch_test_wait_for (loaded);
  latch_home_load_finish (home, loaded, &error);
  g_assert_no_error (error);
  latch_pairing_run_async (pairing, LATCH_TEST_TOKEN, NULL, latch_test_take_result_cb, &result);
  latch_test_wait_for (result);
  latch_pairing_run_finish (pairing, result, &error);
  g_assert_no_error (error);
  latch_home_adopt_async (home, pairing, "Home", NULL, latch_test_take_result_cb, &adopted);
  latch_test_wait_for (adopted);
  bridge = latch_home_adopt_finish (home, adopted, &error);
  g_assert_no_error (error);

  return bridge;
}
