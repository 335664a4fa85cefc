// SPDX-License-Identifier: MIT
#include "engine/thermo/thermo_checkpoint.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/data/dump_json.hpp"
#include "engine/data/json_number.hpp"
#include "engine/data/safetensors.hpp"
#include "engine/support/error.hpp"
#include "engine/support/finite.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;
constexpr const char *kKindKey = "phaseloom-thermo", *kKind = "checkpoint 1", *kPlanKey = "plan";

/// Calls field(name, value) for every number of the plan: one list for both directions.
template <class Plan, class Field>
void each_number(Plan& p, Field field) {
  field("width", p.setup.picture.width);
  field("height", p.setup.picture.height);
  field("channels", p.setup.picture.channels);
  field("hidden", p.setup.hidden);
  field("j2", p.setup.j2);
  field("j4", p.setup.j4);
  field("temperature", p.setup.temperature);
  field("duration", p.setup.duration);
  field("dt", p.setup.dt);
  field("drive", p.setup.drive);
  field("released", p.setup.released);
  field("labels", p.setup.labels);
  field("competition", p.setup.competition);
  field("cycles", p.cycles);
  field("rate", p.rate);
  field("seed", p.seed);
  field("projection_seed", p.projection_seed);
  field("bits", p.bits);
  field("update_noise", p.update_noise);
}

std::vector<float> finite_numbers(const TensorFile& file, const char* name,
                                  const std::vector<std::int64_t>& shape) {
  const auto values = file.at(name, DType::f32, shape).f32();
  if (!all_finite(values)) fail("{}: {} holds a number that is not finite", file.source, name);
  return {values.begin(), values.end()};
}

ThermoCheckpoint checkpoint_from(const TensorFile& file) {
  const auto kind = file.metadata.find(kKindKey);
  if (kind == file.metadata.end())
    fail(
        "{}: no training to go on with; a file that `phaseloom thermo train` keeps beside its "
        "model is needed",
        file.source);
  if (kind->second != kKind)
    fail("{}: {} of another version's training; {} is needed", file.source, printable(kind->second),
         kKind);
  ThermoCheckpoint c;
  std::vector<std::string> names;
  try {
    const Json json = Json::parse(file.metadata_at(kPlanKey));
    c.plan = thermo_plan_from_json(json, file.source);
    json.at("notes").get_to(c.notes);
    json.at("prototypes").get_to(names);
  } catch (const Json::exception&) {
    fail("{}: the plan of the training is damaged", file.source);
  }
  validate(c.plan.setup);
  const std::int64_t visible = c.plan.setup.visible(), units = c.plan.setup.units();
  const auto pixels =
      finite_numbers(file, "prototypes", {static_cast<std::int64_t>(names.size()), visible});
  for (std::size_t k = 0; k < names.size(); ++k)
    c.prototypes.push_back({names[k],
                            {pixels.begin() + std::int64_t(k) * visible,
                             pixels.begin() + std::int64_t(k + 1) * visible}});
  validate(c.plan, c.prototypes);
  const std::int64_t hidden = c.plan.setup.hidden, labels = c.plan.setup.labels;
  auto& parameters = c.progress.parameters = make_thermo_parameters<float>(c.plan.setup);
  parameters.couplings = finite_numbers(file, "couplings", {units, hidden});
  parameters.bias = finite_numbers(file, "bias", {units});
  if (labels > 0)
    parameters.label_couplings = finite_numbers(file, "label_couplings", {labels, units});
  const Tensor& curve = file.at("curve");
  if (curve.shape.size() != 2 || curve.shape[1] != 2 || curve.shape[0] > kMaxThermoCycles)
    fail("{}: the curve of the training is damaged", file.source);
  const auto numbers = curve.f64();
  for (std::size_t k = 0; k < numbers.size(); k += 2)
    c.progress.curve.push_back({static_cast<int>(k / 2) + 1, numbers[k], numbers[k + 1]});
  return c;
}

}  // namespace

Json to_json(const ThermoPlan& plan) {
  Json json;
  each_number(plan, [&](const char* name, const auto& value) { json[name] = value; });
  json["rate"] = plan.update_rule().rate;
  json["rule"] = name_of(plan.rule);
  json["visible_biases"] = plan.setup.visible_biases;
  json["stochastic_rounding"] = plan.stochastic_rounding;
  return json;
}

ThermoPlan thermo_plan_from_json(const Json& json, std::string_view source) {
  constexpr std::string_view kLate[] = {"labels", "competition"};
  ThermoPlan plan;
  each_number(plan, [&](const char* name, auto& value) {
    const bool is_late = std::ranges::find(kLate, name) != std::end(kLate);
    if (is_late && !json.contains(name)) return;  // there was no such thing once
    read_number(json.at(name), fmt::format("{}: {}", source, name).c_str(), value);
  });
  plan.rule = named<ThermoRule>(json.at("rule").get<std::string>());
  json.at("visible_biases").get_to(plan.setup.visible_biases);
  json.at("stochastic_rounding").get_to(plan.stochastic_rounding);
  return plan;
}

ThermoCheckpoint parse_thermo_checkpoint(std::span<const std::byte> bytes,
                                         std::string_view source) {
  return checkpoint_from(parse_safetensors(bytes, source));
}

ThermoCheckpoint load_thermo_checkpoint(const std::filesystem::path& path) {
  return checkpoint_from(read_safetensors(path));
}

void save_thermo_checkpoint(const std::filesystem::path& path, const ThermoCheckpoint& c) {
  Json json = to_json(c.plan);
  json["notes"] = c.notes;
  json["prototypes"] = Json::array();
  std::vector<float> pixels;
  for (const Prototype& p : c.prototypes) {
    json["prototypes"].push_back(p.name);
    pixels.insert(pixels.end(), p.pixels.begin(), p.pixels.end());
  }
  std::vector<double> curve;
  for (const ThermoReport& r : c.progress.curve) {
    curve.push_back(r.loss);
    curve.push_back(r.coupling_rms);
  }
  const std::int64_t units = c.plan.setup.units();
  TensorFile file;
  file.source = path.string();
  file.metadata[kKindKey] = kKind;
  file.metadata[kPlanKey] = dump_json(json);
  file.tensors = {
      Tensor::of("couplings", {units, std::int64_t{c.plan.setup.hidden}},
                 std::span<const float>(c.progress.parameters.couplings)),
      Tensor::of("bias", {units}, std::span<const float>(c.progress.parameters.bias)),
      Tensor::of("prototypes",
                 {static_cast<std::int64_t>(c.prototypes.size()), c.plan.setup.visible()},
                 std::span<const float>(pixels)),
      Tensor::of("curve", {static_cast<std::int64_t>(c.progress.curve.size()), 2},
                 std::span<const double>(curve))};
  if (c.plan.setup.labels > 0)
    file.tensors.push_back(
        Tensor::of("label_couplings", {std::int64_t{c.plan.setup.labels}, units},
                   std::span<const float>(c.progress.parameters.label_couplings)));
  write_safetensors(path, file);
}

}  // namespace phaseloom
