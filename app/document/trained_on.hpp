// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "engine/network/model_file.hpp"

namespace phaseloom {

/// The data set that a model says it was trained on; empty if it says none.
std::string trained_on(const Model& model);

}  // namespace phaseloom
