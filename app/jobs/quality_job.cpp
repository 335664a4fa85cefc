// SPDX-License-Identifier: MIT
#include "app/jobs/quality_job.hpp"

#include <algorithm>
#include <utility>

#include "app/document/trained_on.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using State = QualitySnapshot::State;

constexpr int kSamples = 2000;
constexpr int kPiece = 250;         // judged at a time
constexpr int kForDistance = 1000;  // fewer say too little: the distance is biased upwards
// More would take the time of those who draw and step, priority or not: caches are shared.
constexpr int kThreads = 1;

}  // namespace

bool QualityRequest::operator==(const QualityRequest& other) const {
  const auto& a = settings;
  const auto& b = other.settings;
  return model == other.model && hardware == other.hardware && a.integrator == b.integrator &&
         a.steps_per_chunk == b.steps_per_chunk && a.seed == b.seed &&
         a.noise_width == b.noise_width && a.temperature == b.temperature;
}

QualityJob::QualityJob(TrainingJobOptions options, bool gated)
    : Job(gated), options_(std::move(options)) {}

void QualityJob::measure(const QualityRequest& request) {
  if (asked_ == request) return;
  asked_ = request;
  drop_queued();
  stop_orders();
  {
    const std::lock_guard lock(mutex_);
    repeats_wanted_ = 1;
  }
  order([this, request](std::stop_token stop) { run(request, stop); });
}

void QualityJob::repeat(int times) {
  if (!asked_) return;
  {
    const std::lock_guard lock(mutex_);
    if (times <= repeats_wanted_) return;
    repeats_wanted_ = times;
  }
  order([this, request = *asked_](std::stop_token stop) { run_repeats(request, stop); });
}

void QualityJob::cancel(State state) {
  if (!asked_ && latest()->state == state) return;
  asked_.reset();
  drop_queued();
  stop_orders();
  QualitySnapshot next;
  next.state = state;
  publish_at_once(next);
}

// --- the thread ----------------------------------------------------------------------------------

void QualityJob::run(const QualityRequest& request, std::stop_token stop) {
  if (!pool_) pool_ = std::make_unique<ThreadPool>(kThreads);  // here: of this thread's priority
  now_ = {};
  now_.wanted = kSamples;
  const auto problem =
      problem_of([&] { run_on(request, stop); }, "not enough memory to measure quality");
  if (!problem) return;
  now_.state = State::unavailable;
  now_.reason = *problem;
  publish(now_, stop);
}

void QualityJob::run_on(const QualityRequest& request, std::stop_token stop) {
  now_.dataset = trained_on(*request.model);
  if (now_.dataset.empty()) fail("{} does not say what it was trained on", request.model->name);
  const QualityReference& measure = quality_reference(now_.dataset, stop);
  const PictureShape shown = request.model->program.picture();
  if (shown != measure.picture)
    fail("{}: shows {}; the pictures of {} are {}", request.model->name, words(shown), now_.dataset,
         words(measure.picture));
  now_.floor = measure.evaluator.floor();
  now_.state = State::measuring;
  publish(now_, stop);
  RunSettings settings = request.settings;
  settings.label = kAllLabels;  // quality is the network's, whatever is asked for just now
  AskedSamples samples;
  while (now_.samples < kSamples && !stop.stop_requested()) {
    settings.first_sample = static_cast<std::uint64_t>(now_.samples);
    const AskedSamples more = generate_in_shares(request.model->program, request.hardware, settings,
                                                 measure.evaluator.shares(), kPiece, *pool_,
                                                 [&](int) { return !stop.stop_requested(); });
    if (stop.stop_requested()) break;
    samples.pictures.insert(samples.pictures.end(), more.pictures.begin(), more.pictures.end());
    samples.classes.insert(samples.classes.end(), more.classes.begin(), more.classes.end());
    const FrechetScore score = measure.evaluator.evaluate(samples.pictures, *pool_, {}, stop);
    if (stop.stop_requested()) break;
    now_.samples = score.samples;
    std::ranges::copy(score.histogram, now_.histogram.begin());
    if (now_.samples >= kForDistance) {
      now_.distance = score.distance;
      now_.relative = relative_distance(score.distance, gaussian(measure, stop))
                          .value_or(QualitySnapshot::kUnknown);
      if (stop.stop_requested()) break;
    }
    now_.confidence = score.confidence;
    if (!samples.classes.empty()) now_.as_asked = share_as_asked(score.classes, samples.classes);
    if (now_.samples >= kSamples) {
      now_.state = State::ready;
      now_.repeats.push_back({settings.seed, now_.distance, now_.relative});
    }
    publish(now_, stop);
  }
}

void QualityJob::run_repeats(const QualityRequest& request, std::stop_token stop) {
  const auto done = [&] { return static_cast<int>(now_.repeats.size()); };
  while (done() > 0 && !stop.stop_requested()) {
    {
      const std::lock_guard lock(mutex_);
      now_.repeats_wanted = repeats_wanted_;
    }
    if (done() >= now_.repeats_wanted) return;
    const auto problem = problem_of([&] { run_again(request, stop); });
    if (stop.stop_requested()) return;
    if (problem) {
      // The first number stands; a sample of another seed may have left all bounds.
      now_.reason = *problem;
      now_.repeats_wanted = done();
      const std::lock_guard lock(mutex_);
      if (stop.stop_requested()) return;  // the number is the next request's by now
      repeats_wanted_ = done();
    }
    publish(now_, stop);
  }
}

void QualityJob::run_again(const QualityRequest& request, std::stop_token stop) {
  publish(now_, stop);  // how many there will be
  const QualityReference& measure = quality_reference(now_.dataset, stop);
  RunSettings settings = request.settings;
  settings.label = kAllLabels;
  settings.first_sample = 0;
  settings.seed += now_.repeats.size();
  const AskedSamples samples = generate_in_shares(
      request.model->program, request.hardware, settings, measure.evaluator.shares(), kSamples,
      *pool_, [&](int) { return !stop.stop_requested(); });
  if (stop.stop_requested()) return;
  const FrechetScore score = measure.evaluator.evaluate(samples.pictures, *pool_, {}, stop);
  if (stop.stop_requested()) return;
  now_.repeats.push_back({settings.seed, score.distance, score.distance / gaussian(measure, stop)});
}

const QualityReference& QualityJob::quality_reference(const std::string& dataset,
                                                      std::stop_token stop) {
  if (quality_reference_ && quality_reference_->dataset == dataset) return *quality_reference_;
  quality_reference_.reset();
  pixels_.reset();
  gaussian_ = 0;
  now_.state = State::preparing;
  publish(now_, stop);
  const auto images = [&](Split split) {
    if (stop.stop_requested()) fail("measuring: not wanted any more");
    return options_.load(dataset, split);
  };
  auto classifier = shipped_classifier(dataset);
  const ImageSet train = images(Split::train), test = images(Split::test);
  pixels_ = std::make_unique<PixelGaussian>(train, *pool_);
  quality_reference_ =
      std::make_unique<QualityReference>(dataset, std::move(classifier), train, test, *pool_);
  return *quality_reference_;
}

double QualityJob::gaussian(const QualityReference& measure, std::stop_token stop) {
  if (gaussian_ == 0)
    gaussian_ = gaussian_distance(measure.evaluator, *pixels_, kSamples, *pool_, {}, stop);
  return gaussian_;
}

}  // namespace phaseloom
