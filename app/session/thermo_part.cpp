// SPDX-License-Identifier: MIT
#include "app/session/thermo_part.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "app/commands/handlers.hpp"
#include "app/commands/thermo_verbs.hpp"
#include "app/session/session.hpp"
#include "engine/data/npy.hpp"
#include "engine/dynamics/lane_major.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

ThermoPart::ThermoPart(Session& session, const TrainingJobOptions& options,
                       std::function<Model(const std::string& name)> load, bool gated)
    : Part(session),
      training_job_(options, gated),
      run_job_(options, std::move(load), gated),
      training_(training_job_.latest()),
      run_(run_job_.latest()) {}

bool ThermoPart::act(const Command& command) {
  using P = ThermoPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::thermo_train, [](P& p, const Command&) { p.start(); }},
      {verbs::thermo_pause, [](P& p, const Command&) { p.training_job_.pause(); }},
      {verbs::thermo_resume, [](P& p, const Command&) { p.training_job_.resume(); }},
      {verbs::thermo_stop, [](P& p, const Command&) { p.training_job_.stop(); }},
      {verbs::thermo_advance,
       [](P& p, const Command& c) { p.training_job_.advance(c.integer(0)); }},
      {verbs::thermo_keep, [](P& p, const Command& c) { p.training_job_.keep(c.file(0)); }},
      {verbs::thermo_export, [](P& p, const Command& c) { p.export_heat(c.file(0)); }},
      {verbs::thermo_states, [](P& p, const Command& c) { p.export_states(c.file(0)); }},
  };
  return handle<P>(kHandlers, *this, command);
}

void ThermoPart::start() {
  training_job_.start(session_.scene().thermo);
  session_.ui().thermo.source = ThermoView::Source::training;  // what is trained is seen
}

/// What the scene asks for, of the computer that the view has chosen.
void ThermoPart::show_run() {
  const ThermoExperiment& experiment = session_.scene().thermo;
  const bool trained =
      session_.ui().thermo.source == ThermoView::Source::training && training_->network;
  ThermoRunRequest request;
  request.name = experiment.model;
  if (trained) request.network = training_->network;
  request.temperature = experiment.temperature;
  request.bits = experiment.bits;
  request.lanes = experiment.wall * experiment.wall;
  request.samples = experiment.samples;
  request.seed = experiment.run_seed;
  request.threads = experiment.threads;
  // A computer in training is a new one every few seconds: its run is seen to the end first.
  const bool on_its_way = run_->pending || run_->state == ThermoRunSnapshot::State::recording;
  if (trained && asked_.network && on_its_way) {
    ThermoRunRequest same = request;
    same.network = asked_.network;
    if (same == asked_) return;
  }
  asked_ = request;
  run_job_.show(request);
}

void ThermoPart::update() {
  tell(training_job_.take_notes());
  const auto before = std::exchange(training_, training_job_.latest());
  if (session_.ui().workspace == Workspace::thermo) show_run();
  const auto run_before = std::exchange(run_, run_job_.latest());
  using State = ThermoTrainingSnapshot::State;
  if (training_->state == State::failed && before->state != State::failed)
    session_.tell(Message::Level::error, "thermo: " + training_->reason);
  using Run = ThermoRunSnapshot::State;
  if (run_->state == Run::failed && run_before->state != Run::failed)
    session_.tell(Message::Level::error, "thermo: " + run_->reason);
}

std::string ThermoPart::lost_by_quitting() const {
  if (!training_->active()) return {};
  return fmt::format("A thermodynamic computer is being trained, cycle {} of {}. ",
                     training_->cycle, training_->experiment.cycles);
}

void ThermoPart::export_heat(const std::filesystem::path& file) const {
  if (run_->heat.empty())
    fail("thermo.export: no sample has been counted yet; workspace thermo runs them");
  std::string table = run_->request.temperature > 0 ? "sample,heat_kT\r\n" : "sample,heat_E0\r\n";
  for (std::size_t k = 0; k < run_->heat.size(); ++k)
    table += fmt::format("{},{:.6g}\r\n", k, run_->heat[k]);
  write_file_atomically(file, table);
  session_.tell(Message::Level::info, fmt::format("{}: written", file.string()));
}

void ThermoPart::export_states(const std::filesystem::path& file) const {
  if (run_->frames.size() < ThermoRunSnapshot::kFrames)
    fail("thermo.states: there is no whole run yet; workspace thermo shows one");
  const int lanes = run_->request.lanes;
  const std::int64_t units = std::ssize(*run_->frames.front()->state) / lanes;
  std::vector<float> states;
  for (const auto& frame : run_->frames) {
    const auto moment = lane_major(*frame->state, lanes);
    states.insert(states.end(), moment.begin(), moment.end());
  }
  write_npy(file, {std::ssize(run_->frames), lanes, units}, states);
  session_.tell(Message::Level::info, fmt::format("{}: written", file.string()));
}

}  // namespace phaseloom
