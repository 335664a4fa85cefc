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

void ThermoTrainingJob::keep(const std::filesystem::path& file, Which which) {
  if (file.extension() != ".safetensors")
    fail("thermo.keep: {} should end in .safetensors", file.string());
  errand([this, file, which] { write(file, which); });
}

void ThermoTrainingJob::train(const ThermoExperiment& experiment) {
  auto before = now_.before;
  if (now_.learner.curve.reports.size() > 1)
    before = std::make_shared<const ThermoCurve>(now_.learner.curve);
  learning_.clear();
  now_ = {};
  now_.before = std::move(before);
  now_.experiment = experiment;
  now_.learner.curve.rule = experiment.rule;
  now_.state = State::loading;
  publish();
  const auto problem = problem_of([&] { run(experiment); },
                                  "not enough memory for this computer; take fewer hidden units");
  for (Learning& learning : learning_) learning.trainer.reset();
  now_.cycles_per_second = now_.seconds_left = 0;
  now_.state = problem ? State::failed : State::finished;
  if (problem) now_.reason = *problem;
  publish();
}

void ThermoTrainingJob::run(const ThermoExperiment& experiment) {
  const ThermoPrototypes prototypes =
      load_prototypes(options_, experiment.digits, experiment.drawings);
  names_ = prototypes.names();
  pool_ = std::make_unique<ThreadPool>(experiment.threads);
  const auto learn = [&](const ThermoExperiment& one, ThermoLearner& shown) {
    const ThermoPlan plan =
        one.plan(prototypes.shape(), static_cast<int>(prototypes.raw.pictures.size()));
    shown.curve.rule = plan.rule;
    learning_.push_back(
        {plan, std::make_unique<ThermoTrainer>(plan, prototypes.raw.pictures, *pool_), shown});
  };
  learn(experiment, now_.learner);
  if (experiment.compare) learn(experiment.other(), now_.other.emplace());
  now_.state = State::running;
  began_ = drawn_ = Clock::now();
  while (now_.cycle < experiment.cycles) {
    if (granted() == 0) {
      now_.stopped = true;
      break;
    }
    now_.state = State::running;
    for (const Learning& l : learning_) l.shown.curve.reports.push_back(l.trainer->cycle());
    ++now_.cycle;
    between(experiment.cycles);
  }
  begin_ending();
  take_networks();
}

void ThermoTrainingJob::between(int cycles) {
  if (gated_) return;
  const auto now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - began_).count();
  now_.cycles_per_second = now_.cycle / std::max(seconds, 1e-3);
  now_.seconds_left = (cycles - now_.cycle) / now_.cycles_per_second;
  if (now - drawn_ >= kNetworkInterval) take_networks();
  if (now - published_ >= kPublishInterval) publish();
}

void ThermoTrainingJob::about_to_rest(bool paused) {
  now_.state = paused ? State::paused : State::running;
  take_networks();
  publish();
}

void ThermoTrainingJob::take_networks() {
  drawn_ = Clock::now();
  if (learning_.empty() || !learning_.front().trainer) return;
  if (now_.learner.network && now_.network_cycle == now_.cycle) return;
  for (const Learning& learning : learning_) learning.shown.network = network_of(learning);
  now_.network_cycle = now_.cycle;
}

std::shared_ptr<const Model> ThermoTrainingJob::network_of(const Learning& learning) const {
  const auto chosen = chosen_prototypes(now_.experiment.digits, now_.experiment.drawings);
  ThermoOrigin origin{kMadeInThermo, {}, kThermoDataset, names_, {}};
  if (chosen.digits.empty()) origin.dataset.clear();  // nothing in it was learnt
  if (!chosen.drawings.empty()) origin.drawings = print_thermo_drawings(chosen.drawings);
  return std::make_shared<const Model>(
      Model{thermo_program(learning.plan.setup, learning.trainer->parameters()), "in training",
            thermo_facts(learning.plan, origin, learning.shown.curve.reports)});
}

void ThermoTrainingJob::write(const std::filesystem::path& file, Which which) {
  take_networks();
  const auto& network =
      which == Which::other && now_.other ? now_.other->network : now_.learner.network;
  if (!network) fail("thermo.keep: there is nothing to keep yet; train for a moment first");
  keep_model(file, *network);
  now_.kept = file.string();
  publish();
  note(false, fmt::format("{}: written", now_.kept));
}

void ThermoTrainingJob::publish() {
  published_ = Clock::now();
  Job::publish(now_);
}

}  // namespace phaseloom
