#pragma once

#include <string>
#include <vector>

namespace phaseloom {

/// shipped_models(), for every frame: looks at the folder at most once a second.
const std::vector<std::string>& known_models();

}  // namespace phaseloom
