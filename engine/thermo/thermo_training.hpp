// SPDX-License-Identifier: MIT
#pragma once
// Training the thermodynamic computer: in each cycle one noising path per prototype, each followed
// by its change of the parameters.

#include <array>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/support/names.hpp"
#include "engine/support/parallel.hpp"
#include "engine/thermo/noising.hpp"
#include "engine/thermo/rule.hpp"
#include "engine/thermo/update.hpp"

namespace phaseloom {

enum class ThermoRule {
  batch,   ///< parameters change after each path, by its whole gradient
  online,  ///< after each step
};
template <>
struct Names<ThermoRule> {
  static constexpr std::string_view kind = "rule";
  static constexpr std::array<std::string_view, 2> all{"batch", "online"};
};

constexpr ThermoRule other_rule(ThermoRule rule) {
  return rule == ThermoRule::batch ? ThermoRule::online : ThermoRule::batch;
}

/// A picture that is learnt.
struct Prototype {
  std::string name;           ///< of one line, for people
  std::vector<float> pixels;  ///< row after row; any scale, it is normalised
};

inline constexpr int kMaxThermoCycles = 1'000'000;
inline constexpr int kMaxPrototypes = 1000;

/// All that a training is a function of, besides its prototypes and the instruction set. Defaults
/// are [WD]'s.
struct ThermoPlan {
  ThermoSetup setup;
  ThermoRule rule = ThermoRule::batch;
  int cycles = 300;
  double rate = 0;                     ///< of either rule; 0: dt / t_f, 4e-4
  std::uint64_t seed = 101;            ///< of the noise, of rounding and of flawed updates
  std::uint64_t projection_seed = 42;  ///< of the hidden units' patterns
  /// Flaws of the batch rule, see UpdateRule.
  int bits = 0;
  bool stochastic_rounding = false;
  double update_noise = 0;

  UpdateRule update_rule() const;
};

/// Throws Error naming what is out of range, or does not go together.
void validate(const ThermoPlan& plan);
/// And what of the prototypes is not as the plan says.
void validate(const ThermoPlan& plan, const std::vector<Prototype>& prototypes);

struct ThermoReport {
  int cycle = 0;            ///< done
  double loss = 0;          ///< per step and unit, mean over the prototypes; 1/2 is its floor
  double coupling_rms = 0;  ///< behind the cycle, E0
};

class ThermoTrainer {
 public:
  /// Throws Error as validate() does. The pool must outlive the trainer.
  ThermoTrainer(const ThermoPlan& plan, const std::vector<Prototype>& prototypes, ThreadPool& pool);

  /// Throws Error if the parameters are no numbers any more.
  ThermoReport cycle();
  int cycles() const { return cycles_; }  ///< done
  ThermoParameters<float> parameters() const;
  /// Goes on from parameters after so many cycles as if it had made them itself.
  void restore(const ThermoParameters<float>& parameters, int cycles);

 private:
  double learn_batch(std::size_t prototype, std::uint32_t number);

  ThermoPlan plan_;
  UpdateRule update_;
  ThreadPool& pool_;
  Noising<float> noising_;
  std::vector<std::vector<double>> patterns_;
  PanelPath<float> path_;
  PathRule<float> rule_;
  PanelParameters<float> parameters_, gradient_;
  std::vector<AlignedVector<float>> labels_;  ///< [label]: what it adds to the biases of units
  int cycles_ = 0;
};

/// Where a training is.
struct ThermoProgress {
  ThermoParameters<float> parameters;
  std::vector<ThermoReport> curve;  ///< of every cycle
  int cycles() const { return static_cast<int>(curve.size()); }
};

struct ThermoCallbacks {
  /// After each cycle.
  std::function<void(const ThermoReport&)> news;
  /// Every so often, and when it is stopped: the place to save it.
  std::function<void(const ThermoProgress&)> checkpoint;
  double checkpoint_every = 2;  ///< minutes
};

/// Trains from `begin` (empty parameters: from 0) until plan.cycles or a stop; what it returns
/// tells by its cycles().
ThermoProgress run_thermo_training(const ThermoPlan& plan, const std::vector<Prototype>& prototypes,
                                   ThermoProgress begin, ThreadPool& pool,
                                   const ThermoCallbacks& callbacks = {},
                                   std::stop_token stop = {});

}  // namespace phaseloom
