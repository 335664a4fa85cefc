// SPDX-License-Identifier: MIT
#pragma once
// Where the grid of transport experiments keeps its rows, and how it trains them.

#include <filesystem>

#include "engine/transport/grid.hpp"

namespace phaseloom {

struct ResultsOptions {
  /// The rows that come with the program; shown, and the file's beginning, while it does not exist.
  /// May not exist either.
  std::filesystem::path shipped;
  /// Where rows are kept, and their networks in a folder beside it; empty: nowhere.
  std::filesystem::path file;
  int iterations = 0;         ///< of a training; 0: as many as it needs
  int points = kScorePoints;  ///< that a row is measured with
  int threads = 1;            ///< 0: one per core
};

}  // namespace phaseloom
