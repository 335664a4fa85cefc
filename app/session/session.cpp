// SPDX-License-Identifier: MIT
#include "app/session/session.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "app/commands/preview.hpp"
#include "app/commands/quality_verbs.hpp"
#include "app/commands/ui_commands.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/jobs/card_job.hpp"
#include "app/run/model_facts.hpp"
#include "app/run/run_loop.hpp"
#include "app/run/simulation_thread.hpp"
#include "app/session/export_part.hpp"
#include "app/session/parts.hpp"
#include "app/session/quality_part.hpp"
#include "app/session/remembered.hpp"
#include "app/session/training_part.hpp"
#include "app/session/transport_part.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

struct Session::Impl {
  Impl(bool is_threaded, std::unique_ptr<RunLoop> run_loop, const SessionOptions& options)
      : threaded(is_threaded), loop(std::move(run_loop)), cards(options.loader, !threaded) {}
  bool threaded;
  std::unique_ptr<RunLoop> loop;
  CardJob cards;
};

Session::Session(SessionOptions options) : ui_(options.ui) {
  std::unique_ptr<RunLoop> loop;
  if (options.threaded)
    loop = std::make_unique<SimulationThread>(options, options.ui.compare != Compare::off);
  else
    loop = std::make_unique<InlineRunLoop>(options, options.ui.compare != Compare::off);
  impl_ = std::make_unique<Impl>(options.threaded, std::move(loop), options);
  impl_->loop->suspend(ui_.workspace != Workspace::generate);
  take_snapshot();
  parts_ = make_parts(*this, options);
  update();
}

Remembered Session::remembered() const {
  return {located(scene_), snapshot_->scene_file, trail(), saved_transport(*transport()),
          ui_.flow.time,   ui_.flow.playing};
}

Session::~Session() = default;

bool Session::threaded() const { return impl_->threaded; }

void Session::post(const Command& command) {
  const CommandInfo& about = *command.verb;
  if (about.scope == Scope::script)
    return tell(Message::Level::error, fmt::format("{}: only a script can do this", about.name));
  for (const auto& part : parts_) part->heard(command);
  if (about.scope == Scope::background) {
    guarded([&] { apply_background(command); });
    return update();
  }
  if (about.scope == Scope::ui) {
    apply_to(ui_, command);
    if (command.verb == verbs::workspace)
      impl_->loop->suspend(ui_.workspace != Workspace::generate);
  }
  pending_.emplace_back(++posted_, command);
  preview(scene_, command);
  impl_->loop->post(command);
  if (!impl_->threaded) update();
}

void Session::post(std::string_view line) {
  try_post([&] { return parse_command(line); });
}

void Session::guarded(const std::function<void()>& work) {
  if (const auto problem = problem_of(work)) tell(Message::Level::error, *problem);
}

void Session::tell(Message::Level level, std::string text) {
  impl_->loop->tell(level, std::move(text));
  if (!impl_->threaded) update();
}

void Session::apply_background(const Command& command) {
  if (command.verb == verbs::as_trained) return set_as_trained();
  for (const auto& part : parts_)
    if (part->act(command)) return;
  fail("{}: no part of the session does this", command.verb->name);
}

void Session::set_as_trained() {
  if (!snapshot_->model || snapshot_->scene.model != scene_.model)
    fail("as_trained: no model is running; choose one first");
  const auto trained = model_facts(*snapshot_->model).hardware;
  if (!trained)
    fail("as_trained: {} does not say which hardware it was trained for", snapshot_->model->name);
  make_changes(as_trained(*trained, scene_));
}

void Session::make_changes(const std::vector<Command>& changes) {
  begin_gesture();
  for (const Command& change : changes) post(change);
  end_gesture();
}

std::shared_ptr<const ModelCard> Session::card(const std::string& model) {
  return impl_->cards.card(model);
}
void Session::refresh_cards() { impl_->cards.look_again(); }

void Session::take_snapshot() {
  auto latest = impl_->loop->latest();
  if (snapshot_ && latest->serial == snapshot_->serial) return;
  snapshot_ = std::move(latest);
  while (!pending_.empty() && pending_.front().first <= snapshot_->applied) pending_.pop_front();
  scene_ = snapshot_->scene;
  for (const auto& [number, command] : pending_) preview(scene_, command);
}

void Session::update() {
  take_snapshot();
  for (const auto& part : parts_) guarded([&] { part->update(); });
}

const std::shared_ptr<const TrainingSnapshot>& Session::training() const {
  return part<TrainingPart>().latest();
}
const std::shared_ptr<const TransportSnapshot>& Session::transport() const {
  return part<TransportPart>().latest();
}
const std::shared_ptr<const ResultsSnapshot>& Session::results() const {
  return part<TransportPart>().results();
}
const std::shared_ptr<const QualitySnapshot>& Session::quality() const {
  return part<QualityPart>().latest();
}
const Trail& Session::trail() const { return part<QualityPart>().trail(); }
const std::shared_ptr<const FilmSnapshot>& Session::film() const {
  return part<ExportPart>().latest();
}

std::vector<std::pair<std::string, std::string>> Session::take_plots_wanted() {
  return part<ExportPart>().take_plots_wanted();
}
std::optional<std::string> Session::take_picture_wanted(Workspace stage) {
  return part<ExportPart>().take_picture_wanted(stage);
}
std::optional<FilmPicture> Session::film_picture_wanted() {
  return part<ExportPart>().film().picture_wanted();
}
void Session::give_film_picture(Picture picture) {
  part<ExportPart>().film().give(std::move(picture));
}

std::uint64_t Session::activity() const {
  return std::accumulate(
      parts_.begin(), parts_.end(), snapshot_->serial,
      [](std::uint64_t sum, const auto& part) { return sum + part->activity(); });
}

bool Session::trains() const {
  return std::ranges::any_of(parts_, [](const auto& part) { return part->trains(); });
}

std::string Session::lost_by_quitting() const {
  std::string lost;
  for (const auto& part : parts_) lost += part->lost_by_quitting();
  return lost;
}

double Session::step_fraction() const {
  if (!snapshot_->playing || !snapshot_->previous_state) return 1;
  return std::clamp(impl_->loop->step_fraction(*snapshot_), 0., 1.);
}

void Session::want_rates(bool wanted) {
  if (wanted == rates_wanted_) return;
  rates_wanted_ = wanted;
  impl_->loop->want_rates(wanted);
  if (!impl_->threaded) update();
}

void Session::pass(double seconds) {
  impl_->loop->pass(seconds);
  if (impl_->threaded) return;
  for (const auto& part : parts_) guarded([&] { part->pass(seconds); });
  update();
}

bool Session::settle(double seconds) {
  const bool settled = impl_->loop->settle(seconds);
  update();
  return settled;
}

std::string Session::record() const { return impl_->loop->record(); }

}  // namespace phaseloom
