// SPDX-License-Identifier: MIT
#include "engine/sweep/job_folder.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const std::vector<std::string> kJobs{"a_d0.5", "b"};
constexpr double kLong = 3600;  // nothing expires
constexpr double kShort = 0.05;

class Jobs : public testing::Test {
 protected:
  JobFolder folder(double lease = kLong) const { return {folder_.path(), lease, this_worker()}; }
  static void finish(JobClaim& claim, const std::string& text) {
    write_file_atomically(claim.folder() / "result", text);
  }
  std::string result(const std::string& job) const {
    std::ifstream file(folder_ / "results" / job / "result");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::vector<std::string> names(const char* below) const {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / below, ignored))
      names.push_back(entry.path().filename().string());
    return names;
  }
  /// Until it gets one; a bound for a hang, nothing is measured by it.
  static std::optional<JobClaim> claim_in_time(JobFolder& folder,
                                               const std::vector<std::string>& jobs) {
    for (int k = 0; k < 3000; ++k) {
      if (auto claim = folder.claim(jobs)) return claim;
      std::this_thread::sleep_for(10ms);
    }
    return std::nullopt;
  }
  TemporaryFolder folder_;
};

TEST_F(Jobs, AreClaimedOnceAndPublishedWhole) {
  JobFolder one = folder(), two = folder();
  auto a = one.claim(kJobs), b = two.claim(kJobs);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->job(), "a_d0.5");
  EXPECT_EQ(b->job(), "b");
  EXPECT_FALSE(one.claim(kJobs));
  EXPECT_EQ(count_alive(two.look(kJobs)), 2);
  EXPECT_THAT(one.finished(), IsEmpty());
  EXPECT_THAT(a->earlier(), IsEmpty());
  finish(*a, "of a");
  EXPECT_EQ(result("a_d0.5"), "") << "nothing is there before it is published";
  EXPECT_TRUE(a->publish());
  EXPECT_EQ(result("a_d0.5"), "of a");
  EXPECT_THAT(one.finished(), UnorderedElementsAre("a_d0.5"));
  EXPECT_THAT(names("results/a_d0.5"), UnorderedElementsAre("result", "worker"));
  EXPECT_THAT(names("work"), UnorderedElementsAre("b.1"));
  EXPECT_FALSE(two.claim(kJobs)) << "finished, or claimed";
}

TEST_F(Jobs, GivenUpIsTakenAtOnceWithWhatWasLeft) {
  JobFolder one = folder(), two = folder();
  {
    const auto a = one.claim(kJobs);
    std::ofstream(a->folder() / "half") << "done";
  }
  auto again = two.claim(kJobs);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->job(), "a_d0.5");
  ASSERT_EQ(again->earlier().size(), 1u);
  EXPECT_TRUE(std::filesystem::exists(again->earlier().front() / "half"));
  finish(*again, "whole");
  EXPECT_TRUE(again->publish());
  EXPECT_EQ(result("a_d0.5"), "whole");
  EXPECT_THAT(names("work"), IsEmpty()) << "what was left goes along";
}

TEST_F(Jobs, ClaimOfTheDeadExpires) {
  std::filesystem::create_directories(folder_ / "work/b.3");
  std::ofstream(folder_ / "work/b.3/beat") << "somebody who is no more";
  JobFolder one = folder(kShort);
  EXPECT_FALSE(one.claim(std::vector<std::string>{"b"})) << "seen for the first time just now";
  auto claim = claim_in_time(one, {"b"});
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->folder().filename(), "b.4");
  ASSERT_EQ(claim->earlier().size(), 1u);
  EXPECT_EQ(claim->earlier().front().filename(), "b.3");
}

TEST_F(Jobs, ClaimOfTheLivingDoesNot) {
  constexpr double kBeatsOften = 0.3, kPatient = 1.5;
  JobFolder living = folder(kBeatsOften), other = folder(kPatient);
  const auto b = living.claim(std::vector<std::string>{"b"});
  ASSERT_TRUE(b);
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(2 * kPatient);
  while (std::chrono::steady_clock::now() < end) {
    ASSERT_FALSE(other.claim(std::vector<std::string>{"b"}));
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_FALSE(b->lost());
}

/// One is taken for dead and is not.
class Overtaken : public Jobs {
 protected:
  Overtaken() : slow_(folder(kLong)), hasty_(folder(kShort)) {
    first_ = slow_.claim(kJobs);
    EXPECT_FALSE(first_->lost());
    second_ = claim_in_time(hasty_, {kJobs.front()});
    EXPECT_TRUE(second_.has_value());
    finish(*first_, "of the first");
    finish(*second_, "of the second");
  }
  JobFolder slow_, hasty_;
  std::optional<JobClaim> first_, second_;
};

TEST_F(Overtaken, KnowsIt) {
  EXPECT_TRUE(first_->lost());
  EXPECT_FALSE(second_->lost());
  EXPECT_EQ(count_alive(slow_.look(kJobs)), 1) << "one claim of the one job";
}

TEST_F(Overtaken, OneResultCountsIfTheSecondIsFaster) {
  EXPECT_TRUE(second_->publish());
  EXPECT_TRUE(first_->lost());
  EXPECT_FALSE(first_->publish());
  EXPECT_EQ(result(kJobs.front()), "of the second");
}

TEST_F(Overtaken, OneResultCountsIfTheFirstIsFaster) {
  EXPECT_TRUE(first_->publish());
  EXPECT_TRUE(second_->lost());
  EXPECT_FALSE(second_->publish());
  EXPECT_EQ(result(kJobs.front()), "of the first");
  first_.reset();
  second_.reset();
  EXPECT_THAT(names("work"), IsEmpty());
}

TEST_F(Jobs, WhatElseLiesThereIsNoClaim) {
  std::filesystem::create_directories(folder_ / "work");
  for (const char* name : {"junk", "x.", ".1", "a_d0.5.0", "a_d0.5.-1", "a_d0.5.99999999999"})
    std::filesystem::create_directories(folder_ / "work" / name);
  std::filesystem::create_directories(folder_ / "results/other");
  JobFolder one = folder();
  const auto a = one.claim(kJobs);
  ASSERT_TRUE(a);
  EXPECT_EQ(a->folder().filename(), "a_d0.5.1");
}

TEST_F(Jobs, ADamagedClaimIsAClaimThatExpires) {
  std::filesystem::create_directories(folder_ / "work/b.1/beat");  // a folder
  std::ofstream(folder_ / "work/a_d0.5.1") << "a file";
  JobFolder one = folder(kShort);
  EXPECT_FALSE(one.claim(kJobs));
  const auto first = claim_in_time(one, kJobs), second = claim_in_time(one, kJobs);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->folder().filename(), "a_d0.5.2");
  EXPECT_EQ(second->folder().filename(), "b.2");
}

TEST_F(Jobs, ASpoiltResultGoesAside) {
  JobFolder one = folder();
  for (int round = 0; round < 2; ++round) {
    auto claim = one.claim(std::vector<std::string>{"b"});
    ASSERT_TRUE(claim) << round;
    finish(*claim, "spoilt");
    ASSERT_TRUE(claim->publish());
    one.set_aside("b");
  }
  one.set_aside("b");  // somebody else was faster
  EXPECT_THAT(names("damaged"), UnorderedElementsAre("b.1", "b.2"));
  EXPECT_THAT(one.finished(), IsEmpty());
}

TEST_F(Jobs, AFolderThatCannotBeWrittenIsSaid) {
  std::ofstream(folder_ / "work") << "a file";
  JobFolder one = folder();
  EXPECT_THAT(error_of([&] { one.claim(kJobs); }), HasSubstr((folder_ / "work").string()));
}

// --- who works on what ---

TEST_F(Jobs, SayWhoWorksOnWhat) {
  JobFolder one = folder(), watcher = folder();
  auto a = one.claim(kJobs);
  ASSERT_TRUE(a);
  const auto all = watcher.look(kJobs);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].job, "a_d0.5");
  ASSERT_TRUE(all[0].worker);
  EXPECT_EQ(all[0].worker->host, this_worker().host);
  EXPECT_EQ(all[0].worker->process, ::getpid());
  EXPECT_TRUE(all[0].ours);
  EXPECT_FALSE(all[0].expired);
  EXPECT_EQ(all[0].fraction, 0.0);
  a.reset();
  EXPECT_THAT(watcher.look(kJobs), IsEmpty()) << "given up: nobody's";
}

TEST_F(Jobs, ASignOfLifeSaysHowFarItIs) {
  JobFolder one = folder(0.3), watcher = folder();
  auto a = one.claim(kJobs);
  ASSERT_TRUE(a);
  a->progress(0.25);
  std::optional<double> seen;
  for (int k = 0; k < 3000 && seen != 0.25; ++k) {
    std::this_thread::sleep_for(10ms);
    seen = watcher.look(kJobs).at(0).fraction;
  }
  EXPECT_EQ(seen, 0.25);
}

/// A claim of somebody else, as its files say it.
class Claimed : public Jobs {
 protected:
  Claimed() { fs::create_directories(folder_ / "work/b.2"); }
  void put(const char* file, const std::string& text) const {
    write_file_atomically(folder_ / "work/b.2" / file, text);
  }
  JobAtWork seen(JobFolder& watcher) const {
    const auto all = watcher.look(kJobs);
    EXPECT_THAT(all, SizeIs(1));
    return all.empty() ? JobAtWork{} : all.front();
  }
};

TEST_F(Claimed, IsOfWhomItSays) {
  put("worker", print_worker({"node17", 42, "0-1.1"}));
  put("beat", print_beat({75, 754, 0.5}));
  JobFolder watcher = folder();
  const JobAtWork one = seen(watcher);
  ASSERT_TRUE(one.worker);
  EXPECT_EQ(one.worker->host, "node17");
  EXPECT_EQ(one.worker->process, 42);
  EXPECT_FALSE(one.ours);
  EXPECT_EQ(one.fraction, 0.5);
  EXPECT_GE(one.seconds, 754) << "by its own count";
  EXPECT_NEAR(one.seconds - 754, one.silent, 1e-6) << "and by ours since its last sign of life";
  // Another sign of life is where counting begins anew.
  put("beat", print_beat({76, 764, 0.6}));
  const JobAtWork later = seen(watcher);
  EXPECT_GE(later.seconds, 764);
  EXPECT_NEAR(later.seconds - 764, later.silent, 1e-6);
}

TEST_F(Claimed, OfNobodyKnownIsNoError) {
  const std::string spoilt(100'000, 'x');
  for (const std::string& text : {std::string(), std::string("host\n"), spoilt}) {
    put("worker", text);
    put("beat", text);
    JobFolder watcher = folder();
    const JobAtWork one = seen(watcher);
    EXPECT_FALSE(one.worker);
    EXPECT_FALSE(one.fraction);
    EXPECT_FALSE(one.ours);
  }
  fs::remove(folder_ / "work/b.2/worker");
  fs::remove(folder_ / "work/b.2/beat");
  JobFolder watcher = folder();
  EXPECT_FALSE(seen(watcher).worker);
  // It may have been on its way.
  put("worker", print_worker({"node17", 42, "0-1.1"}));
  EXPECT_TRUE(seen(watcher).worker);
}

TEST_F(Claimed, ExpiresAndIsSaidToHave) {
  put("beat", print_beat({75, 754, 0.5}));
  JobFolder watcher = folder(kShort);
  EXPECT_FALSE(seen(watcher).expired) << "it was seen for the first time just now";
  for (int k = 0; k < 3000 && !seen(watcher).expired; ++k) {
    std::this_thread::sleep_for(10ms);
    put("beat", "");  // is no sign of life
  }
  const JobAtWork one = seen(watcher);
  EXPECT_TRUE(one.expired);
  EXPECT_TRUE(is_overdue(one, kShort));
  EXPECT_EQ(count_alive(watcher.look(kJobs)), 0);
  put("beat", print_beat({76, 764, 0.5}));
  EXPECT_FALSE(seen(watcher).expired) << "it only slept";
}

// Clocks of other machines show in the times of files; nothing may look at those.
TEST_F(Claimed, TimesOfFilesMeanNothing) {
  put("worker", print_worker({"node17", 42, "0-1.1"}));
  put("beat", print_beat({75, 754, 0.5}));
  using namespace std::chrono;
  for (const auto apart : {hours(-24 * 365 * 30), hours(-9), hours(9), hours(24 * 365 * 30)}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
      fs::last_write_time(entry.path(), fs::file_time_type::clock::now() + apart);
    JobFolder worker = folder(60);
    EXPECT_FALSE(worker.claim(std::vector<std::string>{"b"})) << "it may be alive";
    const JobAtWork one = seen(worker);
    EXPECT_FALSE(is_overdue(one, 60));
    EXPECT_LT(one.seconds, 754 + 3600);
  }
  JobFolder hasty = folder(kShort);
  EXPECT_TRUE(claim_in_time(hasty, {"b"})) << "and it expires nevertheless";
}

TEST_F(Jobs, ManyWorkersDoEachJobOnce) {
  constexpr int kWorkers = 6, kCount = 60;
  std::vector<std::string> jobs;
  for (int i = 0; i < kCount; ++i) jobs.push_back(fmt::format("job{}", i));
  std::atomic<int> published = 0, begun = 0;
  std::vector<std::thread> workers;
  for (int w = 0; w < kWorkers; ++w)
    workers.emplace_back([&, w] {
      JobFolder own = folder();
      while (auto claim = own.claim(jobs)) {
        ++begun;
        finish(*claim, std::to_string(w));
        published += claim->publish();
      }
    });
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(published, kCount);
  EXPECT_EQ(begun, kCount);
  EXPECT_EQ(folder().finished().size(), std::size_t{kCount});
  EXPECT_THAT(names("work"), IsEmpty());
}

}  // namespace
}  // namespace phaseloom
