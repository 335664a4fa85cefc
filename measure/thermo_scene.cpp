// SPDX-License-Identifier: MIT
#include "measure/thermo_scene.hpp"

#include "engine/support/random.hpp"
#include "measure/stopwatch.hpp"

namespace phaseloom {
namespace {

constexpr int kPictures = 3;

std::vector<Prototype> noise_pictures(const ThermoSetup& setup) {
  RandomSequence random(1, Stream::batch);
  std::vector<Prototype> pictures(kPictures);
  for (Prototype& p : pictures) {
    p.name = "noise";
    for (int i = 0; i < setup.visible(); ++i)
      p.pixels.push_back(static_cast<float>(random.uniform()));
  }
  return pictures;
}

Program random_program() {
  ThermoSetup setup;
  setup.duration /= ThermoRunScene::kShorter;
  Program program = thermo_program(setup, make_thermo_parameters<float>(setup));
  // As large as trained ones are.
  RandomSequence random(1, Stream::weight_init);
  for (float& w : program.weights(1)) w = static_cast<float>(0.015 * random.normal());
  symmetrise(program, program.values);
  return program;
}

}  // namespace

ThermoTrainScene::ThermoTrainScene(int threads)
    : pool_(threads), trainer_(plan_, noise_pictures(plan_.setup), pool_) {}

double ThermoTrainScene::cycle() {
  return seconds_of([&] { trainer_.cycle(); });
}

double ThermoTrainScene::cycle_flops() const {
  const double v = plan_.setup.visible(), h = plan_.setup.hidden;
  constexpr double kProducts = 2, kMultiplyAdd = 2;
  return kPictures * kProducts * kMultiplyAdd * plan_.setup.steps() * (2 * v * h + h * h);
}

ThermoRunScene::ThermoRunScene(int samples, int threads)
    : pool_(threads), simulator_([&] {
        const Program program = random_program();
        return Simulator(program, {}, settings_of(program), samples, pool_);
      }()) {}

double ThermoRunScene::run() {
  simulator_.restart();
  return seconds_of([&] { simulator_.advance(simulator_.total_steps()); });
}

double ThermoRunScene::flops() const {
  const Program& program = simulator_.ideal();
  return 2.0 * double(program.topology->couplings()) * program.steps_per_chunk * simulator_.lanes();
}

}  // namespace phaseloom
