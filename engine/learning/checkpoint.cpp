// SPDX-License-Identifier: MIT
// A checkpoint is one .safetensors file: the trainer's state, two whole models as bytes ("program",
// what the training works on, and "best"), and the plan, the curve and the clock as JSON.

#include "engine/learning/checkpoint.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/data/dump_json.hpp"
#include "engine/data/json_number.hpp"
#include "engine/learning/training_state.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;
constexpr const char* kKind = "checkpoint 3";
constexpr const char *kKindKey = "phaseloom-training", *kPlanKey = "plan";
constexpr const char *kProgram = "program", *kBest = "best";

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
double number(const Json& json) { return json.is_null() ? std::nan("") : json.get<double>(); }

Tensor model_tensor(std::string name, const Program& program) {
  const auto bytes = serialize_model({program, name, "{}"}, name);
  return Tensor::of(std::move(name), {std::int64_t(bytes.size())},
                    std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

Program program_of(const TensorFile& file, std::string_view name) {
  const Tensor& tensor = file.at(name);
  tensor.u8();  // of this type
  return parse_model(tensor.data, file.source).program;
}

Json facts(const Checkpoint& c) {
  Json curve = Json::array();
  for (const auto& p : c.result.curve)
    curve.push_back({{"minutes", p.minutes},
                     {"iteration", p.iteration},
                     {"loss", number(p.loss)},
                     {"truth", number(p.fcd_rk4)},
                     {"coarse", number(p.fcd_training)}});
  Json losses = Json::array();
  for (const LossPoint& p : c.result.losses.points())
    losses.push_back({p.iteration, number(p.distance), number(p.objective)});
  return {{"settings", to_json(c.plan.settings)},
          {"iterations", c.plan.iterations},
          {"minutes", c.plan.minutes},
          {"evaluate_every", c.plan.evaluate_every},
          {"evaluate_iterations", c.plan.evaluate_iterations},
          {"evaluate_samples", c.plan.evaluate_samples},
          {"patience", c.plan.patience},
          {"checkpoint_every", c.plan.checkpoint_every},
          {"notes", Json::parse(c.plan.notes)},
          {"trained_minutes", c.minutes},
          {"slowed", c.slowed},
          {"best",
           {{"truth", number(c.result.fcd_rk4)},
            {"iterations", c.result.iterations},
            {"minutes", c.result.minutes},
            {"counts", c.result.counts}}},
          {"curve", std::move(curve)},
          {"losses", std::move(losses)},
          {"losses_stretch", c.result.losses.stretch()}};
}

/// Files of earlier programs have none.
void read_losses(const Json& json, LossCurve& losses, const std::string& source) {
  if (!json.contains("losses")) return;
  std::vector<LossPoint> points;
  for (const Json& p : json.at("losses")) {
    LossPoint& point = points.emplace_back();
    read_number(p.at(0), fmt::format("{}: losses", source).c_str(), point.iteration);
    point.distance = number(p.at(1));
    point.objective = number(p.at(2));
  }
  std::int64_t stretch = 1;
  read_number(json.at("losses_stretch"), fmt::format("{}: losses_stretch", source).c_str(),
              stretch);
  losses = LossCurve(std::move(points), stretch);
}

void read_facts(const Json& json, Checkpoint& c, const std::string& source) {
  const auto read = [&](const Json& from, const char* name, auto& out) {
    read_number(from.at(name), fmt::format("{}: {}", source, name).c_str(), out);
  };
  c.plan.settings = train_settings_from_json(json.at("settings"), source);
  read(json, "iterations", c.plan.iterations);
  read(json, "minutes", c.plan.minutes);
  read(json, "evaluate_every", c.plan.evaluate_every);
  read(json, "evaluate_iterations", c.plan.evaluate_iterations);
  read(json, "evaluate_samples", c.plan.evaluate_samples);
  read(json, "patience", c.plan.patience);
  read(json, "checkpoint_every", c.plan.checkpoint_every);
  c.plan.notes = json.at("notes").dump();
  read(json, "trained_minutes", c.minutes);
  read(json, "slowed", c.slowed);
  const Json& best = json.at("best");
  c.result.fcd_rk4 = number(best.at("truth"));
  read(best, "iterations", c.result.iterations);
  read(best, "minutes", c.result.minutes);
  best.at("counts").get_to(c.result.counts);
  for (const Json& p : json.at("curve")) {
    CurvePoint& point = c.result.curve.emplace_back();
    read(p, "minutes", point.minutes);
    read(p, "iteration", point.iteration);
    point.loss = number(p.at("loss"));
    point.fcd_rk4 = number(p.at("truth"));
    point.fcd_training = number(p.at("coarse"));
  }
  read_losses(json, c.result.losses, source);
}

}  // namespace

std::int64_t Checkpoint::iterations() const {
  std::int64_t done = 0;
  StateReader(state).count("iteration", done);  // as the trainer writes it
  return done;
}

Checkpoint parse_checkpoint(TensorFile file) {
  Checkpoint c;
  c.state = std::move(file);
  const std::string& source = c.state.source;
  const auto kind = c.state.metadata.find(kKindKey);
  if (kind == c.state.metadata.end())
    fail(
        "{}: no training to go on with; a file that `phaseloom train` keeps beside its model is "
        "needed",
        source);
  if (kind->second != kKind)
    fail("{}: {} of another version's training; {} is needed", source, printable(kind->second),
         kKind);
  try {
    read_facts(Json::parse(c.state.metadata_at(kPlanKey)), c, source);
  } catch (const Json::exception&) {
    fail("{}: the plan of the training is damaged", source);
  }
  if (c.plan.evaluate_samples < 2 || c.plan.evaluate_samples > 1000000 ||
      !(c.plan.evaluate_every > 0) || !(c.plan.checkpoint_every > 0) || !(c.minutes >= 0) ||
      c.slowed < 0 || c.slowed > 1000)
    fail("{}: the plan of the training holds numbers out of range", source);
  c.program = program_of(c.state, kProgram);
  if (!c.result.curve.empty()) c.result.program = program_of(c.state, kBest);
  // What is left is the trainer's.
  std::erase_if(c.state.tensors,
                [](const Tensor& t) { return t.name == kProgram || t.name == kBest; });
  c.state.metadata.erase(kKindKey);
  c.state.metadata.erase(kPlanKey);
  return c;
}

Checkpoint load_checkpoint(const std::filesystem::path& path) {
  Checkpoint checkpoint = parse_checkpoint(read_safetensors(path));
  checkpoint.plan.checkpoint = path;
  return checkpoint;
}

std::vector<std::byte> serialize_checkpoint(const Checkpoint& c, std::string_view target_name) {
  TensorFile file = c.state;
  file.metadata[kKindKey] = kKind;
  file.metadata[kPlanKey] = dump_json(facts(c));
  file.tensors.push_back(model_tensor(kProgram, c.program));
  if (!c.result.curve.empty()) file.tensors.push_back(model_tensor(kBest, c.result.program));
  return serialize_safetensors(file, target_name);
}

void save_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint) {
  write_file_atomically(path, serialize_checkpoint(checkpoint, path.string()));
}

}  // namespace phaseloom
