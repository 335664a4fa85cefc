// SPDX-License-Identifier: MIT
#include "app/cli/eval_reference.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/document/assets.hpp"
#include "engine/data/npy.hpp"
#include "engine/metrics/picture_draw.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

constexpr int kSide = 28;
constexpr std::size_t kPixels = kSide * kSide;

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
ImageSet as_set(std::span<const float> pictures, const std::vector<int>& chosen,
                const std::string& path) {
  ImageSet set;
  set.name = path;
  set.source = path;
  set.width = set.height = kSide;
  set.labels.resize(chosen.size());
  for (int i : chosen)
    for (float p : pictures.subspan(std::size_t(i) * kPixels, kPixels))
      set.pixels.push_back(static_cast<std::uint8_t>(std::lround(255 * p)));
  return set;
}

/// A seventh is the test set, as with the data sets that the program knows.
void split_file(const std::string& path, Reference& reference) {
  const auto pictures = read_pictures(path);
  const int count = static_cast<int>(pictures.size() / kPixels), test = count / 7;
  if (test < 2)
    fail("--reference {}: {} pictures are too few to compare with; at least 14 are needed", path,
         count);
  std::vector<int> order = draw_pictures(as_set(pictures, std::vector<int>(count), path), count);
  reference.test = as_set(pictures, {order.begin(), order.begin() + test}, path);
  reference.train = as_set(pictures, {order.begin() + test, order.end()}, path);
}

void check_size(const ImageSet& set) {
  if (set.width != kSide || set.height != kSide)
    fail("{}: the pictures are {} x {}; the classifier judges {} x {}", set.source.string(),
         set.width, set.height, kSide, kSide);
}

}  // namespace

std::vector<float> read_pictures(const std::string& path) {
  FloatArray array = read_npy(path);
  // Colour channels, of which there is one, come before the picture or after it.
  auto shape = array.shape;
  if (shape.size() > 1) shape.erase(std::remove(shape.begin() + 1, shape.end(), 1), shape.end());
  const bool images = shape.size() == 3 && shape[1] == kSide && shape[2] == kSide;
  if (!images && !(shape.size() == 2 && shape[1] == kPixels))
    fail("{}: has the shape ({}); pictures are (n, 28, 28) or (n, 784)", path,
         fmt::join(array.shape, ", "));
  if (shape[0] < 2) fail("{}: holds {} pictures; at least two are needed", path, shape[0]);
  if (array.levels)
    for (float& v : array.values) v /= 255.0f;
  constexpr float kRounding = 1e-4f;  // what scaling and resampling leave beyond the ends
  const auto bad = std::ranges::find_if(
      array.values, [](float v) { return !(v >= -kRounding && v <= 1 + kRounding); });
  if (bad != array.values.end())
    fail("{}: picture {} holds the value {}; floats must lie in [0, 1], or save bytes (uint8)",
         path, std::size_t(bad - array.values.begin()) / kPixels, *bad);
  for (float& v : array.values) v = std::clamp(v, 0.0f, 1.0f);
  return std::move(array.values);
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
  check_size(reference.train);
  check_size(reference.test);
  return reference;
}

}  // namespace phaseloom
