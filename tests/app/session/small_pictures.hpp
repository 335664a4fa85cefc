// SPDX-License-Identifier: MIT
#pragma once
// Pictures to learn from in no time: discs of ten sizes at different places, and trainings that are
// small enough for a test.

#include <cmath>
#include <string>

#include "app/jobs/training_job.hpp"
#include "app/session/session.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom::test {

inline ImageSet small_pictures(const std::string& name, Split split) {
  constexpr int kSide = 28;
  ImageSet set;
  set.name = name;
  set.width = set.height = kSide;
  const int count = split == Split::train ? 96 : 64;
  RandomSequence random(split == Split::train ? 1 : 2, Stream::batch);
  for (int i = 0; i < count; ++i) {
    const double x0 = 10 + random.below(8), y0 = 10 + random.below(8), radius = 3 + i % 10 * 0.7;
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) {
        const double inside = radius - std::hypot(x - x0, y - y0);
        set.pixels.push_back(static_cast<std::uint8_t>(255 / (1 + std::exp(-2 * inside))));
      }
    set.labels.push_back(static_cast<std::uint8_t>(i % 10));
  }
  return set;
}

/// 784 phases without hidden ones, 24 iterations with a look every 3 of them.
inline TrainingSetup small_setup() {
  TrainingSetup setup;
  setup.hidden = 0;
  setup.radius = 1;
  setup.chunks = 2;
  setup.iterations = 24;
  setup.threads = 2;
  return setup;
}

inline TrainingJobOptions small_training() {
  TrainingJobOptions options;
  options.images = small_pictures;
  options.pictures = 100;
  return options;
}

/// Of a data set that is not there.
inline TrainingJobOptions training_without_pictures() {
  TrainingJobOptions options;
  options.images = [](const std::string& name, Split) -> ImageSet {
    fail("the data set {} is not here; looked in /nowhere; docs/data.md says how to get it", name);
  };
  return options;
}

}  // namespace phaseloom::test
