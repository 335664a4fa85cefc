// SPDX-License-Identifier: MIT
#include "app/jobs/training_material.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "engine/support/error.hpp"
#include "tests/app/session/small_pictures.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Fetch : ::testing::Test {
  TrainingMaterial material;
  TrainingJobOptions options = test::small_training();
  std::vector<std::string> said;
  int reads = 0;
  ThreadPool pool{1};

  void SetUp() override {
    options.images = [this](const std::string& name, Split split) {
      ++reads;
      return test::small_pictures(name, split);
    };
  }
  bool fetch(const std::string& dataset, Loss loss, bool stopped = false) {
    said.clear();
    const auto source = [&](const std::string& name, Split split) {
      return options.load(name, split);
    };
    return material.fetch(
        dataset, loss, source, pool, [&](std::string_view doing) { said.emplace_back(doing); },
        [&] { return stopped; });
  }
};

TEST_F(Fetch, ReadsWhatIsNotThereYet) {
  ASSERT_TRUE(fetch("mnist", Loss::wgan_gp_drift));
  EXPECT_THAT(said, ElementsAre("Reading mnist", "Preparing to measure quality"));
  EXPECT_EQ(reads, 2);
  EXPECT_EQ(material.images().count(), 96);
  ASSERT_NE(material.evaluator(), nullptr);
  EXPECT_GT(material.evaluator()->floor(), 0);
  EXPECT_NE(material.features(), nullptr);
  ASSERT_TRUE(fetch("mnist", Loss::wgan_gp));
  EXPECT_EQ(reads, 2) << "it has them";
  EXPECT_EQ(material.features(), nullptr) << "a loss without features";
  ASSERT_TRUE(fetch("fashion", Loss::wgan_gp));
  EXPECT_EQ(reads, 4);
}

TEST_F(Fetch, WhatWasReadBeforehandIsNotReadAgain) {
  const auto source = [&](const std::string& name, Split split) {
    return options.load(name, split);
  };
  EXPECT_EQ(material.read("mnist", source).count(), 96);
  EXPECT_TRUE(material.fetch("mnist", Loss::wgan_gp, source, pool)) << "nobody listens or stops it";
  EXPECT_EQ(reads, 2);
}

TEST_F(Fetch, StopsBetween) {
  EXPECT_FALSE(fetch("mnist", Loss::wgan_gp, true));
  EXPECT_EQ(reads, 1);
}

TEST_F(Fetch, WithoutTestPicturesQualityIsNotMeasured) {
  const auto images = options.images;
  options.images = [&](const std::string& name, Split split) {
    if (split == Split::test) fail("no test pictures of {}", name);
    return images(name, split);
  };
  ASSERT_TRUE(fetch("mnist", Loss::wgan_gp));
  EXPECT_EQ(material.evaluator(), nullptr);
  EXPECT_THAT(material.why_not(), HasSubstr("no test pictures of mnist"));
  options.images = images;
  ASSERT_TRUE(fetch("mnist", Loss::wgan_gp)) << "another try";
  EXPECT_NE(material.evaluator(), nullptr);
  EXPECT_EQ(material.why_not(), "");
}

TEST_F(Fetch, WithoutPicturesThereIsNothingToLearnFrom) {
  options = test::training_without_pictures();
  EXPECT_THROW(fetch("mnist", Loss::wgan_gp), Error);
}

}  // namespace
}  // namespace phaseloom
