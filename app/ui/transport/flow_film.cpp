// SPDX-License-Identifier: MIT
#include "app/ui/transport/flow_film.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/commands/export_verbs.hpp"
#include "app/render/gl.hpp"
#include "app/render/read_pixels.hpp"
#include "app/ui/toolkit/imgui_versions.hpp"
#include "app/ui/transport/transport_plane.hpp"
#include "engine/data/png.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr int kPictureSide = 1080, kFilmSide = 720;  // pixels of a plane

/// At which time of the points' way the i-th of n pictures is: a film holds at the end, a row of
/// pictures does not.
double time_of(const std::string& path, int i, int n) {
  if (!path.ends_with(".mp4")) return double(i) / std::max(1, n - 1);
  return std::min(1.0, i / (kFilmRate * kFlowSeconds));
}

std::shared_ptr<FlowPicture> listed(UiContext& ctx, const FlowLook& look, Extent extent) {
  auto picture = std::make_shared<FlowPicture>();
  picture->extent = extent;
  picture->list = std::make_unique<ImDrawList>(ImGui::GetDrawListSharedData());
  picture->list->_ResetForNewFrame();
  const ImVec2 size{static_cast<float>(extent.width), static_cast<float>(extent.height)};
  picture->list->PushTextureID(ImGui::GetIO().Fonts->TexID);
  picture->list->PushClipRect({0, 0}, size);
  UiContext there{ctx};
  there.framebuffer = extent;
  paint_flow(there, *picture->list, {{0, 0}, {size.x, size.y}}, look);
  return picture;
}

Picture drawn(const FlowPicture& picture, ImU32 ground) {
  const auto [width, height] = picture.extent;
  const gl::Renderbuffer colour = gl::make_renderbuffer();
  const gl::Framebuffer framebuffer = gl::make_framebuffer();
  GLint before = 0;
  glGetIntegerv(GL_FRAMEBUFFER_BINDING, &before);
  glBindRenderbuffer(GL_RENDERBUFFER, colour.id());
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer.id());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour.id());
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(before));
    fail("a picture of {}x{} pixels cannot be drawn here", width, height);
  }
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(ground);
  glClearColor(c.x, c.y, c.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImDrawList* list = picture.list.get();
  ImDrawData data = draw_data_of(list, {static_cast<float>(width), static_cast<float>(height)});
  ImGui_ImplOpenGL3_RenderDrawData(&data);
  Picture pixels = read_pixels(picture.extent);
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(before));
  return pixels;
}

}  // namespace

void build_flow_picture(UiContext& ctx) {
  FlowFilming& t = ctx.kept<FlowFilming>();
  t.picture.reset();
  for (std::string& file : ctx.session.take_pictures_wanted()) t.files.push_back(std::move(file));
  if (!t.files.empty()) {
    const FlowLook look = present_look(ctx);
    t.picture = listed(ctx, look, flow_extent(ctx, look, kPictureSide));
    t.picture->file = std::exchange(t.files.front(), {});
    t.files.pop_front();
    return;
  }
  const auto next = ctx.session.film_picture_wanted();
  if (!next) return;
  ctx.transient.moving = true;  // or a resting window would draw a few a second
  FilmedFlow& filmed = t.film;
  if (*next == 0) {
    filmed.points = ctx.session.transport();
    filmed.view = ctx.state.flow;
    filmed.zoom = ctx.state.zoom_of(Workspace::transport);
    filmed.extent = flow_extent(ctx, {*filmed.points, filmed.view, 0, filmed.zoom}, kFilmSide);
  }
  const FilmSnapshot& film = *ctx.session.film();
  const double time = time_of(film.path, *next, film.wanted);
  t.picture = listed(ctx, {*filmed.points, filmed.view, time, filmed.zoom}, filmed.extent);
}

void submit_flow_picture(Session& session, Transient& transient, ImU32 ground) {
  const auto picture = std::exchange(transient.kept.of<FlowFilming>().picture, nullptr);
  if (!picture) return;
  try {
    Picture pixels = drawn(*picture, ground);
    if (picture->file.empty()) return session.give_film_picture(std::move(pixels));
    write_png(picture->file, pixels);
    session.tell(Message::Level::info, fmt::format("{}: written", picture->file));
  } catch (const std::exception& error) {
    if (picture->file.empty()) session.post(verbs::export_cancel);
    session.tell(Message::Level::error, error.what());
  }
}

}  // namespace phaseloom
