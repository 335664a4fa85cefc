// SPDX-License-Identifier: MIT
#include "app/session/sweep_part.hpp"

#include <fmt/format.h>

#include <system_error>
#include <utility>
#include <vector>

#include "app/commands/handlers.hpp"
#include "app/commands/hardware_verbs.hpp"
#include "app/document/assets.hpp"
#include "app/session/session.hpp"
#include "app/session/sweep_map.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// A shipped network or one of the user's own is better known by its name than as a sweep's copy
/// of it, as long as it is the same; a shipped sweep has no copy.
std::string name_of_network(const std::string& model, const std::filesystem::path& copy) {
  constexpr std::size_t kLargest = std::size_t{1} << 27;  // larger ones keep their file
  std::string name;
  (void)problem_of([&] {
    std::error_code ignored;
    const std::filesystem::path known = model_file(model);
    if (!std::filesystem::exists(copy, ignored) ||
        read_file(known, kLargest) == read_file(copy, kLargest))
      name = model;
  });
  return name.empty() ? escaped(copy.string()) : name;
}

}  // namespace

SweepPart::SweepPart(Session& session, const TrainingJobOptions& options, bool gated)
    : Part(session),
      gated_(gated),
      job_({.images = options.images, .threads = 0}, gated),
      latest_(job_.latest()) {}

bool SweepPart::act(const Command& command) {
  using P = SweepPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::sweep_start,
       [](P& p, const Command& c) {
         p.job_.start(plan_of(p.session_.scene()), c.file(0));
         p.seen(c.text(0));
       }},
      {verbs::sweep_open,
       [](P& p, const Command& c) {
         p.job_.open(c.file(0));
         p.seen(c.text(0));
       }},
      {verbs::sweep_close,
       [](P& p, const Command&) {
         if (p.latest_->running) fail("sweep.close: it is being worked on; sweep.stop ends that");
         p.seen("");
       }},
      {verbs::sweep_go_on,
       [](P& p, const Command&) {
         if (p.latest_->folder.empty())
           fail("sweep.go_on: no sweep is open; sweep.start begins one");
         p.job_.go_on(p.latest_->folder);
       }},
      {verbs::sweep_pause, [](P& p, const Command&) { p.job_.pause(); }},
      {verbs::sweep_resume, [](P& p, const Command&) { p.job_.resume(); }},
      {verbs::sweep_stop, [](P& p, const Command&) { p.job_.stop(); }},
      {verbs::sweep_advance, [](P& p, const Command& c) { p.job_.advance(c.integer(0)); }},
      {verbs::sweep_show, [](P& p, const Command& c) { p.show(c.text(0)); }},
      {verbs::sweep_export, [](P& p, const Command& c) { p.job_.export_to(c.file(0)); }},
  };
  return handle<P>(kHandlers, *this, command);
}

void SweepPart::seen(const std::string& folder) {
  asked_ = session_.ui().hardware.folder = folder;
  session_.ui().hardware.slice = {};
  closed_ = folder.empty();
}

void SweepPart::follow_view() {
  const DesignView& view = session_.ui().hardware;
  const bool looked_at =
      session_.ui().workspace == Workspace::hardware && view.page == DesignView::Page::sweep;
  if (!looked_at) return;
  if (view.folder != asked_ && !view.folder.empty()) {
    seen(std::string(view.folder));
    (void)problem_of([&] { job_.open(unescaped(asked_)); });  // what is wrong with it is a note
  }
  // Where nothing goes by the clock, only what is asked for is looked at.
  constexpr auto kOften = std::chrono::seconds(2);
  if (gated_) return;
  if (const auto now = Clock::now(); now - looked_ > kOften) {
    looked_ = now;
    job_.look();
  }
}

void SweepPart::update() {
  follow_view();
  tell(job_.take_notes());
  static const auto kNone = std::make_shared<const SweepSnapshot>();
  auto next = closed_ ? kNone : job_.latest();
  if (next == latest_) return;
  latest_ = std::move(next);
  ++activity_;
}

void SweepPart::show(const std::string& cell) {
  const SweepSnapshot& sweep = *latest_;
  const SweepTable::Place* place = sweep.table->find(cell);
  if (!place)
    fail("sweep.show: there is no cell {}{}", printable(cell),
         sweep.table->places.empty()
             ? "; no sweep is open"
             : fmt::format("; the first one is {}", sweep.table->places.front().cell.name()));
  if (!place->row || place->row->network.empty())
    fail("sweep.show: {} has not been worked on yet", printable(cell));
  const Scene& now = session_.scene();
  Scene there = now;
  there.model = name_of_network(place->row->model, sweep.folder / place->row->network);
  there.hardware = place->cell.hardware;
  std::vector<Command> changes;
  for (const SceneField& field : scene_fields())
    if (const std::string value = field.print(there); value != field.print(now))
      changes.push_back(set_command(field.name, value));
  session_.make_changes(changes);
}

}  // namespace phaseloom
