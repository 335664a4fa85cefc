// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_run_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/document/assets.hpp"
#include "app/document/thermo_facts.hpp"
#include "app/document/trained_on.hpp"
#include "app/jobs/quality_reference.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/printable.hpp"
#include "engine/thermo/noising.hpp"
#include "engine/thermo/recorded_run.hpp"

namespace phaseloom {
namespace {

using State = ThermoRunSnapshot::State;

constexpr int kFrames = ThermoRunSnapshot::kFrames;
/// Samples at a time while it counts: a change of the setting is not to wait for more.
constexpr int kBatch = 32;

RunSettings settings_of(const ThermoRunRequest& request, const Program& program) {
  RunSettings settings = settings_of(program);
  settings.temperature = request.temperature;
  settings.seed = request.seed;
  return settings;
}

Hardware hardware_of(const ThermoRunRequest& request) {
  Hardware hardware;
  hardware.bits = request.bits;
  return hardware;
}

/// What heat is told in: kT of the run or, without temperature, E0.
double unit_of(const ThermoRunRequest& request) {
  return request.temperature > 0 ? request.temperature : 1;
}

/// The noising that belongs to a computer of this size, in its time.
ThermoSetup setup_of(const ThermoRunRequest& request, const Program& program) {
  ThermoSetup setup;
  setup.picture = program.picture();
  setup.hidden = program.topology->hidden();
  setup.temperature = std::max(request.temperature, 1e-6);
  setup.duration = program.durations.back();
  setup.dt = setup.duration / program.steps_per_chunk;
  return setup;
}

std::shared_ptr<const std::vector<float>> shared(std::vector<float> values) {
  return std::make_shared<const std::vector<float>>(std::move(values));
}

}  // namespace

ThermoRunJob::ThermoRunJob(TrainingJobOptions options,
                           std::function<Model(const std::string& name)> load, bool gated)
    : Job(gated),
      options_(std::move(options)),
      load_(load ? std::move(load)
                 : [](const std::string& name) { return load_named_model(name); }) {}

void ThermoRunJob::show(const ThermoRunRequest& request) {
  if (asked_ == request) return;
  asked_ = request;
  drop_queued();
  stop_orders();
  order([this, request](std::stop_token stop) { run(request, stop); });
}

void ThermoRunJob::run(const ThermoRunRequest& request, const std::stop_token& stop) {
  const auto number = now_.run + 1;
  now_ = {};
  now_.run = number;
  now_.request = request;
  now_.state = State::loading;
  // What is seen stays until there is something new to see.
  shown_.pending = true;
  publish(shown_.frames.empty() ? now_ : shown_, stop);
  const auto problem = problem_of(
      [&] {
        if (!pool_ || threads_ != request.threads)
          pool_ = std::make_unique<ThreadPool>(threads_ = request.threads);
        read(request);
        check_thermo(now_.model->program);
        now_.duration = heated_duration(now_.model->program);
        draw_noising(request);
        now_.state = State::recording;
        record(request, stop);
        if (!stop.stop_requested()) count_all(request, stop);
      },
      "not enough memory for so many samples");
  if (problem) {
    now_.state = State::failed;
    now_.reason = *problem;
  }
  publish(now_, stop);
}

void ThermoRunJob::read(const ThermoRunRequest& request) {
  if (request.network) {
    now_.model = request.network;
  } else {
    if (!model_ || name_ != request.name) {
      model_ = std::make_shared<const Model>(load_(unescaped(request.name)));
      name_ = request.name;
    }
    now_.model = model_;
  }
  const ThermoFacts facts = thermo_facts_of(*now_.model);
  projection_seed_ = facts.projection_seed;
  if (facts.digits.empty() && facts.drawings.empty()) {
    now_.no_prototypes = "the file of this computer does not say which pictures it has learnt";
    return;
  }
  const auto problem = problem_of([&] {
    if (!prototypes_ || digits_ != facts.digits || drawings_ != facts.drawings)
      prototypes_ = std::make_shared<const ThermoPrototypes>(
          load_prototypes(options_, facts.digits, facts.drawings));
    digits_ = facts.digits;
    drawings_ = facts.drawings;
  });
  if (problem)
    now_.no_prototypes = *problem;
  else
    now_.prototypes = prototypes_;
}

void ThermoRunJob::draw_noising(const ThermoRunRequest& request) {
  const ThermoSetup setup = setup_of(request, now_.model->program);
  if (!now_.prototypes) return;
  if (now_.prototypes->shape() != setup.picture) {
    now_.no_prototypes = fmt::format("prototypes are {}, this computer shows {}",
                                     words(now_.prototypes->shape()), words(setup.picture));
    now_.prototypes = nullptr;
    return;
  }
  const Projection projection(setup, projection_seed_);
  const Noising<float> noising(setup, request.seed);
  PanelPath<float> path({setup.visible(), setup.hidden}, setup.steps() + 1);
  for (std::size_t k = 0; k < now_.prototypes->pictures.size(); ++k) {
    const auto& picture = now_.prototypes->pictures[k];
    const std::vector<double> pattern(picture.begin(), picture.end());
    noising.draw(projection.patterns(pattern), static_cast<std::uint32_t>(k), path, *pool_);
    std::vector<ThermoFrame::Values> frames;
    for (int m = 0; m < kFrames; ++m) {
      const auto time = static_cast<int>(std::int64_t{setup.steps()} * m / (kFrames - 1));
      std::vector<float> states;
      for (int unit = 0; unit < setup.units(); ++unit) states.push_back(path.at(unit, time));
      frames.push_back(shared(std::move(states)));
    }
    now_.noising.push_back(std::move(frames));
  }
}

void ThermoRunJob::record(const ThermoRunRequest& request, const std::stop_token& stop) {
  const Program& program = now_.model->program;
  const double unit = unit_of(request);
  if (request.other)
    record_run(request.other->program, hardware_of(request),
               settings_of(request, request.other->program), request.lanes, kFrames, *pool_,
               [&](const ThermoMoment& moment) {
                 double sum = 0;
                 for (const double heat : moment.heat) sum += heat;
                 now_.other_mean.push_back(sum / unit / request.lanes);
                 return !stop.stop_requested();
               });
  record_run(program, hardware_of(request), settings_of(request, program), request.lanes, kFrames,
             *pool_, [&](ThermoMoment moment) {
               ThermoFrame frame{moment.time, shared(std::move(moment.state)),
                                 shared(std::move(moment.force)), std::move(moment.heat)};
               for (double& heat : frame.heat) heat /= unit;
               now_.frames.push_back(std::make_shared<const ThermoFrame>(std::move(frame)));
               publish(now_, stop);
               shown_ = now_;
               return !stop.stop_requested();
             });
}

const Classifier* ThermoRunJob::classifier() {
  const std::string dataset = trained_on(*now_.model);
  if (dataset.empty()) return nullptr;
  if (classifies_ != dataset) {
    classifier_ = std::make_unique<Classifier>(shipped_classifier(dataset));
    classifies_ = dataset;
  }
  return classifier_->picture() == now_.model->program.picture() ? classifier_.get() : nullptr;
}

void ThermoRunJob::count_all(const ThermoRunRequest& request, const std::stop_token& stop) {
  now_.state = State::counting;
  Judges judges;
  if (const auto problem = problem_of([&] { judges.classifier = classifier(); }))
    now_.unreadable = *problem;
  else if (!judges.classifier)
    now_.unreadable = "there is no classifier for these pictures";
  if (now_.prototypes)
    if (const auto problem = problem_of([&] { judges.overlap.emplace(now_.prototypes->pictures); }))
      now_.unreadable = *problem;
  while (static_cast<int>(now_.counts.heat.size()) < request.samples) {
    count(request, *now_.model, judges, now_.counts);
    // In step, so that what is shown is always of the same noise.
    if (request.other && !stop.stop_requested()) count(request, *request.other, judges, now_.other);
    if (stop.stop_requested()) return;
    publish(now_, stop);
  }
  now_.state = State::ready;
}

void ThermoRunJob::count(const ThermoRunRequest& request, const Model& model, const Judges& judges,
                         ThermoCounts& counts) {
  const Program& program = model.program;
  const double unit = unit_of(request);
  const auto visible = static_cast<std::size_t>(program.topology->visible());
  RunSettings settings = settings_of(request, program);
  settings.first_sample = counts.heat.size();
  const int some = std::min(kBatch, request.samples - static_cast<int>(counts.heat.size()));
  ThermoRun run = run_thermo(program, hardware_of(request), settings, some, *pool_);
  for (const double heat : run.heat) counts.heat.push_back(heat / unit);
  counts.summary = summarise(counts.heat);
  if (judges.overlap) counts.overlaps.count(*judges.overlap, run.states);
  if (!judges.classifier) return;
  for (std::size_t first = 0; first < run.states.size(); first += visible)
    rescale_contrast(std::span(run.states).subspan(first, visible));
  counts.judgement += judge_thermo(run.states, *judges.classifier, *pool_);
  counts.judged += some;
}

}  // namespace phaseloom
