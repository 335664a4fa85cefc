// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "tests/fuzz/replay.hpp"
#include "tests/fuzz/targets.hpp"

namespace phaseloom {
namespace {

TEST(FuzzReplay, Safetensors) { replay("safetensors", fuzz_safetensors, 0); }
TEST(FuzzReplay, Idx) { replay("idx", fuzz_idx, 1); }
TEST(FuzzReplay, Npy) { replay("npy", fuzz_npy, 2); }
TEST(FuzzReplay, Model) { replay("model", fuzz_model, 3); }
TEST(FuzzReplay, Checkpoint) { replay("checkpoint", fuzz_checkpoint, 7); }
TEST(FuzzReplay, Points) { replay("points", fuzz_points, 5); }
TEST(FuzzReplay, Results) { replay("results", fuzz_results, 6); }
TEST(FuzzReplay, Sweep) { replay("sweep", fuzz_sweep, 9); }
TEST(FuzzReplay, Raw) { replay("raw", fuzz_raw, 11); }

}  // namespace
}  // namespace phaseloom
