// SPDX-License-Identifier: MIT
#include "app/run/ideal_twin.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace phaseloom {

IdealTwin::IdealTwin(const Program& program, const RunSettings& settings, int lanes,
                     ThreadPool& pool, std::size_t history_bytes)
    : simulator_(program, {}, settings, lanes, pool), history_(history_bytes) {
  start();
}

void IdealTwin::start() {
  simulator_.restart();
  apply_touches(*touches_, simulator_);
  auto state = std::make_shared<std::vector<float>>(
      std::size_t(simulator_.ideal().topology->units()) * std::size_t(simulator_.lanes()));
  simulator_.read_state(*state);
  history_.clear();
  history_.push(0, std::move(state));
  step_ = 0;
  pixels_ = previous_pixels_ = rates_ = nullptr;
}

void IdealTwin::begin(const RunSettings& settings) {
  if (settings == simulator_.settings() && !branched_) return;
  branched_ = false;
  simulator_.set_settings(settings);
  start();
}

void IdealTwin::change(const RunSettings& settings, int step) {
  if (settings == simulator_.settings()) return;
  branched_ = true;
  forget_after(step);
  go(history_.last());
  simulator_.set_settings(settings);
  rates_ = nullptr;
}

void IdealTwin::touch(std::shared_ptr<const Touches> touches, int step) {
  touches_ = std::move(touches);
  forget_after(step - 1);
  go(history_.last());
}

void IdealTwin::forget_after(int step) {
  history_.truncate_after(step);
  if (history_.empty()) start();  // it was far ahead; it goes the whole way as it is now
  if (step_ <= history_.last()) return;
  step_ = history_.last();
  pixels_ = previous_pixels_ = rates_ = nullptr;
}

void IdealTwin::go(int step) {
  if (simulator_.step() == step) return;
  simulator_.restore(*history_.at(step), step);
  hold_again(*touches_, simulator_);
}

void IdealTwin::approach(int step) {
  if (step == step_) return;
  auto before = std::exchange(pixels_, nullptr);
  const int from = step_;
  rates_ = nullptr;
  if (step < history_.first()) {
    start();
  } else if (history_.has(step)) {
    step_ = step;
  } else {
    go(history_.last());
    simulator_.advance(1);
    apply_touches(*touches_, simulator_);
    auto state = std::make_shared<std::vector<float>>(history_.at(history_.last())->size());
    simulator_.read_state(*state);
    step_ = simulator_.step();
    history_.push(step_, std::move(state));
  }
  previous_pixels_ = step_ == from + 1 ? std::move(before) : nullptr;
}

Snapshot::Values IdealTwin::pixels_of(int step) {
  go(step);
  auto pixels = std::make_shared<std::vector<float>>(
      std::size_t(simulator_.lanes()) * std::size_t(simulator_.ideal().topology->visible()));
  simulator_.read_pixels(*pixels);
  return pixels;
}

Snapshot::Ideal IdealTwin::look(bool with_rates, bool fading) {
  Snapshot::Ideal look;
  look.state = history_.at(step_);
  if (fading && history_.has(step_ - 1)) {
    look.previous_state = history_.at(step_ - 1);
    if (!previous_pixels_) previous_pixels_ = pixels_of(step_ - 1);
    look.previous_pixels = previous_pixels_;
  }
  if (!pixels_) pixels_ = pixels_of(step_);
  look.pixels = pixels_;
  if (with_rates && !rates_) {
    go(step_);
    auto rates = std::make_shared<std::vector<float>>(look.state->size());
    simulator_.read_rate(*rates);
    rates_ = std::move(rates);
  }
  if (with_rates) look.rates = rates_;
  return look;
}

double rms_difference(const std::vector<float>& a, const std::vector<float>& b) {
  assert(a.size() == b.size());
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double d = double(a[i]) - b[i];
    sum += d * d;
  }
  return std::sqrt(sum / double(std::max<std::size_t>(1, a.size())));
}

}  // namespace phaseloom
