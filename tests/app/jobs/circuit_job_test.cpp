// SPDX-License-Identifier: MIT
// ngspice itself runs here: it is among the packages of the tests.
#include "app/jobs/circuit_job.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "app/jobs/circuit_work.hpp"
#include "engine/support/error.hpp"
#include "tests/app/session/fixed_circuit.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

namespace fs = std::filesystem;

constexpr double kLong = 120;  // seconds; a bound for a hang, nothing is measured by it

CircuitRequest small_request() {
  CircuitRequest request;
  request.model = std::make_shared<const Model>(test::small_model("kuramoto_shil", 1));
  request.settings = settings_of(request.model->program);
  request.tile = 2;
  return request;
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class CircuitInTheBackground : public testing::Test {
 protected:
  /// Stands for ngspice; the folder is all that is on PATH.
  void put_instead(std::string_view script) const {
    std::ofstream(programs / "ngspice") << "#!/bin/sh\n" << script << '\n';
    fs::permissions(programs / "ngspice", fs::perms::owner_all);
  }
  const TemporaryFolder programs, scratch, folder;
  const EnvironmentGuard there{"TMPDIR", scratch.path().string()};
};

TEST_F(CircuitInTheBackground, ChunksComeOneByOneWithTheirPictures) {
  CircuitJob job({}, true);
  EXPECT_EQ(job.latest()->request.model, nullptr);
  job.start(small_request());
  auto seen = job.latest();
  EXPECT_TRUE(seen->running);
  EXPECT_EQ(seen->chunks, 3);
  EXPECT_EQ(seen->done(), 0);
  EXPECT_EQ(seen->units, 8) << "2 x 2 places in two layers";
  job.advance(1);
  seen = job.latest();
  EXPECT_EQ(seen->done(), 1) << seen->problem;
  EXPECT_TRUE(seen->running);
  EXPECT_THAT(*seen->pictures, SizeIs(3 * 4));
  job.advance(10);
  ASSERT_TRUE(job.settle(kLong));
  seen = job.latest();
  EXPECT_FALSE(seen->running);
  ASSERT_TRUE(seen->finished()) << seen->problem;
  EXPECT_EQ(seen->share, 1);
  for (const ChunkCheck& chunk : seen->check->chunks) {
    EXPECT_LT(chunk.error.rms, 1e-2);
    EXPECT_LE(chunk.error.median, chunk.error.p99);
    EXPECT_GT(chunk.looser_rms, 0);
  }
  EXPECT_EQ(*seen->pictures, comparison_of(*seen->check));
  EXPECT_TRUE(fs::is_empty(scratch.path())) << "its folder is gone";
}

TEST_F(CircuitInTheBackground, TheSampleAndItsFlawsAreTheRequests) {
  CircuitJob job({}, true);
  const auto picture = [&](const CircuitRequest& request) {
    job.start(request);
    job.advance(10);
    EXPECT_TRUE(job.latest()->finished()) << job.latest()->problem;
    EXPECT_LT(job.latest()->check->chunks.back().error.rms, 1e-2);
    return job.latest()->check->theirs;
  };
  CircuitRequest request = small_request();
  const auto first = picture(request);
  request.settings.first_sample = 5;
  const auto other = picture(request);
  EXPECT_NE(first, other);
  request.hardware = {.bits = 2, .mismatch = 0.3, .weight_noise = 0.3};
  EXPECT_NE(picture(request), other);
}

TEST_F(CircuitInTheBackground, ASmallGridIsTakenWhole) {
  CircuitJob job(test::fixed_circuit(), true);
  CircuitRequest request = small_request();
  for (const int tile : {8, 5, 0}) {
    request.tile = tile;
    job.start(request);
    EXPECT_EQ(job.latest()->side, 0);
    EXPECT_EQ(job.latest()->units, 60);
    EXPECT_EQ(job.latest()->picture, (PictureShape{6, 5, 1}));
    job.stop();
  }
}

TEST_F(CircuitInTheBackground, StopsAtOnceInTheMiddleOfAChunk) {
  put_instead("exec /bin/sleep 600");
  const EnvironmentGuard path("PATH", programs.path().string());
  CircuitJob job;
  job.start(small_request());
  const auto begun = [&] { return !fs::is_empty(scratch.path()); };
  for (int i = 0; i < 6000 && !begun(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_TRUE(begun());
  EXPECT_THAT(error_of([&] { job.start(small_request()); }), HasSubstr("circuit.stop"));
  job.stop();
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_FALSE(job.latest()->running);
  EXPECT_EQ(job.latest()->problem, "");
  EXPECT_TRUE(fs::is_empty(scratch.path()));
}

TEST_F(CircuitInTheBackground, GoesAwayWithItsProgram) {
  put_instead("exec /bin/sleep 600");
  const EnvironmentGuard path("PATH", programs.path().string());
  {
    CircuitJob job;
    job.start(small_request());
  }
  EXPECT_TRUE(fs::is_empty(scratch.path()));
}

TEST_F(CircuitInTheBackground, SaysWhatNgspiceLacks) {
  const auto problem = [&] {
    CircuitJob job({}, true);
    job.start(small_request());
    job.advance(10);
    EXPECT_FALSE(job.latest()->running);
    EXPECT_EQ(job.latest()->done(), 0);
    EXPECT_THAT(job.take_notes(), SizeIs(1));
    return job.latest()->problem;
  };
  const EnvironmentGuard path("PATH", programs.path().string());
  EXPECT_THAT(problem(), HasSubstr("ngspice is not installed"));
  put_instead("echo 'doAnalyses: TRAN:  Timestep too small; time = 0.1' >&2; exit 1");
  EXPECT_THAT(problem(), HasSubstr("Timestep too small"));
  EXPECT_THAT(problem(), Not(HasSubstr(scratch.path().string()))) << "nobody can look there";
}

TEST_F(CircuitInTheBackground, WhatIsComparedStaysWhenTheRestFails) {
  CircuitJobOptions options;
  options.check = [](const Circuit&, const RecordedRun&, const DeckOptions&, const fs::path&,
                     const CircuitProgress& progress) -> CircuitCheck {
    CircuitCheck check;
    check.chunks.push_back({});
    check.ours = check.theirs = {0, 0, 0, 0};
    progress.chunk(check);
    fail("the second one diverges");
  };
  CircuitJob job(options, true);
  job.start(small_request());
  job.advance(10);
  EXPECT_EQ(job.latest()->done(), 1);
  EXPECT_EQ(job.latest()->problem, "the second one diverges");
}

TEST_F(CircuitInTheBackground, WritesTablesAndDecks) {
  CircuitJob job(test::fixed_circuit(), true);
  job.export_to(folder / "c.csv");
  job.save_to(folder / "decks");
  const auto notes = job.take_notes();
  ASSERT_THAT(notes, SizeIs(2));
  for (const JobNote& note : notes) EXPECT_THAT(note.text, HasSubstr("circuit.start"));
  EXPECT_THAT(error_of([&] { job.export_to(folder / "c.txt"); }), HasSubstr(".csv"));
  job.start(small_request());
  job.advance(2);
  job.export_to(folder / "c.csv");
  EXPECT_EQ(read(folder / "c.csv"), circuit_csv(*job.latest()->check)) << "of those so far";
  job.save_to(folder / "deep" / "decks");
  for (const char* name : {"chunk-1.cir", "chunk-3.cir", "comparison.png"})
    EXPECT_TRUE(fs::exists(folder / "deep" / "decks" / name)) << name;
  EXPECT_THAT(read(folder / "deep" / "decks" / "chunk-1.cir"), HasSubstr("sample 0 of seed 1"));
  std::ofstream(folder / "file") << "in the way";
  (void)job.take_notes();
  job.save_to(folder / "file" / "decks");
  EXPECT_TRUE(job.take_notes().back().problem);
}

TEST_F(CircuitInTheBackground, SaysWhatIsWrongWithARequest) {
  CircuitJob job(test::fixed_circuit(), true);
  const auto error = [&](auto change) {
    CircuitRequest request = small_request();
    change(request);
    return error_of([&] { job.start(request); });
  };
  EXPECT_THAT(error([](CircuitRequest& r) { r.model = nullptr; }), HasSubstr("no model"));
  EXPECT_THAT(error([](CircuitRequest& r) { r.tile = -1; }), HasSubstr("-1 places"));
  EXPECT_THAT(error([](CircuitRequest& r) { r.reltol = 0; }), HasSubstr("tolerance"));
  EXPECT_THAT(error([](CircuitRequest& r) { r.hardware.bits = 99; }), HasSubstr("bits"));
  EXPECT_THAT(error_of([&] { job.stop(); }), HasSubstr("circuit.start"));
  CircuitRequest away = small_request();
  away.model = std::make_shared<const Model>(test::load_small("diverging"));
  job.start(away);
  EXPECT_THAT(job.latest()->problem, HasSubstr("diverges"));
}

}  // namespace
}  // namespace phaseloom
