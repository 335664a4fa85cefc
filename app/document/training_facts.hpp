// SPDX-License-Identifier: MIT
#pragma once
// What files remember of a training: the facts in a model, the notes in a checkpoint.

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "app/document/training_setup.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// The looks at the quality, [{"minutes", "iteration", "fcd_rk4_8", "fcd_midpoint_3", "loss"}];
/// numbers to a thousandth, null where there is none.
nlohmann::ordered_json curve_json(std::span<const CurvePoint> curve);
/// To a thousandth; null if not finite.
nlohmann::ordered_json rounded(double value);

/// The values train.* as the scene prints them.
nlohmann::ordered_json to_json(const TrainingSetup& setup);
/// Reads them from a checkpoint's notes. Throws Error if it is not one of a training in the window.
TrainingSetup setup_from_notes(const std::string& notes, const std::string& source);
/// The same from a model that a training in the window has made.
TrainingSetup setup_of(const Model& model);
/// For the model file: a JSON object.
std::string facts_of(const TrainingSetup& setup, const TrainingResult& result);

}  // namespace phaseloom
