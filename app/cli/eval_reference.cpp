// SPDX-License-Identifier: MIT
#include "app/cli/eval_reference.hpp"

#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "app/document/assets.hpp"
#include "engine/data/npy.hpp"
#include "engine/metrics/picture_draw.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

bool is_data_set(const std::string& name) { return name == "mnist" || name == "fashion"; }

Classifier load_classifier(const std::string& name) {
  if (is_data_set(name))
    return Classifier::load(asset_path("models/" + name + "-classifier.safetensors"));
  if (fs::path(name).extension() != ".safetensors")
    fail("--classifier {} is not known; choose mnist, fashion or a .safetensors file",
         printable(name));
  return Classifier::load(name);
}

/// "fashion" of .../fashion-mnist/, if the folder's name says so.
std::string data_set_in_name(const fs::path& folder) {
  fs::path clean = folder.lexically_normal();
  if (!clean.has_filename()) clean = clean.parent_path();
  const std::string name = clean.filename().string();
  return name.starts_with("fashion") ? "fashion" : name == "mnist" ? name : "";
}

/// Pictures without labels.
ImageSet as_set(const Pictures& pictures, const std::vector<int>& chosen, const std::string& path) {
  ImageSet set;
  set.name = path;
  set.source = path;
  set.width = pictures.shape.width;
  set.height = pictures.shape.height;
  set.channels = pictures.shape.channels;
  set.labels.resize(chosen.size());
  for (int i : chosen)
    for (float p : pictures.picture(i))
      set.pixels.push_back(static_cast<std::uint8_t>(std::lround(255 * p)));
  return set;
}

/// A seventh is the test set, as with the data sets that the program knows.
void split_file(const std::string& path, Reference& reference) {
  const Pictures pictures = read_pictures(path);
  const int count = pictures.count(), test = count / 7;
  if (test < 2)
    fail("--reference {}: {} pictures are too few to compare with; at least 14 are needed", path,
         count);
  std::vector<int> order = draw_pictures(as_set(pictures, std::vector<int>(count), path), count);
  reference.test = as_set(pictures, {order.begin(), order.begin() + test}, path);
  reference.train = as_set(pictures, {order.begin() + test, order.end()}, path);
}

void check_size(const ImageSet& set, const Classifier& classifier) {
  if (set.shape() != classifier.picture())
    fail("{}: the pictures are {}; the classifier judges {}", set.source.string(),
         words(set.shape()), words(classifier.picture()));
}

/// The shape of pictures in an array (n, ...): (y, x), in colour (channel, y, x) or (y, x,
/// channel), or one row of a square picture. Nothing if it is none.
std::optional<PictureShape> shape_in(std::vector<std::int64_t> array) {
  // Channels, if there is but one, come before the picture or after it.
  if (array.size() > 1) array.erase(std::remove(array.begin() + 1, array.end(), 1), array.end());
  constexpr std::int64_t kLongestSide = 1024;
  if (std::any_of(array.begin() + std::min<std::ptrdiff_t>(1, std::ssize(array)), array.end(),
                  [](std::int64_t n) { return n < 1 || n > kLongestSide * kLongestSide; }))
    return std::nullopt;
  const auto shape = [](std::int64_t width, std::int64_t height, int channels) {
    return PictureShape{static_cast<int>(width), static_cast<int>(height), channels};
  };
  if (array.size() == 4 && array[1] == 3) return shape(array[3], array[2], 3);
  if (array.size() == 4 && array[3] == 3) return shape(array[2], array[1], 3);
  if (array.size() == 3) return shape(array[2], array[1], 1);
  if (array.size() != 2) return std::nullopt;
  const auto side = std::llround(std::sqrt(double(array[1])));
  return side * side == array[1] ? std::optional(shape(side, side, 1)) : std::nullopt;
}

/// From (y, x, channel) to (channel, y, x).
std::vector<float> planes_of(const std::vector<float>& values, PictureShape shape) {
  std::vector<float> planes(values.size());
  const auto size = static_cast<std::size_t>(shape.size()), plane = size / 3;
  for (std::size_t first = 0; first < values.size(); first += size)
    for (std::size_t p = 0; p < plane; ++p)
      for (std::size_t c = 0; c < 3; ++c) planes[first + c * plane + p] = values[first + 3 * p + c];
  return planes;
}

}  // namespace

void add_reference_options(CLI::App& app, std::string& where, std::string& classifier) {
  app.add_option("--reference", where,
                 "Real pictures: mnist, fashion, a folder with a data set, or a .npy file. "
                 "Default: what the model was trained on")
      ->type_name("NAME|DIR|FILE");
  app.add_option("--classifier", classifier,
                 "mnist, fashion or a file. Default: that of the real pictures")
      ->type_name("NAME|FILE");
}

Pictures read_pictures(const std::string& path) {
  FloatArray array = read_npy(path);
  const auto shape = shape_in(array.shape);
  if (!shape)
    fail(
        "{}: has the shape ({}); pictures are (n, height, width), in colour (n, 3, height, width) "
        "or (n, height, width, 3), or (n, pixels) of square ones",
        path, fmt::join(array.shape, ", "));
  if (array.shape[0] < 2)
    fail("{}: holds {} pictures; at least two are needed", path, array.shape[0]);
  if (array.levels)
    for (float& v : array.values) v /= 255.0f;
  const bool channels_last = shape->channels == 3 && array.shape[1] != 3;
  if (channels_last) array.values = planes_of(array.values, *shape);
  constexpr float kRounding = 1e-4f;  // what scaling and resampling leave beyond the ends
  const auto bad = std::ranges::find_if(
      array.values, [](float v) { return !(v >= -kRounding && v <= 1 + kRounding); });
  if (bad != array.values.end())
    fail("{}: picture {} holds the value {}; floats must lie in [0, 1], or save bytes (uint8)",
         path, (bad - array.values.begin()) / shape->size(), *bad);
  for (float& v : array.values) v = std::clamp(v, 0.0f, 1.0f);
  return {*shape, std::move(array.values)};
}

Reference load_reference(const std::string& where, const std::string& classifier,
                         const std::string& trained_on, const std::string& subject) {
  const std::string name = where.empty() ? trained_on : where;
  if (name.empty())
    fail(
        "{}: does not say which pictures it is to be compared with; give --reference mnist, "
        "fashion, a folder or a .npy file",
        subject);
  std::error_code ignored;
  const bool folder = !is_data_set(name) && fs::is_directory(name, ignored);
  const bool file = !is_data_set(name) && fs::path(name).extension() == ".npy";
  if (!is_data_set(name) && !folder && !file)
    fail("--reference {} is neither mnist nor fashion, nor a folder, nor a .npy file",
         printable(name));

  // Which of the known sets this is, as far as one can tell: it chooses the classifier.
  std::string kind = is_data_set(name) ? name : folder ? data_set_in_name(name) : "";
  if (kind.empty() && is_data_set(classifier)) kind = classifier;
  if (kind.empty() && is_data_set(trained_on)) kind = trained_on;
  const std::string judge = classifier.empty() ? kind : classifier;
  if (judge.empty())
    fail(
        "--reference {}: which classifier judges these pictures? Give --classifier mnist, "
        "fashion or a file",
        printable(name));

  Reference reference{name, {}, {}, load_classifier(judge)};
  if (file) {
    split_file(name, reference);
  } else {
    const auto places = folder ? ImageSetPlaces{{name}, "--reference"} : image_set_places();
    // In a folder of its own any set may lie under the usual file names.
    const std::string known = kind.empty() ? "mnist" : kind;
    reference.train = load_image_set_from(places, known, Split::train);
    reference.test = load_image_set_from(places, known, Split::test);
  }
  check_size(reference.train, reference.classifier);
  check_size(reference.test, reference.classifier);
  return reference;
}

}  // namespace phaseloom
