// SPDX-License-Identifier: MIT
#include "app/document/trained_on.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

TEST(TrainedOn, IsTheDataSetOfAModelOrNothing) {
  Model model;
  for (const char* none : {"", "no json", "[]", "{}", R"({"dataset": 3})"}) {
    model.training = none;
    EXPECT_EQ(trained_on(model), "") << none;
  }
  model.training = R"({"dataset": "fashion"})";
  EXPECT_EQ(trained_on(model), "fashion");
}

}  // namespace
}  // namespace phaseloom
