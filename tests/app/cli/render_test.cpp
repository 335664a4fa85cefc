// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/support/atomic_file.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;

class RenderCommand : public ::testing::Test {
 protected:
  ProgramResult render(std::string_view script, const Arguments& more) const {
    write_file_atomically(folder_ / "s.script", script);
    Arguments all{"render",
                  "--size",
                  "640x400",
                  "--script",
                  (folder_ / "s.script").string(),
                  "--out",
                  (folder_ / "out").string()};
    all.insert(all.end(), more.begin(), more.end());
    return run_program(all);
  }
  std::string scene_with(const std::string& model) const {
    write_file_atomically(folder_ / "s.json",
                          R"({"phaseloom": "scene", "version": 1, "model": ")" + model + "\"}");
    return (folder_ / "s.json").string();
  }
  TemporaryFolder folder_;
};

TEST_F(RenderCommand, NoPicturesOfAModelThatCannotBeLoaded) {
  write_file_atomically(folder_ / "damaged.safetensors", std::string_view("<!doctype html>"));
  for (const auto& [model, why] : {std::pair{"does-not-exist", "no such file"},
                                   std::pair{"./damaged.safetensors", "is a web page"}}) {
    const auto result = render("shot a.png", {"--scene", scene_with(model)});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, AllOf(StartsWith("phaseloom: no model: "), HasSubstr(why),
                                  HasSubstr("--without-model")));
    EXPECT_FALSE(fs::exists(folder_ / "out"));
  }
  // Unless that is the picture which is wanted.
  const auto wanted = render("shot a.png", {"--scene", scene_with("none"), "--without-model"});
  EXPECT_EQ(wanted.exit_code, 0) << wanted.err;
  EXPECT_TRUE(fs::exists(folder_ / "out/a.png"));
}

TEST_F(RenderCommand, WhatWasWrittenBeforeAMistakeStays) {
  const auto result = render("pause\nshot a.png\nset model none\nshot b.png\n", {});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("s.script:3: model 'none'"));
  EXPECT_TRUE(fs::exists(folder_ / "out/a.png"));
  EXPECT_FALSE(fs::exists(folder_ / "out/b.png"));
}

TEST_F(RenderCommand, ScriptsOfEditorsAndOtherFiles) {
  EXPECT_EQ(render("\xEF\xBB\xBFpause\r\nrun\r\n", {}).exit_code, 0);
  const auto error = [&](std::string_view text) {
    const auto result = render(text, {});
    EXPECT_EQ(result.exit_code, 2);
    return result.err;
  };
  EXPECT_THAT(error("\x89PNG\r\n\x1a\n"), HasSubstr("s.script: is a PNG picture, no script"));
  EXPECT_THAT(error(std::string_view("\xff\xfep\0a\0", 6)), HasSubstr("save it as UTF-8"));
  const auto folder = run_program({"render", "--script", folder_.path().string(), "--out", "x"});
  EXPECT_THAT(folder.err, HasSubstr("is a folder; a file is needed"));
}

}  // namespace
}  // namespace phaseloom
