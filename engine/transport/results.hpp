// SPDX-License-Identifier: MIT
#pragma once
// Rows of the grid of transport experiments, as the file keeps them.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/transport/setup.hpp"

namespace phaseloom {

/// One training of one model on one pair, measured.
struct TransportRow {
  std::string pair, model;
  TransportLoss loss = TransportLoss::swd;
  int chunks = 1, hidden = 0;
  std::uint64_t seed = 1;
  double w2_squared = 0, floor = 0;  ///< TransportScore
  double seconds = 0;                ///< that the training took
};

/// Columns of the file, in this order:
/// pair,model,loss,chunks,hidden,seed,w2_squared,floor,seconds.
std::string results_csv(const std::vector<TransportRow>& rows);
/// Reads it; pairs may have any name. Throws Error naming `source`, the line and what is wrong with
/// it.
std::vector<TransportRow> parse_results(std::string_view text, std::string_view source);
std::vector<TransportRow> read_results(const std::filesystem::path& path);

}  // namespace phaseloom
