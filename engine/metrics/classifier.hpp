// SPDX-License-Identifier: MIT
#pragma once
// A classifier of pictures in ten classes. Its last hidden layer is the space in which the
// Frechet classifier distance compares generated with real pictures.

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/data/image_set.hpp"
#include "engine/neural/conv_net.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

inline constexpr int kClasses = 10;
inline constexpr int kClassifierFeatures = 128;

/// Picture -> 16 -> 32 channels (5x5, stride 2) -> 128 features -> 10 classes.
ConvNetShape classifier_shape(PictureShape picture);

/// Pixels of a set as numbers in [0, 1], image after image.
std::vector<float> unit_pixels(const ImageSet& images, int first, int count);

class Classifier {
 public:
  Classifier(std::vector<float> parameters, PictureShape picture);

  /// Reads a classifier; the message of the Error names what does not fit.
  static Classifier load(const std::filesystem::path& path);
  void save(const std::filesystem::path& path) const;

  std::span<const float> parameters() const { return parameters_; }
  /// Of the pictures that it judges.
  PictureShape picture() const { return picture_; }

  /// Facts of the training, kept in the file: dataset, accuracy, epochs, seed.
  std::map<std::string, std::string> facts;

  struct Judgement {
    std::vector<float> features;       // [image][kClassifierFeatures]
    std::vector<std::uint8_t> labels;  ///< the likeliest class
    std::vector<float> confidence;     // its probability (softmax), 1/kClasses..1
  };
  /// images [image][pixel] in [0, 1].
  Judgement judge(std::span<const float> images, ThreadPool& pool) const;

  /// Fraction of right answers.
  double accuracy(const ImageSet& images, ThreadPool& pool) const;

 private:
  PictureShape picture_;
  std::vector<float> parameters_;
  ConvNet<float> net_;
};

}  // namespace phaseloom
