// SPDX-License-Identifier: MIT
#pragma once
// Random numbers in bulk: initial states, per-sample weight errors, Wiener increments. Every number
// is a function of (seed, what it is for, sample), so lanes can be dealt to blocks and threads at
// will.

#include <cmath>
#include <cstdint>

#include "engine/network/program.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {

/// Standard normal numbers as small integers: kNormalUnit times one of the 256 mid-quantiles of the
/// normal distribution, rescaled to variance 1 (*). Mean and odd moments vanish exactly; the
/// kurtosis is 2.9, the largest value 2.9 standard deviations. Cheap to draw (16 from one Philox
/// block) and to keep.
inline constexpr float kNormalUnit = 1 / 42.0f;

/// out[i * kLanes + l] = normal number (in kNormalUnit) of item i in [0, items) and sample
/// first_sample + l.
void fill_normals(std::uint64_t seed, Stream stream, std::uint32_t salt, std::uint64_t first_sample,
                  std::int64_t items, std::int8_t* out);

/// fill_normals() for the vectorised loops in noise.isa.cpp: 256 quantiles, the lower half minus
/// the mirror image of the upper one.
struct NormalsJob {
  std::uint64_t seed;
  std::uint32_t stream, salt;
  std::uint64_t first_sample;
  std::int64_t items;
  const std::int8_t* quantiles;
  std::int8_t* out;
};
PHASELOOM_DECLARE_PER_ISA(void fill_normals(const NormalsJob& job))

/// A Wiener process on every unit of the grid, one for each sample of a block.
struct Wiener {
  double amplitude = 0;  ///< on the state, per square root of a time unit; of a bath sqrt(2 kT)
  std::uint64_t seed = 1, first_sample = 0;
};

/// Of flaws and bath together: they shake independently of each other, so variances add up.
inline double wiener_amplitude(double phase_noise, double temperature) {
  const double bath = 2 * temperature;
  return bath > 0 ? std::sqrt(phase_noise * phase_noise + bath) : phase_noise;
}

/// Increments of a step of length dt over dt, which are rates that stay the same throughout it:
/// out[unit][lane] of units [0, units). They are keyed by the step's number within the run, so runs
/// on the same grid of steps have the same path; one on a finer grid has another path of the same
/// distribution.
/// @param scratch as many as there are rates.
template <class Real>
void fill_wiener_rates(const Wiener& wiener, int step, double dt, int units, std::int8_t* scratch,
                       Real* out);

/// Initial states of one block, [unit][lane], of the samples from first_sample on: noise, and the
/// label oscillators as `label` asks (class_of()).
void fill_initial(const Program& program, double width_factor, std::uint64_t seed,
                  std::uint64_t first_sample, int label, float* out);

/// A new state for one unit of one sample (below 2^32), distributed as at the start; another one
/// for each `salt` (31 bits).
float fresh_state(const InitialNoise& noise, double width_factor, std::uint64_t seed,
                  std::uint64_t sample, int unit, std::uint32_t salt);

}  // namespace phaseloom
