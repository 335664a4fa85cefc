// SPDX-License-Identifier: MIT
#pragma once
// Inception-v3 with random weights: every tensor that a block asks for, of the shape it asks for.

#include <cmath>
#include <string>
#include <vector>

#include "engine/data/safetensors.hpp"
#include "engine/support/random.hpp"

namespace phaseloom::inception {

/// Adds one convolution with its normalisation; the seed is the number of tensors so far.
inline void add_conv(TensorFile& file, const std::string& name, int in, int out, int height,
                     int width) {
  RandomSequence random(file.tensors.size() + 1, Stream::batch);
  const auto numbers = [&](std::size_t n, double mean, double spread) {
    std::vector<float> v(n);
    for (float& x : v) x = static_cast<float>(mean + spread * (2 * random.uniform() - 1));
    return v;
  };
  const int fan_in = in * height * width;
  file.tensors.push_back(
      Tensor::of(name + ".conv.weight", {out, in, height, width},
                 numbers(std::size_t(out) * fan_in, 0, std::sqrt(6.0 / fan_in))));
  const auto per_channel = [&](const char* what, double mean, double spread) {
    file.tensors.push_back(Tensor::of(name + ".bn." + what, {out}, numbers(out, mean, spread)));
  };
  per_channel("weight", 1, 0.2);
  per_channel("bias", 0, 0.1);
  per_channel("running_mean", 0, 0.1);
  per_channel("running_var", 1, 0.4);
}

inline void add_block_a(TensorFile& f, const std::string& n, int in, int pool) {
  add_conv(f, n + ".branch1x1", in, 64, 1, 1);
  add_conv(f, n + ".branch5x5_1", in, 48, 1, 1);
  add_conv(f, n + ".branch5x5_2", 48, 64, 5, 5);
  add_conv(f, n + ".branch3x3dbl_1", in, 64, 1, 1);
  add_conv(f, n + ".branch3x3dbl_2", 64, 96, 3, 3);
  add_conv(f, n + ".branch3x3dbl_3", 96, 96, 3, 3);
  add_conv(f, n + ".branch_pool", in, pool, 1, 1);
}

inline void add_block_b(TensorFile& f, const std::string& n, int in) {
  add_conv(f, n + ".branch3x3", in, 384, 3, 3);
  add_conv(f, n + ".branch3x3dbl_1", in, 64, 1, 1);
  add_conv(f, n + ".branch3x3dbl_2", 64, 96, 3, 3);
  add_conv(f, n + ".branch3x3dbl_3", 96, 96, 3, 3);
}

inline void add_block_c(TensorFile& f, const std::string& n, int in, int narrow) {
  add_conv(f, n + ".branch1x1", in, 192, 1, 1);
  add_conv(f, n + ".branch7x7_1", in, narrow, 1, 1);
  add_conv(f, n + ".branch7x7_2", narrow, narrow, 1, 7);
  add_conv(f, n + ".branch7x7_3", narrow, 192, 7, 1);
  add_conv(f, n + ".branch7x7dbl_1", in, narrow, 1, 1);
  add_conv(f, n + ".branch7x7dbl_2", narrow, narrow, 7, 1);
  add_conv(f, n + ".branch7x7dbl_3", narrow, narrow, 1, 7);
  add_conv(f, n + ".branch7x7dbl_4", narrow, narrow, 7, 1);
  add_conv(f, n + ".branch7x7dbl_5", narrow, 192, 1, 7);
  add_conv(f, n + ".branch_pool", in, 192, 1, 1);
}

inline void add_block_d(TensorFile& f, const std::string& n, int in) {
  add_conv(f, n + ".branch3x3_1", in, 192, 1, 1);
  add_conv(f, n + ".branch3x3_2", 192, 320, 3, 3);
  add_conv(f, n + ".branch7x7x3_1", in, 192, 1, 1);
  add_conv(f, n + ".branch7x7x3_2", 192, 192, 1, 7);
  add_conv(f, n + ".branch7x7x3_3", 192, 192, 7, 1);
  add_conv(f, n + ".branch7x7x3_4", 192, 192, 3, 3);
}

inline void add_block_e(TensorFile& f, const std::string& n, int in) {
  add_conv(f, n + ".branch1x1", in, 320, 1, 1);
  add_conv(f, n + ".branch3x3_1", in, 384, 1, 1);
  add_conv(f, n + ".branch3x3_2a", 384, 384, 1, 3);
  add_conv(f, n + ".branch3x3_2b", 384, 384, 3, 1);
  add_conv(f, n + ".branch3x3dbl_1", in, 448, 1, 1);
  add_conv(f, n + ".branch3x3dbl_2", 448, 384, 3, 3);
  add_conv(f, n + ".branch3x3dbl_3a", 384, 384, 1, 3);
  add_conv(f, n + ".branch3x3dbl_3b", 384, 384, 3, 1);
  add_conv(f, n + ".branch_pool", in, 192, 1, 1);
}

inline TensorFile random_inception_weights() {
  TensorFile f;
  f.source = "inception.safetensors";
  add_conv(f, "Conv2d_1a_3x3", 3, 32, 3, 3);
  add_conv(f, "Conv2d_2a_3x3", 32, 32, 3, 3);
  add_conv(f, "Conv2d_2b_3x3", 32, 64, 3, 3);
  add_conv(f, "Conv2d_3b_1x1", 64, 80, 1, 1);
  add_conv(f, "Conv2d_4a_3x3", 80, 192, 3, 3);
  add_block_a(f, "Mixed_5b", 192, 32);
  add_block_a(f, "Mixed_5c", 256, 64);
  add_block_a(f, "Mixed_5d", 288, 64);
  add_block_b(f, "Mixed_6a", 288);
  add_block_c(f, "Mixed_6b", 768, 128);
  add_block_c(f, "Mixed_6c", 768, 160);
  add_block_c(f, "Mixed_6d", 768, 160);
  add_block_c(f, "Mixed_6e", 768, 192);
  add_block_d(f, "Mixed_7a", 768);
  add_block_e(f, "Mixed_7b", 1280);
  add_block_e(f, "Mixed_7c", 2048);
  return f;
}

}  // namespace phaseloom::inception
