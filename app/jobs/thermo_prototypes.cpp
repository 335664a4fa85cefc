// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_prototypes.hpp"

#include <nlohmann/json.hpp>

#include "engine/thermo/noising.hpp"

namespace phaseloom {

std::vector<std::string> ThermoPrototypes::names() const {
  std::vector<std::string> all;
  for (const Prototype& p : raw.pictures) all.push_back(p.name);
  return all;
}

ThermoFacts thermo_facts(const Model& model) {
  ThermoFacts facts;
  try {
    const auto json = nlohmann::json::parse(model.training);
    facts.projection_seed = json.at("thermo").at("projection_seed").get<std::uint64_t>();
    for (const std::string name : json.at("prototypes")) {
      const std::string prefix = std::string(kThermoDataset) + " ";
      if (!name.starts_with(prefix) || name.size() != prefix.size() + 1) return {"", 0};
      facts.digits += (facts.digits.empty() ? "" : " ") + name.substr(prefix.size());
    }
  } catch (const nlohmann::json::exception&) {
    facts.digits.clear();  // made elsewhere
  }
  return facts;
}

ThermoPrototypes load_prototypes(const TrainingJobOptions& options, const std::string& digits) {
  const auto classes = parse_digits(digits, "thermo.digits");
  ThermoPrototypes out{first_of_classes(options.load(kThermoDataset, Split::train), classes), {}};
  for (const Prototype& p : out.raw.pictures) {
    const auto normal = normalised_picture(p.pixels, p.name);
    out.pictures.emplace_back(normal.begin(), normal.end());
  }
  return out;
}

}  // namespace phaseloom
