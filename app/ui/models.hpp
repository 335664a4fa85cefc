#pragma once

#include <string>
#include <vector>

namespace phaseloom {

/// Names of the models in assets/models, sorted. Looks at the folder at most once a second.
const std::vector<std::string>& shipped_models();

}  // namespace phaseloom
