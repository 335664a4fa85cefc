// SPDX-License-Identifier: MIT
#pragma once
// How good generated pictures are: the Frechet classifier distance to the real test pictures,
// beside what real training pictures reach, how evenly the classes come and how sure the classifier
// is. docs/metrics.md has the definitions.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/metrics/class_shares.hpp"
#include "engine/metrics/classifier.hpp"
#include "engine/metrics/frechet.hpp"
#include "engine/metrics/pixel_gaussian.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

struct FrechetScore {
  double distance = 0;  ///< to the test set
  double floor = 0;     // of as many real training pictures as the test set has
  int samples = 0;
  std::array<double, kClasses> histogram{};  ///< share of each class, by the classifier
  double class_entropy =
      0;                  // of the histogram, in nats; log 10 = 2.303 when all come equally often
  double confidence = 0;  ///< mean probability of the likeliest class
  std::vector<std::uint8_t> classes;  ///< as the classifier reads each sample
  /// That it reads it by, [sample][kClassifierFeatures]; of the first kKeptFeatures samples.
  std::vector<float> features;
};

/// Whose features are worth keeping: as many as there are real test pictures to lay beside them.
inline constexpr int kKeptFeatures = 10'000;

/// Samples that are made when they are looked at, and forgotten then.
struct SampleSource {
  int count = 0;
  /// How many a rank should make at once: few take less memory, many are faster.
  int at_once = 2048;
  /// Pictures [sample][pixel] of some of them; after a stop they are not looked at.
  std::function<std::vector<float>(ItemRange samples)> make;
};

/// Keeps what does not change between evaluations: the real pictures' features. The classifier must
/// outlive it.
class FrechetEvaluator {
 public:
  /// @param ranks that share the work of this and of evaluate(); the bits are those of a single
  /// one.
  FrechetEvaluator(const Classifier& classifier, const ImageSet& train, const ImageSet& test,
                   ThreadPool& pool, Ranks& ranks = Ranks::alone());

  double floor() const { return floor_; }
  /// Of the training pictures; generate_in_shares() makes samples to compare.
  const ClassShares& shares() const { return shares_; }

  /// samples [image][pixel]; values outside [0, 1] are clipped, as a stored picture would be. The
  /// distance is biased upwards for few samples: compare scores of equal numbers, 10,000 by custom.
  /// When a stop is asked for, the score of what has been judged so far (0 samples: nothing).
  FrechetScore evaluate(std::span<const float> samples, ThreadPool& pool,
                        const std::function<void(double fraction)>& progress = {},
                        std::stop_token stop = {}) const;
  /// The same of samples that are made by the ranks, each its share(), and moments instead of
  /// pictures between them. All ranks get the score; a stop on one of them is a stop on all, with
  /// nothing to show.
  FrechetScore evaluate(const SampleSource& samples, ThreadPool& pool,
                        const std::function<void(double fraction)>& progress = {},
                        std::stop_token stop = {}) const;
  /// After evaluate(), what each rank kept of those samples among the first `kept` that it was
  /// asked for, on all of them.
  /// @param whole of all `kept`, a rank's own in their places
  template <class T>
  void gather(std::span<T> whole, int kept, int samples) const {
    gather_bytes(std::as_writable_bytes(whole), kept, samples);
  }

 private:
  void gather_bytes(std::span<std::byte> whole, int kept, int samples) const;
  struct Judged;
  Judged judge(const SampleSource& samples, ThreadPool& pool,
               const std::function<void(double fraction)>& progress, std::stop_token stop) const;

  const Classifier& classifier_;
  Ranks& ranks_;
  std::size_t pixels_;
  GaussianFit test_;
  double floor_ = 0;
  ClassShares shares_;
};

/// The unit of the relative distance: what pictures score that know mean and covariance of the
/// training pixels and nothing else, as many of them. Relative FCD = distance / gaussian_distance.
/// 0 when a stop was asked for.
double gaussian_distance(const FrechetEvaluator& evaluator, const PixelGaussian& gaussian,
                         int samples, ThreadPool& pool,
                         const std::function<void(double fraction)>& progress = {},
                         std::stop_token stop = {});

/// A distance in units of that of the Gaussian; nothing where the Gaussian is as near as the
/// pictures themselves, up to rounding, which is so when these are all alike.
std::optional<double> relative_distance(double distance, double gaussian);

}  // namespace phaseloom
