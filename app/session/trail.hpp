// SPDX-License-Identifier: MIT
#pragma once
// Which settings of the hardware were tried, and how good the images were: a dot for every setting
// that was held until its quality was known. What a dot costs is no part of it: all of them are
// priced alike, as the scene's `cost` says just now.

#include <cstdint>
#include <deque>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/command.hpp"
#include "app/document/scene.hpp"
#include "app/jobs/quality_snapshot.hpp"

namespace phaseloom {

struct TrailDot {
  std::int64_t number = 0;  ///< 1, 2, ... by age; names it in commands
  Scene scene;              ///< when it was measured; what trail_fields() names is the setting
  CostNetwork network;      ///< before pruning
  QualitySnapshot quality;  ///< of at least Trail::kSamples samples
  std::vector<QualitySnapshot::Repeat> repeats{};  ///< with whichever seeds it has been measured
  /// Relative distance: the mean over the repeats, or what is known before there is one.
  double relative() const;
  /// Standard deviation over the repeats; NaN with fewer than two.
  double spread() const;
  /// Couplings that are wired.
  std::int64_t wires() const;
  /// As scene.hardware makes the network, priced by `choice`.
  Cost cost(const CostChoice& choice) const;
};

/// The values of a scene that make a setting: model, hardware, integrator and noise width.
std::span<const std::string_view> trail_fields();
bool same_setting(const Scene& a, const Scene& b);
/// "4 bits, density 0.5, δ 0.025": what distinguishes a setting from the ideal.
std::string trail_label(const Scene& scene);

class Trail {
 public:
  static constexpr int kSamples = 1000;          ///< fewer do not count
  static constexpr std::size_t kMaxDots = 1000;  ///< then the oldest go

  /// Takes the quality of a setting in, if it is known well enough by now; the same setting's
  /// earlier number goes away. True if that changed anything.
  bool note(const Scene& scene, const CostNetwork& network, const QualitySnapshot& quality);
  /// Takes a dot back that was written down; it keeps its number, if that is the largest so far.
  void restore(TrailDot dot);
  const std::deque<TrailDot>& dots() const { return dots_; }
  /// Throws Error naming the numbers that there are.
  const TrailDot& dot(std::int64_t number) const;
  void clear() { dots_.clear(); }

 private:
  std::deque<TrailDot> dots_;
  std::int64_t last_ = 0;
};

/// Numbers of the dots that no other is better than, in energy as priced by `choice` and in
/// distance, by ascending energy.
std::vector<std::int64_t> pareto_front(const Trail& trail, const CostChoice& choice);
/// Of the settings whose relative distance is at most `limit`, the one that stores the fewest bits:
/// bits of a weight (8 for float ones, as they are priced) times wires. Null if there is none.
const TrailDot* fewest_within(const Trail& trail, double limit);

/// The changes that lead from a scene to a dot's setting; none if it is there.
std::vector<Command> way_to(const TrailDot& dot, const Scene& from);

/// One row per dot, oldest first: setting, quality, cost by `choice`, whether it is on the front,
/// and whether it meets the limit (empty if that is 0: there is none).
std::string print_trail(const Trail& trail, const CostChoice& choice, double limit = 0);
/// Writes it; whole or not at all. Throws Error if there is no dot, or the name does not end in
/// .csv.
void export_trail(const Trail& trail, const CostChoice& choice, double limit,
                  const std::filesystem::path& path);

}  // namespace phaseloom
