// SPDX-License-Identifier: MIT
#pragma once
// The same design built many times, each device with a mismatch of its own: how good they are, and
// how many are good enough.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

/// One device, measured.
struct ChipQuality {
  std::uint64_t device = 0;
  double relative = 0;  ///< relative Frechet classifier distance
  double distance = 0;  ///< Frechet classifier distance
  double class_entropy = 0;
  std::string problem{};  ///< why there is no number: such a device is worse than all others

  bool failed() const { return !problem.empty(); }
};

/// Devices of one mismatch.
struct ChipPopulation {
  double mismatch = 0;
  std::vector<ChipQuality> chips;  ///< by device
};

struct ChipStatistics {
  int devices = 0, failed = 0;
  // Indices into the chips; -1 where there are none.
  int best = -1, median = -1, worst = -1;
  double mean = 0, deviation = 0;  ///< of the relative distance, failed ones left out
};
/// The median is the lower one of an even number; devices that failed count as the worst.
ChipStatistics statistics_of(std::span<const ChipQuality> chips);

/// Fraction whose relative distance is at most `limit`; nothing of no devices.
std::optional<double> yield_of(std::span<const ChipQuality> chips, double limit);

/// The largest mismatch whose yield is at least `wanted`, linear between the mismatches that were
/// tried (*); the largest one tried if all bear it, nothing if not even the least does.
/// @param populations in any order
std::optional<double> bearable_mismatch(std::span<const ChipPopulation> populations, double limit,
                                        double wanted);

struct ChipHistogram {
  double low = 0, high = 1;  ///< of all bins
  std::vector<int> counts;
};
/// Of the relative distances, in bins of equal width over what there is (over low..high if these
/// are given); failed devices are in none.
ChipHistogram histogram_of(std::span<const ChipQuality> chips, int bins);
ChipHistogram histogram_of(std::span<const ChipQuality> chips, int bins, double low, double high);

/// Lines of mismatch,device,relative_fcd,fcd,class_entropy,problem; by mismatch and device.
std::string chips_csv(std::span<const ChipPopulation> populations);
/// Reads it. Throws Error naming `source`, the line and what is wrong with it.
std::vector<ChipPopulation> parse_chips(std::string_view text, std::string_view source);

}  // namespace phaseloom
