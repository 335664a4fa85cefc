// SPDX-License-Identifier: MIT
#pragma once
// The wall of samples: one float texture for all of them, uploaded once per new step; painted with
// colours texel by texel, then drawn by one call. Where the samples lie is a plain function, so
// that picking and drawing never disagree.

#include <memory>
#include <optional>
#include <vector>

#include "app/render/gl.hpp"
#include "app/render/surface.hpp"
#include "engine/data/colour_map.hpp"
#include "engine/support/point.hpp"

namespace phaseloom {

struct Box {
  Point min;
  Point max;
  float width() const { return max.x - min.x; }
  float height() const { return max.y - min.y; }
  bool contains(Point p) const {
    return p.x >= min.x && p.x < max.x && p.y >= min.y && p.y < max.y;
  }
};

/// Where each sample lies, in pixels from the top left of the framebuffer.
struct WallLayout {
  Point origin;
  int columns = 1;
  int count = 0;
  Point cell;                      ///< size of a sample
  float gutter = 2;                ///< between samples
  Extent image;                    ///< size of a sample in texels
  std::optional<Box> window = {};  ///< through which it is seen, if it is larger than that

  int rows() const { return columns > 0 ? (count + columns - 1) / columns : 0; }
  Box bounds() const;
  /// What of bounds() lies within the window.
  Box seen() const;
  Box sample(int lane) const;
  /// The sample under p, if any.
  std::optional<int> sample_at(Point p) const;
  struct Pixel {
    int lane, x, y;
    bool operator==(const Pixel&) const = default;
  };
  /// The texel under p, if any.
  std::optional<Pixel> pixel_at(Point p) const;
};

/// The largest wall in `area`, centred; columns x rows nearest to the area's shape if `columns` is
/// 0. An integer scale is taken where it costs little, the exact fit otherwise.
WallLayout layout_wall(Box area, int count, Extent image, float gutter = 2, int columns = 0);

/// Applied to each value first: a state as the pixel that it would be read out as.
enum class Transfer { none, sine, cosine, tanh };

/// What the numbers mean to the eye.
struct WallStyle {
  ColourMap map = ColourMap::grey;
  float low = 0;   ///< value at the start of the map
  float high = 1;  ///< value at its end; for a cyclic map the same colour again
  Transfer transfer = Transfer::none;
  bool angles = false;  ///< a difference is taken the short way round
  int channels = 1;     ///< 3: red, green and blue, planes of units, are shown as they are
};

enum class LaneOrder {
  lane_major,  ///< [lane][unit], as pixels are read out
  unit_major,  ///< [unit][lane], as the state is stored
};

class ImageWall {
 public:
  ImageWall();

  using Values = std::shared_ptr<const std::vector<float>>;

  /// Shows a table of `lanes` x `units` values; units of the visible layer first. `previous`, if
  /// there is one, is the same of the step before, to fade from. Uploads what is not there yet: one
  /// table per step.
  void show(const Values& current, const Values& previous, int lanes, int units, LaneOrder order);
  bool empty() const { return lanes_ == 0; }
  int lanes() const { return lanes_; }
  int units() const { return units_; }

  /// Draws the samples of the layout, clipped to `clip`. `first_unit`: of the layer shown. `fade`:
  /// 0 is the previous table, 1 the current one. With `minus`, a wall of the same shape, what is
  /// drawn is this one minus that one, both after the style's transfer.
  void draw(const WallLayout& layout, const WallStyle& style, int first_unit, Extent framebuffer,
            Box clip, int first_lane = 0, float fade = 1, const ImageWall* minus = nullptr) const;

 private:
  void paint(const WallLayout& layout, const WallStyle& style, int first_unit, int first_lane,
             int count, float fade, const ImageWall* minus) const;

  gl::Program paint_program_, wall_program_;
  gl::VertexArray vertices_;  // none in it; core profile wants one bound
  struct Table {
    gl::Texture texture;
    Extent size;
    Values values;  ///< what it holds; kept, so that a pointer is never taken for another
  };
  GLuint faded() const { return (fades_ ? previous_ : current_).texture.id(); }
  static void fill(Table& table, const Values& values, Extent size);
  Table current_, previous_;
  gl::Texture colours_;
  int lanes_ = 0;
  int units_ = 0;
  bool fades_ = false;
  LaneOrder order_ = LaneOrder::lane_major;
  gl::Framebuffer painter_;
  gl::Texture painted_;                ///< the samples of one draw(), in the columns of its layout
  mutable Extent painted_size_{0, 0};  ///< it is a scratch pad
  struct {
    GLint image, columns, first_lane, lanes, lanes_are_columns, map_row, cyclic, range, first_unit,
        transfer, fade, difference, channels;
  } paint_at_{};
  struct {
    GLint framebuffer, origin, cell, gutter, columns, image;
  } wall_at_{};
};

}  // namespace phaseloom
