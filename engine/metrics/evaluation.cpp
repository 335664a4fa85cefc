// SPDX-License-Identifier: MIT
#include "engine/metrics/evaluation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/metrics/moment_tree.hpp"
#include "engine/metrics/picture_draw.hpp"
#include "engine/support/error.hpp"
#include "engine/support/of_each.hpp"

namespace phaseloom {
namespace {

/// Samples that are summed together: few enough that ranks have equally many of 10,000, many enough
/// that their sums are small beside them (*).
constexpr int kPiece = 256;

int pieces_of(int samples) { return (samples + kPiece - 1) / kPiece; }

ItemRange samples_of(ItemRange pieces, int samples) {
  return {std::min(samples, pieces.begin * kPiece), std::min(samples, pieces.end * kPiece)};
}

}  // namespace

/// What is left of samples when their pictures are gone.
struct FrechetEvaluator::Judged {
  int samples = 0;
  MomentTree moments{kClassifierFeatures, 0};
  std::vector<double> confidence;  ///< sum over each piece
  std::vector<std::uint8_t> classes;
  std::vector<float> features;
};

FrechetEvaluator::FrechetEvaluator(const Classifier& classifier, const ImageSet& train,
                                   const ImageSet& test, ThreadPool& pool, Ranks& ranks)
    : classifier_(classifier),
      ranks_(ranks),
      pixels_(std::size_t(test.shape().size())),
      shares_(class_shares(train.labels)) {
  if (test.count() < 2 || train.count() < 2)
    fail("{}: {} training and {} test pictures; a distance takes at least two of each", test.name,
         train.count(), test.count());
  const auto fit = [&](const ImageSet& set, const std::vector<int>& drawn) {
    const SampleSource source{
        static_cast<int>(drawn.size()), 2048, [&](ItemRange part) {
          return unit_pixels_of(set, {drawn.begin() + part.begin, drawn.begin() + part.end});
        }};
    return judge(source, pool, {}, {}).moments.fit();
  };
  std::vector<int> all(static_cast<std::size_t>(test.count()));
  std::iota(all.begin(), all.end(), 0);
  test_ = fit(test, all);
  floor_ = frechet_distance(fit(train, draw_pictures(train, std::min(train.count(), test.count()))),
                            test_);
}

void FrechetEvaluator::gather_bytes(std::span<std::byte> whole, int kept, int samples) const {
  if (ranks_.size() == 1 || kept == 0) return;
  const std::size_t size = whole.size() / static_cast<std::size_t>(kept);
  std::vector<std::size_t> ends;
  for (int r = 0; r < ranks_.size(); ++r) {
    const int end = samples_of(ranks_.share(pieces_of(samples), r), samples).end;
    ends.push_back(size * static_cast<std::size_t>(std::min(kept, end)));
  }
  ranks_.gather_bytes(whole, ends);
}

FrechetEvaluator::Judged FrechetEvaluator::judge(const SampleSource& samples, ThreadPool& pool,
                                                 const std::function<void(double)>& progress,
                                                 std::stop_token stop) const {
  const int n = samples.count, pieces = pieces_of(n);
  const ItemRange own = ranks_.share(pieces), own_samples = samples_of(own, n);
  Judged all;
  all.moments = {kClassifierFeatures, own.begin};
  all.confidence.resize(static_cast<std::size_t>(pieces));
  all.classes.resize(static_cast<std::size_t>(n));
  all.features.resize(std::size_t(std::min(n, kKeptFeatures)) * kClassifierFeatures);
  // A rank that cannot go on says so before the others wait for it.
  int bad = n;
  const int step = std::max(1, samples.at_once / kPiece);
  for (int piece = own.begin; piece < own.end && bad == n && !stop.stop_requested();
       piece += step) {
    const ItemRange now = samples_of({piece, std::min(piece + step, own.end)}, n);
    auto images = samples.make(now);
    if (stop.stop_requested()) break;
    assert(images.size() == std::size_t(now.size()) * pixels_);
    for (std::size_t i = 0; i < images.size() && bad == n; ++i) {
      if (!std::isfinite(images[i])) bad = now.begin + static_cast<int>(i / pixels_);
      images[i] = std::clamp(images[i], 0.0f, 1.0f);
    }
    if (bad < n) break;
    const auto judgement = classifier_.judge(images, pool);
    std::ranges::copy(judgement.labels, all.classes.begin() + now.begin);
    const auto kept =
        static_cast<std::ptrdiff_t>(std::max(0, std::min(now.end, kKeptFeatures) - now.begin));
    std::copy_n(
        judgement.features.begin(), kept * kClassifierFeatures,
        all.features.begin() + (kept > 0 ? std::ptrdiff_t{now.begin} * kClassifierFeatures : 0));
    for (int first = now.begin; first < now.end; first += kPiece) {
      const int some = std::min(kPiece, now.end - first), at = first - now.begin;
      all.moments.add(std::span(judgement.features)
                          .subspan(std::size_t(at) * kClassifierFeatures,
                                   std::size_t(some) * kClassifierFeatures));
      for (int i = at; i < at + some; ++i)
        all.confidence[first / kPiece] += double{judgement.confidence[i]};
    }
    all.samples += now.size();
    if (progress) progress(double(now.end - own_samples.begin) / own_samples.size());
  }
  if (ranks_.size() == 1 && bad == n) return all;

  const auto states = of_each(ranks_, std::array{bad, all.samples});
  all.samples = 0;
  for (const auto& [its_bad, its_samples] : states) {
    bad = std::min(bad, its_bad);
    all.samples += its_samples;
  }
  if (bad < n)
    fail("evaluation: sample {} holds a number that is not finite; did the network diverge?", bad);
  if (all.samples < n) return {};
  all.moments.gather(pieces, ranks_);
  ranks_.gather(std::span(all.confidence), pieces);
  gather(std::span(all.classes), n, n);
  gather(std::span(all.features), std::min(n, kKeptFeatures), n);
  return all;
}

FrechetScore FrechetEvaluator::evaluate(const SampleSource& samples, ThreadPool& pool,
                                        const std::function<void(double)>& progress,
                                        std::stop_token stop) const {
  if (samples.count < 2) fail("evaluation: {} samples; at least two are needed", samples.count);
  Judged judged = judge(samples, pool, progress, stop);
  FrechetScore score;
  score.floor = floor_;
  score.samples = judged.samples;
  if (score.samples < 2) return score;
  score.classes = std::move(judged.classes);
  score.classes.resize(static_cast<std::size_t>(score.samples));
  score.features = std::move(judged.features);
  score.features.resize(std::size_t(std::min(score.samples, kKeptFeatures)) * kClassifierFeatures);
  for (const auto label : score.classes) score.histogram[label] += 1;
  for (const double sum : judged.confidence) score.confidence += sum;
  score.confidence /= score.samples;
  for (double& share : score.histogram) {
    share /= score.samples;
    if (share > 0) score.class_entropy -= share * std::log(share);
  }
  score.distance = frechet_distance(judged.moments.fit(), test_);
  return score;
}

FrechetScore FrechetEvaluator::evaluate(std::span<const float> samples, ThreadPool& pool,
                                        const std::function<void(double)>& progress,
                                        std::stop_token stop) const {
  assert(samples.size() % pixels_ == 0);
  const SampleSource source{static_cast<int>(samples.size() / pixels_), 2048, [&](ItemRange part) {
                              const auto some = samples.subspan(std::size_t(part.begin) * pixels_,
                                                                std::size_t(part.size()) * pixels_);
                              return std::vector<float>(some.begin(), some.end());
                            }};
  return evaluate(source, pool, progress, stop);
}

double gaussian_distance(const FrechetEvaluator& evaluator, const PixelGaussian& gaussian,
                         int samples, ThreadPool& pool, const std::function<void(double)>& progress,
                         std::stop_token stop) {
  constexpr std::uint64_t kSeed = 1;  // one reference for everybody
  const SampleSource source{samples, 2048,
                            [&](ItemRange part) { return gaussian.sample(part, kSeed, pool); }};
  const auto score = evaluator.evaluate(source, pool, progress, stop);
  return score.samples == samples ? score.distance : 0;
}

std::optional<double> relative_distance(double distance, double gaussian) {
  constexpr double kRounding = 1e-6;
  return gaussian > kRounding ? std::optional(distance / gaussian) : std::nullopt;
}

}  // namespace phaseloom
