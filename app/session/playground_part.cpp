// SPDX-License-Identifier: MIT
#include "app/session/playground_part.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/handlers.hpp"
#include "app/commands/playground_verbs.hpp"
#include "app/session/session.hpp"
#include "engine/playground/graph_file.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

void export_graph(const PlaygroundSnapshot& snapshot, const std::filesystem::path& file) {
  if (!snapshot.there()) fail("playground.graph: nothing has run yet; workspace learn runs it");
  write_file_atomically(file, print_edge_list(*snapshot.network));
}

}  // namespace

bool PlaygroundPart::watched() const {
  return session_.ui().workspace == Workspace::learn &&
         session_.scene().playground.preset != Preset::field;
}

bool PlaygroundPart::act(const Command& command) {
  using P = PlaygroundPart;
  if (watched()) show();  // a script may not have looked yet
  static constexpr Handler<P> kHandlers[] = {
      {verbs::playground_play, [](P& p, const Command&) { p.play(true); }},
      {verbs::playground_pause, [](P& p, const Command&) { p.play(false); }},
      {verbs::playground_step,
       [](P& p, const Command& c) { p.step(static_cast<int>(c.integer(0, 1))); }},
      {verbs::playground_back,
       [](P& p, const Command& c) { p.back(static_cast<int>(c.integer(0, 1))); }},
      {verbs::playground_restart, [](P& p, const Command&) { p.job_.restart(); }},
      {verbs::playground_turn,
       [](P& p, const Command& c) { p.job_.turn(static_cast<int>(c.integer(0)), c.real(1)); }},
      {verbs::playground_disturb, [](P& p, const Command& c) { p.job_.disturb(c.real(0)); }},
      {verbs::playground_export, [](P& p, const Command& c) { p.export_to(c, export_moments); }},
      {verbs::playground_graph, [](P& p, const Command& c) { p.export_to(c, export_graph); }},
  };
  return handle<P>(kHandlers, *this, command);
}

void PlaygroundPart::show() {
  std::shared_ptr<const Excerpt> shown;
  if (watched() && session_.scene().playground.preset == Preset::pixel) {
    const auto problem = problem_of([&] { shown = excerpt(); });
    // Noted first: telling it leads here again.
    const bool fresh = problem && *problem != refused_;
    refused_ = problem.value_or("");
    if (fresh) session_.tell(Message::Level::error, refused_);
  }
  if (!watched()) shown = excerpt_;
  job_.show(session_.scene().playground, shown, watched());
}

std::shared_ptr<const Excerpt> PlaygroundPart::excerpt() {
  const Snapshot& now = *session_.snapshot();
  const PlaygroundSetup& setup = session_.scene().playground;
  if (!now.model || !now.realised)
    fail("playground.pixel: Generate runs no network yet that could be looked into");
  if (setup.sample >= now.lanes)
    fail("playground.sample: sample {} is not on the wall of Generate; the last one is {}",
         setup.sample, now.lanes - 1);
  RunSettings settings = now.settings;
  // At the border a step's beginning and end are all that is known of it: in short steps that is
  // enough to stay together (*).
  constexpr int kFiner = 8;
  settings.steps_per_chunk *= kFiner;
  settings.first_sample += static_cast<std::uint64_t>(setup.sample);
  const bool same = excerpt_ && whole_ == now.realised && pixel_ == setup.pixel &&
                    reach_ == setup.reach && excerpt_->settings == settings;
  if (same) return excerpt_;
  excerpt_ = std::make_shared<const Excerpt>(
      cut_excerpt(now.realised, settings, setup.pixel, setup.reach));
  whole_ = now.realised;
  pixel_ = setup.pixel;
  reach_ = setup.reach;
  return excerpt_;
}

double PlaygroundPart::steps_per_second() const {
  const PlaygroundSetup& setup = session_.scene().playground;
  return setup.speed / setup.step;
}

void PlaygroundPart::export_to(const Command& command,
                               void (*write)(const PlaygroundSnapshot&,
                                             const std::filesystem::path&)) const {
  write(*latest_, command.file(0));
  session_.tell(Message::Level::info, fmt::format("{}: written", command.text(0)));
}

void PlaygroundPart::update() {
  show();
  take_news();
  let_go_of_strangers();
}

void PlaygroundPart::let_go_of_strangers() {
  if (!latest_->there()) return;
  std::erase_if(session_.ui().playground.picked,
                [&](int unit) { return unit >= latest_->network->count(); });
}

}  // namespace phaseloom
