// SPDX-License-Identifier: MIT
#include "tests/support/places.hpp"

namespace phaseloom {

std::string source_folder() { return PHASELOOM_SOURCE_DIR; }
std::string program_path() { return PHASELOOM_PROGRAM; }
std::string root_property_path() { return PHASELOOM_ROOT_PROPERTY; }
std::string shifted_clock_path() { return PHASELOOM_SHIFTED_CLOCK; }

}  // namespace phaseloom
