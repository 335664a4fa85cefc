// SPDX-License-Identifier: MIT
#include "app/document/training_setup.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "engine/data/image_set.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/network/topology.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

Hardware TrainingSetup::hardware() const {
  Hardware hardware;
  hardware.grid = grid;
  hardware.gain = gain;
  if (any) return hardware;
  hardware.bits = bits;
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
  Program program = make_program(
      setup.substrate,
      local_couplings(images.shape(), setup.hidden, setup.radius, labels, setup.chunks),
      setup.chunks, setup.duration, kWeightWidth, setup.seed);
  program.initial.width = setup.start_width;
  program.temperature = setup.temperature;
  program.tied = setup.tied;
  if (program.tied) symmetrise(program, program.values);  // as a checkpoint is read only if it is
  return program;
}

namespace {

/// The farthest that a unit of the grid listens, along an axis.
int reach_of(const Topology& topology) {
  const Grid& grid = topology.grid();
  int reach = 0;
  for (int target = 0; target < topology.first_label(); ++target)
    for (const int source : topology.sources_of(target)) {
      if (source >= topology.first_label()) continue;
      const int a = target % grid.plane(), b = source % grid.plane();
      reach = std::max({reach, std::abs(a % grid.width - b % grid.width),
                        std::abs(a / grid.width - b / grid.width)});
    }
  return reach;
}

/// The mean; of chunks that last alike exactly what each lasts, which a sum would round.
double chunk_duration_of(const Program& program) {
  const auto& all = program.durations;
  if (std::ranges::count(all, all.front()) == std::ssize(all)) return all.front();
  return std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
}

}  // namespace

void take_network(TrainingSetup& setup, const Program& program) {
  const Topology& topology = *program.topology;
  setup.substrate = program.substrate;
  setup.hidden = topology.grid().layers - program.picture().channels;
  setup.radius = reach_of(topology);
  setup.chunks = program.chunks();
  setup.duration = chunk_duration_of(program);
  setup.tied = program.tied;
  setup.start_width = program.initial.width;
  setup.temperature = program.temperature;
  // A wish for classes that the loss cannot grant says nothing false, and stays.
  if (topology.labels() > 0)
    setup.labels = true;
  else if (setup.asks_for_classes())
    setup.labels = false;
}

TrainingPlan plan_of(const TrainingSetup& setup, TrainingPlan rest) {
  // A look costs some seconds: about eight of them in a short training; in a long one, one in two
  // minutes, or in as many iterations as these have on a core or two.
  constexpr double kLooks = 8, kLeastMinutes = 0.2, kMostMinutes = 2;
  constexpr std::int64_t kMostIterations = 2000;
  TrainingPlan plan = std::move(rest);
  plan.settings.seed = setup.seed;
  plan.settings.loss = setup.loss;
  plan.settings.hardware = setup.hardware();
  plan.settings.range = setup.any ? std::optional<HardwareRange>(HardwareRange{}) : std::nullopt;
  plan.settings.integrator = setup.integrator();
  plan.settings.step = setup.step;
  plan.iterations = setup.iterations;
  plan.minutes = setup.iterations == 0 ? setup.minutes : 0;
  plan.evaluate_every = std::clamp(setup.minutes / kLooks, kLeastMinutes, kMostMinutes);
  // Looks by the clock would choose another network every time.
  plan.evaluate_iterations =
      setup.iterations > 0
          ? std::clamp<std::int64_t>(setup.iterations / static_cast<std::int64_t>(kLooks), 1,
                                     kMostIterations)
          : 0;
  return plan;
}

void follow_length(TrainingPlan& plan, const TrainingSetup& before, const TrainingSetup& setup) {
  const TrainingPlan usual = plan_of(before, plan), next = plan_of(setup, plan);
  plan.iterations = next.iterations;
  plan.minutes = next.minutes;
  if (plan.evaluate_every != usual.evaluate_every ||
      plan.evaluate_iterations != usual.evaluate_iterations)
    return;  // somebody chose them
  plan.evaluate_every = next.evaluate_every;
  plan.evaluate_iterations = next.evaluate_iterations;
}

std::string suggested_model_name(const TrainingSetup& setup) {
  std::string physics(info(setup.substrate).name);
  if (physics.starts_with("kuramoto_")) physics = physics.substr(9);
  std::ranges::replace(physics, '_', '-');
  const std::string bits = setup.any        ? "-any"
                           : setup.bits > 0 ? fmt::format("-{}bit", setup.bits)
                                            : "";
  return setup.dataset_name() + "-" + physics + (setup.asks_for_classes() ? "-labels" : "") + bits;
}

}  // namespace phaseloom
