// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/document/assets.hpp"
#include "app/jobs/thermo_judgement.hpp"
#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
#include "engine/network/model_file.hpp"
#include "engine/thermo/machine.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ThermoCommand : public ::testing::Test {
 protected:
  ThermoCommand() {
    std::filesystem::create_directory(folder_ / "pictures");
    for (const bool upright : {false, true}) {
      Picture bar{9, 8, 1, std::vector<std::uint8_t>(72)};
      for (std::size_t k = 0; k < 72; ++k)
        bar.pixels[k] = (upright ? k % 9 : k / 9) / 2 == 2 ? 255 : 0;
      write_png(folder_ / "pictures" / (upright ? "b.png" : "a.png"), bar);
    }
  }

  std::string file(const char* name) const { return (folder_ / name).string(); }
  /// Of a small one on the two pictures.
  std::vector<std::string> training(const char* out, std::vector<std::string> more) const {
    std::vector<std::string> all{"thermo",   "train", "--prototypes", file("pictures"),
                                 "--hidden", "20",    "--out",        file(out)};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  ProgramResult train(const char* out, const std::vector<std::string>& more) const {
    return run_program(training(out, more));
  }
  /// Of a command that must fail as bad input does: one line, exit code 2, and no file.
  std::string refused(std::vector<std::string> options) const {
    options.insert(options.begin(), "thermo");
    const auto result = run_program(options);
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
    EXPECT_EQ(result.out, "");
    return result.err;
  }
  /// Both halves of the run, short: a model file that takes a tenth of a second.
  std::string short_model() const {
    ThermoSetup setup;
    setup.hidden = 8;
    setup.duration = 0.05;
    auto parameters = make_thermo_parameters<float>(setup);
    for (int i = 0; i < setup.visible(); ++i) parameters.coupling(i, i % 8) = i % 2 ? 0.1F : -0.1F;
    save_model(folder_ / "short.safetensors", {thermo_program(setup, parameters), "short", "{}"});
    return file("short.safetensors");
  }
  TemporaryFolder folder_;
};

TEST_F(ThermoCommand, TrainsRunsAndDescribes) {
  const auto trained = train("m.safetensors", {"--cycles", "3"});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_THAT(trained.out, StartsWith("cycle      1  loss 0.5"));
  EXPECT_THAT(trained.out, EndsWith("trained after 3 cycles\n"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "m.checkpoint"));
  const Model model = load_model(folder_ / "m.safetensors");
  EXPECT_EQ(model.program.picture(), (PictureShape{9, 8, 1}));
  const auto facts = nlohmann::json::parse(model.training);
  EXPECT_EQ(facts.at("prototypes"), (nlohmann::json{"a.png", "b.png"}));
  EXPECT_EQ(facts.at("cycles"), 3);
  EXPECT_EQ(facts.at("curve").size(), 3U);
  EXPECT_EQ(facts.at("thermo").at("rate"), 4e-4);
  EXPECT_THAT(facts.at("command").get<std::string>(), StartsWith("phaseloom thermo train"));

  const auto about = run_program({"thermo", "info", file("m.safetensors"), "--json"});
  ASSERT_EQ(about.exit_code, 0) << about.err;
  const auto json = nlohmann::json::parse(about.out);
  EXPECT_EQ(json.at("visible"), 72);
  EXPECT_EQ(json.at("hidden"), 20);
  EXPECT_EQ(json.at("couplings"), 72 * 20 + 20 * 19 / 2);
  EXPECT_GT(json.at("coupling_rms"), 0);
  EXPECT_EQ(json.at("training").at("cycles"), 3);
  EXPECT_THAT(run_program({"thermo", "info", file("m.safetensors")}).out,
              HasSubstr("72 seen, 20 hidden"));

  // No classifier judges such pictures: that is said, and the rest is told.
  const auto run = run_program({"thermo", "run", file("m.safetensors"), "-n", "3", "--json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("not judged: its pictures are 9 x 8"));
  EXPECT_TRUE(nlohmann::json::parse(run.out).at("class_histogram").is_null());
}

TEST_F(ThermoCommand, SameModelForAnyThreads) {
  for (const char* rule : {"batch", "online"}) {
    ASSERT_EQ(train("a.safetensors", {"--cycles", "2", "--rule", rule, "--threads", "1"}).exit_code,
              0);
    ASSERT_EQ(train("b.safetensors", {"--cycles", "2", "--rule", rule, "--threads", "3"}).exit_code,
              0);
    EXPECT_EQ(load_model(folder_ / "a.safetensors").program.values,
              load_model(folder_ / "b.safetensors").program.values)
        << rule;
  }
}

TEST_F(ThermoCommand, InterruptedItGoesOnToTheSameModel) {
  const std::vector<std::string> plan{
      "--cycles", "1000", "--bits", "16", "--update-noise", "0.1", "--checkpoint-every", "0.001"};
  ASSERT_EQ(train("whole.safetensors", plan).exit_code, 0);
  for (const bool kill : {false, true}) {
    const auto checkpoint = folder_ / "cut.checkpoint";
    RunningProgram running(training("cut.safetensors", plan));
    // Never later than its end: without a checkpoint the next assertion tells.
    for (int k = 0; k < 3000 && !std::filesystem::exists(checkpoint); ++k)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (kill)
      running.kill();
    else
      running.interrupt();
    const auto first = running.wait();
    ASSERT_TRUE(std::filesystem::exists(checkpoint)) << first.out;
    if (!kill) {
      EXPECT_EQ(first.exit_code, 0) << first.err;
      EXPECT_THAT(first.out, HasSubstr("thermo train --resume " + checkpoint.string()));
      EXPECT_TRUE(std::filesystem::exists(folder_ / "cut.safetensors")) << "the last state";
    }
    const auto rest = run_program({"thermo", "train", "--resume", checkpoint.string()});
    ASSERT_EQ(rest.exit_code, 0) << rest.err;
    EXPECT_TRUE(load_model(folder_ / "cut.safetensors").program.values ==
                load_model(folder_ / "whole.safetensors").program.values);
    EXPECT_FALSE(std::filesystem::exists(checkpoint)) << "nothing is left to go on with";
  }
}

TEST_F(ThermoCommand, LabelsAskForPrototypes) {
  const auto result =
      train("asked.safetensors", {"--cycles", "1", "--labels", "--j4", "2", "--competition", "3"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Model model = load_model(folder_ / "asked.safetensors");
  EXPECT_EQ(model.program.topology->labels(), 2);
  EXPECT_EQ(model.program.unit_values(1, 1)[0], 2);
  const std::string online = refused({"train", "--prototypes", file("pictures"), "--labels",
                                      "--rule", "online", "--out", file("online.safetensors")});
  EXPECT_THAT(online, HasSubstr("batch rule"));
}

TEST_F(ThermoCommand, RunTellsHeatAndWhatPicturesAre) {
  const std::string model = short_model();
  const auto result = run_program({"thermo", "run", model, "-n", "12", "--json", "--png",
                                   file("p.png"), "--npy", file("p.npy")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("samples"), 12);
  EXPECT_EQ(json.at("temperature"), 0.1);
  EXPECT_NEAR(json.at("heat_mean_kT").get<double>() * 0.1, json.at("heat_mean_E0").get<double>(),
              1e-9);
  EXPECT_LE(json.at("heat_quantiles_kT").at("0.05"), json.at("heat_quantiles_kT").at("0.95"));
  int judged = 0;
  for (const int n : json.at("class_histogram")) judged += n;
  EXPECT_EQ(judged, 12);
  EXPECT_TRUE(json.at("overlaps").is_null()) << "it does not say what it has learnt";
  const FloatArray pictures = read_npy(folder_ / "p.npy");
  EXPECT_EQ(pictures.shape, (std::vector<std::int64_t>{12, 28, 28}));
  EXPECT_EQ(*std::ranges::min_element(pictures.values), 0);
  EXPECT_EQ(*std::ranges::max_element(pictures.values), 1);
  EXPECT_EQ(read_png(folder_ / "p.png").width, 4 * 30 - 2);

  EXPECT_EQ(run_program({"thermo", "run", model, "-n", "12", "--json", "--threads", "1"}).out,
            result.out)
      << "for any number of threads";
  const auto other = run_program({"thermo", "run", model, "-n", "12", "--json", "--seed", "1"});
  EXPECT_NE(nlohmann::json::parse(other.out).at("heat_mean_kT"), json.at("heat_mean_kT"));
  // Without a bath nothing leaves x = 0.
  const auto cold = run_program({"thermo", "run", model, "-n", "2", "--json", "--kT", "0"});
  EXPECT_EQ(nlohmann::json::parse(cold.out).at("heat_mean_E0"), 0);
  EXPECT_TRUE(nlohmann::json::parse(cold.out).at("heat_mean_kT").is_null());
  EXPECT_THAT(run_program({"thermo", "run", model, "-n", "2"}).out,
              ::testing::AllOf(StartsWith("2 samples at kT = 0.1\n"), HasSubstr("inverted")));
  EXPECT_THAT(run_program({"thermo", "run", model, "-n", "1"}).out, StartsWith("1 sample at"));
}

TEST_F(ThermoCommand, MistakesAreOneLine) {
  const std::string out = file("m.safetensors"), pictures = file("pictures");
  const auto train_with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"train", "--prototypes", pictures, "--out", out});
    return refused(more);
  };
  EXPECT_THAT(refused({"train", "--prototypes", pictures}), HasSubstr("--out is missing"));
  EXPECT_THAT(refused({"train", "--prototypes", pictures, "--out", file("m.npy")}),
              HasSubstr("must be .safetensors"));
  EXPECT_THAT(refused({"train", "--out", out, "--digits", "0,x"}), HasSubstr("--digits '0,x'"));
  EXPECT_THAT(refused({"train", "--out", out, "--digits", "0,,1"}), HasSubstr("--digits"));
  EXPECT_THAT(refused({"train", "--out", out, "--digits", "12"}), HasSubstr("--digits"));
  EXPECT_THAT(refused({"train", "--out", out, "--digits", "1,1"}), HasSubstr("twice"));
  EXPECT_THAT(train_with({"--digits", "1"}), HasSubstr("one or the other"));
  EXPECT_THAT(train_with({"--hidden", "0"}), HasSubstr("hidden is 0"));
  EXPECT_THAT(train_with({"--kT", "0"}), HasSubstr("temperature is 0"));
  EXPECT_THAT(train_with({"--cycles", "0"}), HasSubstr("0 cycles"));
  EXPECT_THAT(train_with({"--rule", "both"}), HasSubstr("batch, online"));
  EXPECT_THAT(train_with({"--bits", "99"}), HasSubstr("bits is 99"));
  EXPECT_THAT(train_with({"--stochastic-rounding"}), HasSubstr("needs bits"));
  EXPECT_THAT(train_with({"--rule", "online", "--bits", "8"}), HasSubstr("batch rule"));
  EXPECT_THAT(train_with({"--rate", "-1"}), HasSubstr("rate is -1"));
  EXPECT_THAT(refused({"train", "--resume", out}), HasSubstr("m.safetensors"));
  EXPECT_THAT(refused({"train", "--resume", "x", "--hidden", "3"}), HasSubstr("beside --resume"));
  EXPECT_THAT(refused({"train", "--resume", short_model()}),
              HasSubstr("no training to go on with"));
  EXPECT_FALSE(std::filesystem::exists(out));

  const std::string model = short_model();
  EXPECT_THAT(refused({"run", "none"}), HasSubstr("nor a shipped model"));
  EXPECT_THAT(refused({"run", "mnist-shil"}), HasSubstr("kuramoto_shil units"));
  EXPECT_THAT(refused({"info", "mnist-shil"}), HasSubstr("no thermodynamic computer"));
  EXPECT_THAT(refused({"run", model, "--kT", "-1"}), HasSubstr("temperature is -1"));
  EXPECT_THAT(refused({"run", model, "--bits", "9"}), HasSubstr("bits is 9"));
  EXPECT_THAT(refused({"run", model, "-n", "0"}), HasSubstr("-n"));
  EXPECT_THAT(refused({"run", model, "--png", file("none/p.png")}), HasSubstr("none"));
}

// A stroke that is a one, its negative, and nothing at all.
TEST(ThermoJudgement, TellsNegativesAndWhatIsNothing) {
  ThreadPool pool(1);
  std::vector<float> pictures(std::size_t{3} * 784, 0.5F);
  for (std::size_t k = 0; k < 784; ++k) {
    const std::size_t x = k % 28, y = k / 28;
    const bool ink = x >= 13 && x < 16 && y >= 5 && y < 23;
    pictures[k] = ink ? 1 : 0;
    pictures[784 + k] = ink ? 0 : 1;
  }
  const auto classifier = Classifier::load(asset_path("models/mnist-classifier.safetensors"));
  const auto one = judge_thermo(std::span(pictures).first(784), classifier, pool);
  EXPECT_EQ(one.classes[1], 1);
  EXPECT_EQ(one.inverted, 0);
  EXPECT_EQ(one.mixed, 0);
  EXPECT_EQ(one.light_ground, 0);
  const auto two = judge_thermo(std::span(pictures).first(std::size_t{2} * 784), classifier, pool);
  EXPECT_EQ(two.inverted, 1);
  EXPECT_EQ(two.mixed, 0) << "its negative is clear";
  EXPECT_EQ(two.light_ground, 1);
  const auto all = judge_thermo(pictures, classifier, pool);
  EXPECT_EQ(all.mixed, 1);
  EXPECT_EQ(all.inverted, 1) << "a grey picture is its own negative";
  int classes = 0;
  for (const int n : all.classes) classes += n;
  EXPECT_EQ(classes, 3);
}

}  // namespace
}  // namespace phaseloom
