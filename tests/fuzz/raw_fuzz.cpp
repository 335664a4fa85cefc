// SPDX-License-Identifier: MIT
#include <cstdint>

#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  phaseloom::fuzz_raw(std::as_bytes(std::span(data, size)));
  return 0;
}
