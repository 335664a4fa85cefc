// SPDX-License-Identifier: MIT
#include "engine/metrics/classifier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <sstream>

#include "engine/data/safetensors.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kKind = "classifier";
constexpr const char* kPictureKey = "picture";
constexpr int kLongestSide = 1024;

/// The tensors of a file, in the order of the parameters.
struct Part {
  std::string name;
  std::vector<std::int64_t> shape;
  std::size_t size() const {
    std::size_t n = 1;
    for (auto s : shape) n *= static_cast<std::size_t>(s);
    return n;
  }
};

std::vector<Part> parts(PictureShape picture) {
  const ConvNetShape shape = classifier_shape(picture);
  std::vector<Part> result;
  int channels = shape.input_channels;
  for (std::size_t l = 0; l < shape.layers.size(); ++l) {
    const ConvLayer& layer = shape.layers[l];
    result.push_back(
        {fmt::format("layer{}.weight", l), {channels, layer.kernel, layer.kernel, layer.channels}});
    result.push_back({fmt::format("layer{}.bias", l), {layer.channels}});
    channels = layer.channels;
  }
  return result;
}

/// "width height channels"; older files know only their data set.
PictureShape picture_of(const TensorFile& file) {
  const auto said = file.metadata.find(kPictureKey);
  if (said == file.metadata.end()) {
    const auto dataset = file.metadata.find("dataset");
    return shape_of_image_set(dataset == file.metadata.end() ? "mnist" : dataset->second);
  }
  std::istringstream text(said->second);
  PictureShape picture;
  const auto fits = [](int side) { return side >= 1 && side <= kLongestSide; };
  if (!(text >> picture.width >> picture.height >> picture.channels) || !(text >> std::ws).eof() ||
      !fits(picture.width) || !fits(picture.height) ||
      (picture.channels != 1 && picture.channels != 3))
    fail("{}: picture is {}; it must be a width and a height of 1 to {} and 1 or 3 channels",
         file.source, printable(said->second), kLongestSide);
  return picture;
}

}  // namespace

ConvNetShape classifier_shape(PictureShape picture) {
  const int side = halved(halved(std::max(picture.width, picture.height)));
  return {picture.width,
          picture.height,
          picture.channels,
          {{16, 5, 2, 2}, {32, 5, 2, 2}, {kClassifierFeatures, side}, {kClasses, 1}},
          0.1f};
}

std::vector<float> unit_pixels(const ImageSet& images, int first, int count) {
  std::vector<float> result;
  result.reserve(static_cast<std::size_t>(count) * images.shape().size());
  for (int i = first; i < first + count; ++i)
    for (std::uint8_t p : images.image(i)) result.push_back(static_cast<float>(p) / 255.0f);
  return result;
}

Classifier::Classifier(std::vector<float> parameters, PictureShape picture)
    : picture_(picture), parameters_(std::move(parameters)), net_(classifier_shape(picture)) {
  assert(parameters_.size() == net_.parameter_count());
  net_.pack(parameters_);
}

Classifier Classifier::load(const std::filesystem::path& path) {
  const TensorFile file = read_safetensors(path);
  const auto kind = file.metadata.find("kind");
  if (kind == file.metadata.end() || kind->second != kKind)
    fail("{}: the metadata does not say kind = {}; is this a classifier written by phaseloom?",
         file.source, kKind);
  const PictureShape picture = picture_of(file);
  std::vector<float> parameters;
  for (const Part& part : parts(picture)) {
    const auto values = file.at(part.name, DType::f32, part.shape).f32();
    for (float v : values)
      if (!std::isfinite(v))
        fail("{}: tensor {} holds a number that is not finite; the file is damaged", file.source,
             part.name);
    parameters.insert(parameters.end(), values.begin(), values.end());
  }
  Classifier classifier(std::move(parameters), picture);
  classifier.facts = file.metadata;
  for (const char* ours : {"kind", kPictureKey}) classifier.facts.erase(ours);
  return classifier;
}

void Classifier::save(const std::filesystem::path& path) const {
  TensorFile file;
  file.metadata = facts;
  file.metadata["kind"] = kKind;
  file.metadata[kPictureKey] =
      fmt::format("{} {} {}", picture_.width, picture_.height, picture_.channels);
  std::span<const float> rest = parameters_;
  for (const Part& part : parts(picture_)) {
    file.tensors.push_back(Tensor::of(part.name, part.shape, rest.first(part.size())));
    rest = rest.subspan(part.size());
  }
  write_safetensors(path, file);
}

Classifier::Judgement Classifier::judge(std::span<const float> images, ThreadPool& pool) const {
  const std::size_t pixels = static_cast<std::size_t>(net_.image_size());
  assert(images.size() % pixels == 0);
  const int count = static_cast<int>(images.size() / pixels);
  Judgement result;
  result.features.resize(static_cast<std::size_t>(count) * kClassifierFeatures);
  result.labels.resize(static_cast<std::size_t>(count));
  result.confidence.resize(static_cast<std::size_t>(count));
  // A run of blocks shares one workspace; its length does not touch the results.
  constexpr int kRun = 8;
  const int blocks = blocks_for(count);
  pool.run((blocks + kRun - 1) / kRun, [&](int run) {
    ConvWorkspace<float> work(net_);
    std::vector<float> block(pixels * kLanes);
    for (int b = run * kRun; b < std::min(blocks, (run + 1) * kRun); ++b) {
      const int first = b * kLanes, lanes = std::min(kLanes, count - first);
      for (int lane = 0; lane < lanes; ++lane)
        for (std::size_t p = 0; p < pixels; ++p)
          block[p * kLanes + lane] = images[(first + lane) * pixels + p];
      const auto scores = net_.forward(block, work, lanes);
      const auto features = work.activation(net_.layers() - 2);
      for (int lane = 0; lane < lanes; ++lane) {
        for (int f = 0; f < kClassifierFeatures; ++f)
          result.features[std::size_t(first + lane) * kClassifierFeatures + f] =
              features[f * kLanes + lane];
        int best = 0;
        for (int c = 1; c < kClasses; ++c)
          if (scores[c * kLanes + lane] > scores[best * kLanes + lane]) best = c;
        result.labels[first + lane] = static_cast<std::uint8_t>(best);
        float sum = 0;
        for (int c = 0; c < kClasses; ++c)
          sum += std::exp(scores[c * kLanes + lane] - scores[best * kLanes + lane]);
        result.confidence[first + lane] = 1 / sum;
      }
    }
  });
  return result;
}

double Classifier::accuracy(const ImageSet& images, ThreadPool& pool) const {
  const Judgement judgement = judge(unit_pixels(images, 0, images.count()), pool);
  int right = 0;
  for (int i = 0; i < images.count(); ++i) right += judgement.labels[i] == images.labels[i];
  return double(right) / images.count();
}

}  // namespace phaseloom
