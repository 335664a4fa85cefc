// SPDX-License-Identifier: MIT
#pragma once
// How much of each prototype is in a picture: the order parameters of a network that was taught a
// few pictures, as overlaps are of a Hopfield memory. They need no classifier, and know negatives
// and mixtures for what they are.

#include <span>
#include <vector>

namespace phaseloom {

/// Finds the coefficients of prototypes in pictures by least squares, so that likeness among the
/// prototypes (a dark ground, say) counts once.
class Overlap {
 public:
  /// @param prototypes each with zero mean, of one size, at least one. Throws Error if one is a
  /// combination of the others.
  explicit Overlap(std::vector<std::vector<float>> prototypes);

  /// Values of a picture.
  std::size_t size() const { return prototypes_.front().size(); }
  /// Of a picture's values, whatever their mean and scale; one for each prototype.
  std::vector<double> coefficients(std::span<const float> picture) const;

 private:
  std::vector<std::vector<float>> prototypes_;
  std::vector<double> inverse_;  ///< of the matrix of their products, [k][l]
};

/// A second prototype that is in a picture with more than this part of the first makes a mixture
/// (*).
inline constexpr double kMixedPart = 0.5;

/// Pictures by what is in them.
struct OverlapCounts {
  std::vector<int> strongest;  ///< by the prototype with the largest coefficient, either sign
  int negatives = 0;           ///< in which that coefficient is below 0
  int mixtures = 0;
  int pictures = 0;

  /// By the coefficients of one more.
  void count(std::span<const double> coefficients);
  /// Of more of them, [picture][value].
  void count(const Overlap& overlap, std::span<const float> values);
};

}  // namespace phaseloom
