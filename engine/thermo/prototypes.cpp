// SPDX-License-Identifier: MIT
#include "engine/thermo/prototypes.hpp"

#include <algorithm>
#include <system_error>

#include "engine/data/png.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// Transparency, the last of an even number of channels, is passed over.
std::vector<float> grey_of(const Picture& picture) {
  const int colours = picture.channels >= 3 ? 3 : 1;
  std::vector<float> out;
  for (std::size_t at = 0; at < picture.pixels.size();
       at += static_cast<std::size_t>(picture.channels)) {
    float sum = 0;
    for (int c = 0; c < colours; ++c)
      sum += static_cast<float>(picture.pixels[at + static_cast<std::size_t>(c)]);
    out.push_back(sum / (255 * static_cast<float>(colours)));
  }
  return out;
}

}  // namespace

std::vector<std::string> prototype_names(std::span<const Prototype> prototypes) {
  std::vector<std::string> names;
  for (const Prototype& p : prototypes) names.push_back(p.name);
  return names;
}

Prototypes first_of_classes(const ImageSet& images, std::span<const int> classes) {
  Prototypes out{images.shape(), {}};
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const int wanted = classes[k];
    if (std::ranges::count(classes, wanted) > 1) fail("class {} is asked for twice", wanted);
    const auto found = std::ranges::find(images.labels, wanted);
    if (found == images.labels.end()) fail("{}: has no picture of class {}", images.name, wanted);
    Prototype& p = out.pictures.emplace_back();
    p.name = fmt::format("{} {}", images.name, wanted);
    for (const auto level : images.image(static_cast<int>(found - images.labels.begin())))
      p.pixels.push_back(static_cast<float>(level) / 255);
  }
  return out;
}

Prototypes prototypes_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".png") files.push_back(entry.path());
  if (error) fail("{}: cannot be read as a folder: {}", folder.string(), error.message());
  if (files.empty()) fail("{}: holds no .png pictures", folder.string());
  if (files.size() > kMaxPrototypes)
    fail("{}: holds {} pictures; {} prototypes at most will do", folder.string(), files.size(),
         kMaxPrototypes);
  std::ranges::sort(files);
  Prototypes out;
  for (const auto& file : files) {
    const Picture picture = read_png(file);
    const PictureShape shape{picture.width, picture.height, 1};
    if (out.pictures.empty()) out.shape = shape;
    if (shape != out.shape)
      fail("{}: is {}; the pictures before it are {}", file.string(), words(shape),
           words(out.shape));
    out.pictures.push_back({legible(file.filename().string()), grey_of(picture)});
  }
  return out;
}

}  // namespace phaseloom
