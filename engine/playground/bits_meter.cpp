// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/playground/meter.hpp"

namespace phaseloom {
namespace {

/// Time units before phases are watched, and for which; how far a locked one may move, rad (*).
constexpr double kSettle = 8, kWatch = 20, kStill = 0.3;
constexpr int kBins = 36;

/// Of order 2 only kuramoto_shil is injected.
bool injected(const PlaygroundRun& run) {
  return info(run.setup().substrate).name == "kuramoto_shil";
}

double median(std::vector<double>& some) {
  const auto middle = some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2);
  std::ranges::nth_element(some, middle);
  return *middle;
}

class BitsMeter : public Meter {
 public:
  void disturbed(const PlaygroundRun& run) override { since_ = run.now().time; }
  void take(const PlaygroundRun&) override {}

  MeterReading read(const PlaygroundRun& run) const override {
    MeterReading reading;
    if (!injected(run)) {
      reading.remark = "Bits need the injection of SHIL oscillators.";
      return reading;
    }
    const auto& s = run.setup();
    const auto& network = run.network();
    const double n = network.count();
    const bool alone = s.coupling == 0 || network.couplings.empty();
    double near = 0;
    std::vector<double> off;
    for (const float phase : run.now().state) {
      const double away = std::abs(std::remainder(double(phase), std::numbers::pi));
      off.push_back(away);
      near += away < 0.5 ? 1 : 0;
    }
    double lockable = 0;
    for (const PlaygroundUnit& unit : network.units)
      lockable += std::abs(s.spread * unit.detuning) <= s.injection ? 1 : 0;
    reading.lines = {
        {"locked", "locked", locked_share(run),
         alone && s.temperature == 0 ? lockable / n : kNotKnown,
         "Share of the phases that have come to rest; alone, one does if |Δω| ≤ S."},
        {"bits", "bits", near / n, kNotKnown, "Share of the phases within 0.5 rad of 0 or π."},
        {"off", "off", median(off), kNotKnown,
         "Median distance from 0 or π, rad; alone a phase rests at arcsin(Δω/S) / 2 beside them."}};
    reading.remark = s.injection > 0
                         ? "Injection at twice the frequency leaves each phase two places: 0 and π."
                         : "Without injection a phase is free: it holds no bit.";
    MeterPlot plot;
    plot.title = "Phases";
    plot.x_label = "θ (rad)";
    plot.y_label = "share";
    plot.x_low = -std::numbers::pi / 2;
    plot.x_high = 3 * std::numbers::pi / 2;
    plot.heights.assign(kBins, 0);
    for (int i = 0; i <= kBins; ++i)
      plot.edges.push_back(plot.x_low + 2 * std::numbers::pi * i / kBins);
    for (const float phase : run.now().state) {
      const double from =
          std::remainder(double(phase) - std::numbers::pi / 2, 2 * std::numbers::pi) +
          std::numbers::pi;
      const int bin = static_cast<int>(from / (2 * std::numbers::pi) * kBins);
      plot.heights[static_cast<std::size_t>(std::clamp(bin, 0, kBins - 1))] += 1 / n;
    }
    plot.y_high = std::max(0.2, std::ranges::max(plot.heights) * 1.1);
    reading.plot = std::move(plot);
    return reading;
  }

 private:
  /// NaN until it has been watched long enough.
  double locked_share(const PlaygroundRun& run) const {
    const auto& moments = run.moments();
    const double now = run.now().time;
    if (now - since_ < kSettle + kWatch) return kNotKnown;
    const auto then = std::ranges::find_if(
        moments, [&](const SharedMoment& m) { return now - m->time <= kWatch; });
    if (then == moments.end() || now - (*then)->time < kWatch - 1) return kNotKnown;
    // States grow without end: what went round counts as moved.
    const auto& state = (*then)->state;
    double still = 0;
    for (std::size_t i = 0; i < state.size(); ++i)
      still += std::abs(double(run.now().state[i]) - state[i]) < kStill ? 1 : 0;
    return still / static_cast<double>(state.size());
  }

  double since_ = 0;  // it runs undisturbed
};

}  // namespace

std::unique_ptr<Meter> make_bits_meter() { return std::make_unique<BitsMeter>(); }

}  // namespace phaseloom
