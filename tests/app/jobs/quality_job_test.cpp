// SPDX-License-Identifier: MIT
#include "app/jobs/quality_job.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "tests/app/session/small_models.hpp"
#include "tests/app/session/small_pictures.hpp"

namespace phaseloom {
namespace {

using State = QualitySnapshot::State;
using ::testing::HasSubstr;

constexpr double kLong = 240;  // seconds; a bound for a hang

/// 784 phases, fit for the quality reference.
QualityRequest request(std::string training = R"({"dataset": "mnist"})") {
  auto program =
      make_program(substrate_named("kuramoto_shil"), Topology::local({28, 28, 1}, 1), 1, 0.5, 1, 3);
  program.steps_per_chunk = 2;
  QualityRequest request;
  request.model =
      std::make_shared<const Model>(Model{std::move(program), "small", std::move(training)});
  request.settings.steps_per_chunk = 2;
  return request;
}

class Quality : public testing::Test {
 protected:
  QualitySnapshot measured(const QualityRequest& what) {
    job.measure(what);
    EXPECT_TRUE(job.settle(kLong));
    return *job.latest();
  }
  QualityJob job{test::small_training()};
};

TEST_F(Quality, MeasuresTheNetwork) {
  EXPECT_EQ(job.latest()->state, State::off);
  const auto result = measured(request());
  ASSERT_EQ(result.state, State::ready) << result.reason;
  EXPECT_EQ(result.dataset, "mnist");
  EXPECT_EQ(result.samples, result.wanted);
  EXPECT_GE(result.samples, 1000);
  EXPECT_GT(result.distance, result.floor);
  EXPECT_NEAR(std::accumulate(result.histogram.begin(), result.histogram.end(), 0.0), 1, 1e-9);
}

TEST_F(Quality, IsANumberOfTheSettingsAlone) {
  const auto what = request();
  const double first = measured(what).distance;
  auto other = what;
  other.settings.first_sample = 6400;  // another round on the wall
  other.settings.label = 3;            // quality is that of all classes
  EXPECT_EQ(measured(other).serial, job.latest()->serial);
  other.hardware.bits = 1;
  const double coarse = measured(other).distance;
  EXPECT_NE(coarse, first);
  EXPECT_EQ(measured(what).distance, first) << "bit by bit";
}

TEST_F(Quality, ChangesBeginAnew) {
  auto what = request();
  job.measure(what);
  what.settings.seed = 2;
  const auto result = measured(what);  // the first one is given up
  EXPECT_EQ(result.state, State::ready);
  job.cancel(State::waiting);
  EXPECT_EQ(job.latest()->state, State::waiting);
  EXPECT_TRUE(std::isnan(job.latest()->distance));
  EXPECT_EQ(measured(what).distance, result.distance);
}

TEST_F(Quality, RepeatsWithOtherSeeds) {
  auto what = request();
  const auto first = measured(what);
  ASSERT_EQ(first.repeats.size(), 1u);
  EXPECT_EQ(first.repeats[0].relative, first.relative);
  job.repeat(3);
  ASSERT_TRUE(job.settle(kLong));
  const auto result = *job.latest();
  ASSERT_EQ(result.repeats.size(), 3u);
  EXPECT_EQ(result.repeats_wanted, 3);
  EXPECT_EQ(result.relative, first.relative) << "the number of the wall's seed stays";
  EXPECT_NE(result.repeats[1].relative, result.repeats[0].relative);
  what.settings.seed += 1;
  const auto second = measured(what);
  EXPECT_EQ(second.repeats[0].seed, result.repeats[1].seed);
  EXPECT_EQ(second.repeats[0].distance, result.repeats[1].distance) << "bit by bit";
  EXPECT_EQ(second.repeats.size(), 1u) << "another request begins anew";
}

TEST_F(Quality, SaysWhatIsMissing) {
  auto result = measured(request("{}"));
  EXPECT_EQ(result.state, State::unavailable);
  EXPECT_THAT(result.reason, HasSubstr("small does not say"));
  result = measured(request(R"({"dataset": "cats"})"));
  EXPECT_EQ(result.state, State::unavailable);
  EXPECT_THAT(result.reason, HasSubstr("cats-classifier"));
  QualityRequest tiny;
  tiny.model = std::make_shared<const Model>(test::load_small("a"));
  std::const_pointer_cast<Model>(tiny.model)->training = R"({"dataset": "mnist"})";
  result = measured(tiny);
  EXPECT_EQ(result.state, State::unavailable);
  EXPECT_THAT(result.reason, HasSubstr("shows 6 x 5"));

  QualityJob without(test::training_without_pictures());
  without.measure(request());
  ASSERT_TRUE(without.settle(kLong));
  EXPECT_EQ(without.latest()->state, State::unavailable);
  EXPECT_THAT(without.latest()->reason, HasSubstr("docs/data.md"));
}

// Whatever goes wrong on its thread must not end the program.
TEST_F(Quality, AnyErrorIsAReason) {
  auto options = test::small_training();
  options.images = [](const std::string&, Split) -> ImageSet {
    throw std::length_error("too long");
  };
  QualityJob odd(options);
  odd.measure(request());
  ASSERT_TRUE(odd.settle(kLong));
  EXPECT_EQ(odd.latest()->state, State::unavailable);
  EXPECT_THAT(odd.latest()->reason, HasSubstr("too long"));
}

TEST_F(Quality, ANetworkThatDivergesHasNone) {
  auto what = request();
  auto model = *what.model;
  for (float& w : model.program.weights(0)) w = std::numeric_limits<float>::infinity();
  what.model = std::make_shared<const Model>(std::move(model));
  EXPECT_EQ(measured(what).state, State::unavailable);
}

}  // namespace
}  // namespace phaseloom
