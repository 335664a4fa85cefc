#pragma once
// Own points for a pair out of a file.

#include <filesystem>
#include <string_view>

#include "engine/support/point.hpp"

namespace phaseloom {

/// A line per point: x, a comma, y, in any unit (pair_of_points() brings them into the square). The
/// first line may be the header "x,y"; empty lines and those that begin with # are passed over.
/// Throws Error naming `source`, the line and what is wrong with it.
Points parse_points(std::string_view text, std::string_view source);
/// Files up to 64 MB.
Points read_points(const std::filesystem::path& path);

}  // namespace phaseloom
