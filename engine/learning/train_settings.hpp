// SPDX-License-Identifier: MIT
#pragma once
// What a training is told: the loss, the rates, the schedule, the hardware it prepares for.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/hardware/hardware.hpp"
#include "engine/learning/hardware_range.hpp"
#include "engine/learning/losses/loss.hpp"
#include "engine/network/integrator.hpp"

namespace phaseloom {

/// Defaults: what is known to work for 28x28 digits on two cores.
struct TrainSettings {
  std::uint64_t seed = 1;
  int batch = 64;             ///< a multiple of kLanes
  Loss loss = Loss::wgan_gp;  ///< needs nothing else; whoever has features begins with kUsualLoss
  int critic_steps =
      2;           ///< of the critic per generator step; those after the first see earlier batches
  int replay = 8;  ///< number of earlier batches kept for them
  float generator_rate = 2e-3f;
  float critic_rate = 8e-4f;
  /// The network's rate falls linearly to this fraction of it; the critic's stays (*): one that
  /// slows down with the network no longer sees what is left to learn.
  float final_rate = 0.02f;
  /// While the progress goes from 0 to this, the network's rate rises from 0, so that a critic that
  /// knows nothing yet does not spoil a network that does (*).
  double warm_up = 0;
  float weight_decay = 0.03f;  ///< of couplings, decoupled
  float average = 0.999f;      ///< of the generator's running average
  double adjoint_clip = 5;     ///< Trajectory::backward
  Integrator integrator = Integrator::midpoint;
  double jitter = 0.3;  ///< a chunk lasts its duration times 1 ± jitter (uniform)
  /// Steps per chunk are drawn from these; a later phase begins when the progress reaches `from`.
  struct Phase {
    double from;
    std::vector<int> steps;
    bool operator==(const Phase&) const = default;
  };
  std::vector<Phase> phases{{0.0, {2, 2, 3, 4}}, {0.4, {3, 4, 5}}, {0.85, {4, 5, 6, 8}}};
  /// The longest step in time units: a chunk that would have longer ones gets as many steps as this
  /// asks for, however it is stretched. 0: steps are counted by chunk alone.
  double step = 0;

  /// What the network is trained through: the forward pass sees the weights as this hardware holds
  /// them, gradients go straight through. Weight noise and mismatch are drawn anew for each batch
  /// (*). Phase noise must be 0.
  Hardware hardware{};
  /// Instead of that one: another hardware in each iteration. Of `hardware`, grid and gain count.
  std::optional<HardwareRange> range = std::nullopt;
  /// How strongly the network that the training begins with, in floats, is a teacher of what it
  /// makes of the same noise; 0: not at all. See follow().
  double teaching = 0;
  /// This share of the couplings, the strongest of the network that the training begins with, stays
  /// as it is, and with it all that is not a coupling; 0: nothing does. A range draws densities
  /// above it then, as what is pruned to the core cannot change. See FrozenCore.
  double core = 0;
  /// While the progress goes from the first to the second of these, the density falls from 1 to
  /// hardware.density; what is pruned stays pruned (*).
  double prune_from = 0.1, prune_to = 0.5;

  bool operator==(const TrainSettings&) const = default;
};

/// For a network that is trained already: coarse steps would take back what fine ones taught it,
/// a new critic and high rates what it took long to learn (*).
TrainSettings settings_from_trained();

/// What is drawn from: the range, of which a core that stays is the lower end of the densities.
std::optional<HardwareRange> range_of(const TrainSettings& settings);

/// Throws Error naming the first field that is out of range.
void validate(const TrainSettings& settings);

/// Steps through `duration`: at least `fewest`, and none longer than the settings' longest.
int steps_through(const TrainSettings& settings, double duration, int fewest);

nlohmann::ordered_json to_json(const TrainSettings& settings);
/// Throws Error naming `source` and the field for anything that to_json() does not write.
TrainSettings train_settings_from_json(const nlohmann::ordered_json& json, std::string_view source);

}  // namespace phaseloom
