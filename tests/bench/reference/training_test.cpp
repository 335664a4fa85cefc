// SPDX-License-Identifier: MIT
#include "bench/reference/training.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/metrics/synthetic_images.hpp"

namespace phaseloom {
namespace {

using Train = ReferenceGenerator (*)(const ImageSet&, const ReferencePlan&, ThreadPool&,
                                     const ReferenceNews&);

class ReferenceTraining : public ::testing::TestWithParam<Train> {};

TEST_P(ReferenceTraining, SameBitsForAnyNumberOfThreads) {
  const ImageSet images = synthetic_images(200, 1);
  ReferencePlan plan;
  plan.iterations = 3;
  std::vector<float> reference;
  for (int threads : {1, 3}) {
    ThreadPool pool(threads);
    int calls = 0;
    const auto generator = GetParam()(images, plan, pool, [&](const ReferenceProgress& p) {
      EXPECT_EQ(p.iteration, ++calls);
      return true;
    });
    EXPECT_EQ(calls, 3);
    const auto samples = generator.sample(40, 5, pool);
    EXPECT_TRUE(std::ranges::all_of(samples, [](float v) { return v >= 0 && v <= 1; }));
    if (reference.empty()) reference = samples;
    EXPECT_EQ(samples, reference) << threads << " threads";
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, ReferenceTraining, ::testing::Values(&train_wgan, &train_vae));

// The gradient points downhill: a few steps take the loss to a fraction of what it was.
TEST(ReferenceTrainingVae, Learns) {
  const ImageSet images = synthetic_images(200, 1);
  ReferencePlan plan;
  plan.iterations = 60;
  ThreadPool pool(2);
  double first = 0, last = 0;
  train_vae(images, plan, pool, [&](const ReferenceProgress& p) {
    if (p.iteration == 1) first = p.loss;
    last = p.loss;
    return true;
  });
  EXPECT_LT(last, 0.7 * first);
}

TEST(ReferenceTrainingVae, StopsWhenAsked) {
  ReferencePlan plan;
  plan.iterations = 60;
  ThreadPool pool(1);
  int calls = 0;
  train_vae(synthetic_images(50, 1), plan, pool,
            [&](const ReferenceProgress&) { return ++calls < 2; });
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace phaseloom
