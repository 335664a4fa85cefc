// SPDX-License-Identifier: MIT
#pragma once
// Counter-based random numbers: a pure function of (seed, stream, a, b, c), so that results depend
// neither on the order of evaluation nor on threads. Philox4x32-10 of Salmon et al., "Parallel
// random numbers: as easy as 1, 2, 3", SC 2011.

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace phaseloom {

/// Philox4x32: four random words of a 128-bit counter under a 64-bit key. The authors recommend 10
/// rounds; 7 are the fewest that pass all of their tests (BigCrush).
template <int Rounds = 10>
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> c,
                                              std::array<std::uint32_t, 2> k) {
  for (int round = 0; round < Rounds; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53u} * c[0];
    const std::uint64_t p1 = std::uint64_t{0xCD9E8D57u} * c[2];
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(p0)};
    k[0] += 0x9E3779B9u;
    k[1] += 0xBB67AE85u;
  }
  return c;
}

/// What a random number is for: draws of different streams never coincide.
enum class Stream : std::uint32_t {
  initial_state,
  weight_init,
  topology,
  mismatch,
  weight_noise,
  phase_noise,
  pruning,
  batch,
  critic,
  schedule,
  picture_noise,
  pixel_gaussian,
  transport_source,
  transport_target,
  transport_setup,
  tracers,
  touch,
  projection,
  noising,
  update_noise,
  rounding,
  playground_graph,
  playground_detuning,
  playground_pattern,
  playground_start,
  field_start,
  field_frequencies,
  field_noise,
  field_touch,
  hardware,
};

/// Random words of (seed, stream, a, b, c); c takes 31 bits at most, the rest is free.
inline std::array<std::uint32_t, 4> random_words(std::uint64_t seed, Stream stream, std::uint32_t a,
                                                 std::uint32_t b = 0, std::uint32_t c = 0) {
  return philox({a, b, c, static_cast<std::uint32_t>(stream)},
                {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
}

/// Uniform in (0, 1): never 0 or 1 exactly.
inline double uniform(std::uint32_t word) { return (word + 0.5) * 0x1p-32; }

/// Two independent standard normal numbers from two words (Box and Muller).
inline std::array<double, 2> normal(std::uint32_t u, std::uint32_t v) {
  const double radius = std::sqrt(-2 * std::log(uniform(u)));
  const double angle = 2 * std::numbers::pi * uniform(v);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

/// A sequential generator over one stream, for loops whose order is fixed.
class RandomSequence {
 public:
  RandomSequence(std::uint64_t seed, Stream stream, std::uint32_t a = 0)
      : seed_(seed), stream_(stream), a_(a) {}

  std::uint32_t word() {
    if (left_ == 0) {
      words_ = random_words(seed_, stream_, a_, static_cast<std::uint32_t>(block_),
                            static_cast<std::uint32_t>(block_ >> 32));
      ++block_;
      left_ = 4;
    }
    return words_[--left_];
  }
  double uniform() { return phaseloom::uniform(word()); }
  double normal() {
    const auto u = word();
    return phaseloom::normal(u, word())[0];
  }
  /// Uniform in [0, n), n >= 1 (multiply-shift; bias below n / 2^32).
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>((std::uint64_t{word()} * n) >> 32);
  }

 private:
  std::uint64_t seed_;
  Stream stream_;
  std::uint32_t a_;
  std::uint64_t block_ = 0;
  unsigned left_ = 0;
  std::array<std::uint32_t, 4> words_{};
};

}  // namespace phaseloom
