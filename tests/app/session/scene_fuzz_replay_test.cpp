// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "tests/fuzz/replay.hpp"
#include "tests/fuzz/targets.hpp"

namespace phaseloom {
namespace {

TEST(FuzzReplay, Scene) { replay("scene", fuzz_scene, 4); }
TEST(FuzzReplay, SceneAsText) { replay("share", fuzz_share, 8); }
TEST(FuzzReplay, PlanOfASweep) { replay("plan", fuzz_plan, 10); }

}  // namespace
}  // namespace phaseloom
