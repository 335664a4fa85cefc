// SPDX-License-Identifier: MIT
#include "app/document/thermo_facts.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

#include "engine/data/dump_json.hpp"
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

/// "0 1 2" of "mnist 0", "mnist 1", "mnist 2"; empty if any is no such picture.
std::string digits_in(const Json& names) {
  const std::string prefix = std::string(kThermoDataset) + " ";
  std::string digits;
  for (const auto& name : names) {
    const auto text = name.get<std::string>();
    if (!text.starts_with(prefix) || text.size() != prefix.size() + 1) return {};
    const char digit = text.back();
    if (digit < '0' || digit > '9' || digits.find(digit) != std::string::npos) return {};
    digits += (digits.empty() ? "" : " ") + std::string(1, digit);
  }
  return digits;
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
  facts["cycles"] = curve.empty() ? 0 : curve.back().cycle;
  if (!curve.empty()) facts["loss"] = curve.back().loss;
  facts["instruction_set"] = isa_name(active_isa());
  facts["thermo"] = to_json(plan);
  facts["curve"] = curve_json(curve);
  return dump_json(facts);
}

ThermoFacts thermo_facts_of(const Model& model) {
  ThermoFacts facts;
  try {
    const auto json = Json::parse(model.training);
    facts.digits = digits_in(json.at("prototypes"));
    const Json& seed = json.at("thermo").at("projection_seed");
    if (seed.is_number_unsigned())
      facts.projection_seed = seed.get<std::uint64_t>();
    else
      facts.digits.clear();
  } catch (const Json::exception&) {
    facts.digits.clear();  // without the projection the prototypes would dissolve another way
  }
  return facts;
}

}  // namespace phaseloom
