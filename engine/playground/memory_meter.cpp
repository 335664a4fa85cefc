// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "engine/playground/meter.hpp"
#include "engine/playground/patterns.hpp"

namespace phaseloom {
namespace {

bool fits(const PlaygroundRun& run) {
  return !run.setup().own && run.setup().layout == Layout::memory && run.setup().coupling > 0;
}

/// What each unit says: cos θ, or the sign of a voltage.
std::vector<float> signals(std::span<const float> state, bool is_phase) {
  std::vector<float> said;
  for (const float x : state) said.push_back(is_phase ? std::cos(x) : std::copysign(1.0F, x));
  return said;
}

class MemoryMeter : public Meter {
 public:
  void take(const PlaygroundRun&) override {}
  void disturbed(const PlaygroundRun& run) override {
    if (fits(run)) patterns_ = stored_patterns(run.setup(), run.network().count());
  }

  MeterReading read(const PlaygroundRun& run) const override {
    MeterReading reading;
    if (!fits(run) || patterns_.empty()) {
      reading.remark = "A memory has its couplings from patterns: layout \"memory\", and K > 0.";
      return reading;
    }
    const auto said = signals(run.now().state, run.is_phase());
    std::vector<double> overlaps;
    for (const Pattern& pattern : patterns_) overlaps.push_back(pattern_overlap(pattern, said));
    const auto best =
        std::ranges::max_element(overlaps, {}, [](double overlap) { return std::abs(overlap); });
    const double nearest = *best, number = double(best - overlaps.begin()) + 1;
    const double load =
        static_cast<double>(patterns_.size()) / static_cast<double>(run.network().count());
    reading.lines = {
        {"overlap", "overlap", nearest, kNotKnown,
         "With the nearest stored pattern: 1 is recalled, −1 its negative, 0 nothing of it."},
        {"pattern", "pattern", number, kNotKnown, "Number of that pattern."},
        {"load", "load P/N", load, kMemoryCapacity,
         "Patterns per unit; beyond about 0.138 a memory of random ones forgets them all."}};
    reading.remark = std::abs(nearest) > 0.9  ? "It has recalled a pattern."
                     : load > kMemoryCapacity ? "There is more in it than it can hold."
                                              : "It is on its way, or caught between patterns.";
    MeterPlot plot;
    plot.title = "Overlap with each pattern, in size";
    plot.x_label = "pattern";
    plot.y_label = "|overlap|";
    plot.x_low = 0.5;
    plot.x_high = static_cast<double>(overlaps.size()) + 0.5;
    for (double& overlap : overlaps) overlap = std::abs(overlap);
    plot.y_high = 1;
    for (std::size_t i = 0; i <= overlaps.size(); ++i)
      plot.edges.push_back(static_cast<double>(i) + 0.5);
    plot.heights = std::move(overlaps);
    reading.plot = std::move(plot);
    return reading;
  }

 private:
  std::vector<Pattern> patterns_;
};

}  // namespace

std::unique_ptr<Meter> make_memory_meter() { return std::make_unique<MemoryMeter>(); }

}  // namespace phaseloom
