// SPDX-License-Identifier: MIT
#include "measure/critic_scene.hpp"

#include "engine/support/random.hpp"
#include "measure/stopwatch.hpp"

namespace phaseloom {

CriticScene::CriticScene(int batch, int threads)
    : pool_(threads),
      wgan_(critic_shape({28, 28}), pool_),
      adam_(wgan_.net().parameter_count()),
      batch_(batch),
      parameters_(wgan_.net().parameter_count()),
      gradient_(parameters_.size()),
      real_(std::size_t(wgan_.net().image_size()) * batch),
      fake_(real_.size()),
      d_fake_(real_.size()) {
  wgan_.net().initialise(parameters_, 1);
  wgan_.set_critic(parameters_);
  RandomSequence random(2, Stream::batch);
  for (auto* pictures : {&real_, &fake_})
    for (float& x : *pictures) x = static_cast<float>(random.normal());
}

double CriticScene::pass(int first) const {
  double sum = 0;
  for (int l = first; l < wgan_.net().layers(); ++l) sum += wgan_.net().multiply_adds(l);
  return 2 * sum * batch_;
}

double CriticScene::step() {
  return seconds_of([&] {
    wgan_.critic_gradient(real_, fake_, 1, iteration_++, gradient_);
    adam_.step(parameters_, gradient_, 1e-4f);
    wgan_.set_critic(parameters_);
  });
}

double CriticScene::step_flops() const {
  // For real and generated pictures each: forward, the weights' gradient, and the signal down to
  // the first layer's output. The penalty: forward, back to the picture, forward again with its
  // derivative, the weights' gradient.
  return 2 * (2 * pass() + pass(1)) + 4 * pass();
}

double CriticScene::signal() {
  return seconds_of([&] { wgan_.generator_signal(fake_, d_fake_); });
}

double CriticScene::signal_flops() const { return 2 * pass(); }

}  // namespace phaseloom
