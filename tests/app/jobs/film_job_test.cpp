// SPDX-License-Identifier: MIT
#include "app/jobs/film_job.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <numbers>
#include <thread>

#include "app/commands/verbs.hpp"
#include "app/run/colour_scale.hpp"
#include "app/run/readout.hpp"
#include "engine/data/film_file.hpp"
#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/film.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using test::small_options;

std::string last_text(const Session& session) {
  const auto& messages = *session.snapshot()->messages;
  return messages.empty() ? "" : messages.back().text;
}

Picture wall_of(const Session& session) {
  const Snapshot& s = *session.snapshot();
  return wall_picture(*s.pixels, s.picture, s.scene.wall);
}

TEST(FilmJob, ARowHasThePictureOfEachStep) {
  const TemporaryFolder folder;
  Session session(small_options());
  session.set("hardware.bits", 3);
  session.post(verbs::export_film, (folder / "step-##.png").string());
  EXPECT_EQ(last_text(session), (folder / "step-##.png").string() + ": written, 13 pictures");
  for (const int step : {0, 5, 12}) {
    session.post(verbs::seek, step);
    EXPECT_EQ(read_png(numbered(folder / "step-##.png", step)), wall_of(session)) << step;
  }
  EXPECT_FALSE(fs::exists(folder / "step-13.png"));
}

/// The middle of unit (0, 0) of the wall's first sample.
std::vector<std::uint8_t> corner_of(const Picture& picture, const Session& session) {
  const Snapshot& s = *session.snapshot();
  const int scale = (picture.width + 2) / s.scene.wall / s.grid.width;
  const auto at =
      static_cast<std::ptrdiff_t>((scale / 2 * picture.width + scale / 2) * picture.channels);
  return {picture.pixels.begin() + at, picture.pixels.begin() + at + picture.channels};
}

std::vector<std::uint8_t> colour(ColourMap map, double t) {
  const Rgb c = colour_at(map, t);
  return {c.r, c.g, c.b};
}

TEST(FilmJob, ShowsTheViewThatIsChosen) {
  const TemporaryFolder folder;
  Session session(small_options());
  const auto film = [&](View view) {
    session.ui().view = view;
    session.post(verbs::export_film, (folder / "step-##.png").string());
    session.post(verbs::seek, 5);
    return corner_of(read_png(folder / "step-05.png"), session);
  };
  const auto theta = [&](int layer) { return (*session.snapshot()->state)[layer * 30 * 9]; };
  constexpr double kTurn = 2 * std::numbers::pi;
  const auto phase = film({View::Quantity::phase, 0});
  EXPECT_EQ(phase, colour(ColourMap::phase, theta(0) / kTurn));
  const auto hidden = film({View::Quantity::phase, 1});
  EXPECT_EQ(hidden, colour(ColourMap::phase, theta(1) / kTurn));
  EXPECT_NE(hidden, phase);
  EXPECT_EQ(film({View::Quantity::phase, 7}), hidden) << "there are two layers";
  const auto intensity = film({View::Quantity::intensity, 1});
  ASSERT_EQ(intensity.size(), 1u);
  EXPECT_NEAR(intensity[0], 255 * (1 + std::sin(theta(1))) / 2, 1);

  // Signed, on a range that is the same in all steps.
  session.want_rates(true);
  const auto rate = film({View::Quantity::rate, 0});
  double largest = 0;
  for (int step = 0; step <= 12; ++step) {
    session.post(verbs::seek, step);
    largest = std::max(largest, robust_range(*session.snapshot()->rates));
  }
  session.post(verbs::seek, 5);
  const double own = session.snapshot()->rates->front();
  // The range is that of the layer, not of the network: one of the round numbers up to it.
  bool found = false;
  for (const double range : {0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0})
    found |= range <= largest && rate == colour(ColourMap::diverging, (own / range + 1) / 2);
  EXPECT_TRUE(found) << own << " of " << largest;
}

TEST(FilmJob, VoltagesHaveNoCircle) {
  const TemporaryFolder folder;
  SessionOptions options = small_options();
  options.scene.model = "voltage";
  Session session(options);
  session.ui().view = {View::Quantity::phase, 0};
  session.post(verbs::export_film, (folder / "step-##.png").string());
  const Picture end = read_png(folder / "step-12.png");
  session.post(verbs::seek, 12);
  const auto rgb = corner_of(end, session);
  EXPECT_EQ((*session.snapshot()->state)[0] > 0, rgb[0] > rgb[2]) << "more is orange";
}

/// Columns [from, from + width) of a picture.
Picture columns(const Picture& picture, int from, int width) {
  Picture part{width, picture.height, picture.channels, {}};
  for (int y = 0; y < picture.height; ++y) {
    const auto at =
        picture.pixels.begin() + (std::ptrdiff_t(y) * picture.width + from) * picture.channels;
    part.pixels.insert(part.pixels.end(), at, at + std::ptrdiff_t(width) * picture.channels);
  }
  return part;
}

TEST(FilmJob, ShowsTheIdealRunBesideTheHardware) {
  const TemporaryFolder folder;
  Session session(small_options());
  const auto film = [&](Compare compare) {
    session.ui().compare = compare;
    session.post(verbs::export_film, (folder / "step-##.png").string());
    return read_png(folder / "step-12.png");
  };
  const Picture ideal = film(Compare::off);
  session.set("hardware.bits", 1);
  const Picture hardware = film(Compare::off);
  ASSERT_NE(ideal, hardware);

  const Picture both = film(Compare::side);
  EXPECT_EQ(columns(both, 0, ideal.width), ideal);
  EXPECT_EQ(columns(both, both.width - ideal.width, ideal.width), hardware);

  session.ui().divider = 0.25;
  const Picture split = film(Compare::split);
  ASSERT_EQ(split.width, ideal.width);
  const int at = ideal.width / 4, line = 1, rest = ideal.width - at - line;
  EXPECT_EQ(columns(split, 0, at - line), columns(ideal, 0, at - line));
  EXPECT_EQ(columns(split, at + line, rest), columns(hardware, at + line, rest));
  session.ui().divider = 0;
  EXPECT_EQ(columns(film(Compare::split), 1, ideal.width - 1),
            columns(hardware, 1, ideal.width - 1));
  session.ui().divider = 1;
  EXPECT_EQ(columns(film(Compare::split), 0, ideal.width - 2), columns(ideal, 0, ideal.width - 2));
}

TEST(FilmJob, ShowsTheDifference) {
  const TemporaryFolder folder;
  Session session(small_options());
  session.post(verbs::compare, "difference");
  const auto film = [&](View::Quantity quantity) {
    session.ui().view = {quantity, 0};
    session.post(verbs::export_film, (folder / "step-##.png").string());
    session.post(verbs::seek, 5);
    return corner_of(read_png(folder / "step-05.png"), session);
  };
  using enum View::Quantity;
  for (const auto quantity : {intensity, phase, rate})
    EXPECT_EQ(film(quantity), colour(ColourMap::diverging, 0.5)) << "ideal hardware";
  session.set("hardware.bits", 1);
  const auto read = [&](auto values) { return double(values->front()); };
  session.post(verbs::seek, 5);
  const Snapshot& now = *session.snapshot();
  ASSERT_TRUE(now.ideal.state);
  const struct {
    View::Quantity quantity;
    double difference;
  } expected[] = {{intensity, read(now.pixels) - read(now.ideal.pixels)},
                  {phase, wrapped(read(now.state) - read(now.ideal.state))}};
  for (const auto& [quantity, difference] : expected) {
    ASSERT_GT(std::abs(difference), 1e-3);
    const auto rgb = film(quantity);
    EXPECT_EQ(difference > 0, rgb[0] > rgb[2]) << "more is orange, less is blue";
    bool found = false;
    for (const double range : {0.1, 0.2, 0.5, 1.0, 2.0, std::numbers::pi})
      found |= rgb == colour(ColourMap::diverging, (difference / range + 1) / 2);
    EXPECT_TRUE(found) << difference;
  }
}

TEST(FilmJob, AFilmLastsAsLongAsTheRun) {
  if (!has_ffmpeg()) GTEST_SKIP() << "ffmpeg is not installed";
  const TemporaryFolder folder;
  Session session(small_options());
  session.set("speed", 12.0);  // 12 steps: a second
  session.set("hold", 0.5);
  session.post(verbs::export_film, (folder / "a.mp4").string());
  const Picture wall = wall_of(session);
  EXPECT_EQ(look_at_film(folder / "a.mp4"),
            fmt::format("{},{},46", wall.width + wall.width % 2, wall.height + wall.height % 2))
      << "45 thirtieths of a second, both ends included";
}

TEST(FilmJob, SaysWhatIsWrong) {
  const TemporaryFolder folder, nothing;
  Session session(small_options());
  session.post(verbs::export_film, (folder / "a.avi").string());
  EXPECT_NE(last_text(session).find(".mp4"), std::string::npos);
  const EnvironmentGuard guard("PATH", nothing.path().string());
  session.post(verbs::export_film, (folder / "a.mp4").string());
  EXPECT_NE(last_text(session).find("ffmpeg is not installed"), std::string::npos);
  session.set("model", "diverging");
  session.post(verbs::export_film, (folder / "d-##.png").string());
  EXPECT_NE(last_text(session).find("diverges"), std::string::npos);
  session.set("model", "long");
  session.set("speed", 1.0);
  session.post(verbs::export_film, (folder / "a.mp4").string());
  EXPECT_NE(last_text(session).find("too many"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(FilmJob, RunsBesideTheExperimentAndCanBeCancelled) {
  const TemporaryFolder folder;
  SessionOptions options = small_options(true);
  options.scene.model = "long";
  options.scene.wall = 20;
  Session session(options);
  const auto until = [&](auto done) {
    for (int i = 0; i < 6000 && !done(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      session.update();
    }
    return done();
  };
  ASSERT_TRUE(until([&] { return session.snapshot()->model != nullptr; }));
  session.post(verbs::export_film, (folder / "step-####.png").string());
  session.post(verbs::export_film, (folder / "other-####.png").string());
  EXPECT_TRUE(until([&] { return session.film()->pictures > 2; })) << last_text(session);
  EXPECT_FALSE(fs::exists(folder / "other-0000.png")) << "one at a time";
  session.post(verbs::export_cancel);
  EXPECT_TRUE(until([&] { return session.film()->state == FilmSnapshot::State::cancelled; }));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(Export, StatesByLane) {
  const TemporaryFolder folder;
  Session session(small_options());
  session.post(verbs::seek, 4);
  session.post(verbs::export_states, (folder / "s.npy").string());
  const FloatArray array = read_npy(folder / "s.npy");
  EXPECT_EQ(array.shape, (std::vector<std::int64_t>{9, 60}));
  const auto& state = *session.snapshot()->state;
  EXPECT_EQ(array.values[2 * 60 + 7], state[7 * 9 + 2]);
  session.post(verbs::export_states, (folder / "s.png").string());
  EXPECT_NE(last_text(session).find(".npy"), std::string::npos);
}

TEST(FilmJob, OfPicturesInColour) {
  const TemporaryFolder folder;
  SessionOptions options = small_options();
  options.scene.model = "colour";
  Session session(options);
  session.post(verbs::export_film, (folder / "step-##.png").string());
  session.post(verbs::seek, 5);
  const Picture picture = read_png(folder / "step-05.png");
  EXPECT_EQ(picture, wall_of(session));
  const auto& pixels = *session.snapshot()->pixels;
  std::vector<std::uint8_t> first;
  for (int channel = 0; channel < 3; ++channel)
    first.push_back(static_cast<std::uint8_t>(std::lround(255 * pixels[channel * 30])));
  EXPECT_EQ(corner_of(picture, session), first);
  // The wall as an array, and one plane alone.
  session.post(verbs::export_wall, (folder / "wall.npy").string());
  EXPECT_EQ(read_npy(folder / "wall.npy").shape, (std::vector<std::int64_t>{9, 3, 5, 6}));
  session.ui().view = {View::Quantity::phase, 2};
  session.post(verbs::export_film, (folder / "blue-##.png").string());
  const double theta = (*session.snapshot()->state)[2 * 30 * 9];
  EXPECT_EQ(corner_of(read_png(folder / "blue-05.png"), session),
            colour(ColourMap::phase, theta / (2 * std::numbers::pi)));
}

}  // namespace
}  // namespace phaseloom
