// SPDX-License-Identifier: MIT
#pragma once
// What a sweep is to find out: how good the pictures of a network still are when hardware gives it
// fewer bits and wires, more noise and mismatch (docs/sweeps.md). A plan is a grid, its cells are
// single settings, and a job is the work for one cell or for several that are alike.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/hardware/cost.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

enum class SweepKind {
  as_is,    ///< the model's own weights, on that hardware
  trained,  ///< after more training through that hardware
};
template <>
struct Names<SweepKind> {
  static constexpr std::string_view kind = "kind of cell";
  static constexpr std::array<std::string_view, 2> all{"as_is", "trained"};
};

/// Which cells are trained on, and for how long.
struct SweepTraining {
  double minutes = 0;           ///< of each cell; counts where `iterations` is 0
  std::int64_t iterations = 0;  ///< instead: reproducible bit by bit
  /// Values of the plan whose cells are trained on; an empty list means all of them.
  std::vector<int> bits{};
  std::vector<double> densities{}, weight_noises{}, mismatches{};

  bool wanted() const { return minutes > 0 || iterations > 0; }
  bool operator==(const SweepTraining&) const = default;
};

/// The product of all lists.
struct SweepPlan {
  /// Names of networks: letters, digits, - _ and . (plain_name() makes such of others).
  std::vector<std::string> models{};
  std::vector<int> bits{0};          ///< 1..8, or 0 for float
  std::vector<double> densities{1};  ///< fraction of the couplings kept
  std::vector<double> weight_noises{0}, mismatches{0};
  std::vector<std::uint64_t> seeds{1};  ///< of the noise, and of the training: repeats
  int samples = 10000;                  ///< that a cell is judged by
  BitGrid grid = BitGrid::twos_complement;
  Gain gain = Gain::chunk;
  std::uint64_t device = 1;  ///< whose mismatch
  bool as_is = true;         ///< every cell is evaluated as it is
  SweepTraining train{};     ///< these are trained on besides
  CostChoice cost{};         ///< what an image costs
  CostConstants constants{};
  double lease = 60;  ///< seconds that a worker is believed to live without a sign of it

  bool operator==(const SweepPlan&) const = default;
};
inline constexpr int kMinSweepSamples = 100, kMaxSweepSamples = 1'000'000;
inline constexpr std::size_t kMaxSweepCells = 100'000;
inline constexpr double kMinLease = 1, kMaxLease = 86'400;
inline constexpr double kMaxSweepMinutes = 10'000;
/// Throws Error naming the first value that is out of range, and its range.
void validate(const SweepPlan& plan);

/// One setting. Its name is that of a file: "mnist-shil_b4_d0.5_n0.025_m0_s1", and "_trained"
/// behind it.
struct SweepCell {
  std::string model;
  Hardware hardware;
  std::uint64_t seed = 1;
  SweepKind kind = SweepKind::as_is;
  /// The name of the cell whose result is this one's, too: its own, or that of an earlier one that
  /// is the same computation, like a density that no coupling of a sparse network falls under.
  std::string job{};

  std::string name() const;
};

/// The plan's cells, as they are first, then trained, in the plan's order; what a list has twice
/// is one.
/// @param networks of plan.models, before pruning
std::vector<SweepCell> cells_of(const SweepPlan& plan, std::span<const CostNetwork> networks);
/// The jobs of cells, each once, in their order.
std::vector<std::string> jobs_of(std::span<const SweepCell> cells);

/// A name for a model file that tables and folders can hold: every other character is "_", 60 of
/// them at most.
std::string plain_name(std::string_view stem);
bool is_plain_name(std::string_view name);

}  // namespace phaseloom
