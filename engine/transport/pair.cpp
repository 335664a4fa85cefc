// SPDX-License-Identifier: MIT
#include "engine/transport/pair.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr PairInfo kPairs[] = {
    {"D1", "one Gaussian to eight Gaussians", Shape::gaussian, Shape::eight_gaussians},
    {"D2", "one Gaussian to a checkerboard", Shape::gaussian, Shape::checkerboard},
    {"D3", "one Gaussian to two moons", Shape::gaussian, Shape::moons},
    {"D4", "eight Gaussians to two moons", Shape::eight_gaussians, Shape::moons},
    {"spirals", "one Gaussian to two spirals", Shape::gaussian, Shape::spirals},
    {"rings", "one Gaussian to two rings", Shape::gaussian, Shape::rings},
    {"grid", "one Gaussian to 25 Gaussians", Shape::gaussian, Shape::grid},
    {"pinwheel", "one Gaussian to a pinwheel", Shape::gaussian, Shape::pinwheel},
    {"moons_rings", "two moons to two rings", Shape::moons, Shape::rings},
};

void draw(const TransportPair::Side& side, std::uint64_t seed, Stream stream, std::uint32_t first,
          std::span<Point> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto index = first + static_cast<std::uint32_t>(i);
    if (const auto* shape = std::get_if<Shape>(&side)) {
      out[i] = draw_point(*shape, seed, stream, index);
    } else {
      const auto& own = std::get<Points>(side);
      out[i] =
          own[RandomSequence(seed, stream, index).below(static_cast<std::uint32_t>(own.size()))];
    }
  }
}

/// Smallest square around points.
struct Box {
  double low_x = HUGE_VAL, high_x = -HUGE_VAL, low_y = HUGE_VAL, high_y = -HUGE_VAL;
  void hold(const PrecisePoints& points) {
    for (const PrecisePoint& p : points) {
      low_x = std::min(low_x, p.x);
      high_x = std::max(high_x, p.x);
      low_y = std::min(low_y, p.y);
      high_y = std::max(high_y, p.y);
    }
  }
  double width() const { return std::max(high_x - low_x, high_y - low_y); }
  bool within_unit() const {
    return low_x >= -0.5 && high_x <= 0.5 && low_y >= -0.5 && high_y <= 0.5;
  }
  void bring_in(PrecisePoints& points) const {
    // Divided by the width rather than multiplied by its inverse, which may be beyond all numbers.
    for (PrecisePoint& p : points)
      p = {(p.x - (low_x + high_x) / 2) / width() * (2 * kOwnHalfWidth),
           (p.y - (low_y + high_y) / 2) / width() * (2 * kOwnHalfWidth)};
  }
};

Points as_floats(const PrecisePoints& points) {
  Points floats;
  floats.reserve(points.size());
  for (const PrecisePoint& p : points)
    floats.push_back({static_cast<float>(p.x), static_cast<float>(p.y)});
  return floats;
}

void check_points(const std::string& name, const char* side, const PrecisePoints& points) {
  constexpr double kLargest = 1e300;  // widths and sums have room beyond it
  if (points.size() < kMinOwnPoints || points.size() > kMaxOwnPoints)
    fail("{}: {} {} points; {} to {} are needed", name, points.size(), side, kMinOwnPoints,
         kMaxOwnPoints);
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!(std::abs(points[i].x) <= kLargest && std::abs(points[i].y) <= kLargest))
      fail("{}: {} point {} is not finite, or beyond {:g}", name, side, i + 1, kLargest);
}

}  // namespace

std::span<const PairInfo> pair_infos() { return kPairs; }

void TransportPair::draw_source(std::uint64_t seed, std::uint32_t first,
                                std::span<Point> out) const {
  draw(source_, seed, Stream::transport_source, first, out);
}

void TransportPair::draw_target(std::uint64_t seed, std::uint32_t first,
                                std::span<Point> out) const {
  draw(target_, seed, Stream::transport_target, first, out);
}

Points TransportPair::source(std::uint64_t seed, std::uint32_t first, int n) const {
  Points out(static_cast<std::size_t>(n));
  draw_source(seed, first, out);
  return out;
}

Points TransportPair::target(std::uint64_t seed, std::uint32_t first, int n) const {
  Points out(static_cast<std::size_t>(n));
  draw_target(seed, first, out);
  return out;
}

TransportPair pair_named(std::string_view name) {
  for (const PairInfo& info : kPairs)
    if (info.name == name)
      return {std::string(info.name), std::string(info.title), info.source, info.target};
  std::vector<std::string_view> names;
  for (const PairInfo& info : kPairs) names.push_back(info.name);
  fail("there is no pair {}; choose one of {}", printable(name), fmt::join(names, ", "));
}

std::uint64_t held_out_seed(std::uint64_t seed) { return seed ^ 0x8e1d'0f7e'57ed'5eedu; }

TransportPair pair_of_points(std::string name, PrecisePoints source, PrecisePoints target) {
  if (!source.empty()) check_points(name, "source", source);
  check_points(name, "target", target);
  Box place;
  place.hold(target);
  if (!(place.width() > 0)) fail("{}: all target points are the same; two places are needed", name);
  Box all = place;
  all.hold(source);
  if (!all.within_unit() || all.width() < kLeastExtent) {
    all.bring_in(source);
    all.bring_in(target);
  }
  TransportPair::Side from = Shape::gaussian;
  if (!source.empty()) from = as_floats(source);
  return {std::move(name), "own points", std::move(from), as_floats(target)};
}

}  // namespace phaseloom
