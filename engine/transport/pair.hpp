// SPDX-License-Identifier: MIT
#pragma once
// What is carried where: a source and a target distribution.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "engine/support/point.hpp"
#include "engine/transport/shapes.hpp"

namespace phaseloom {

/// Points of a user's own, at least kMinOwnPoints and at most kMaxOwnPoints.
inline constexpr std::size_t kMinOwnPoints = 2, kMaxOwnPoints = 1'000'000;

/// Half the side of the square that own points are brought into when they lie outside of
/// [-1/2, 1/2]^2; a little less than 1/2, so that the border can be seen and learned (*).
inline constexpr float kOwnHalfWidth = 0.45f;
/// The width below which own points are brought in, too: a float has too few steps for them (*).
inline constexpr double kLeastExtent = 1e-4;

struct PairInfo {
  std::string_view name;   ///< "D1"
  std::string_view title;  ///< "one Gaussian to eight Gaussians"
  Shape source, target;
};

/// The built-in pairs: D1 to D4 (*), then more for play.
std::span<const PairInfo> pair_infos();

class TransportPair {
 public:
  /// A side: a shape, or own points, of which each draw is any one (with equal chance, nothing
  /// added).
  using Side = std::variant<Shape, Points>;

  TransportPair(std::string name, std::string title, Side source, Side target)
      : name_(std::move(name)),
        title_(std::move(title)),
        source_(std::move(source)),
        target_(std::move(target)) {}

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }

  /// Draws number first, first + 1, ... of the source (or the target): each a function of (seed,
  /// its number), in [-1/2, 1/2]^2.
  void draw_source(std::uint64_t seed, std::uint32_t first, std::span<Point> out) const;
  void draw_target(std::uint64_t seed, std::uint32_t first, std::span<Point> out) const;
  Points source(std::uint64_t seed, std::uint32_t first, int n) const;
  Points target(std::uint64_t seed, std::uint32_t first, int n) const;

 private:
  std::string name_, title_;
  Side source_, target_;
};

/// The built-in pair of that name. Throws Error listing the known names.
TransportPair pair_named(std::string_view name);

/// The draws that measure, never those that train: the seed of the held-out points of `seed` (*).
/// (Own points have no others: there the same points come back.)
std::uint64_t held_out_seed(std::uint64_t seed);

/// A pair of own points, drawn or read from a file. An empty source is D1's Gaussian. Points are
/// taken as they are where all lie in [-1/2, 1/2]^2 and are at least kLeastExtent apart; else
/// source and target together are shifted and scaled, x and y alike, into the square of half-width
/// kOwnHalfWidth. Throws Error, led by `name`, if points are too few, too many, not finite, or the
/// target is a single place.
TransportPair pair_of_points(std::string name, PrecisePoints source, PrecisePoints target);

}  // namespace phaseloom
