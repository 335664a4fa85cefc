// SPDX-License-Identifier: MIT
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
#include "engine/dynamics/simulator.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/thermo/heat.hpp"
#include "tests/app/cli/small_model.hpp"
#include "tests/engine/thermo/warm_network.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;

class SampleCommand : public ::testing::Test {
 protected:
  SampleCommand() { save_model(model_, small_model()); }

  /// `phaseloom sample MODEL --out FOLDER/OUT ...`
  ProgramResult sample(const std::string& out, const Arguments& more = {}) const {
    Arguments arguments{"sample", model_.string(), "--out", (folder_ / out).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments);
  }
  FloatArray samples(const Arguments& more = {}) const {
    const auto result = sample("x.npy", more);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out + result.err, "");  // neither is a terminal
    return read_npy(folder_ / "x.npy");
  }
  /// The error line of a run that must fail as bad input and leave nothing behind.
  std::string error_of_run(const std::string& out, const Arguments& more = {}) const {
    const auto before = files();
    const auto result = sample(out, more);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, AllOf(StartsWith("phaseloom: "), EndsWith("\n")));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_EQ(files(), before);
    return result.err;
  }
  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      names.insert(entry.path().filename());
    return names;
  }

  TemporaryFolder folder_;
  std::filesystem::path model_ = folder_ / "small.safetensors";
};

TEST_F(SampleCommand, NpyHasShapeAndRange) {
  const FloatArray x = samples({"-n", "70"});
  EXPECT_EQ(x.shape, (std::vector<std::int64_t>{70, 4, 5}));
  std::set<float> different;
  for (const float v : x.values) {
    EXPECT_GE(v, 0);
    EXPECT_LE(v, 1);
    different.insert(v);
  }
  EXPECT_GT(different.size(), 1000u);
}

TEST_F(SampleCommand, SameBitsForAnyNumberOfThreads) {
  const Arguments settings{"-n",       "150", "--weight-noise", "0.05", "--phase-noise", "0.1",
                           "--bits",   "4",   "--density",      "0.7",  "--mismatch",    "0.1",
                           "--threads"};
  const auto with = [&](const char* threads) {
    Arguments all = settings;
    all.push_back(threads);
    return samples(all).values;
  };
  const auto one = with("1");
  EXPECT_EQ(with("3"), one);
  EXPECT_EQ(with("2"), one);
}

TEST_F(SampleCommand, MoreSamplesBeginWithTheSame) {
  const auto few = samples({"-n", "3"}).values;
  auto many = samples({"-n", "300"}).values;
  many.resize(few.size());
  EXPECT_EQ(many, few);
}

TEST_F(SampleCommand, EveryOptionReachesTheSamples) {
  const auto base = samples({"-n", "4"}).values;
  EXPECT_EQ(samples({"-n", "4", "--seed", "1", "--bits", "0", "--integrator", "midpoint",
                     "--steps-per-chunk", "4", "--noise-width", "1", "--temperature", "0",
                     "--device", "7"})
                .values,
            base);
  for (const Arguments& option : {Arguments{"--seed", "2"},
                                  {"--seed", "18446744073709551615"},
                                  {"--bits", "2"},
                                  {"--bits", "2", "--grid", "symmetric"},
                                  {"--density", "0.5"},
                                  {"--mismatch", "0.1"},
                                  {"--mismatch", "0.1", "--device", "2"},
                                  {"--weight-noise", "0.1"},
                                  {"--phase-noise", "0.1"},
                                  {"--steps-per-chunk", "12"},
                                  {"--integrator", "euler"},
                                  {"--temperature", "0.1"},
                                  {"--noise-width", "0.5"}}) {
    Arguments all{"-n", "4"};
    all.insert(all.end(), option.begin(), option.end());
    EXPECT_NE(samples(all).values, base) << option[0] << " " << option[1];
  }
  EXPECT_NE(samples({"-n", "4", "--bits", "2"}).values,
            samples({"-n", "4", "--bits", "2", "--grid", "symmetric"}).values);
  EXPECT_NE(samples({"-n", "4", "--mismatch", "0.1"}).values,
            samples({"-n", "4", "--mismatch", "0.1", "--device", "2"}).values);
}

TEST_F(SampleCommand, LabelAsksForAClass) {
  EXPECT_THAT(error_of_run("x.npy", {"--label", "1"}),
              AllOf(HasSubstr("--label 1"), HasSubstr("knows no classes")));
  save_model(model_, small_labelled_model());
  const auto all = samples({"-n", "6"}).values;
  const auto ones = samples({"-n", "6", "--label", "1"}).values;
  for (std::size_t i = 0; i < 6; ++i)  // classes come in turn
    EXPECT_EQ(std::equal(all.begin() + i * 20, all.begin() + (i + 1) * 20, ones.begin() + i * 20),
              i % 3 == 1);
  EXPECT_THAT(error_of_run("y.npy", {"--label", "3"}),
              AllOf(HasSubstr("--label 3"), HasSubstr("0 to 2")));
  EXPECT_THAT(error_of_run("y.npy", {"--label", "-2"}), HasSubstr("--label"));
  EXPECT_THAT(error_of_run("y.npy", {"--label", "seven"}), HasSubstr("--label"));
}

// The command line adds nothing of its own: the numbers are those of generate().
TEST_F(SampleCommand, IsTheSimulator) {
  const Program program = small_model().program;
  RunSettings settings;
  settings.integrator = program.integrator;
  settings.steps_per_chunk = program.steps_per_chunk;
  settings.seed = 5;
  ThreadPool pool(1);
  const Hardware hardware{.bits = 3, .mismatch = 0.2};
  EXPECT_EQ(samples({"-n", "40", "--seed", "5", "--bits", "3", "--mismatch", "0.2"}).values,
            generate(program, hardware, settings, 40, pool));
}

TEST_F(SampleCommand, WarmNetworksTellTheirHeat) {
  const Program warm = test::warm_network();
  save_model(model_, {warm, "warm", "{}"});
  const auto result = sample("x.npy", {"-n", "70", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("samples"), 70);
  EXPECT_EQ(json.at("temperature"), 0.3);
  EXPECT_EQ(json.at("steps_per_chunk"), 20);
  EXPECT_EQ(json.at("bits"), 0);
  ThreadPool pool(2);
  auto heat = run_thermo(warm, {}, settings_of(warm), 70, pool).heat;
  for (double& q : heat) q /= 0.3;
  constexpr double kRounding = 1e-9;
  EXPECT_NEAR(json.at("heat_mean_kT"), summarise(heat).mean, kRounding);
  EXPECT_NEAR(json.at("heat_sd_kT"), summarise(heat).deviation, kRounding);
  EXPECT_EQ(read_npy(folder_ / "x.npy").values, generate(warm, {}, settings_of(warm), 70, pool));

  EXPECT_THAT(sample("x.npy", {"-n", "2"}).out,
              AllOf(StartsWith("heat "), HasSubstr(" kT, standard deviation "), EndsWith("\n")));
  const auto cold = sample("x.npy", {"-n", "2", "--temperature", "0", "--json"});
  EXPECT_THAT(cold.out, AllOf(HasSubstr("heat_mean_E0"), ::testing::Not(HasSubstr("kT"))));
}

TEST_F(SampleCommand, OthersTellHowTheyWereMade) {
  const auto result = sample("x.npy", {"-n", "3", "--seed", "5", "--json"});
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("seed"), 5);
  EXPECT_EQ(json.at("out"), (folder_ / "x.npy").string());
  EXPECT_THAT(result.out, ::testing::Not(HasSubstr("heat")));
}

TEST_F(SampleCommand, PngIsAGrid) {
  ASSERT_EQ(sample("x.png", {"-n", "10"}).exit_code, 0);
  const Picture picture = read_png(folder_ / "x.png");
  const FloatArray x = samples({"-n", "10"});
  const Picture expected = tile_grid(x.values, {5, 4}, 4);
  EXPECT_EQ(picture, expected);
}

TEST_F(SampleCommand, NetworksWithoutImage) {
  Model model = small_model();
  model.program =
      make_program(substrate_named("aim_tanh"), Topology::all_to_all({6, 1, 1}, 2), 2, 1, 0.5, 1);
  save_model(model_, model);
  EXPECT_EQ(samples({"-n", "9"}).shape, (std::vector<std::int64_t>{9, 2}));
  EXPECT_THAT(error_of_run("x.png"), HasSubstr("2 visible units of this model are no image"));
}

TEST_F(SampleCommand, BadFlagsAreOneLine) {
  EXPECT_THAT(error_of_run("x.gif"),
              AllOf(HasSubstr("x.gif"), HasSubstr(".npy"), HasSubstr(".png")));
  EXPECT_THAT(error_of_run("x"), HasSubstr("extension"));
  EXPECT_THAT(error_of_run("no/x.npy"), HasSubstr("does not exist"));
  EXPECT_THAT(error_of_run("no/x.png"), HasSubstr("does not exist"));
  EXPECT_THAT(error_of_run("x.npy", {"--bits", "9"}), HasSubstr("bits is 9; it must lie in 1..8"));
  EXPECT_THAT(error_of_run("x.npy", {"--bits", "many"}), HasSubstr("--bits"));
  EXPECT_THAT(error_of_run("x.npy", {"--density", "0"}), HasSubstr("density is 0"));
  EXPECT_THAT(error_of_run("x.npy", {"--density", "nan"}),
              HasSubstr("--density: 'nan' is no number"));
  EXPECT_THAT(error_of_run("x.npy", {"--weight-noise", "-1"}), HasSubstr("weight_noise is -1"));
  EXPECT_THAT(error_of_run("x.npy", {"--grid", "ternary"}),
              HasSubstr("twos_complement, symmetric"));
  EXPECT_THAT(error_of_run("x.npy", {"--integrator", "verlet"}), HasSubstr("euler, midpoint"));
  EXPECT_THAT(error_of_run("x.npy", {"--steps-per-chunk", "0"}), HasSubstr("--steps-per-chunk"));
  EXPECT_THAT(error_of_run("x.npy", {"-n", "0"}), HasSubstr("not in range"));
  EXPECT_THAT(error_of_run("x.npy", {"-n", "99999999999999"}), HasSubstr("-n"));
  EXPECT_THAT(error_of_run("x.npy", {"--seed", "-1"}), HasSubstr("'-1' is no whole number from 0"));
  EXPECT_THAT(error_of_run("x.npy", {"--noise-width", "nan"}), HasSubstr("--noise-width: 'nan'"));
  EXPECT_THAT(error_of_run("x.npy", {"--threads", "-1"}), HasSubstr("--threads"));
  EXPECT_THAT(error_of_run("x.npy", {"--frobnicate"}),
              AllOf(HasSubstr("--frobnicate"), HasSubstr("see phaseloom sample --help")));
  EXPECT_THAT(error_of_run("x\ny.gif"), HasSubstr("x y.gif"));
  EXPECT_THAT(error_of_run("x.png", {"-n", "10000000"}), HasSubstr("too many for one picture"));
}

TEST_F(SampleCommand, DivergenceIsReported) {
  Model model = small_model();
  model.program =
      make_program(substrate_named("aim_poly"), Topology::local({5, 4, 1}, 1), 1, 1e6, 50, 1);
  save_model(model_, model);
  EXPECT_THAT(error_of_run("x.npy", {"--integrator", "euler"}), HasSubstr("diverged"));
}

TEST_F(SampleCommand, HostileModels) {
  const auto good = read_file(model_, 1 << 20);
  const auto with = [&](std::span<const std::byte> bytes) {
    write_file_atomically(model_, bytes);
    return error_of_run("x.npy");
  };
  EXPECT_THAT(with({}), HasSubstr("small.safetensors"));
  EXPECT_THAT(with(std::span(good).first(good.size() / 2)), HasSubstr("small.safetensors"));
  auto bytes = good;
  std::memset(bytes.data(), 0xff, 8);
  EXPECT_THAT(with(bytes), HasSubstr("header length"));
  bytes = good;  // the last weight becomes a NaN, or the last tensor's bytes garbage
  std::memset(bytes.data() + bytes.size() - 64, 0xff, 64);
  EXPECT_THAT(with(bytes), HasSubstr("small.safetensors"));
  bytes = std::vector<std::byte>(5000, std::byte{'['});
  EXPECT_THAT(with(bytes), HasSubstr("small.safetensors"));
  std::filesystem::remove(model_);
  EXPECT_THAT(error_of_run("x.npy"), HasSubstr("no such file, nor a shipped model"));
  std::filesystem::create_directory(model_);
  EXPECT_THAT(error_of_run("x.npy"), HasSubstr("is a folder"));
}

TEST_F(SampleCommand, InterruptLeavesNothing) {
  const auto before = files();
  for (const char* out : {"x.npy", "x.png"}) {
    RunningProgram program({"sample", model_.string(), "--out", (folder_ / out).string(), "-n",
                            "400000", "--steps-per-chunk", "1000", "--threads", "1"});
    // Once the program is at work there is a temporary file beside the one to come.
    for (int i = 0; i < 1000 && files() == before; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    program.interrupt();
    const auto result = program.wait();
    EXPECT_EQ(result.exit_code, 130);
    EXPECT_EQ(result.err, "phaseloom: cancelled; nothing was written\n");
    EXPECT_EQ(files(), before);
  }
}

TEST_F(SampleCommand, ShippedModelsByName) {
  std::filesystem::create_directories(folder_ / "assets/models");
  std::filesystem::rename(model_, folder_ / "assets/models/tiny.safetensors");
  ::setenv("PHASELOOM_ASSETS", (folder_ / "assets").c_str(), 1);
  model_ = "tiny";
  EXPECT_EQ(samples({"-n", "2"}).shape[0], 2);
  model_ = "tinny";
  EXPECT_THAT(error_of_run("y.npy"),
              HasSubstr("'tinny': no such file, nor a shipped model (tiny)"));
  ::unsetenv("PHASELOOM_ASSETS");
}

}  // namespace
}  // namespace phaseloom
