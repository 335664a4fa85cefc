// SPDX-License-Identifier: MIT
#include "engine/learning/losses/endpoint_loss.hpp"

#include "engine/learning/losses/drift_loss.hpp"
#include "engine/learning/losses/mixed_loss.hpp"
#include "engine/learning/losses/sliced_loss.hpp"
#include "engine/learning/losses/wgan_loss.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

std::unique_ptr<EndpointLoss> make_loss(const TrainSettings& settings, const ImageSet& images,
                                        int labels, const FeatureNet* features, ThreadPool& pool) {
  if (settings.loss == Loss::wgan_gp)
    return std::make_unique<WganLoss>(settings, images, labels, pool);
  if (labels > 0 && !has_critic(settings.loss))
    fail("the loss {} knows no classes; a network with labels needs {} or {}",
         loss_name(settings.loss), loss_name(Loss::wgan_gp), loss_name(Loss::wgan_gp_drift));
  if (!features)
    fail("the loss {} compares features of pictures; a feature network is needed",
         loss_name(settings.loss));
  if (settings.loss == Loss::sliced_wasserstein)
    return std::make_unique<SlicedLoss>(*features, settings, images, pool);
  if (settings.loss == Loss::wgan_gp_drift)
    return std::make_unique<MixedLoss>(*features, settings, images, labels, pool);
  return std::make_unique<DriftLoss>(*features, settings, images, 0, pool);
}

}  // namespace phaseloom
