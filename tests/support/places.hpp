// SPDX-License-Identifier: MIT
#pragma once
// Where the things lie that tests use. Only places.cpp knows the folders of this build, so that
// every other file compiles to the same in any folder and a compiler cache finds it again.

#include <string>

namespace phaseloom {

/// The checkout.
std::string source_folder();
/// The laboratory, as built along; empty in a build without it.
std::string program_path();
/// tests/app/ui/root_property.cpp, likewise.
std::string root_property_path();
/// tests/support/shifted_clock.cpp, likewise.
std::string shifted_clock_path();

}  // namespace phaseloom
