// SPDX-License-Identifier: MIT
#include "engine/metrics/classifier_training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <numeric>

#include "engine/dynamics/noise.hpp"
#include "engine/neural/adam.hpp"
#include "engine/neural/gradient_sum.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// Beyond the keys that fill_normals takes for the pixels.
constexpr std::uint32_t kWidthKey = 0x7fffffff;

/// One block of a batch with all that a thread needs to work on it.
struct Block {
  explicit Block(const ConvNet<float>& net)
      : work(net),
        images(std::size_t(net.image_size()) * kLanes),
        grain(images.size()),
        d_outputs(std::size_t(net.outputs()) * kLanes),
        gradient(net.parameter_count()) {}
  ConvWorkspace<float> work;
  std::vector<float> images;
  std::vector<std::int8_t> grain;
  std::vector<float> d_outputs;
  AlignedVector<float> gradient;
  std::array<std::uint8_t, kLanes> labels{};
  double loss = 0;
  int right = 0;
};

class Trainer {
 public:
  Trainer(const ImageSet& train, const ClassifierTraining& options, ThreadPool& pool)
      : train_(train), options_(options), pool_(pool), order_(train.count()) {
    net_.initialise(parameters_, options.seed);
    average_ = parameters_;
    std::size_t begin = 0;
    const ConvNetShape& shape = net_.shape();
    int channels = shape.input_channels;
    for (const ConvLayer& layer : shape.layers) {  // biases keep their size
      const std::size_t weights =
          std::size_t(channels) * layer.kernel * layer.kernel * layer.channels;
      decays_.push_back({begin, begin + weights, options.decay});
      begin += weights + layer.channels;
      channels = layer.channels;
    }
    for (int b = 0; b < options.batch / kLanes; ++b)
      blocks_.push_back(std::make_unique<Block>(net_));
  }

  int steps_per_epoch() const { return train_.count() / options_.batch; }

  void shuffle(int epoch) {
    std::iota(order_.begin(), order_.end(), 0);
    RandomSequence random(options_.seed, Stream::batch, static_cast<std::uint32_t>(epoch));
    for (std::size_t i = order_.size(); i > 1; --i)
      std::swap(order_[i - 1], order_[random.below(static_cast<std::uint32_t>(i))]);
  }

  /// One step of Adam on a batch of the shuffled epoch; adds to loss and right answers.
  void step(int epoch, int index, double& loss, int& right) {
    net_.pack(parameters_);
    pool_.run(static_cast<int>(blocks_.size()), [&](int b) {
      fill(*blocks_[b], epoch, index * options_.batch + b * kLanes);
      if (options_.noise > 0) add_noise(*blocks_[b], epoch, index * options_.batch + b * kLanes);
      descend(*blocks_[b]);
    });
    std::vector<const float*> gradients;
    for (const auto& block : blocks_) {
      gradients.push_back(block->gradient.data());
      loss += block->loss;
      right += block->right;
    }
    sum_in_order(gradients, total_, pool_);
    const double done =
        double(epoch * steps_per_epoch() + index) / (double(options_.epochs) * steps_per_epoch());
    const double rate = options_.rate * 0.5 * (1 + std::cos(std::numbers::pi * done));
    adam_.step(parameters_, total_, static_cast<float>(rate), decays_, &pool_);
    // Early on, the average forgets the random start quickly.
    const float seen = static_cast<float>(adam_.steps());
    update_average(average_, parameters_, std::min(options_.average, seen / (seen + 10)));
  }

  const std::vector<float>& average() const { return average_; }

 private:
  /// Copies 32 images, each shifted by its own random amount of this epoch.
  void fill(Block& block, int epoch, int first) {
    const int width = train_.width, height = train_.height;
    const auto choices = static_cast<std::uint64_t>(2 * options_.shift + 1);
    std::ranges::fill(block.images, 0.0f);
    for (int lane = 0; lane < kLanes; ++lane) {
      const int image = order_[first + lane];
      block.labels[lane] = train_.labels[image];
      const auto words =
          random_words(options_.seed, Stream::batch, static_cast<std::uint32_t>(epoch),
                       static_cast<std::uint32_t>(image), 1);
      const int dx = static_cast<int>((words[0] * choices) >> 32) - options_.shift;
      const int dy = static_cast<int>((words[1] * choices) >> 32) - options_.shift;
      const auto pixels = train_.image(image);
      for (int plane = 0; plane < train_.channels * width * height; plane += width * height)
        for (int y = std::max(0, dy); y < std::min(height, height + dy); ++y)
          for (int x = std::max(0, dx); x < std::min(width, width + dx); ++x)
            block.images[(plane + y * width + x) * kLanes + lane] =
                static_cast<float>(pixels[plane + (y - dy) * width + x - dx]) / 255.0f;
    }
  }

  /// Grain of a strength of its own on each of the 32 images.
  void add_noise(Block& block, int epoch, int first) {
    fill_normals(options_.seed, Stream::picture_noise, static_cast<std::uint32_t>(epoch),
                 static_cast<std::uint64_t>(first), net_.image_size(), block.grain.data());
    std::array<float, kLanes> width;
    for (int lane = 0; lane < kLanes; ++lane) {
      const auto words =
          random_words(options_.seed, Stream::picture_noise, static_cast<std::uint32_t>(epoch),
                       static_cast<std::uint32_t>(first + lane), kWidthKey);
      width[lane] = options_.noise * static_cast<float>(uniform(words[0])) * kNormalUnit;
    }
    for (std::size_t i = 0; i < block.images.size(); ++i)
      block.images[i] = std::clamp(
          block.images[i] + width[i % kLanes] * static_cast<float>(block.grain[i]), 0.0f, 1.0f);
  }

  /// Cross-entropy of the block and its gradient.
  void descend(Block& block) {
    const auto scores = net_.forward(block.images, block.work);
    block.loss = 0;
    block.right = 0;
    for (int lane = 0; lane < kLanes; ++lane) {
      const auto score = [&](int c) { return scores[c * kLanes + lane]; };
      const int label = block.labels[lane];
      int best = 0;
      for (int c = 1; c < kClasses; ++c)
        if (score(c) > score(best)) best = c;
      float sum = 0;
      for (int c = 0; c < kClasses; ++c) sum += std::exp(score(c) - score(best));
      for (int c = 0; c < kClasses; ++c) {
        const float p = std::exp(score(c) - score(best)) / sum;
        block.d_outputs[c * kLanes + lane] =
            (p - (c == label ? 1.0f : 0.0f)) / static_cast<float>(options_.batch);
      }
      block.loss += double(score(best) - score(label) + std::log(sum));
      block.right += best == label;
    }
    std::ranges::fill(block.gradient, 0.0f);
    net_.backward(block.work, block.d_outputs, block.gradient);
  }

  const ImageSet& train_;
  const ClassifierTraining& options_;
  ThreadPool& pool_;
  ConvNet<float> net_{classifier_shape(train_.shape())};
  std::vector<float> parameters_ = std::vector<float>(net_.parameter_count());
  std::vector<float> total_ = parameters_, average_;
  Adam adam_{net_.parameter_count(), 0.9f, 0.999f};
  std::vector<WeightDecay> decays_;
  std::vector<int> order_;
  std::vector<std::unique_ptr<Block>> blocks_;
};

}  // namespace

Classifier train_classifier(const ImageSet& train, const ClassifierTraining& options,
                            ThreadPool& pool,
                            const std::function<void(const ClassifierProgress&)>& progress,
                            std::stop_token stop) {
  if (options.batch < kLanes || options.batch % kLanes != 0)
    fail("classifier: batch {} is no positive multiple of {}", options.batch, kLanes);
  if (train.count() < options.batch)
    fail("{}: {} pictures are fewer than one batch of {}", train.name, train.count(),
         options.batch);
  Trainer trainer(train, options, pool);
  int epoch = 0;
  for (; epoch < options.epochs && !stop.stop_requested(); ++epoch) {
    trainer.shuffle(epoch);
    double loss = 0;
    int right = 0, step = 0;
    for (; step < trainer.steps_per_epoch() && !stop.stop_requested(); ++step)
      trainer.step(epoch, step, loss, right);
    const double seen = double(step) * options.batch;
    if (progress && step > 0) progress({epoch + 1, options.epochs, loss / seen, right / seen});
  }
  Classifier classifier(trainer.average(), train.shape());
  classifier.facts = {
      {"dataset", train.name},
      {"epochs", fmt::format("{}", epoch)},
      {"seed", fmt::format("{}", options.seed)},
      {"training",
       fmt::format("cross-entropy, Adam rate {} falling to 0, batch {}, shifts of "
                   "up to {} pixels, weight decay {}, average {}",
                   options.rate, options.batch, options.shift, options.decay, options.average)}};
  return classifier;
}

}  // namespace phaseloom
