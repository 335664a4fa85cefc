// SPDX-License-Identifier: MIT
#pragma once
// What a substrate is to the rest of the program: a name, its equation in words, its parameters.
// The equations themselves are in substrates/, one file each; the list of all is
// substrates/registry.hpp.

#include <array>
#include <limits>
#include <numbers>
#include <span>
#include <string_view>

#include "engine/support/names.hpp"

namespace phaseloom {

/// One learnable number per unit and chunk (couplings are not among them).
struct UnitParameter {
  std::string_view name;         ///< tensor name in model files, e.g. "omega"
  std::string_view description;  ///< one sentence with the symbol of the equation
  float initial = 0;             ///< value of a fresh program
  float least = -std::numeric_limits<float>::infinity();  ///< trainings keep it at or above this
};

inline constexpr int kMaxUnitParameters = 4;
inline constexpr int kMaxChannels = 4;

/// How a state is spoken of, in the window and in tables; literals, so that data() ends with a 0.
struct StateInfo {
  std::string_view name;         ///< "phase"
  std::string_view title;        ///< "Phase"
  std::string_view units;        ///< those that have it: "oscillators"
  std::string_view symbol;       ///< "θ"
  std::string_view rate;         ///< "dθ/dt"
  std::string_view axis;         ///< "θ (rad)"
  std::string_view unit;         ///< "rad"; empty of what has none
  std::string_view variable;     ///< in tables: "theta"
  std::string_view column;       ///< with its unit: "theta_rad"
  std::string_view rate_column;  ///< "dtheta_dt"
  std::string_view drive;        ///< what pulls at a unit alone: "injection"
  std::string_view settling;     ///< what that does at the end: "locks each phase"
  std::string_view held_text;  ///< "θ_k = +π/2 held for the class asked for, −π/2 for all others"
  double held;                 ///< label oscillators are held there, and at its negative (*)
};
inline constexpr StateInfo kPhaseState{
    "phase",
    "Phase",
    "oscillators",
    "θ",
    "dθ/dt",
    "θ (rad)",
    "rad",
    "theta",
    "theta_rad",
    "dtheta_dt",
    "injection",
    "locks each phase",
    "θ_k = +π/2 held for the class asked for, −π/2 for all others",
    std::numbers::pi / 2};
inline constexpr StateInfo kVoltageState{"voltage",
                                         "Voltage",
                                         "analog units",
                                         "x",
                                         "dx/dt",
                                         "x",
                                         "",
                                         "x",
                                         "x",
                                         "dx_dt",
                                         "bias",
                                         "drives each voltage",
                                         "x_k = +1 held for the class asked for, −1 for all others",
                                         1};

constexpr const StateInfo& state_info(bool is_phase) {
  return is_phase ? kPhaseState : kVoltageState;
}

struct SubstrateInfo {
  std::string_view name;      ///< e.g. "kuramoto_shil"
  std::string_view spoken;    ///< in the window, e.g. "SHIL"
  std::string_view equation;  ///< for people, e.g. "dθ_i/dt = ω_i + Σ W_ij sin(θ_j − θ_i)"
  bool is_phase;              ///< the state is an angle in rad (else a voltage, dimensionless)
  int channels;  ///< what a unit sends to its neighbours: sines and cosines (2, or 4), or one
                 ///< voltage (1)
  std::span<const UnitParameter> parameters;  ///< at most kMaxUnitParameters
  /// Duration of a chunk that trainings begin with (*). Cubic restoring forces ask for shorter
  /// ones: far out they are too stiff for two steps of 0.3.
  double chunk_duration = 0.6;
  /// Of all chunks together, where it carries points of the plane (*); 0: it carries none.
  double transport_duration = 4;

  constexpr const StateInfo& state() const { return state_info(is_phase); }
};

/// Index into the registry. Model files store the name, never this number.
enum class Substrate : int {};

/// All registered substrates, in registry order.
std::span<const SubstrateInfo> all_substrates();

const SubstrateInfo& info(Substrate substrate);

template <>
struct Names<Substrate> {
  static constexpr std::string_view kind = "substrate";
  static std::span<const std::string_view> all();
};

/// The substrate of that name. Throws Error listing the known names.
inline Substrate substrate_named(std::string_view name) { return named<Substrate>(name); }

}  // namespace phaseloom
