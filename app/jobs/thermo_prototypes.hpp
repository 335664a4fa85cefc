// SPDX-License-Identifier: MIT
#pragma once
// What the thermodynamic computer learns, as it is trained on and as it is shown.

#include <string>
#include <vector>

#include "app/document/thermo_experiment.hpp"
#include "app/jobs/training_job_options.hpp"
#include "engine/thermo/prototypes.hpp"

namespace phaseloom {

struct ThermoPrototypes {
  Prototypes raw;                            ///< as a training takes them
  std::vector<std::vector<float>> pictures;  ///< normalised: zero mean, unit variance

  PictureShape shape() const { return raw.shape; }
  std::vector<std::string> names() const { return prototype_names(raw.pictures); }
};

/// The first training picture of each of these digits, and these drawings, as a scene has them.
/// Throws Error: neither, no pictures of digits, or of another size than drawings.
ThermoPrototypes load_prototypes(const TrainingJobOptions& options, const std::string& digits,
                                 const std::string& drawings);

}  // namespace phaseloom
