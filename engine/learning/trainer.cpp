#include "engine/learning/trainer.hpp"

#include <algorithm>
#include <cmath>

#include "engine/dynamics/noise.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// Picture value in [-1, 1] of a state, and its derivative: twice the read-out's, minus 1.
float picture_value(Readout readout, float x) {
  return static_cast<float>(2 * read_pixel(readout, x) - 1);
}
float picture_slope(Readout readout, float x) {
  switch (readout) {
    case Readout::sine:
      return std::cos(x);
    case Readout::cosine:
      return -std::sin(x);
    case Readout::tanh:
      break;
  }
  const float t = std::tanh(x);
  return 1 - t * t;
}

}  // namespace

/// One block's own memory, so that blocks can run on any thread.
struct Trainer::Block {
  explicit Block(const PackedProgram<float>& program, std::size_t values)
      : trajectory(program),
        initial(static_cast<std::size_t>(program.units()) * kLanes),
        adjoint(initial.size()),
        gradient(values) {}
  Trajectory<float> trajectory;
  AlignedVector<float> initial, adjoint;
  std::vector<float> gradient;
};

Trainer::Trainer(Program initial, const ImageSet& images, TrainSettings settings, ThreadPool& pool)
    : program_(std::move(initial)),
      images_(images),
      settings_(std::move(settings)),
      pool_(pool),
      packed_(program_, make_tilings(*program_.topology, true)),
      wgan_(critic_shape(), pool),
      generator_optimiser_(program_.values.size()),
      critic_optimiser_(wgan_.net().parameter_count()),
      average_(program_.values),
      gradient_(program_.values.size()),
      critic_(wgan_.net().parameter_count()),
      critic_gradient_(critic_.size()) {
  const int pixels = program_.topology->visible();
  if (images_.width * images_.height != pixels || wgan_.net().image_size() != pixels)
    fail(
        "training: pictures of {} x {} do not fit a network with {} visible units (28 x 28 is "
        "needed)",
        images_.width, images_.height, pixels);
  if (settings_.batch < kLanes || settings_.batch % kLanes)
    fail("training: a batch of {}; a multiple of {} is needed", settings_.batch, kLanes);
  if (program_.tied) symmetrise(program_, program_.values);
  average_ = program_.values;
  wgan_.net().initialise(critic_, settings_.seed);
  wgan_.set_critic(critic_);
  const int blocks = settings_.batch / kLanes;
  for (int b = 0; b < blocks; ++b)
    blocks_.push_back(std::make_unique<Block>(packed_, program_.values.size()));
  for (auto* batch : {&real_, &fake_, &d_fake_})
    batch->resize(static_cast<std::size_t>(settings_.batch) * pixels);
  for (int c = 0; c < program_.chunks(); ++c) {
    const std::size_t begin = c * program_.chunk_size();
    decays_.push_back({begin, begin + static_cast<std::size_t>(program_.topology->couplings()),
                       settings_.weight_decay});
  }
}

Trainer::~Trainer() = default;

void Trainer::draw_schedule(double progress) {
  RandomSequence random(settings_.seed, Stream::schedule, static_cast<std::uint32_t>(iteration_));
  const auto* phase = &settings_.phases.front();
  for (const auto& candidate : settings_.phases)
    if (progress >= candidate.from) phase = &candidate;
  const auto choices = static_cast<std::uint32_t>(phase->steps.size());
  legs_.clear();
  // One draw of the steps for all chunks, one of the duration for each.
  const int steps = phase->steps[random.below(choices)];
  for (double duration : program_.durations) {
    const double stretch = 1 + settings_.jitter * (2 * random.uniform() - 1);
    legs_.push_back({steps, duration * stretch / steps});
  }
}

void Trainer::generate() {
  packed_.assign(program_.values, &pool_);
  const auto pixels = static_cast<std::size_t>(program_.topology->visible());
  pool_.run(static_cast<int>(blocks_.size()), [&](int b) {
    Block& block = *blocks_[b];
    const auto first = static_cast<std::uint64_t>(iteration_) * settings_.batch + b * kLanes;
    fill_initial(program_.initial, 1, settings_.seed, first, packed_.units(), block.initial.data());
    block.trajectory.forward(block.initial.data(), legs_, settings_.integrator);
    float* out = fake_.data() + b * pixels * kLanes;
    for (std::size_t k = 0; k < pixels * kLanes; ++k)
      out[k] = picture_value(program_.readout, block.trajectory.end()[k]);
  });
}

void Trainer::load_real(std::uint32_t draw) {
  const auto pixels = static_cast<std::size_t>(program_.topology->visible());
  pool_.run(static_cast<int>(blocks_.size()), [&](int b) {
    float* out = real_.data() + b * pixels * kLanes;
    for (int l = 0; l < kLanes; ++l) {
      const auto word =
          random_words(settings_.seed, Stream::batch, static_cast<std::uint32_t>(iteration_), draw,
                       static_cast<std::uint32_t>(b * kLanes + l))[0];
      const int index = static_cast<int>((std::uint64_t{word} * images_.count()) >> 32);
      const auto image = images_.image(index);
      for (std::size_t k = 0; k < pixels; ++k)
        out[k * kLanes + l] = static_cast<float>(image[k]) * (2 / 255.0f) - 1;
    }
  });
}

CriticLoss Trainer::critic_step(std::uint32_t step, float rate) {
  load_real(step);
  const AlignedVector<float>* fake = &fake_;
  if (step > 0 && !replay_.empty()) {
    const auto word = random_words(settings_.seed, Stream::batch,
                                   static_cast<std::uint32_t>(iteration_), step, 0xffffffffu)[0];
    fake = &replay_[(std::uint64_t{word} * replay_.size()) >> 32];
  }
  const auto iteration = static_cast<std::uint32_t>(iteration_ * settings_.critic_steps + step);
  const CriticLoss loss =
      wgan_.critic_gradient(real_, *fake, settings_.seed, iteration, critic_gradient_);
  if (!std::isfinite(loss.loss))
    fail("training diverged at iteration {}: the critic's loss is not finite; try smaller rates",
         iteration_);
  critic_optimiser_.step(critic_, critic_gradient_, rate);
  wgan_.set_critic(critic_);
  return loss;
}

void Trainer::pull_back(float rate) {
  const auto pixels = static_cast<std::size_t>(program_.topology->visible());
  pool_.run(static_cast<int>(blocks_.size()), [&](int b) {
    Block& block = *blocks_[b];
    const float* signal = d_fake_.data() + b * pixels * kLanes;
    std::fill(block.adjoint.begin(), block.adjoint.end(), 0.0f);
    for (std::size_t k = 0; k < pixels * kLanes; ++k)
      block.adjoint[k] = signal[k] * picture_slope(program_.readout, block.trajectory.end()[k]);
    block.trajectory.backward(block.adjoint.data(), block.gradient, settings_.adjoint_clip);
  });
  pool_.run(program_.chunks(), [&](int c) {
    const std::size_t begin = c * program_.chunk_size(), end = begin + program_.chunk_size();
    std::copy(blocks_[0]->gradient.begin() + static_cast<std::ptrdiff_t>(begin),
              blocks_[0]->gradient.begin() + static_cast<std::ptrdiff_t>(end),
              gradient_.begin() + static_cast<std::ptrdiff_t>(begin));
    for (std::size_t b = 1; b < blocks_.size(); ++b)
      for (std::size_t k = begin; k < end; ++k) gradient_[k] += blocks_[b]->gradient[k];
  });
  generator_optimiser_.step(program_.values, gradient_, rate, decays_, &pool_);
  // Projecting the weights is enough: the mean of two steps is a step along the mean.
  if (program_.tied) symmetrise(program_, program_.values);
}

TrainReport Trainer::iterate(double progress) {
  const float fall =
      1 - (1 - settings_.final_rate) * static_cast<float>(std::clamp(progress, 0.0, 1.0));
  TrainReport report;
  draw_schedule(progress);
  generate();
  for (int step = 0; step < settings_.critic_steps; ++step) {
    const CriticLoss loss =
        critic_step(static_cast<std::uint32_t>(step), settings_.critic_rate * fall);
    if (step == 0) report.critic = loss;
  }
  report.generator_loss = -wgan_.generator_signal(fake_, d_fake_);
  pull_back(settings_.generator_rate * fall);
  // The average forgets its beginning faster while it is young.
  const float keep = std::min(
      settings_.average, static_cast<float>(iteration_ + 1) / static_cast<float>(iteration_ + 10));
  update_average(average_, program_.values, keep);
  for (const auto& block : blocks_)
    report.adjoint_growth = std::max(report.adjoint_growth, block->trajectory.adjoint_growth());
  replay_.push_back(fake_);
  if (replay_.size() > static_cast<std::size_t>(settings_.replay)) replay_.pop_front();
  report.iteration = ++iteration_;
  return report;
}

Program Trainer::average() const {
  Program program = program_;
  program.values = average_;
  program.integrator = settings_.integrator;
  return program;
}

}  // namespace phaseloom
