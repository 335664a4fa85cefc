// SPDX-License-Identifier: MIT
#include "measure/train_scene.hpp"

#include "engine/dynamics/noise.hpp"
#include "measure/critic_scene.hpp"
#include "measure/scenes.hpp"
#include "measure/stopwatch.hpp"

namespace phaseloom {
namespace {

ImageSet noise_pictures(int count) {
  ImageSet set;
  set.name = "noise";
  set.width = set.height = 28;
  RandomSequence random(1, Stream::batch);
  set.pixels.resize(std::size_t(count) * 28 * 28);
  for (auto& p : set.pixels) p = static_cast<std::uint8_t>(random.below(256));
  set.labels.resize(count);
  return set;
}

TrainSettings train_settings(int batch) {
  TrainSettings settings;
  settings.batch = batch;
  settings.phases = {{0.0, {kTrainSteps}}};
  return settings;
}

}  // namespace

GeneratorScene::GeneratorScene()
    : program_(image_network()),
      packed_(program_, make_training_tilings(*program_.topology)),
      trajectory_(packed_),
      legs_(even_legs(program_, kTrainSteps)),
      initial_(std::size_t(program_.topology->units()) * kLanes),
      adjoint_(initial_.size()),
      gradient_(program_.values.size()) {
  packed_.assign(program_.values);
  fill_initial(program_, 1, 1, 0, kAllLabels, initial_.data());
}

double GeneratorScene::forward() {
  return seconds_of([&] { trajectory_.forward(initial_.data(), legs_, Integrator::midpoint); });
}

double GeneratorScene::adjoint() {
  std::ranges::fill(adjoint_, 1e-3f);
  return seconds_of([&] { trajectory_.backward(adjoint_.data(), gradient_, 5); });
}

double GeneratorScene::forward_flops() const {
  return coupling_flops(program_, kLanes) * tableau(Integrator::midpoint).stages * kTrainSteps *
         program_.chunks();
}

TrainScene::TrainScene(int threads, int batch, TrainingRanks ranks)
    : pool_(threads),
      settings_(train_settings(batch)),
      images_(noise_pictures(256)),
      trainer_(image_network(), images_, settings_, nullptr, pool_, ranks) {}

double TrainScene::iteration() {
  return seconds_of([&] { trainer_.iterate(0); });
}

double TrainScene::flops() const {
  const GeneratorScene generator;
  const CriticScene critic(settings_.batch, 1);
  return blocks_for(settings_.batch) * (generator.forward_flops() + generator.adjoint_flops()) +
         settings_.critic_steps * critic.step_flops() + critic.signal_flops();
}

}  // namespace phaseloom
