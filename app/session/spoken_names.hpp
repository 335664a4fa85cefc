#pragma once
// Names as people say them.

#include <string_view>

namespace phaseloom {

/// "SHIL" for "kuramoto_shil"; the name itself of a substrate that has no other.
std::string_view spoken_substrate(std::string_view name);

}  // namespace phaseloom
