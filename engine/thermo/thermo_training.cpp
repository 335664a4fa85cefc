// SPDX-License-Identifier: MIT
#include "engine/thermo/thermo_training.hpp"

#include <chrono>
#include <cmath>
#include <ratio>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {

UpdateRule ThermoPlan::update_rule() const {
  return {.rate = rate > 0 ? rate : setup.dt / setup.duration,
          .bits = bits,
          .stochastic_rounding = stochastic_rounding,
          .noise = update_noise,
          .seed = seed};
}

void validate(const ThermoPlan& plan) {
  validate(plan.setup);
  if (!(plan.rate >= 0)) fail("training: the rate is {}; it must not be negative", plan.rate);
  validate(plan.update_rule());
  if (plan.cycles < 1 || plan.cycles > kMaxThermoCycles)
    fail("training: {} cycles; it must be 1 to {}", plan.cycles, kMaxThermoCycles);
  if (plan.rule == ThermoRule::online && (plan.bits > 0 || plan.update_noise > 0))
    fail(
        "training: the online rule forms no update that bits or noise could act on; take the "
        "batch rule, or 0 bits and no noise of updates");
  if (plan.rule == ThermoRule::online && plan.setup.labels > 0)
    fail("training: labels are learnt by the batch rule; take that");
}

void validate(const ThermoPlan& plan, const std::vector<Prototype>& prototypes) {
  validate(plan);
  if (plan.setup.labels > 0 && static_cast<std::size_t>(plan.setup.labels) != prototypes.size())
    fail("training: {} labels for {} prototypes; one for each is needed", plan.setup.labels,
         prototypes.size());
  if (prototypes.empty() || prototypes.size() > kMaxPrototypes)
    fail("training: {} prototypes; it must be 1 to {}", prototypes.size(), kMaxPrototypes);
  for (const Prototype& p : prototypes)
    if (p.pixels.size() != static_cast<std::size_t>(plan.setup.visible()))
      fail("training: {} has {} values; a picture of {} has {}", p.name, p.pixels.size(),
           words(plan.setup.picture), plan.setup.visible());
}

namespace {

const ThermoPlan& checked(const ThermoPlan& plan, const std::vector<Prototype>& prototypes) {
  validate(plan, prototypes);
  return plan;
}

}  // namespace

ThermoTrainer::ThermoTrainer(const ThermoPlan& plan, const std::vector<Prototype>& prototypes,
                             ThreadPool& pool)
    : plan_(checked(plan, prototypes)),
      update_(plan.update_rule()),
      pool_(pool),
      noising_(plan.setup, plan.seed),
      path_({plan.setup.visible(), plan.setup.hidden}, plan.setup.steps() + 1),
      rule_(plan.setup, pool),
      parameters_(path_.panels),
      gradient_(path_.panels),
      labels_(static_cast<std::size_t>(plan.setup.labels), parameters_.bias) {
  const Projection projection(plan.setup, plan.projection_seed);
  for (const Prototype& p : prototypes)
    patterns_.push_back(projection.patterns(normalised_picture(p.pixels, p.name)));
}

namespace {

/// State of a label while that prototype is learnt, as a run holds it for that class.
float held(std::size_t label, std::size_t prototype) { return label == prototype ? 1.0F : -1.0F; }

}  // namespace

/// While a path is learnt, what the labels add to a unit's force is a bias, whose gradient theirs
/// is but for their sign.
double ThermoTrainer::learn_batch(std::size_t prototype, std::uint32_t number) {
  const AlignedVector<float> bias = parameters_.bias;
  for (std::size_t l = 0; l < labels_.size(); ++l)
    for (std::size_t i = 0; i < bias.size(); ++i)
      parameters_.bias[i] += held(l, prototype) * labels_[l][i];
  const double loss = rule_.residuals(path_, parameters_);
  gradient_.clear();
  rule_.add_gradient(path_, 0, plan_.setup.steps(), 1, gradient_);
  parameters_.bias = bias;
  update(update_, number, gradient_, parameters_, pool_);
  const auto rate = static_cast<float>(update_.rate);
  for (std::size_t l = 0; l < labels_.size(); ++l)
    for (std::size_t i = 0; i < bias.size(); ++i)
      labels_[l][i] -= rate * held(l, prototype) * gradient_.bias[i];
  return loss;
}

ThermoReport ThermoTrainer::cycle() {
  double loss = 0;
  auto number = static_cast<std::uint32_t>(cycles_ * std::int64_t(patterns_.size()));
  for (std::size_t k = 0; k < patterns_.size(); ++k, ++number) {
    noising_.draw(patterns_[k], number, path_, pool_);
    loss += plan_.rule == ThermoRule::online
                ? rule_.run_online(path_, static_cast<float>(update_.rate), parameters_)
                : learn_batch(k, number);
  }
  ++cycles_;
  loss /= double(patterns_.size()) * plan_.setup.steps() * plan_.setup.units();
  // It is 1/2 where all is well; what is this far away does not come back.
  constexpr double kHopeless = 1e3;
  if (!(loss < kHopeless))
    fail(
        "the training diverged in cycle {} (loss {:.3g}); take a smaller rate than {:g}, or a kT "
        "above {:g}",
        cycles_, loss, update_.rate, plan_.setup.temperature);
  return {cycles_, loss, coupling_rms(parameters())};
}

ThermoParameters<float> ThermoTrainer::parameters() const {
  auto parameters = make_thermo_parameters<float>(plan_.setup);
  parameters_.read(parameters);
  for (std::size_t l = 0; l < labels_.size(); ++l)
    from_panels(path_.panels, labels_[l].data(),
                &parameters.label_coupling(static_cast<int>(l), 0));
  return parameters;
}

void ThermoTrainer::restore(const ThermoParameters<float>& parameters, int cycles) {
  parameters_.assign(parameters);
  for (std::size_t l = 0; l < labels_.size(); ++l)
    to_panels(path_.panels, &parameters.label_couplings[l * parameters.bias.size()],
              labels_[l].data());
  cycles_ = cycles;
}

ThermoProgress run_thermo_training(const ThermoPlan& plan, const std::vector<Prototype>& prototypes,
                                   ThermoProgress progress, ThreadPool& pool,
                                   const ThermoCallbacks& callbacks, std::stop_token stop) {
  ThermoTrainer trainer(plan, prototypes, pool);
  if (progress.parameters.couplings.empty())
    progress.parameters = first_thermo_parameters(plan.setup);
  trainer.restore(progress.parameters, progress.cycles());
  const auto save = [&] {
    progress.parameters = trainer.parameters();
    if (callbacks.checkpoint) callbacks.checkpoint(progress);
  };
  using Clock = std::chrono::steady_clock;
  const std::chrono::duration<double, std::ratio<60>> interval(callbacks.checkpoint_every);
  auto saved = Clock::now();
  while (trainer.cycles() < plan.cycles && !stop.stop_requested()) {
    progress.curve.push_back(trainer.cycle());
    if (callbacks.news) callbacks.news(progress.curve.back());
    if (Clock::now() - saved >= interval && trainer.cycles() < plan.cycles) {
      save();
      saved = Clock::now();
    }
  }
  progress.parameters = trainer.parameters();
  if (trainer.cycles() < plan.cycles) save();
  return progress;
}

}  // namespace phaseloom
