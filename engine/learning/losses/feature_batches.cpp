// SPDX-License-Identifier: MIT
#include "engine/learning/losses/feature_batches.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/support/error.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {

FeatureBatches::FeatureBatches(const FeatureNet& net, const TrainSettings& settings,
                               const ImageSet& images, int labels, ThreadPool& pool, Ranks& ranks)
    : net_(net),
      pool_(pool),
      ranks_(ranks),
      batch_(settings.batch),
      pixels_(static_cast<std::size_t>(images.shape().size())),
      choice_(images, settings.seed, labels) {
  for (int b = 0; b < batch_ / kLanes; ++b)
    work_.push_back(std::make_unique<FeatureNet::Workspace>(net_.workspace()));
  real_.resize(images.count(), net_.features());
  AlignedVector<float> pictures(pixels_ * batch_);
  for (int first = 0; first < images.count(); first += batch_) {
    const int some = std::min(batch_, images.count() - first);
    for (int s = 0; s < some; ++s) {
      const auto image = images.image(first + s);
      float* lane = pictures.data() + (s / kLanes) * pixels_ * kLanes + s % kLanes;
      for (std::size_t k = 0; k < pixels_; ++k)
        lane[k * kLanes] = static_cast<float>(image[k]) * (2 / 255.0f) - 1;
    }
    real_.middleRows(first, some) = raw(pictures, {0, batch_ / kLanes}).topRows(some);
  }
  mean_ = real_.colwise().mean();
  real_.rowwise() -= mean_;
  // A feature that never fires has no width; it stays 0.
  inverse_width_ = (real_.colwise().squaredNorm() / static_cast<float>(images.count()))
                       .cwiseSqrt()
                       .unaryExpr([](float w) { return w > 1e-6f ? 1 / w : 0.0f; });
  real_.array().rowwise() *= inverse_width_.array();
}

FeatureMatrix FeatureBatches::raw(const AlignedVector<float>& pictures, ItemRange blocks) {
  FeatureMatrix out(batch_, net_.features());
  pool_.run(blocks.size(), [&](int item) {
    const int b = blocks.begin + item;
    const std::span block(pictures.data() + b * pixels_ * kLanes, pixels_ * kLanes);
    const auto features = net_.forward(block, *work_[b]);
    for (int l = 0; l < kLanes; ++l)
      for (int f = 0; f < net_.features(); ++f) out(b * kLanes + l, f) = features[f * kLanes + l];
  });
  return out;
}

FeatureMatrix FeatureBatches::generated(const AlignedVector<float>& pictures) {
  const int blocks = batch_ / kLanes;
  FeatureMatrix features = raw(pictures, ranks_.share(blocks));
  ranks_.gather(std::span(features.data(), static_cast<std::size_t>(features.size())), blocks);
  features.rowwise() -= mean_;
  features.array().rowwise() *= inverse_width_.array();
  return features;
}

void FeatureBatches::pull(const FeatureMatrix& d_features, AlignedVector<float>& d_pictures) {
  d_pictures.resize(pixels_ * batch_);
  const int blocks = batch_ / kLanes;
  const ItemRange own = ranks_.share(blocks);
  pool_.run(own.size(), [&](int item) {
    const int b = own.begin + item;
    AlignedVector<float> signal(static_cast<std::size_t>(net_.features()) * kLanes);
    for (int l = 0; l < kLanes; ++l)
      for (int f = 0; f < net_.features(); ++f)
        signal[f * kLanes + l] = d_features(b * kLanes + l, f) * inverse_width_[f];
    net_.backward(*work_[b], signal,
                  std::span(d_pictures.data() + b * pixels_ * kLanes, pixels_ * kLanes));
  });
  ranks_.gather(std::span(d_pictures), blocks);
}

FeatureMatrix FeatureBatches::real(std::int64_t iteration, std::uint32_t draw, int count,
                                   std::span<const std::uint8_t> classes) const {
  FeatureMatrix out(count, real_.cols());
  for (int i = 0; i < count; ++i)
    out.row(i) = real_.row(choice_.index(iteration, draw, i, classes));
  return out;
}

Moments FeatureBatches::real_moments() const {
  const auto& of_class = choice_.of_class();
  if (of_class.empty()) return moments_of(real_.cast<double>());
  Moments all{Eigen::VectorXf::Zero(real_.cols()),
              Eigen::MatrixXf::Zero(real_.cols(), real_.cols())};
  const float share = 1 / static_cast<float>(of_class.size());
  for (const auto& rows : of_class) {
    const Moments one = moments_of(real_(rows, Eigen::all).cast<double>());
    all.mean += share * one.mean;
    all.square += share * one.square;
  }
  return all;
}

void visit_earlier(StateVisitor& state, std::deque<FeatureMatrix>& company, int most, int batch,
                   int features) {
  auto kept = static_cast<std::int64_t>(company.size());
  state.count("company", kept);
  if (kept > most) fail("training state: {} batches of features; at most {}", kept, most);
  company.resize(static_cast<std::size_t>(kept));
  for (std::size_t i = 0; i < company.size(); ++i) {
    company[i].resize(batch, features);
    state.numbers(fmt::format("company.{}", i),
                  {company[i].data(), static_cast<std::size_t>(company[i].size())});
  }
}

}  // namespace phaseloom
