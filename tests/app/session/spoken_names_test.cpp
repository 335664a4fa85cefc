#include "app/session/spoken_names.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

TEST(SpokenNames, ClassesAreDigitsOrClothes) {
  EXPECT_EQ(spoken_class("mnist", 7), "7");
  EXPECT_EQ(spoken_class("fashion", 7), "sneaker");
  EXPECT_EQ(spoken_class("fashion", 10), "10");
  EXPECT_EQ(spoken_class("", 3), "3");
}

TEST(SpokenNames, SubstratesWithoutAnotherNameKeepTheirs) {
  EXPECT_EQ(spoken_substrate("kuramoto_shil"), "SHIL");
  EXPECT_EQ(spoken_substrate("of_tomorrow"), "of_tomorrow");
}

}  // namespace
}  // namespace phaseloom
