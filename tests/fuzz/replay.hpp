// SPDX-License-Identifier: MIT
#pragma once
// The seed files of the fuzzers and seeded random damage to them, through the same entry points:
// every test run covers the readers without clang.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace phaseloom {

/// Fails the running test where `target` throws. `stream` numbers the targets.
void replay(const std::string& format, void (*target)(std::span<const std::byte>),
            std::uint32_t stream);

}  // namespace phaseloom
