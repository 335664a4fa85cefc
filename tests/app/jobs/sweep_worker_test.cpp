// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_worker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>

#include "tests/app/cli/small_data_set.hpp"
#include "tests/support/flaky_files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class SweepWorkers : public ::testing::Test {
 protected:
  SweepWorkers() {
    save_model(folder_ / "net.safetensors", test::small_judged_model());
    plan_.models = {(folder_ / "net.safetensors").string()};
    plan_.bits = {0, 4, 2};
    plan_.densities = {1, 0.5};
    plan_.samples = 100;
    plan_.lease = 1;
  }
  SweepFolder make(const std::string& name) const {
    return SweepFolder::make(plan_, folder_ / name);
  }
  static SweepMaterial material_of(const SweepFolder& sweep) {
    ThreadPool pool(1);
    return SweepMaterial(sweep, test::small_pictures, pool);
  }
  static void work(const SweepFolder& sweep, const SweepMaterial& material,
                   const SharedFiles& files) {
    SweepWorker worker(sweep, material, 1, files);
    // A bound for a hang; nothing is measured by it.
    const auto end = std::chrono::steady_clock::now() + 120s;
    while (std::chrono::steady_clock::now() < end) {
      const auto step = worker.step({}, {}, {});
      if (step == SweepWorker::Step::finished) return;
      if (step == SweepWorker::Step::waits) std::this_thread::sleep_for(worker.patience());
    }
    ADD_FAILURE() << "it never ends";
  }
  /// What must not depend on who worked, and when.
  static std::string numbers(const SweepFolder& sweep) {
    SweepReader reader(sweep);
    reader.look();
    EXPECT_TRUE(reader.damaged().empty());
    return sweep_csv_without_clock(reader.table().rows());
  }
  TemporaryFolder folder_;
  SweepPlan plan_;
};

TEST_F(SweepWorkers, GiveTheSameTableWhateverTheDayIsLike) {
  const SweepFolder calm = make("calm");
  const SweepMaterial material = material_of(calm);
  work(calm, material, usual_files());
  const std::string expected = numbers(calm);
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const SweepFolder sweep = make("bad" + std::to_string(seed));
    std::vector<std::thread> workers;
    for (unsigned w = 0; w < 3; ++w)
      workers.emplace_back([&, w] {
        const test::FlakyFiles files(100 * seed + w);
        try {
          work(sweep, material, files);
        } catch (const Error& error) {
          ADD_FAILURE() << seed << ": " << error.what();
        }
      });
    for (std::thread& worker : workers) worker.join();
    EXPECT_EQ(numbers(sweep), expected) << seed;
  }
}

/// Each table is read as empty once.
struct EmptyAtFirst : SharedFiles {
  mutable std::set<fs::path> seen;
  std::string read(const fs::path& file) const override {
    const bool first = file.filename() == SweepFolder::kResultFile && seen.insert(file).second;
    return first ? std::string() : SharedFiles::read(file);
  }
};

TEST_F(SweepWorkers, AResultThatIsReadAsEmptyForAMomentIsNotDoneAgain) {
  const SweepFolder sweep = make("sweep");
  const SweepMaterial material = material_of(sweep);
  work(sweep, material, usual_files());
  const EmptyAtFirst files;
  work(sweep, material, files);
  EXPECT_EQ(files.seen.size(), 6u);
  EXPECT_FALSE(fs::exists(sweep.path() / "damaged"));
}

TEST_F(SweepWorkers, ACellThatWentToSomebodyElseIsNoError) {
  plan_.bits = {4};
  plan_.densities = {1};
  const SweepFolder sweep = make("sweep");
  const SweepMaterial material = material_of(sweep);
  SweepWorker worker(sweep, material, 1);
  const std::string job = sweep.jobs().front();
  // While this one works, another one that had taken it for dead is ready.
  const auto other = [&](double) {
    fs::remove_all(sweep.path() / "work");
    fs::create_directories(sweep.path() / "results" / job / "of the other");
  };
  EXPECT_EQ(worker.step({}, other, {}), SweepWorker::Step::did);
  EXPECT_TRUE(fs::exists(sweep.path() / "results" / job / "of the other"));
}

}  // namespace
}  // namespace phaseloom
