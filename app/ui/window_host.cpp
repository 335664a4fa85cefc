#include "app/ui/window_host.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/render/surface.hpp"
#include "app/session/assets.hpp"
#include "app/session/session.hpp"
#include "app/session/training_place.hpp"
#include "app/ui/export.hpp"
#include "app/ui/laboratory.hpp"
#include "app/ui/lost_display.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"

namespace phaseloom {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// ImGui's GLFW backend for the life of a window.
class GlfwInput {
 public:
  GlfwInput(const Laboratory& laboratory, GLFWwindow* window) : laboratory_(laboratory) {
    laboratory_.activate();
    ImGui_ImplGlfw_InitForOpenGL(window, true);
  }
  ~GlfwInput() {
    laboratory_.activate();
    ImGui_ImplGlfw_Shutdown();
  }
  GlfwInput(const GlfwInput&) = delete;
  GlfwInput& operator=(const GlfwInput&) = delete;

 private:
  const Laboratory& laboratory_;
};

/// What the window is told between frames.
struct Events {
  std::vector<std::string> dropped;
  std::vector<KeyPress> presses;

  void listen(GLFWwindow* window) {
    glfwSetWindowUserPointer(window, this);
    glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
      auto& files = of(w).dropped;
      files.insert(files.end(), paths, paths + count);
    });
    glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int, int action, int mods) {
      if (action == GLFW_RELEASE) return;
      of(w).presses.push_back({key, (mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_SHIFT) != 0,
                               (mods & GLFW_MOD_ALT) != 0, action == GLFW_REPEAT});
    });
  }

 private:
  static Events& of(GLFWwindow* window) {
    return *static_cast<Events*>(glfwGetWindowUserPointer(window));
  }
};

/// Full screen on the monitor that the window is on, and back to where it was.
class FullScreen {
 public:
  explicit FullScreen(GLFWwindow* window) : window_(window) {}

  bool on() const { return glfwGetWindowMonitor(window_) != nullptr; }

  void toggle() {
    if (on()) {
      glfwSetWindowMonitor(window_, nullptr, x_, y_, width_, height_, GLFW_DONT_CARE);
      return;
    }
    GLFWmonitor* monitor = under_window();
    const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
    if (!mode) return;
    glfwGetWindowPos(window_, &x_, &y_);
    glfwGetWindowSize(window_, &width_, &height_);
    glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  }

 private:
  GLFWmonitor* under_window() const {
    int x = 0, y = 0, width = 0, height = 0, count = 0;
    glfwGetWindowPos(window_, &x, &y);
    glfwGetWindowSize(window_, &width, &height);
    GLFWmonitor** monitors = glfwGetMonitors(&count);
    GLFWmonitor* best = glfwGetPrimaryMonitor();
    int best_area = 0;
    for (int i = 0; i < count; ++i) {
      int mx = 0, my = 0;
      glfwGetMonitorPos(monitors[i], &mx, &my);
      const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
      if (!mode) continue;
      const int w = std::min(x + width, mx + mode->width) - std::max(x, mx);
      const int h = std::min(y + height, my + mode->height) - std::max(y, my);
      if (w > 0 && h > 0 && w * h > best_area) {
        best_area = w * h;
        best = monitors[i];
      }
    }
    return best;
  }

  GLFWwindow* window_;
  int x_ = 0, y_ = 0, width_ = 1280, height_ = 800;
};

/// Draws at regular intervals, and few frames while nothing moves.
class Pace {
 public:
  void something_happened() { last_event_ = Clock::now(); }

  void wait(double interval) {
    constexpr double kIdleAfter = 1.0, kIdleFrame = 0.1;
    if (seconds_since(last_event_) > kIdleAfter) {
      glfwWaitEventsTimeout(kIdleFrame);
    } else {
      const double left = interval - seconds_since(frame_);
      if (left > 0.001) std::this_thread::sleep_for(std::chrono::duration<double>(left));
      glfwPollEvents();
    }
    frame_ = Clock::now();
  }

 private:
  Clock::time_point last_event_ = Clock::now(), frame_ = Clock::now();
};

/// A running mean that follows within some ten frames.
void follow(double& mean, double value) { mean = mean == 0 ? value : mean + 0.1 * (value - mean); }

bool any_input(const ImGuiIO& io) {
  return io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || io.MouseWheel != 0 ||
         std::ranges::any_of(io.MouseDown, std::identity()) ||
         std::ranges::any_of(io.KeysDown, std::identity());
}

}  // namespace

int run_laboratory(const std::vector<std::string>& files) {
  // A signal ends it as Ctrl+Q does: a training leaves its checkpoint, the window what it looks
  // like.
  const InterruptScope interrupt;
  std::string problem;
  SessionOptions options;
  const auto state_path = ui_state_path();
  options.ui = load_ui_state(state_path, problem);
  std::string lost;
  const auto saved = take_saved_scene(lost);
  if (saved) options.scene = *saved;
  const TrainingPlace place = find_training_place(user_state_folder());
  options.training.checkpoint = place.checkpoint;
  options.results = {.shipped = shipped_results_file(), .file = user_results_file(), .threads = 0};

  const auto surface = make_window_surface({.title = "Phaseloom",
                                            .extent = {options.ui.width, options.ui.height},
                                            .content_scale = static_cast<float>(options.ui.scale)});
  GLFWwindow* window = surface->window();
  Laboratory laboratory(*surface);
  laboratory.transient().may_write = true;
  Events events;
  events.listen(window);  // before ImGui, which passes on what it hears
  const GlfwInput input(laboratory, window);
  FullScreen full_screen(window);
  Session session(std::move(options));
  survive_lost_display(&session);
  const SceneRescue rescue(session);
  for (const std::string& words : {problem, lost})
    if (!words.empty()) session.tell(Message::Level::warning, words);
  if (state_path.empty() || user_state_folder().empty() || user_models_folder().empty())
    session.tell(Message::Level::warning,
                 "No home folder is known (HOME is not set): this window, its trainings and their "
                 "networks are not remembered");
  if (!place.other.empty())
    session.tell(
        Message::Level::warning,
        fmt::format("Another window is open: {}. Trainings of this one are kept apart from "
                    "its, in {}",
                    place.other, place.checkpoint.parent_path().string()));
  if (saved)
    session.tell(Message::Level::info, "The window was lost last time: here is the scene again");
  for (const std::string& file : files) open_file(session, file);
  if (!laboratory.fonts_found())
    session.tell(Message::Level::info,
                 "Inter and DejaVu are not installed: plain letters instead of theirs");

  Pace pace;
  auto last_frame = Clock::now();
  std::uint64_t last_serials = 0;  // both only grow
  while (!laboratory.transient().quit && !interrupt.interrupted()) {
    pace.wait(frame_interval(*session.training()));
    if (glfwWindowShouldClose(window)) {
      glfwSetWindowShouldClose(window, GLFW_FALSE);
      laboratory.transient().wants_quit = true;
    }
    for (const std::string& path : std::exchange(events.dropped, {})) {
      open_file(session, path);
      pace.something_happened();
    }
    auto& presses = laboratory.transient().key_presses;
    if (!events.presses.empty()) pace.something_happened();
    presses.insert(presses.end(), events.presses.begin(), events.presses.end());
    events.presses.clear();
    const auto start = Clock::now();
    const double seconds =
        std::min(std::chrono::duration<double>(start - last_frame).count(), 0.25);
    last_frame = start;

    surface->begin_frame();
    laboratory.activate();
    ImGui_ImplGlfw_NewFrame();
    // We count in pixels of the framebuffer everywhere; GLFW may count otherwise.
    ImGuiIO& io = ImGui::GetIO();
    int window_width = 0, window_height = 0;
    glfwGetWindowSize(window, &window_width, &window_height);
    const Extent extent = surface->framebuffer();
    if (window_width > 0 && window_width != extent.width && io.MousePos.x > -1e6f) {
      const float ratio = static_cast<float>(extent.width) / static_cast<float>(window_width);
      io.MousePos = {io.MousePos.x * ratio, io.MousePos.y * ratio};
    }
    laboratory.frame(session, seconds);
    follow(laboratory.times().ui_ms, 1e3 * seconds_since(start));
    follow(laboratory.times().frame_ms, 1e3 * seconds);
    surface->end_frame();

    const std::uint64_t serials = session.snapshot()->serial + session.training()->serial;
    if (serials != last_serials || any_input(io)) pace.something_happened();
    last_serials = serials;
    if (std::exchange(laboratory.transient().toggle_fullscreen, false)) full_screen.toggle();
    if (!full_screen.on() && window_width > 0 && window_height > 0) {
      session.ui().width = window_width;
      session.ui().height = window_height;
    }
  }
  if (interrupt.interrupted()) rescue.save();
  survive_lost_display(nullptr);
  try {
    save_ui_state(state_path, session.ui());
  } catch (const Error& error) {
    std::fprintf(stderr, "phaseloom: %s\n", error.what());  // nothing of the experiment is lost
  }
  return 0;
}

}  // namespace phaseloom
