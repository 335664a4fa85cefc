// SPDX-License-Identifier: MIT
#include "engine/data/film_file.hpp"

#include <gtest/gtest.h>

#include "engine/data/png.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/film.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

Picture grey(int width, int height, std::uint8_t value, int channels = 1) {
  Picture picture{width, height, channels, {}};
  picture.pixels.assign(picture.size(), value);
  return picture;
}

bool empty(const TemporaryFolder& folder) { return fs::is_empty(folder.path()); }

TEST(FilmFile, NumbersTheNameNotTheFolder) {
  EXPECT_EQ(numbered("a#/b-##.png", 7), "a#/b-07.png");
  EXPECT_EQ(numbered("b-#.png", 12), "b-12.png");
  EXPECT_EQ(numbered("b.png", 12), "b.png");
}

TEST(FilmFile, ANameSaysWhatItIs) {
  EXPECT_TRUE(is_film("a.mp4", "x"));
  EXPECT_FALSE(is_film("a-##.png", "x"));
  for (const char* name : {"a.png", "a.avi", "a#/b.png", ""})
    EXPECT_NE(error_of([&] { is_film(name, "x"); }).find(".mp4"), std::string::npos);
}

TEST(FilmFile, ARowOfPicturesIsWholeOrNotThere) {
  const TemporaryFolder folder;
  {
    const auto row = make_film_file(folder / "p-##.png", 30);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(row->add(grey(4, 3, std::uint8_t(40 * i))));
  }
  EXPECT_TRUE(empty(folder)) << "it was abandoned";
  const auto row = make_film_file(folder / "p-##.png", 30);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(row->add(grey(4, 3, std::uint8_t(40 * i))));
  EXPECT_TRUE(row->commit());
  EXPECT_EQ(read_png(folder / "p-02.png").pixels[0], 80);
}

TEST(FilmFile, ARowOfPicturesMakesItsFolder) {
  const TemporaryFolder folder;
  { EXPECT_TRUE(make_film_file(folder / "new/p-##.png", 30)->add(grey(4, 3, 1))); }
  EXPECT_TRUE(empty(folder)) << "abandoned, with the folder";
  const auto row = make_film_file(folder / "new/p-##.png", 30);
  EXPECT_TRUE(row->add(grey(4, 3, 1)));
  EXPECT_TRUE(row->commit());
  EXPECT_TRUE(fs::exists(folder / "new/p-00.png"));
  EXPECT_NE(error_of([&] { make_film_file(folder / "a/b/p-##.png", 30); }).find("folder"),
            std::string::npos);
}

TEST(FilmFile, AFilmHasItsPictures) {
  if (!has_ffmpeg()) GTEST_SKIP() << "ffmpeg is not installed";
  const TemporaryFolder folder;
  const auto path = folder / "-odd name's.mp4";  // no option, no shell
  {
    const auto film = make_film_file(folder / "b.mp4", 30);
    EXPECT_TRUE(film->add(grey(33, 21, 7, 3)));
    EXPECT_TRUE(film->commit());
    EXPECT_EQ(look_at_film(folder / "b.mp4"), "34,22,1") << "odd sizes are padded";
  }
  const auto film = make_film_file(path, 30);
  for (int i = 0; i < 12; ++i) EXPECT_TRUE(film->add(grey(64, 48, std::uint8_t(20 * i))));
  EXPECT_FALSE(fs::exists(path)) << "not before it is whole";
  EXPECT_TRUE(film->commit());
  EXPECT_TRUE(fs::exists(path));
  fs::rename(path, folder / "a.mp4");
  EXPECT_EQ(look_at_film(folder / "a.mp4"), "64,48,12");
}

TEST(FilmFile, AnAbandonedOrStoppedFilmLeavesNothing) {
  if (!has_ffmpeg()) GTEST_SKIP() << "ffmpeg is not installed";
  const TemporaryFolder folder;
  { EXPECT_TRUE(make_film_file(folder / "a.mp4", 30)->add(grey(64, 48, 9))); }
  std::stop_source stop;
  {
    const auto film = make_film_file(folder / "a.mp4", 30);
    EXPECT_TRUE(film->add(grey(64, 48, 9), stop.get_token()));
    stop.request_stop();
    EXPECT_FALSE(film->add(grey(64, 48, 9), stop.get_token()));
    EXPECT_FALSE(film->commit(stop.get_token()));
  }
  EXPECT_TRUE(empty(folder));
}

TEST(FilmFile, WithoutFfmpegItSaysSo) {
  const TemporaryFolder folder, nothing;
  const EnvironmentGuard guard("PATH", nothing.path().string());
  const std::string error =
      error_of([&] { make_film_file(folder / "a.mp4", 30)->add(grey(4, 4, 1)); });
  EXPECT_NE(error.find("ffmpeg is not installed"), std::string::npos) << error;
  EXPECT_NE(error.find("##.png"), std::string::npos) << error;
  EXPECT_TRUE(empty(folder));
}

TEST(FilmFile, AMissingFolderIsNamed) {
  EXPECT_NE(error_of([] { make_film_file("/nowhere/a.mp4", 30); }).find("/nowhere"),
            std::string::npos);
}

// A program of that name may do nothing, or fail after it has begun.
TEST(FilmFile, AnFfmpegThatWritesNothingIsAnError) {
  const TemporaryFolder folder;
  const EnvironmentGuard path("PATH", (folder / "bin").string());
  fs::create_directory(folder / "bin");
  const auto error = [&](const std::string& script) {
    write_file_atomically(folder / "bin/ffmpeg", "#!/bin/sh\n" + script + "\n");
    fs::permissions(folder / "bin/ffmpeg", fs::perms::owner_all);
    return error_of([&] {
      const auto film = make_film_file(folder / "a.mp4", 30);
      film->add(grey(4, 4, 1));
      film->commit();
    });
  };
  EXPECT_NE(error("/bin/cat >/dev/null").find("without writing anything"), std::string::npos);
  EXPECT_NE(error("/bin/cat >/dev/null; echo no such codec >&2; exit 3").find("no such codec"),
            std::string::npos);
  EXPECT_NE(error("kill -9 $$").find("ffmpeg could not write it"), std::string::npos);
  fs::remove_all(folder / "bin");
  EXPECT_TRUE(empty(folder));
}

}  // namespace
}  // namespace phaseloom
