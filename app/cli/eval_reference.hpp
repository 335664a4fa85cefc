// SPDX-License-Identifier: MIT
#pragma once
// What `phaseloom eval` compares with: real pictures, and the classifier that judges.

#include <span>
#include <string>
#include <vector>

#include "engine/metrics/classifier.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace phaseloom {

struct Reference {
  std::string name;  ///< mnist, fashion, or the folder or file as given
  ImageSet train, test;
  Classifier classifier;
};

/// @param where mnist or fashion; a folder that holds a data set; a .npy file of real pictures, of
///   which a seventh, drawn at random, is the test set; empty: the model's own data set.
/// @param classifier mnist or fashion (a shipped one), or a file; empty: that of the data set.
/// @param trained_on the model's data set by its metadata; may be empty.
/// @param subject what is evaluated, for messages.
/// Throws Error when something is missing, unknown, or not of the size that the classifier judges.
Reference load_reference(const std::string& where, const std::string& classifier,
                         const std::string& trained_on, const std::string& subject);

/// --reference and --classifier, for load_reference().
void add_reference_options(CLI::App& app, std::string& where, std::string& classifier);

struct Pictures {
  PictureShape shape;
  std::vector<float> values;  ///< [picture][channel][y][x] in [0, 1]
  int count() const { return static_cast<int>(values.size()) / shape.size(); }
  std::span<const float> picture(int i) const {
    const auto size = static_cast<std::size_t>(shape.size());
    return std::span(values).subspan(static_cast<std::size_t>(i) * size, size);
  }
};

/// Pictures of a .npy file: (n, y, x), in colour (n, 3, y, x), or (n, pixels) of square ones, maybe
/// with further axes of extent 1; floats in [0, 1] within rounding, bytes or truth values. Throws
/// Error for everything else, and for fewer than two.
Pictures read_pictures(const std::string& path);

}  // namespace phaseloom
