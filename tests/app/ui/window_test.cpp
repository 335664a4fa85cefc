// SPDX-License-Identifier: MIT
// The real program in a real window, on a display of its own (Xvfb), with xdotool's hands.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "engine/network/model_file.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

/// A folder of a user who has one model and a window of 1024 x 640.
class Window : public testing::Test {
 protected:
  Window() {
    state.width = 1024;
    state.height = 640;
    state.scale = 1;
    fs::remove_all(home);
    fs::create_directories(home / "assets/models");
    fs::create_directories(home / "config/phaseloom");
    save_model(home / "assets/models" / (Scene().model + ".safetensors"), make_test_model());
    save_ui_state(home / "config/phaseloom/ui.json", state);
  }

  /// Runs a script of this folder: SCRIPT PROGRAM HOME and what else it takes.
  void run(const char* script, const std::string& arguments = "") {
    const std::string line =
        fmt::format("'{}/tests/app/ui/{}' '{}' '{}' {} > '{}/test.log' 2>&1", source_folder(),
                    script, program_path(), home.string(), arguments, home.string());
    const int status = std::system(line.c_str());
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    std::ifstream file(home / "test.log");
    const std::string log(std::istreambuf_iterator<char>(file), {});
    if (code == 77) GTEST_SKIP() << log;
    EXPECT_EQ(code, 0) << log;
    if (code == 0) fs::remove_all(home);
  }

  const fs::path home = fs::path(testing::TempDir()) / fmt::format("phaseloom-window-{}", getpid());
  UiState state;
};

TEST_F(Window, ReactsToKeysAndClicks) {
  SessionOptions options = test_session_options();
  options.ui = state;
  Driver driver({state.width, state.height}, 1, std::move(options));
  const Box step = driver.place("step");
  run("window.sh", fmt::format("{} {}", static_cast<int>((step.min.x + step.max.x) / 2),
                               static_cast<int>((step.min.y + step.max.y) / 2)));
}

TEST_F(Window, ALostDisplayLosesNothing) { run("lost_display.sh"); }

TEST_F(Window, IsWhereItWas) { run("place.sh"); }
TEST_F(Window, TwoKeepTheirTrainingsApart) { run("two_windows.sh"); }
TEST_F(Window, OpensAsLargeAsTheMonitorAsksFor) { run("first_start.sh", root_property_path()); }

TEST_F(Window, HasTheKeysOfAnAmericanKeyboard) { run("layouts.sh", "us"); }
TEST_F(Window, HasTheKeysOfAGermanKeyboard) { run("layouts.sh", "de"); }
TEST_F(Window, HasTheKeysOfAFrenchKeyboard) { run("layouts.sh", "fr"); }
TEST_F(Window, HasTheKeysOfARussianKeyboard) { run("layouts.sh", "ru"); }

}  // namespace
}  // namespace phaseloom
