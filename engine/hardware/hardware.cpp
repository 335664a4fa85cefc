// SPDX-License-Identifier: MIT
#include "engine/hardware/hardware.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/hardware/quantisation.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

// Wide enough for any experiment, and 1 + 10 e stays far from overflow.
constexpr double kMaxNoise = 10;

void check_noise(std::string_view field, double value) {
  if (!(value >= 0 && value <= kMaxNoise))
    fail("hardware: {} is {}; it must lie in 0..{}", field, value, kMaxNoise);
}

/// The coupling j -> i's partner i -> j, or itself where there is none.
std::vector<std::int64_t> partners(const Topology& topology) {
  std::vector<std::int64_t> partner(static_cast<std::size_t>(topology.couplings()));
  for (int target = 0; target < topology.units(); ++target) {
    const auto begin = topology.row_begin()[target];
    const auto sources = topology.sources_of(target);
    for (std::size_t k = 0; k < sources.size(); ++k) {
      const auto index = begin + std::int64_t(k);
      const auto other = topology.find(sources[k], target);
      partner[index] = other < 0 ? index : other;
    }
  }
  return partner;
}

struct Ranking {
  std::vector<std::size_t> order;  ///< leaders, the strongest first
  std::vector<double> members;     ///< [coupling]: of its pair, if it leads one, else 0
};

// A wire is there or not, in all chunks alike: couplings are ranked by their mean square over the
// chunks (*), a tied pair as one. Of equals, the one that comes first in the topology is kept.
Ranking ranked(const Program& program, std::span<const std::int64_t> leader) {
  const std::size_t couplings = leader.size();
  Ranking ranking{{}, std::vector<double>(couplings, 0)};
  auto& [order, members] = ranking;
  std::vector<double> square(couplings, 0);
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto weights = program.weights(chunk);
    for (std::size_t i = 0; i < couplings; ++i)
      square[leader[i]] += double(weights[i]) * weights[i];
  }
  for (const auto first : leader) members[first] += 1;

  for (std::size_t i = 0; i < couplings; ++i)
    if (members[i] > 0) {
      square[i] /= members[i];
      order.push_back(i);
    }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return square[a] != square[b] ? square[a] > square[b] : a < b;
  });
  return ranking;
}

std::vector<std::uint8_t> kept(const Program& program, std::span<const std::int64_t> leader,
                               double density) {
  const std::size_t couplings = leader.size();
  const auto [order, members] = ranked(program, leader);
  double room = std::round(density * double(couplings));
  std::vector<std::uint8_t> keep(couplings, 0);
  for (const auto first : order) {
    if (members[first] > room) continue;  // a pair does not fit in a room for one
    room -= members[first];
    keep[first] = 1;
  }
  for (std::size_t i = 0; i < couplings; ++i) keep[i] = keep[leader[i]];
  return keep;
}

// A coupling is one physical device that holds the chunks' weights one after the other, so its
// relative error is drawn once and is the same in every chunk (*).
void apply_mismatch(Program& program, std::span<const std::int64_t> leader,
                    const Hardware& hardware) {
  std::vector<float> factor(leader.size());
  for (std::size_t i = 0; i < leader.size(); ++i) {
    const auto key = static_cast<std::uint64_t>(leader[i]);
    const auto words =
        random_words(hardware.device, Stream::mismatch, static_cast<std::uint32_t>(key),
                     static_cast<std::uint32_t>(key >> 32));
    factor[i] = static_cast<float>(1 + hardware.mismatch * normal(words[0], words[1])[0]);
  }
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto weights = program.weights(chunk);
    for (std::size_t i = 0; i < factor.size(); ++i) weights[i] *= factor[i];
  }
}

}  // namespace

void validate(const Hardware& hardware) {
  if (hardware.bits < 0 || hardware.bits > 8)
    fail("hardware: bits is {}; it must lie in 1..8, or be 0 for float weights", hardware.bits);
  if (!(hardware.density > 0 && hardware.density <= 1))
    fail("hardware: density is {}; it must be above 0 and at most 1", hardware.density);
  check_noise("mismatch", hardware.mismatch);
  check_noise("weight_noise", hardware.weight_noise);
  check_noise("phase_noise", hardware.phase_noise);
}

Program realise(const Program& ideal, const Hardware& hardware) {
  validate(hardware);
  Program program = ideal;
  std::vector<std::int64_t> leader;
  if (hardware.density < 1 || hardware.mismatch > 0) leader = pair_leaders(program);
  if (hardware.density < 1) {
    const auto keep = kept(program, leader, hardware.density);
    for (int chunk = 0; chunk < program.chunks(); ++chunk) {
      const auto weights = program.weights(chunk);
      for (std::size_t i = 0; i < keep.size(); ++i)
        if (!keep[i]) weights[i] = 0;
    }
  }
  if (hardware.bits > 0)
    for (int chunk = 0; chunk < program.chunks(); ++chunk)
      quantise_chunk(program, chunk, hardware, {});
  if (hardware.mismatch > 0) apply_mismatch(program, leader, hardware);
  return program;
}

std::vector<std::int64_t> pair_leaders(const Program& program) {
  std::vector<std::int64_t> leader;
  if (program.tied) {
    leader = partners(*program.topology);
    for (std::size_t i = 0; i < leader.size(); ++i)
      leader[i] = std::min(leader[i], std::int64_t(i));
  } else {
    leader.resize(static_cast<std::size_t>(program.topology->couplings()));
    std::iota(leader.begin(), leader.end(), 0);
  }
  return leader;
}

std::vector<std::uint8_t> kept_couplings(const Program& program, double density) {
  return kept(program, pair_leaders(program), density);
}

std::vector<float> pruning_ranks(const Program& program) {
  const auto leader = pair_leaders(program);
  const auto [order, members] = ranked(program, leader);
  std::vector<float> ranks(leader.size());
  double kept = 0;
  for (const auto first : order) {
    kept += members[first];
    ranks[first] = static_cast<float>(kept);
  }
  for (std::size_t i = 0; i < ranks.size(); ++i)
    ranks[i] = ranks[static_cast<std::size_t>(leader[i])];
  return ranks;
}

}  // namespace phaseloom
