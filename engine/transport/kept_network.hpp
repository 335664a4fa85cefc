// SPDX-License-Identifier: MIT
#pragma once
// What a row of the grid has trained, kept beside the table of rows: a result can then be shown,
// and not only be read.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/learning/loss_curve.hpp"
#include "engine/transport/results.hpp"
#include "engine/transport/trainer.hpp"

namespace phaseloom {

struct KeptNetwork {
  TransportRow row;
  int iterations = 0;         ///< that it was trained for
  std::vector<float> values;  ///< transport_values()
  std::vector<LossPoint> losses;

  TransportSetup setup() const;
};
using KeptNetworks = std::vector<std::shared_ptr<const KeptNetwork>>;

/// Of a training that has come to its end, and was measured as the row says.
KeptNetwork kept_network(const TransportRow& row, const TransportTrainer& trainer);
/// Whether this is the training that the row tells of, and not another one of the same experiment:
/// both have the same W2^2, as far as the table writes it.
bool is_of(const KeptNetwork& network, const TransportRow& row);
/// Those that are of one of the rows, in the order that they have.
KeptNetworks networks_of(const std::vector<TransportRow>& rows, const KeptNetworks& networks);

/// A folder of networks, a file (.safetensors) for each experiment.
class NetworkFolder {
 public:
  /// That are kept: some 20 MB (*).
  static constexpr std::size_t kMost = 2000;

  /// @param folder need not exist; empty: nothing is written, and nothing found
  explicit NetworkFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The latest kMost, the oldest first. What is no network, or damaged, is passed over.
  KeptNetworks read() const;
  /// Whole or not at all, in the place of an earlier one of the same experiment. Throws Error.
  void write(const KeptNetwork& network) const;
  void remove(const KeptNetwork& network) const;
  /// Removes the files of all networks but these; other files stay.
  void remove_all_but(const KeptNetworks& networks) const;

 private:
  std::filesystem::path file_of(const TransportRow& row) const;
  std::filesystem::path folder_;
};

}  // namespace phaseloom
