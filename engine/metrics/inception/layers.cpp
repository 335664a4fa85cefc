// SPDX-License-Identifier: MIT
#include "engine/metrics/inception/layers.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "engine/support/row_products.hpp"

namespace phaseloom::inception {
namespace {

constexpr int kPatches = 256;  // at a time: a few MB at most, whatever the map

/// The neighbourhood of output pixel (oy, ox), [ky][kx][in], zero outside of the map.
void gather_patch(const Conv& conv, const Map& source, int oy, int ox, float* to) {
  const Window& w = conv.window;
  for (int ky = 0; ky < w.height; ++ky) {
    const int y = oy * w.stride - w.pad_y + ky;
    for (int kx = 0; kx < w.width; ++kx, to += conv.in) {
      const int x = ox * w.stride - w.pad_x + kx;
      if (y < 0 || y >= source.height || x < 0 || x >= source.width)
        std::fill_n(to, conv.in, 0.0f);
      else
        std::copy_n(source.values.data() + (std::ptrdiff_t{y} * source.width + x) * conv.in,
                    conv.in, to);
    }
  }
}

}  // namespace

void convolve(const Conv& conv, const Map& source, Map& target, int first, Patches& patches) {
  const Window& w = conv.window;
  assert(source.channels == conv.in && first + conv.out <= target.channels);
  assert(target.height == w.out_height(source.height) && target.width == w.out_width(source.width));
  const std::ptrdiff_t depth = std::ptrdiff_t{w.height} * w.width * conv.in;
  const bool pointwise = w.height == 1 && w.width == 1 && w.stride == 1 && w.pad_y + w.pad_x == 0;
  if (!pointwise) patches.resize(static_cast<std::size_t>(kPatches * depth));
  for (int begin = 0; begin < target.pixels(); begin += kPatches) {
    const int count = std::min(kPatches, target.pixels() - begin);
    const float* rows = source.values.data() + begin * depth;
    if (!pointwise) {
      rows = patches.data();
      for (int i = 0; i < count; ++i)
        gather_patch(conv, source, (begin + i) / target.width, (begin + i) % target.width,
                     patches.data() + i * depth);
    }
    float* out = target.values.data() + std::ptrdiff_t{begin} * target.channels + first;
    multiply_rows({conv.weights.data(), rows, out, conv.out, count, depth, target.channels});
    for (int i = 0; i < count; ++i, out += target.channels)
      for (int c = 0; c < conv.out; ++c) out[c] = std::max(0.0f, out[c] + conv.bias[c]);
  }
}

Map convolve(const Conv& conv, const Map& source, Patches& patches) {
  Map target(conv.window.out_height(source.height), conv.window.out_width(source.width), conv.out);
  convolve(conv, source, target, 0, patches);
  return target;
}

void max_pool(const Window& w, const Map& source, Map& target, int first) {
  const int channels = source.channels;
  assert(first + channels <= target.channels && target.height == w.out_height(source.height) &&
         target.width == w.out_width(source.width));
  for (int oy = 0; oy < target.height; ++oy)
    for (int ox = 0; ox < target.width; ++ox) {
      float* out =
          target.values.data() + (std::ptrdiff_t{oy} * target.width + ox) * target.channels + first;
      std::fill_n(out, channels, -std::numeric_limits<float>::infinity());
      const int top = oy * w.stride - w.pad_y, left = ox * w.stride - w.pad_x;
      for (int y = std::max(0, top); y < std::min(source.height, top + w.height); ++y)
        for (int x = std::max(0, left); x < std::min(source.width, left + w.width); ++x) {
          const float* in =
              source.values.data() + (std::ptrdiff_t{y} * source.width + x) * channels;
          for (int c = 0; c < channels; ++c) out[c] = std::max(out[c], in[c]);
        }
    }
}

Map average_pool(const Map& source) {
  Map target(source.height, source.width, source.channels);
  const int channels = source.channels;
  for (int oy = 0; oy < target.height; ++oy)
    for (int ox = 0; ox < target.width; ++ox) {
      float* out = target.values.data() + (std::ptrdiff_t{oy} * target.width + ox) * channels;
      int inside = 0;
      for (int y = std::max(0, oy - 1); y < std::min(source.height, oy + 2); ++y)
        for (int x = std::max(0, ox - 1); x < std::min(source.width, ox + 2); ++x, ++inside) {
          const float* in =
              source.values.data() + (std::ptrdiff_t{y} * source.width + x) * channels;
          for (int c = 0; c < channels; ++c) out[c] += in[c];
        }
      const float share = 1.0f / static_cast<float>(inside);
      for (int c = 0; c < channels; ++c) out[c] *= share;
    }
  return target;
}

std::vector<float> global_average(const Map& source) {
  std::vector<double> sums(static_cast<std::size_t>(source.channels));
  for (int p = 0; p < source.pixels(); ++p)
    for (int c = 0; c < source.channels; ++c)
      sums[c] += double{source.values[std::size_t(p) * source.channels + c]};
  std::vector<float> means;
  for (double sum : sums) means.push_back(static_cast<float>(sum / source.pixels()));
  return means;
}

std::vector<float> resize_bilinear(std::span<const float> picture, int width, int height,
                                   int new_width, int new_height) {
  assert(picture.size() == std::size_t(width) * height);
  struct Place {
    int low, high;
    float share;  // of the higher one
  };
  const auto places = [](int size, int new_size) {
    std::vector<Place> result;
    const float scale = static_cast<float>(size) / static_cast<float>(new_size);
    for (int i = 0; i < new_size; ++i) {
      const float at = std::max(0.0f, (static_cast<float>(i) + 0.5f) * scale - 0.5f);
      const int low = std::min(static_cast<int>(at), size - 1);
      result.push_back({low, std::min(low + 1, size - 1), at - static_cast<float>(low)});
    }
    return result;
  };
  const auto columns = places(width, new_width), rows = places(height, new_height);
  std::vector<float> result;
  result.reserve(std::size_t(new_width) * new_height);
  for (const Place& y : rows) {
    const float* top = picture.data() + std::ptrdiff_t{y.low} * width;
    const float* bottom = picture.data() + std::ptrdiff_t{y.high} * width;
    for (const Place& x : columns) {
      const float above = top[x.low] + x.share * (top[x.high] - top[x.low]);
      const float below = bottom[x.low] + x.share * (bottom[x.high] - bottom[x.low]);
      result.push_back(above + y.share * (below - above));
    }
  }
  return result;
}

}  // namespace phaseloom::inception
