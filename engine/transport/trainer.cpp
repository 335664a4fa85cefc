#include "engine/transport/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/learning/adam.hpp"
#include "engine/metrics/wasserstein.hpp"
#include "engine/support/error.hpp"
#include "engine/transport/flow.hpp"
#include "engine/transport/sliced.hpp"
#include "engine/transport/trained_field.hpp"

namespace phaseloom {
namespace {
double env(const char* n, double d) {
  const char* s = std::getenv(n);
  return s ? std::atof(s) : d;
}

int batch_of(TransportLoss loss) {
  return loss == TransportLoss::swd ? int(env("TB", 512)) : int(env("TBC", 128));
}

std::unique_ptr<TrainedField> make_field(const TransportSetup& setup) {
  return setup.model == kMlp ? make_trained_mlp(setup) : make_trained_program(setup);
}

}  // namespace

struct TransportTrainer::Impl {
  Impl(TransportPair p, TransportSetup s)
      : pair(std::move(p)),
        setup(checked(std::move(s))),
        field(make_field(setup)),
        adam(field->values().size(), 0.9f, 0.99f),
        gradient(field->values().size()),
        batch(batch_of(setup.loss)),
        sliced(batch),
        source(static_cast<std::size_t>(batch)),
        target(source.size()),
        ends(source.size()),
        d_ends(source.size()) {}

  double swd() {
    RandomSequence random(setup.seed, Stream::transport_setup, 1 + iteration());
    const int base = int(env("TI", 12));
    const int steps =
        base + static_cast<int>(random.below(static_cast<std::uint32_t>(env("TJ", 5))));
    field->carry(source, steps, ends);
    const TransportModel* none = nullptr;
    (void)none;
    const double loss = sliced.pull(ends, target, 3.14159265 * random.uniform(), d_ends);
    field->pull(d_ends, gradient);
    return loss;
  }

  double ot_cfm() {
    const auto match = optimal_assignment(source, target);
    for (std::size_t i = 0; i < match.size(); ++i) ends[i] = target[match[i]];
    return field->match({source, ends, setup.seed, iteration()}, gradient);
  }

  void iterate() {
    const std::uint32_t first = iteration() * static_cast<std::uint32_t>(batch);
    pair.draw_source(setup.seed, first, source);
    pair.draw_target(setup.seed, first, target);
    const double loss = setup.loss == TransportLoss::swd ? swd() : ot_cfm();
    if (!std::isfinite(loss))
      fail("transport: the training of {} diverged at iteration {}", setup.model, iteration());
    const double progress = double(iteration()) / setup.iterations;
    const double rate = env("TR", 0.02) * (1 - 0.98 * progress);
    adam.step(field->values(), gradient, static_cast<float>(rate));
    losses.push_back(static_cast<float>(loss));
  }

  std::uint32_t iteration() const { return static_cast<std::uint32_t>(losses.size()); }

  TransportPair pair;
  TransportSetup setup;
  std::unique_ptr<TrainedField> field;
  Adam adam;
  std::vector<float> gradient, losses;
  int batch;
  SlicedPoints sliced;
  Points source, target, ends, d_ends;
};

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
  return w2_squared(pair.target(held_out, 0, points), pair.target(held_out, n, points));
}

TransportScore score(const TransportModel& model, const TransportPair& pair, std::uint64_t seed,
                     int points) {
  const auto held_out = held_out_seed(seed);
  const Points ends = transported(model, pair.source(held_out, 0, points));
  return {w2_squared(ends, pair.target(held_out, 0, points)), sampling_floor(pair, seed, points)};
}

}  // namespace phaseloom
