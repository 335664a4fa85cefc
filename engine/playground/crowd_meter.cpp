// SPDX-License-Identifier: MIT
#include <cmath>
#include <utility>

#include "engine/playground/meter.hpp"
#include "engine/theory/crowd.hpp"

namespace phaseloom {
namespace {

/// Time units, in units of 1/γ at the most, before r is averaged: the start is forgotten (*).
constexpr double kSettle = 20;

bool fits(const PlaygroundRun& run) {
  const auto& s = run.setup();
  const bool alone = s.injection == 0 || info(s.substrate).name == "kuramoto";
  constexpr int kCrowd = 10;  // fewer are none (*)
  return run.network().count() >= kCrowd && !s.own && s.layout == Layout::complete &&
         s.frequencies == Frequencies::lorentzian && run.is_phase() && alone &&
         s.temperature == 0 && s.spread > 0 && s.coupling >= 0;
}

class CrowdMeter : public Meter {
 public:
  void disturbed(const PlaygroundRun& run) override {
    if (std::exchange(units_, run.network().count()) != run.network().count()) dots_ = {};
    since_ = run.now().time;
    count_ = 0;
    sum_ = 0;
  }

  void take(const PlaygroundRun& run) override {
    if (run.now().time - since_ <= kSettle || !fits(run)) return;
    sum_ += run.now().order;
    ++count_;
    dots_.put(place(run), sum_ / double(count_));
  }

  MeterReading read(const PlaygroundRun& run) const override {
    MeterReading reading;
    if (!fits(run)) {
      reading.remark =
          "Theory speaks of ten or more, all coupled to all, Lorentzian frequencies, no injection, "
          "no heat.";
      return reading;
    }
    const auto& s = run.setup();
    const double critical = critical_coupling(s.spread);
    reading.lines = {
        {"critical", "K_c", kNotKnown, critical,
         "Coupling at which a crowd begins to fall in step: 2γ."},
        {"r", "r", count_ > 0 ? sum_ / double(count_) : kNotKnown,
         crowd_order(s.coupling, s.spread),
         "Order parameter, averaged since the last change: 0 below K_c, sqrt(1 − K_c/K) above. Of "
         "N oscillators it is never quite 0: about 1/sqrt(N)."}};
    reading.remark = s.coupling > critical ? "K is above K_c: a part of the crowd is in step."
                                           : "K is below K_c: everybody goes their own way.";
    MeterPlot plot;
    plot.title = "Order against coupling";
    plot.x_label = "K / K_c";
    plot.y_label = "r";
    plot.x_high = 4;
    for (int i = 0; i <= 160; ++i) {
      plot.x.push_back(plot.x_high * i / 160);
      plot.y.push_back(crowd_order(plot.x.back(), 0.5));
    }
    plot.dots = dots_.dots(place(run));
    reading.plot = std::move(plot);
    return reading;
  }

 private:
  static double place(const PlaygroundRun& run) {
    return run.setup().coupling / critical_coupling(run.setup().spread);
  }

  double since_ = 0, sum_ = 0;
  long count_ = 0;
  int units_ = 0;  // that the dots are of
  MeterDots dots_;
};

}  // namespace

std::unique_ptr<Meter> make_crowd_meter() { return std::make_unique<CrowdMeter>(); }

}  // namespace phaseloom
