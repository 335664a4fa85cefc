// SPDX-License-Identifier: MIT
#pragma once
// A data set and a network so small that a training takes seconds.

#include <cstdint>
#include <string_view>

#include "engine/data/image_set.hpp"
#include "engine/network/program.hpp"

namespace phaseloom {

/// Bright bars at four places: a distribution that a network learns in seconds.
inline ImageSet bars() {
  ImageSet set;
  set.name = "bars";
  set.width = set.height = 28;
  for (int n = 0; n < 64; ++n) {
    const int left = 3 + 6 * (n % 4);
    for (int y = 0; y < 28; ++y)
      for (int x = 0; x < 28; ++x)
        set.pixels.push_back(x >= left && x < left + 4 && y > 4 && y < 23 ? 255 : 0);
    set.labels.push_back(static_cast<std::uint8_t>(n % 4));
  }
  return set;
}

/// The first and the last of them only, as two classes.
inline ImageSet two_bars() {
  ImageSet all = bars(), two = all;
  two.pixels.clear();
  two.labels.clear();
  for (int i = 0; i < all.count(); ++i) {
    if (all.labels[i] % 3 != 0) continue;
    const auto image = all.image(i);
    two.pixels.insert(two.pixels.end(), image.begin(), image.end());
    two.labels.push_back(static_cast<std::uint8_t>(all.labels[i] / 3));
  }
  return two;
}

inline Program network(std::string_view substrate = "kuramoto_shil", int radius = 1) {
  Program program = make_program(substrate_named(substrate), Topology::local({28, 28, 1}, radius),
                                 2, 0.6, 0.1, 3);
  program.initial.width = 0.5;  // quartic potentials want small starts for steps as coarse as these
  return program;
}

/// The same with labels.
inline Program labelled_network(int labels, std::string_view substrate = "kuramoto_shil") {
  const auto base = Topology::local({28, 28, 1}, 1);
  Program program = make_program(substrate_named(substrate), Topology::with_labels(*base, labels),
                                 2, 0.6, 0.1, 3);
  program.initial.width = 0.5;
  return program;
}

}  // namespace phaseloom
