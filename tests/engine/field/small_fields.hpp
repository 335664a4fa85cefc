// SPDX-License-Identifier: MIT
#pragma once
// Small fields that several tests share, and the same things by plain sums.

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/field/field.hpp"
#include "engine/support/names.hpp"

namespace phaseloom::test {

inline constexpr double kPi = std::numbers::pi;

/// Everything of the equation but noise, on a torus whose rows are no whole vectors.
inline FieldSettings small_field(KernelShape shape = KernelShape::gaussian) {
  FieldSettings s;
  s.width = 21;
  s.height = 18;
  s.kernel.shape = shape;
  s.kernel.radius = 4;
  s.coupling = 1.5;
  s.injection = 0.4;
  s.spread = 0.5;
  s.dt = 0.1;
  return s;
}

inline std::vector<KernelShape> all_kernel_shapes() {
  std::vector<KernelShape> all;
  for (std::size_t i = 0; i < kCountOf<KernelShape>; ++i)
    all.push_back(static_cast<KernelShape>(i));
  return all;
}

/// Calls f(other place, weight) for all places that (x, y) listens to.
template <class F>
void each_neighbour(const CouplingKernel& kernel, int width, int height, int x, int y, F&& f) {
  for (int dy = -kernel.radius(); dy <= kernel.radius(); ++dy)
    for (int dx = -kernel.radius(); dx <= kernel.radius(); ++dx)
      if (const double weight = kernel.weight(dx, dy); weight != 0)
        f((y + dy + height) % height * width + (x + dx + width) % width, weight);
}

/// Field::energy() in double precision.
inline double plain_energy(const FieldSettings& s, const std::vector<float>& phases) {
  const CouplingKernel kernel(s.kernel);
  double energy = 0;
  for (int y = 0; y < s.height; ++y)
    for (int x = 0; x < s.width; ++x) {
      const double own = phases[static_cast<std::size_t>(y * s.width + x)];
      energy -= s.injection / 2 * std::cos(2 * own);
      each_neighbour(kernel, s.width, s.height, x, y, [&](int other, double weight) {
        energy -= s.coupling / 2 * weight * std::cos(phases[static_cast<std::size_t>(other)] - own);
      });
    }
  return energy;
}

/// The way from one phase to the other, at most π.
inline double phase_distance(double a, double b) {
  return std::abs(std::remainder(a - b, 2 * kPi));
}

inline double largest_distance(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = std::max(largest, phase_distance(a[i], b[i]));
  return largest;
}

}  // namespace phaseloom::test
