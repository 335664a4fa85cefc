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

#include "app/session/command.hpp"
#include "app/session/quality_snapshot.hpp"
#include "app/session/scene.hpp"

namespace phaseloom {

struct TrailDot {
  std::int64_t number = 0;  ///< 1, 2, ... by age; names it in commands
  Scene scene;              ///< when it was measured; what trail_fields() names is the setting
  CostNetwork network;      ///< before pruning
  QualitySnapshot quality;  ///< of at least Trail::kSamples samples
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
  const std::deque<TrailDot>& dots() const { return dots_; }
  /// Throws Error naming the numbers that there are.
  const TrailDot& dot(std::int64_t number) const;
  void clear() { dots_.clear(); }

 private:
  std::deque<TrailDot> dots_;
  std::int64_t last_ = 0;
};

/// The changes that lead from a scene to a dot's setting; none if it is there.
std::vector<Command> way_to(const TrailDot& dot, const Scene& from);

/// One row per dot, oldest first: setting, quality, and cost by `choice`.
std::string print_trail(const Trail& trail, const CostChoice& choice);
/// Writes it; whole or not at all. Throws Error if there is no dot, or the name does not end in
/// .csv.
void export_trail(const Trail& trail, const CostChoice& choice, const std::filesystem::path& path);

}  // namespace phaseloom
