// SPDX-License-Identifier: MIT
#include "engine/metrics/inception/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/data/npy.hpp"
#include "engine/metrics/inception/fid.hpp"
#include "tests/engine/metrics/inception/random_weights.hpp"
#include "tests/engine/metrics/synthetic_images.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"
#include "tests/support/python.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::vector<float> pictures(int count) {
  std::vector<float> values;
  for (const std::uint8_t p : synthetic_images(count, 3).pixels)
    values.push_back(static_cast<float>(p) / 255.0f);
  return values;
}

// The whole network, by our code and by PyTorch. Both sum products of up to 3456 numbers in single
// precision through 48 layers of about unit gain; each layer adds rounding errors of some 1e-6 of
// the largest activations, so that 1e-4 of the largest feature leaves room and still catches any
// wrong tap, pooling or normalisation, which shift features by whole percents.
TEST(InceptionNetwork, IsTorchvisionsWithTheVariationsOfTheFid) {
  const std::string python = "/usr/bin/python3";
  TemporaryFolder folder;
  const auto x = pictures(2);
  write_npy(folder / "in.npy", {2, 28, 28}, x);
  const auto result = run_command(
      "nice " + python + " " + source_folder() + "/tests/python/inception_reference.py " +
      source_folder() + "/scripts/convert_inception.py " + (folder / "in.npy").string() + " " +
      (folder / "weights.safetensors").string() + " " + (folder / "out.npy").string());
  if (WEXITSTATUS(result.status) == 77 || WEXITSTATUS(result.status) == 127)
    GTEST_SKIP() << "needs python3-torch and python3-torchvision: " << result.output;
  ASSERT_EQ(result.status, 0) << result.output;

  const FloatArray expected = read_npy(folder / "out.npy");
  ASSERT_EQ(expected.shape, (std::vector<std::int64_t>{2, kInceptionFeatures}));
  const auto network = InceptionNetwork::load(folder / "weights.safetensors");
  ThreadPool pool(2);
  const auto features = inception_features(network, x, 28, 28, pool);
  const auto size = [](float v) { return std::abs(v); };
  const float largest = std::ranges::max(expected.values, {}, size);
  ASSERT_GT(largest, 0.1f);
  float error = 0, contrast = 0;
  for (std::size_t i = 0; i < features.size(); ++i) {
    error = std::max(error, std::abs(features[i] - expected.values[i]));
    contrast = std::max(contrast, std::abs(features[i] - features[i % kInceptionFeatures]));
  }
  RecordProperty("relative_error", fmt::format("{:.1e}", error / largest));
  EXPECT_LT(error, 1e-4f * largest);
  EXPECT_GT(contrast, 1e-2f * largest) << "the two pictures must not look alike to the network";
}

class InceptionFile : public ::testing::Test {
 protected:
  static const TensorFile& good() {
    static const TensorFile file = inception::random_inception_weights();
    return file;
  }
};

TEST_F(InceptionFile, SameBitsForAnyNumberOfThreads) {
  const InceptionNetwork network(good());
  const auto x = pictures(3);
  ThreadPool one(1), three(3);
  const auto features = inception_features(network, x, 28, 28, one);
  EXPECT_EQ(features.size(), 3u * kInceptionFeatures);
  EXPECT_TRUE(std::ranges::all_of(features, [](float v) { return std::isfinite(v); }));
  EXPECT_EQ(inception_features(network, x, 28, 28, three), features);

  std::stop_source stop;
  int done = 0;
  const auto stopped = inception_features(
      network, pictures(6), 28, 28, one,
      [&](int n) {
        done = n;
        stop.request_stop();
      },
      stop.get_token());
  EXPECT_TRUE(stopped.empty());
  EXPECT_EQ(done, 4);
}

TEST_F(InceptionFile, SaysWhatIsWrong) {
  const auto message = [](const TensorFile& file) {
    return error_of([&] { InceptionNetwork network(file); });
  };
  const auto with = [&](const std::string& name, const auto& change) {
    TensorFile file = good();
    for (Tensor& tensor : file.tensors)
      if (tensor.name == name) change(tensor);
    return message(file);
  };
  const std::string conv = "Mixed_6c.branch7x7_2.conv.weight";
  EXPECT_THAT(with(conv, [](Tensor& t) { t.name = "x"; }), HasSubstr(conv));
  EXPECT_THAT(with(conv, [](Tensor& t) { std::swap(t.shape[2], t.shape[3]); }),
              AllOf(HasSubstr("inception.safetensors"), HasSubstr(conv), HasSubstr("1, 7")));
  EXPECT_THAT(with(conv, [](Tensor& t) { std::ranges::fill(t.data, std::byte{0xff}); }),
              AllOf(HasSubstr(conv), HasSubstr("not finite")));
  const std::string variance = "Mixed_7c.branch_pool.bn.running_var";
  EXPECT_THAT(
      with(variance, [](Tensor& t) { t = Tensor::of(t.name, {192}, std::vector(192, -1.0f)); }),
      AllOf(HasSubstr(variance), HasSubstr("not negative")));
  TensorFile other = good();
  other.tensors.push_back(Tensor::of("fc.weight", {1000, 2048}, std::vector(1000 * 2048, 0.0f)));
  EXPECT_THAT(message(other), HasSubstr("not the network of the FID"));
  EXPECT_THAT(error_of([] { InceptionNetwork::load("/nowhere/inception.safetensors"); }),
              AllOf(HasSubstr("/nowhere"), HasSubstr("pt_inception-2015-12-05-6726825d.pth"),
                    HasSubstr("convert_inception.py")));
}

}  // namespace
}  // namespace phaseloom
