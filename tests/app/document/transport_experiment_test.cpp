// SPDX-License-Identifier: MIT
#include "app/document/transport_experiment.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(TransportExperiment, DrawingsSurviveTheirText) {
  const Points places{{-0.5f, 0.5f}, {0, 0}, {0.123f, -0.077f}};
  const std::string text = print_drawing(places);
  EXPECT_EQ(text, "-500 500 0 0 123 -77");
  EXPECT_EQ(parse_drawing(text, "d"), places);
  EXPECT_NO_THROW(parse_drawing(TransportExperiment().drawing, "d")) << "the one to begin with";
}

TEST(TransportExperiment, BadDrawingsAreSaidWhatIsWrong) {
  for (const auto& [text, what] : {std::pair<std::string, std::string>{"", "0 numbers"},
                                   {"1 2 3", "3 numbers"},
                                   {"1 2", "2 numbers"},
                                   {"1 2 3 x", "'x' is not a whole number"},
                                   {"1 2 3 501", "'501' is not"},
                                   {"0.5 0 1 1", "'0.5' is not"}})
    EXPECT_THAT(error_of([&, t = text] { parse_drawing(t, "transport.drawing"); }),
                AllOf(HasSubstr("transport.drawing"), HasSubstr(what)))
        << text;
  std::string many;
  for (std::size_t i = 0; i <= kMaxDrawing; ++i) many += "1 1 ";
  EXPECT_THAT(error_of([&] { parse_drawing(many, "d"); }), HasSubstr("802 numbers"));
}

TEST(TransportExperiment, PairsComeByNameByHandAndFromFiles) {
  TransportExperiment experiment;
  EXPECT_EQ(pair_of(experiment).name(), "D1");
  experiment.pair = "D9";
  EXPECT_THAT(error_of([&] { pair_of(experiment); }), AllOf(HasSubstr("D9"), HasSubstr("D4")));

  experiment.pair = kDrawnPair;
  experiment.drawing = "-400 0 400 0";
  for (const Point& p : pair_of(experiment).target(1, 0, 100)) {
    EXPECT_EQ(p.y, 0);
    EXPECT_FLOAT_EQ(std::abs(p.x), 0.4f);
  }

  const TemporaryFolder folder;
  experiment.pair = (folder / "mine.csv").string();
  EXPECT_THAT(error_of([&] { pair_of(experiment); }), HasSubstr("mine.csv")) << "is not there";
  std::ofstream(experiment.pair) << "x,y\n0.25,0.25\n-0.25,0.25\n";
  EXPECT_EQ(pair_of(experiment).name(), "mine");
  for (const Point& p : pair_of(experiment).target(1, 0, 100)) EXPECT_EQ(p.y, 0.25f);
}

TEST(TransportExperiment, MakesASetupForTheTrainer) {
  TransportExperiment experiment;
  experiment.model = transport_model_choice("mlp");
  EXPECT_EQ(experiment.setup().hidden, 0) << "it has none";
  experiment.model = transport_model_choice("aim_tanh");
  experiment.hidden = 3;
  experiment.iterations = 12;
  const TransportSetup setup = experiment.setup();
  EXPECT_EQ(setup.model, "aim_tanh");
  EXPECT_EQ(setup.hidden, 3);
  EXPECT_EQ(setup.iterations, 12);
  EXPECT_THAT(error_of([] { transport_model_choice("gan"); }),
              AllOf(HasSubstr("gan"), HasSubstr("kuramoto_shil")));
}

}  // namespace
}  // namespace phaseloom
