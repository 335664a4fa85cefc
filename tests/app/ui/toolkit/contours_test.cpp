// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/contours.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace phaseloom {
namespace {

constexpr int kSide = 81;
constexpr float kReach = 0.6f;
constexpr double kCell = 2.0 * kReach / (kSide - 1);

TEST(Density, IsAShareOfOnePerArea) {
  const Points points{{0.1f, 0.2f}, {-0.3f, 0.05f}, {0, 0}, {0.2f, -0.2f}};
  const Density density = density_of(points, kSide, kReach, 0.03f);
  double sum = 0;
  for (const float h : density.heights) sum += h;
  EXPECT_NEAR(sum * kCell * kCell, 1, 1e-3);  // tails beyond three standard deviations are cut
}

TEST(Density, LeavesOutWhatIsOutside) {
  const float nan = std::nanf("");
  const Points points{{0, 0}, {5, 0}, {nan, 0}, {0, -HUGE_VALF}};
  const Density density = density_of(points, kSide, kReach, 0.03f);
  double sum = 0;
  for (const float h : density.heights) sum += h;
  EXPECT_NEAR(sum * kCell * kCell, 0.25, 1e-3) << "one of four";
  for (const float h : density_of({}, kSide, kReach, 0.03f).heights) EXPECT_EQ(h, 0);
}

// A single point is a Gaussian: its lines are circles of radius s sqrt(2 ln(1 / share)).
TEST(Contour, OfAGaussianIsACircle) {
  const Point centre{0.05f, -0.1f};
  const double s = 0.08;
  const Density density = density_of(std::span(&centre, 1), kSide, kReach, float(s));
  const double top = 1 / (2 * std::numbers::pi * s * s);
  for (const double share : {0.2, 0.5, 0.8}) {
    const double radius = s * std::sqrt(2 * std::log(1 / share));
    const auto segments = contour(density, float(share * top));
    double length = 0;
    for (const auto& [a, b] : segments) {
      // Sharing among four places widens it by less than a cell.
      EXPECT_NEAR(std::hypot(a.x - centre.x, a.y - centre.y), radius, 0.25 * kCell);
      length += std::hypot(b.x - a.x, b.y - a.y);
    }
    EXPECT_NEAR(length / (2 * std::numbers::pi * radius), 1, 0.03) << "closed, once around";
  }
}

TEST(Contour, SaddlesAreJoinedAsTheirCentreSays) {
  // Two opposite corners high: the line keeps together what the centre says.
  const auto joins_high_corners = [](float high) {
    Density density{2, 1, {high, 0, 0, high}};
    const auto segments = contour(density, 1);
    EXPECT_EQ(segments.size(), 2u);
    // Segments around a low corner leave the high ones connected.
    const Point low = density.place(0, 1);
    for (const auto& [a, b] : segments) {
      const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
      if (std::hypot(middle.x - low.x, middle.y - low.y) < 1) return true;
    }
    return false;
  };
  EXPECT_TRUE(joins_high_corners(4)) << "centre 2 > 1";
  EXPECT_FALSE(joins_high_corners(1.5)) << "centre 0.75 < 1";
}

TEST(Contour, OfNothingIsNothing) {
  EXPECT_TRUE(contour(density_of({}, kSide, kReach, 0.03f), 0.1f).empty());
}

}  // namespace
}  // namespace phaseloom
