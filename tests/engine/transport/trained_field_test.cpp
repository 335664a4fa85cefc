// SPDX-License-Identifier: MIT
#include "engine/transport/trained_field.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/transport/flow.hpp"
#include "engine/transport/pair.hpp"

namespace phaseloom {
namespace {

constexpr int kPoints = 64;
const TransportPair kPair = pair_named("D1");

struct FieldCase {
  explicit FieldCase(const std::string& model)
      : setup(checked({.model = model, .chunks = 2, .hidden = 3, .seed = 5})),
        field(setup.model == kMlp ? make_trained_mlp(setup) : make_trained_program(setup)),
        from(kPair.source(1, 0, kPoints)),
        to(kPair.target(1, 0, kPoints)),
        gradient(field->values().size()) {
    // Away from fresh values, where much vanishes; the mlp has many more.
    RandomSequence random(3, Stream::batch);
    const double width = setup.model == kMlp ? 0.03 : 0.2;
    for (float& v : field->values()) v += static_cast<float>(width * random.normal());
    for (std::size_t i = 0; i < gradient.size(); ++i)
      direction.push_back(static_cast<float>(random.normal()));
    for (Point& p : to) signal.push_back({p.x - 0.1f, p.y + 0.2f});
  }
  void move(float amount) {
    for (std::size_t i = 0; i < gradient.size(); ++i) field->values()[i] += amount * direction[i];
  }
  double along(std::span<const float> g) const {
    double sum = 0;
    for (std::size_t i = 0; i < g.size(); ++i) sum += double{g[i]} * direction[i];
    return sum;
  }
  double match() {
    RandomSequence random(8, Stream::schedule);  // the same times at every call
    return field->match({from, to}, random, gradient);
  }
  double carried() {
    Points ends(from.size());
    field->carry(from, 8, ends);
    double sum = 0;
    for (int i = 0; i < kPoints; ++i)
      sum += double{ends[i].x} * signal[i].x + double{ends[i].y} * signal[i].y;
    return sum;
  }
  TransportSetup setup;
  std::unique_ptr<TrainedField> field;
  Points from, to, signal;
  std::vector<float> gradient, direction;
};

class TrainedFieldTest : public testing::TestWithParam<std::string_view> {};
INSTANTIATE_TEST_SUITE_P(AllModels, TrainedFieldTest, testing::ValuesIn(transport_models()),
                         [](const auto& model) { return std::string(model.param); });

/// All parameters at once, along a random direction: the arithmetic is in single precision (the
/// engine's adjoint and the mlp's loops are checked in double on their own), so the step is large
/// and the tolerance 1 % of the slope.
void expect_gradient(FieldCase& c, double (FieldCase::*loss)()) {
  const double slope = c.along(c.gradient);
  constexpr float h = 2e-3f;
  c.move(h);
  const double up = (c.*loss)();
  c.move(-2 * h);
  const double down = (c.*loss)();
  ASSERT_GT(std::abs(slope), 0.002);
  EXPECT_NEAR(slope, (up - down) / (2 * double{h}), 0.01 * std::abs(slope));
}

TEST_P(TrainedFieldTest, PullAgainstFiniteDifferences) {
  FieldCase c{std::string(GetParam())};
  c.carried();
  c.field->pull(c.signal, c.gradient);
  expect_gradient(c, &FieldCase::carried);
}

TEST_P(TrainedFieldTest, MatchAgainstFiniteDifferences) {
  FieldCase c{std::string(GetParam())};
  if (c.setup.model != kMlp) {  // the loss is of the visible alone, the gradient of all
    c.setup.hidden = 0;
    c.field = make_trained_program(c.setup);
    c.gradient.resize(c.field->values().size());
  }
  c.match();
  expect_gradient(c, &FieldCase::match);
}

/// Training's midpoint steps and the truth are the same motion.
TEST_P(TrainedFieldTest, CarriesWhereTheModelDoes) {
  FieldCase c{std::string(GetParam())};
  Points ends(c.from.size());
  c.field->carry(c.from, 64, ends);
  const TransportModel model = c.field->model();
  const FlowPaths paths = flow(model, c.from, truth_steps_per_chunk(model));
  for (int i = 0; i < kPoints; ++i) {
    EXPECT_NEAR(ends[i].x, paths.at(64)[i].x, 1e-3);  // 64 steps of second order
    EXPECT_NEAR(ends[i].y, paths.at(64)[i].y, 1e-3);
  }
}

TEST_P(TrainedFieldTest, MatchingLowersItsLoss) {
  FieldCase c{std::string(GetParam())};
  const double before = c.match();
  const float rate = c.setup.model == kMlp ? 0.02f : 0.3f;
  for (int step = 0; step < 200; ++step) {
    c.match();
    for (std::size_t i = 0; i < c.gradient.size(); ++i)
      c.field->values()[i] -= rate * c.gradient[i];
  }
  EXPECT_LT(c.match(), 0.8 * before);
}

}  // namespace
}  // namespace phaseloom
