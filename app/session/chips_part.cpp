// SPDX-License-Identifier: MIT
#include "app/session/chips_part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/commands/handlers.hpp"
#include "app/commands/hardware_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/document/spoken_names.hpp"
#include "app/session/session.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

ChipsPart::ChipsPart(Session& session, const TrainingJobOptions& options, bool gated)
    : Part(session),
      job_({.images = options.images, .threads = 0}, gated),
      latest_(job_.latest()) {}

bool ChipsPart::act(const Command& command) {
  using P = ChipsPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::chips_start, [](P& p, const Command&) { p.start(); }},
      {verbs::chips_pause, [](P& p, const Command&) { p.job_.pause(); }},
      {verbs::chips_resume, [](P& p, const Command&) { p.job_.resume(); }},
      {verbs::chips_stop, [](P& p, const Command&) { p.job_.stop(); }},
      {verbs::chips_advance, [](P& p, const Command& c) { p.job_.advance(c.integer(0)); }},
      {verbs::chips_show, [](P& p, const Command& c) { p.show(c.integer(0)); }},
      {verbs::chips_export, [](P& p, const Command& c) { p.job_.export_to(c.file(0)); }},
  };
  return handle<P>(kHandlers, *this, command);
}

void ChipsPart::start() {
  const Snapshot& now = *session_.snapshot();
  const Scene& scene = session_.scene();
  if (!now.model) fail("chips.start: no model is running; choose one first");
  ChipsRequest request;
  request.model = now.model;
  request.settings = now.settings;
  // As `phaseloom chips` has it: from the first sample on, classes in turn.
  request.settings.first_sample = 0;
  request.settings.label = kAllLabels;
  request.hardware = scene.hardware;
  request.mismatches = {scene.chips.mismatch};
  for (const double mismatch : scene.chips.mismatches)
    if (mismatch != scene.chips.mismatch) request.mismatches.push_back(mismatch);
  request.devices = scene.chips.devices;
  request.samples = scene.chips.samples;
  job_.start(request);
  begun_with_ = scene;
  session_.ui().hardware.mismatch = 0;
}

void ChipsPart::update() {
  tell(job_.take_notes());
  latest_ = job_.latest();
}

std::string ChipsPart::lost_by_quitting() const {
  if (!latest_->running) return {};
  return fmt::format("Devices are being judged, {} of {}. ", latest_->done, latest_->total);
}

void ChipsPart::show(std::int64_t device) {
  const int place = shown_mismatch(*latest_, session_.ui().hardware.mismatch);
  if (place < 0) fail("chips.show: no device has been built yet; chips.start builds them");
  if (device > latest_->request.devices)
    fail("chips.show: there is no device {}; there are 1 to {}", device, latest_->request.devices);
  const Scene& now = session_.scene();
  Scene there = now;
  there.model = begun_with_.model;
  there.hardware = latest_->request.hardware;
  there.hardware.mismatch = latest_->request.mismatches[static_cast<std::size_t>(place)];
  there.hardware.device = static_cast<std::uint64_t>(device);
  std::vector<Command> changes;
  for (const SceneField& field : scene_fields())
    if (const std::string value = field.print(there); value != field.print(now))
      changes.push_back(set_command(field.name, value));
  session_.make_changes(changes);
}

int shown_mismatch(const ChipsSnapshot& chips, int wanted) {
  if (!chips.request.model) return -1;
  return std::clamp(wanted, 0, static_cast<int>(chips.request.mismatches.size()) - 1);
}

std::string made_otherwise(const Scene& now, const Scene& begun_with) {
  const auto design = [](Scene scene) {
    scene.hardware.mismatch = 0;  // which of them is on the wall is no matter
    scene.hardware.device = 1;
    return scene.hardware;
  };
  const bool same_noise =
      now.seed == begun_with.seed && now.noise_width == begun_with.noise_width &&
      now.temperature == begun_with.temperature && now.integrator == begun_with.integrator &&
      now.steps_per_chunk == begun_with.steps_per_chunk;
  ChipsSetup setup = now.chips;
  setup.limit = begun_with.chips.limit;  // changes no device
  if (now.model == begun_with.model && design(now) == design(begun_with) && same_noise &&
      setup == begun_with.chips)
    return {};
  return fmt::format("Made with {}, mismatch {:.3g}, {} of {}",
                     spoken_design(begun_with.model, begun_with.hardware),
                     begun_with.chips.mismatch, counted(begun_with.chips.devices, "device"),
                     counted(begun_with.chips.samples, "sample"));
}

}  // namespace phaseloom
