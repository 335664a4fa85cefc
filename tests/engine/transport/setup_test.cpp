// SPDX-License-Identifier: MIT
#include "engine/transport/setup.hpp"

#include "engine/network/substrate.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(TransportSetup, NamesGoBothWays) {
  for (const auto loss : {TransportLoss::ot_cfm, TransportLoss::swd})
    EXPECT_EQ(named<TransportLoss>(name_of(loss)), loss);
  EXPECT_THAT(error_of([] { named<TransportLoss>("mse"); }), HasSubstr("ot_cfm, swd"));
}

TEST(TransportSetup, ModelsAreTheMlpAndSubstrates) {
  EXPECT_EQ(transport_models().size(), 5u);
  for (const auto model : transport_models())
    if (model != kMlp) {
      EXPECT_NO_THROW(substrate_named(model));
    }
}

TEST(TransportSetup, FillsInWhatTheModelDecides) {
  const auto physics = checked({});
  EXPECT_EQ(physics.iterations, default_iterations(physics));
  EXPECT_EQ(physics.chunks, TransportSetup{}.chunks);
  const auto mlp = checked({.model = "mlp", .chunks = 8, .hidden = 16, .iterations = 7});
  EXPECT_EQ(mlp.chunks, 1);
  EXPECT_EQ(mlp.hidden, 0);
  EXPECT_EQ(mlp.iterations, 7);
}

TEST(TransportSetup, NamesTheFieldThatIsWrong) {
  EXPECT_THAT(error_of([] { checked({.model = "langevin"}); }), HasSubstr("choose one of mlp"));
  EXPECT_THAT(error_of([] { checked({.chunks = 0}); }), HasSubstr("chunks is 0"));
  EXPECT_THAT(error_of([] { checked({.hidden = -1}); }), HasSubstr("hidden is -1"));
  EXPECT_THAT(error_of([] { checked({.hidden = 65}); }), HasSubstr("0..64"));
  EXPECT_THAT(error_of([] { checked({.iterations = -5}); }), HasSubstr("iterations is -5"));
}

}  // namespace
}  // namespace phaseloom
