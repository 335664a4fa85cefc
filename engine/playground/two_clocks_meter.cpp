// SPDX-License-Identifier: MIT
#include <cmath>
#include <numbers>

#include "engine/playground/meter.hpp"
#include "engine/theory/two_oscillators.hpp"

namespace phaseloom {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
/// Time units before anything is measured: the start is forgotten (*).
constexpr double kSettle = 5;

/// What two oscillators are to each other.
struct Pair {
  bool fits = false;  ///< two phases, one coupling, nothing else
  double detuning = 0, coupling = 0;
};

Pair pair_of(const PlaygroundRun& run) {
  const auto& network = run.network();
  const auto& setup = run.setup();
  if (network.count() != 2 || network.couplings.size() > 1 || !run.is_phase()) return {};
  const bool alone = setup.injection == 0 || info(setup.substrate).name == "kuramoto";
  const double weight = network.couplings.empty() ? 0 : network.couplings.front().weight;
  return {alone && setup.temperature == 0,
          setup.spread * (double(network.units[0].detuning) - network.units[1].detuning),
          setup.coupling * weight};
}

class TwoClocksMeter : public Meter {
 public:
  void disturbed(const PlaygroundRun&) override { begun_ = false; }

  void take(const PlaygroundRun& run) override {
    const Pair pair = pair_of(run);
    if (!pair.fits) return;
    const auto& now = run.now();
    const double phase = std::remainder(double(now.state[0]) - now.state[1], kTurn);
    if (!begun_) {
      begun_ = true;
      since_ = now.time;
      travelled_ = 0;
      turns_ = 0;
      last_turn_ = kNotKnown;
    } else {
      const double by = std::remainder(phase - phase_, kTurn);
      if (now.time - since_ > kSettle) note_turns(now.time, by, run.setup().step);
    }
    phase_ = phase;
    const bool known = turns_ > 0 || locks(pair.detuning, pair.coupling);
    if (now.time - since_ > 2 * kSettle && known && pair.coupling != 0)
      dots_.put(place(pair), std::abs(beat()) / (2 * std::abs(pair.coupling)));
  }

  MeterReading read(const PlaygroundRun& run) const override {
    MeterReading reading;
    const Pair pair = pair_of(run);
    if (!pair.fits) {
      reading.remark =
          "The theory of two clocks is about two phases with one coupling, without injection and "
          "heat.";
      return reading;
    }
    const bool lock = locks(pair.detuning, pair.coupling);
    const double time = run.now().time - since_;
    const bool settled = begun_ && time > 2 * kSettle;
    reading.lines = {
        {"detuning", "Δω", pair.detuning, kNotKnown,
         "Difference of their own frequencies, rad per time unit."},
        {"beat", "beat", (lock ? settled : turns_ > 0) ? std::abs(beat()) : kNotKnown,
         std::abs(beat_frequency(pair.detuning, pair.coupling)),
         "How fast one laps the other, rad per time unit: sqrt(Δω² − 4K²), 0 if they lock."},
        {"lag", "lag", lock && settled ? phase_ : kNotKnown,
         lock ? locked_lag(pair.detuning, pair.coupling) : kNotKnown,
         "θ₁ − θ₂ while they keep step, rad: arcsin(Δω / 2K)."}};
    reading.remark = lock ? "|Δω| ≤ 2|K|: they fall in step." : "|Δω| > 2|K|: one laps the other.";
    MeterPlot plot;
    plot.title = "Beat frequency";
    plot.x_label = "|Δω| / 2|K|";
    plot.y_label = "beat / 2K";
    plot.x_high = 3;
    plot.y_high = 3;
    for (int i = 0; i <= 120; ++i) {
      plot.x.push_back(plot.x_high * i / 120);
      plot.y.push_back(std::abs(beat_frequency(2 * plot.x.back(), 1)) / 2);
    }
    plot.dots = dots_.dots(place(pair));
    reading.plot = std::move(plot);
    return reading;
  }

 private:
  static double place(const Pair& pair) {
    return std::abs(pair.detuning) / (2 * std::abs(pair.coupling));
  }

  /// Whole turns are timed from one to the next: a mean over parts of one would depend on where it
  /// begins.
  void note_turns(double time, double by, double step) {
    const double before = travelled_;
    travelled_ += by;
    const double turn = std::copysign(kTurn * (turns_ + 1), travelled_);
    if (std::abs(travelled_) < std::abs(turn) && !std::isnan(last_turn_)) return;
    if (std::isnan(last_turn_)) {  // counted from here
      first_turn_ = last_turn_ = time;
      return;
    }
    ++turns_;
    sign_ = travelled_ < 0 ? -1 : 1;
    last_turn_ = time - step * (travelled_ - turn) / (travelled_ - before);
  }

  /// Mean rate of φ; 0 until a turn is done.
  double beat() const {
    return turns_ == 0 ? 0 : sign_ * kTurn * turns_ / (last_turn_ - first_turn_);
  }

  bool begun_ = false;
  double since_ = 0, phase_ = 0;  // of the measurement, of φ last
  double travelled_ = 0;          // by φ, counted from where it had settled
  int turns_ = 0, sign_ = 1;
  double first_turn_ = 0, last_turn_ = kNotKnown;
  MeterDots dots_;
};

}  // namespace

std::unique_ptr<Meter> make_two_clocks_meter() { return std::make_unique<TwoClocksMeter>(); }

}  // namespace phaseloom
