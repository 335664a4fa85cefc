// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_prototypes.hpp"

#include "app/document/thermo_facts.hpp"
#include "engine/thermo/noising.hpp"

namespace phaseloom {

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
