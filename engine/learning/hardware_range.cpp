// SPDX-License-Identifier: MIT
#include "engine/learning/hardware_range.hpp"

#include <algorithm>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {

void validate(const HardwareRange& range) {
  if (range.bits.empty()) fail("training: a range of hardware without bits; 0 stands for float");
  for (const int bits : range.bits) {
    Hardware one;
    one.bits = bits;
    one.density = range.least_density;
    one.weight_noise = range.most_weight_noise;
    one.mismatch = range.most_mismatch;
    validate(one);
  }
  const auto check_share = [](const char* name, double share) {
    if (!(share >= 0 && share <= 1)) fail("training: {} is {}; it must lie in 0..1", name, share);
  };
  check_share("pruned_share", range.pruned_share);
  check_share("sparsest_share", range.sparsest_share);
}

Hardware draw(const HardwareRange& range, const Hardware& rest, std::uint64_t seed,
              std::int64_t iteration) {
  RandomSequence random(seed, Stream::hardware, static_cast<std::uint32_t>(iteration));
  Hardware drawn = rest;
  drawn.bits = range.bits[random.below(static_cast<std::uint32_t>(range.bits.size()))];
  const bool prunes = random.uniform() < range.pruned_share;
  const bool sparsest = random.uniform() < range.sparsest_share;
  const double kept = range.least_density + (1 - range.least_density) * random.uniform();
  drawn.density = !prunes ? 1 : sparsest ? range.least_density : kept;
  drawn.weight_noise = range.most_weight_noise * random.uniform();
  drawn.mismatch = range.most_mismatch * random.uniform();
  return drawn;
}

int kinds_of(const std::optional<HardwareRange>& range) {
  if (!range) return 1;
  return static_cast<int>(range->bits.size()) * (range->pruned_share > 0 ? 2 : 1);
}

int kind_of(const std::optional<HardwareRange>& range, const Hardware& drawn) {
  if (!range) return 0;
  const auto bits = std::ranges::find(range->bits, drawn.bits) - range->bits.begin();
  const bool pruned = range->pruned_share > 0 && drawn.density < 1;
  return static_cast<int>(bits) + (pruned ? static_cast<int>(range->bits.size()) : 0);
}

std::vector<Hardware> judged_by(const HardwareRange& range, const Hardware& rest) {
  constexpr int kUsualBits = 4;
  Hardware usual = rest.idealised(), fewest = usual;
  usual.bits = kUsualBits;
  for (const int bits : range.bits)
    if (bits > 0 && (fewest.bits == 0 || bits < fewest.bits)) fewest.bits = bits;
  Hardware sparse = usual;
  sparse.density = range.least_density;
  return {usual, fewest, sparse};
}

}  // namespace phaseloom
