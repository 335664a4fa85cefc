// SPDX-License-Identifier: MIT
#pragma once
// Features of generated pictures and of the real ones, on their way to a loss and back.

#include <Eigen/Dense>
#include <deque>
#include <memory>
#include <vector>

#include "engine/learning/losses/endpoint_loss.hpp"
#include "engine/learning/losses/moments.hpp"
#include "engine/learning/losses/real_batches.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

/// [sample][feature]; samples in the order of the blocks' lanes.
using FeatureMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

class FeatureBatches {
 public:
  /// Features of all training pictures are taken once.
  /// @param labels how many classes real() may be asked for, as of RealChoice.
  FeatureBatches(const FeatureNet& net, const TrainSettings& settings, const ImageSet& images,
                 int labels, ThreadPool& pool, Ranks& ranks = Ranks::alone());

  int size() const { return net_.features(); }
  /// Standardised: mean 0 and variance 1 over the training pictures in every feature.
  FeatureMatrix generated(const AlignedVector<float>& pictures);
  /// After generated(): d_pictures from d_features.
  void pull(const FeatureMatrix& d_features, AlignedVector<float>& d_pictures);
  /// `count` random training pictures' features; a function of (seed, iteration, draw) and of
  /// `classes`: row i is of class classes[i % size]. Empty: of any class.
  FeatureMatrix real(std::int64_t iteration, std::uint32_t draw, int count,
                     std::span<const std::uint8_t> classes = {}) const;
  /// Of all training pictures; with labels, as if each class had equally many: networks are asked
  /// for all in turn while they learn.
  Moments real_moments() const;

 private:
  /// Of some of the blocks; the other rows are as they come.
  FeatureMatrix raw(const AlignedVector<float>& pictures, ItemRange blocks);

  const FeatureNet& net_;
  ThreadPool& pool_;
  Ranks& ranks_;
  int batch_;
  std::size_t pixels_;
  std::vector<std::unique_ptr<FeatureNet::Workspace>> work_;
  Eigen::RowVectorXf mean_, inverse_width_;
  FeatureMatrix real_;
  RealChoice choice_;  ///< of rows of real_
};

/// Earlier batches' features, at most `most` of them, as part of a training's state.
void visit_earlier(StateVisitor& state, std::deque<FeatureMatrix>& company, int most, int batch,
                   int features);

}  // namespace phaseloom
