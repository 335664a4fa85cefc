// SPDX-License-Identifier: MIT
#pragma once
// How good the images are that the network on the wall makes: measured in the background.

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace phaseloom {

struct QualitySnapshot {
  enum class State {
    off,          ///< nobody asked
    waiting,      ///< until the settings rest
    preparing,    ///< the quality reference: real pictures are read and judged
    measuring,    ///< images are made and judged
    ready,        ///< as many as it takes
    unavailable,  ///< `reason` says what is missing
  };
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  static constexpr int kLabels = 10;

  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  State state = State::off;
  std::string reason;            ///< one line
  std::string dataset;           ///< compared with its test pictures
  int samples = 0;               ///< judged so far
  int wanted = 0;                ///< of these
  double distance = kUnknown;    ///< Frechet classifier distance to the test set
  double floor = kUnknown;       ///< what real training pictures have
  double relative = kUnknown;    ///< distance over that of a Gaussian of the pixels
  double confidence = kUnknown;  ///< mean probability of the likeliest class
  double as_asked = kUnknown;    ///< share read as the class asked for; networks that know classes
  std::array<double, kLabels> histogram{};  ///< share of each class

  /// The same setting measured with noise of one seed.
  struct Repeat {
    std::uint64_t seed = 0;
    double distance = kUnknown, relative = kUnknown;
  };
  std::vector<Repeat> repeats;  ///< that are finished, the first of the seed on the wall
  int repeats_wanted = 1;       ///< in all
};

}  // namespace phaseloom
