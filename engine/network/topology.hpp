// SPDX-License-Identifier: MIT
#pragma once
// Which unit listens to which.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace phaseloom {

/// Units on a width x height grid in `layers` layers: unit = (layer * height + y) * width + x.
/// Layer 0 is visible (read out), of pictures in colour layers 0 to 2; the others are hidden.
/// Networks without geometry use height 1.
struct Grid {
  int width = 1;
  int height = 1;
  int layers = 1;
  int plane() const { return width * height; }
  int units() const { return plane() * layers; }
  bool operator==(const Grid&) const = default;
};

/// Label oscillators are units behind those of the grid that couple to others and listen to none:
/// they are held at the state they start with, and thereby say which class of picture is asked for.
/// A machine holds a phase by injection, a voltage by a source.
inline constexpr int kMaxLabels = 1000;

/// Directed couplings i <- j, without self-couplings, as compressed rows: the sources of target i
/// are sources()[row_begin(i) .. row_begin(i + 1)), ascending. A coupling's index in this order is
/// its index in every weight array. Immutable once built.
class Topology {
 public:
  /// Every unit listens to every other.
  static std::shared_ptr<const Topology> all_to_all(Grid grid, int visible);
  /// Every unit listens to all units of all layers within the (2 radius + 1)^2 window around its
  /// place, clipped at the border. radius >= 0. The first `channels` layers are visible.
  static std::shared_ptr<const Topology> local(Grid grid, int radius, int channels = 1);
  /// `base` with `links` random further sources per unit (uniform, no duplicates, no self).
  static std::shared_ptr<const Topology> with_random_links(const Topology& base, int links,
                                                           std::uint64_t seed);
  /// `base` with `labels` label oscillators (1..kMaxLabels), to which every unit of the grid
  /// listens. Throws Error if it has labels already.
  static std::shared_ptr<const Topology> with_labels(const Topology& base, int labels);
  /// The couplings of `base` whose `keep` flag is set; keep.size() == base.couplings().
  static std::shared_ptr<const Topology> pruned(const Topology& base,
                                                std::span<const std::uint8_t> keep);
  /// From explicit rows, e.g. out of a model file; the last `labels` (0..kMaxLabels) of them are of
  /// label oscillators. Throws Error if rows are not ascending, out of range, contain a
  /// self-coupling, or a label oscillator listens; `source` names the origin in the message.
  static std::shared_ptr<const Topology> from_rows(Grid grid, int visible,
                                                   std::vector<std::int64_t> row_begin,
                                                   std::vector<std::int32_t> sources,
                                                   std::string description, std::string_view source,
                                                   int labels = 0);

  const Grid& grid() const { return grid_; }
  int units() const { return static_cast<int>(row_begin_.size()) - 1; }
  int visible() const { return visible_; }  ///< units [0, visible) are read out
  int hidden() const { return units() - labels_ - visible_; }
  int labels() const { return labels_; }                 ///< label oscillators, the last units
  int first_label() const { return units() - labels_; }  ///< label k is unit first_label() + k
  std::int64_t couplings() const { return row_begin_.back(); }
  /// couplings / units^2.
  double density() const { return double(couplings()) / (double(units()) * units()); }
  std::span<const std::int64_t> row_begin() const { return row_begin_; }
  std::span<const std::int32_t> sources() const { return sources_; }
  std::span<const std::int32_t> sources_of(int target) const {
    return std::span(sources_).subspan(row_begin_[target],
                                       row_begin_[target + 1] - row_begin_[target]);
  }
  /// Index of the coupling target <- source, or -1.
  std::int64_t find(int target, int source) const;
  /// "local(3) x 2 layers", "all_to_all", "local(2) + 4 random", "... + 10 labels", "... pruned".
  const std::string& description() const { return description_; }

 private:
  Topology() = default;
  Grid grid_;
  int visible_ = 0;
  int labels_ = 0;
  std::vector<std::int64_t> row_begin_{0};
  std::vector<std::int32_t> sources_;
  std::string description_;
};

}  // namespace phaseloom
