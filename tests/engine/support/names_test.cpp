// SPDX-License-Identifier: MIT
#include "engine/support/names.hpp"

#include <gmock/gmock.h>

#include <set>

#include "engine/hardware/cost.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/learning/losses/loss.hpp"
#include "engine/network/program.hpp"
#include "engine/transport/setup.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

template <class E>
class NamesOf : public testing::Test {};
using Enumerations = testing::Types<Integrator, Readout, Substrate, BitGrid, CostPreset,
                                    CouplingCell, ChunkHold, CostSource, Loss, TransportLoss>;
TYPED_TEST_SUITE(NamesOf, Enumerations);

TYPED_TEST(NamesOf, GoThereAndBack) {
  const auto all = names_of<TypeParam>();
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), all.size()) << "no name twice";
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(named<TypeParam>(all[i]), static_cast<TypeParam>(i));
    EXPECT_EQ(name_of(static_cast<TypeParam>(i)), all[i]);
    EXPECT_FALSE(all[i].empty());
  }
  EXPECT_EQ(find_named<TypeParam>(""), std::nullopt);
  EXPECT_THAT(error_of([] { named<TypeParam>("nonsense\n"); }),
              AllOf(HasSubstr("there is no"), HasSubstr("'nonsense\\x0a'"), HasSubstr(all[0]),
                    HasSubstr(all.back())));
}

TEST(Names, OfLossesKnowTheFormerSpelling) {
  for (const LossInfo& loss : all_losses()) {
    EXPECT_EQ(named<Loss>(loss.former), loss.loss);
    EXPECT_EQ(&info(loss.loss), &loss);
  }
  EXPECT_EQ(name_of(named<Loss>("wgan_gp_drift")), "wgan-gp+drift") << "and write one way only";
}

}  // namespace
}  // namespace phaseloom
