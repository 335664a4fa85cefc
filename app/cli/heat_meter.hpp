// SPDX-License-Identifier: MIT
#pragma once
// The heat that samples give off, for commands that make them for other reasons, too.

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/dynamics/simulator.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

/// Makes pictures as generate() does, to the same bits, and measures the heat of each sample if the
/// program is_thermo(). All others cost nothing more, and have no heat to tell of.
class HeatMeter {
 public:
  /// All three must outlive the meter.
  HeatMeter(const Program& program, const Hardware& hardware, ThreadPool& pool);

  /// All calls at one temperature.
  std::vector<float> generate(const RunSettings& settings, int n,
                              const std::function<bool(int)>& progress);

  /// From now on it has the samples of all ranks; all of them call it.
  void gather(Ranks& ranks);

  /// Adds "heat_mean_kT" and "heat_sd_kT" of all samples so far, in kT of their run; at temperature
  /// 0 "heat_mean_E0" and "heat_sd_E0", in the potential's unit. Nothing if there is no heat.
  void add_to(nlohmann::ordered_json& json) const;
  /// "heat 1347.2 kT, standard deviation 193.1"; empty if there is none.
  std::string text() const;

 private:
  struct Summary {
    double mean = 0, deviation = 0;
  };
  Summary summary() const;
  double unit() const { return temperature_ > 0 ? temperature_ : 1; }
  const char* unit_name() const { return temperature_ > 0 ? "kT" : "E0"; }

  const Program& program_;
  const Hardware& hardware_;
  ThreadPool& pool_;
  double temperature_ = 0;
  std::vector<double> heats_;  ///< of all samples, in the order in which they came
};

}  // namespace phaseloom
