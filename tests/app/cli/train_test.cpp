// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "engine/learning/checkpoint.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/cli/train_command.hpp"
#include "tests/support/environment.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

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

TEST_F(TrainCommand, TrainsAWarmNetworkInStepsCountedByTime) {
  const auto out = folder_ / "m.safetensors";
  const auto result = train({"--iterations", "2", "--substrate", "langevin", "--tied",
                             "--chunk-duration", "1.0", "--temperature", "0.1", "--start-width",
                             "0.4", "--step", "0.05", "--out", out.string()});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Model model = load_model(out);
  EXPECT_EQ(model.program.temperature, 0.1);
  EXPECT_EQ(model.program.initial.width, 0.4);
  EXPECT_EQ(model.program.integrator, Integrator::heun);
  EXPECT_EQ(model.program.steps_per_chunk, 20);
  const auto facts = nlohmann::json::parse(model.training);
  EXPECT_EQ(facts.at("settings").at("step"), 0.05);
  EXPECT_EQ(facts.at("setup").at("step"), "0.05");
  EXPECT_EQ(facts.at("setup").at("temperature"), "0.1");

  // What goes on from it is as warm, without being told.
  const auto next = folder_ / "n.safetensors";
  const auto more = train(
      {"--iterations", "1", "--from", out.string(), "--step", "0.05", "--out", next.string()});
  ASSERT_EQ(more.exit_code, 0) << more.err;
  EXPECT_EQ(load_model(next).program.temperature, 0.1);
  EXPECT_EQ(load_model(next).program.integrator, Integrator::heun);
  const auto other = train({"--iterations", "1", "--from", out.string(), "--step", "0.05",
                            "--temperature", "0.2", "--out", next.string()});
  ASSERT_EQ(other.exit_code, 0) << other.err;
  EXPECT_EQ(load_model(next).program.temperature, 0.2) << "another bath to live in";
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

// Nobody sees its lines; the model is what counts, and that they are lost is said where it can be.
TEST_F(TrainCommand, OutputThatCannotBeWrittenIsNoReasonToStop) {
  const auto out = folder_ / "m.safetensors";
  const auto all = command({"--iterations", "3", "--out", out.string()});
  const auto lost = run_program(all, {.out = "/dev/full", .err = "/dev/full"});
  EXPECT_EQ(lost.exit_code, 2);
  EXPECT_EQ(load_model(out).program.chunks(), 2);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "m.checkpoint")) << "it came to its end";

  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);  // the reader is gone
  std::filesystem::remove(out);
  const auto unread = run_program(all, {.descriptor = ends[1]});
  ::close(ends[1]);
  EXPECT_EQ(unread.exit_code, 2);
  EXPECT_TRUE(std::filesystem::exists(out));
}

TEST_F(TrainCommand, GoesOnWhenItsTerminalIsClosed) {
  int master = -1, slave = -1;
  ASSERT_EQ(::openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
  ::fcntl(master, F_SETFD, FD_CLOEXEC);  // the terminal is this process's alone
  const auto out = folder_ / "m.safetensors", checkpoint = folder_ / "m.checkpoint";
  // One look, at the end: what is kept is the last network.
  RunningProgram running(command({"--iterations", "150", "--checkpoint-every", "0.01",
                                  "--evaluate-every", "1000", "--out", out.string()}),
                         {.descriptor = slave});
  ::close(slave);
  for (int k = 0; k < 3000 && !std::filesystem::exists(checkpoint); ++k)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ::close(master);
  running.wait();
  EXPECT_EQ(nlohmann::json::parse(load_model(out).training).at("iterations"), 150);
  EXPECT_FALSE(std::filesystem::exists(checkpoint)) << "it came to its end";
}

/// While it lives, this process ignores the signal, and those that it starts do so too.
class Ignored {
 public:
  explicit Ignored(int number) : number_(number), before_(::signal(number, SIG_IGN)) {}
  ~Ignored() { ::signal(number_, before_); }
  Ignored(const Ignored&) = delete;
  Ignored& operator=(const Ignored&) = delete;

 private:
  int number_;
  sighandler_t before_;
};

TEST_F(TrainCommand, SignalsStopItUnlessTheyAreIgnored) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP})
    for (const bool ignored : {false, true}) {
      const std::string name = fmt::format("{}-{}", number, ignored);
      const auto checkpoint = folder_ / (name + ".checkpoint");
      std::optional<Ignored> guard;
      if (ignored) guard.emplace(number);
      RunningProgram running(
          command({"--iterations", "150", "--checkpoint-every", "0.01", "--evaluate-every", "1000",
                   "--out", (folder_ / (name + ".safetensors")).string()}));
      guard.reset();
      for (int k = 0; k < 3000 && !std::filesystem::exists(checkpoint); ++k)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      running.signal(number);
      const auto result = running.wait();
      EXPECT_EQ(result.exit_code, 0) << name << result.err;
      EXPECT_EQ(std::filesystem::exists(checkpoint), !ignored) << name;
      EXPECT_THAT(result.out, HasSubstr(ignored ? "trained after 150" : "--resume")) << name;
    }
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
    EXPECT_FALSE(entry.path().filename().string().starts_with(".")) << entry.path();
}

// The second one may be given the same file by another name, or the checkpoint alone.
TEST_F(TrainCommand, TwoWithOneOutDoNotMix) {
  const auto out = folder_ / "m.safetensors", checkpoint = folder_ / "m.checkpoint";
  std::filesystem::create_symlink("m.safetensors", folder_ / "link.safetensors");
  RunningProgram first(
      command({"--iterations", "1000000", "--checkpoint-every", "0.01", "--out", out.string()}));
  for (int k = 0; k < 3000 && !std::filesystem::exists(checkpoint); ++k)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_TRUE(std::filesystem::exists(checkpoint));
  const auto refused = [&](const ProgramResult& second) {
    EXPECT_EQ(second.exit_code, 2) << second.out;
    EXPECT_THAT(second.err, HasSubstr("(phaseloom train mnist"));
    EXPECT_THAT(second.err, HasSubstr("is at work on it"));
    EXPECT_EQ(std::ranges::count(second.err, '\n'), 1);
  };
  refused(train({"--iterations", "1", "--out", out.string()}));
  refused(train({"--iterations", "1", "--out", (folder_ / "link.safetensors").string()}));
  refused(run_program({"train", "--resume", checkpoint.string()}));
  refused(run_program({"train", "--resume", checkpoint.string(), "--out",
                       (folder_ / "other.safetensors").string()}));
  EXPECT_EQ(
      train({"--iterations", "1", "--out", (folder_ / "free.safetensors").string()}).exit_code, 0)
      << "beside it there is room";
  first.kill();  // it cannot tidy up
  first.wait();
  const auto length = fmt::format("{}", load_checkpoint(checkpoint).iterations() + 1);
  const auto rest = run_program({"train", "--resume", checkpoint.string(), "--iterations", length});
  EXPECT_EQ(rest.exit_code, 0) << rest.err;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
    EXPECT_FALSE(entry.path().filename().string().starts_with(".")) << entry.path();
}

TEST_F(TrainCommand, GoesOnToAnotherLength) {
  const auto out = folder_ / "m.safetensors";
  const auto checkpoint = interrupted(
      command({"--iterations", "1000000", "--checkpoint-every", "0.01", "--out", out.string()}),
      folder_ / "m.checkpoint");
  ASSERT_TRUE(std::filesystem::exists(checkpoint));
  const auto done = load_checkpoint(checkpoint).iterations();
  const auto refused = run_program({"train", "--resume", checkpoint.string(), "--iterations", "1"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr(fmt::format("has made {} already", done)));
  EXPECT_TRUE(std::filesystem::exists(checkpoint));
  const auto length = fmt::format("{}", done + 1);
  const auto rest = run_program({"train", "--resume", checkpoint.string(), "--iterations", length});
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_FALSE(std::filesystem::exists(checkpoint)) << "it has come to its end";
  EXPECT_THAT(nlohmann::json::parse(load_model(out).training).at("command").get<std::string>(),
              AllOf(HasSubstr("--iterations 1000000"), HasSubstr("--resume"),
                    EndsWith("--iterations " + length)))
      << "the model says how it came to be";
}

// What was given relative to one folder is found from any other, and the data set is the same.
TEST_F(TrainCommand, GoesOnFromAnotherFolder) {
  const auto elsewhere = folder_ / "elsewhere";
  std::filesystem::create_directories(elsewhere);
  const auto here = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  const auto checkpoint = interrupted(
      {"train", "mnist", "--data", ".", "--radius", "1", "--hidden", "0", "--iterations", "1000000",
       "--checkpoint-every", "0.01", "--out", "m.safetensors"},
      folder_ / "m.checkpoint");
  std::filesystem::current_path(elsewhere);
  const auto length = fmt::format("{}", load_checkpoint(checkpoint).iterations() + 1);
  const auto rest = run_program({"train", "--resume", "../m.checkpoint", "--iterations", length});
  std::filesystem::current_path(here);
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_TRUE(std::filesystem::is_empty(elsewhere));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "m.safetensors"));
  EXPECT_FALSE(std::filesystem::exists(checkpoint));
}

// The checkpoint finds its files again, though JSON can only hold UTF-8.
TEST_F(TrainCommand, GoesOnInAFolderThatIsNotUtf8) {
  const auto strange = folder_ / "f\xf6lder";
  std::filesystem::create_directories(strange);
  const auto out = strange / "m.safetensors";
  const auto checkpoint = interrupted(
      command({"--iterations", "1000000", "--checkpoint-every", "0.01", "--out", out.string()}),
      strange / "m.checkpoint");
  ASSERT_TRUE(std::filesystem::exists(checkpoint));
  std::filesystem::remove(out);
  const auto length = fmt::format("{}", load_checkpoint(checkpoint).iterations() + 1);
  const auto rest = run_program({"train", "--resume", checkpoint.string(), "--iterations", length});
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_THAT(nlohmann::json::parse(load_model(out).training).at("command").get<std::string>(),
              HasSubstr("f\\xf6lder/m.safetensors"));
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
  const auto facts = nlohmann::json::parse(load_model(folder_ / "b.safetensors").training);
  EXPECT_EQ(facts.at("from").at("model"), "a");
  EXPECT_THAT(facts.at("from").at("training").at("command").get<std::string>(),
              HasSubstr("--iterations 2"))
      << "the model says how the one came to be that it began as";
}

TEST_F(TrainCommand, ATrainedModelGrowsItsReach) {
  const auto narrow = (folder_ / "narrow.safetensors").string();
  const auto wide = (folder_ / "wide.safetensors").string();
  ASSERT_EQ(train({"--iterations", "1", "--labels", "--out", narrow}).exit_code, 0);
  const auto grown = train({"--iterations", "3", "--from", narrow, "--radius", "2", "--out", wide});
  ASSERT_EQ(grown.exit_code, 0) << grown.err;
  const Program before = load_model(narrow).program, after = load_model(wide).program;
  EXPECT_EQ(after.topology->description(), "local(2) x 1 layer + 10 labels");
  EXPECT_EQ(after.topology->labels(), before.topology->labels());
  // The new couplings are learnt: unit 100 listens to one two columns away.
  EXPECT_EQ(before.topology->find(100, 102), -1);
  EXPECT_NE(after.weights(0)[after.topology->find(100, 102)], 0);
  for (const char* radius : {"1", "0"}) {
    const auto refused =
        train({"--iterations", "1", "--from", narrow, "--radius", radius, "--out", wide});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("can only grow"));
  }
}

TEST_F(TrainCommand, EverySubstrateIsTrainedWithItsUsualChunks) {
  const auto out = (folder_ / "s.safetensors").string();
  for (const SubstrateInfo& substrate : all_substrates()) {
    const auto result =
        train({"--iterations", "2", "--substrate", std::string(substrate.name), "--out", out});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (double duration : load_model(out).program.durations)
      EXPECT_EQ(duration, substrate.chunk_duration) << substrate.name;
  }
}

TEST_F(TrainCommand, LabelsAreLearntFromTheDataSet) {
  const auto plain = (folder_ / "plain.safetensors").string();
  const auto asked = (folder_ / "asked.safetensors").string();
  const auto again = (folder_ / "again.safetensors").string();
  ASSERT_EQ(train({"--iterations", "1", "--no-labels", "--out", plain}).exit_code, 0);
  ASSERT_EQ(train({"--iterations", "2", "--labels", "--out", asked}).exit_code, 0);
  EXPECT_EQ(load_model(plain).program.topology->labels(), 0);
  const Model model = load_model(asked);
  EXPECT_EQ(model.program.topology->labels(), 10);
  EXPECT_THAT(nlohmann::json::parse(model.training).at("command").get<std::string>(),
              HasSubstr("--labels"));
  ASSERT_EQ(train({"--iterations", "1", "--from", asked, "--out", again}).exit_code, 0);
  EXPECT_EQ(load_model(again).program.topology->labels(), 10);

  ASSERT_EQ(train({"--iterations", "1", "--out", again}).exit_code, 0);
  EXPECT_EQ(load_model(again).program.topology->labels(), 10) << "nobody needs to say so";
  ASSERT_EQ(train({"--iterations", "1", "--loss", "drift", "--out", again}).exit_code, 0);
  EXPECT_EQ(load_model(again).program.topology->labels(), 0) << "it has no critic";
  ASSERT_EQ(train({"--iterations", "1", "--from", plain, "--out", again}).exit_code, 0);
  EXPECT_EQ(load_model(again).program.topology->labels(), 0) << "it stays what it is";

  const auto refused = train({"--iterations", "1", "--labels", "--from", plain, "--out", again});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("knows no classes"));
  const auto voltage =
      train({"--iterations", "1", "--labels", "--substrate", "aim_tanh", "--out", again});
  EXPECT_EQ(voltage.exit_code, 0) << voltage.err;
  EXPECT_EQ(load_model(again).program.topology->labels(), 10) << "a voltage is held as well";
}

// What is named is used, or refused; no copy from elsewhere takes its place.
TEST_F(TrainCommand, ThePicturesOfTheNamedFolderOrALine) {
  namespace fs = std::filesystem;
  write_idx(folder_ / "elsewhere/mnist");
  const EnvironmentGuard elsewhere("PHASELOOM_DATA", (folder_ / "elsewhere").string());
  const auto named = folder_ / "named";
  const auto train_from = [&](const std::string& dataset) {
    return run_program({"train", dataset, "--data", named.string(), "--radius", "1", "--hidden",
                        "0", "--chunks", "1", "--iterations", "1", "--out",
                        (folder_ / "n.safetensors").string()});
  };
  fs::create_directories(named);
  write_file_atomically(named / "digits.zip", std::string_view("PK"));
  const auto without = train_from("mnist");
  EXPECT_EQ(without.exit_code, 2);
  EXPECT_THAT(without.err, AllOf(HasSubstr("which holds 'digits.zip'"), HasSubstr("--data names"),
                                 HasSubstr("train-images-idx3-ubyte")));
  EXPECT_FALSE(fs::exists(folder_ / "n.safetensors"));

  write_idx(named / "MNIST/raw");  // as torchvision unpacks it
  const auto whole = train_from("mnist");
  EXPECT_EQ(whole.exit_code, 0) << whole.err;
  EXPECT_THAT(whole.err, Not(HasSubstr("quality will not be measured")));

  fs::remove(named / "MNIST/raw/t10k-images-idx3-ubyte");
  const auto half = train_from("mnist");
  EXPECT_EQ(half.exit_code, 0) << half.err;
  EXPECT_THAT(half.err, AllOf(HasSubstr("quality will not be measured"),
                              HasSubstr("holds only the training images")));
  const auto judge = run_program({"train-classifier", "mnist", "--data", named.string(), "--epochs",
                                  "1", "--out", (folder_ / "judge.safetensors").string()});
  EXPECT_EQ(judge.exit_code, 2);
  EXPECT_THAT(judge.err, HasSubstr("mnist (test images): not in"));
  EXPECT_FALSE(fs::exists(folder_ / "judge.safetensors"));

  const EnvironmentGuard nowhere("PHASELOOM_DATA", (folder_ / "nowhere").string());
  const auto variable =
      run_program({"train-classifier", "mnist", "--out", (folder_ / "judge.safetensors").string()});
  EXPECT_EQ(variable.exit_code, 2);
  EXPECT_THAT(variable.err, AllOf(HasSubstr("PHASELOOM_DATA"), HasSubstr("is not a folder")));
}

TEST_F(TrainCommand, BadInputIsOneLine) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--out", "m.npy", "--iterations", "1"}, ".safetensors"},
      {{"--out", "/proc/nowhere/m.safetensors", "--iterations", "1"}, "/proc/nowhere"},
      {{"--out", (folder_ / "m.safetensors").string(), "--iterations", "0"}, "--iterations"},
      {{"--out", (folder_ / "m.safetensors").string(), "--substrate", "jelly"}, "aim_tanh"},
      {{"--out", (folder_ / "m.safetensors").string(), "--loss", "mse"}, "wgan-gp"},
      {{"--out", (folder_ / "m.safetensors").string(), "--from", "no-such-model"}, "no-such-model"},
      {{"--out", folder_.path().string() + "/mnist.safetensors/", "--iterations", "1"}, "mnist"},
      {{"--out", (folder_ / "m.safetensors").string(), "--seed", "-1"}, "--seed"},
      {{"--out", (folder_ / "m.safetensors").string(), "--labels", "--loss", "drift"}, "critic"},
      {{"--out", (folder_ / "m.safetensors").string(), "--iterations", "2", "--minutes", "3"},
       "one of them"},
      {{"--out", (folder_ / "m.safetensors").string(), "--from", "mnist-shil", "--tied"}, "--tied"},
      {{"--out", (folder_ / "m.safetensors").string(), "--from", "mnist-shil", "--start-width",
        "0.1"},
       "--start-width"},
      {{"--out", (folder_ / "m.safetensors").string(), "--temperature", "-1"}, "--temperature"},
      {{"--out", (folder_ / "m.safetensors").string(), "--from", "mnist-shil", "--hidden", "2"},
       "--hidden"},
      {{"--out", (folder_ / "m.safetensors").string(), "--from", "mnist-shil", "--no-labels"},
       "--no-labels"},
      {{"--out", (folder_ / "m.safetensors").string(), "--labels", "--no-labels"}, "--no-labels"},
  };
  for (const auto& [arguments, what] : cases) {
    const auto result = train(arguments);
    EXPECT_EQ(result.exit_code, 2) << what;
    EXPECT_THAT(result.err, HasSubstr(what));
  }
  EXPECT_FALSE(std::filesystem::exists(folder_ / "m-grids")) << "nothing is made before it begins";
  const auto too_large = run_program({"train", "mnist", "--data", folder_.path().string(), "--out",
                                      (folder_ / "m.safetensors").string(), "--hidden", "8",
                                      "--radius", "14", "--chunks", "64"});
  EXPECT_EQ(too_large.exit_code, 2);
  EXPECT_THAT(too_large.err, HasSubstr("weights"));
  const auto resumed = [&](std::vector<std::string> more) {
    more.insert(more.begin(),
                {"train", "--resume", (folder_ / "mnist/train-images-idx3-ubyte").string()});
    const auto result = run_program(more);
    EXPECT_EQ(result.exit_code, 2);
    return result.err;
  };
  EXPECT_THAT(resumed({}), HasSubstr("idx3-ubyte"));
  EXPECT_THAT(resumed({"--bits", "4"}), HasSubstr("--bits: a training that goes on"));
  const auto unknown = run_program({"train", "cats", "--out", "m.safetensors"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("mnist, fashion"));
  const auto none = run_program({"train", "--out", "m.safetensors"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("DATASET is missing"));
  const auto missing =
      run_program({"train", "fashion", "--data", (folder_ / "empty").string(), "--out",
                   (folder_ / "m.safetensors").string(), "--minutes", "0"});
  EXPECT_EQ(missing.exit_code, 2);
}

}  // namespace
}  // namespace phaseloom
