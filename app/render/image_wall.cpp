// SPDX-License-Identifier: MIT
#include "app/render/image_wall.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace phaseloom {

Box WallLayout::bounds() const {
  const int across = std::min(columns, count);
  return {origin,
          {origin.x + static_cast<float>(across) * (cell.x + gutter) - gutter,
           origin.y + static_cast<float>(rows()) * (cell.y + gutter) - gutter}};
}

Box WallLayout::seen() const {
  const Box all = bounds();
  if (!window) return all;
  return {{std::max(all.min.x, window->min.x), std::max(all.min.y, window->min.y)},
          {std::min(all.max.x, window->max.x), std::min(all.max.y, window->max.y)}};
}

Box WallLayout::sample(int lane) const {
  const Point min{origin.x + static_cast<float>(lane % columns) * (cell.x + gutter),
                  origin.y + static_cast<float>(lane / columns) * (cell.y + gutter)};
  return {min, {min.x + cell.x, min.y + cell.y}};
}

std::optional<int> WallLayout::sample_at(Point p) const {
  if (count == 0 || p.x < origin.x || p.y < origin.y) return {};
  if (window && !window->contains(p)) return {};
  const int column = static_cast<int>((p.x - origin.x) / (cell.x + gutter));
  const int row = static_cast<int>((p.y - origin.y) / (cell.y + gutter));
  const int lane = row * columns + column;
  if (column >= columns || lane >= count || !sample(lane).contains(p)) return {};
  return lane;
}

std::optional<WallLayout::Pixel> WallLayout::pixel_at(Point p) const {
  const auto lane = sample_at(p);
  if (!lane) return {};
  const Box box = sample(*lane);
  const auto texel = [](float position, float size, int texels) {
    return std::clamp(static_cast<int>(position / size * static_cast<float>(texels)), 0,
                      texels - 1);
  };
  return Pixel{*lane, texel(p.x - box.min.x, cell.x, image.width),
               texel(p.y - box.min.y, cell.y, image.height)};
}

WallLayout layout_wall(Box area, int count, Extent image, float gutter, int columns) {
  WallLayout wall;
  wall.count = count;
  wall.image = image;
  wall.gutter = gutter;
  if (count <= 0 || image.width <= 0 || image.height <= 0) return wall;

  const auto w = static_cast<float>(image.width), h = static_cast<float>(image.height);
  const auto scale_with = [&](int across) {
    const auto down = (count + across - 1) / across;
    return std::min(
        (area.width() - gutter * static_cast<float>(across - 1)) / (static_cast<float>(across) * w),
        (area.height() - gutter * static_cast<float>(down - 1)) / (static_cast<float>(down) * h));
  };
  wall.columns = columns > 0 ? std::min(columns, count) : 1;
  if (columns <= 0) {
    // Full rows please the eye; a last row with holes has to be worth it.
    constexpr float kFullRows = 1.25f;
    const auto merit = [&](int across) {
      return scale_with(across) * (count % across == 0 ? kFullRows : 1.0f);
    };
    for (int across = 2; across <= count; ++across)
      if (merit(across) > merit(wall.columns)) wall.columns = across;
  }

  float scale = std::max(scale_with(wall.columns), 0.05f);
  constexpr float kWorthIt = 0.88f;  // share of the size that an integer scale may cost
  if (std::floor(scale) >= kWorthIt * scale) scale = std::floor(scale);
  // Whole pixels per sample, so that every sample of the wall is drawn alike.
  wall.cell = {std::max(std::floor(w * scale), 1.0f), std::max(std::floor(h * scale), 1.0f)};
  const Box size = wall.bounds();
  wall.origin = {std::floor(area.min.x + std::max(0.0f, (area.width() - size.width()) / 2)),
                 std::floor(area.min.y + std::max(0.0f, (area.height() - size.height()) / 2))};
  return wall;
}

ImageWall::ImageWall()
    : paint_program_(gl::make_program("paint")),
      wall_program_(gl::make_program("wall")),
      vertices_(gl::make_vertex_array()),
      colours_(gl::make_texture()),
      painter_(gl::make_framebuffer()),
      painted_(gl::make_texture()) {
  auto at = [&](const char* name) { return glGetUniformLocation(paint_program_.id(), name); };
  paint_at_ = {
      at("image"),   at("columns"),    at("first_lane"), at("lanes"),      at("lanes_are_columns"),
      at("map_row"), at("cyclic"),     at("range"),      at("first_unit"), at("transfer"),
      at("fade"),    at("difference"), at("channels")};
  glUseProgram(paint_program_.id());
  glUniform1i(at("values"), 0);
  glUniform1i(at("colours"), 1);
  glUniform1i(at("previous"), 2);
  glUniform1i(at("minus"), 3);
  glUniform1i(at("minus_previous"), 4);
  const auto on_wall = [&](const char* name) {
    return glGetUniformLocation(wall_program_.id(), name);
  };
  wall_at_ = {on_wall("framebuffer"), on_wall("origin"),  on_wall("cell"),
              on_wall("gutter"),      on_wall("columns"), on_wall("image")};
  glUseProgram(wall_program_.id());
  glUniform1i(on_wall("painted"), 0);

  std::vector<Rgb> maps;
  for (int map = 0; map < kColourMaps; ++map) {
    const ColourTable& table = colour_table(static_cast<ColourMap>(map));
    maps.insert(maps.end(), table.begin(), table.end());
  }
  glBindTexture(GL_TEXTURE_2D, colours_.id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, kColourSteps, kColourMaps, 0, GL_RGB, GL_UNSIGNED_BYTE,
               maps.data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_REPEAT);

  glBindTexture(GL_TEXTURE_2D, painted_.id());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);

  for (Table* table : {&current_, &previous_}) {
    table->texture = gl::make_texture();
    glBindTexture(GL_TEXTURE_2D, table->texture.id());
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  }
}

void ImageWall::fill(Table& table, const Values& values, Extent size) {
  table.values = values;
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, table.texture.id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  if (size == table.size) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, size.width, size.height, GL_RED, GL_FLOAT,
                    values->data());
  } else {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, size.width, size.height, 0, GL_RED, GL_FLOAT,
                 values->data());
    table.size = size;
  }
}

void ImageWall::show(const Values& current, const Values& previous, int lanes, int units,
                     LaneOrder order) {
  assert(current->size() == static_cast<std::size_t>(lanes) * static_cast<std::size_t>(units));
  lanes_ = lanes;
  units_ = units;
  order_ = order;
  fades_ = previous && previous->size() == current->size();
  if (current->empty()) return;
  const Extent size = order == LaneOrder::lane_major ? Extent{units, lanes} : Extent{lanes, units};
  // The present of the last step is the past of this one.
  if (current_.values != current && (previous_.values == current || current_.values == previous))
    std::swap(current_, previous_);
  if (current_.values != current) fill(current_, current, size);
  if (fades_ && previous_.values != previous) fill(previous_, previous, size);
}

void ImageWall::draw(const WallLayout& layout, const WallStyle& style, int first_unit,
                     Extent framebuffer, Box clip, int first_lane, float fade,
                     const ImageWall* minus) const {
  const int count = std::min(layout.count, lanes_ - first_lane);
  const int plane = layout.image.width * layout.image.height;
  if (count <= 0 || first_unit + style.channels * plane > units_) return;
  assert(!minus || (minus->lanes_ == lanes_ && minus->units_ == units_ && minus->order_ == order_));
  const int left = std::max(0, static_cast<int>(clip.min.x));
  const int right = std::min(framebuffer.width, static_cast<int>(std::ceil(clip.max.x)));
  const int top = std::max(0, static_cast<int>(clip.min.y));
  const int bottom = std::min(framebuffer.height, static_cast<int>(std::ceil(clip.max.y)));
  if (right <= left || bottom <= top) return;

  paint(layout, style, first_unit, first_lane, count, fade, minus);
  glViewport(0, 0, framebuffer.width, framebuffer.height);
  glEnable(GL_SCISSOR_TEST);
  glScissor(left, framebuffer.height - bottom, right - left, bottom - top);
  glUseProgram(wall_program_.id());
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, painted_.id());
  glUniform2f(wall_at_.framebuffer, static_cast<float>(framebuffer.width),
              static_cast<float>(framebuffer.height));
  glUniform2f(wall_at_.origin, layout.origin.x, layout.origin.y);
  glUniform2f(wall_at_.cell, layout.cell.x, layout.cell.y);
  glUniform1f(wall_at_.gutter, layout.gutter);
  glUniform1i(wall_at_.columns, layout.columns);
  glUniform2i(wall_at_.image, layout.image.width, layout.image.height);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, count);
  glEnable(GL_BLEND);
}

/// Leaves blending off, the framebuffer as it was, the viewport not.
void ImageWall::paint(const WallLayout& layout, const WallStyle& style, int first_unit,
                      int first_lane, int count, float fade, const ImageWall* minus) const {
  const int across = std::min(layout.columns, count);
  const Extent size{across * layout.image.width,
                    (count + layout.columns - 1) / layout.columns * layout.image.height};
  GLint target = 0;
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &target);
  glBindFramebuffer(GL_FRAMEBUFFER, painter_.id());
  // It only grows: a wall and a magnified sample take turns in every frame.
  if (size.width > painted_size_.width || size.height > painted_size_.height) {
    painted_size_ = {std::max(size.width, painted_size_.width),
                     std::max(size.height, painted_size_.height)};
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, painted_.id());
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, painted_size_.width, painted_size_.height, 0, GL_RGBA,
                 GL_UNSIGNED_BYTE, nullptr);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, painted_.id(), 0);
  }
  glViewport(0, 0, size.width, size.height);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_BLEND);
  glUseProgram(paint_program_.id());
  glBindVertexArray(vertices_.id());
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, colours_.id());
  glActiveTexture(GL_TEXTURE2);
  glBindTexture(GL_TEXTURE_2D, faded());
  if (minus) {
    glActiveTexture(GL_TEXTURE3);
    glBindTexture(GL_TEXTURE_2D, minus->current_.texture.id());
    glActiveTexture(GL_TEXTURE4);
    glBindTexture(GL_TEXTURE_2D, minus->faded());
  }
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, current_.texture.id());
  glUniform2i(paint_at_.image, layout.image.width, layout.image.height);
  glUniform1i(paint_at_.columns, layout.columns);
  glUniform1i(paint_at_.first_lane, first_lane);
  glUniform1i(paint_at_.lanes, first_lane + count);
  glUniform1i(paint_at_.lanes_are_columns, order_ == LaneOrder::unit_major);
  glUniform1f(paint_at_.map_row, (static_cast<float>(style.map) + 0.5f) / kColourMaps);
  glUniform1i(paint_at_.cyclic, style.map == ColourMap::phase);
  glUniform2f(paint_at_.range, style.low, style.high);
  glUniform1i(paint_at_.first_unit, first_unit);
  glUniform1i(paint_at_.transfer, static_cast<int>(style.transfer));
  glUniform1f(paint_at_.fade, fades_ ? fade : 1);
  glUniform1i(paint_at_.channels, style.channels);
  glUniform1i(paint_at_.difference, !minus ? 0 : style.angles ? 2 : 1);
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(target));
}

}  // namespace phaseloom
