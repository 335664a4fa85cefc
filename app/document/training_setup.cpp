// SPDX-License-Identifier: MIT
#include "app/document/training_setup.hpp"

#include <algorithm>

#include "engine/data/image_set.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

Hardware TrainingSetup::hardware() const {
  Hardware hardware;
  hardware.bits = bits;
  hardware.grid = grid;
  hardware.weight_noise = weight_noise;
  hardware.mismatch = mismatch;
  hardware.density = density;
  return hardware;
}

std::string_view TrainingSetup::no_classes_because() const {
  if (!info(loss).has_critic) return "needs the critic";
  return "";
}

void follow_substrate(TrainingSetup& setup, Substrate before) {
  if (setup.duration == info(before).chunk_duration)
    setup.duration = info(setup.substrate).chunk_duration;
}

std::shared_ptr<const Topology> local_couplings(PictureShape picture, int hidden, int radius,
                                                int labels, int chunks) {
  const Grid grid{picture.width, picture.height, picture.channels + hidden};
  constexpr std::int64_t kMaxWeights = 40'000'000;  // a gigabyte with gradients and optimiser
  const auto side = std::int64_t{2} * radius + 1;
  const auto weights = grid.units() * side * side * grid.layers * chunks;
  if (weights > kMaxWeights)
    fail(
        "training: about {} weights; take fewer hidden layers or chunks, or a smaller radius (at "
        "most {})",
        weights, kMaxWeights);
  auto topology = Topology::local(grid, radius, picture.channels);
  return labels > 0 ? Topology::with_labels(*topology, labels) : topology;
}

Program initial_program(const TrainingSetup& setup, const ImageSet& images) {
  constexpr double kWeightWidth = 0.1;  // the recipe's
  const int labels = setup.asks_for_classes() ? 1 + std::ranges::max(images.labels) : 0;
  return make_program(
      setup.substrate,
      local_couplings(images.shape(), setup.hidden, setup.radius, labels, setup.chunks),
      setup.chunks, setup.duration, kWeightWidth, setup.seed);
}

TrainingPlan plan_of(const TrainingSetup& setup) {
  TrainingPlan plan;
  plan.settings.seed = setup.seed;
  plan.settings.loss = setup.loss;
  plan.settings.hardware = setup.hardware();
  plan.iterations = setup.iterations;
  if (setup.iterations == 0) plan.minutes = setup.minutes;
  // A look costs some seconds: about eight of them in a short training, one in two minutes of a
  // long one.
  plan.evaluate_every = std::clamp(setup.minutes / 8, 0.2, 2.0);
  plan.evaluate_iterations =
      setup.iterations > 0 ? std::max<std::int64_t>(setup.iterations / 8, 1) : 0;
  plan.evaluate_samples = 2000;
  return plan;
}

std::string suggested_model_name(const TrainingSetup& setup) {
  std::string physics(info(setup.substrate).name);
  if (physics.starts_with("kuramoto_")) physics = physics.substr(9);
  std::ranges::replace(physics, '_', '-');
  const std::string bits = setup.bits > 0 ? fmt::format("-{}bit", setup.bits) : "";
  return setup.dataset_name() + "-" + physics + (setup.asks_for_classes() ? "-labels" : "") + bits;
}

}  // namespace phaseloom
