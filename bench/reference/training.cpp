// SPDX-License-Identifier: MIT
#include "bench/reference/training.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>
#include <memory>
#include <numbers>

#include "bench/reference/vae.hpp"
#include "engine/learning/losses/wgan_gp.hpp"
#include "engine/neural/adam.hpp"
#include "engine/neural/gradient_sum.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kPixels = Decoder<float>::kPixels;
constexpr std::size_t kBlock = kPixels * kLanes;
constexpr float kKeep = 0.999f;  // of the averaged parameters

constexpr DecoderShape kWganShape{64, 64, 32};
constexpr DecoderShape kVaeShape{20, 64, 32};

/// How far a training is, by its iterations or by the clock.
class Clock {
 public:
  explicit Clock(const ReferencePlan& plan) : plan_(plan) {}
  double fraction(int iteration) const {
    if (plan_.iterations > 0) return double(iteration) / plan_.iterations;
    const auto passed = std::chrono::steady_clock::now() - start_;
    return std::chrono::duration<double>(passed).count() / (60 * plan_.minutes);
  }

 private:
  const ReferencePlan& plan_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Full for the first half, then a half cosine down to nothing.
float falling(float rate, double fraction) {
  const double t = std::clamp(2 * fraction - 1, 0.0, 1.0);
  return static_cast<float>(rate * 0.5 * (1 + std::cos(std::numbers::pi * t)));
}

/// Random pictures as blocks [block][pixel][lane], pixel p as offset + scale p / 255.
void draw_batch(const ImageSet& images, RandomSequence& random, float scale, float offset,
                std::span<float> batch) {
  for (std::size_t block = 0; block < batch.size() / kBlock; ++block)
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto image =
          images.image(static_cast<int>(random.below(static_cast<std::uint32_t>(images.count()))));
      for (std::size_t p = 0; p < kPixels; ++p)
        batch[block * kBlock + p * kLanes + lane] =
            offset + scale * static_cast<float>(image[p]) / 255.0f;
    }
}

void draw_normal(RandomSequence& random, std::span<float> numbers) {
  for (float& x : numbers) x = static_cast<float>(random.normal());
}

/// One block's share of a gradient; shares are added in block order.
struct GradientParts {
  GradientParts(int blocks, std::size_t size) : parts(blocks, AlignedVector<float>(size)) {}
  void clear() {
    for (auto& part : parts) std::ranges::fill(part, 0.0f);
  }
  void sum(std::span<float> total, ThreadPool& pool) const {
    std::vector<const float*> pointers;
    for (const auto& part : parts) pointers.push_back(part.data());
    sum_in_order(pointers, total, pool);
  }
  std::vector<AlignedVector<float>> parts;
};

}  // namespace

ReferenceGenerator::ReferenceGenerator(const DecoderShape& shape, std::vector<float> parameters,
                                       Range range)
    : decoder_(shape), range_(range) {
  decoder_.set_parameters(parameters);
}

std::vector<float> ReferenceGenerator::sample(int count, std::uint64_t seed,
                                              ThreadPool& pool) const {
  std::vector<float> result(std::size_t(count) * kPixels);
  pool.run(blocks_for(count), [&](int block) {
    Decoder<float>::Workspace work(decoder_);
    std::vector<float> codes(std::size_t(decoder_.code()) * kLanes);
    for (int lane = 0; lane < kLanes; ++lane) {
      RandomSequence random(seed, Stream::initial_state,
                            static_cast<std::uint32_t>(block * kLanes + lane));
      for (int k = 0; k < decoder_.code(); ++k)
        codes[std::size_t(k) * kLanes + lane] = static_cast<float>(random.normal());
    }
    const auto pixels = decoder_.forward(codes, work);
    for (int lane = 0; lane < std::min(kLanes, count - block * kLanes); ++lane)
      for (std::size_t p = 0; p < kPixels; ++p) {
        const float x = pixels[p * kLanes + lane];
        result[std::size_t(block * kLanes + lane) * kPixels + p] =
            range_ == Range::tanh ? (1 + std::tanh(x)) / 2 : 1 / (1 + std::exp(-x));
      }
  });
  return result;
}

ReferenceGenerator train_wgan(const ImageSet& images, const ReferencePlan& plan, ThreadPool& pool,
                              const ReferenceNews& news) {
  constexpr float kRate = 5e-4f;
  constexpr int kCriticSteps = 3;  // per step of the generator
  assert(plan.batch % kLanes == 0);
  const int blocks = plan.batch / kLanes;
  Decoder<float> decoder(kWganShape);
  WganGp wgan(critic_shape({28, 28}), pool);
  std::vector<float> generator(decoder.parameter_count()), critic(wgan.net().parameter_count());
  decoder.initialise(generator, plan.seed);
  wgan.net().initialise(critic, plan.seed + 1);
  std::vector<float> average = generator, d_generator(generator.size()), d_critic(critic.size());
  Adam generator_adam(generator.size()), critic_adam(critic.size());

  std::vector<std::unique_ptr<Decoder<float>::Workspace>> works;
  for (int b = 0; b < blocks; ++b)
    works.push_back(std::make_unique<Decoder<float>::Workspace>(decoder));
  GradientParts parts(blocks, generator.size());
  const std::size_t codes_size = std::size_t(decoder.code()) * kLanes;
  std::vector<float> codes(blocks * codes_size), real(blocks * kBlock), fake(blocks * kBlock),
      d_fake(blocks * kBlock);
  const auto generate = [&](RandomSequence& random) {
    draw_normal(random, codes);
    pool.run(blocks, [&](int b) {
      const auto pixels =
          decoder.forward(std::span(codes).subspan(b * codes_size, codes_size), *works[b]);
      for (std::size_t i = 0; i < kBlock; ++i) fake[b * kBlock + i] = std::tanh(pixels[i]);
    });
  };

  const Clock clock(plan);
  double fraction = 0;
  for (int iteration = 0; fraction < 1; ++iteration) {
    RandomSequence random(plan.seed, Stream::batch, static_cast<std::uint32_t>(iteration));
    const float rate = falling(kRate, fraction);
    decoder.set_parameters(generator);
    CriticLoss loss;
    for (int step = 0; step < kCriticSteps; ++step) {
      draw_batch(images, random, 2, -1, real);
      generate(random);
      wgan.set_critic(critic);
      loss = wgan.critic_gradient(real, fake, plan.seed,
                                  static_cast<std::uint32_t>(iteration * kCriticSteps + step),
                                  d_critic);
      critic_adam.step(critic, d_critic, rate);
    }
    wgan.set_critic(critic);
    wgan.generator_signal(fake, d_fake);  // of the last pictures, whose codes are still at hand
    parts.clear();
    pool.run(blocks, [&](int b) {
      const auto d = std::span(d_fake).subspan(b * kBlock, kBlock);
      for (std::size_t i = 0; i < kBlock; ++i)
        d[i] *= 1 - fake[b * kBlock + i] * fake[b * kBlock + i];
      decoder.backward(*works[b], d, parts.parts[b]);
    });
    parts.sum(d_generator, pool);
    generator_adam.step(generator, d_generator, rate);
    // Early on a shorter memory, lest the average be of the beginning.
    update_average(
        average, generator,
        std::min(kKeep, static_cast<float>(iteration) / static_cast<float>(iteration + 10)));
    fraction = clock.fraction(iteration + 1);
    if (news && !news({iteration + 1, fraction, loss.wasserstein})) break;
  }
  return {kWganShape, average, ReferenceGenerator::Range::tanh};
}

ReferenceGenerator train_vae(const ImageSet& images, const ReferencePlan& plan, ThreadPool& pool,
                             const ReferenceNews& news) {
  constexpr float kRate = 1e-3f;
  assert(plan.batch % kLanes == 0);
  const int blocks = plan.batch / kLanes;
  Vae<float> vae(kVaeShape);
  std::vector<float> parameters(vae.parameter_count()), gradient(parameters.size());
  vae.initialise(parameters, plan.seed);
  std::vector<float> average = parameters;
  Adam adam(parameters.size(), 0.9f, 0.999f);
  std::vector<std::unique_ptr<Vae<float>::Workspace>> works;
  for (int b = 0; b < blocks; ++b) works.push_back(std::make_unique<Vae<float>::Workspace>(vae));
  GradientParts parts(blocks, parameters.size());
  const std::size_t codes_size = std::size_t(vae.decoder().code()) * kLanes;
  std::vector<float> real(blocks * kBlock), noise(blocks * codes_size);
  std::vector<double> losses(blocks);

  const Clock clock(plan);
  double fraction = 0;
  for (int iteration = 0; fraction < 1; ++iteration) {
    RandomSequence random(plan.seed, Stream::batch, static_cast<std::uint32_t>(iteration));
    draw_batch(images, random, 1, 0, real);
    draw_normal(random, noise);
    vae.set_parameters(parameters);
    parts.clear();
    pool.run(blocks, [&](int b) {
      losses[b] = vae.loss_gradient(std::span(real).subspan(b * kBlock, kBlock),
                                    std::span(noise).subspan(b * codes_size, codes_size),
                                    1 / static_cast<float>(plan.batch), *works[b], parts.parts[b]);
    });
    parts.sum(gradient, pool);
    adam.step(parameters, gradient, falling(kRate, fraction));
    update_average(
        average, parameters,
        std::min(kKeep, static_cast<float>(iteration) / static_cast<float>(iteration + 10)));
    double loss = 0;
    for (double l : losses) loss += l / plan.batch;
    fraction = clock.fraction(iteration + 1);
    if (news && !news({iteration + 1, fraction, loss})) break;
  }
  average.erase(average.begin(),
                average.begin() + static_cast<std::ptrdiff_t>(vae.decoder_offset()));
  return {kVaeShape, average, ReferenceGenerator::Range::sigmoid};
}

}  // namespace phaseloom
