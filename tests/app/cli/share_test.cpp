// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include "app/document/share_text.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;

class ShareCommand : public ::testing::Test {
 protected:
  ShareCommand() {
    scene_.wall = 3;
    scene_.hardware.bits = 4;
    save_scene(folder_ / "s.json", scene_);
  }
  std::string at(const char* name) const { return (folder_ / name).string(); }
  static std::string error(const Arguments& arguments) {
    const auto result = run_program(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, StartsWith("phaseloom: "));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    return result.err;
  }
  static std::string text_of(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  TemporaryFolder folder_;
  Scene scene_;
};

TEST_F(ShareCommand, ThereAndBack) {
  const auto printed = run_program({"share", at("s.json")});
  EXPECT_EQ(printed.exit_code, 0);
  EXPECT_EQ(printed.err, "");
  EXPECT_EQ(printed.out, share_text(scene_) + "\n");
  const auto shown = run_program({"share", "--open", printed.out});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_EQ(shown.out, print_scene(scene_));

  EXPECT_EQ(run_program({"share", at("s.json"), "--out", at("line")}).out, "");
  EXPECT_EQ(text_of(at("line")), printed.out);
  const auto back = run_program({"share", "--open", printed.out, "--out", at("back.json")});
  EXPECT_EQ(back.exit_code, 0) << back.err;
  EXPECT_EQ(back.out, "");
  EXPECT_EQ(load_scene(at("back.json")), scene_);
}

TEST_F(ShareCommand, OfFilesOnlyTheNamesGoAlong) {
  scene_.model = at("nets/mine.safetensors");
  save_scene(folder_ / "s.json", scene_);
  const auto printed = run_program({"share", at("s.json")});
  EXPECT_EQ(printed.exit_code, 0);
  EXPECT_EQ(printed.err,
            "phaseloom: Only the name goes along of mine.safetensors; pass the file on, "
            "too\n");
  fs::create_directory(folder_ / "elsewhere");
  run_program({"share", "--open", printed.out, "--out", at("elsewhere/s.json")});
  EXPECT_EQ(load_scene(at("elsewhere/s.json")).model, at("elsewhere/mine.safetensors"));
  const EnvironmentGuard data("XDG_DATA_HOME", folder_.path().string());
  EXPECT_THAT(error({printed.out}),
              AllOf(HasSubstr("mine.safetensors"), HasSubstr(at("phaseloom/models"))));
}

TEST_F(ShareCommand, MistakesAreOneLine) {
  const std::string line = share_text(scene_);
  EXPECT_THAT(error({"share"}), HasSubstr("either a SCENE"));
  EXPECT_THAT(error({"share", at("s.json"), "--open", line}), HasSubstr("either a SCENE"));
  EXPECT_THAT(error({"share", "/nowhere.json"}), HasSubstr("/nowhere.json"));
  EXPECT_THAT(error({"share", at("s.json"), "--out", "/nowhere/line"}), HasSubstr("/nowhere"));
  for (const char* out : {"", "back.json"}) {
    Arguments damaged{"share", "--open", line.substr(0, 30)};
    if (*out != '\0') damaged.insert(damaged.end(), {"--out", at(out)});
    EXPECT_THAT(error(damaged),
                HasSubstr(fmt::format("--open: cut off after 30 of {}", line.size())));
  }
  EXPECT_FALSE(fs::exists(at("back.json")));
  EXPECT_THAT(error({"share", "--open", "hello"}), HasSubstr("'hello' does not begin with"));
  EXPECT_THAT(error({"share", "--open", "-"}), HasSubstr("standard input: ''"));
  EXPECT_THAT(error({line + "x"}), HasSubstr("scene as text: something follows the line"));
  EXPECT_THAT(error({"phaseloom:"}), HasSubstr("cut off"));
}

TEST_F(ShareCommand, RenderBeginsWithALine) {
  scene_.model = "none";
  write_file_atomically(folder_ / "s.script", std::string_view("save_scene a.json\n"));
  const auto result = run_program({"render", "--script", at("s.script"), "--out", at("out"),
                                   "--scene", share_text(scene_), "--without-model"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(load_scene(at("out/a.json")), scene_);
}

}  // namespace
}  // namespace phaseloom
