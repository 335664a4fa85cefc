// SPDX-License-Identifier: MIT
#include "app/jobs/card_job.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <limits>

#include "engine/support/error.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

TEST(CardJob, MakesEachCardOnce) {
  std::atomic<int> read = 0;
  CardJob job(
      [&](const std::string&) {
        ++read;
        return test::small_model("kuramoto_shil", 1);
      },
      true);
  const auto card = job.card("a");
  ASSERT_NE(card, nullptr) << "a gated job makes it at once";
  EXPECT_EQ(card->problem, "");
  EXPECT_EQ(card->pictures.size(), std::size_t(ModelCard::kPictures) * ModelCard::kChannels *
                                       ModelCard::kSide * ModelCard::kSide);
  EXPECT_NE(*std::ranges::min_element(card->pictures), *std::ranges::max_element(card->pictures));
  for (int frame = 0; frame < 10; ++frame) EXPECT_EQ(job.card("a"), card);
  EXPECT_EQ(read, 1);
}

TEST(CardJob, TellsWhatIsWrong) {
  CardJob job(
      [](const std::string& name) -> Model {
        if (name == "missing") fail("missing: no such file");
        Model model = test::small_model("kuramoto_shil", 1);
        for (float& value : model.program.values) value = std::numeric_limits<float>::infinity();
        return model;
      },
      true);
  EXPECT_EQ(job.card("missing")->problem, "missing: no such file");
  EXPECT_TRUE(job.card("missing")->pictures.empty());
  EXPECT_NE(job.card("wild")->problem, "");
}

TEST(CardJob, LooksAgainWhenTheFileIsAnotherOne) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "mine.safetensors";
  Model model = test::small_model("kuramoto_shil", 1);
  save_model(path, model);
  CardJob job({}, true);
  const auto first = job.card(path.string());
  ASSERT_EQ(first->problem, "");
  job.look_again();
  EXPECT_EQ(job.card(path.string()), first) << "the same file, the same card";
  model.training = R"({"dataset": "mnist"})";
  save_model(path, model);
  std::filesystem::last_write_time(
      path, std::filesystem::last_write_time(path) + std::chrono::seconds(5));
  EXPECT_EQ(job.card(path.string()), first) << "nobody has asked to look again";
  job.look_again();
  EXPECT_EQ(job.card(path.string())->line, "digits");
}

TEST(CardJob, InTheBackgroundComesWhenItComes) {
  CardJob job([](const std::string&) { return test::small_model("kuramoto_shil", 1); });
  EXPECT_EQ(job.card("a"), nullptr);
  ASSERT_TRUE(job.settle(60));
  EXPECT_NE(job.card("a"), nullptr);
}

}  // namespace
}  // namespace phaseloom
