// SPDX-License-Identifier: MIT
#pragma once
// What the fuzzers run: each takes any bytes, and either they are refused with a proper Error or
// they hold data that survive being written and read again. Anything else throws std::logic_error.
// The *_fuzz.cpp programs feed these from libFuzzer, replay.hpp in every test run.

#include <cstddef>
#include <span>

namespace phaseloom {

void fuzz_safetensors(std::span<const std::byte> input);
void fuzz_idx(std::span<const std::byte> input);
void fuzz_npy(std::span<const std::byte> input);
void fuzz_model(std::span<const std::byte> input);
void fuzz_checkpoint(std::span<const std::byte> input);
void fuzz_points(std::span<const std::byte> input);
void fuzz_results(std::span<const std::byte> input);
void fuzz_sweep(std::span<const std::byte> input);  ///< tables of cells, and of chips
void fuzz_raw(std::span<const std::byte> input);
// scene_target.cpp has these:
void fuzz_plan(std::span<const std::byte> input);
void fuzz_scene(std::span<const std::byte> input);
void fuzz_share(std::span<const std::byte> input);  ///< a line, or what one carries, packed or not

}  // namespace phaseloom
