// The real program in a real window, on a display of its own (Xvfb), with xdotool's hands.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "engine/dynamics/model_file.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

TEST(Window, ReactsToKeysAndClicks) {
  namespace fs = std::filesystem;
  const fs::path home = fs::path(testing::TempDir()) / fmt::format("phaseloom-window-{}", getpid());
  fs::remove_all(home);
  fs::create_directories(home / "assets/models");
  fs::create_directories(home / "config/phaseloom");
  Model model = make_test_model();
  save_model(home / "assets/models" / (Scene().model + ".safetensors"), model);
  UiState state;
  state.width = 1024;
  state.height = 640;
  state.scale = 1;
  save_ui_state(home / "config/phaseloom/ui.json", state);
  SessionOptions options = test_session_options();
  options.ui = state;
  Driver driver({state.width, state.height}, 1, std::move(options));
  const Box step = driver.place("step");

  const std::string line = fmt::format(
      "'{}/tests/app/ui/window.sh' '{}' '{}' {} {} > '{}/test.log' 2>&1", PHASELOOM_SOURCE_DIR,
      PHASELOOM_PROGRAM, home.string(), static_cast<int>((step.min.x + step.max.x) / 2),
      static_cast<int>((step.min.y + step.max.y) / 2), home.string());
  const int status = std::system(line.c_str());
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  std::string log;
  if (std::FILE* file = std::fopen((home / "test.log").c_str(), "r")) {
    char buffer[4096];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
      log.append(buffer, n);
    std::fclose(file);
  }
  if (code == 77) GTEST_SKIP() << log;
  EXPECT_EQ(code, 0) << log;
  if (code == 0) fs::remove_all(home);
}

}  // namespace
}  // namespace phaseloom
