// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/icons.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace phaseloom {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;

/// A pen on the unit square [-1, 1]^2 around the icon's centre.
struct Pen {
  ImDrawList& list;
  ImVec2 centre;
  float half;
  ImU32 colour;
  float width;

  ImVec2 at(float x, float y) const { return {centre.x + x * half, centre.y + y * half}; }
  void line(float x0, float y0, float x1, float y1) const {
    list.AddLine(at(x0, y0), at(x1, y1), colour, width);
  }
  void fill(float x0, float y0, float x1, float y1) const {
    list.AddRectFilled(at(x0, y0), at(x1, y1), colour);
  }
  void triangle(float x0, float y0, float x1, float y1, float x2, float y2) const {
    list.AddTriangleFilled(at(x0, y0), at(x1, y1), at(x2, y2), colour);
  }
  void arc(float x, float y, float radius, float from, float to) const {
    list.PathArcTo(at(x, y), radius * half, from * kPi, to * kPi, 24);
    list.PathStroke(colour, 0, width);
  }
  void dot(float x, float y, float radius) const {
    list.AddCircleFilled(at(x, y), radius * half, colour, 16);
  }
};

/// An arrow that turns round: open circle with a head at its end.
void turn(const Pen& pen, float sign) {
  pen.list.PathClear();
  for (int i = 0; i <= 24; ++i) {
    const float a = (-0.35f + 1.5f * static_cast<float>(i) / 24) * kPi;
    pen.list.PathLineTo(pen.at(-sign * 0.72f * std::cos(a), 0.72f * std::sin(a) + 0.06f));
  }
  pen.list.PathStroke(pen.colour, 0, pen.width);
  pen.triangle(-sign * 0.92f, -0.62f, -sign * 0.86f, -0.02f, -sign * 0.26f, -0.34f);
}

/// Undo's arrow; mirrored for redo.
void hook(const Pen& pen, float sign) {
  pen.list.PathClear();
  pen.list.PathLineTo(pen.at(-sign * 0.5f, -0.32f));
  pen.list.PathLineTo(pen.at(sign * 0.22f, -0.32f));
  for (int i = 0; i <= 12; ++i) {
    const float a = (-0.5f + static_cast<float>(i) / 12) * kPi;
    pen.list.PathLineTo(pen.at(sign * (0.22f + 0.5f * std::cos(a)), 0.18f + 0.5f * std::sin(a)));
  }
  pen.list.PathLineTo(pen.at(-sign * 0.35f, 0.68f));
  pen.list.PathStroke(pen.colour, 0, pen.width);
  pen.triangle(-sign * 0.35f, -0.82f, -sign * 0.35f, 0.18f, -sign * 0.9f, -0.32f);
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour) {
  const Pen pen{list, centre, size / 2, colour, std::max(1.0f, size / 9)};
  switch (icon) {
    case Icon::play:
      pen.triangle(-0.6f, -0.85f, 0.85f, 0, -0.6f, 0.85f);
      break;
    case Icon::pause:
      pen.fill(-0.65f, -0.8f, -0.18f, 0.8f);
      pen.fill(0.18f, -0.8f, 0.65f, 0.8f);
      break;
    case Icon::step:
      pen.triangle(-0.75f, -0.75f, 0.35f, 0, -0.75f, 0.75f);
      pen.fill(0.45f, -0.75f, 0.75f, 0.75f);
      break;
    case Icon::back:
      pen.triangle(0.75f, 0.75f, -0.35f, 0, 0.75f, -0.75f);
      pen.fill(-0.75f, -0.75f, -0.45f, 0.75f);
      break;
    case Icon::restart:
      pen.fill(-0.9f, -0.75f, -0.65f, 0.75f);
      pen.triangle(0.1f, 0.75f, -0.65f, 0, 0.1f, -0.75f);
      pen.triangle(0.85f, 0.75f, 0.1f, 0, 0.85f, -0.75f);
      break;
    case Icon::noise:
      for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 3; ++x) {
          const float grey[] = {1, 0.35f, 0.75f, 0.3f, 0.9f, 0.45f, 0.7f, 0.3f, 1};
          const ImU32 alpha =
              static_cast<ImU32>(static_cast<float>(colour >> IM_COL32_A_SHIFT) * grey[y * 3 + x]);
          const float x0 = -0.84f + 0.58f * static_cast<float>(x);
          const float y0 = -0.84f + 0.58f * static_cast<float>(y);
          list.AddRectFilled(pen.at(x0, y0), pen.at(x0 + 0.5f, y0 + 0.5f),
                             (colour & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT));
        }
      break;
    case Icon::undo:
      hook(pen, 1);
      break;
    case Icon::redo:
      hook(pen, -1);
      break;
    case Icon::close:
      pen.line(-0.6f, -0.6f, 0.6f, 0.6f);
      pen.line(-0.6f, 0.6f, 0.6f, -0.6f);
      break;
    case Icon::reset:
      turn(pen, 1);
      break;
    case Icon::help:
      pen.arc(0, -0.3f, 0.45f, -1, 0.35f);
      pen.line(0.2f, 0.08f, 0, 0.32f);
      pen.dot(0, 0.72f, 0.14f);
      break;
    case Icon::theme:
      pen.arc(0, 0, 0.75f, 0, 2);
      list.PathArcTo(centre, 0.75f * pen.half, -0.5f * kPi, 0.5f * kPi, 24);
      list.PathFillConvex(colour);
      break;
    case Icon::open:  // a folder
      list.PathLineTo(pen.at(-0.9f, 0.7f));
      for (const auto& [px, py] :
           {std::pair{-0.9f, -0.6f}, {-0.3f, -0.6f}, {-0.05f, -0.3f}, {0.9f, -0.3f}, {0.9f, 0.7f}})
        list.PathLineTo(pen.at(px, py));
      list.PathStroke(colour, ImDrawFlags_Closed, pen.width);
      break;
    case Icon::save:
      pen.line(0, -0.85f, 0, 0.2f);
      pen.triangle(-0.45f, -0.05f, 0.45f, -0.05f, 0, 0.45f);
      pen.line(-0.8f, 0.3f, -0.8f, 0.8f);
      pen.line(-0.8f, 0.8f, 0.8f, 0.8f);
      pen.line(0.8f, 0.8f, 0.8f, 0.3f);
      break;
    case Icon::camera:
      list.AddRect(pen.at(-0.9f, -0.5f), pen.at(0.9f, 0.75f), colour, pen.half * 0.2f, 0,
                   pen.width);
      pen.arc(0, 0.12f, 0.34f, 0, 2);
      pen.line(-0.35f, -0.72f, 0.35f, -0.72f);
      break;
    case Icon::pin:
      pen.dot(0, -0.35f, 0.45f);
      pen.line(0, 0, 0, 0.9f);
      break;
    case Icon::warning:
      list.AddTriangle(pen.at(0, -0.85f), pen.at(0.95f, 0.8f), pen.at(-0.95f, 0.8f), colour,
                       pen.width);
      pen.line(0, -0.3f, 0, 0.25f);
      pen.dot(0, 0.52f, 0.12f);
      break;
    case Icon::info:
      pen.arc(0, 0, 0.85f, 0, 2);
      pen.line(0, -0.02f, 0, 0.5f);
      pen.dot(0, -0.4f, 0.13f);
      break;
    case Icon::wave:
      list.PathClear();
      for (int i = 0; i <= 32; ++i) {
        const float x = -1 + static_cast<float>(i) / 16;
        list.PathLineTo(pen.at(x, -0.55f * std::sin(x * kPi)));
      }
      list.PathStroke(colour, 0, pen.width * 1.3f);
      break;
    case Icon::look:  // a pointer
      for (const auto& [px, py] : {std::pair{-0.5f, -0.85f},
                                   {-0.5f, 0.6f},
                                   {-0.15f, 0.25f},
                                   {0.15f, 0.85f},
                                   {0.4f, 0.72f},
                                   {0.12f, 0.15f},
                                   {0.6f, 0.1f}})
        list.PathLineTo(pen.at(px, py));
      list.PathStroke(colour, ImDrawFlags_Closed, pen.width);
      break;
    case Icon::stir:  // a spiral
      list.PathClear();
      for (int i = 0; i <= 48; ++i) {
        const float a = 4.2f * kPi * static_cast<float>(i) / 48, r = 0.06f * a;
        list.PathLineTo(pen.at(r * std::cos(a), r * std::sin(a)));
      }
      list.PathStroke(colour, 0, pen.width);
      break;
    case Icon::erase:  // a rubber on a line
      for (const auto& [px, py] :
           {std::pair{-0.8f, 0.2f}, {0.1f, -0.8f}, {0.75f, -0.2f}, {-0.15f, 0.75f}, {-0.4f, 0.75f}})
        list.PathLineTo(pen.at(px, py));
      list.PathStroke(colour, ImDrawFlags_Closed, pen.width);
      pen.line(-0.35f, -0.3f, 0.3f, 0.27f);
      pen.line(-0.15f, 0.75f, 0.85f, 0.75f);
      break;
    case Icon::enlarge:  // two arrows apart
    case Icon::shrink:   // ... or towards each other
      for (const float sign : {-1.0f, 1.0f}) {
        const float tip = sign * (icon == Icon::enlarge ? 0.85f : 0.15f);
        const float end = sign * (icon == Icon::enlarge ? 0.15f : 0.85f);
        const float back = tip + (end - tip) * 0.75f;
        pen.line(end, -end, tip, -tip);
        pen.line(tip, -tip, back, -tip);
        pen.line(tip, -tip, tip, -back);
      }
      break;
  }
}

}  // namespace phaseloom
