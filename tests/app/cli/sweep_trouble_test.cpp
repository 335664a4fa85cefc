// SPDX-License-Identifier: MIT
// Workers on disks that are full and machines whose clocks are wrong, as real processes.

#include <sys/mount.h>
#include <sys/resource.h>

#include <fmt/chrono.h>

#include <csignal>
#include <ctime>
#include <memory>

#include "tests/app/cli/sweep_command.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

using namespace test;
using ::testing::HasSubstr;

/// No process that is started meanwhile can write more than so much into a file.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

/// A file system with room for so much; only root may have one.
class SmallDisk {
 public:
  SmallDisk(fs::path place, const char* size) : place_(std::move(place)) {
    fs::create_directories(place_);
    const std::string options = std::string("size=") + size;
    mounted_ = ::mount("none", place_.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(place_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  /// Leaves room for so many bytes.
  void fill(std::uintmax_t rest) const {
    const std::string block(4096, 'x');
    std::ofstream filler(place_ / "filler");
    while (fs::space(place_).free >= rest + block.size()) filler << block << std::flush;
  }
  void clear() const { fs::remove(place_ / "filler"); }

 private:
  fs::path place_;
  bool mounted_ = false;
};

class SweepOnAFullDisk : public SweepCommand {
 protected:
  /// A worker that may write files of so many bytes; what it says is heard whole.
  std::string error_of_small_worker(rlim_t bytes) const {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    int exit_code = 0;
    {
      std::unique_ptr<RunningProgram> program;
      {
        const SmallFiles small(bytes);
        program = std::make_unique<RunningProgram>(
            worker("s"), ProgramOutput{.out = "/dev/null", .descriptor = ends[1]});
      }
      exit_code = program->wait().exit_code;
    }
    ::close(ends[1]);
    std::string said(1 << 16, ' ');
    const ssize_t count = ::read(ends[0], said.data(), said.size());
    ::close(ends[0]);
    said.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    EXPECT_EQ(exit_code, 2) << said;
    EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
    return said;
  }
};

TEST_F(SweepOnAFullDisk, AResultThatCannotBeWrittenIsSaidAndIsNone) {
  const std::string expected_numbers = expected();
  begin("s");
  EXPECT_THAT(error_of_small_worker(350), HasSubstr("result.csv: cannot write"));
  EXPECT_EQ(files_in_folder("s/results"), 0u);
  // Its cell was given up, and with room again it goes on.
  EXPECT_EQ(run_program(worker("s")).exit_code, 0);
  EXPECT_EQ(numbers("s"), expected_numbers);
}

TEST_F(SweepOnAFullDisk, AClaimThatCannotBeWrittenIsGivenBack) {
  begin("s");
  EXPECT_THAT(error_of_small_worker(20), HasSubstr("worker: cannot write"));
  EXPECT_EQ(files_in_folder("s/results"), 0u);
  EXPECT_EQ(files_in_folder("s/work"), 0u);
}

TEST_F(SweepOnAFullDisk, ANetworkThatCannotBeWrittenIsNoResultEither) {
  const Json changes{
      {"bits", {2}}, {"densities", {1}}, {"as_is", false}, {"train", {{"iterations", 4}}}};
  const std::string expected_numbers = expected(changes);
  begin("s", changes);
  EXPECT_THAT(error_of_small_worker(3000), HasSubstr("model.safetensors: cannot write"));
  EXPECT_EQ(files_in_folder("s/results"), 0u);
  EXPECT_EQ(run_program(worker("s")).exit_code, 0);
  EXPECT_EQ(numbers("s"), expected_numbers) << "it is no row with a problem";
}

TEST_F(SweepOnAFullDisk, ATableThatCannotBeWrittenEndsNobodysWork) {
  begin("s");
  fs::remove(folder_ / "s/table.csv");
  fs::create_directories(folder_ / "s/table.csv");  // a folder in its place
  const auto result = run_program(worker("s"));
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("table.csv"));
  EXPECT_EQ(files_in_folder("s/results"), 6u);
}

TEST_F(SweepOnAFullDisk, ItGoesOnWhenThereIsSpaceAgain) {
  const SmallDisk disk(folder_ / "disk", "2m");
  if (!disk.mounted()) GTEST_SKIP() << "only root may mount a small disk";
  const std::string expected_numbers = expected();
  begin("disk/s");
  for (const std::uintmax_t rest : {0, 4096, 2 * 4096, 3 * 4096}) {
    disk.fill(rest);
    const auto result = run_program(worker("disk/s"));
    EXPECT_EQ(result.exit_code, 2) << rest;
    EXPECT_THAT(result.err, HasSubstr("No space left on device")) << rest;
    // What became a result is whole.
    const Json seen = [&] {
      disk.clear();
      return status("disk/s");
    }();
    EXPECT_TRUE(seen.at("damaged").empty()) << seen.at("damaged").dump();
  }
  EXPECT_EQ(run_program(worker("disk/s")).exit_code, 0);
  EXPECT_EQ(numbers("disk/s"), expected_numbers);
}

/// Machines with other times of day.
class SweepOnWrongClocks : public SweepCommand {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "the sanitizer must be loaded before the clock";
#endif
  }
  /// Of a machine whose clock is so many hours ahead.
  std::unique_ptr<RunningProgram> start(const Arguments& arguments, int hours) const {
    const EnvironmentGuard preload("LD_PRELOAD", shifted_clock_path());
    const EnvironmentGuard shift("CLOCK_SHIFT", std::to_string(3600L * hours));
    return std::make_unique<RunningProgram>(arguments);
  }
};

TEST_F(SweepOnWrongClocks, TheLivingAreLeftInPeace) {
  begin("s", {{"bits", {4}}, {"densities", {1}}, {"samples", 10000}, {"lease", 60}});
  const fs::path work = folder_ / "s/work";
  const auto slow = start(worker("s"), -1000);
  const fs::path claim = work / "net_b4_d1_n0_m0_s1.1";
  wait_for([&] { return fs::exists(claim / "beat"); });
  // The clock is wrong indeed.
  std::ifstream worker_file(claim / "worker");
  const std::string says(std::istreambuf_iterator<char>(worker_file), {});
  const std::string year = fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::time(nullptr)));
  EXPECT_THAT(says, ::testing::Not(HasSubstr("begun " + year)));
  Arguments hasty = worker("s");
  hasty.push_back("--no-wait");
  const auto result = start(hasty, 1000)->wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_FALSE(fs::exists(work / "net_b4_d1_n0_m0_s1.2")) << "it was taken for dead";
  EXPECT_EQ(slow->wait().exit_code, 0);
  EXPECT_THAT(table("s"), ::testing::SizeIs(1));
}

TEST_F(SweepOnWrongClocks, TheDeadAreFoundAndTheTableIsTheSame) {
  const std::string expected_numbers = expected();
  begin("s");
  {
    const auto dead = start(worker("s"), 1000);
    wait_for([&] { return files_in_folder("s/results") >= 1; });
    dead->kill();
    dead->wait();
  }
  std::vector<std::unique_ptr<RunningProgram>> workers;
  for (const int hours : {-1000, 0, 9}) workers.push_back(start(worker("s"), hours));
  for (auto& one : workers) {
    const auto result = one->wait();
    EXPECT_EQ(result.exit_code, 0) << result.err;
  }
  EXPECT_EQ(numbers("s"), expected_numbers);
  EXPECT_EQ(files_in_folder("s/work"), 0u);
}

}  // namespace
}  // namespace phaseloom
