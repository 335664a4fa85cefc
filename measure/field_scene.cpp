// SPDX-License-Identifier: MIT
#include "measure/field_scene.hpp"

#include <cmath>

#include "measure/stopwatch.hpp"

namespace phaseloom {
namespace {

constexpr int kSteps = 4;        // timed together, as a single one of a small field is too short
constexpr int kDirectSide = 64;  // the plain loop's cost is the same for each place

std::vector<int> around(int side, int radius) {
  std::vector<int> places;
  for (int i = -radius; i < side + radius; ++i) places.push_back((i + side) % side);
  return places;
}

}  // namespace

FieldSettings measured_field(int side) {
  FieldSettings s;
  s.width = s.height = side;
  s.kernel = {.shape = KernelShape::gaussian, .radius = 6, .sigma = 2};
  s.injection = 0.1;
  s.spread = 0.2;
  s.noise = 0.2;
  s.integrator = Integrator::midpoint;
  return s;
}

FieldScene::FieldScene(int side, int threads)
    : pool_(threads), field_(measured_field(side), pool_) {}

double FieldScene::step() {
  return seconds_of([&] { field_.step(kSteps); }) / kSteps;
}

DirectField::DirectField(const Field& field)
    : settings_(field.settings()),
      frequencies_(field.frequencies()),
      phases_(field.phases()),
      middle_(phases_.size()),
      rates_(phases_.size()) {
  const CouplingKernel kernel(settings_.kernel);
  radius_ = kernel.radius();
  for (int dy = -radius_; dy <= radius_; ++dy)
    for (int dx = -radius_; dx <= radius_; ++dx)
      weights_.push_back(static_cast<float>(settings_.coupling * kernel.weight(dx, dy)));
  columns_ = around(settings_.width, radius_);
  rows_ = around(settings_.height, radius_);
}

void DirectField::find_rates(const std::vector<float>& phases) {
  const auto at = [&](int x, int y) { return static_cast<std::size_t>(y) * settings_.width + x; };
  const auto injection = static_cast<float>(settings_.injection);
  for (int y = 0; y < settings_.height; ++y)
    for (int x = 0; x < settings_.width; ++x) {
      const float own = phases[at(x, y)];
      float rate = frequencies_[at(x, y)] - injection * std::sin(2 * own);
      const float* weight = weights_.data();
      for (int dy = 0; dy <= 2 * radius_; ++dy) {
        const float* row = &phases[at(0, rows_[y + dy])];
        for (int dx = 0; dx <= 2 * radius_; ++dx)
          rate += *weight++ * std::sin(row[columns_[x + dx]] - own);
      }
      rates_[at(x, y)] = rate;
    }
}

void DirectField::step() {
  const auto dt = static_cast<float>(settings_.dt);
  find_rates(phases_);
  for (std::size_t i = 0; i < phases_.size(); ++i) middle_[i] = phases_[i] + dt / 2 * rates_[i];
  find_rates(middle_);
  for (std::size_t i = 0; i < phases_.size(); ++i) phases_[i] += dt * rates_[i];
}

double direct_step(int side) {
  ThreadPool pool(1);
  DirectField direct(Field(measured_field(kDirectSide), pool));
  const double seconds = fastest(0.5, [&] { return seconds_of([&] { direct.step(); }); });
  return seconds * side * side / (kDirectSide * kDirectSide);
}

}  // namespace phaseloom
