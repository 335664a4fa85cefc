// SPDX-License-Identifier: MIT
#pragma once
// Points on their way, and the paths behind them: all positions of a cloud are vertices, uploaded
// once per new flow, drawn by one call. A software driver transforms them in that call, so they are
// attributes (fetched as texels, faded stretches among them, they took twice as long).

#include <memory>
#include <span>

#include "app/render/gl.hpp"
#include "app/render/image_wall.hpp"
#include "app/render/surface.hpp"
#include "engine/support/point.hpp"

namespace phaseloom {

/// Where the plane lies on the screen, y upwards.
struct PlaneView {
  Point origin;  ///< of (0, 0), in pixels from the top left of the framebuffer
  float pixels_per_unit = 1;
  Point to_screen(Point p) const {
    return {origin.x + pixels_per_unit * p.x, origin.y - pixels_per_unit * p.y};
  }
  Point from_screen(Point pixel) const {
    return {(pixel.x - origin.x) / pixels_per_unit, (origin.y - pixel.y) / pixels_per_unit};
  }
};

/// Red, green, blue, opacity in 0..1.
struct Ink {
  float red = 1, green = 1, blue = 1, opacity = 1;
};

class PointCloud {
 public:
  /// What is needed to draw any cloud.
  class Programs;

  /// Shows positions [time][point]; paths are those of at most `paths` of the points. `owner` tells
  /// one flow from another.
  void show(const std::shared_ptr<const void>& owner, std::span<const Point> positions, int points,
            int paths = 0);
  int points() const { return points_; }

 private:
  friend class Programs;
  double row_of(double time) const;  ///< among the times
  std::shared_ptr<const void> owner_;
  gl::Buffer vertices_;   // [time + 1][point]: the first row is there twice
  gl::Buffer stretches_;  // [time][path]: the two vertices of each
  int points_ = 0;
  int times_ = 0;
  int paths_ = 0;
};

class PointCloud::Programs {
 public:
  Programs();

  struct Canvas {
    PlaneView plane;
    Extent framebuffer;
    Box clip;  ///< in pixels
  };
  /// The points at a time (0: the first row of positions, 1: the last), `size` pixels wide.
  void draw_points(const PointCloud& cloud, const Canvas& canvas, double time, float size,
                   Ink ink) const;
  /// The paths up to that time; `trail`: share of all time after which one has faded, > 0.
  void draw_paths(const PointCloud& cloud, const Canvas& canvas, double time, double trail,
                  Ink ink) const;

 private:
  struct Places {
    GLint framebuffer, plane, row, ink, size, trail, points;
  };
  static Places places_of(const gl::Program& program);
  static bool prepare(const PointCloud& cloud, const Canvas& canvas, const gl::Program& program,
                      const Places& at, double row, Ink ink);
  void bind(const PointCloud& cloud, int row, int row_before) const;
  gl::Program points_, paths_;
  Places points_at_, paths_at_;
  gl::VertexArray attributes_;
};

}  // namespace phaseloom
