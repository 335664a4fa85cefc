// SPDX-License-Identifier: MIT
#pragma once
// What a model file remembers of its training, and the setup of a training as JSON.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "app/document/training_notes.hpp"
#include "app/document/training_setup.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// The values train.* as the scene prints them.
nlohmann::ordered_json to_json(const TrainingSetup& setup);
/// Reads them; what `network` says, if it is one, is taken from there. Throws Error naming `source`
/// and the value.
TrainingSetup setup_from(const nlohmann::ordered_json& json, const Program& network,
                         std::string_view source);

/// For the model file, a JSON object: "made_in" or "command", or both where a command went on with
/// what the window began; "dataset", "iterations" and "minutes" of the network that is kept,
/// "instruction_set"; "setup", and "settings" (all rates and steps); "fcd_samples" and "fcd_rk4_8",
/// the distance; "curve", the looks at it (more steps than the names say where steps are counted by
/// time: "settings" has "step"); "from", if it began with another model. Numbers that
/// were measured are rounded to a thousandth, null where there is none.
std::string facts_of(const TrainingNotes& notes, const TrainingPlan& plan,
                     const TrainingResult& result);
/// The setup that a model was trained with. Throws Error if its facts have none.
TrainingSetup setup_of(const Model& model);

}  // namespace phaseloom
