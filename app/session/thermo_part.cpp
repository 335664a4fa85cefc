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

ThermoPart::ThermoPart(Session& session, ExportPart& exports, const TrainingJobOptions& options,
                       std::function<Model(const std::string& name)> load, bool gated)
    : Part(session),
      exports_(exports),
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
      {verbs::thermo_keep,
       [](P& p, const Command& c) {
         using Which = ThermoTrainingJob::Which;
         const bool other = p.session_.ui().thermo.source == ThermoView::Source::other;
         p.training_job_.keep(c.file(0), other ? Which::other : Which::chosen);
       }},
      {verbs::thermo_export, [](P& p, const Command& c) { p.export_heat(c.file(0)); }},
      {verbs::thermo_states, [](P& p, const Command& c) { p.export_states(c.file(0)); }},
      {verbs::thermo_picture,
       [](P& p, const Command& c) {
         p.exports_.want_picture(c, Workspace::thermo, p.missing_run());
       }},
      {verbs::thermo_film,
       [](P& p, const Command& c) { p.exports_.start_film(c, kHeatFilm, p.missing_run()); }},
  };
  return handle<P>(kHandlers, *this, command);
}

std::string_view ThermoPart::missing_run() const {
  return run_->frames.size() < ThermoRunSnapshot::kFrames ? "there is no whole run yet; wait for it"
                                                          : "";
}

void ThermoPart::start() {
  training_job_.start(session_.scene().thermo);
  session_.ui().thermo.source = ThermoView::Source::training;  // what is trained is seen
}

/// The network of the rule that is looked at, and beside it the other rule's.
void ThermoPart::take_trained(ThermoRunRequest& request) const {
  request.rule = training_->learner.curve.rule;
  request.network = training_->learner.network;
  if (!training_->other) return;
  request.other = training_->other->network;
  if (session_.ui().thermo.source != ThermoView::Source::other) return;
  request.rule = training_->other->curve.rule;
  std::swap(request.network, request.other);
}

/// What the scene asks for, of the computer that the view has chosen.
void ThermoPart::show_run() {
  const ThermoExperiment& experiment = session_.scene().thermo;
  ThermoRunRequest request;
  request.name = experiment.model;
  if (session_.ui().thermo.source != ThermoView::Source::model) take_trained(request);
  const bool trained = request.network != nullptr;
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
    same.other = asked_.other;
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
  let_go_of_stranger();
  using State = ThermoTrainingSnapshot::State;
  if (training_->state == State::failed && before->state != State::failed)
    session_.tell(Message::Level::error, "thermo: " + training_->reason);
  using Run = ThermoRunSnapshot::State;
  if (run_->state == Run::failed && run_before->state != Run::failed)
    session_.tell(Message::Level::error, "thermo: " + run_->reason);
}

void ThermoPart::let_go_of_stranger() {
  int& picked = session_.ui().thermo.picked;
  if (!run_->model || run_->pending) return;
  const int units = run_->model->program.topology->units();
  if (picked < units) {
    followed_ = picked;
    return;
  }
  const int unit = std::exchange(picked, -1);
  if (unit == std::exchange(followed_, -1))
    session_.tell(Message::Level::info,
                  fmt::format("unit {} is followed no longer: this computer has units 0 to {}",
                              unit, units - 1));
  else
    session_.tell(Message::Level::error,
                  fmt::format("heat.pick: there is no unit {}; this computer has units 0 to {}",
                              unit, units - 1));
}

std::string ThermoPart::lost_by_quitting() const {
  if (!training_->active()) return {};
  return fmt::format("A thermodynamic computer is being trained, cycle {} of {}. ",
                     training_->cycle, training_->experiment.cycles);
}

void ThermoPart::export_heat(const std::filesystem::path& file) const {
  if (run_->counts.heat.empty())
    fail("thermo.export: no sample has been counted yet; workspace thermo runs them");
  const std::string column = run_->heat_column();
  const auto& heat = run_->counts.heat;
  const auto& other = run_->other.heat;  // on the same noise
  const bool both = !other.empty();
  std::string table =
      both ? fmt::format("sample,{0}_{1},{0}_{2}\r\n", column, name_of(run_->request.rule),
                         name_of(other_rule(run_->request.rule)))
           : fmt::format("sample,{}\r\n", column);
  for (std::size_t k = 0; k < (both ? std::min(heat.size(), other.size()) : heat.size()); ++k)
    table += both ? fmt::format("{},{:.6g},{:.6g}\r\n", k, heat[k], other[k])
                  : fmt::format("{},{:.6g}\r\n", k, heat[k]);
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
