// SPDX-License-Identifier: MIT
#pragma once
// Results of ngspice and its kin: "raw" files, binary as they are written in batch mode, or ASCII.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

/// A plot of real values over a scale, which is the first variable.
struct RawPlot {
  std::vector<std::string> variables;  ///< "time", "v(n0)", ...
  std::vector<double> values;          ///< [point][variable]

  std::size_t points() const { return variables.empty() ? 0 : values.size() / variables.size(); }
  std::span<const double> point(std::size_t i) const {
    return std::span(values).subspan(i * variables.size(), variables.size());
  }
  /// Its column. Throws Error naming it if there is no such variable.
  std::size_t column(std::string_view variable) const;
};

/// The first plot. A file that was cut off gives the points that are whole. Throws Error naming
/// `source` and what is wrong: not such a file, complex values, no point, a value that is no
/// number.
RawPlot parse_raw(std::span<const std::byte> bytes, std::string_view source);
RawPlot read_raw(const std::filesystem::path& path);

/// The scale of the last point that is there by now, while the simulator still writes the (binary)
/// file; 0 before there is one.
double progress_of_raw(const std::filesystem::path& path);

}  // namespace phaseloom
