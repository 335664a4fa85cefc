// SPDX-License-Identifier: MIT
#include "engine/transport/shapes.hpp"

#include <cmath>
#include <numbers>

namespace phaseloom {
namespace {

constexpr double kPi = std::numbers::pi;

struct Draw {
  double x, y;
};

/// (x, y) with independent Gaussian errors of width `sigma`.
Draw near(double x, double y, double sigma, RandomSequence& random) {
  const auto u = random.word();
  const auto error = normal(u, random.word());
  return {x + sigma * error[0], y + sigma * error[1]};
}

Draw draw_moons(RandomSequence& random) {
  // Two half circles, each reaching to the other's centre; the whole is centred.
  constexpr double radius = 0.24;
  const bool upper = random.below(2) == 0;
  const double angle = kPi * random.uniform();
  const double x = radius * (std::cos(angle) - 0.5), y = radius * (std::sin(angle) - 0.25);
  return near(upper ? x : -x, upper ? y : -y, 0.02, random);
}

Draw draw_spirals(RandomSequence& random) {
  // The square root spreads points evenly along the arm.
  const double along = std::sqrt(0.02 + 0.98 * random.uniform());
  const double angle = 3 * kPi * along + (random.below(2) == 0 ? 0 : kPi);
  const double radius = 0.43 * along;
  return near(radius * std::cos(angle), radius * std::sin(angle), 0.012, random);
}

Draw draw_checkerboard(RandomSequence& random) {
  constexpr double side = 0.2;
  const int column = static_cast<int>(random.below(4));
  const int row = 2 * static_cast<int>(random.below(2)) + column % 2;
  const double x = side * (column - 2 + random.uniform());
  return {x, side * (row - 2 + random.uniform())};
}

Draw draw_pinwheel(RandomSequence& random) {
  const auto u = random.word();
  const auto n = normal(u, random.word());
  const double along = 0.25 + 0.075 * n[0], across = 0.025 * n[1];
  const double angle = 2 * kPi * random.below(5) / 5 + 5 * (along - 0.25);
  return {along * std::cos(angle) - across * std::sin(angle),
          along * std::sin(angle) + across * std::cos(angle)};
}

Draw draw(Shape shape, RandomSequence& random) {
  switch (shape) {
    case Shape::gaussian:
      return near(0, 0, 0.1, random);
    case Shape::eight_gaussians: {
      const double angle = 2 * kPi * random.below(8) / 8;
      return near(0.35 * std::cos(angle), 0.35 * std::sin(angle), 0.03, random);
    }
    case Shape::checkerboard:
      return draw_checkerboard(random);
    case Shape::moons:
      return draw_moons(random);
    case Shape::spirals:
      return draw_spirals(random);
    case Shape::rings: {
      // As many points per length on either circle.
      const double radius = random.uniform() * 0.56 < 0.18 ? 0.18 : 0.38;
      const double angle = 2 * kPi * random.uniform();
      return near(radius * std::cos(angle), radius * std::sin(angle), 0.015, random);
    }
    case Shape::grid: {
      const double x = 0.18 * (double(random.below(5)) - 2);
      return near(x, 0.18 * (double(random.below(5)) - 2), 0.02, random);
    }
    case Shape::pinwheel:
      break;
  }
  return draw_pinwheel(random);
}

}  // namespace

Point draw_point(Shape shape, std::uint64_t seed, Stream stream, std::uint32_t index) {
  RandomSequence random(seed, stream, index);
  for (;;) {
    const Draw p = draw(shape, random);
    if (std::abs(p.x) <= 0.5 && std::abs(p.y) <= 0.5)
      return {static_cast<float>(p.x), static_cast<float>(p.y)};
  }
}

}  // namespace phaseloom
