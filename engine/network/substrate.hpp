// SPDX-License-Identifier: MIT
#pragma once
// What a substrate is to the rest of the program: a name, its equation in words, its parameters.
// The equations themselves are in substrates/, one file each; the list of all is
// substrates/registry.hpp.

#include <array>
#include <limits>
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
inline constexpr int kMaxChannels = 2;

struct SubstrateInfo {
  std::string_view name;      ///< e.g. "kuramoto_shil"
  std::string_view equation;  ///< for people, e.g. "dθ_i/dt = ω_i + Σ W_ij sin(θ_j − θ_i)"
  bool is_phase;              ///< the state is an angle in rad (else a voltage, dimensionless)
  int channels;  ///< what a unit sends to its neighbours: sin and cos (2), or one voltage (1)
  std::span<const UnitParameter> parameters;  ///< at most kMaxUnitParameters
  /// Duration of a chunk that trainings begin with (*). Cubic restoring forces ask for shorter
  /// ones: far out they are too stiff for two steps of 0.3.
  double chunk_duration = 0.6;
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
