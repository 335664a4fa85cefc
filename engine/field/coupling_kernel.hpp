// SPDX-License-Identifier: MIT
#pragma once
// Whom a place of a field listens to, and how much: one kernel k(dx, dy) that all places share. It
// is a sum of few products k = Σ across(dx) down(dy), so that what a place hears is found in passes
// along rows and columns: 2 (2 radius + 1) products instead of (2 radius + 1)^2.

#include <array>
#include <string_view>
#include <vector>

#include "engine/field/limits.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

enum class KernelShape {
  gaussian,    ///< exp(-d^2 / 2 sigma^2) within the square |dx|, |dy| <= radius
  square,      ///< the same for all of that square
  cross,       ///< the same for the 4 radius places of both axes; radius 1: the XY model's lattice
  difference,  ///< a Gaussian less a share of another one: neighbours attract, those beyond repel
};

template <>
struct Names<KernelShape> {
  static constexpr std::string_view kind = "kernel";
  static constexpr std::array<std::string_view, 4> all{"gaussian", "square", "cross", "difference"};
};

/// Narrower Gaussians are the nearest neighbours alone, which `cross` has (*).
inline constexpr double kMinKernelSigma = 0.5, kMaxKernelSigma = 64;

/// Gaussians end at so many sigma, wherever the radius is: what is beyond is less than a float's
/// rounding of what is within (*).
inline constexpr double kGaussianReach = 6;

struct KernelSettings {
  KernelShape shape = KernelShape::gaussian;
  int radius = 6;               ///< places, 1..kMaxKernelRadius; what is beyond is not heard
  double sigma = 2;             ///< of the Gaussians, in places, kMinKernelSigma..kMaxKernelSigma
  double surround_sigma = 4;    ///< `difference`: of the one that is taken away; the same range
  double surround_share = 0.5;  ///< `difference`: how much of it, 0..2 (*)
  bool operator==(const KernelSettings&) const = default;
};

/// Throws Error naming the first value that is out of range and its range.
void validate(const KernelSettings& settings);

/// The weights. Nobody listens to itself: k(0, 0) = 0, and the others' sum is 1; of a `difference`
/// that holds for either Gaussian, so that the sum is 1 - surround_share (*). k(d) = k(-d).
class CouplingKernel {
 public:
  /// One product. Both have 2 radius + 1 weights, from -radius to radius.
  struct Part {
    std::vector<double> across, down;
  };

  /// Throws Error as validate() does.
  explicit CouplingKernel(const KernelSettings& settings);

  /// The settings', or the Gaussians' reach if that is less.
  int radius() const { return radius_; }
  /// Their sum has a weight at (0, 0), centre(), without effect on a rate: sin(θ_i - θ_i) is 0.
  const std::vector<Part>& parts() const { return parts_; }
  double centre() const { return centre_; }
  /// k(dx, dy); 0 beyond the radius.
  double weight(int dx, int dy) const;

 private:
  double sum_of_parts(int dx, int dy) const;

  int radius_ = 0;
  std::vector<Part> parts_;
  double centre_ = 0;
};

}  // namespace phaseloom
