// SPDX-License-Identifier: MIT
#include "engine/learning/training_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Learner {
  std::vector<float> rates{1, 2, 3};
  std::vector<std::uint8_t> mask{1, 0};
  std::int64_t steps = 7;
  void visit_state(StateVisitor& state) {
    state.numbers("rates", rates);
    state.flags("mask", mask);
    state.count("steps", steps);
  }
};

TensorFile file_of(Learner learner) {
  TensorFile file;
  file.source = "run.checkpoint";
  StateWriter writer(file);
  learner.visit_state(writer);
  return file;
}

std::string error_from(const TensorFile& file, Learner into = {}) {
  return error_of([&] {
    StateReader reader(file);
    into.visit_state(reader);
  });
}

TEST(TrainingState, TheSameListWritesAndReads) {
  const TensorFile file = file_of({{4, 5, 6}, {0, 1}, 1LL << 40});
  Learner learner;
  StateReader reader(file);
  learner.visit_state(reader);
  EXPECT_EQ(learner.rates, (std::vector<float>{4, 5, 6}));
  EXPECT_EQ(learner.mask, (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(learner.steps, 1LL << 40);
}

TEST(TrainingState, WhatDoesNotFitIsNamed) {
  Learner longer;
  longer.rates.push_back(4);
  EXPECT_THAT(error_from(file_of({}), longer),
              AllOf(HasSubstr("run.checkpoint"), HasSubstr("rates")));
  EXPECT_THAT(error_from(file_of({{1, std::numeric_limits<float>::infinity(), 3}, {1, 0}, 1})),
              HasSubstr("not finite"));

  TensorFile file = file_of({});
  file.tensors.pop_back();
  EXPECT_THAT(error_from(file), HasSubstr("mask"));
  for (const char* text : {"-1", "", "7x", "99999999999999999999"}) {
    file = file_of({});
    file.metadata["steps"] = text;
    EXPECT_THAT(error_from(file), HasSubstr("steps")) << text;
  }
  file.metadata.erase("steps");
  EXPECT_THAT(error_from(file), HasSubstr("steps"));
}

}  // namespace
}  // namespace phaseloom
