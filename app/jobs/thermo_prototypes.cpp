// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_prototypes.hpp"

#include "app/document/thermo_facts.hpp"
#include "engine/support/error.hpp"
#include "engine/thermo/noising.hpp"

namespace phaseloom {

ThermoPrototypes load_prototypes(const TrainingJobOptions& options, const std::string& digits,
                                 const std::string& drawings) {
  const ChosenPrototypes chosen = chosen_prototypes(digits, drawings);
  constexpr PictureShape kDrawn{ThermoDrawing::kSide, ThermoDrawing::kSide, 1};
  ThermoPrototypes out{{kDrawn, {}}, {}};
  if (!chosen.digits.empty())
    out.raw = first_of_classes(options.load(kThermoDataset, Split::train), chosen.digits);
  if (!chosen.drawings.empty() && out.raw.shape != kDrawn)
    fail("drawings are {}, pictures of {} {}", words(kDrawn), kThermoDataset, words(out.raw.shape));
  for (std::size_t k = 0; k < chosen.drawings.size(); ++k)
    out.raw.pictures.push_back({drawn_name(k), chosen.drawings[k].pixels()});
  for (const Prototype& p : out.raw.pictures) {
    const auto normal = normalised_picture(p.pixels, p.name);
    out.pictures.emplace_back(normal.begin(), normal.end());
  }
  return out;
}

}  // namespace phaseloom
