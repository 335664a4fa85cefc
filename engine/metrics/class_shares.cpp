// SPDX-License-Identifier: MIT
#include "engine/metrics/class_shares.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace phaseloom {
namespace {

/// The shares among the first `count` classes, 1..kClasses; equal if these have none.
ClassShares among_first(ClassShares shares, int count) {
  std::fill(shares.begin() + count, shares.end(), 0.0);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (int k = 0; k < count; ++k) shares[k] = sum > 0 ? shares[k] / sum : 1.0 / count;
  return shares;
}

}  // namespace

ClassShares class_shares(std::span<const std::uint8_t> labels) {
  ClassShares shares{};
  double known = 0;
  for (const auto label : labels) {
    if (label >= kClasses) continue;
    shares[label] += 1;
    known += 1;
  }
  if (shares[0] == known) {  // nobody told classes
    shares.fill(1);
    known = kClasses;
  }
  for (double& share : shares) share /= known;
  return shares;
}

std::vector<int> classes_in_shares(const ClassShares& shares, std::uint64_t first, int n) {
  std::vector<int> classes;
  ClassShares owed{};
  for (std::uint64_t i = 0; i < first + static_cast<std::uint64_t>(n); ++i) {
    for (std::size_t k = 0; k < owed.size(); ++k) owed[k] += shares[k];
    const auto next = std::ranges::max_element(owed) - owed.begin();
    owed[static_cast<std::size_t>(next)] -= 1;
    if (i >= first) classes.push_back(static_cast<int>(next));
  }
  return classes;
}

std::vector<int> asked_classes(const Topology& topology, const RunSettings& settings,
                               const ClassShares& shares, int n) {
  const int labels = topology.labels();
  if (labels == 0) return {};
  if (settings.label != kAllLabels) return std::vector(static_cast<std::size_t>(n), settings.label);
  return classes_in_shares(among_first(shares, std::min(labels, kClasses)), settings.first_sample,
                           n);
}

AskedSamples generate_in_shares(const Program& program, const Hardware& hardware,
                                const RunSettings& settings, const ClassShares& shares, int n,
                                ThreadPool& pool, const std::function<bool(int)>& progress) {
  const auto make = [&](const RunSettings& run, int some, const std::function<bool(int)>& now) {
    return generate(program, hardware, run, some, pool, now);
  };
  return generate_in_shares(*program.topology, make, settings, shares, n, {0, n}, progress);
}

AskedSamples generate_in_shares(const Topology& topology, const PictureMaker& make,
                                const RunSettings& settings, const ClassShares& shares, int n,
                                ItemRange part, const std::function<bool(int)>& progress) {
  assert(0 <= part.begin && part.begin <= part.end && part.end <= n);
  const auto all = asked_classes(topology, settings, shares, n);
  AskedSamples out;
  if (!all.empty()) out.classes.assign(all.begin() + part.begin, all.begin() + part.end);
  RunSettings own = settings;
  if (all.empty() || settings.label != kAllLabels) {
    own.first_sample += static_cast<std::uint64_t>(part.begin);
    out.pictures = make(own, part.size(), progress);
    return out;
  }
  const int classes = std::min(topology.labels(), kClasses);
  const auto visible = static_cast<std::size_t>(topology.visible());
  out.pictures.resize(out.classes.size() * visible);
  // A run asks for one class: class by class, each with noise of its own.
  int done = 0;
  std::uint64_t first = settings.first_sample;  // of the class
  bool going = true;
  for (int k = 0; k < classes && going; ++k) {
    own.label = k;
    own.first_sample =
        first + static_cast<std::uint64_t>(std::count(all.begin(), all.begin() + part.begin, k));
    first += static_cast<std::uint64_t>(std::ranges::count(all, k));
    const auto count = static_cast<int>(std::ranges::count(out.classes, k));
    const auto pictures = make(own, count, [&](int some) {
      going = !progress || progress(done + some);
      return going;
    });
    auto from = pictures.begin();
    for (std::size_t i = 0; i < out.classes.size() && from != pictures.end(); ++i) {
      if (out.classes[i] != k) continue;
      std::copy_n(from, visible, out.pictures.begin() + static_cast<std::ptrdiff_t>(i * visible));
      from += static_cast<std::ptrdiff_t>(visible);
    }
    done += count;
  }
  return out;
}

double share_as_asked(std::span<const std::uint8_t> read, std::span<const int> asked) {
  assert(!read.empty() && read.size() == asked.size());
  int right = 0;
  for (std::size_t i = 0; i < read.size(); ++i) right += read[i] == asked[i];
  return double(right) / double(read.size());
}

}  // namespace phaseloom
