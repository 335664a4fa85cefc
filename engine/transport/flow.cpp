// SPDX-License-Identifier: MIT
#include "engine/transport/flow.hpp"

#include <algorithm>
#include <cmath>

#include "engine/dynamics/simulator.hpp"
#include "engine/transport/mlp.hpp"

namespace phaseloom {
namespace {

/// What steps points and reads them, for the engine's programs.
class ProgramRun {
 public:
  ProgramRun(const TransportProgram& model, int steps_per_chunk, int points)
      : scale_(static_cast<float>(model.scale)),
        units_(model.program.topology->units()),
        points_(points),
        pool_(1),
        simulator_(model.program, Hardware{}, settings(steps_per_chunk), points, pool_),
        state_(static_cast<std::size_t>(units_) * points) {}

  /// Places the points, with the hidden units at `hidden` (0 if empty), at step `step`.
  void place(std::span<const Point> at, std::span<const float> hidden, int step) {
    for (int i = 0; i < points_; ++i) {
      state_[i] = scale_ * at[i].x;
      state_[points_ + i] = scale_ * at[i].y;
    }
    for (int h = 2; h < units_; ++h)
      std::fill_n(state_.begin() + std::ptrdiff_t{h} * points_, points_,
                  hidden.empty() ? 0.0f : hidden[h - 2]);
    simulator_.restore(state_, step);
  }
  void advance(int steps) { simulator_.advance(steps); }
  int total_steps() const { return simulator_.total_steps(); }

  void read_points(std::span<Point> out) {
    simulator_.read_state(state_);
    to_points(1 / scale_, out);
  }
  /// Per unit of `duration`.
  void read_velocity(double duration, std::span<Point> out) {
    simulator_.read_rate(state_);
    to_points(static_cast<float>(duration) / scale_, out);
  }
  std::vector<float> mean_hidden() {
    simulator_.read_state(state_);
    std::vector<float> mean;
    for (int h = 2; h < units_; ++h) {
      double sum = 0;
      for (int i = 0; i < points_; ++i) sum += state_[std::size_t(h) * points_ + i];
      mean.push_back(static_cast<float>(sum / points_));
    }
    return mean;
  }

 private:
  static RunSettings settings(int steps_per_chunk) {
    RunSettings settings;
    settings.integrator = Integrator::rk4;
    settings.steps_per_chunk = steps_per_chunk;
    return settings;
  }
  void to_points(float factor, std::span<Point> out) const {
    for (int i = 0; i < points_; ++i) out[i] = {factor * state_[i], factor * state_[points_ + i]};
  }

  float scale_;
  int units_, points_;
  ThreadPool pool_;
  Simulator simulator_;
  std::vector<float> state_;
};

/// The field of the mlp at many points and one time.
class MlpField {
 public:
  MlpField(const TransportMlp& model, int points)
      : model_(model),
        points_(points),
        lanes_(blocks_for(points) * kLanes),
        x_(2 * std::size_t(lanes_)),
        t_(lanes_),
        rate_(x_.size()),
        trace_(mlp_trace_size(lanes_)) {}

  void evaluate(std::span<const Point> at, double t, std::span<Point> out) {
    for (int i = 0; i < points_; ++i) {
      x_[i] = at[i].x;
      x_[lanes_ + i] = at[i].y;
    }
    std::ranges::fill(t_, static_cast<float>(t));
    mlp_forward<float>({model_.parameters.data(), lanes_, x_.data(), t_.data(), rate_.data(),
                        trace_.data(), nullptr, nullptr, nullptr});
    for (int i = 0; i < points_; ++i) out[i] = {rate_[i], rate_[lanes_ + i]};
  }

  /// One step of RK4 from time t.
  void step(std::span<Point> x, double t, double dt) {
    const Points start(x.begin(), x.end());
    Points at = start, rate(x.size());
    for_each_stage(tableau(Integrator::rk4), dt, [&](const StepStage<double>& stage) {
      evaluate(at, t + stage.at, rate);
      const auto a = static_cast<float>(stage.a), b = static_cast<float>(stage.b);
      for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = {x[i].x + b * rate[i].x, x[i].y + b * rate[i].y};
        at[i] = {start[i].x + a * rate[i].x, start[i].y + a * rate[i].y};
      }
    });
  }

 private:
  const TransportMlp& model_;
  int points_, lanes_;
  AlignedVector<float> x_, t_, rate_, trace_;
};

/// Start of each chunk in units of all of time, and 1.
std::vector<double> chunk_borders(const TransportModel& model) {
  std::vector<double> borders{0};
  if (const auto* physics = std::get_if<TransportProgram>(&model)) {
    double sum = 0;
    for (const double duration : physics->program.durations)
      borders.push_back((sum += duration) / physics->program.duration());
  }
  if (borders.size() == 1) borders.push_back(1);
  borders.back() = 1;
  return borders;
}

/// Calls `visit(step, points)` before the first step and after every one.
template <class Visit>
void walk(const TransportModel& model, std::span<const Point> source, int steps_per_chunk,
          const Visit& visit) {
  Points points(source.begin(), source.end());
  visit(0, points);
  if (const auto* physics = std::get_if<TransportProgram>(&model)) {
    ProgramRun run(*physics, steps_per_chunk, static_cast<int>(source.size()));
    run.place(source, {}, 0);
    for (int step = 1; step <= run.total_steps(); ++step) {
      run.advance(1);
      run.read_points(points);
      visit(step, points);
    }
  } else {
    MlpField field(std::get<TransportMlp>(model), static_cast<int>(source.size()));
    for (int step = 0; step < steps_per_chunk; ++step) {
      field.step(points, double(step) / steps_per_chunk, 1.0 / steps_per_chunk);
      visit(step + 1, points);
    }
  }
}

}  // namespace

int truth_steps_per_chunk(const TransportModel& model) {
  const int chunks = chunks_of(model);
  return (kTruthSteps + chunks - 1) / chunks;
}

FlowPaths flow(const TransportModel& model, std::span<const Point> source, int steps_per_chunk) {
  FlowPaths paths;
  paths.points = static_cast<int>(source.size());
  const auto borders = chunk_borders(model);
  for (std::size_t c = 0; c + 1 < borders.size(); ++c)
    for (int s = 0; s < steps_per_chunk; ++s) {
      if (s == 0) paths.borders.push_back(static_cast<int>(paths.times.size()));
      paths.times.push_back(borders[c] + (borders[c + 1] - borders[c]) * s / steps_per_chunk);
    }
  paths.borders.push_back(static_cast<int>(paths.times.size()));
  paths.times.push_back(1);
  if (source.empty()) return paths;
  paths.positions.reserve(paths.times.size() * source.size());
  walk(model, source, steps_per_chunk, [&](int, const Points& points) {
    paths.positions.insert(paths.positions.end(), points.begin(), points.end());
  });
  return paths;
}

Points transported(const TransportModel& model, std::span<const Point> source,
                   int steps_per_chunk) {
  Points end;
  if (source.empty()) return end;
  if (steps_per_chunk == 0) steps_per_chunk = truth_steps_per_chunk(model);
  walk(model, source, steps_per_chunk, [&](int, const Points& points) { end = points; });
  for (Point& p : end) p = wrapped(model, p);
  return end;
}

std::vector<float> hidden_state(const TransportModel& model, std::span<const Point> source,
                                double t) {
  if (hidden_of(model) == 0) return {};
  const auto& physics = std::get<TransportProgram>(model);
  // To the nearest step of the truth: far finer than the hidden state is drawn.
  ProgramRun run(physics, truth_steps_per_chunk(model), static_cast<int>(source.size()));
  run.place(source, {}, 0);
  run.advance(static_cast<int>(std::lround(std::clamp(t, 0.0, 1.0) * run.total_steps())));
  return run.mean_hidden();
}

std::vector<Point> velocity(const TransportModel& model, double t, std::span<const Point> at,
                            std::span<const float> hidden) {
  Points out(at.size());
  if (at.empty()) return out;
  if (const auto* physics = std::get_if<TransportProgram>(&model)) {
    const auto borders = chunk_borders(model);
    const int last = physics->program.chunks() - 1;
    int chunk = 0;
    while (chunk < last && t >= borders[chunk + 1]) ++chunk;
    ProgramRun run(*physics, 1, static_cast<int>(at.size()));
    run.place(at, hidden, chunk);
    run.read_velocity(physics->program.duration(), out);
  } else {
    MlpField(std::get<TransportMlp>(model), static_cast<int>(at.size())).evaluate(at, t, out);
  }
  return out;
}

}  // namespace phaseloom
