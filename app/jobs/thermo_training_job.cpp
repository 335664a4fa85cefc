// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_training_job.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/document/assets.hpp"
#include "app/document/thermo_facts.hpp"
#include "app/jobs/thermo_prototypes.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;
using State = ThermoTrainingSnapshot::State;

constexpr JobWords kWords{"training", "thermo.", "thermo.train", "ends"};
constexpr auto kPublishInterval = 100ms;
/// To make a program of what was learnt takes as long as a cycle or two.
constexpr auto kNetworkInterval = 3s;
}  // namespace

ThermoTrainingJob::ThermoTrainingJob(TrainingJobOptions options, bool gated)
    : Job(gated, kWords), options_(std::move(options)) {}

void ThermoTrainingJob::start(const ThermoExperiment& experiment) {
  check_training(experiment);
  order_long([this, experiment](std::stop_token) { train(experiment); });
}

void ThermoTrainingJob::keep(const std::filesystem::path& file) {
  if (file.extension() != ".safetensors")
    fail("thermo.keep: {} should end in .safetensors", file.string());
  errand([this, file] { write(file); });
}

void ThermoTrainingJob::train(const ThermoExperiment& experiment) {
  auto before = now_.before;
  if (now_.curve.reports.size() > 1) before = std::make_shared<const ThermoCurve>(now_.curve);
  now_ = {};
  now_.before = std::move(before);
  now_.experiment = experiment;
  now_.curve.rule = experiment.rule;
  now_.state = State::loading;
  publish();
  const auto problem = problem_of([&] { run(experiment); },
                                  "not enough memory for this computer; take fewer hidden units");
  trainer_ = nullptr;
  now_.cycles_per_second = now_.seconds_left = 0;
  now_.state = problem ? State::failed : State::finished;
  if (problem) now_.reason = *problem;
  publish();
}

void ThermoTrainingJob::run(const ThermoExperiment& experiment) {
  const ThermoPrototypes prototypes = load_prototypes(options_, experiment.digits);
  names_ = prototypes.names();
  plan_ = experiment.plan(prototypes.shape());
  pool_ = std::make_unique<ThreadPool>(experiment.threads);
  ThermoTrainer trainer(plan_, prototypes.raw.pictures, *pool_);
  trainer_ = &trainer;
  now_.state = State::running;
  began_ = drawn_ = Clock::now();
  while (now_.cycle < plan_.cycles) {
    if (granted() == 0) {
      now_.stopped = true;
      break;
    }
    now_.state = State::running;
    now_.curve.reports.push_back(trainer.cycle());
    now_.cycle = trainer.cycles();
    between(plan_.cycles);
  }
  begin_ending();
  take_network();
}

void ThermoTrainingJob::between(int cycles) {
  if (gated_) return;
  const auto now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - began_).count();
  now_.cycles_per_second = now_.cycle / std::max(seconds, 1e-3);
  now_.seconds_left = (cycles - now_.cycle) / now_.cycles_per_second;
  if (now - drawn_ >= kNetworkInterval) take_network();
  if (now - published_ >= kPublishInterval) publish();
}

void ThermoTrainingJob::about_to_rest(bool paused) {
  now_.state = paused ? State::paused : State::running;
  take_network();
  publish();
}

void ThermoTrainingJob::take_network() {
  drawn_ = Clock::now();
  if (!trainer_ || (now_.network && now_.network_cycle == now_.cycle)) return;
  const ThermoOrigin origin{kMadeInThermo, {}, kThermoDataset, names_};
  now_.network = std::make_shared<const Model>(
      Model{thermo_program(plan_.setup, trainer_->parameters()), "in training",
            thermo_facts(plan_, origin, now_.curve.reports)});
  now_.network_cycle = now_.cycle;
}

void ThermoTrainingJob::write(const std::filesystem::path& file) {
  if (!now_.network) fail("thermo.keep: there is nothing to keep yet; train for a moment first");
  take_network();
  keep_model(file, *now_.network);
  now_.kept = file.string();
  publish();
  note(false, fmt::format("{}: written", now_.kept));
}

void ThermoTrainingJob::publish() {
  published_ = Clock::now();
  Job::publish(now_);
}

}  // namespace phaseloom
