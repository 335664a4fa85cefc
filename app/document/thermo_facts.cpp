// SPDX-License-Identifier: MIT
#include "app/document/thermo_facts.hpp"

#include <nlohmann/json.hpp>

#include "app/document/thermo_drawings.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/isa.hpp"
#include "engine/thermo/thermo_checkpoint.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

Json curve_json(std::span<const ThermoReport> curve) {
  Json json = Json::array();
  for (const ThermoReport& r : curve)
    if (worth_a_line(r.cycle, curve.back().cycle))
      json.push_back({{"cycle", r.cycle}, {"loss", r.loss}, {"coupling_rms", r.coupling_rms}});
  return json;
}

/// "0 1 2" of "mnist 0", "mnist 1", "mnist 2", and the drawings that follow; neither if any is no
/// such picture.
ThermoFacts prototypes_in(const Json& json) {
  const std::string prefix = std::string(kThermoDataset) + " ";
  ThermoFacts facts;
  std::size_t drawn = 0;
  for (const auto& name : json.at("prototypes")) {
    const auto text = name.get<std::string>();
    if (text == drawn_name(drawn)) {
      ++drawn;
      continue;
    }
    if (!text.starts_with(prefix) || text.size() != prefix.size() + 1) return {};
    const char digit = text.back();
    if (digit < '0' || digit > '9' || facts.digits.find(digit) != std::string::npos) return {};
    facts.digits += (facts.digits.empty() ? "" : " ") + std::string(1, digit);
  }
  if (drawn == 0) return facts;
  facts.drawings = json.at("drawings").get<std::string>();
  if (parse_thermo_drawings(facts.drawings, "drawings").size() != drawn) return {};
  return facts;
}

}  // namespace

bool worth_a_line(int cycle, int last) {
  int first = cycle;
  while (first > 0 && first % 10 == 0) first /= 10;
  return cycle == last || first == 1 || first == 2 || first == 5;
}

std::string thermo_facts(const ThermoPlan& plan, const ThermoOrigin& origin,
                         std::span<const ThermoReport> curve) {
  Json facts = Json::object();
  if (!origin.made_in.empty()) facts["made_in"] = origin.made_in;
  if (!origin.command.empty()) facts["command"] = origin.command;
  if (!origin.dataset.empty()) facts["dataset"] = origin.dataset;
  facts["prototypes"] = origin.prototypes;
  if (!origin.drawings.empty()) facts["drawings"] = origin.drawings;
  facts["cycles"] = curve.empty() ? 0 : curve.back().cycle;
  if (!curve.empty()) facts["loss"] = curve.back().loss;
  facts["instruction_set"] = isa_name(active_isa());
  facts["thermo"] = to_json(plan);
  facts["curve"] = curve_json(curve);
  return dump_json(facts);
}

ThermoFacts thermo_facts_of(const Model& model) {
  // Without the projection the prototypes would dissolve another way.
  try {
    const auto json = Json::parse(model.training);
    const Json& seed = json.at("thermo").at("projection_seed");
    if (!seed.is_number_unsigned()) return {};
    ThermoFacts facts = prototypes_in(json);
    facts.projection_seed = seed.get<std::uint64_t>();
    return facts;
  } catch (const Json::exception&) {
    return {};
  } catch (const Error&) {
    return {};  // no drawings of ours
  }
}

}  // namespace phaseloom
