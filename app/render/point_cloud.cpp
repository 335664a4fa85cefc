// SPDX-License-Identifier: MIT
#include "app/render/point_cloud.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace phaseloom {

void PointCloud::show(const std::shared_ptr<const void>& owner, std::span<const Point> positions,
                      int points, int paths) {
  if (owner == owner_) return;
  owner_ = owner;
  points_ = points;
  times_ = points > 0 ? static_cast<int>(positions.size()) / points : 0;
  paths_ = 0;
  if (points_ == 0) return;
  if (!vertices_) vertices_ = gl::make_buffer();
  const auto row = static_cast<std::ptrdiff_t>(sizeof(Point)) * points;
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.id());
  glBufferData(GL_ARRAY_BUFFER, row * (1 + times_), nullptr, GL_STATIC_DRAW);
  glBufferSubData(GL_ARRAY_BUFFER, 0, row, positions.data());
  glBufferSubData(GL_ARRAY_BUFFER, row, row * times_, positions.data());
  if (paths < 1) return;
  const int every = std::max(1, (points + paths - 1) / paths);
  std::vector<GLuint> stretches;
  for (int time = 0; time + 1 < times_; ++time)
    for (int point = 0; point < points; point += every)
      for (const int end : {0, 1})
        stretches.push_back(static_cast<GLuint>((time + end) * points + point));
  paths_ = (points + every - 1) / every;
  if (!stretches_) stretches_ = gl::make_buffer();
  glBindVertexArray(0);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, stretches_.id());
  glBufferData(GL_ELEMENT_ARRAY_BUFFER,
               static_cast<std::ptrdiff_t>(stretches.size() * sizeof(GLuint)), stretches.data(),
               GL_STATIC_DRAW);
}

double PointCloud::row_of(double time) const { return std::clamp(time, 0.0, 1.0) * (times_ - 1); }

PointCloud::Programs::Programs()
    : points_(gl::make_program("flow_points")),
      paths_(gl::make_program("flow_paths")),
      points_at_(places_of(points_)),
      paths_at_(places_of(paths_)),
      attributes_(gl::make_vertex_array()) {}

PointCloud::Programs::Places PointCloud::Programs::places_of(const gl::Program& program) {
  const auto at = [&](const char* name) { return glGetUniformLocation(program.id(), name); };
  return {at("framebuffer"), at("plane"), at("row"),   at("ink"),
          at("size"),        at("trail"), at("points")};
}

bool PointCloud::Programs::prepare(const PointCloud& cloud, const Canvas& canvas,
                                   const gl::Program& program, const Places& at, double row,
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
  glUseProgram(program.id());
  glUniform2f(at.framebuffer, static_cast<float>(canvas.framebuffer.width),
              static_cast<float>(canvas.framebuffer.height));
  glUniform3f(at.plane, canvas.plane.origin.x, canvas.plane.origin.y, canvas.plane.pixels_per_unit);
  glUniform1f(at.row, static_cast<float>(row));
  glUniform4f(at.ink, ink.red, ink.green, ink.blue, ink.opacity);
  return true;
}

/// The positions of one row, and as many earlier ones beside them; -1 is row 0 as well.
void PointCloud::Programs::bind(const PointCloud& cloud, int row, int row_before) const {
  glBindVertexArray(attributes_.id());
  glBindBuffer(GL_ARRAY_BUFFER, cloud.vertices_.id());
  for (const GLuint attribute : {0u, 1u}) {
    const auto first = static_cast<std::size_t>(1 + (attribute == 0 ? row : row_before)) *
                       static_cast<std::size_t>(cloud.points_);
    glVertexAttribPointer(attribute, 2, GL_FLOAT, GL_FALSE, sizeof(Point),
                          reinterpret_cast<const void*>(first * sizeof(Point)));
    glEnableVertexAttribArray(attribute);
  }
}

void PointCloud::Programs::draw_points(const PointCloud& cloud, const Canvas& canvas, double time,
                                       float size, Ink ink) const {
  const double row = cloud.row_of(time);
  if (!prepare(cloud, canvas, points_, points_at_, row, ink)) return;
  const int before = static_cast<int>(row);
  bind(cloud, std::min(before + 1, cloud.times_ - 1), before);
  glEnable(GL_PROGRAM_POINT_SIZE);
  glUniform1f(points_at_.size, size);
  glDrawArrays(GL_POINTS, 0, cloud.points_);
  glDisable(GL_PROGRAM_POINT_SIZE);
}

void PointCloud::Programs::draw_paths(const PointCloud& cloud, const Canvas& canvas, double time,
                                      double trail, Ink ink) const {
  const double row = cloud.row_of(time), faded = trail * (cloud.times_ - 1);
  if (cloud.paths_ == 0 || !prepare(cloud, canvas, paths_, paths_at_, row, ink)) return;
  const int first = std::max(0, static_cast<int>(row - faded));
  const int end = static_cast<int>(std::ceil(row));
  bind(cloud, 0, -1);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, cloud.stretches_.id());
  glUniform1f(paths_at_.trail, static_cast<float>(faded));
  glUniform1i(paths_at_.points, cloud.points_);
  const auto offset = static_cast<std::size_t>(2 * first * cloud.paths_) * sizeof(GLuint);
  glDrawElements(GL_LINES, 2 * cloud.paths_ * (end - first), GL_UNSIGNED_INT,
                 reinterpret_cast<const void*>(offset));
}

}  // namespace phaseloom
