// SPDX-License-Identifier: MIT
#pragma once
// Names as people say them.

#include <string>
#include <string_view>

#include "app/document/training_setup.hpp"
#include "app/document/transport_experiment.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/transport/setup.hpp"

namespace phaseloom {

/// "SHIL" for "kuramoto_shil"; the name itself of a substrate that has no other.
std::string_view spoken_substrate(std::string_view name);

/// The same of a transport model: "MLP" for "mlp".
std::string_view spoken_transport_model(std::string_view name);
/// "SWD", "OT-CFM".
std::string_view spoken_loss(TransportLoss loss);

/// "SHIL + SWD, K = 4, H = 4 on D1": what a transport experiment makes.
std::string spoken_experiment(const TransportExperiment& experiment);
/// The same with another model: of a row, one is trained after the other.
std::string spoken_experiment(TransportExperiment experiment, const TransportSetup& setup);
/// "SHIL on digits, 1 hidden layer, 4-bit": what a training makes.
std::string spoken_training(const TrainingSetup& setup);
/// "mnist-shil, 4 bits, density 0.5": a network and what every device of it has.
std::string spoken_design(std::string_view model, const Hardware& hardware);
/// What a data set shows: "digits", "clothes"; its own name if it has no other, "pictures" if none.
std::string spoken_dataset(std::string_view dataset);
/// What a class shows: "7", "sneaker"; its number for another data set.
std::string spoken_class(std::string_view dataset, int k);

}  // namespace phaseloom
