// SPDX-License-Identifier: MIT
#pragma once

#include "engine/data/image_set.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {

/// Pictures of ten classes that a network learns at once: a bright bar whose height is its class,
/// over noise.
inline ImageSet synthetic_images(int count, std::uint64_t seed) {
  RandomSequence random(seed, Stream::batch);
  ImageSet set;
  set.name = "bars";
  set.width = set.height = 28;
  for (int i = 0; i < count; ++i) {
    const int label = i % 10;
    set.labels.push_back(static_cast<std::uint8_t>(label));
    for (int y = 0; y < 28; ++y)
      for (int x = 0; x < 28; ++x) {
        const bool bar = y / 2 == label + 2 && x >= 4 && x < 24;
        set.pixels.push_back(static_cast<std::uint8_t>((bar ? 180 : 0) + random.below(60)));
      }
  }
  return set;
}

}  // namespace phaseloom
