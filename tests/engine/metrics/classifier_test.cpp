// SPDX-License-Identifier: MIT
#include "engine/metrics/classifier.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "engine/data/safetensors.hpp"
#include "engine/metrics/classifier_training.hpp"
#include "engine/support/error.hpp"
#include "tests/engine/metrics/synthetic_images.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

ClassifierTraining short_training() {
  ClassifierTraining options;
  options.epochs = 4;
  options.batch = 64;
  options.shift = 0;
  options.noise = 0;
  return options;
}

class ClassifierFile : public ::testing::Test {
 protected:
  std::filesystem::path path =
      std::filesystem::temp_directory_path() /
      ("classifier-" +
       std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) +
       ".safetensors");
  void TearDown() override { std::filesystem::remove(path); }

  static Classifier untrained() {
    const ConvNet<float> net(classifier_shape({28, 28}));
    std::vector<float> parameters(net.parameter_count());
    net.initialise(parameters, 1);
    return Classifier(parameters, {28, 28});
  }
  std::string message_of_load() {
    try {
      Classifier::load(path);
    } catch (const Error& e) {
      return e.what();
    }
    return "no error";
  }
};

TEST(ClassifierTraining, LearnsWithTheSameBitsForAnyNumberOfThreads) {
  const ImageSet train = synthetic_images(1000, 1), test = synthetic_images(200, 2);
  std::vector<float> reference;
  for (int threads : {1, 3}) {
    ThreadPool pool(threads);
    double loss = 1e9;
    int calls = 0;
    const Classifier classifier =
        train_classifier(train, short_training(), pool, [&](const ClassifierProgress& p) {
          EXPECT_EQ(p.epoch, ++calls);
          loss = p.loss;
        });
    EXPECT_EQ(calls, 4);
    EXPECT_LT(loss, 0.1);
    EXPECT_GT(classifier.accuracy(test, pool), 0.99);
    const auto p = classifier.parameters();
    if (reference.empty()) reference.assign(p.begin(), p.end());
    EXPECT_TRUE(std::ranges::equal(p, reference)) << threads << " threads";
  }
}

TEST(ClassifierTraining, StopsWhenAsked) {
  ThreadPool pool(1);
  std::stop_source stop;
  int calls = 0;
  train_classifier(
      synthetic_images(128, 1), short_training(), pool,
      [&](const ClassifierProgress&) {
        ++calls;
        stop.request_stop();
      },
      stop.get_token());
  EXPECT_EQ(calls, 1);
}

TEST(ClassifierTraining, RefusesWhatItCannotTrainOn) {
  ThreadPool pool(1);
  ClassifierTraining odd = short_training();
  odd.batch = 50;
  EXPECT_THROW(train_classifier(synthetic_images(100, 1), odd, pool), Error);
  EXPECT_THROW(train_classifier(synthetic_images(10, 1), short_training(), pool), Error);
}

TEST(ClassifierTraining, TakesPicturesOfAnySizeAndColour) {
  // What tells the classes apart is the colour alone.
  ImageSet set;
  set.name = "colours";
  set.width = 9;
  set.height = 6;
  set.channels = 3;
  for (int i = 0; i < 192; ++i) {
    for (int channel = 0; channel < 3; ++channel)
      for (int p = 0; p < set.width * set.height; ++p)
        set.pixels.push_back(channel == i % 3 ? static_cast<std::uint8_t>(155 + (i + p) % 100) : 9);
    set.labels.push_back(static_cast<std::uint8_t>(i % 3));
  }
  ThreadPool pool(2);
  ClassifierTraining options = short_training();
  options.shift = 1;
  const Classifier classifier = train_classifier(set, options, pool);
  EXPECT_EQ(classifier.picture(), set.shape());
  EXPECT_EQ(classifier.accuracy(set, pool), 1);
}

TEST_F(ClassifierFile, RoundTrip) {
  Classifier written = untrained();
  written.facts["accuracy"] = "0.1";
  written.save(path);
  const Classifier read = Classifier::load(path);
  EXPECT_TRUE(std::ranges::equal(read.parameters(), written.parameters()));
  EXPECT_EQ(read.facts, written.facts);
}

TEST_F(ClassifierFile, KnowsTheSizeOfItsPictures) {
  constexpr PictureShape kColour{12, 9, 3};
  const ConvNet<float> net(classifier_shape(kColour));
  Classifier(std::vector<float>(net.parameter_count()), kColour).save(path);
  EXPECT_EQ(Classifier::load(path).picture(), kColour);
  // Older files say only which data set they are of.
  untrained().save(path);
  TensorFile file = read_safetensors(path);
  file.metadata.erase("picture");
  write_safetensors(path, file);
  EXPECT_EQ(Classifier::load(path).picture(), (PictureShape{28, 28}));
  for (const char* wrong : {"28 28", "28 28 2", "0 28 1", "28 28 1 1", "2000 28 1", "a b c"}) {
    file.metadata["picture"] = wrong;
    write_safetensors(path, file);
    EXPECT_NE(message_of_load().find("picture is"), std::string::npos) << wrong;
  }
}

TEST_F(ClassifierFile, SaysWhatIsWrong) {
  untrained().save(path);
  TensorFile good = read_safetensors(path);

  TensorFile other = good;
  other.metadata.clear();
  write_safetensors(path, other);
  EXPECT_NE(message_of_load().find("kind = classifier"), std::string::npos) << message_of_load();

  TensorFile nan = good;
  for (Tensor& tensor : nan.tensors)
    if (tensor.name == "layer1.bias") std::ranges::fill(tensor.data, std::byte{0xff});
  write_safetensors(path, nan);
  EXPECT_NE(message_of_load().find("layer1.bias"), std::string::npos) << message_of_load();

  TensorFile missing = good;
  std::erase_if(missing.tensors, [](const Tensor& t) { return t.name == "layer2.weight"; });
  write_safetensors(path, missing);
  EXPECT_NE(message_of_load().find("layer2.weight"), std::string::npos) << message_of_load();
}

TEST_F(ClassifierFile, JudgementDoesNotDependOnCompany) {
  ThreadPool pool(2);
  const Classifier classifier = untrained();
  const auto images = unit_pixels(synthetic_images(300, 1), 0, 300);
  const auto all = classifier.judge(images, pool);
  const auto few = classifier.judge(std::span(images).subspan(37 * 784, 5 * 784), pool);
  EXPECT_TRUE(std::equal(few.features.begin(), few.features.end(),
                         all.features.begin() + 37 * kClassifierFeatures));
  EXPECT_TRUE(std::equal(few.labels.begin(), few.labels.end(), all.labels.begin() + 37));
}

// Those that the program ships; the accuracy is checked where the pictures are on this machine.
class ShippedClassifier : public ::testing::TestWithParam<std::pair<const char*, double>> {};

TEST_P(ShippedClassifier, KeepsWhatItPromises) {
  const auto [dataset, least] = GetParam();
  const Classifier classifier =
      Classifier::load(std::filesystem::path(source_folder()) / "assets/models" /
                       (std::string(dataset) + "-classifier.safetensors"));
  EXPECT_EQ(classifier.facts.at("dataset"), dataset);
  const double promised = std::stod(classifier.facts.at("accuracy"));
  EXPECT_GE(promised, least);
  ImageSet test;
  try {
    test = load_image_set(dataset, Split::test);
  } catch (const Error& e) {
    GTEST_SKIP() << e.what();
  }
  ThreadPool pool;
  EXPECT_NEAR(classifier.accuracy(test, pool), promised, 2e-4);
}

INSTANTIATE_TEST_SUITE_P(Datasets, ShippedClassifier,
                         ::testing::Values(std::pair{"mnist", 0.992}, std::pair{"fashion", 0.91}));

}  // namespace
}  // namespace phaseloom
