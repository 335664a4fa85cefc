// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/stage_film.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>

#include <utility>

#include "app/commands/export_verbs.hpp"
#include "app/render/gl.hpp"
#include "app/render/read_pixels.hpp"
#include "app/ui/toolkit/imgui_versions.hpp"
#include "engine/data/png.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// One picture on its way, from the frame that lists what is to be drawn to the one that has drawn
/// it.
struct StagePicture {
  std::unique_ptr<ImDrawList> list;
  Extent extent;
  std::string file;  ///< to be written; empty: the next picture of the film
  int frame = -1;    ///< that has listed it: OpenGL's part of it is gone with the next one
};

struct StagePictures {
  std::shared_ptr<StagePicture> picture;
};

std::shared_ptr<StagePicture> listed(UiContext& ctx, const StageSheet& sheet, std::string file) {
  auto picture = std::make_shared<StagePicture>();
  picture->extent = sheet.extent;
  picture->file = std::move(file);
  picture->frame = ImGui::GetFrameCount();
  picture->list = std::make_unique<ImDrawList>(ImGui::GetDrawListSharedData());
  picture->list->_ResetForNewFrame();
  const ImVec2 size{static_cast<float>(sheet.extent.width),
                    static_cast<float>(sheet.extent.height)};
  picture->list->PushTextureID(ImGui::GetIO().Fonts->TexID);
  picture->list->PushClipRect({0, 0}, size);
  UiContext there{ctx};
  there.framebuffer = sheet.extent;
  sheet.paint(there, *picture->list, {{0, 0}, {size.x, size.y}});
  return picture;
}

Picture drawn(const StagePicture& picture, ImU32 ground) {
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

void build_stage_picture(UiContext& ctx, const StagePainter& painter) {
  std::shared_ptr<StagePicture>& picture = ctx.kept<StagePictures>().picture;
  if (picture && picture->frame == ImGui::GetFrameCount()) return;  // another stage's turn
  picture.reset();
  if (auto file = ctx.session.take_picture_wanted(painter.stage)) {
    picture = listed(ctx, painter.present(ctx), std::move(*file));
  } else if (const auto next = ctx.session.film_picture_wanted();
             next && next->stage == painter.stage) {
    picture = listed(ctx, painter.filmed(ctx, *next), "");
  }
  if (picture) ctx.transient.moving = true;  // or a resting window would draw a few a second
}

void submit_stage_picture(Session& session, Transient& transient, ImU32 ground) {
  const auto picture = std::exchange(transient.kept.of<StagePictures>().picture, nullptr);
  if (!picture || picture->frame != ImGui::GetFrameCount()) return;
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
