#include "app/render/point_cloud.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace phaseloom {

void PointCloud::show(const std::shared_ptr<const void>& owner, std::span<const Point> positions,
                      int points) {
  if (owner == owner_) return;
  owner_ = owner;
  GLint widest = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &widest);
  points_ = std::min(points, widest);
  times_ = points > 0 ? static_cast<int>(positions.size()) / points : 0;
  if (points_ == 0) return;
  if (!texture_) {
    texture_ = gl::make_texture();
    glBindTexture(GL_TEXTURE_2D, texture_.id());
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  }
  glBindTexture(GL_TEXTURE_2D, texture_.id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, points);
  const Extent size{points_, times_};
  if (size == size_)
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, points_, times_, GL_RG, GL_FLOAT, positions.data());
  else
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG32F, points_, times_, 0, GL_RG, GL_FLOAT, positions.data());
  size_ = size;
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

PointCloud::Programs::Programs()
    : points_(gl::make_program("flow_points")),
      paths_(gl::make_program("flow_paths")),
      points_at_(places_of(points_)),
      paths_at_(places_of(paths_)),
      vertices_(gl::make_vertex_array()) {}

PointCloud::Programs::Places PointCloud::Programs::places_of(const gl::Program& program) {
  const auto at = [&](const char* name) { return glGetUniformLocation(program.id(), name); };
  glUseProgram(program.id());
  glUniform1i(at("positions"), 0);
  return {at("framebuffer"), at("plane"), at("row"),   at("ink"),
          at("size"),        at("trail"), at("paths"), at("every")};
}

bool PointCloud::Programs::prepare(const PointCloud& cloud, const Canvas& canvas,
                                   const gl::Program& program, const Places& at, double time,
                                   Ink ink) {
  const int left = std::max(0, static_cast<int>(canvas.clip.min.x));
  const int right =
      std::min(canvas.framebuffer.width, static_cast<int>(std::ceil(canvas.clip.max.x)));
  const int top = std::max(0, static_cast<int>(canvas.clip.min.y));
  const int bottom =
      std::min(canvas.framebuffer.height, static_cast<int>(std::ceil(canvas.clip.max.y)));
  if (cloud.points_ == 0 || cloud.times_ == 0 || right <= left || bottom <= top) return false;
  glViewport(0, 0, canvas.framebuffer.width, canvas.framebuffer.height);
  glEnable(GL_SCISSOR_TEST);
  glScissor(left, canvas.framebuffer.height - bottom, right - left, bottom - top);
  glEnable(GL_BLEND);
  glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, cloud.texture_.id());
  glUseProgram(program.id());
  glUniform2f(at.framebuffer, static_cast<float>(canvas.framebuffer.width),
              static_cast<float>(canvas.framebuffer.height));
  glUniform3f(at.plane, canvas.plane.origin.x, canvas.plane.origin.y, canvas.plane.pixels_per_unit);
  glUniform1f(at.row, static_cast<float>(std::clamp(time, 0.0, 1.0) * (cloud.times_ - 1)));
  glUniform4f(at.ink, ink.red, ink.green, ink.blue, ink.opacity);
  return true;
}

void PointCloud::Programs::draw_points(const PointCloud& cloud, const Canvas& canvas, double time,
                                       float size, Ink ink) const {
  if (!prepare(cloud, canvas, points_, points_at_, time, ink)) return;
  glEnable(GL_PROGRAM_POINT_SIZE);
  glBindVertexArray(vertices_.id());
  glUniform1f(points_at_.size, size);
  glDrawArrays(GL_POINTS, 0, cloud.points_);
  glDisable(GL_PROGRAM_POINT_SIZE);
}

void PointCloud::Programs::draw_paths(const PointCloud& cloud, const Canvas& canvas, double time,
                                      double trail, int paths, Ink ink) const {
  if (paths < 1 || !prepare(cloud, canvas, paths_, paths_at_, time, ink)) return;
  const int every = std::max(1, (cloud.points_ + paths - 1) / paths);
  const int drawn = (cloud.points_ + every - 1) / every;
  const auto stretches =
      static_cast<int>(std::ceil(std::clamp(time, 0.0, 1.0) * (cloud.times_ - 1)));
  glBindVertexArray(vertices_.id());
  glUniform1f(paths_at_.trail, static_cast<float>(trail * (cloud.times_ - 1)));
  glUniform1i(paths_at_.paths, drawn);
  glUniform1i(paths_at_.every, every);
  glDrawArrays(GL_LINES, 0, 2 * drawn * stretches);
}

}  // namespace phaseloom
