#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/dynamics/model_file.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A data set of four noisy squares, as plain IDX files.
void write_idx(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const int n = 40;
  const auto put = [](std::ofstream& out, int v) {
    for (int shift : {24, 16, 8, 0}) out.put(static_cast<char>(v >> shift));
  };
  for (const std::string split : {"train", "t10k"}) {
    std::ofstream images(folder / (split + "-images-idx3-ubyte"), std::ios::binary);
    for (int v : {0x803, n, 28, 28}) put(images, v);
    for (int i = 0; i < n * 784; ++i) images.put(static_cast<char>((i * 37 + i / 784 * 11) % 256));
    std::ofstream labels(folder / (split + "-labels-idx1-ubyte"), std::ios::binary);
    for (int v : {0x801, n}) put(labels, v);
    for (int i = 0; i < n; ++i) labels.put(static_cast<char>(i % 10));
  }
}

class TrainCommand : public ::testing::Test {
 protected:
  TrainCommand() { write_idx(folder_ / "mnist"); }
  std::vector<std::string> command(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"train",    "mnist", "--data",   folder_.path().string(),
                                       "--radius", "1",     "--hidden", "0",
                                       "--chunks", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  ProgramResult train(const std::vector<std::string>& more) const {
    return run_program(command(more));
  }
  TemporaryFolder folder_;
};

TEST_F(TrainCommand, WritesAModelGridsAndFacts) {
  const auto out = folder_ / "m.safetensors";
  const auto result = train({"--iterations", "3", "--out", out.string()});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("trained after 3 iterations"));
  const Model model = load_model(out);
  EXPECT_EQ(model.program.chunks(), 2);
  const auto facts = nlohmann::json::parse(model.training);
  EXPECT_EQ(facts.at("iterations"), 3);
  EXPECT_THAT(facts.at("command").get<std::string>(),
              AllOf(StartsWith("phaseloom train mnist"), HasSubstr("--iterations 3")));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "m-grids" / "iteration-000003.png"));
}

TEST_F(TrainCommand, SameIterationsGiveTheSameModelForAnyThreads) {
  ASSERT_EQ(
      train({"--iterations", "2", "--threads", "1", "--out", (folder_ / "a.safetensors").string()})
          .exit_code,
      0);
  ASSERT_EQ(
      train({"--iterations", "2", "--threads", "3", "--out", (folder_ / "b.safetensors").string()})
          .exit_code,
      0);
  EXPECT_EQ(load_model(folder_ / "a.safetensors").program.values,
            load_model(folder_ / "b.safetensors").program.values);
}

/// How a training is cut off, once its first checkpoint is there.
enum class End { interrupt, kill };

TEST_F(TrainCommand, KilledOrInterruptedItGoesOnToTheSameModel) {
  const std::vector<std::string> plan{"--iterations",       "150",   "--bits",    "4",
                                      "--weight-noise",     "0.025", "--density", "0.5",
                                      "--checkpoint-every", "0.01"};
  const auto begin = [&](const std::string& name) {
    auto arguments = plan;
    arguments.insert(arguments.end(), {"--out", (folder_ / (name + ".safetensors")).string()});
    return arguments;
  };
  ASSERT_EQ(train(begin("whole")).exit_code, 0);
  const auto whole = load_model(folder_ / "whole.safetensors").program.values;

  for (const End end : {End::kill, End::interrupt}) {
    const std::string name = end == End::kill ? "killed" : "interrupted";
    const auto checkpoint = folder_ / (name + ".checkpoint");
    RunningProgram running(command(begin(name)));
    // Never later than its end: without a checkpoint the next assertion tells.
    for (int k = 0; k < 3000 && !std::filesystem::exists(checkpoint); ++k)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_TRUE(std::filesystem::exists(checkpoint)) << name;
    if (end == End::kill)
      running.kill();
    else
      running.interrupt();
    const auto first = running.wait();
    ASSERT_TRUE(std::filesystem::exists(checkpoint)) << name << " too late: " << first.out;
    if (end == End::interrupt) {
      EXPECT_EQ(first.exit_code, 0) << first.err;
      EXPECT_THAT(first.out, HasSubstr("--resume " + checkpoint.string()));
    }
    const auto rest =
        run_program({"train", "--resume", checkpoint.string(), "--data", folder_.path().string()});
    ASSERT_EQ(rest.exit_code, 0) << rest.err;
    EXPECT_TRUE(load_model(folder_ / (name + ".safetensors")).program.values == whole) << name;
    EXPECT_FALSE(std::filesystem::exists(checkpoint)) << "nothing is left to go on with";
  }
}

TEST_F(TrainCommand, GoesOnToAnotherLength) {
  const auto out = folder_ / "m.safetensors", checkpoint = folder_ / "m.checkpoint";
  RunningProgram running(command({"--iterations", "1000000", "--checkpoint-every", "0.01",  // hours
                                  "--out", out.string()}));
  for (int k = 0; k < 3000 && !std::filesystem::exists(checkpoint); ++k)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  running.interrupt();
  running.wait();
  ASSERT_TRUE(std::filesystem::exists(checkpoint));
  const auto rest = run_program({"train", "--resume", checkpoint.string(), "--iterations", "1",
                                 "--data", folder_.path().string()});
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_FALSE(std::filesystem::exists(checkpoint)) << "it has come to its end";
  EXPECT_THAT(
      nlohmann::json::parse(load_model(out).training).at("command").get<std::string>(),
      AllOf(HasSubstr("--iterations 1000000"), HasSubstr("--resume"), EndsWith("--iterations 1")))
      << "the model says how it came to be";
}

TEST_F(TrainCommand, BeginsWithATrainedModel) {
  ASSERT_EQ(train({"--iterations", "2", "--out", (folder_ / "a.safetensors").string()}).exit_code,
            0);
  ASSERT_EQ(train({"--from", (folder_ / "a.safetensors").string(), "--iterations", "1",
                   "--generator-rate", "1e-7", "--out", (folder_ / "b.safetensors").string()})
                .exit_code,
            0);
  const auto a = load_model(folder_ / "a.safetensors").program.values,
             b = load_model(folder_ / "b.safetensors").program.values;
  EXPECT_FALSE(a == b);
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], 1e-5);
  const auto first_steps = [&](const char* name) {
    return nlohmann::json::parse(
               load_model(folder_ / name).training)["settings"]["phases"][0]["steps"][0]
        .get<int>();
  };
  EXPECT_LT(first_steps("a.safetensors"), first_steps("b.safetensors"))
      << "what is trained is not stepped coarsely again";
}

TEST_F(TrainCommand, LabelsAreLearntFromTheDataSet) {
  const auto plain = (folder_ / "plain.safetensors").string();
  const auto asked = (folder_ / "asked.safetensors").string();
  const auto again = (folder_ / "again.safetensors").string();
  ASSERT_EQ(train({"--iterations", "1", "--out", plain}).exit_code, 0);
  ASSERT_EQ(train({"--iterations", "2", "--labels", "--out", asked}).exit_code, 0);
  EXPECT_EQ(load_model(plain).program.topology->labels(), 0);
  const Model model = load_model(asked);
  EXPECT_EQ(model.program.topology->labels(), 10);
  EXPECT_THAT(nlohmann::json::parse(model.training).at("command").get<std::string>(),
              HasSubstr("--labels"));
  ASSERT_EQ(train({"--iterations", "1", "--from", asked, "--out", again}).exit_code, 0);
  EXPECT_EQ(load_model(again).program.topology->labels(), 10);

  const auto refused = train({"--iterations", "1", "--labels", "--from", plain, "--out", again});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("knows no classes"));
  const auto voltage =
      train({"--iterations", "1", "--labels", "--substrate", "aim_tanh", "--out", again});
  EXPECT_EQ(voltage.exit_code, 0) << voltage.err;
  EXPECT_EQ(load_model(again).program.topology->labels(), 10) << "a voltage is held as well";
}

TEST_F(TrainCommand, BadInputIsOneLine) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--out", "m.npy", "--iterations", "1"}, ".safetensors"},
      {{"--out", "/proc/nowhere/m.safetensors", "--iterations", "1"}, "/proc/nowhere"},
      {{"--out", (folder_ / "m.safetensors").string(), "--iterations", "0"}, "--iterations"},
      {{"--out", (folder_ / "m.safetensors").string(), "--substrate", "jelly"}, "aim_tanh"},
      {{"--out", (folder_ / "m.safetensors").string(), "--loss", "mse"}, "wgan-gp"},
      {{"--out", (folder_ / "m.safetensors").string(), "--from", "no-such-model"}, "no-such-model"},
      {{"--resume", (folder_ / "mnist/train-images-idx3-ubyte").string()}, "idx3-ubyte"},
  };
  for (const auto& [arguments, what] : cases) {
    const auto result = train(arguments);
    EXPECT_EQ(result.exit_code, 2) << what;
    EXPECT_THAT(result.err, HasSubstr(what));
  }
  const auto missing =
      run_program({"train", "fashion", "--data", (folder_ / "empty").string(), "--out",
                   (folder_ / "m.safetensors").string(), "--minutes", "0"});
  EXPECT_EQ(missing.exit_code, 2);
}

}  // namespace
}  // namespace phaseloom
