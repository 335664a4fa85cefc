// SPDX-License-Identifier: MIT
#include "engine/learning/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "engine/dynamics/noise.hpp"
#include "engine/learning/picture_readout.hpp"
#include "engine/neural/gradient_relay.hpp"
#include "engine/support/error.hpp"
#include "engine/support/finite.hpp"

namespace phaseloom {
namespace {

/// Sorting the couplings takes as long as an iteration, so the density falls in small stairs.
constexpr std::int64_t kPruneEvery = 50;

/// For the stored stages of all blocks together (*); what does not fit is recomputed.
constexpr std::size_t kMemory = std::size_t{4} << 30;
/// Steps through a chunk: more would be a slip in the unit of time, and take hours (*).
constexpr double kMostSteps = 100'000;

/// Raises parameters that fell below the least that leaves the network finite.
void keep_in_range(Program& program) {
  const auto parameters = info(program.substrate).parameters;
  for (int p = 0; p < program.unit_parameters(); ++p) {
    const float least = parameters[p].least;
    if (std::isinf(least)) continue;
    for (int c = 0; c < program.chunks(); ++c)
      for (float& v : program.unit_values(c, p).first(program.topology->first_label()))
        v = std::max(v, least);
  }
}

}  // namespace

/// One block's own memory, so that blocks can run on any thread.
struct Trainer::Block {
  Block(const PackedProgram<float>& program, std::size_t values, std::size_t memory)
      : trajectory(program, memory),
        initial(static_cast<std::size_t>(program.units()) * kLanes),
        adjoint(initial.size()),
        gradient(values) {}

  /// What shakes the program's units on the way of the samples from `first` on; none if it is cold.
  Forcing<float> heat(const Program& program, std::uint64_t seed, std::uint64_t first) {
    if (program.temperature == 0) return {};
    const Wiener wiener{std::sqrt(2 * program.temperature), seed, first};
    const int units = program.topology->first_label();
    normals.resize(initial.size());
    return [this, wiener, units](int step, double dt, float* rates) {
      fill_wiener_rates(wiener, step, dt, units, normals.data(), rates);
    };
  }
  Trajectory<float> trajectory;
  AlignedVector<float> initial, adjoint;
  std::vector<float> gradient;
  std::vector<std::int8_t> normals;  // scratch of the noise
};

Trainer::Trainer(Program initial, const ImageSet& images, TrainSettings settings,
                 const FeatureNet* features, ThreadPool& pool, TrainingRanks ranks)
    : program_(std::move(initial)),
      settings_(std::move(settings)),
      pool_(pool),
      ranks_(ranks.ranks),
      sum_(ranks),
      packed_(program_, make_training_tilings(*program_.topology)),
      view_(program_, settings_.hardware, settings_.seed, range_of(settings_)),
      optimiser_(program_.values.size()),
      gradient_(program_.values.size()),
      block_count_(settings_.batch / kLanes),
      own_(ranks_.share(block_count_)) {
  validate(settings_);
  const int pixels = program_.topology->visible();
  if (const PictureShape shown = program_.picture(); shown != images.shape())
    fail("training: a network that shows {} cannot learn pictures of {}", words(shown),
         words(images.shape()));
  if (features && features->pixels() != pixels)
    fail("training: features are of pictures of {} values; these have {}", features->pixels(),
         pixels);
  const double longest = std::ranges::max(program_.durations);
  if (settings_.step > 0 && longest / settings_.step > kMostSteps)
    fail("training: steps of {:g} through a chunk of {:g} are too many; take steps of {:g} or more",
         settings_.step, longest, longest / kMostSteps);
  loss_ = make_loss({settings_, images, program_.topology->labels(), features, pool_, ranks});
  if (program_.topology->labels() > 0) classes_.resize(static_cast<std::size_t>(settings_.batch));
  if (program_.tied) symmetrise(program_, program_.values);
  keep_in_range(program_);
  average_ = program_.values;
  if (settings_.core > 0) core_.emplace(program_, settings_.core);
  if (settings_.teaching > 0) teacher_ = std::make_unique<Teacher>(program_, own_.size());
  for (int b = 0; b < own_.size(); ++b)
    blocks_.push_back(std::make_unique<Block>(packed_, program_.values.size(),
                                              kMemory / static_cast<std::size_t>(own_.size())));
  pictures_.resize(static_cast<std::size_t>(settings_.batch) * pixels);
  d_pictures_.resize(pictures_.size());
  if (teacher_)
    shown_.resize(static_cast<std::size_t>(own_.size()) * kLanes *
                  static_cast<std::size_t>(pixels));
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
  const int drawn = phase->steps[random.below(choices)];
  for (double duration : program_.durations) {
    const double stretch = 1 + settings_.jitter * (2 * random.uniform() - 1);
    const int steps = finer_ * steps_through(settings_, duration * stretch, drawn);
    legs_.push_back({steps, duration * stretch / steps});
  }
}

void Trainer::generate() {
  packed_.assign(view_.realise(program_.values, iteration_, pool_), &pool_);
  const std::size_t size = static_cast<std::size_t>(program_.topology->visible()) * kLanes;
  // All classes in turn: any batch has about as many of each.
  for (std::size_t i = 0; i < classes_.size(); ++i)
    classes_[i] = static_cast<std::uint8_t>(
        class_of(*program_.topology, kAllLabels,
                 static_cast<std::uint64_t>(iteration_) * settings_.batch + i));
  pool_.run(own_.size(), [&](int item) {
    const int b = own_.begin + item;
    Block& block = *blocks_[item];
    const auto first = static_cast<std::uint64_t>(iteration_) * settings_.batch + b * kLanes;
    fill_initial(program_, 1, settings_.seed, first, kAllLabels, block.initial.data());
    block.trajectory.forward(block.initial.data(), legs_, settings_.integrator,
                             block.heat(program_, settings_.seed, first));
    read_pictures(program_.readout, {block.trajectory.end(), size},
                  std::span(pictures_).subspan(b * size, size));
    if (teacher_)
      teacher_->show(item, block.initial.data(), legs_, settings_.integrator,
                     block.heat(program_, settings_.seed, first),
                     std::span(shown_).subspan(item * size, size));
  });
  ranks_.gather(std::span(pictures_), block_count_);
  if (!all_finite(pictures_))
    fail("training: the network itself diverged at iteration {}; take shorter chunks or steps",
         iteration_);
}

void Trainer::pull_back(float rate) {
  const std::size_t size = static_cast<std::size_t>(program_.topology->visible()) * kLanes;
  std::vector<const float*> parts;
  for (const auto& block : blocks_) parts.push_back(block->gradient.data());
  std::optional<GradientRelay> relay;
  std::function<void(int)> chunk_done;
  if (ranks_.size() > 1) {
    relay.emplace(sum_, parts, gradient_, program_.chunks());
    chunk_done = [&](int chunk) { relay->block_done(chunk); };
  }
  pool_.run(own_.size(), [&](int item) {
    const int b = own_.begin + item;
    Block& block = *blocks_[item];
    std::fill(block.adjoint.begin() + static_cast<std::ptrdiff_t>(size), block.adjoint.end(), 0.0f);
    pull_pictures(program_.readout, {block.trajectory.end(), size},
                  std::span(d_pictures_).subspan(b * size, size),
                  std::span(block.adjoint).first(size));
    block.trajectory.backward(block.adjoint.data(), block.gradient, settings_.adjoint_clip,
                              chunk_done);
  });
  if (relay)
    relay->finish();
  else
    sum_(parts, gradient_, pool_);
  view_.pull(program_.values, gradient_);
  if (!all_finite(gradient_))
    fail("training diverged at iteration {}: the gradient is not finite; try smaller rates",
         iteration_);
  optimiser_.step(program_.values, gradient_, rate, decays_, &pool_);
  // Projecting the weights is enough: the mean of two steps is a step along the mean.
  if (program_.tied) symmetrise(program_, program_.values);
  keep_in_range(program_);
  if (core_) core_->hold(program_.values);
  view_.mask(program_.values);
}

TrainReport Trainer::iterate(double progress) {
  progress = std::clamp(progress, 0.0, 1.0);
  const float rise =
      progress < settings_.warm_up ? static_cast<float>(progress / settings_.warm_up) : 1;
  const float fall = 1 - (1 - settings_.final_rate) * static_cast<float>(progress);
  TrainReport report;
  const double ramp =
      settings_.prune_to > settings_.prune_from
          ? (progress - settings_.prune_from) / (settings_.prune_to - settings_.prune_from)
          : progress >= settings_.prune_from;
  // Cubic (Zhu and Gupta 2017): fast while there is much to spare, slow towards the end.
  const double missing = std::pow(1 - std::clamp(ramp, 0.0, 1.0), 3);
  if (iteration_ % kPruneEvery == 0) view_.rank(program_.values);
  if (iteration_ % kPruneEvery == 0 || ramp >= 1)
    view_.prune(program_.values,
                settings_.hardware.density + (1 - settings_.hardware.density) * missing);
  draw_schedule(progress);
  generate();
  report.loss = loss_->pull({pictures_, iteration_, slow_, classes_, view_.kind()}, d_pictures_);
  if (teacher_) {
    const std::size_t size = static_cast<std::size_t>(program_.topology->visible()) * kLanes;
    const std::size_t begin = size * static_cast<std::size_t>(own_.begin);
    follow(std::span(pictures_).subspan(begin, shown_.size()), shown_, settings_.teaching,
           settings_.batch, std::span(d_pictures_).subspan(begin, shown_.size()));
  }
  if (!std::isfinite(report.loss.objective))
    fail("training diverged at iteration {}: the loss is not finite; try smaller rates",
         iteration_);
  pull_back(settings_.generator_rate * slow_ * rise * fall);
  std::vector<double> growth(static_cast<std::size_t>(block_count_));
  for (int item = 0; item < own_.size(); ++item)
    growth[own_.begin + item] = blocks_[item]->trajectory.adjoint_growth();
  ranks_.gather(std::span(growth), block_count_);
  report.adjoint_growth = std::ranges::max(growth);
  // The average forgets its beginning faster while it is young.
  const float keep = std::min(
      settings_.average, static_cast<float>(iteration_ + 1) / static_cast<float>(iteration_ + 10));
  update_average(average_, program_.values, keep);
  if (core_) core_->hold(average_);  // an average of equal numbers is rounded
  report.iteration = ++iteration_;
  return report;
}

Program Trainer::average() const {
  Program program = program_;
  program.values = average_;
  view_.mask(program.values);
  program.integrator = settings_.integrator;
  program.steps_per_chunk =
      steps_through(settings_, std::ranges::max(program.durations), program.steps_per_chunk);
  return program;
}

void Trainer::visit_state(StateVisitor& state) {
  state.count("iteration", iteration_);
  state.numbers("values", program_.values);
  state.numbers("average", average_);
  state.numbers("first_moment", optimiser_.first_moment());
  state.numbers("second_moment", optimiser_.second_moment());
  state.count("steps", optimiser_.steps());
  view_.visit_state(state);
  loss_->visit_state(state);
}

}  // namespace phaseloom
