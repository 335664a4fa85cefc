// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>

#include "engine/dynamics/trajectory.hpp"
#include "engine/transport/trained_field.hpp"

namespace phaseloom {
namespace {

/// All of time, in the equations' unit: the chunks share it, so that more of them add parameters
/// and not time (*).
double duration_of(const TransportSetup& setup) {
  return info(substrate_named(setup.model)).transport_duration;
}
/// Initial couplings ~ N(0, kWeightWidth^2) (*).
constexpr double kWeightWidth = 0.3;
/// State of a visible voltage at x = 1, so that [-1/2, 1/2] is where tanh and x^3 are at work (*).
constexpr double kVoltageScale = 2;

TransportProgram fresh_program(const TransportSetup& setup) {
  const Substrate substrate = substrate_named(setup.model);
  return {make_program(substrate, Topology::all_to_all({2 + setup.hidden, 1, 1}, 2), setup.chunks,
                       duration_of(setup) / setup.chunks, kWeightWidth, setup.seed),
          info(substrate).is_phase ? std::numbers::pi : kVoltageScale};
}

class TrainedProgram final : public TrainedField {
 public:
  explicit TrainedProgram(const TransportSetup& setup)
      : model_(fresh_program(setup)),
        scale_(static_cast<float>(model_.scale)),
        units_(model_.program.topology->units()),
        tilings_(make_tilings(*model_.program.topology, true)),
        packed_(model_.program, tilings_),
        state_(static_cast<std::size_t>(units_) * kLanes),
        signal_(state_.size()) {
    Program one = model_.program;
    one.durations.resize(1);
    for (int c = 0; c < model_.program.chunks(); ++c) {
      chunk_packed_.emplace_back(one, tilings_);
      chunk_.emplace_back(chunk_packed_.back());
    }
    RandomSequence random(setup.seed, Stream::transport_setup);
    for (int k = 0; k < 2 * setup.hidden; ++k)
      projection_.push_back(static_cast<float>(random.normal()));
  }

  std::span<float> values() override { return model_.program.values; }
  TransportModel model() const override { return model_; }

  void carry(std::span<const Point> from, int steps, std::span<Point> ends) override {
    packed_.assign(values());
    const int chunks = model_.program.chunks();
    const auto legs = even_legs(model_.program, (steps + chunks - 1) / chunks);
    const int blocks = blocks_for(static_cast<int>(from.size()));
    while (static_cast<int>(blocks_.size()) < blocks) blocks_.emplace_back(packed_);
    for (int b = 0; b < blocks; ++b) {
      std::ranges::fill(state_, 0.0f);
      write_visible(from.subspan(static_cast<std::size_t>(b) * kLanes, kLanes), scale_, state_);
      blocks_[b].forward(state_.data(), legs, Integrator::midpoint);
      const float* end = blocks_[b].end();
      for (int l = 0; l < kLanes; ++l)
        ends[b * kLanes + l] = {end[l] / scale_, end[kLanes + l] / scale_};
    }
  }

  void pull(std::span<const Point> d_ends, std::span<float> gradient) override {
    std::ranges::fill(gradient, 0.0f);
    part_.resize(gradient.size());
    for (int b = 0; b < blocks_for(static_cast<int>(d_ends.size())); ++b) {
      std::ranges::fill(signal_, 0.0f);
      write_visible(d_ends.subspan(static_cast<std::size_t>(b) * kLanes, kLanes), 1 / scale_,
                    signal_);
      blocks_[b].backward(signal_.data(), part_);
      add_part(gradient);
    }
  }

  double match(const CoupledPoints& pairs, RandomSequence& random,
               std::span<float> gradient) override {
    std::ranges::fill(gradient, 0.0f);
    const int chunks = model_.program.chunks();
    const std::size_t chunk_size = model_.program.chunk_size();
    const int parts = std::max(1, kMatchTimes / chunks);
    const int blocks = blocks_for(static_cast<int>(pairs.from.size()));
    const float weight = 0.5f / static_cast<float>(chunks * parts * blocks * kLanes);
    part_.resize(chunk_size);
    double loss = 0;
    for (int c = 0; c < chunks; ++c) {
      chunk_packed_[c].assign(values().subspan(c * chunk_size, chunk_size));
      for (int part = 0; part < parts; ++part)
        for (int b = 0; b < blocks; ++b) {
          place_on_lines(pairs, b, c * parts + part, chunks * parts, random);
          loss += pull_field_error(c, weight);
          add_part(gradient.subspan(c * chunk_size, chunk_size));
        }
    }
    return loss * weight;
  }

 private:
  static void write_visible(std::span<const Point> points, float factor,
                            AlignedVector<float>& state) {
    for (int l = 0; l < kLanes; ++l) {
      state[l] = factor * points[l].x;
      state[kLanes + l] = factor * points[l].y;
    }
  }
  void add_part(std::span<float> gradient) const {
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += part_[i];
  }

  /// Puts block b of the pairs on their lines, at times within part `part` of `parts`: the state,
  /// and in signal_ the rate that it should have. A hidden unit's line runs from 0 to the point's
  /// target times a fixed random row of P (*).
  void place_on_lines(const CoupledPoints& pairs, int b, int part, int parts,
                      RandomSequence& random) {
    const auto speed = static_cast<float>(1 / model_.program.duration());
    for (int l = 0; l < kLanes; ++l) {
      const Point from = pairs.from[b * kLanes + l], to = pairs.to[b * kLanes + l];
      const float t = (static_cast<float>(part) + static_cast<float>(random.uniform())) /
                      static_cast<float>(parts);
      const auto put = [&](int unit, float start, float end) {
        state_[unit * kLanes + l] = scale_ * (start + t * (end - start));
        signal_[unit * kLanes + l] = scale_ * speed * (end - start);
      };
      put(0, from.x, to.x);
      put(1, from.y, to.y);
      for (int h = 0; h < units_ - 2; ++h)
        put(2 + h, 0, projection_[2 * h] * to.x + projection_[2 * h + 1] * to.y);
    }
  }

  /// One Euler step of length 1 is the rate. Returns the summed squared error of the visible
  /// velocity, in coordinates and all of time being 1; the gradient of `weight` times the squared
  /// error of all units is left in part_.
  double pull_field_error(int c, float weight) {
    constexpr Leg unit_step{1, 1.0};
    chunk_[c].forward(state_.data(), {&unit_step, 1}, Integrator::euler);
    const float* end = chunk_[c].end();
    const float to_velocity = static_cast<float>(model_.program.duration()) / scale_;
    double sum = 0;
    for (std::size_t i = 0; i < state_.size(); ++i) {
      const float error = to_velocity * (end[i] - state_[i] - signal_[i]);
      if (i < 2 * kLanes) sum += double{error} * error;
      signal_[i] = 2 * weight * to_velocity * error;
    }
    chunk_[c].backward(signal_.data(), part_);
    return sum;
  }

  TransportProgram model_;
  float scale_;
  int units_;
  std::shared_ptr<const Tilings> tilings_;
  PackedProgram<float> packed_;
  std::deque<PackedProgram<float>> chunk_packed_;  // each chunk alone, for its field
  std::deque<Trajectory<float>> chunk_;
  std::deque<Trajectory<float>> blocks_;  // hold what pull() needs; deques: they refer to programs
  std::vector<float> projection_;         // P, two numbers per hidden unit
  AlignedVector<float> state_, signal_;   // [unit][lane]
  std::vector<float> part_;
};

}  // namespace

std::unique_ptr<TrainedField> make_trained_program(const TransportSetup& setup) {
  return std::make_unique<TrainedProgram>(setup);
}

}  // namespace phaseloom
