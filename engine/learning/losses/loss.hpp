// SPDX-License-Identifier: MIT
#pragma once
// Which losses there are. One more is its class, an enumerator here, and a line in registry.cpp:
// files, the command line, the window and the tests follow.

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "engine/neural/gradient_sum.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

class EndpointLoss;
class FeatureNet;
struct ImageSet;
struct TrainSettings;

/// What pulls the generated pictures towards the real ones; in the order of all_losses().
enum class Loss { wgan_gp, sliced_wasserstein, drift, wgan_gp_drift };

/// What a training takes unless it is told otherwise.
inline constexpr Loss kUsualLoss = Loss::wgan_gp_drift;

/// What a loss is made of. What is passed by reference must outlive it.
struct LossInputs {
  const TrainSettings& settings;
  const ImageSet& images;
  int labels;                  ///< of the network; above 0, the images must have some of each class
  const FeatureNet* features;  ///< may be null for losses that need none
  ThreadPool& pool;
  TrainingRanks ranks = {};
};

struct LossInfo {
  Loss loss;
  std::string_view name;    ///< in files, scenes, scripts, on the command line: "wgan-gp+drift"
  std::string_view former;  ///< as scenes of older versions spell it
  std::string_view label;   ///< in the window
  std::string_view help;    ///< half a sentence
  bool has_critic;          ///< it learns beside the network, and can learn classes
  bool needs_features;
  std::unique_ptr<EndpointLoss> (*make)(const LossInputs& inputs);
};

std::span<const LossInfo> all_losses();
const LossInfo& info(Loss loss);

template <>
struct Names<Loss> {
  static constexpr std::string_view kind = "loss";
  static std::span<const std::string_view> all();
  static std::optional<Loss> former(std::string_view name);
};

/// The loss of the settings. Throws Error if features are missing, or a loss without a critic is to
/// learn classes.
std::unique_ptr<EndpointLoss> make_loss(const LossInputs& inputs);

}  // namespace phaseloom
