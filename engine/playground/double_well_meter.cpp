// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "engine/playground/meter.hpp"
#include "engine/theory/double_well.hpp"

namespace phaseloom {
namespace {

constexpr int kBins = 40;
/// Time units before anything is counted: units have spread over their own well (*).
constexpr double kSettle = 5;

struct Well {
  bool fits = false;
  DoubleWell well;
  double temperature = 0;
};

Well well_of(const PlaygroundRun& run) {
  const auto& s = run.setup();
  const bool alone = s.coupling == 0 || run.network().couplings.empty();
  const bool level = s.spread == 0;
  const DoubleWell well{s.j2, s.j4};
  return {info(s.substrate).name == "langevin" && alone && level && well.two() && s.temperature > 0,
          well, s.temperature};
}

class DoubleWellMeter : public Meter {
 public:
  void disturbed(const PlaygroundRun& run) override {
    since_ = run.now().time;
    counts_.assign(kBins, 0);
    counted_ = 0;
    escapes_ = 0;
    side_.assign(static_cast<std::size_t>(run.network().count()), 0);
  }

  void take(const PlaygroundRun& run) override {
    const Well w = well_of(run);
    if (!w.fits) return;
    const double minimum = w.well.minimum(), reach = reach_of(w);
    const bool counts = run.now().time - since_ > kSettle;
    for (std::size_t i = 0; i < side_.size(); ++i) {
      const double x = run.now().state[i];
      // It has changed sides when it is at the bottom of the other well: the top alone is crossed
      // to and fro many times.
      const int side = x > minimum ? 1 : x < -minimum ? -1 : 0;
      if (side != 0 && side != side_[i]) {
        if (side_[i] != 0 && counts) ++escapes_;
        side_[i] = side;
      }
      if (!counts) continue;
      const int bin = static_cast<int>(std::floor((x + reach) / (2 * reach) * kBins));
      if (bin >= 0 && bin < kBins) counts_[static_cast<std::size_t>(bin)] += 1;
      ++counted_;
    }
  }

  MeterReading read(const PlaygroundRun& run) const override {
    MeterReading reading;
    const Well w = well_of(run);
    if (!w.fits) {
      reading.remark =
          "Theory speaks of Langevin units apart from each other, J2 < 0 < J4, spread 0, kT > 0.";
      return reading;
    }
    const double time = std::max(0.0, run.now().time - since_ - kSettle);
    const double escape = escapes_ > 0 ? time * double(side_.size()) / double(escapes_) : kNotKnown;
    reading.lines = {{"barrier", "ΔV/kT", kNotKnown, w.well.barrier() / w.temperature,
                      "How high the barrier is: J2² / 4 J4, in units of the heat."},
                     {"escape_time", "escape time", escape, w.well.passage_time(w.temperature),
                      "Mean time until a unit is at the bottom of the other well, counted over all "
                      "units; theory "
                      "is the exact mean first passage time."},
                     {"kramers", "Kramers", kNotKnown, w.well.escape_time(w.temperature),
                      "What that comes to for ΔV well above kT: 2π / sqrt(V″|V″|) exp(ΔV/kT)."},
                     {"escapes", "escapes", double(escapes_), kNotKnown,
                      "Units that have changed wells so far."}};
    reading.remark = "Heat alone carries a unit over the barrier.";
    const double reach = reach_of(w);
    const BoltzmannDensity density(w.well, w.temperature);
    MeterPlot plot;
    plot.title = "Where units are";
    plot.x_label = "x";
    plot.y_label = "density";
    plot.x_low = -reach;
    plot.x_high = reach;
    for (int i = 0; i <= 120; ++i) {
      plot.x.push_back(-reach + 2 * reach * i / 120);
      plot.y.push_back(density(plot.x.back()));
    }
    plot.y_high = std::ranges::max(plot.y) * 1.3;
    if (counted_ > 0) {
      for (int i = 0; i <= kBins; ++i) plot.edges.push_back(-reach + 2 * reach * i / kBins);
      for (const double count : counts_)
        plot.heights.push_back(count / double(counted_) / (2 * reach / kBins));
      plot.y_high = std::max(plot.y_high, std::ranges::max(plot.heights) * 1.05);
    }
    reading.plot = std::move(plot);
    return reading;
  }

 private:
  /// Nearly all are within that.
  static double reach_of(const Well& w) {
    return w.well.minimum() + 3 * std::sqrt(w.temperature / (-4 * w.well.j2));
  }

  double since_ = 0;
  std::vector<double> counts_;
  long counted_ = 0, escapes_ = 0;
  std::vector<int> side_;
};

}  // namespace

std::unique_ptr<Meter> make_double_well_meter() { return std::make_unique<DoubleWellMeter>(); }

}  // namespace phaseloom
