// SPDX-License-Identifier: MIT
#include "engine/transport/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <variant>

#include "engine/metrics/wasserstein.hpp"
#include "engine/network/substrate.hpp"
#include "engine/neural/adam.hpp"
#include "engine/support/error.hpp"
#include "engine/transport/flow.hpp"
#include "engine/transport/sliced.hpp"
#include "engine/transport/trained_field.hpp"

namespace phaseloom {
namespace {

/// How each kind of training goes; found by trial on D1 and D4 (*).
struct Recipe {
  int batch;          ///< points per iteration, a power of two
  float rate;         ///< of Adam; falls linearly to kFinalRate of it
  int fewest_steps;   ///< midpoint steps over all of time, drawn anew per iteration: fewest_steps,
  int further_steps;  ///< or up to as many more, so that no step size can be exploited
};

constexpr float kFinalRate = 0.02f;
constexpr int kOtCfmBatch = 128;  // the exact coupling takes most of the time already

Recipe recipe_of(const TransportSetup& setup) {
  const bool swd = setup.loss == TransportLoss::swd;
  if (setup.model == kMlp) return {swd ? 256 : kOtCfmBatch, 0.004f, 8, 3};
  // The rate of a unit is a sum over all others: the more there are, the smaller the steps. Under
  // OT-CFM they may be larger: nothing is chaotic there. Voltages have further to go than phases.
  const bool phase = info(substrate_named(setup.model)).is_phase;
  const float scale = !swd ? 0.06f : phase ? 0.025f : 0.07f;
  const float rate = scale / std::sqrt(static_cast<float>(2 + setup.hidden));
  return {swd ? 512 : kOtCfmBatch, rate, 12, 5};
}

/// A network whose points run away goes back to where it was, and learns more slowly (*).
constexpr double kRunAway = 1e4;  // loss; points live within a square of side 1
constexpr int kRememberEvery = 50;
constexpr int kMostSetbacks = 10;

std::unique_ptr<TrainedField> make_field(const TransportSetup& setup) {
  return setup.model == kMlp ? make_trained_mlp(setup) : make_trained_program(setup);
}

}  // namespace

struct TransportTrainer::Impl {
  Impl(TransportPair p, TransportSetup s)
      : pair(std::move(p)),
        setup(checked(std::move(s))),
        recipe(recipe_of(setup)),
        field(make_field(setup)),
        adam(fresh_adam()),
        gradient(field->values().size()),
        sliced(recipe.batch),
        source(static_cast<std::size_t>(recipe.batch)),
        target(source.size()),
        ends(source.size()),
        d_ends(source.size()) {
    remember();
  }

  std::uint32_t iteration() const { return static_cast<std::uint32_t>(losses.size()); }
  Adam fresh_adam() const { return Adam(field->values().size(), 0.9f, 0.99f); }
  void remember() { good.assign(field->values().begin(), field->values().end()); }

  double swd(RandomSequence& random) {
    const auto further = random.below(static_cast<std::uint32_t>(recipe.further_steps));
    field->carry(source, recipe.fewest_steps + static_cast<int>(further), ends);
    const double loss = sliced.pull(ends, target, std::numbers::pi * random.uniform(), d_ends);
    field->pull(d_ends, gradient);
    return loss;
  }

  double ot_cfm(RandomSequence& random) {
    const auto match = optimal_assignment(source, target);
    for (std::size_t i = 0; i < match.size(); ++i) ends[i] = target[match[i]];
    return field->match({source, ends}, random, gradient);
  }

  void iterate() {
    const std::uint32_t first = iteration() * static_cast<std::uint32_t>(recipe.batch);
    pair.draw_source(setup.seed, first, source);
    pair.draw_target(setup.seed, first, target);
    RandomSequence random(setup.seed, Stream::transport_setup, 1 + iteration());
    const double loss = setup.loss == TransportLoss::swd ? swd(random) : ot_cfm(random);
    const bool sound = loss < kRunAway &&  // not so if it is not a number
                       std::ranges::all_of(gradient, [](float g) { return std::isfinite(g); });
    if (sound) {
      if (iteration() % kRememberEvery == 0) remember();
      const float progress = static_cast<float>(iteration()) / static_cast<float>(setup.iterations);
      adam.step(field->values(), gradient, slow * recipe.rate * (1 - (1 - kFinalRate) * progress));
    } else {
      if (++setbacks > kMostSetbacks)
        fail("transport: {} with {} diverges again and again; it cannot be trained so", setup.model,
             name_of(setup.loss));
      std::ranges::copy(good, field->values().begin());
      adam = fresh_adam();
      slow /= 2;
    }
    losses.push_back(sound ? static_cast<float>(loss) : losses.empty() ? 0 : losses.back());
  }

  TransportPair pair;
  TransportSetup setup;
  Recipe recipe;
  std::unique_ptr<TrainedField> field;
  Adam adam;
  std::vector<float> gradient, losses, good;
  SlicedPoints sliced;
  Points source, target, ends, d_ends;
  float slow = 1;
  int setbacks = 0;
};

std::vector<float> transport_values(const TransportModel& model) {
  if (const auto* mlp = std::get_if<TransportMlp>(&model)) return mlp->parameters;
  const auto& values = std::get<TransportProgram>(model).program.values;
  return {values.begin(), values.end()};
}

TransportModel transport_model(const TransportSetup& setup, std::span<const float> values) {
  const auto field = make_field(checked(setup));
  if (field->values().size() != values.size())
    fail("{}: {} values; such a model has {}", setup.model, values.size(), field->values().size());
  std::ranges::copy(values, field->values().begin());
  return field->model();
}

TransportTrainer::TransportTrainer(TransportPair pair, TransportSetup setup)
    : impl_(std::make_unique<Impl>(std::move(pair), std::move(setup))) {}
TransportTrainer::~TransportTrainer() = default;
TransportTrainer::TransportTrainer(TransportTrainer&&) noexcept = default;

void TransportTrainer::advance(int iterations) {
  for (int i = 0; i < iterations && !finished(); ++i) impl_->iterate();
}
int TransportTrainer::iterations() const { return static_cast<int>(impl_->losses.size()); }
bool TransportTrainer::finished() const { return iterations() >= impl_->setup.iterations; }
std::span<const float> TransportTrainer::losses() const { return impl_->losses; }
TransportModel TransportTrainer::model() const { return impl_->field->model(); }
const TransportPair& TransportTrainer::pair() const { return impl_->pair; }
const TransportSetup& TransportTrainer::setup() const { return impl_->setup; }

double sampling_floor(const TransportPair& pair, std::uint64_t seed, int points) {
  const auto held_out = held_out_seed(seed);
  const auto n = static_cast<std::uint32_t>(points);
  double sum = 0;
  for (std::uint32_t draw = 0; draw < kFloorDraws; ++draw)
    sum += w2_squared(pair.target(held_out, 2 * draw * n, points),
                      pair.target(held_out, (2 * draw + 1) * n, points));
  return sum / kFloorDraws;
}

double measured_w2_squared(const TransportModel& model, const TransportPair& pair,
                           std::uint64_t seed, int points) {
  const auto held_out = held_out_seed(seed);
  const Points ends = transported(model, pair.source(held_out, 0, points));
  return w2_squared(ends, pair.target(held_out, 0, points));
}

TransportScore score(const TransportModel& model, const TransportPair& pair, std::uint64_t seed,
                     int points) {
  return {measured_w2_squared(model, pair, seed, points), sampling_floor(pair, seed, points)};
}

}  // namespace phaseloom
