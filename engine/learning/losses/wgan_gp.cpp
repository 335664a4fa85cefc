// SPDX-License-Identifier: MIT
#include "engine/learning/losses/wgan_gp.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "engine/neural/gradient_sum.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// Sum of the outputs that are asked.
double sum_of(std::span<const float> outputs, std::span<const float> asked) {
  double sum = 0;
  for (std::size_t i = 0; i < outputs.size(); ++i) sum += double{asked[i] * outputs[i]};
  return sum;
}

void scale_into(std::span<float> out, float factor, std::span<const float> values) {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = factor * values[i];
}

}  // namespace

WganGp::Block::Block(const ConvNet<float>& net)
    : work(net),
      mixture(std::size_t(net.image_size()) * kLanes),
      gradient(net.parameter_count()),
      asked(std::size_t(net.outputs()) * kLanes),
      d_output(asked.size()) {}

WganGp::WganGp(ConvNetShape critic, ThreadPool& pool, TrainingRanks ranks, float lambda,
               const ConvKernels<float>& kernels)
    : net_(std::move(critic), kernels),
      pool_(pool),
      ranks_(ranks.ranks),
      sum_(ranks),
      lambda_(lambda) {}

int WganGp::prepare_blocks(std::size_t numbers, std::span<const std::uint8_t> classes) {
  const std::size_t block = std::size_t(net_.image_size()) * kLanes;
  assert(numbers > 0 && numbers % block == 0);
  while (blocks_.size() < numbers / block) blocks_.push_back(std::make_unique<Block>(net_));
  const std::size_t count = numbers / block;
  assert(classes.empty() || classes.size() == count * kLanes);
  for (std::size_t i = 0; i < count * kLanes; ++i) {
    auto& asked = blocks_[i / kLanes]->asked;
    if (i % kLanes == 0) std::ranges::fill(asked, 0.0f);
    const std::size_t output = classes.empty() ? 0 : classes[i];
    assert(output < std::size_t(net_.outputs()));
    asked[output * kLanes + i % kLanes] = 1;
  }
  return static_cast<int>(count);
}

std::vector<std::array<double, 3>> WganGp::outputs(int count) {
  std::vector<std::array<double, 3>> all;
  for (int b = 0; b < count; ++b)
    all.push_back({blocks_[b]->real, blocks_[b]->fake, blocks_[b]->penalty});
  ranks_.gather(std::span(all), count);
  return all;
}

void WganGp::critic_block(Block& block, std::span<const float> real, std::span<const float> fake,
                          std::uint64_t seed, std::uint32_t iteration, std::uint32_t index,
                          float scale) {
  std::array<float, kLanes> share;
  for (std::uint32_t lane = 0; lane < kLanes; lane += 4) {
    const auto words = random_words(seed, Stream::critic, iteration, index, lane);
    for (std::uint32_t i = 0; i < 4; ++i) share[lane + i] = static_cast<float>(uniform(words[i]));
  }
  for (std::size_t i = 0; i < real.size(); i += kLanes)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      block.mixture[i + lane] = fake[i + lane] + share[lane] * (real[i + lane] - fake[i + lane]);

  std::ranges::fill(block.gradient, 0.0f);
  block.real = sum_of(net_.forward(real, block.work), block.asked);
  scale_into(block.d_output, -scale, block.asked);
  net_.backward(block.work, block.d_output, block.gradient);
  block.fake = sum_of(net_.forward(fake, block.work), block.asked);
  scale_into(block.d_output, scale, block.asked);
  net_.backward(block.work, block.d_output, block.gradient);
  block.penalty =
      net_.gradient_penalty(block.mixture, block.work, block.asked, lambda_, scale, block.gradient);
}

CriticLoss WganGp::critic_gradient(std::span<const float> real, std::span<const float> fake,
                                   std::uint64_t seed, std::uint32_t iteration,
                                   std::span<float> d_critic,
                                   std::span<const std::uint8_t> classes) {
  assert(real.size() == fake.size() && d_critic.size() == net_.parameter_count());
  const int count = prepare_blocks(real.size(), classes);
  const std::size_t size = real.size() / count;
  const double images = double{kLanes} * count;
  const ItemRange own = ranks_.share(count);
  pool_.run(own.size(), [&](int item) {
    const int b = own.begin + item;
    critic_block(*blocks_[b], real.subspan(b * size, size), fake.subspan(b * size, size), seed,
                 iteration, static_cast<std::uint32_t>(b), static_cast<float>(1 / images));
  });
  std::vector<const float*> gradients;
  for (int b = own.begin; b < own.end; ++b) gradients.push_back(blocks_[b]->gradient.data());
  sum_(gradients, d_critic, pool_);
  CriticLoss loss;
  for (const auto& [on_real, on_fake, penalty] : outputs(count)) {
    loss.wasserstein += (on_real - on_fake) / images;
    loss.penalty += penalty;
  }
  loss.loss = loss.penalty - loss.wasserstein;
  return loss;
}

double WganGp::generator_signal(std::span<const float> fake, std::span<float> d_fake,
                                std::span<const std::uint8_t> classes) {
  assert(d_fake.size() == fake.size());
  const int count = prepare_blocks(fake.size(), classes);
  const std::size_t size = fake.size() / count;
  const double images = double{kLanes} * count;
  const ItemRange own = ranks_.share(count);
  pool_.run(own.size(), [&](int item) {
    const int b = own.begin + item;
    Block& block = *blocks_[b];
    scale_into(block.d_output, static_cast<float>(-1 / images), block.asked);
    block.fake = sum_of(net_.forward(fake.subspan(b * size, size), block.work), block.asked);
    net_.backward(block.work, block.d_output, {}, d_fake.subspan(b * size, size));
  });
  ranks_.gather(d_fake, count);
  double sum = 0;
  for (const auto& [on_real, on_fake, penalty] : outputs(count)) sum += on_fake;
  return sum / images;
}

}  // namespace phaseloom
