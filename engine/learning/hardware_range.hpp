// SPDX-License-Identifier: MIT
#pragma once
// One network for every setting of the hardware: each iteration of a training sees another one.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/hardware/hardware.hpp"

namespace phaseloom {

struct HardwareRange {
  /// Equally likely; 0 is float. What lies between float and 4 bits takes care of itself (*).
  std::vector<int> bits{0, 4, 3, 2};
  double least_density = 0.25;  ///< pruned networks keep from here to all of the couplings
  double pruned_share = 0.5;    ///< of the iterations, in [0, 1]
  /// Of the pruned ones, in [0, 1], that keep the fewest couplings: the ends of a range count most,
  /// as a network between two that work does, too (Yu and Huang 2019; the share is (*)).
  double sparsest_share = 0.5;
  double most_weight_noise = 0.05;  ///< both errors are drawn from 0 to here
  double most_mismatch = 0.05;
  bool operator==(const HardwareRange&) const = default;
};

/// Throws Error naming the first field that is out of range.
void validate(const HardwareRange& range);

/// The hardware that this iteration sees; what the range says nothing of is `rest`'s.
Hardware draw(const HardwareRange& range, const Hardware& rest, std::uint64_t seed,
              std::int64_t iteration);

/// How many kinds of hardware losses tell apart, each of which is compared with the real pictures
/// by itself: of a mixture, one kind would have to make up for what another one lacks (*). 1
/// without a range.
int kinds_of(const std::optional<HardwareRange>& range);
/// Which one this is that was drawn from it, from 0: by its bits, and whether it is pruned.
int kind_of(const std::optional<HardwareRange>& range, const Hardware& drawn);

/// Of the range, what a network is judged by (*): four bits as they are, the fewest bits, and the
/// fewest couplings at four bits.
std::vector<Hardware> judged_by(const HardwareRange& range, const Hardware& rest);

}  // namespace phaseloom
