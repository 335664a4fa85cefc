// SPDX-License-Identifier: MIT
#include "app/session/script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
#include "engine/support/random.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using test::small_options;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ScriptTest : public ::testing::Test {
 protected:
  void SetUp() override {
    out_ = fs::temp_directory_path() / fmt::format("phaseloom-script-{}", getpid());
    fs::remove_all(out_);
  }
  void TearDown() override { fs::remove_all(out_); }

  ScriptResult run(std::string_view script, SessionOptions options = small_options()) {
    options.ui.width = 320;
    options.ui.height = 240;
    session_ = std::make_unique<Session>(options);
    return run_script(*session_, host_, script, "s", out_ / "pictures");
  }
  std::string error_of(std::string_view script) {
    try {
      run(script);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  fs::path out_;
  std::unique_ptr<Session> session_;
  NullHost host_;
};

TEST_F(ScriptTest, WritesPictures) {
  const auto result = run("seek 3\nshot wall.png\nsize 400 300\nshot sub/folder/b.png\n");
  ASSERT_EQ(result.files.size(), 2u);
  EXPECT_EQ(result.files[1], out_ / "pictures/sub/folder/b.png");
  EXPECT_EQ(read_png(result.files[0]).width, 320);
  EXPECT_EQ(read_png(result.files[1]).width, 400);
  EXPECT_EQ(session_->snapshot()->step, 3);
}

TEST_F(ScriptTest, NothingIsCreatedWithoutNeed) {
  run("seek 3\n");
  EXPECT_FALSE(fs::exists(out_));
}

TEST_F(ScriptTest, FilmsGoToTheEnd) {
  const auto result = run("seek 2\nfilm 3 f-###.png\n");
  ASSERT_EQ(result.files.size(), 3u);
  EXPECT_EQ(result.files[2].filename(), "f-002.png");
  EXPECT_EQ(session_->snapshot()->step, 12);
}

TEST_F(ScriptTest, ExportsTheWall) {
  const auto result = run("run\nexport wall.npy\nexport wall.png\nsave_scene s.json\n");
  const auto array = read_npy(result.files[0]);
  EXPECT_EQ(array.shape, (std::vector<std::int64_t>{9, 5, 6}));
  EXPECT_EQ(array.values, *session_->snapshot()->pixels);
  EXPECT_GT(read_png(result.files[1]).width, 900);
  EXPECT_EQ(load_scene(result.files[2]), session_->scene());
  EXPECT_THAT(error_of("export wall.bmp"), HasSubstr(".png or .npy"));
}

TEST_F(ScriptTest, ScenesAreSavedAndOpened) {
  run("set seed 5\nset hardware.bits 3\nsave_scene s.json\n");
  const auto scene = session_->scene();
  const auto path = (out_ / "pictures" / "s.json").string();
  run(fmt::format("load_scene {}\n", path));
  EXPECT_EQ(session_->scene(), scene);
  EXPECT_EQ(session_->snapshot()->undo_label, "Open s.json");
  session_->post("undo");
  EXPECT_EQ(session_->scene().seed, 1u);
}

TEST_F(ScriptTest, TrainsAsFarAsItSays) {
  auto options = small_options();
  options.training = test::small_training();
  options.scene.train = test::small_setup();
  const auto result =
      run("workspace train\ntrain.start\ntrain.advance 2\nshot a.png\ntrain.keep m.safetensors\n",
          options);
  EXPECT_EQ(session_->training()->iteration, 2);
  ASSERT_EQ(result.files.size(), 2u);
  EXPECT_EQ(result.files[1], out_ / "pictures/m.safetensors");
  EXPECT_EQ(load_model(result.files[1]).program.chunks(), 2);
}

TEST_F(ScriptTest, AFailedTrainingEndsTheScript) {
  auto options = small_options();
  options.training = test::training_without_pictures();
  try {
    run("pause\ntrain.start\n", options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), StartsWith("s:2: training: the data set mnist is not here"));
  }
}

TEST_F(ScriptTest, FramesLetTimePass) {
  const auto result = run("set speed 10\nplay\nadvance_frames 30\nwait 0.5\n");
  EXPECT_EQ(result.frames, 60);
  EXPECT_EQ(host_.frames, 60);
  EXPECT_EQ(session_->snapshot()->step, 10);
}

TEST_F(ScriptTest, ShotsLetNoTimePass) {
  run("set speed 60\nplay\nadvance_frames 3\nshot a.png\nshot b.png\n");
  EXPECT_EQ(session_->snapshot()->step, 3);
}

TEST_F(ScriptTest, HandsAreFelt) {
  using Kind = InputEvent::Kind;
  run("hover 3 4\nclick 10 20.5\ndrag 0 0 80 8\nkey Ctrl+Z\ntype hello there\nscroll -2\n");
  std::vector<Kind> kinds;
  for (const auto& event : host_.events) kinds.push_back(event.kind);
  std::vector<Kind> expected{Kind::move,    Kind::move, Kind::press,
                             Kind::release, Kind::move, Kind::press};
  expected.insert(expected.end(), 8, Kind::move);
  for (const auto kind : {Kind::release, Kind::key_down, Kind::key_up, Kind::text, Kind::scroll})
    expected.push_back(kind);
  EXPECT_EQ(kinds, expected);
  EXPECT_EQ(host_.events[1].y, 20.5);
  EXPECT_EQ(host_.events[13].x, 80);
  EXPECT_TRUE(host_.events[15].chord.ctrl);
  EXPECT_EQ(host_.events[15].chord.key, "Z");
  EXPECT_EQ(host_.events[17].text, "hello there");
  EXPECT_EQ(host_.frames, static_cast<int>(kinds.size()));
}

TEST_F(ScriptTest, NothingLeavesTheFolder) {
  for (const auto* name : {"../x.png", "a/../../x.png", "/tmp/x.png", "..", ".", "a/..", "sub/"}) {
    EXPECT_THROW(output_path(out_, name), Error) << name;
    EXPECT_THAT(error_of(fmt::format("shot {}", name)), StartsWith("s:1: ")) << name;
  }
  fs::create_directories(out_ / "pictures");
  fs::create_directory_symlink("/tmp", out_ / "pictures" / "link");
  EXPECT_THAT(error_of("shot link/x.png"), HasSubstr("no file name below"));
  EXPECT_EQ(output_path(out_, "a/../b.png"), out_ / "b.png");
  EXPECT_EQ(output_path(out_, "..x.png"), out_ / "..x.png");
}

TEST_F(ScriptTest, ErrorsNameTheLineAndComeFirst) {
  EXPECT_THAT(error_of("seek 1\n\nshot x.jpg"), StartsWith("s:3: "));
  EXPECT_THAT(error_of("shot x.png\nseek x"), StartsWith("s:2: "));
  EXPECT_FALSE(fs::exists(out_));
  EXPECT_THAT(error_of("film 3 x.png"), HasSubstr("film-##.png"));
  EXPECT_THAT(error_of("seek 2\nseek 99"), StartsWith("s:2: seek: step 99"));
  EXPECT_THAT(error_of("set model missing"), StartsWith("s:1: model 'missing'"));
  EXPECT_THAT(error_of("set model diverging\nrun"), HasSubstr("s:2: the run diverged"));
  EXPECT_THAT(error_of("set model diverging\nplay\nwait 10"), HasSubstr("s:3: the run diverged"));
}

TEST_F(ScriptTest, WithoutAModelPicturesStillWork) {
  auto options = small_options();
  options.scene.model = "missing";
  EXPECT_EQ(run("pause\nrestart\nadvance_frames 2\nshot empty.png\n", options).files.size(), 1u);
}

TEST_F(ScriptTest, AnUnwritableFolderIsAnError) {
  fs::create_directories(out_);
  write_file_atomically(out_ / "pictures", std::string_view("a file in its place"));
  EXPECT_THAT(error_of("shot x.png"), StartsWith("s:1: "));
}

TEST_F(ScriptTest, DemoIsAScript) {
  const auto path = fs::path(source_folder()) / "assets/presets/demo.script";
  const auto bytes = read_file(path, 1 << 16);
  auto options = small_options();
  options.scene.playing = true;
  const auto result = run({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, options);
  EXPECT_GE(result.files.size(), 14u);
}

/// Whatever a script says, it ends, with an Error at worst. Numbers stay small, or it would end
/// late.
TEST_F(ScriptTest, AnyScriptEnds) {
  const std::vector<std::string> lines{"set hardware.bits 4",
                                       "set hardware.density 0.3",
                                       "set noise_width 7",
                                       "set model b",
                                       "set model diverging",
                                       "set wall 2",
                                       "set speed 50",
                                       "set hold 0.1",
                                       "set steps_per_chunk 9",
                                       "set playing true",
                                       "set round 3",
                                       "play",
                                       "pause",
                                       "toggle",
                                       "step 3",
                                       "back 2",
                                       "seek 9",
                                       "run",
                                       "restart",
                                       "new_noise",
                                       "advance 20",
                                       "undo",
                                       "redo",
                                       "gesture begin",
                                       "gesture end",
                                       "view rate 1",
                                       "theme light",
                                       "pin 3",
                                       "pick 3",
                                       "hover 3 4",
                                       "key Space",
                                       "advance_frames 9",
                                       "load_scene /dev/null",
                                       "# nothing",
                                       ""};
  RandomSequence random(11, Stream::batch);
  const auto below = [&](std::size_t n) { return random.below(static_cast<std::uint32_t>(n)); };
  int good = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string script;
    for (auto n = 1 + below(12); n-- > 0;) script += lines[below(lines.size())] + "\n";
    // Digits are changed to digits only, and never added: 9 stays the largest of one place.
    for (auto n = below(4); n-- > 0;) {
      const auto at = below(script.size());
      if (std::isdigit(static_cast<unsigned char>(script[at])))
        script[at] = static_cast<char>('0' + below(10));
      else if (below(2))
        script[at] = static_cast<char>(below(256) | 0x80);
      else
        script.insert(at, 1, "\n# \t-."[below(6)]);
    }
    try {
      run(script);
      ++good;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), StartsWith("s:"));
    }
    session_->settle(1);
    if (session_->snapshot()->model) {
      EXPECT_LE(session_->snapshot()->step, session_->snapshot()->total_steps);
    }
  }
  EXPECT_GT(good, 100);
}

}  // namespace
}  // namespace phaseloom
