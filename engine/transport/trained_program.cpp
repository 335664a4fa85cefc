#include <algorithm>
#include <cstdlib>
#include <deque>
#include <numbers>

#include "engine/dynamics/trajectory.hpp"
#include "engine/support/random.hpp"
#include "engine/transport/trained_field.hpp"

namespace phaseloom {
namespace {

double env(const char* n, double d) {
  const char* s = std::getenv(n);
  return s ? std::atof(s) : d;
}

Program fresh_program(const TransportSetup& setup) {
  const auto topology = Topology::all_to_all({2 + setup.hidden, 1, 1}, 2);
  return make_program(substrate_named(setup.model), topology, setup.chunks,
                      env("TT", 2) / setup.chunks, env("TW", 0.3), setup.seed);
}

class TrainedProgram final : public TrainedField {
 public:
  explicit TrainedProgram(const TransportSetup& setup)
      : model_{fresh_program(setup)},
        tilings_(make_tilings(*model_.program.topology, true)),
        packed_(model_.program, tilings_) {
    Program one = model_.program;
    one.durations.resize(1);
    for (int c = 0; c < model_.program.chunks(); ++c) single_.emplace_back(one, tilings_);
    for (auto& s : single_) chunk_.emplace_back(s);
    // P of the hidden units' lines
    RandomSequence random(setup.seed, Stream::transport_setup);
    for (int h = 0; h < 2 * setup.hidden; ++h)
      projection_.push_back(float(random.normal() * env("TP", 1)));
  }

  std::span<float> values() override { return model_.program.values; }
  TransportModel model() const override { return model_; }

  void carry(std::span<const Point> from, int steps, std::span<Point> ends) override {
    packed_.assign(values());
    const int chunks = model_.program.chunks();
    legs_ = even_legs(model_.program, (steps + chunks - 1) / chunks);
    const int blocks = blocks_for(static_cast<int>(from.size()));
    while (static_cast<int>(blocks_.size()) < blocks) blocks_.emplace_back(packed_);
    state_.resize(size());
    for (int b = 0; b < blocks; ++b) {
      place(from.subspan(std::size_t(b) * kLanes, kLanes));
      blocks_[b].forward(state_.data(), legs_, Integrator::midpoint);
      const float* end = blocks_[b].end();
      const auto factor = static_cast<float>(1 / model_.scale);
      for (int l = 0; l < kLanes; ++l)
        ends[b * kLanes + l] = {factor * end[l], factor * end[kLanes + l]};
    }
  }

  void pull(std::span<const Point> d_ends, std::span<float> gradient) override {
    std::ranges::fill(gradient, 0.0f);
    part_.resize(gradient.size());
    const auto factor = static_cast<float>(1 / model_.scale);
    for (int b = 0; b * kLanes < static_cast<int>(d_ends.size()); ++b) {
      std::ranges::fill(state_, 0.0f);
      for (int l = 0; l < kLanes; ++l) {
        state_[l] = factor * d_ends[b * kLanes + l].x;
        state_[kLanes + l] = factor * d_ends[b * kLanes + l].y;
      }
      blocks_[b].backward(state_.data(), part_, env("TC", 0));
      for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += part_[i];
    }
  }

  double match(const FieldBatch& batch, std::span<float> gradient) override {
    return env("TM", 0) == 0 ? match_projection(batch, gradient) : match_forced(batch, gradient);
  }

 private:
  std::size_t size() const { return std::size_t(model_.program.topology->units()) * kLanes; }
  void place(std::span<const Point> at) {
    const auto scale = static_cast<float>(model_.scale);
    std::ranges::fill(state_, 0.0f);
    for (int l = 0; l < kLanes; ++l) {
      state_[l] = scale * at[l].x;
      state_[kLanes + l] = scale * at[l].y;
    }
  }

  /// Hidden units on a straight line from 0 to P x1.
  double match_projection(const FieldBatch& batch, std::span<float> gradient) {
    const Program& p = model_.program;
    const int chunks = p.chunks(), n = static_cast<int>(batch.from.size());
    const int parts = std::max(1, kMatchTimes / chunks);
    const std::size_t chunk_size = p.chunk_size();
    std::ranges::fill(gradient, 0.0f);
    part_.resize(chunk_size);
    state_.resize(size());
    AlignedVector<float> target(size());
    const auto duration = static_cast<float>(p.duration());
    const auto scale = static_cast<float>(model_.scale);
    const float weight = 1.0f / static_cast<float>(parts * chunks * 2 * n);
    const int hidden = p.topology->hidden();
    double loss = 0;
    const Leg leg{1, 1.0};
    for (int c = 0; c < chunks; ++c) {
      single_[c].assign(values().subspan(c * chunk_size, chunk_size));
      for (int part = 0; part < parts; ++part)
        for (int b = 0; b * kLanes < n; ++b) {
          RandomSequence random(batch.seed + std::uint64_t(c * parts + part), Stream::schedule,
                                batch.iteration * 64 + b);
          for (int l = 0; l < kLanes; ++l) {
            const Point from = batch.from[b * kLanes + l], to = batch.to[b * kLanes + l];
            const float t =
                (float(c * parts + part) + float(random.uniform())) / float(parts * chunks);
            state_[l] = scale * (from.x + t * (to.x - from.x));
            state_[kLanes + l] = scale * (from.y + t * (to.y - from.y));
            target[l] = scale / duration * (to.x - from.x);
            target[kLanes + l] = scale / duration * (to.y - from.y);
            for (int h = 0; h < hidden; ++h) {
              const float end = scale * (projection_[2 * h] * to.x + projection_[2 * h + 1] * to.y);
              state_[(2 + h) * kLanes + l] = t * end;
              target[(2 + h) * kLanes + l] = end / duration;
            }
          }
          chunk_[c].forward(state_.data(), {&leg, 1}, Integrator::euler);
          const float* end = chunk_[c].end();
          const float back = duration / scale;
          for (std::size_t i = 0; i < size(); ++i) {
            const float e = back * (end[i] - state_[i] - target[i]);
            if (i < 2 * kLanes) loss += double{e} * e;
            target[i] = 2 * weight * back * e;
          }
          chunk_[c].backward(target.data(), part_);
          for (std::size_t i = 0; i < chunk_size; ++i) gradient[c * chunk_size + i] += part_[i];
        }
    }
    return loss * weight;
  }

  /// Hidden units as the network itself takes them along the line; short windows.
  double match_forced(const FieldBatch& batch, std::span<float> gradient) {
    const Program& p = model_.program;
    const int chunks = p.chunks(), n = static_cast<int>(batch.from.size());
    const int parts = std::max(1, int(env("TN", 16)) / chunks);
    const std::size_t chunk_size = p.chunk_size();
    std::ranges::fill(gradient, 0.0f);
    part_.resize(chunk_size);
    state_.resize(size());
    AlignedVector<float> d(size());
    const auto scale = static_cast<float>(model_.scale);
    const float weight = 1.0f / static_cast<float>(parts * chunks * 2 * n);
    double loss = 0;
    const int windows = parts * chunks;
    const int sub = int(env("TS", 2));
    const Leg leg{sub, p.duration() / windows / sub};
    for (int c = 0; c < chunks; ++c)
      single_[c].assign(values().subspan(c * chunk_size, chunk_size));
    for (int b = 0; b * kLanes < n; ++b) {
      std::ranges::fill(state_, 0.0f);
      for (int w = 0; w < windows; ++w) {
        const int c = w / parts;
        const float t = float(w) / float(windows);
        for (int l = 0; l < kLanes; ++l) {
          const Point from = batch.from[b * kLanes + l], to = batch.to[b * kLanes + l];
          state_[l] = scale * (from.x + t * (to.x - from.x));
          state_[kLanes + l] = scale * (from.y + t * (to.y - from.y));
        }
        chunk_[c].forward(state_.data(), {&leg, 1}, Integrator::midpoint);
        const float* end = chunk_[c].end();
        std::ranges::fill(d, 0.0f);
        const float back = float(windows) / scale;
        for (int l = 0; l < kLanes; ++l) {
          const Point from = batch.from[b * kLanes + l], to = batch.to[b * kLanes + l];
          const float ex = back * (end[l] - state_[l]) - (to.x - from.x);
          const float ey = back * (end[kLanes + l] - state_[kLanes + l]) - (to.y - from.y);
          loss += double{ex} * ex + double{ey} * ey;
          d[l] = 2 * weight * back * ex;
          d[kLanes + l] = 2 * weight * back * ey;
        }
        std::copy_n(end, size(), state_.data());
        chunk_[c].backward(d.data(), part_);
        for (std::size_t i = 0; i < chunk_size; ++i) gradient[c * chunk_size + i] += part_[i];
      }
    }
    return loss * weight;
  }

  TransportProgram model_;
  std::shared_ptr<const Tilings> tilings_;
  PackedProgram<float> packed_;
  std::deque<PackedProgram<float>> single_;
  std::deque<Trajectory<float>> chunk_;
  std::deque<Trajectory<float>> blocks_;
  std::vector<Leg> legs_;
  std::vector<float> projection_;
  AlignedVector<float> state_;
  std::vector<float> part_;
};

}  // namespace

std::unique_ptr<TrainedField> make_trained_program(const TransportSetup& setup) {
  return std::make_unique<TrainedProgram>(setup);
}

}  // namespace phaseloom
