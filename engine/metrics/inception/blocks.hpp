// SPDX-License-Identifier: MIT
#pragma once
// The five kinds of blocks of Inception-v3, named as in the PyTorch versions: parallel branches
// whose outputs become the channels of one map, in the order of the members.

#include <array>
#include <string>

#include "engine/data/safetensors.hpp"
#include "engine/metrics/inception/layers.hpp"

namespace phaseloom::inception {

/// NAME.conv.weight [out, in, ky, kx] and NAME.bn.{weight, bias, running_mean, running_var} [out]
/// as one convolution with a bias. Throws Error for a tensor that is missing, of another shape, not
/// finite, or a variance below zero.
Conv load_conv(const TensorFile& file, const std::string& name, int in, int out,
               const Window& window);

enum class Pooling { average, maximum };

/// 1x1 | 5x5 | two 3x3 | average: 224 + pool_features channels, same size.
struct BlockA {
  BlockA(const TensorFile& file, const std::string& name, int in, int pool_features);
  Map forward(const Map& x, Patches& patches) const;
  Conv one;
  std::array<Conv, 2> five;
  std::array<Conv, 3> three;
  Conv pool;
};

/// 3x3 | two 3x3 | maximum, all with stride 2: 480 + in channels.
struct BlockB {
  BlockB(const TensorFile& file, const std::string& name, int in);
  Map forward(const Map& x, Patches& patches) const;
  Conv single;
  std::array<Conv, 3> twice;
};

/// 1x1 | 1x7 and 7x1 | the same twice | average: 768 channels, same size.
struct BlockC {
  BlockC(const TensorFile& file, const std::string& name, int in, int narrow);
  Map forward(const Map& x, Patches& patches) const;
  Conv one;
  std::array<Conv, 3> seven;
  std::array<Conv, 5> twice;
  Conv pool;
};

/// 3x3 | 1x7, 7x1 and 3x3 | maximum, all with stride 2: 512 + in channels.
struct BlockD {
  BlockD(const TensorFile& file, const std::string& name, int in);
  Map forward(const Map& x, Patches& patches) const;
  std::array<Conv, 2> three;
  std::array<Conv, 4> seven;
};

/// 1x1 | 1x3 beside 3x1 | 3x3, then 1x3 beside 3x1 | pooling: 2048 channels, same size.
struct BlockE {
  BlockE(const TensorFile& file, const std::string& name, int in, Pooling pooling);
  Map forward(const Map& x, Patches& patches) const;
  Conv one;
  std::array<Conv, 3> three;  ///< the second and third read the first
  std::array<Conv, 4> twice;  ///< the third and fourth read the second
  Conv pool;
  Pooling pooling;
};

}  // namespace phaseloom::inception
