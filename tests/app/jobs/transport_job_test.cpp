// SPDX-License-Identifier: MIT
#include "app/jobs/transport_job.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using State = TransportSnapshot::State;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr double kLong = 240;  // seconds; a bound for a hang, nothing is measured by it

TransportExperiment small_experiment(int iterations = 48) {
  TransportExperiment e;
  e.chunks = 2;
  e.hidden = 1;
  e.iterations = iterations;
  e.points = 60;
  return e;
}

/// A gated job: nothing depends on the clock.
class GatedTransport : public testing::Test {
 protected:
  const TransportSnapshot& now() {
    EXPECT_TRUE(job.settle(kLong));
    snapshot_ = job.latest();
    return *snapshot_;
  }
  TransportJob job{true};

 private:
  std::shared_ptr<const TransportSnapshot> snapshot_;
};

TEST_F(GatedTransport, IsIdleUntilStarted) {
  EXPECT_EQ(now().state, State::idle);
  EXPECT_EQ(now().source, nullptr);
  EXPECT_THAT(error_of([&] { job.pause(); }), HasSubstr("transport.start"));
  EXPECT_THAT(error_of([&] { job.advance(3); }), HasSubstr("transport.start"));
  job.show(small_experiment());
  EXPECT_EQ(now().state, State::idle);
  EXPECT_EQ(now().source->size(), 60u);
  EXPECT_EQ(now().target->size(), 60u);
  EXPECT_EQ(now().pair_name, "D1");
  EXPECT_EQ(now().picture, nullptr);
}

TEST_F(GatedTransport, GoesAsFarAsItIsLet) {
  job.start(small_experiment());
  EXPECT_EQ(now().state, State::running);
  EXPECT_EQ(now().iteration, 0);
  ASSERT_NE(now().picture, nullptr);
  EXPECT_EQ(now().picture->paths.points, 60);
  EXPECT_THAT(error_of([&] { job.start(small_experiment()); }), HasSubstr("transport.stop"));
  job.advance(5);
  EXPECT_EQ(now().iteration, 5);
  EXPECT_EQ(now().losses.size(), 5u);
  EXPECT_EQ(now().curve.size(), 2u) << "a look every two iterations of 48";
  EXPECT_TRUE(std::isnan(now().w2_squared)) << "at the end only";
  job.pause();
  EXPECT_EQ(now().state, State::paused);
  job.resume();
  EXPECT_EQ(now().state, State::running);
  job.advance(1000);
  EXPECT_EQ(now().state, State::finished);
  EXPECT_EQ(now().iteration, 48);
  EXPECT_GT(now().w2_squared, 0);
  EXPECT_GT(now().floor, 0);
  EXPECT_EQ(now().reason, "");
}

TEST_F(GatedTransport, StopKeepsTheModel) {
  job.start(small_experiment());
  job.advance(4);
  job.stop();
  EXPECT_EQ(now().state, State::finished);
  EXPECT_TRUE(now().stopped);
  EXPECT_EQ(now().iteration, 4);
  ASSERT_NE(now().picture, nullptr);
  job.start(small_experiment());
  EXPECT_EQ(now().iteration, 0);
}

// The paths begin at the source, and are those of the model that is said to have made them.
TEST_F(GatedTransport, PicturesAreTheModelsOwn) {
  job.start(small_experiment());
  job.advance(20);
  const TransportPicture& picture = *now().picture;
  const FlowPaths& paths = picture.paths;
  ASSERT_EQ(paths.borders.size(), 3u) << "two chunks";
  for (std::size_t i = 0; i < 60; ++i) EXPECT_EQ(paths.at(0)[i], (*now().source)[i]);
  const auto last = static_cast<int>(paths.times.size()) - 1;
  const Points ends = transported(picture.model, *now().source);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const Point end = wrapped(picture.model, paths.at(last)[i]);
    EXPECT_NEAR(end.x, ends[i].x, 1e-5) << i;  // one and the same run, rounded once more
    EXPECT_NEAR(end.y, ends[i].y, 1e-5) << i;
  }
  // A slice of the field at time 0 is the velocity there.
  const Point somewhere = FieldSlices::place(5, 17);
  const auto v = velocity(picture.model, 0, std::span(&somewhere, 1),
                          hidden_state(picture.model, *now().source, 0));
  EXPECT_NEAR(picture.field.at(0, somewhere).x, v[0].x, 1e-4 * (1 + std::abs(v[0].x)));
  EXPECT_NEAR(picture.field.at(0, somewhere).y, v[0].y, 1e-4 * (1 + std::abs(v[0].y)));
}

TEST_F(GatedTransport, MorePointsOfTheSameModel) {
  job.start(small_experiment());
  job.advance(10);
  job.stop();
  const auto before = now().picture;
  auto more = small_experiment();
  more.points = 90;
  job.show(more);
  EXPECT_EQ(now().source->size(), 90u);
  ASSERT_NE(now().picture, nullptr);
  EXPECT_EQ(now().picture->paths.points, 90);
  EXPECT_EQ(now().picture->paths.at(20)[7], before->paths.at(20)[7]) << "the first ones stay";
  more.pair = "D2";
  job.show(more);
  EXPECT_EQ(now().picture, nullptr) << "that model was of another pair";
  EXPECT_EQ(now().state, State::idle);
}

TEST_F(GatedTransport, ARowIsThreeModels) {
  job.start_row(small_experiment(12));
  EXPECT_TRUE(now().comparing);
  EXPECT_EQ(now().to_compare, 3);
  job.advance(12 + 5);
  EXPECT_EQ(now().row.size(), 1u);
  EXPECT_EQ(now().iteration, 5);
  job.advance(1000);
  EXPECT_EQ(now().state, State::finished);
  EXPECT_FALSE(now().comparing);
  ASSERT_EQ(now().row.size(), 3u);
  EXPECT_EQ(title_of(now().row[0].setup), "MLP + OT-CFM");
  EXPECT_EQ(title_of(now().row[1].setup), "SHIL + OT-CFM");
  EXPECT_EQ(title_of(now().row[2].setup), "SHIL + SWD");
  for (const TransportResult& result : now().row) EXPECT_GT(result.w2_squared, 0);
  EXPECT_NE(now().row[1].picture->paths.positions, now().row[2].picture->paths.positions);
}

TEST_F(GatedTransport, WhatCannotBeIsAReason) {
  auto lost = small_experiment();
  lost.pair = "/nowhere/points.csv";
  job.start(lost);
  EXPECT_EQ(now().state, State::failed);
  EXPECT_THAT(now().reason, HasSubstr("points.csv"));
  job.start(small_experiment());
  EXPECT_EQ(now().state, State::running) << "and another one can";
}

TEST(TransportJob, SameBitsHoweverItIsPortioned) {
  const auto run = [](std::initializer_list<int> portions) {
    TransportJob job(true);
    job.start(small_experiment());
    for (const int n : portions) job.advance(n);
    job.settle(kLong);
    return job.latest();
  };
  const auto a = run({31}), b = run({1, 7, 23});
  ASSERT_EQ(a->iteration, b->iteration);
  EXPECT_EQ(a->picture->paths.positions, b->picture->paths.positions);
  EXPECT_EQ(a->curve.back().w2_squared, b->curve.back().w2_squared);
}

TEST(TransportJob, RunsToItsEndByItself) {
  TransportJob job;
  job.start(small_experiment(6));
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->state, State::finished);
  EXPECT_EQ(job.latest()->iteration, 6);
}

TEST(TransportJob, AWishWhileItMeasuresIsKeptOrRefused) {
  TransportJob job;
  job.start(small_experiment(6));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(kLong);
  while (job.latest()->state != State::measuring && job.latest()->state != State::finished &&
         std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  // Thousands of points take long enough for the window to see it.
  ASSERT_EQ(job.latest()->state, State::measuring);
  EXPECT_TRUE(job.latest()->at_end());
  EXPECT_TRUE(job.latest()->active());
  for (const auto& wish : {+[](TransportJob& j) { j.pause(); }, +[](TransportJob& j) { j.stop(); },
                           +[](TransportJob& j) { j.advance(1); }})
    EXPECT_THAT(error_of([&] { wish(job); }), HasSubstr("is being measured"));
  TransportExperiment next = small_experiment(4);
  next.pair = "D3";
  job.start(next);
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->state, State::finished);
  EXPECT_EQ(job.latest()->pair_name, "D3");
  EXPECT_EQ(job.latest()->iteration, 4);
  const auto notes = job.take_notes();
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_FALSE(notes[0].problem);
  EXPECT_THAT(notes[0].text, HasSubstr("as soon as"));
}

TEST_F(GatedTransport, ShowsAnotherDrawingOnlyIfItIsTheTarget) {
  job.start(small_experiment(4));
  job.advance(4);
  ASSERT_EQ(now().state, State::finished);
  const auto picture = now().picture;
  TransportExperiment other = small_experiment(4);
  other.drawing = "0 0 10 10 20 20 30 30 40 40 50 50 60 60 70 70 80 80 90 90";
  job.show(other);
  EXPECT_EQ(now().picture, picture) << "the pair is another";
  other.pair = kDrawnPair;
  job.show(other);
  EXPECT_EQ(now().picture, nullptr);
  EXPECT_EQ(now().pair_name, kDrawnPair);
}

TEST_F(GatedTransport, ExportsAtAnyTime) {
  const TemporaryFolder folder;
  job.export_to(folder / "early.csv");
  now();
  const auto refused = job.take_notes();
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_TRUE(refused[0].problem);
  EXPECT_THAT(refused[0].text, HasSubstr("transport.start"));
  job.start(small_experiment());
  job.advance(3);
  job.export_to(folder / "paths.csv");
  EXPECT_EQ(now().iteration, 3);
  const auto done = job.take_notes();
  ASSERT_EQ(done.size(), 1u);
  EXPECT_FALSE(done[0].problem) << done[0].text;
  EXPECT_TRUE(std::filesystem::exists(folder / "paths.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder / "early.csv"));
}

TEST(TransportSnapshot, PathsAsATable) {
  TransportJob job(true);
  const TemporaryFolder folder;
  const auto file = folder / "paths.csv";
  EXPECT_THAT(error_of([&] { export_paths(*job.latest(), file); }), HasSubstr("transport.start"));
  job.start(small_experiment());
  EXPECT_THAT(error_of([&] { export_paths(*job.latest(), folder / "paths.txt"); }),
              HasSubstr(".csv"));
  export_paths(*job.latest(), file);
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, "point,time,x,y");
  std::getline(in, line);
  const Point first = job.latest()->source->front();
  std::istringstream numbers(line);
  double point = 0, time = 0, x = 0, y = 0;
  char comma = 0;
  numbers >> point >> comma >> time >> comma >> x >> comma >> y;
  EXPECT_EQ(point, 0);
  EXPECT_EQ(time, 0);
  EXPECT_NEAR(x, first.x, 1e-5);
  EXPECT_NEAR(y, first.y, 1e-5);
  std::size_t lines = 1;
  while (std::getline(in, line)) ++lines;
  EXPECT_EQ(lines, 60 * job.latest()->picture->paths.times.size());
}

// The slider of points is moved, and the file that they come from has gone meanwhile.
TEST_F(GatedTransport, AFileThatIsGoneIsANote) {
  const TemporaryFolder folder;
  TransportExperiment own = small_experiment();
  own.pair = (folder / "own.csv").string();
  write_file_atomically(own.pair, "x,y\n0,0\n1,0\n1,1\n0,1\n");
  job.start(own);
  job.advance(48);
  ASSERT_EQ(now().state, State::finished) << now().reason;
  std::filesystem::remove(own.pair);
  own.points = 90;
  job.show(own);
  EXPECT_EQ(now().state, State::finished) << "what was trained is not lost";
  EXPECT_TRUE(now().picture);
  const auto notes = job.take_notes();
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_TRUE(notes[0].problem);
  EXPECT_THAT(notes[0].text, HasSubstr("own.csv"));
  write_file_atomically(own.pair, "x,y\n0,0\n1,0\n1,1\n0,1\n");
  own.points = 70;
  job.show(own);
  EXPECT_EQ(now().source->size(), 70u);
}

// Another pair is chosen while it trains: the result is not lost at its end.
TEST_F(GatedTransport, AResultStaysThoughAnotherPairIsSet) {
  const TransportExperiment trained = small_experiment();
  TransportExperiment other = trained;
  other.pair = "D2";
  job.start(trained);
  job.advance(10);
  job.show(other);
  EXPECT_EQ(now().pair_name, "D1") << "what trains is seen";
  job.advance(1000);
  ASSERT_EQ(now().state, State::finished);
  const auto picture = now().picture;
  for (int frame = 0; frame < 3; ++frame) job.show(other);
  EXPECT_EQ(now().pair_name, "D1");
  EXPECT_EQ(now().picture, picture) << "and what it has come to stays";
  EXPECT_EQ(now().experiment, trained);
  // What is chosen from now on is shown at once.
  TransportExperiment third = trained;
  third.pair = "D3";
  job.show(third);
  EXPECT_EQ(now().pair_name, "D3");
  EXPECT_EQ(now().picture, nullptr);
  job.show(other);
  EXPECT_EQ(now().pair_name, "D2");
  job.show(trained);
  ASSERT_NE(now().picture, nullptr) << "back at its pair";
  EXPECT_EQ(now().picture->paths.positions, picture->paths.positions);
  EXPECT_GT(now().w2_squared, 0);
}

TEST_F(GatedTransport, BackAtThePairThatTrainsNothingIsHeldBack) {
  const TransportExperiment trained = small_experiment();
  TransportExperiment other = trained;
  other.pair = "D2";
  job.start(trained);
  job.show(other);
  job.show(trained);
  job.advance(1000);
  ASSERT_EQ(now().state, State::finished);
  job.show(other);
  EXPECT_EQ(now().pair_name, "D2") << "chosen after the end";
}

TEST_F(GatedTransport, EachPairHasItsResult) {
  TransportExperiment experiment = small_experiment(4);
  std::vector<double> found;
  const char* const pairs[] = {"D1", "D2", "D3"};
  for (const char* pair : pairs) {
    experiment.pair = pair;
    job.start(experiment);
    job.advance(4);
    found.push_back(now().w2_squared);
  }
  for (std::size_t i : {0u, 2u, 1u, 0u}) {
    experiment.pair = pairs[i];
    job.show(experiment);
    EXPECT_EQ(now().pair_name, pairs[i]);
    EXPECT_EQ(now().w2_squared, found[i]);
  }
  experiment.seed = 2;  // other draws, which nothing was trained on
  job.show(experiment);
  EXPECT_EQ(now().picture, nullptr);
}

}  // namespace
}  // namespace phaseloom
