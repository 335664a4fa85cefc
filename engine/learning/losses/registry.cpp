// SPDX-License-Identifier: MIT
// The list of all losses.

#include <algorithm>
#include <array>

#include "engine/learning/losses/drift_loss.hpp"
#include "engine/learning/losses/loss.hpp"
#include "engine/learning/losses/mixed_loss.hpp"
#include "engine/learning/losses/sliced_loss.hpp"
#include "engine/learning/losses/wgan_loss.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using Made = std::unique_ptr<EndpointLoss>;

constexpr std::array kLosses{
    LossInfo{Loss::wgan_gp, "wgan-gp", "wgan_gp", "Critic",
             "WGAN-GP, a network that learns to tell real from generated", true, false,
             [](const LossInputs& in) -> Made {
               return std::make_unique<WganLoss>(in.settings, in.images, in.labels, in.pool,
                                                 in.ranks);
             }},
    LossInfo{Loss::sliced_wasserstein, "sliced-wasserstein", "sliced_wasserstein", "Sliced",
             "Wasserstein distance of features along random directions", false, true,
             [](const LossInputs& in) -> Made {
               return std::make_unique<SlicedLoss>(*in.features, in.settings, in.images, in.pool,
                                                   in.ranks);
             }},
    LossInfo{Loss::drift, "drift", "drift", "Drift", "real features attract, generated ones repel",
             false, true,
             [](const LossInputs& in) -> Made {
               return std::make_unique<DriftLoss>(*in.features, in.settings, in.images, in.labels,
                                                  in.pool, in.ranks);
             }},
    LossInfo{Loss::wgan_gp_drift, "wgan-gp+drift", "wgan_gp_drift", "Critic + drift", "both pull",
             true, true,
             [](const LossInputs& in) -> Made {
               return std::make_unique<MixedLoss>(*in.features, in.settings, in.images, in.labels,
                                                  in.pool, in.ranks);
             }},
};

constexpr auto kNames = names_in(kLosses);

constexpr bool in_order() {
  for (std::size_t i = 0; i < kLosses.size(); ++i)
    if (kLosses[i].loss != static_cast<Loss>(i)) return false;
  return true;
}
static_assert(in_order());

/// "wgan-gp or wgan-gp+drift"
std::string with_critics() {
  std::string names;
  for (const LossInfo& loss : kLosses)
    if (loss.has_critic) names.append(names.empty() ? "" : " or ").append(loss.name);
  return names;
}

}  // namespace

std::span<const LossInfo> all_losses() { return kLosses; }

const LossInfo& info(Loss loss) { return kLosses[static_cast<std::size_t>(loss)]; }

std::span<const std::string_view> Names<Loss>::all() { return kNames; }

std::optional<Loss> Names<Loss>::former(std::string_view name) {
  const auto found = std::ranges::find(kLosses, name, &LossInfo::former);
  return found == kLosses.end() ? std::nullopt : std::optional(found->loss);
}

std::unique_ptr<EndpointLoss> make_loss(const LossInputs& inputs) {
  const LossInfo& loss = info(inputs.settings.loss);
  if (inputs.labels > 0 && !loss.has_critic)
    fail("the loss {} knows no classes; a network with labels needs {}", loss.name, with_critics());
  if (loss.needs_features && !inputs.features)
    fail("the loss {} compares features of pictures; a feature network is needed", loss.name);
  return loss.make(inputs);
}

}  // namespace phaseloom
