// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_judgement.hpp"

#include <vector>

namespace phaseloom {
namespace {

bool has_light_ground(std::span<const float> pixels, PictureShape shape) {
  constexpr int kRim = 2;
  double rim = 0, within = 0;
  int rim_pixels = 0, pixels_within = 0;
  for (int y = 0; y < shape.height; ++y)
    for (int x = 0; x < shape.width; ++x) {
      const float v = pixels[static_cast<std::size_t>(y * shape.width + x)];
      const bool outside =
          x < kRim || y < kRim || x >= shape.width - kRim || y >= shape.height - kRim;
      (outside ? rim : within) += double(v);
      ++(outside ? rim_pixels : pixels_within);
    }
  return rim / rim_pixels > within / pixels_within;
}

}  // namespace

ThermoJudgement& ThermoJudgement::operator+=(const ThermoJudgement& more) {
  for (std::size_t k = 0; k < classes.size(); ++k) classes[k] += more.classes[k];
  inverted += more.inverted;
  mixed += more.mixed;
  light_ground += more.light_ground;
  return *this;
}

ThermoJudgement judge_thermo(std::span<const float> pictures, const Classifier& classifier,
                             ThreadPool& pool) {
  std::vector<float> negatives(pictures.begin(), pictures.end());
  for (float& v : negatives) v = 1 - v;
  const auto as_is = classifier.judge(pictures, pool), other = classifier.judge(negatives, pool);
  const auto size = static_cast<std::size_t>(classifier.picture().size());
  ThermoJudgement out;
  for (std::size_t i = 0; i < as_is.labels.size(); ++i) {
    ++out.classes[as_is.labels[i]];
    out.inverted += other.confidence[i] > as_is.confidence[i];
    out.light_ground += has_light_ground(pictures.subspan(i * size, size), classifier.picture());
    out.mixed += as_is.confidence[i] <= kMixedConfidence && other.confidence[i] <= kMixedConfidence;
  }
  return out;
}

}  // namespace phaseloom
