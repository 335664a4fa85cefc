// SPDX-License-Identifier: MIT
#pragma once
// Own points for a pair out of a file.

#include <filesystem>
#include <string_view>

#include "engine/support/point.hpp"

namespace phaseloom {

/// A line per point: x, a comma, y, in any unit (pair_of_points() brings them into the square);
/// csv_dialect.hpp tells which other ways of writing are understood. The first line may be a
/// header. If it has a column x (or longitude, easting) and a column y (or latitude, northing),
/// these are taken, wherever they stand; otherwise there must be two. Empty lines and those that
/// begin with # are passed over. Throws Error naming `source`, the line and what is wrong with it.
PrecisePoints parse_points(std::string_view text, std::string_view source);
/// Files up to 64 MB.
PrecisePoints read_points(const std::filesystem::path& path);

}  // namespace phaseloom
