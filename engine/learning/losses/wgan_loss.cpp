// SPDX-License-Identifier: MIT
#include "engine/learning/losses/wgan_loss.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

// A critic in good health sees distances of order 1 to 10 (pixels lie in [-1, 1], slopes near 1).
constexpr double kExploded = 1e4;

}  // namespace

WganLoss::WganLoss(const TrainSettings& settings, const ImageSet& images, int labels,
                   ThreadPool& pool, TrainingRanks ranks)
    : settings_(settings),
      labels_(labels),
      kinds_(kinds_of(range_of(settings))),
      pool_(pool),
      real_batches_(images, settings.batch, settings.seed, labels),
      wgan_(critic_shape(images.shape(), std::max(1, labels) * kinds_), pool, ranks),
      optimiser_(wgan_.net().parameter_count()),
      critic_(wgan_.net().parameter_count()),
      gradient_(critic_.size()) {
  wgan_.net().initialise(critic_, settings.seed);
  wgan_.set_critic(critic_);
}

std::vector<std::uint8_t> WganLoss::outputs(std::span<const std::uint8_t> classes, int kind) const {
  std::vector<std::uint8_t> outputs(classes.begin(), classes.end());
  if (kinds_ == 1) return outputs;
  outputs.resize(static_cast<std::size_t>(settings_.batch));
  const int first = kind * std::max(1, labels_);
  for (auto& output : outputs) output = static_cast<std::uint8_t>(output + first);
  return outputs;
}

CriticLoss WganLoss::critic_step(const GeneratedBatch& batch, std::uint32_t step) {
  const AlignedVector<float>* fake = &batch.pictures;
  std::span<const std::uint8_t> classes = batch.classes;
  int kind = batch.kind;
  if (step > 0 && !replay_.empty()) {
    const auto word =
        random_words(settings_.seed, Stream::batch, static_cast<std::uint32_t>(batch.iteration),
                     step, 0xffffffffu)[0];
    const Replayed& earlier = replay_[(std::uint64_t{word} * replay_.size()) >> 32];
    fake = &earlier.pictures;
    classes = earlier.classes;
    kind = earlier.kind;
  }
  real_batches_.load(batch.iteration, step, real_, pool_, classes);
  const auto iteration =
      static_cast<std::uint32_t>(batch.iteration * settings_.critic_steps + step);
  const CriticLoss loss = wgan_.critic_gradient(real_, *fake, settings_.seed, iteration, gradient_,
                                                outputs(classes, kind));
  if (!(std::abs(loss.loss) < kExploded))
    fail("training diverged at iteration {}: the critic's loss is {}; try smaller rates",
         batch.iteration, loss.loss);
  optimiser_.step(critic_, gradient_, settings_.critic_rate * batch.rate_factor, {}, &pool_);
  wgan_.set_critic(critic_);
  return loss;
}

LossReport WganLoss::pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) {
  LossReport report;
  for (int step = 0; step < settings_.critic_steps; ++step) {
    const CriticLoss loss = critic_step(batch, static_cast<std::uint32_t>(step));
    if (step == 0) report.distance = loss.wasserstein;
  }
  d_pictures.resize(batch.pictures.size());
  report.objective =
      -wgan_.generator_signal(batch.pictures, d_pictures, outputs(batch.classes, batch.kind));
  replay_.push_back({batch.pictures, {batch.classes.begin(), batch.classes.end()}, batch.kind});
  if (replay_.size() > static_cast<std::size_t>(settings_.replay)) replay_.pop_front();
  return report;
}

void WganLoss::visit_state(StateVisitor& state) {
  state.numbers("critic", critic_);
  state.numbers("critic.first_moment", optimiser_.first_moment());
  state.numbers("critic.second_moment", optimiser_.second_moment());
  state.count("critic.steps", optimiser_.steps());
  auto kept = static_cast<std::int64_t>(replay_.size());
  state.count("replay", kept);
  if (kept > settings_.replay)
    fail("training state: {} batches to replay; at most {}", kept, settings_.replay);
  replay_.resize(static_cast<std::size_t>(kept));
  for (std::size_t i = 0; i < replay_.size(); ++i) {
    replay_[i].pictures.resize(real_batches_.pixels() * settings_.batch);
    state.numbers(fmt::format("replay.{}", i), replay_[i].pictures);
    if (kinds_ > 1) {
      std::int64_t kind = replay_[i].kind;
      state.count(fmt::format("replay.{}.kind", i), kind);
      if (kind < 0 || kind >= kinds_)
        fail("training state: hardware of kind {}; 0 to {} are known", kind, kinds_ - 1);
      replay_[i].kind = static_cast<int>(kind);
    }
    if (labels_ == 0) continue;
    replay_[i].classes.resize(static_cast<std::size_t>(settings_.batch));
    state.flags(fmt::format("replay.{}.classes", i), replay_[i].classes);
    for (const int k : replay_[i].classes)
      if (k >= labels_)
        fail("training state: a picture of class {}; 0 to {} are known", k, labels_ - 1);
  }
  wgan_.set_critic(critic_);
}

}  // namespace phaseloom
