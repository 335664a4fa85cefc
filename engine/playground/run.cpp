// SPDX-License-Identifier: MIT
#include "engine/playground/run.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <map>
#include <numbers>
#include <utility>

#include "engine/network/lyapunov.hpp"
#include "engine/playground/patterns.hpp"
#include "engine/playground/program.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// Phases beyond that are brought back by whole turns, rad (*).
constexpr float kFar = 1000;

/// A state of chance: any phase, or a voltage about as large as those of a network at work (*).
float state_of_chance(RandomSequence& random, bool is_phase) {
  const double u = 2 * random.uniform() - 1;
  return static_cast<float>(is_phase ? std::numbers::pi * u : u);
}

}  // namespace

double order_of(std::span<const float> state, bool is_phase) {
  if (state.empty()) return 0;
  std::complex<double> sum = 0;
  for (const float x : state)
    sum += is_phase ? std::polar(1.0, double(x)) : std::complex(x < 0 ? -1.0 : 1.0);
  return std::abs(sum) / static_cast<double>(state.size());
}

PlaygroundRun::PlaygroundRun(const PlaygroundSetup& setup, std::shared_ptr<const Excerpt> excerpt)
    : setup_(setup), excerpt_(std::move(excerpt)), pool_(std::make_unique<ThreadPool>(1)) {
  if (!excerpt_) network_ = std::make_shared<const PlaygroundNetwork>(network_of(setup));
  make_simulator();
  restart();
}

double PlaygroundRun::step_length() const {
  if (!excerpt_) return setup_.step;
  const auto chunk = static_cast<std::size_t>(simulator_->chunk());
  return excerpt_->program.durations[chunk] / excerpt_->settings.steps_per_chunk;
}

std::vector<float> PlaygroundRun::recorded() const {
  if (!excerpt_) return {};
  std::vector<float> all(static_cast<std::size_t>(excerpt_->whole->topology->units()));
  whole_->read_state(all);
  std::vector<float> some;
  for (const int unit : excerpt_->units) some.push_back(all[static_cast<std::size_t>(unit)]);
  return some;
}

bool PlaygroundRun::is_phase() const {
  return info(excerpt_ ? excerpt_->program.substrate : setup_.substrate).is_phase;
}

void PlaygroundRun::make_excerpt() {
  network_ = std::shared_ptr<const PlaygroundNetwork>(excerpt_, &excerpt_->network);
  simulator_ =
      std::make_unique<Simulator>(excerpt_->program, Hardware{}, excerpt_->settings, 1, *pool_);
  whole_ = std::make_unique<Simulator>(*excerpt_->whole, Hardware{}, excerpt_->settings, 1, *pool_);
}

/// The whole network goes a step ahead, and the border is held between where it was and where it is
/// then: as exact as a midpoint. Returns where the units of the window are then in the whole run.
std::vector<float> PlaygroundRun::lead_border() {
  const std::vector<float> before = recorded();
  whole_->advance(1);
  std::vector<float> after = recorded();
  std::vector<UnitState> border;
  for (auto i = static_cast<std::size_t>(excerpt_->inner); i < before.size(); ++i)
    border.push_back({static_cast<int>(i), 0, (before[i] + after[i]) / 2});
  simulator_->hold(border);
  return after;
}

void PlaygroundRun::make_simulator() {
  if (excerpt_) return make_excerpt();
  whole_.reset();
  const Program program = playground_program(*network_, setup_);
  RunSettings settings = settings_of(program);
  settings.seed = setup_.seed;
  simulator_ = std::make_unique<Simulator>(program, Hardware{}, settings, 1, *pool_);
  // Frequencies tilt the energy of phases without end; what falls, if anything does, is the rest.
  PlaygroundSetup level = setup_;
  if (is_phase()) level.spread = 0;
  potential_ = playground_program(*network_, level);
}

std::vector<float> PlaygroundRun::start() const {
  if (excerpt_) return recorded();
  const int n = network_->count();
  std::vector<float> state(static_cast<std::size_t>(n));
  RandomSequence random(setup_.seed, Stream::playground_start);
  // A memory begins with its first pattern, damaged; phases are 0 for +1 and π for −1.
  std::vector<Pattern> patterns;
  if (setup_.preset == Preset::memory && !setup_.own) patterns = stored_patterns(setup_, n);
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (patterns.empty()) {
      state[i] = state_of_chance(random, is_phase());
    } else {
      const bool wrong = random.uniform() < setup_.damage;
      const bool up = (patterns.front()[i] > 0) != wrong;
      // Exactly opposite phases do not pull at each other: a little of chance lets them begin.
      const double chance = 0.2 * (2 * random.uniform() - 1);
      state[i] = static_cast<float>(is_phase() ? (up ? 0 : std::numbers::pi) + chance
                                               : (up ? 1 : -1) + chance);
    }
  }
  if (setup_.preset == Preset::double_well && !is_phase()) std::ranges::fill(state, 0.7F);
  return state;
}

SharedMoment PlaygroundRun::moment(int step, double time, std::vector<float> state,
                                   bool continues) const {
  PlaygroundMoment m;
  m.step = step;
  m.time = time;
  m.continues = continues;
  m.order = order_of(state, is_phase());
  m.energy = std::numeric_limits<double>::quiet_NaN();
  if (!excerpt_)  // couplings of trained networks need not be the same both ways
    m.energy = lyapunov_energy(potential_, 0, state) / static_cast<double>(state.size());
  m.state = std::move(state);
  return std::make_shared<const PlaygroundMoment>(std::move(m));
}

void PlaygroundRun::put(std::vector<float> state) {
  const int step = moments_.empty() ? 0 : now().step;
  const double time = moments_.empty() ? 0 : now().time;
  simulator_->restore(state, step);
  SharedMoment next = moment(step, time, std::move(state), false);
  if (!moments_.empty()) moments_.pop_back();
  moments_.push_back(std::move(next));
}

void PlaygroundRun::restart() {
  moments_.clear();
  disturbances_ = 0;
  if (whole_) whole_->restart();
  put(start());
}

bool PlaygroundRun::assign(const PlaygroundSetup& setup, std::shared_ptr<const Excerpt> excerpt) {
  if (setup == setup_ && excerpt == excerpt_) return false;
  if (excerpt && excerpt == excerpt_) {  // nothing else of the setup is about it
    setup_ = setup;
    return false;
  }
  if (excerpt || excerpt_) {
    PlaygroundRun other(setup, std::move(excerpt));  // throws before anything has changed
    simulator_.reset();                              // before the pool that it computes with
    whole_.reset();
    *this = std::move(other);
    return true;
  }
  auto network = same_network(setup, setup_)
                     ? network_
                     : std::make_shared<const PlaygroundNetwork>(network_of(setup));
  if (alike(setup, *network)) {
    setup_ = setup;
    network_ = std::move(network);
    return false;
  }
  (void)playground_program(*network, setup);  // throws before anything has changed
  const bool was_phase = is_phase();
  const PlaygroundSetup before = std::exchange(setup_, setup);
  const auto old = std::exchange(network_, std::move(network));
  make_simulator();
  const bool other_layout = !before.own && !setup_.own && before.layout != setup_.layout;
  if (was_phase != is_phase() || before.seed != setup_.seed || before.preset != setup_.preset ||
      other_layout) {
    restart();
    return true;
  }
  std::map<int, float> states;
  for (std::size_t i = 0; i < old->units.size(); ++i) states[old->units[i].id] = now().state[i];
  std::vector<float> state = start();
  bool same_units = old->units.size() == network_->units.size();
  for (std::size_t i = 0; i < state.size(); ++i) {
    const auto found = states.find(network_->units[i].id);
    if (found != states.end()) state[i] = found->second;
    same_units = same_units && old->units[i].id == network_->units[i].id;
  }
  if (!same_units) {  // moments of other units cannot be gone back to
    moments_.front() = std::move(moments_.back());
    moments_.resize(1);
  }
  put(std::move(state));
  return true;
}

/// Whether units notice no difference to what runs.
bool PlaygroundRun::alike(const PlaygroundSetup& setup, const PlaygroundNetwork& network) const {
  if (network.couplings != network_->couplings || network.count() != network_->count())
    return false;
  for (std::size_t i = 0; i < network.units.size(); ++i)
    if (network.units[i].detuning != network_->units[i].detuning ||
        network.units[i].id != network_->units[i].id)
      return false;
  PlaygroundSetup other = setup;
  other.own = setup_.own;
  other.speed = setup_.speed;
  other.carrier = setup_.carrier;
  return other == setup_;
}

bool PlaygroundRun::advance(int steps) {
  for (int i = 0; i < steps; ++i) {
    if (excerpt_ && simulator_->finished()) restart();
    const SharedMoment kept = moments_.back();
    const PlaygroundMoment& last = *kept;
    const double length = step_length();
    std::vector<float> led;
    if (excerpt_) led = lead_border();
    simulator_->advance(1);
    std::vector<float> state(last.state.size());
    simulator_->read_state(state);
    if (excerpt_)  // the border is where the whole network is at the step's end
      std::copy(led.begin() + excerpt_->inner, led.end(), state.begin() + excerpt_->inner);
    if (std::ranges::any_of(state, [](float x) { return !std::isfinite(x); })) {
      simulator_->restore(last.state, last.step);
      return false;
    }
    if (is_phase() && std::ranges::any_of(state, [](float x) { return std::abs(x) > kFar; })) {
      // Phases that go round and round would lose their last digits.
      for (float& x : state)
        if (std::abs(x) > kFar) x = std::remainder(x, 2 * std::numbers::pi_v<float>);
      simulator_->restore(state, last.step + 1);
    }
    moments_.push_back(moment(last.step + 1, last.time + length, std::move(state), true));
    if (static_cast<int>(moments_.size()) > kKept) moments_.pop_front();
  }
  return true;
}

bool PlaygroundRun::back(int steps) {
  if (moments_.size() < 2) return false;
  for (int i = 0; i < steps && moments_.size() > 1; ++i) moments_.pop_back();
  simulator_->restore(now().state, now().step);
  if (whole_) {
    whole_->restart();
    whole_->advance(now().step);
  }
  return true;
}

void PlaygroundRun::turn(int unit, double value) {
  if (unit < 0 || unit >= network_->count())
    fail("there is no unit {}: the last one is {}", unit, network_->count() - 1);
  if (excerpt_ && unit >= excerpt_->inner)
    fail("unit {} is led along by the run of the whole network: turn one within the window", unit);
  std::vector<float> state = now().state;
  state[static_cast<std::size_t>(unit)] = static_cast<float>(value);
  put(std::move(state));
}

void PlaygroundRun::disturb(double share) {
  std::vector<float> state = now().state;
  RandomSequence random(setup_.seed, Stream::playground_start, ++disturbances_);
  for (float& x : state) {
    const bool chosen = random.uniform() < share;
    const float chance = state_of_chance(random, is_phase());
    if (chosen) x = chance;
  }
  put(std::move(state));
}

}  // namespace phaseloom
