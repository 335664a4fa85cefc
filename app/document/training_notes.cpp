// SPDX-License-Identifier: MIT
#include "app/document/training_notes.hpp"

#include <nlohmann/json.hpp>

#include "app/document/training_facts.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

std::string anywhere(const fs::path& file) {
  return file.empty() ? "" : escaped(fs::absolute(file).lexically_normal().string());
}

/// Of the time when the command line wrote no setup: what plan and network say.
TrainingSetup setup_of_command(const Json& json, const Checkpoint& checkpoint) {
  const TrainingPlan& plan = checkpoint.plan;
  TrainingSetup setup;
  setup.dataset = named<Dataset>(json.at("dataset").get<std::string>());
  const Hardware& hardware = plan.settings.hardware;
  setup.loss = plan.settings.loss;
  setup.bits = hardware.bits;
  setup.grid = hardware.grid;
  setup.gain = hardware.gain;
  setup.weight_noise = hardware.weight_noise;
  setup.mismatch = hardware.mismatch;
  setup.density = hardware.density;
  if (plan.iterations == 0) setup.minutes = plan.minutes;
  setup.iterations = plan.iterations;
  setup.seed = plan.settings.seed;
  take_network(setup, checkpoint.program);
  return setup;
}

}  // namespace

std::string print_notes(const TrainingNotes& notes) {
  return dump_json(Json{{"setup", to_json(notes.setup)},
                        {"made_in", notes.made_in},
                        {"command", notes.command},
                        {"data", anywhere(notes.data)},
                        {"out", anywhere(notes.out)},
                        {"grids", anywhere(notes.grids)},
                        {"parent", notes.from.empty() ? Json() : Json::parse(notes.from)}});
}

TrainingNotes notes_of(const Checkpoint& checkpoint) {
  const std::string& source = checkpoint.state.source;
  TrainingNotes notes;
  try {
    const Json json = Json::parse(checkpoint.plan.notes);
    const bool by_command = json.contains("command");
    notes.setup = json.contains("setup") ? setup_from(json.at("setup"), checkpoint.program, source)
                                         : setup_of_command(json, checkpoint);
    // The window's notes were the setup alone once.
    notes.made_in = json.value("made_in", by_command ? "" : std::string(kMadeInTrain));
    notes.command = json.value("command", "");
    const auto file = [&](const char* name) { return fs::path(unescaped(json.value(name, ""))); };
    notes.data = file("data");
    notes.out = file("out");
    notes.grids = file("grids");
    if (json.contains("parent") && !json.at("parent").is_null())
      notes.from = dump_json(json.at("parent"));
  } catch (const Json::exception&) {
    fail(
        "{}: it does not say what was trained; a checkpoint of `phaseloom train` or of the Train "
        "workspace is needed",
        source);
  }
  return notes;
}

}  // namespace phaseloom
