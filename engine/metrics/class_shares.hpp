// SPDX-License-Identifier: MIT
#pragma once
// Samples of a network that knows classes, each class as often as in the data set that it is to
// stand in for. Classes in equal numbers are a distribution of their own: MNIST has 11.2 % ones and
// 9.0 % fives, and the difference alone is a tenth of a good network's distance (docs/metrics.md).

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/dynamics/simulator.hpp"
#include "engine/metrics/classifier.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

/// Share of each class; they sum to 1.
using ClassShares = std::array<double, kClasses>;
/// Of the labels below kClasses; equal shares if none or all are 0, as of pictures without classes.
ClassShares class_shares(std::span<const std::uint8_t> labels);

/// The classes of samples first to first + n - 1 in an endless row in which every beginning keeps
/// the shares, to about one picture of each class.
std::vector<int> classes_in_shares(const ClassShares& shares, std::uint64_t first, int n);

/// The classes that samples are asked to be, as generate_in_shares() asks; empty without labels.
std::vector<int> asked_classes(const Topology& topology, const RunSettings& settings,
                               const ClassShares& shares, int n);

struct AskedSamples {
  std::vector<float> pictures;  ///< as generate() returns them
  std::vector<int> classes;     ///< that was asked for in each; empty without labels
};

/// Makes so many pictures by the settings, as generate() does of its program.
using PictureMaker = std::function<std::vector<float>(const RunSettings& settings, int n,
                                                      const std::function<bool(int)>& progress)>;

/// generate(), but classes come by classes_in_shares() where the settings ask for all of them.
/// Classes without a label are left out, and so are labels beyond the data's classes. After a
/// cancel the pictures are no use.
AskedSamples generate_in_shares(const Program& program, const Hardware& hardware,
                                const RunSettings& settings, const ClassShares& shares, int n,
                                ThreadPool& pool, const std::function<bool(int)>& progress = {});
/// The same of pictures that come from elsewhere, one class at a time, to be put in their order.
/// @param part which of the n samples; the whole is what its parts are together
AskedSamples generate_in_shares(const Topology& topology, const PictureMaker& make,
                                const RunSettings& settings, const ClassShares& shares, int n,
                                ItemRange part, const std::function<bool(int)>& progress = {});

/// Share of the pictures that a classifier reads as the class asked for; one of each per picture,
/// at least one.
double share_as_asked(std::span<const std::uint8_t> read, std::span<const int> asked);

}  // namespace phaseloom
