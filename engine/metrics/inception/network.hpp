// SPDX-License-Identifier: MIT
#pragma once
// Inception-v3 as the Frechet inception distance knows it: the network that was published as
// pt_inception-2015-12-05, up to its last pooling (2,048 features). It differs from the network of
// image classification in its poolings: averages leave out what lies beyond the border, and the
// last block takes a maximum. Szegedy et al., "Rethinking the Inception architecture for computer
// vision", CVPR 2016; Heusel et al., NeurIPS 2017.
//
// Its weights are not part of this program. Tensors are named as in the state dictionary of the
// .pth file; scripts/convert_inception.py writes the .safetensors file.

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "engine/data/safetensors.hpp"

namespace phaseloom {

inline constexpr int kInceptionFeatures = 2048;

class InceptionNetwork {
 public:
  /// Takes the weights out of a file, folds the batch normalisations (epsilon 1e-3) into the
  /// convolutions. Throws Error naming the first tensor that is missing, of another shape or not
  /// finite, and when the file is of the classification network.
  explicit InceptionNetwork(const TensorFile& file);
  /// The same from a file on disk; when it is missing the message says where weights come from.
  static InceptionNetwork load(const std::filesystem::path& path);
  ~InceptionNetwork();
  InceptionNetwork(InceptionNetwork&&) noexcept;

  /// Features of one grey picture of values in [0, 1]: scaled to 299x299, taken to [-1, 1], put
  /// into three equal channels. On the calling thread; safe to call from several at once.
  std::vector<float> features(std::span<const float> picture, int width, int height) const;

 private:
  struct Layers;
  std::unique_ptr<const Layers> layers_;
};

}  // namespace phaseloom
