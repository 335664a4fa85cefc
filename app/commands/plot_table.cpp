// SPDX-License-Identifier: MIT
#include "app/commands/plot_table.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

std::string print_plot(std::span<const PlotColumn> columns) {
  assert(!columns.empty());
  std::string text;
  for (const PlotColumn& column : columns) {
    assert(column.values.size() == columns.front().values.size());
    text += fmt::format("{}{}", text.empty() ? "" : ",", column.name);
  }
  text += "\r\n";
  for (std::size_t row = 0; row < columns.front().values.size(); ++row) {
    const auto known = [&](const PlotColumn& column) { return std::isfinite(column.values[row]); };
    if (columns.size() > 1 && std::ranges::none_of(columns.subspan(1), known)) continue;
    std::string_view comma;
    for (const PlotColumn& column : columns) {
      text += comma;
      if (known(column)) text += fmt::format("{}", column.values[row]);
      comma = ",";
    }
    text += "\r\n";
  }
  return text;
}

void export_plot(std::span<const PlotColumn> columns, const std::filesystem::path& path) {
  if (path.extension() != ".csv")
    fail("export.plot: {} should end in .csv", printable(path.string()));
  write_file_atomically(path, print_plot(columns));
}

}  // namespace phaseloom
