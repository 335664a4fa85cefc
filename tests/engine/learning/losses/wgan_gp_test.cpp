// SPDX-License-Identifier: MIT
#include "engine/learning/losses/wgan_gp.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/neural/adam.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

std::vector<float> random_images(int blocks, int pixels, std::uint64_t seed, float centre) {
  RandomSequence random(seed, Stream::batch);
  std::vector<float> v(static_cast<std::size_t>(blocks) * pixels * kLanes);
  for (float& x : v) x = centre + static_cast<float>(0.3 * random.normal());
  return v;
}

TEST(WganGp, SameBitsForAnyNumberOfThreads) {
  const int blocks = 5;
  const auto real = random_images(blocks, 784, 1, 0.2f),
             fake = random_images(blocks, 784, 2, -0.2f);
  std::vector<float> reference, d_reference;
  for (int threads : {1, 2, 5, 16}) {
    ThreadPool pool(threads);
    WganGp wgan(critic_shape({28, 28}), pool);
    std::vector<float> critic(wgan.net().parameter_count()), d_critic(critic.size());
    wgan.net().initialise(critic, 3);
    wgan.set_critic(critic);
    wgan.critic_gradient(real, fake, 7, 11, d_critic);
    std::vector<float> d_fake(fake.size());
    wgan.generator_signal(fake, d_fake);
    if (threads == 1) {
      reference = d_critic;
      d_reference = d_fake;
    }
    EXPECT_EQ(d_critic, reference) << threads << " threads";
    EXPECT_EQ(d_fake, d_reference) << threads << " threads";
  }
}

// Two clouds a distance apart: a critic of slope one tells them apart by that distance.
TEST(WganGp, CriticLearnsTheDistance) {
  const ConvNetShape shape{8, 8, 1, {{8, 3, 2, 1}, {8, 3, 2, 1}, {1, 2}}, 0.2f};
  ThreadPool pool(2);
  WganGp wgan(shape, pool);
  std::vector<float> critic(wgan.net().parameter_count()), d_critic(critic.size());
  wgan.net().initialise(critic, 3);
  Adam adam(critic.size());
  const float centre = 0.1f;
  CriticLoss loss;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const auto real = random_images(2, 64, 100 + i, centre);
    const auto fake = random_images(2, 64, 1000 + i, -centre);
    wgan.set_critic(critic);
    loss = wgan.critic_gradient(real, fake, 5, i, d_critic);
    EXPECT_NEAR(loss.loss, loss.penalty - loss.wasserstein, 1e-9);
    adam.step(critic, d_critic, 2e-3f);
  }
  EXPECT_NEAR(loss.wasserstein, 2 * centre * 8, 0.5);
  EXPECT_LT(loss.penalty, 0.3);

  // The signal points from fake to real: down the gradient, pixels grow.
  wgan.set_critic(critic);
  const auto fake = random_images(1, 64, 9, -centre);
  std::vector<float> d_fake(fake.size());
  wgan.generator_signal(fake, d_fake);
  double sum = 0;
  for (float d : d_fake) sum += double{d};
  EXPECT_LT(sum, 0);
}

// With classes, each picture is judged by the output of its own class: the others' weights get no
// gradient, and permuting classes and weights alike changes nothing but the order.
TEST(WganGp, ClassesAskTheirOwnOutput) {
  ThreadPool pool(2);
  WganGp wgan(critic_shape({28, 28}, 3), pool);
  const auto& net = wgan.net();
  std::vector<float> critic(net.parameter_count()), d_critic(critic.size());
  net.initialise(critic, 3);
  wgan.set_critic(critic);
  const auto real = random_images(2, 784, 1, 0.2f), fake = random_images(2, 784, 2, -0.2f);
  std::vector<std::uint8_t> classes(2 * kLanes, 0);
  for (std::size_t i = 0; i < classes.size(); i += 3) classes[i] = 2;
  const CriticLoss mixed = wgan.critic_gradient(real, fake, 7, 1, d_critic, classes);
  // The last layer: [in and place][class] weights, then a bias for each class.
  const std::size_t last = critic.size() - 3 * (64 * 16 + 1);
  double square[3] = {};
  for (std::size_t i = last; i < critic.size(); ++i)
    square[(i - last) % 3] += double{d_critic[i]} * double{d_critic[i]};
  EXPECT_GT(square[0], 0);
  EXPECT_EQ(square[1], 0);
  EXPECT_GT(square[2], 0);

  std::vector<float> d_fake(fake.size());
  const double mean = wgan.generator_signal(fake, d_fake, classes);
  double by_hand = 0;
  ConvWorkspace<float> work(net);
  for (std::size_t b = 0; b < 2; ++b) {
    const auto out = net.forward(std::span(fake).subspan(b * 784 * kLanes, 784 * kLanes), work);
    for (std::size_t l = 0; l < kLanes; ++l)
      by_hand += double{out[classes[b * kLanes + l] * kLanes + l]} / double(classes.size());
  }
  EXPECT_NEAR(mean, by_hand, 1e-6);

  for (std::size_t i = last; i < critic.size(); i += 3) std::swap(critic[i], critic[i + 1]);
  wgan.set_critic(critic);
  for (auto& k : classes) k = k == 0 ? 1 : k;
  const CriticLoss swapped = wgan.critic_gradient(real, fake, 7, 1, d_critic, classes);
  EXPECT_NEAR(swapped.loss, mixed.loss, 1e-5 * std::abs(mixed.loss));
}

// The gradient that the critic descends is that of the loss it reports.
void expect_gradient_of_the_loss(const ConvKernels<float>& kernels) {
  ThreadPool pool(1);
  WganGp wgan(critic_shape({28, 28}), pool, {}, 10, kernels);
  std::vector<float> critic(wgan.net().parameter_count()), d_critic(critic.size()),
      ignored(critic.size());
  wgan.net().initialise(critic, 3);
  wgan.set_critic(critic);
  const auto real = random_images(2, 784, 1, 0.2f), fake = random_images(2, 784, 2, -0.2f);
  wgan.critic_gradient(real, fake, 7, 1, d_critic);
  double square = 0;
  for (float d : d_critic) square += double{d} * double{d};
  // Along the gradient itself the loss changes by |gradient|^2 per unit. Loosely: the penalty jumps
  // a little wherever a LeakyReLU changes sides, which no derivative sees.
  const double step = 1e-3 / std::sqrt(square);
  const auto loss_at = [&](double s) {
    auto moved = critic;
    for (std::size_t i = 0; i < moved.size(); ++i)
      moved[i] += static_cast<float>(s * double{d_critic[i]});
    wgan.set_critic(moved);
    return wgan.critic_gradient(real, fake, 7, 1, ignored).loss;
  };
  EXPECT_NEAR((loss_at(step) - loss_at(-step)) / (2 * step) / square, 1, 0.1);
}

TEST(WganGp, GradientMatchesTheReportedLoss) {
  {
    SCOPED_TRACE("float32");
    expect_gradient_of_the_loss(conv_kernels<float>());
  }
  {
    SCOPED_TRACE("as in training");
    expect_gradient_of_the_loss(training_conv_kernels());
  }
}

}  // namespace
}  // namespace phaseloom
