// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/transport/mlp.hpp"
#include "engine/transport/trained_field.hpp"

namespace phaseloom {
namespace {

/// The midpoint rule, x' = x + h f(x + h/2 f(x, t), t + h/2), and its adjoint.
class TrainedMlp final : public TrainedField {
 public:
  explicit TrainedMlp(const TransportSetup& setup) : values_(initial_mlp(setup.seed)) {}

  std::span<float> values() override { return values_; }
  TransportModel model() const override { return TransportMlp{values_}; }

  void carry(std::span<const Point> from, int steps, std::span<Point> ends) override {
    resize(static_cast<int>(from.size()), 2 * steps);
    steps_ = steps;
    const float h = 1.0f / static_cast<float>(steps);
    set(from);
    for (int s = 0; s < steps; ++s) {
      const float t = h * static_cast<float>(s);
      evaluate(2 * s, x_, t);
      add(x_, h / 2, rate_, middle_);
      evaluate(2 * s + 1, middle_, t + h / 2);
      add(x_, h, rate_, x_);
    }
    for (int i = 0; i < lanes_; ++i) ends[i] = {x_[i], x_[lanes_ + i]};
  }

  void pull(std::span<const Point> d_ends, std::span<float> gradient) override {
    std::ranges::fill(gradient, 0.0f);
    const float h = 1.0f / static_cast<float>(steps_);
    AlignedVector<float>& upper = x_;  // d loss / d state
    for (int i = 0; i < lanes_; ++i) {
      upper[i] = d_ends[i].x;
      upper[lanes_ + i] = d_ends[i].y;
    }
    for (int s = steps_ - 1; s >= 0; --s) {
      add({}, h, upper, rate_);
      pull_evaluation(2 * s + 1, middle_, gradient);
      add(upper, 1, middle_, upper);
      add({}, h / 2, middle_, rate_);
      pull_evaluation(2 * s, middle_, gradient);
      add(upper, 1, middle_, upper);
    }
  }

  double match(const CoupledPoints& pairs, RandomSequence& random,
               std::span<float> gradient) override {
    std::ranges::fill(gradient, 0.0f);
    resize(static_cast<int>(pairs.from.size()), 1);
    const float weight = 0.5f / static_cast<float>(kMatchTimes * lanes_);
    double loss = 0;
    for (int part = 0; part < kMatchTimes; ++part) {
      for (int i = 0; i < lanes_; ++i) {
        const Point from = pairs.from[i], to = pairs.to[i];
        t_[i] = (static_cast<float>(part) + static_cast<float>(random.uniform())) / kMatchTimes;
        x_[i] = from.x + t_[i] * (to.x - from.x);
        x_[lanes_ + i] = from.y + t_[i] * (to.y - from.y);
      }
      mlp_forward(job(0, x_, {}, {}));
      for (int i = 0; i < lanes_; ++i) {
        const float ex = rate_[i] - (pairs.to[i].x - pairs.from[i].x);
        const float ey = rate_[lanes_ + i] - (pairs.to[i].y - pairs.from[i].y);
        loss += double{ex} * ex + double{ey} * ey;
        rate_[i] = 2 * weight * ex;
        rate_[lanes_ + i] = 2 * weight * ey;
      }
      mlp_backward(job(0, {}, middle_, gradient));
    }
    return loss * weight;
  }

 private:
  void resize(int points, int evaluations) {
    lanes_ = points;
    for (auto* v : {&x_, &middle_, &rate_}) v->resize(2 * static_cast<std::size_t>(lanes_));
    t_.resize(static_cast<std::size_t>(lanes_));
    traces_.resize(static_cast<std::size_t>(evaluations));
    for (auto& trace : traces_) trace.resize(mlp_trace_size(lanes_));
  }
  void set(std::span<const Point> at) {
    for (int i = 0; i < lanes_; ++i) {
      x_[i] = at[i].x;
      x_[lanes_ + i] = at[i].y;
    }
  }
  /// out = a + factor * b; a may be empty.
  static void add(std::span<const float> a, float factor, std::span<const float> b,
                  std::span<float> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = (a.empty() ? 0 : a[i]) + factor * b[i];
  }
  MlpJob<float> job(int evaluation, std::span<const float> x, std::span<float> d_x,
                    std::span<float> gradient) {
    return {values_.data(), lanes_,       x.data(),
            t_.data(),      rate_.data(), traces_[evaluation].data(),
            rate_.data(),   d_x.data(),   gradient.data()};
  }
  void evaluate(int evaluation, std::span<const float> x, float t) {
    std::ranges::fill(t_, t);
    mlp_forward(job(evaluation, x, {}, {}));
  }
  void pull_evaluation(int evaluation, std::span<float> d_x, std::span<float> gradient) {
    mlp_backward(job(evaluation, {}, d_x, gradient));
  }

  std::vector<float> values_;
  int lanes_ = 0, steps_ = 0;
  AlignedVector<float> x_, middle_, rate_, t_;
  std::vector<AlignedVector<float>> traces_;
};

}  // namespace

std::unique_ptr<TrainedField> make_trained_mlp(const TransportSetup& setup) {
  return std::make_unique<TrainedMlp>(setup);
}

}  // namespace phaseloom
