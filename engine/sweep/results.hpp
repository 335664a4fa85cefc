// SPDX-License-Identifier: MIT
#pragma once
// What is known of the cells of a sweep: rows of a table, and of the file of a single job.

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sweep/plan.hpp"

namespace phaseloom {

struct SweepRow {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  std::string model;
  int bits = 0;
  double density = 1, weight_noise = 0, mismatch = 0;
  std::uint64_t seed = 1;
  SweepKind kind = SweepKind::as_is;
  int samples = 0;  ///< that were judged; 0: `problem` says why
  double relative =
      kUnknown;  ///< relative Frechet classifier distance; may be unknown (metrics.md)
  double distance = kUnknown;       ///< Frechet classifier distance
  double class_entropy = kUnknown;  ///< nats
  /// J per image, chunks held in each way, in the order of ChunkHold.
  std::array<double, kCountOf<ChunkHold>> energy{};
  double area = 0;              ///< mm^2, chunks held as the plan says
  double couplings = 0;         ///< E: a reciprocal pair is one
  std::int64_t wires = 0;       ///< directed ones
  std::int64_t iterations = 0;  ///< of training on, of the network that was kept
  std::string network;          ///< below the sweep's folder: what was evaluated
  std::string instruction_set;  ///< that computed it; the same one gives the same bits
  std::string problem;          ///< why there is no number, one line; empty: there is
  // By the clock, hence another number each time.
  double train_minutes = 0;  ///< of training on
  double seconds = 0;        ///< that the worker took who finished it

  bool failed() const { return !problem.empty(); }
  double energy_of(ChunkHold hold) const { return energy[static_cast<std::size_t>(hold)]; }
  /// The row is of this setting.
  bool is_of(const SweepCell& cell) const;
};

/// A row that says which cell it is of, and nothing more.
SweepRow row_of(const SweepCell& cell);

/// The table: a line of names, and a line for each row. docs/sweeps.md describes the columns.
std::string sweep_csv(std::span<const SweepRow> rows);
/// The two last columns, of which the clock decides, are left out.
std::string sweep_csv_without_clock(std::span<const SweepRow> rows);
/// Reads it. Throws Error naming `source`, the line and what is wrong with it.
std::vector<SweepRow> parse_sweep(std::string_view text, std::string_view source);
std::vector<SweepRow> read_sweep(const std::filesystem::path& path);

/// A sweep as far as it is done: cell by cell, in the plan's order.
struct SweepTable {
  struct Place {
    SweepCell cell;
    std::optional<SweepRow> row;  ///< nothing yet
  };
  SweepPlan plan;
  std::vector<Place> places;

  /// The rows that there are.
  std::vector<SweepRow> rows() const;
  /// Null if there is no such cell.
  const Place* find(std::string_view name) const;
};

/// Indices of the rows that no other is better than, in energy and in relative distance, by
/// ascending energy.
std::vector<std::size_t> pareto_front(std::span<const SweepRow> rows, ChunkHold hold);

}  // namespace phaseloom
