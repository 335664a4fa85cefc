// SPDX-License-Identifier: MIT
#pragma once
// The numbers behind a plot, as a table for other programs.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace phaseloom {

/// What can be written by `export.plot`.
inline constexpr std::string_view kPlotNames[] = {"order",
                                                  "energy",
                                                  "histogram",
                                                  "trace",
                                                  "portrait",
                                                  "pair",
                                                  "kernel",
                                                  "classes",
                                                  "loss",
                                                  "distance",
                                                  "heat",
                                                  "heats",
                                                  "units",
                                                  "unit_trace",
                                                  "thermo_loss",
                                                  "playground_meter",
                                                  "playground_order",
                                                  "playground_states",
                                                  "field_defects",
                                                  "field_order",
                                                  "sweep_front",
                                                  "chips_histogram",
                                                  "chips_yield",
                                                  "circuit_errors"};

struct PlotColumn {
  std::string_view name;  ///< with its unit, if it has one: "t", "theta_rad"
  std::span<const double> values;
};

/// Names in the first line (RFC 4180), then a line for each row, columns of one length; NaN is an
/// empty cell. Rows of which nothing but the first column is a number are where a curve is
/// interrupted: left out.
std::string print_plot(std::span<const PlotColumn> columns);
/// Writes it; whole or not at all. Throws Error if the name does not end in .csv.
void export_plot(std::span<const PlotColumn> columns, const std::filesystem::path& path);

}  // namespace phaseloom
