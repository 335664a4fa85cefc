// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/contours.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace phaseloom {
namespace {

/// One pass of a kernel along x, results transposed: two passes are both directions.
std::vector<float> smeared(const std::vector<float>& values, int side,
                           const std::vector<float>& kernel) {
  const int half = static_cast<int>(kernel.size()) / 2;
  std::vector<float> out(values.size());
  for (int row = 0; row < side; ++row)
    for (int column = 0; column < side; ++column) {
      float sum = 0;
      const int first = std::max(-half, -column), last = std::min(half, side - 1 - column);
      for (int k = first; k <= last; ++k)
        sum += kernel[static_cast<std::size_t>(k + half)] *
               values[static_cast<std::size_t>(row * side + column + k)];
      out[static_cast<std::size_t>(column * side + row)] = sum;
    }
  return out;
}

}  // namespace

Point Density::place(int row, int column) const {
  const float step = 2 * reach / static_cast<float>(side - 1);
  return {-reach + step * static_cast<float>(column), -reach + step * static_cast<float>(row)};
}

Density density_of(std::span<const Point> points, int side, float reach, float width) {
  Density density{side, reach, std::vector<float>(static_cast<std::size_t>(side) * side)};
  const float step = 2 * reach / static_cast<float>(side - 1);
  if (points.empty()) return density;
  const float share = 1 / (static_cast<float>(points.size()) * step * step);
  for (const Point& p : points) {
    const float x = (p.x + reach) / step, y = (p.y + reach) / step;
    if (!(x >= 0 && y >= 0 && x < static_cast<float>(side - 1) && y < static_cast<float>(side - 1)))
      continue;
    // Shared among the four nearest places, so that the picture moves smoothly with the point.
    const int column = static_cast<int>(x), row = static_cast<int>(y);
    const float u = x - static_cast<float>(column), v = y - static_cast<float>(row);
    float* at = density.heights.data() + row * side + column;
    at[0] += share * (1 - u) * (1 - v);
    at[1] += share * u * (1 - v);
    at[side] += share * (1 - u) * v;
    at[side + 1] += share * u * v;
  }
  const int half = std::max(1, static_cast<int>(std::ceil(3 * width / step)));
  std::vector<float> kernel;
  float sum = 0;
  for (int k = -half; k <= half; ++k) {
    const float z = static_cast<float>(k) * step / width;
    kernel.push_back(std::exp(-z * z / 2));
    sum += kernel.back();
  }
  for (float& k : kernel) k /= sum;
  density.heights = smeared(smeared(density.heights, side, kernel), side, kernel);
  return density;
}

std::vector<std::pair<Point, Point>> contour(const Density& density, float height) {
  std::vector<std::pair<Point, Point>> segments;
  const int side = density.side;
  for (int row = 0; row + 1 < side; ++row)
    for (int column = 0; column + 1 < side; ++column) {
      // Corners counter-clockwise from the lower left.
      constexpr int kRows[] = {0, 0, 1, 1}, kColumns[] = {0, 1, 1, 0};
      float h[4];
      int above = 0;
      for (int k = 0; k < 4; ++k) {
        h[k] =
            density
                .heights[static_cast<std::size_t>((row + kRows[k]) * side + column + kColumns[k])];
        above |= (h[k] > height) << k;
      }
      if (above == 0 || above == 15) continue;
      const auto crossing = [&](int edge) {  // from corner `edge` to the next
        const int a = edge, b = (edge + 1) % 4;
        const float t = (height - h[a]) / (h[b] - h[a]);
        const Point p = density.place(row + kRows[a], column + kColumns[a]);
        const Point q = density.place(row + kRows[b], column + kColumns[b]);
        return Point{p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)};
      };
      const auto join = [&](int a, int b) { segments.emplace_back(crossing(a), crossing(b)); };
      int cut[4], cuts = 0;  // edges that the line crosses
      for (int k = 0; k < 4; ++k)
        if ((above >> k & 1) != (above >> (k + 1) % 4 & 1)) cut[cuts++] = k;
      if (cuts == 2) {
        join(cut[0], cut[1]);
      } else {
        // A saddle: its centre belongs to corners 0 and 2, or to 1 and 3.
        const bool centre = (h[0] + h[1] + h[2] + h[3]) / 4 > height;
        const bool lower_left = above & 1;
        if (centre == lower_left) {
          join(0, 1);
          join(2, 3);
        } else {
          join(3, 0);
          join(1, 2);
        }
      }
    }
  return segments;
}

}  // namespace phaseloom
