// SPDX-License-Identifier: MIT
#pragma once
// What the thermodynamic computer learns, as it is trained on and as it is shown.

#include <string>
#include <vector>

#include "app/document/thermo_experiment.hpp"
#include "app/jobs/training_job_options.hpp"
#include "engine/network/model_file.hpp"
#include "engine/thermo/prototypes.hpp"

namespace phaseloom {

/// What prototypes are taken from.
inline constexpr const char* kThermoDataset = "mnist";

struct ThermoPrototypes {
  Prototypes raw;                            ///< as a training takes them
  std::vector<std::vector<float>> pictures;  ///< normalised: zero mean, unit variance

  PictureShape shape() const { return raw.shape; }
  std::vector<std::string> names() const;
};

/// What a computer's file says of its training.
struct ThermoFacts {
  std::string digits;  ///< its prototypes, "0 1 2"; empty if these are no pictures of that data set
  std::uint64_t projection_seed = ThermoPlan().projection_seed;
};
ThermoFacts thermo_facts(const Model& model);

/// The first training picture of each of these digits ("0 1 2"). Throws Error: no digits, no
/// pictures.
ThermoPrototypes load_prototypes(const TrainingJobOptions& options, const std::string& digits);

}  // namespace phaseloom
