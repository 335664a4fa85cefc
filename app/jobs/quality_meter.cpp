// SPDX-License-Identifier: MIT
#include "app/jobs/quality_meter.hpp"

#include <algorithm>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// Of the whole work: samples take most of the time, judging them the rest (measured, about).
constexpr double kMakingShare = 0.8;

}  // namespace

QualityMeter::QualityMeter(const std::string& dataset, const ImageSet& train, const ImageSet& test,
                           ThreadPool& pool)
    : QualityMeter(dataset, shipped_classifier(dataset), train, test, pool) {}

QualityMeter::QualityMeter(std::string dataset, Classifier classifier, const ImageSet& train,
                           const ImageSet& test, ThreadPool& pool)
    : reference_(std::move(dataset), std::move(classifier), train, test, pool),
      pixels_(train, pool) {}

std::optional<MeasuredQuality> QualityMeter::measure(const Program& program,
                                                     const Hardware& hardware,
                                                     const RunSettings& settings, int samples,
                                                     int kept, ThreadPool& pool,
                                                     const std::function<void(double)>& progress,
                                                     std::stop_token stop) const {
  if (program.picture() != picture())
    fail("the network shows pictures of {}; those of {} are {}", words(program.picture()),
         dataset(), words(picture()));
  const auto tell = [&](double fraction) {
    if (progress) progress(fraction);
  };
  const double unit = gaussian(samples, pool, stop);
  if (stop.stop_requested()) return std::nullopt;
  const AskedSamples made = generate_in_shares(program, hardware, settings, evaluator().shares(),
                                               samples, pool, [&](int done) {
                                                 tell(kMakingShare * done / samples);
                                                 return !stop.stop_requested();
                                               });
  if (stop.stop_requested()) return std::nullopt;
  MeasuredQuality measured;
  measured.score = evaluator().evaluate(
      made.pictures, pool, [&](double judged) { tell(kMakingShare + (1 - kMakingShare) * judged); },
      stop);
  if (stop.stop_requested()) return std::nullopt;
  measured.relative = relative_distance(measured.score.distance, unit);
  const auto some = std::min(made.pictures.size(), static_cast<std::size_t>(kept) *
                                                       static_cast<std::size_t>(picture().size()));
  measured.pictures.assign(made.pictures.begin(),
                           made.pictures.begin() + static_cast<std::ptrdiff_t>(some));
  return measured;
}

double QualityMeter::gaussian(int samples, ThreadPool& pool, std::stop_token stop) const {
  const std::lock_guard lock(mutex_);  // a second thread that needs it waits for the first
  const auto known = gaussian_.find(samples);
  if (known != gaussian_.end()) return known->second;
  const double distance = gaussian_distance(evaluator(), pixels_, samples, pool, {}, stop);
  if (!stop.stop_requested()) gaussian_[samples] = distance;
  return distance;
}

}  // namespace phaseloom
