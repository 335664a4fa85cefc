// SPDX-License-Identifier: MIT
#include "app/ui/frame/laboratory.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/frame/frame.hpp"
#include "app/ui/frame/workspaces.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/imgui_versions.hpp"
#include "app/ui/toolkit/question.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

void clear(ImU32 colour) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
  glClearColor(c.x, c.y, c.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

void take_quit(UiContext& ctx) {
  Transient& t = ctx.transient;
  if (!std::exchange(t.wants_quit, false)) return;
  const std::string lost = ctx.session.lost_by_quitting();
  t.quit = lost.empty();
  if (t.quit) return;
  ask(ctx, {"Quit?",
            lost + "It is lost if the program ends now.",
            {{"Quit", "Drops it.", [](UiContext& now) { now.transient.quit = true; }}},
            {}});
}

}  // namespace

double frame_interval(const Session& session) { return session.trains() ? 1.0 / 36 : 1.0 / 60; }

Laboratory::Laboratory(Surface& surface) : surface_(surface) {
  surface_.begin_frame();
  IMGUI_CHECKVERSION();
  imgui_ = ImGui::CreateContext();
  activate();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // what is remembered is in UiState
  io.LogFilename = nullptr;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  prepare_feed(io);
  if (!ImGui_ImplOpenGL3_Init("#version 330 core")) fail("drawing: OpenGL 3.3 is not available");
  wall_ = std::make_unique<ImageWall>();
}

Laboratory::~Laboratory() {
  surface_.begin_frame();
  activate();
  wall_.reset();
  transient_.kept.clear();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(imgui_);
}

void Laboratory::activate() const { ImGui::SetCurrentContext(imgui_); }

void Laboratory::take_input() {
  ImGuiIO& io = ImGui::GetIO();
  Transient& t = transient_;
  // What was typed after a key that opens a text field is meant for it.
  t.text_awaited = io.WantTextInput ? 0 : std::max(t.text_awaited - 1, 0);
  if (t.text_awaited > 0) return;
  t.key_presses = input_.feed(io);
  t.own_key_held =
      std::ranges::any_of(own_keys(), [&](std::string_view key) { return input_.holds(key); });
}

float Laboratory::wanted_scale(const Session& session) const {
  const double own = session.ui().scale;
  const float scale = own > 0 ? static_cast<float>(own) : surface_.content_scale();
  const double presented = scale * presenting_scale(session.ui().presenting);
  // Larger type than this leaves no room for what it speaks of (*).
  const Extent extent = surface_.framebuffer();
  const float bearable = std::clamp(
      std::min(static_cast<float>(extent.width) / 480, static_cast<float>(extent.height) / 320),
      1.0f, 4.0f);
  // In steps: fonts are drawn anew for each.
  return std::clamp(std::round(static_cast<float>(presented) * 20) / 20, 0.5f, bearable);
}

void Laboratory::use_scale(float scale) {
  if (scale == scale_) return;
  scale_ = scale;
  fonts_ = load_fonts(scale, fonts_found_);
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

void Laboratory::build(Session& session, double seconds) {
  activate();
  session.update();
  use_scale(wanted_scale(session));
  const bool presents = session.ui().presenting != Presenting::off;
  const Theme theme = presents ? Theme::light : session.ui().theme;  // for projectors
  if (theme != theme_ || styled_scale_ != scale_) {
    apply_style(theme, scale_);
    theme_ = theme;
    styled_scale_ = scale_;
  }
  const Extent extent = surface_.framebuffer();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(extent.width), static_cast<float>(extent.height)};
  io.DisplayFramebufferScale = {1, 1};
  io.DeltaTime = std::max(static_cast<float>(seconds), 1e-5f);
  transient_.seconds += seconds;
  transient_.frame_seconds = static_cast<float>(seconds);
  transient_.moving = false;
  transient_.grounds.clear();
  transient_.drawings.clear();
  transient_.places.clear();
  transient_.plots_offered.clear();
  transient_.held.clear();
  for (auto& plot : session.take_plots_wanted()) transient_.plots_wanted.push_back(std::move(plot));

  take_input();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  // The snapshot stays what it is for the whole frame, whatever is posted meanwhile.
  const std::shared_ptr<const Snapshot> now = session.snapshot();
  const std::shared_ptr<const TrainingSnapshot> training = session.training();
  const std::shared_ptr<const TransportSnapshot> transport = session.transport();
  const std::shared_ptr<const ResultsSnapshot> results = session.results();
  const std::shared_ptr<const QualitySnapshot> quality = session.quality();
  const Scene scene = session.scene();
  const auto fade = static_cast<float>(now->previous_state ? session.step_fraction() : 1.0);
  UiContext ctx{session, *now,         *training,  *transport, *results,       *quality,
                scene,   session.ui(), transient_, *wall_,     palette(theme), fonts_,
                times_,  extent,       scale_,     fade};
  draw_frame(ctx);
  for (const WorkspaceView* view : workspaces())
    if (view->end_frame) view->end_frame(ctx);
  take_quit(ctx);
  transient_.key_presses.clear();
  ImGui::Render();
}

void Laboratory::submit() {
  activate();
  const Extent extent = surface_.framebuffer();
  glViewport(0, 0, extent.width, extent.height);
  glDisable(GL_SCISSOR_TEST);
  clear(palette(theme_).back);
  glEnable(GL_SCISSOR_TEST);
  for (const Ground& ground : transient_.grounds) {
    const int left = static_cast<int>(ground.box.min.x);
    const int bottom = static_cast<int>(ground.box.max.y);
    glScissor(left, extent.height - bottom, static_cast<int>(ground.box.max.x) - left,
              bottom - static_cast<int>(ground.box.min.y));
    clear(ground.colour);
  }
  glDisable(GL_SCISSOR_TEST);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Laboratory::frame(Session& session, double seconds) {
  build(session, seconds);
  submit();
  for (const WorkspaceView* view : workspaces())
    if (view->drawn) view->drawn(session, transient_, palette(theme_).back);
}

}  // namespace phaseloom
