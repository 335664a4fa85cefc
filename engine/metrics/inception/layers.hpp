// SPDX-License-Identifier: MIT
#pragma once
// The layers of Inception-v3 on one picture at a time. Channels are innermost, [y][x][channel]: a
// pixel's neighbourhood is then a few contiguous runs, and branches write side by side into the
// channels of one output.

#include <cstddef>
#include <span>
#include <vector>

namespace phaseloom::inception {

struct Map {
  int height = 0, width = 0, channels = 0;
  std::vector<float> values;  ///< [y][x][channel]

  Map() = default;
  Map(int h, int w, int c) : height(h), width(w), channels(c), values(std::size_t(h) * w * c) {}
  int pixels() const { return height * width; }
};

/// Rectangular window of a convolution or a pooling.
struct Window {
  int height = 1, width = 1;
  int stride = 1;
  int pad_y = 0, pad_x = 0;

  int out_height(int in) const { return (in + 2 * pad_y - height) / stride + 1; }
  int out_width(int in) const { return (in + 2 * pad_x - width) / stride + 1; }
};

/// A convolution with its batch normalisation folded in, followed by max(0, .).
struct Conv {
  Window window;
  int in = 0, out = 0;
  std::vector<float> weights;  ///< [out][ky][kx][in]
  std::vector<float> bias;     // [out]
};

/// Buffer that convolutions share within one thread.
using Patches = std::vector<float>;

/// Writes channels [first, first + conv.out) of `target`, whose size must be the convolution's.
void convolve(const Conv& conv, const Map& source, Map& target, int first, Patches& patches);
/// The same as a map of its own.
Map convolve(const Conv& conv, const Map& source, Patches& patches);

/// Largest value in each window; writes channels from `first` on.
void max_pool(const Window& window, const Map& source, Map& target, int first);
/// 3x3, stride 1, mean over those of the nine pixels that lie inside the map.
Map average_pool(const Map& source);
/// Mean of each channel.
std::vector<float> global_average(const Map& source);

/// Bilinear interpolation whose pixel centres lie at half integers (no antialiasing): PyTorch's
/// interpolate(mode="bilinear", align_corners=False), which the published FID code uses.
std::vector<float> resize_bilinear(std::span<const float> picture, int width, int height,
                                   int new_width, int new_height);

}  // namespace phaseloom::inception
