// SPDX-License-Identifier: MIT
#include "engine/metrics/evaluation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/metrics/picture_draw.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
FrechetEvaluator::FrechetEvaluator(const Classifier& classifier, const ImageSet& train,
                                   const ImageSet& test, ThreadPool& pool)
    : classifier_(classifier),
      pixels_(std::size_t(test.shape().size())),
      shares_(class_shares(train.labels)) {
  if (test.count() < 2 || train.count() < 2)
    fail("{}: {} training and {} test pictures; a distance takes at least two of each", test.name,
         train.count(), test.count());
  const auto fit = [&](const std::vector<float>& images) {
    return fit_gaussian(classifier.judge(images, pool).features, kClassifierFeatures);
  };
  test_ = fit(unit_pixels(test, 0, test.count()));
  const int count = std::min(train.count(), test.count());
  floor_ = frechet_distance(fit(unit_pixels_of(train, draw_pictures(train, count))), test_);
}

FrechetScore FrechetEvaluator::evaluate(std::span<const float> samples, ThreadPool& pool,
                                        const std::function<void(double)>& progress,
                                        std::stop_token stop) const {
  assert(samples.size() % pixels_ == 0);
  const std::size_t count = samples.size() / pixels_;
  if (count < 2) fail("evaluation: {} samples; at least two are needed", count);
  std::vector<float> images;
  FrechetScore score;
  score.floor = floor_;
  constexpr std::size_t kPiece = 2048;
  for (std::size_t first = 0; first < count && !stop.stop_requested(); first += kPiece) {
    const std::size_t some = std::min(kPiece, count - first);
    images.assign(samples.begin() + first * pixels_, samples.begin() + (first + some) * pixels_);
    for (std::size_t i = 0; i < images.size(); ++i) {
      if (!std::isfinite(images[i]))
        fail("evaluation: sample {} holds a number that is not finite; did the network diverge?",
             first + i / pixels_);
      images[i] = std::clamp(images[i], 0.0f, 1.0f);
    }
    const auto judgement = classifier_.judge(images, pool);
    score.features.insert(score.features.end(), judgement.features.begin(),
                          judgement.features.end());
    for (auto label : judgement.labels) score.histogram[label] += 1;
    score.classes.insert(score.classes.end(), judgement.labels.begin(), judgement.labels.end());
    for (float confidence : judgement.confidence) score.confidence += double{confidence};
    score.samples += static_cast<int>(some);
    if (progress) progress(double(first + some) / double(count));
  }
  if (score.samples < 2) return score;
  score.confidence /= score.samples;
  for (double& share : score.histogram) {
    share /= score.samples;
    if (share > 0) score.class_entropy -= share * std::log(share);
  }
  score.distance = frechet_distance(fit_gaussian(score.features, kClassifierFeatures), test_);
  return score;
}

double gaussian_distance(const FrechetEvaluator& evaluator, const PixelGaussian& gaussian,
                         int samples, ThreadPool& pool, const std::function<void(double)>& progress,
                         std::stop_token stop) {
  constexpr std::uint64_t kSeed = 1;  // one reference for everybody
  const auto score =
      evaluator.evaluate(gaussian.sample(samples, kSeed, pool), pool, progress, stop);
  return score.samples == samples ? score.distance : 0;
}

std::optional<double> relative_distance(double distance, double gaussian) {
  constexpr double kRounding = 1e-6;
  return gaussian > kRounding ? std::optional(distance / gaussian) : std::nullopt;
}

}  // namespace phaseloom
