// SPDX-License-Identifier: MIT
// Processes that mpirun starts together: what comes out is what one process makes, whatever their
// number; and when one of them dies.

#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/data/npy.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/cli/small_model.hpp"
#include "tests/app/cli/train_command.hpp"
#include "tests/engine/thermo/warm_network.hpp"
#include "tests/support/environment.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Arguments = std::vector<std::string>;

std::vector<std::byte> bytes_of(const fs::path& file) { return read_file(file, 1 << 28); }

/// All files below a folder.
std::map<std::string, std::vector<std::byte>> contents_of(const fs::path& folder) {
  std::map<std::string, std::vector<std::byte>> contents;
  for (const auto& entry : fs::directory_iterator(folder))
    contents[entry.path().filename().string()] = bytes_of(entry.path());
  return contents;
}

/// Processes that this one started, and still runs.
std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  std::ifstream list("/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) +
                     "/children");
  for (pid_t child = 0; list >> child;) children.push_back(child);
  return children;
}

class RankedCommands : public TrainCommand {
 protected:
  void SetUp() override {
    if (!fs::exists(fs::path(program_path()).parent_path() / "lib/phaseloom/phaseloom_mpi.so"))
      GTEST_SKIP() << "built without MPI";
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "Open MPI is not built for the thread sanitizer; gradient_relay_test.cpp is";
#endif
    // Where there is not even an interface to oneself, mpirun does not start.
    static const bool starts = std::system("mpirun -n 1 true >/dev/null 2>&1") == 0;
    if (!starts) GTEST_SKIP() << "mpirun does not start here";
    save_model(model_, small_labelled_model());
  }
  static Arguments launcher(int ranks) {
    if (ranks == 1) return {};
    return {"mpirun", "-n", std::to_string(ranks), "--oversubscribe", "--bind-to", "none"};
  }
  static ProgramResult run(int ranks, Arguments arguments) {
    return run_program(arguments, {}, launcher(ranks));
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  fs::path model_ = folder_ / "small.safetensors";
  // Root may, in a container; more processes than cores shall not wait for each other in circles.
  EnvironmentGuard root_{"OMPI_ALLOW_RUN_AS_ROOT", "1"};
  EnvironmentGuard sure_{"OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"};
  // Containers may not let processes read each other's memory; Open MPI says so at length.
  EnvironmentGuard copy_{"OMPI_MCA_btl_vader_single_copy_mechanism", "none"};
  EnvironmentGuard leaks_{"ASAN_OPTIONS", "detect_leaks=0"};  // Open MPI keeps what it has
  EnvironmentGuard yield_{"OMPI_MCA_mpi_yield_when_idle", "1"};
  EnvironmentGuard data_{"PHASELOOM_DATA", folder_.path().string()};
};

// 200,003 pictures are several turns, the last of which is not everybody's.
TEST_F(RankedCommands, SampleWritesTheFileOfOneProcess) {
  for (const int ranks : {1, 2, 3}) {
    const auto result =
        run(ranks, {"sample", model_.string(), "-n", "200003", "--threads", "1",
                    "--steps-per-chunk", "2", "--out", path(std::to_string(ranks) + ".npy")});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out + result.err, "");
    EXPECT_EQ(bytes_of(path(std::to_string(ranks) + ".npy")), bytes_of(path("1.npy"))) << ranks;
  }
}

TEST_F(RankedCommands, TheHeatOfAllIsTold) {
  const fs::path warm = folder_ / "warm.safetensors";
  Model model;
  model.program = test::warm_network();
  save_model(warm, model);
  const auto told = [&](int ranks) {
    auto result =
        run(ranks, {"sample", warm.string(), "-n", "70", "--json", "--out", path("w.npy")});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  };
  const auto one = told(1);
  EXPECT_THAT(one, HasSubstr("heat_mean_kT"));
  EXPECT_EQ(told(2), one);
}

TEST_F(RankedCommands, ShardsAreTheSameWhoeverMadeThem) {
  const auto make = [&](int ranks, const std::string& folder, const Arguments& more = {}) {
    Arguments all{"sample", model_.string(), "-n", "250", "--shard", "60", "--out", path(folder)};
    all.insert(all.end(), more.begin(), more.end());
    return run(ranks, all);
  };
  ASSERT_EQ(make(1, "one").exit_code, 0);
  const auto one = contents_of(folder_ / "one");
  EXPECT_EQ(one.size(), 7u) << "five files, what they are, and their list";
  ASSERT_EQ(make(3, "three").exit_code, 0);
  EXPECT_EQ(contents_of(folder_ / "three"), one);

  // Processes that do not talk: a launcher of another kind, another day.
  const auto half = make(1, "halves", {"--part", "2/2"});
  EXPECT_EQ(half.exit_code, 0) << half.err;
  EXPECT_THAT(half.out, HasSubstr("3 of 5 files"));
  EXPECT_FALSE(fs::exists(folder_ / "halves/manifest.json"));
  ASSERT_EQ(make(1, "halves", {"--part", "1/2"}).exit_code, 0);
  EXPECT_EQ(contents_of(folder_ / "halves"), one);

  // What is there stays; what is lost is made again.
  fs::remove(folder_ / "one/samples-000003.npy");
  fs::remove(folder_ / "one/manifest.json");
  const auto before = fs::last_write_time(folder_ / "one/samples-000001.npy");
  ASSERT_EQ(make(2, "one").exit_code, 0);
  EXPECT_EQ(contents_of(folder_ / "one"), one);
  EXPECT_EQ(fs::last_write_time(folder_ / "one/samples-000001.npy"), before);

  const auto other = make(1, "one", {"--seed", "2"});
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.err, HasSubstr("another run"));

  // All of them together are what a single file holds.
  ASSERT_EQ(run(1, {"sample", model_.string(), "-n", "250", "--out", path("x.npy")}).exit_code, 0);
  std::vector<float> together;
  for (int shard = 0; shard < 5; ++shard) {
    const auto some = read_npy(folder_ / ("one/samples-00000" + std::to_string(shard) + ".npy"));
    together.insert(together.end(), some.values.begin(), some.values.end());
  }
  EXPECT_EQ(together, read_npy(folder_ / "x.npy").values);
}

// mpirun may start each rank as it likes; machines may hold other files.
TEST_F(RankedCommands, RanksThatWereToldOtherwiseAreRefused) {
  const auto both = [&](const Arguments& first, const Arguments& second) {
    Arguments all = first;
    all.insert(all.end(), {":", "-n", "1", program_path()});
    all.insert(all.end(), second.begin(), second.end());
    auto launch = launcher(2);
    launch[2] = "1";
    return run_program(all, {}, launch);
  };
  const Arguments sample{"sample", model_.string(), "-n",         "64", "--threads",
                         "1",      "--out",         path("x.npy")};
  const Arguments training =
      command({"--iterations", "3", "--threads", "1", "--out", path("t.safetensors")});
  const auto with = [](Arguments all, const Arguments& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  struct Case {
    Arguments first, second;
    const char* said;
  };
  save_model(folder_ / "other.safetensors", small_model());
  Arguments other = sample;
  other[1] = path("other.safetensors");
  for (const auto& [first, second, said] :
       {Case{sample, with(sample, {"--seed", "3"}), "told otherwise"},
        Case{sample, other, "another model"}, Case{sample, training, "another thing"},
        Case{training, with(training, {"--evaluate-every", "1"}), "other settings"},
        Case{training, with(training, {"--gradients", "bf16"}), "other settings"},
        Case{training, with(training, {"--seed", "2"}), "another network"}}) {
    const auto result = both(first, second);
    EXPECT_EQ(result.exit_code, 2) << said;
    EXPECT_THAT(result.err, HasSubstr(said));
  }
  EXPECT_FALSE(fs::exists(folder_ / "x.npy"));
}

TEST_F(RankedCommands, PartsThatMakeNoSenseAreRefused) {
  for (const std::string part : {"0/2", "3/2", "1", "a/b", "1/2x", "", " 1/2"}) {
    const auto result =
        run(1, {"sample", model_.string(), "--shard", "9", "--part", part, "--out", path("never")});
    EXPECT_EQ(result.exit_code, 2) << part;
    EXPECT_THAT(result.err, HasSubstr("WHICH/OF")) << part;
  }
  const auto whole = run(1, {"sample", model_.string(), "--part", "1/2", "--out", path("x.npy")});
  EXPECT_EQ(whole.exit_code, 2);
  EXPECT_THAT(whole.err, HasSubstr("--shard"));
}

TEST_F(RankedCommands, TrainingEndsWithTheBitsOfOneProcess) {
  const auto trained = [&](int ranks, const Arguments& more = {}) {
    const auto out = path("trained-" + std::to_string(ranks) + ".safetensors");
    Arguments all = command({"--iterations", "4", "--batch", "96", "--threads", "1", "--out", out});
    all.insert(all.end(), more.begin(), more.end());
    const auto result = run(ranks, all);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return load_model(out).program.values;
  };
  const auto one = trained(1);
  EXPECT_EQ(trained(2), one);
  EXPECT_EQ(trained(4), one);
  EXPECT_NE(trained(2, {"--gradients", "bf16"}), one);
  {
    // As between machines, where messages overtake each other; the critic's gradient is several.
    const EnvironmentGuard tcp("OMPI_MCA_btl", "tcp,self"),
        here("OMPI_MCA_btl_tcp_if_include", "lo");
    EXPECT_EQ(trained(2), one);
    EXPECT_EQ(trained(3), one);
  }
  EXPECT_NE(trained(1, {"--seed", "2"}), one);
}

TEST_F(RankedCommands, EvaluationIsThatOfOneProcess) {
  const auto out = path("m.safetensors");
  ASSERT_EQ(train({"--iterations", "1", "--out", out}).exit_code, 0);
  const auto judged = [&](int ranks, const std::string& subject, const Arguments& more = {}) {
    Arguments all{"eval", subject, "--reference", "mnist", "--nearest", "30", "--json"};
    all.insert(all.end(), more.begin(), more.end());
    auto result = run(ranks, all);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return nlohmann::json::parse(result.out, nullptr, false);
  };
  const auto one = judged(1, out, {"--samples", "900"});
  EXPECT_EQ(judged(2, out, {"--samples", "900"}), one);
  EXPECT_EQ(judged(3, out, {"--samples", "900"}), one);

  // Pictures in files, which nobody holds all of.
  ASSERT_EQ(run(2, {"sample", out, "-n", "700", "--shard", "300", "--out", path("many")}).exit_code,
            0);
  ASSERT_EQ(run(1, {"sample", out, "-n", "700", "--out", path("many.npy")}).exit_code, 0);
  auto of_file = judged(1, path("many.npy")), of_shards = judged(2, path("many/manifest.json"));
  for (auto* json : {&of_file, &of_shards}) json->erase("subject");
  EXPECT_EQ(of_file, of_shards);
}

// Every process makes the mistake; one of them tells.
TEST_F(RankedCommands, AMistakeIsToldOnce) {
  const auto once = [](const std::string& text) {
    std::size_t lines = 0;
    for (auto at = text.find("phaseloom: "); at != std::string::npos;
         at = text.find("phaseloom: ", at + 1))
      ++lines;
    return lines == 1;
  };
  for (const Arguments& wrong :
       {Arguments{"sample", "no-such-model", "--out", path("x.npy")},
        Arguments{"sample", model_.string(), "--bits", "99", "--out", path("x.npy")},
        Arguments{"sample", model_.string(), "--out", path("none/x.npy")}, Arguments{"nonsense"}}) {
    const auto result = run(2, wrong);
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_TRUE(once(result.err)) << result.err;
  }
}

TEST_F(RankedCommands, WhatIsNotSharedIsDoneOnce) {
  const auto alone = run(1, {"info", model_.string()});
  EXPECT_EQ(run(3, {"info", model_.string()}).out, alone.out);
}

// As when a machine goes down: the others end, and no more is lost than since the last checkpoint.
TEST_F(RankedCommands, AKilledRankEndsAllAndAnyNumberGoesOn) {
  const fs::path out = folder_ / "killed.safetensors", checkpoint = folder_ / "killed.checkpoint";
  RunningProgram running(command({"--iterations", "100000", "--batch", "64", "--threads", "1",
                                  "--checkpoint-every", "0.01", "--out", out.string()}),
                         {}, launcher(2));
  for (int k = 0; k < 6000 && !fs::exists(checkpoint); ++k)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_TRUE(fs::exists(checkpoint));
  const auto ranks = children_of(running.pid());
  ASSERT_EQ(ranks.size(), 2u);
  ::kill(ranks.back(), SIGKILL);
  const auto result = running.wait();
  EXPECT_NE(result.exit_code, 0);
  const auto done = load_checkpoint(checkpoint).iterations();
  EXPECT_GT(done, 0);
  const auto rest =
      run(3, {"train", "--resume", checkpoint.string(), "--iterations", std::to_string(done + 2),
              "--data", folder_.path().string(), "--threads", "1"});
  EXPECT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_THAT(rest.out, HasSubstr("trained after"));
}

}  // namespace
}  // namespace phaseloom
