// SPDX-License-Identifier: MIT
#include "app/session/session.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <optional>
#include <utility>

#include "app/commands/foresee.hpp"
#include "app/commands/ui_commands.hpp"
#include "app/document/si_text.hpp"
#include "app/jobs/card_job.hpp"
#include "app/jobs/quality_job.hpp"
#include "app/jobs/training_job.hpp"
#include "app/jobs/transport_job.hpp"
#include "app/run/model_facts.hpp"
#include "app/run/run_loop.hpp"
#include "app/run/simulation_thread.hpp"
#include "app/session/remembered.hpp"
#include "engine/data/film_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// Of plots that wait for a window to write them; there may be none.
constexpr std::size_t kMostPlots = 16;

/// Of a film: the points' way, and some at its end; of a row of pictures: fewer.
int flow_pictures(const std::filesystem::path& path) {
  constexpr int kRow = 25;
  if (!is_film(path, "transport.film")) return kRow;
  return static_cast<int>(kFilmRate * (kFlowSeconds + kFlowHold)) + 1;
}

}  // namespace

struct Session::Impl {
  Impl(bool is_threaded, std::unique_ptr<RunLoop> run_loop, const SessionOptions& options)
      : threaded(is_threaded),
        loop(std::move(run_loop)),
        training(options.training, !threaded),
        transport(!threaded),
        results(options.results, !threaded),
        quality(options.training, !threaded),
        cards(options.loader, !threaded) {}
  bool threaded;
  std::unique_ptr<RunLoop> loop;
  TrainingJob training;
  TransportJob transport;
  ResultsJob results;
  QualityJob quality;
  FilmJob film;
  CardJob cards;
  // What would be measured now, and since when that has been so.
  std::optional<QualityRequest> candidate;
  std::chrono::steady_clock::time_point candidate_since{};
};

Session::Session(SessionOptions options) : ui_(options.ui), trail_(options.trail) {
  std::unique_ptr<RunLoop> loop;
  if (options.threaded)
    loop = std::make_unique<SimulationThread>(options, options.ui.compare != Compare::off);
  else
    loop = std::make_unique<InlineRunLoop>(options, options.ui.compare != Compare::off);
  impl_ = std::make_unique<Impl>(options.threaded, std::move(loop), options);
  impl_->loop->suspend(ui_.workspace != Workspace::generate);
  if (options.transport) impl_->transport.restore(*options.transport);
  update();
}

Remembered Session::remembered() const {
  return {located(scene_), snapshot_->scene_file, trail_, saved_transport(*transport_),
          ui_.flow.time,   ui_.flow.playing};
}

Session::~Session() = default;

bool Session::threaded() const { return impl_->threaded; }

void Session::post(const Command& command) {
  const auto& about = info(command.verb);
  if (about.scope == Scope::script)
    return tell(Message::Level::error, fmt::format("{}: only a script can do this", about.name));
  if (about.scope == Scope::background) {
    guarded([&] { apply_background(command); });
    return update();
  }
  if (about.scope == Scope::ui) {
    apply_to(ui_, command);
    if (command.verb == Verb::workspace) impl_->loop->suspend(ui_.workspace != Workspace::generate);
  }
  pending_.emplace_back(++posted_, command);
  foresee(scene_, command);
  impl_->loop->post(command);
  if (!impl_->threaded) update();
}

void Session::post(std::string_view line) {
  try_post([&] { return parse_command(line); });
}

void Session::guarded(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::bad_alloc&) {
    tell(Message::Level::error, "not enough memory");
  } catch (const std::exception& error) {
    tell(Message::Level::error, error.what());
  }
}

void Session::tell(Message::Level level, std::string text) {
  impl_->loop->tell(level, std::move(text));
  if (!impl_->threaded) update();
}

void Session::apply_background(const Command& command) {
  TrainingJob& job = impl_->training;
  switch (command.verb) {
    case Verb::train_start:
      job.start(scene_.train);
      break;
    case Verb::train_pause:
      job.pause();
      break;
    case Verb::train_resume:
      job.resume();
      break;
    case Verb::train_stop:
      job.stop();
      break;
    case Verb::train_advance:
      job.advance(command.integer(0));
      break;
    case Verb::train_go_on:
      job.go_on();
      break;
    case Verb::train_keep:
      job.keep(command.file(0));
      break;
    case Verb::as_trained: {
      if (!snapshot_->model || snapshot_->scene.model != scene_.model)
        fail("as_trained: no model is running; choose one first");
      const auto trained = model_facts(*snapshot_->model).hardware;
      if (!trained)
        fail("as_trained: {} does not say which hardware it was trained for",
             snapshot_->model->name);
      make_changes(as_trained(*trained, scene_));
      break;
    }
    case Verb::measure:
      if (!snapshot_->model) fail("measure: no model is running; choose one first");
      update_quality(true);
      break;
    case Verb::trail_go:
      make_changes(way_to(trail_.dot(command.integer(0)), scene_));
      break;
    case Verb::trail_export:
      export_trail(trail_, scene_.cost, scene_.limit, command.file(0));
      tell(Message::Level::info, fmt::format("{}: written", command.text(0)));
      break;
    case Verb::trail_clear:
      trail_.clear();
      break;
    case Verb::trail_repeat:
      if (!snapshot_->model) fail("trail.repeat: no model is running; choose one first");
      update_quality(true);
      impl_->quality.repeat(std::max(1, static_cast<int>(quality_->repeats.size())) +
                            static_cast<int>(command.integer(0)));
      update_quality(false);
      break;
    case Verb::export_film:
      impl_->film.start(film_of(*snapshot_, ui_, command.file(0)));
      if (!impl_->threaded) impl_->film.wait();
      break;
    case Verb::export_cancel:
      impl_->film.cancel();
      break;
    case Verb::export_plot:
      plots_wanted_.emplace_back(command.text(0), command.file(1).string());
      if (plots_wanted_.size() > kMostPlots) plots_wanted_.erase(plots_wanted_.begin());
      break;
    default:
      apply_transport(command);
  }
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

void Session::apply_transport(const Command& command) {
  TransportJob& job = impl_->transport;
  ResultsJob& grid = impl_->results;
  switch (command.verb) {
    case Verb::transport_start:
      job.start(scene_.transport);
      ui_.flow.results = false;  // what is trained is seen
      return;
    case Verb::transport_row:
      job.start_row(scene_.transport);
      ui_.flow.results = false;
      ui_.flow.row = true;
      return;
    case Verb::transport_pause:
      return job.pause();
    case Verb::transport_resume:
      return job.resume();
    case Verb::transport_stop:
      return job.stop();
    case Verb::transport_advance:
      return job.advance(command.integer(0));
    case Verb::transport_show:
      grid.show();  // a script may not have looked at them yet
      results_ = grid.latest();
      return job.restore(kept_result(*results_, scene_.transport));
    case Verb::transport_export:
      return job.export_to(command.file(0));
    case Verb::transport_picture:
      if (command.file(0).extension() != ".png")
        fail("transport.picture: {} should end in .png", printable(command.text(0)));
      if (ui_.workspace != Workspace::transport)
        fail("transport.picture: the Transport stage is not shown; workspace transport shows it");
      pictures_wanted_.push_back(command.file(0).string());
      if (pictures_wanted_.size() > kMostPlots) pictures_wanted_.erase(pictures_wanted_.begin());
      return;
    case Verb::transport_film:
      if (ui_.workspace != Workspace::transport)
        fail("transport.film: the Transport stage is not shown; workspace transport shows it");
      if (!transport_->picture && transport_->row.empty())
        fail("transport.film: no points are on their way yet; transport.start trains a model");
      return impl_->film.start_drawn(command.file(0), flow_pictures(command.file(0)),
                                     "transport.film");
    case Verb::transport_grid:
      return grid.start(pairs_of_grid(command.text(0), scene_.transport), scene_.transport.seed);
    case Verb::transport_grid_advance:
      return grid.advance(command.integer(0));
    case Verb::transport_grid_stop:
      return grid.stop();
    case Verb::transport_grid_export:
      return grid.export_to(command.file(0));
    default:
      return;
  }
}

void Session::update_results() {
  if (ui_.workspace == Workspace::transport && ui_.flow.results) impl_->results.show();
  for (const auto& note : impl_->results.take_notes())
    tell(note.problem ? Message::Level::error : Message::Level::info, note.text);
  auto latest = impl_->results.latest();
  if (!results_ || latest->serial != results_->serial) results_ = std::move(latest);
}

void Session::update_transport() {
  if (ui_.workspace == Workspace::transport) impl_->transport.show(scene_.transport);
  for (const auto& note : impl_->transport.take_notes())
    tell(note.problem ? Message::Level::error : Message::Level::info, note.text);
  auto latest = impl_->transport.latest();
  if (transport_ && latest->serial == transport_->serial) return;
  const auto before = std::exchange(transport_, std::move(latest));
  using State = TransportSnapshot::State;
  if (transport_->state == State::failed && (!before || before->state != State::failed))
    tell(Message::Level::error, "transport: " + transport_->reason);
}

void Session::update_training() {
  TrainingJob& job = impl_->training;
  auto latest = job.latest();
  if (training_ && latest->serial == training_->serial) return;
  const auto before = std::exchange(training_, std::move(latest));
  using State = TrainingSnapshot::State;
  if (training_->state == State::failed && (!before || before->state != State::failed))
    tell(Message::Level::error, "training: " + training_->reason);
  if (before && training_->kept != before->kept && !training_->kept.empty())
    tell(Message::Level::info, fmt::format("{}: written", training_->kept));
  for (const std::string& problem : job.take_problems()) tell(Message::Level::error, problem);
}

void Session::update_film() {
  using State = FilmSnapshot::State;
  auto latest = impl_->film.latest();
  if (film_ && latest->serial == film_->serial) return;
  film_ = std::move(latest);
  if (film_->state == State::failed) tell(Message::Level::error, film_->reason);
  if (film_->state == State::done)
    tell(Message::Level::info,
         fmt::format("{}: written, {}", film_->path, counted(film_->pictures, "picture")));
  if (film_->state == State::cancelled)
    tell(Message::Level::info, fmt::format("{}: cancelled, nothing was written", film_->path));
}

void Session::update_quality(bool measure) {
  using State = QualitySnapshot::State;
  constexpr auto kRest = std::chrono::milliseconds(700);  // nobody drags a slider any more
  QualityJob& job = impl_->quality;
  std::optional<QualityRequest> request;
  if (snapshot_->model && !snapshot_->diverged)
    request = QualityRequest{snapshot_->model, snapshot_->scene.hardware, snapshot_->settings};
  const auto now = std::chrono::steady_clock::now();
  if (request != impl_->candidate) {
    impl_->candidate = request;
    impl_->candidate_since = now;
    job.cancel(request && impl_->threaded ? State::waiting : State::off);
  }
  const bool looked_at = ui_.workspace == Workspace::generate;
  const bool rested = now - impl_->candidate_since > kRest;
  if (request && (measure || (impl_->threaded && looked_at && rested))) job.measure(*request);
  quality_ = job.latest();
  // Whoever looks at the trail closely wants to know how sure its dots are.
  constexpr int kOnStage = 3;
  if (request && impl_->threaded && looked_at && ui_.stage == OnStage::trail &&
      quality_->state == State::ready)
    job.repeat(kOnStage);
  // The job has no other quality than that of the candidate, which is the snapshot's.
  if (request) trail_.note(snapshot_->scene, snapshot_->network, *quality_);
}

void Session::update() {
  update_training();
  update_transport();
  update_results();
  update_film();
  auto latest = impl_->loop->latest();
  const bool same = snapshot_ && latest->serial == snapshot_->serial;
  if (!same) snapshot_ = std::move(latest);
  update_quality(false);
  if (same) return;
  while (!pending_.empty() && pending_.front().first <= snapshot_->applied) pending_.pop_front();
  scene_ = snapshot_->scene;
  for (const auto& [number, command] : pending_) foresee(scene_, command);
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
  if (!impl_->threaded) update();
}

bool Session::settle(double seconds) {
  const bool settled = impl_->loop->settle(seconds);
  update();
  return settled;
}

std::optional<int> Session::film_picture_wanted() { return impl_->film.picture_wanted(); }
void Session::give_film_picture(Picture picture) { impl_->film.give(std::move(picture)); }

std::string Session::record() const { return impl_->loop->record(); }

}  // namespace phaseloom
