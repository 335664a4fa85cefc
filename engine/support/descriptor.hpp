// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>

#include <utility>

namespace phaseloom {

/// An open file of the system, or -1; closed with it.
struct Descriptor {
  int value = -1;

  Descriptor() = default;
  explicit Descriptor(int descriptor) : value(descriptor) {}
  Descriptor(Descriptor&& other) noexcept : value(std::exchange(other.value, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value, other.value);
    return *this;
  }
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

}  // namespace phaseloom
