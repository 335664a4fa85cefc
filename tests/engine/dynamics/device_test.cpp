// SPDX-License-Identifier: MIT
// What any device must do: the suite runs on each that there is, and on the plain one that they are
// compared with, which shows that it asks for nothing that device.hpp does not say.

#include "engine/dynamics/device.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "engine/dynamics/simulator.hpp"
#include "tests/engine/dynamics/networks.hpp"
#include "tests/engine/dynamics/plain_device.hpp"

namespace phaseloom {
namespace {

// Single precision rounds 50 terms of a stage to 1e-7 each, of both signs, and its elementary
// functions are good to 5e-7. A run of 18 stages carries on what went wrong before it at a rate of
// at most e^2: some 1e-5 at its end.
constexpr double kTolerance = 2e-5;

constexpr int kSamples = 37;  // no multiple of anything

struct Registered {
  const char* name;
  std::function<std::unique_ptr<Device>(ThreadPool&)> make;
};
void PrintTo(const Registered& r, std::ostream* out) { *out << r.name; }

std::vector<Registered> registered() {
  return {{"cpu", [](ThreadPool& pool) { return std::make_unique<CpuDevice>(pool); }},
          {"plain", [](ThreadPool&) { return std::make_unique<test::PlainDevice>(); }}};
}

Program network(Substrate substrate) {
  const auto topology =
      Topology::with_labels(*Topology::with_random_links(*Topology::local({7, 5, 2}, 2), 3, 5), 3);
  Program program = test::random_program(substrate, topology, 3, 0.3, 0.2, 61);
  program.initial.width = 0.3;
  return program;
}

std::vector<float> state(const Simulator& s) {
  std::vector<float> x(static_cast<std::size_t>(s.ideal().topology->units() * s.lanes()));
  s.read_state(x);
  return x;
}

double difference(const std::vector<float>& a, const std::vector<float>& b) {
  EXPECT_EQ(a.size(), b.size());
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k)
    largest = std::max(largest, std::abs(double(a[k]) - double(b[k])));
  return largest;
}

class Devices : public testing::TestWithParam<Registered> {
 protected:
  Simulator run(const Program& program, const Hardware& hardware = {},
                const RunSettings& settings = {.steps_per_chunk = 3, .first_sample = 5},
                int lanes = kSamples) {
    return {program, hardware, settings, lanes, *device_};
  }
  Simulator plain(const Program& program, const Hardware& hardware = {},
                  const RunSettings& settings = {.steps_per_chunk = 3, .first_sample = 5},
                  int lanes = kSamples) {
    return {program, hardware, settings, lanes, plain_};
  }

  ThreadPool pool_{2};
  test::PlainDevice plain_;
  std::unique_ptr<Device> device_ = GetParam().make(pool_);
};

TEST_P(Devices, HaveAName) {
  EXPECT_EQ(device_->name(), GetParam().name);
  EXPECT_GE(device_->preferred_lanes(), 1);
}

TEST_P(Devices, StepAsThePlainOneDoes) {
  for (std::size_t s = 0; s < all_substrates().size(); ++s)
    for (const Tableau& method : kTableaus)
      for (const Hardware& hardware :
           {Hardware{}, Hardware{.bits = 4, .mismatch = 0.05, .weight_noise = 0.05},
            Hardware{.phase_noise = 0.2}}) {
        SCOPED_TRACE(std::string(all_substrates()[s].name) + ", " + std::string(method.name));
        const Program program = network(test::substrate_at(s));
        const RunSettings settings{.integrator = named<Integrator>(method.name),
                                   .steps_per_chunk = 2,
                                   .seed = 3,
                                   .first_sample = 40};
        Simulator one = run(program, hardware, settings),
                  other = plain(program, hardware, settings);
        EXPECT_EQ(difference(state(one), state(other)), 0) << "both start with the same bits";
        one.advance(3);  // within the second chunk
        other.advance(3);
        std::vector<float> rates(state(one).size()), expected(rates.size());
        one.read_rate(rates);
        other.read_rate(expected);
        EXPECT_LT(difference(rates, expected), 10 * kTolerance);  // the rates' slope is below 10
        one.advance(100);
        other.advance(100);
        EXPECT_LT(difference(state(one), state(other)), kTolerance);
      }
}

// The control: noise of another seed, or none, is far beyond the tolerance.
TEST_P(Devices, TakeTheNoiseThatTheyAreToldTo) {
  const Program program = network(test::substrate_at(0));
  const RunSettings settings{.steps_per_chunk = 3, .first_sample = 5},
      other{.steps_per_chunk = 3, .seed = 2, .first_sample = 5};
  for (const Hardware& hardware : {Hardware{.weight_noise = 0.05}, Hardware{.phase_noise = 0.2}}) {
    Simulator one = run(program, hardware, settings), two = plain(program, hardware, other),
              ideal = plain(program, {}, settings);
    for (Simulator* s : {&one, &two, &ideal}) s->advance(100);
    EXPECT_GT(difference(state(one), state(ideal)), 100 * kTolerance);
    EXPECT_GT(difference(state(one), state(two)), 100 * kTolerance);
  }
}

TEST_P(Devices, KnowSamplesByTheirNumber) {
  const Program program = network(test::substrate_at(1));
  const Hardware hardware{.weight_noise = 0.05, .phase_noise = 0.2};
  Simulator many = run(program, hardware);
  many.advance(5);
  const auto all = state(many);
  Simulator few = run(program, hardware, {.steps_per_chunk = 3, .first_sample = 5 + 30}, 7);
  few.advance(5);
  const auto some = state(few);
  for (std::size_t i = 0; i < all.size() / kSamples; ++i)
    for (std::size_t l = 0; l < 7; ++l) ASSERT_EQ(all[i * kSamples + 30 + l], some[i * 7 + l]);
}

TEST_P(Devices, AdvanceStepByStep) {
  const Program program = network(test::substrate_at(1));
  const Hardware hardware{.weight_noise = 0.05, .phase_noise = 0.2};
  Simulator at_once = run(program, hardware), in_steps = run(program, hardware);
  at_once.advance(100);
  while (!in_steps.finished()) in_steps.advance(1);
  EXPECT_EQ(state(at_once), state(in_steps));
  at_once.restart();
  EXPECT_EQ(state(at_once), state(run(program, hardware))) << "a restart goes back to the start";
  at_once.advance(100);
  EXPECT_EQ(state(at_once), state(in_steps)) << "and the same way";
}

TEST_P(Devices, ContinueFromARestoredState) {
  const Program program = network(test::substrate_at(2));
  const Hardware hardware{.weight_noise = 0.05, .phase_noise = 0.2};
  Simulator s = run(program, hardware);
  s.advance(4);
  const auto at_4 = state(s);
  s.advance(100);
  const auto end = state(s);
  // The plain one keeps more digits than a state has.
  const double lost = GetParam().name == std::string_view("plain") ? kTolerance : 0;
  s.restore(at_4, 4);
  EXPECT_EQ(state(s), at_4);
  s.advance(100);
  EXPECT_LE(difference(state(s), end), lost);
}

TEST_P(Devices, TakeNewProgramsAndPlansWithinARun) {
  const Program program = network(test::substrate_at(0));
  const Hardware later{.bits = 3, .weight_noise = 0.1};
  Simulator one = run(program), two = plain(program), ideal = plain(program);
  for (Simulator* s : {&one, &two, &ideal}) s->advance(4);
  for (Simulator* s : {&one, &two}) {
    s->set_hardware(later);
    s->set_settings({.integrator = Integrator::rk4, .steps_per_chunk = 3, .first_sample = 5});
  }
  for (Simulator* s : {&one, &two, &ideal}) s->advance(100);
  EXPECT_LT(difference(state(one), state(two)), kTolerance);
  EXPECT_GT(difference(state(one), state(ideal)), 100 * kTolerance);
}

TEST_P(Devices, HoldWhatTheyAreToldTo) {
  const Program program = network(test::substrate_at(1));
  const std::vector<UnitState> held{{3, 4, 0.5f}, {7, 35, -0.25f}, {69, 35, 1}},
      moved{{3, 4, 2}, {8, 35, 0.75f}};
  Simulator one = run(program), two = plain(program);
  for (Simulator* s : {&one, &two}) {
    s->hold(held);
    s->advance(2);
    s->set_state(moved);
    s->advance(2);
  }
  auto x = state(one);
  for (const UnitState& h : held)
    EXPECT_EQ(x[static_cast<std::size_t>(h.unit * kSamples + h.lane)], h.value);
  EXPECT_LT(difference(x, state(two)), kTolerance);
  std::vector<float> rates(x.size());
  one.read_rate(rates);
  for (const UnitState& h : held)
    EXPECT_EQ(rates[static_cast<std::size_t>(h.unit * kSamples + h.lane)], 0);
  for (Simulator* s : {&one, &two}) {
    s->hold({});
    s->advance(100);
  }
  x = state(one);
  EXPECT_LT(difference(x, state(two)), kTolerance);
  for (const UnitState& h : held)
    EXPECT_NE(x[static_cast<std::size_t>(h.unit * kSamples + h.lane)], h.value);
}

TEST_P(Devices, PushEveryUnitOfEveryLaneByItsOwnForce) {
  const Program program = network(test::substrate_at(1));
  const auto units = static_cast<std::size_t>(program.topology->units());
  std::vector<float> force(units * kSamples);
  for (std::size_t k = 0; k < force.size(); ++k) force[k] = 0.3f * std::sin(0.7f * float(k));
  for (const Hardware& hardware : {Hardware{}, Hardware{.phase_noise = 0.2}}) {
    Simulator one = run(program, hardware), two = plain(program, hardware),
              free = plain(program, hardware);
    for (Simulator* s : {&one, &two}) {
      s->set_force(force);
      s->restart();  // which keeps it
    }
    std::vector<float> rates(force.size()), expected(force.size());
    one.read_rate(rates);
    two.read_rate(expected);
    EXPECT_LT(difference(rates, expected), 10 * kTolerance);
    for (Simulator* s : {&one, &two, &free}) s->advance(5);
    EXPECT_LT(difference(state(one), state(two)), kTolerance);
    EXPECT_GT(difference(state(one), state(free)), 100 * kTolerance);
    const auto labels = static_cast<std::size_t>(program.topology->first_label()) * kSamples;
    const auto pushed = state(one), left = state(free);
    for (std::size_t k = labels; k < left.size(); ++k)
      ASSERT_EQ(pushed[k], left[k]) << "labels heed no force";
    for (Simulator* s : {&one, &two}) {
      s->set_force({});
      s->advance(100);
    }
    EXPECT_LT(difference(state(one), state(two)), kTolerance) << "and it goes as it came";
  }
}

TEST_P(Devices, ReadAnyUnits) {
  const Program program = network(test::substrate_at(1));
  const auto stepper = device_->stepper(program, kSamples);
  stepper->assign(program);
  stepper->restart({});
  std::vector<float> all(static_cast<std::size_t>(program.topology->units()) * kSamples),
      some(3 * kSamples);
  stepper->read_state(0, all);
  stepper->read_state(4, some);
  EXPECT_TRUE(std::ranges::equal(some, std::span(all).subspan(4 * kSamples, some.size())));
  EXPECT_TRUE(std::ranges::any_of(some, [](float x) { return x != 0; }));
}

TEST_P(Devices, SeeWhatIsNotANumber) {
  const Program program = network(test::substrate_at(1));
  Simulator s = run(program);
  auto x = state(s);
  EXPECT_FALSE(s.diverged());
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
    auto broken = x;
    broken[x.size() - 1] = bad;
    s.restore(broken, 0);
    EXPECT_TRUE(s.diverged());
  }
  s.restore(x, 0);
  EXPECT_FALSE(s.diverged());
}

TEST_P(Devices, MakePictures) {
  const Program program = network(test::substrate_at(0));
  const RunSettings settings{.steps_per_chunk = 2};
  const auto visible = static_cast<std::size_t>(program.topology->visible());
  const auto pictures = generate(program, {}, settings, 10, *device_);
  const auto expected = generate(program, {}, settings, 10, plain_);
  ASSERT_EQ(pictures.size(), 10 * visible);
  EXPECT_LT(difference(pictures, expected), kTolerance);
}

INSTANTIATE_TEST_SUITE_P(All, Devices, testing::ValuesIn(registered()),
                         [](const auto& p) { return std::string(p.param.name); });

}  // namespace
}  // namespace phaseloom
