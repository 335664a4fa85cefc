// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
#include "engine/metrics/class_shares.hpp"
#include "engine/metrics/classifier.hpp"
#include "engine/network/model_file.hpp"
#include "engine/thermo/heat.hpp"
#include "tests/app/cli/small_model.hpp"
#include "tests/engine/metrics/synthetic_images.hpp"
#include "tests/engine/thermo/warm_network.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;
using Json = nlohmann::json;

/// A data set of synthetic bars under the name mnist, an untrained classifier as the shipped one,
/// and nothing of this machine's own.
class EvalCommand : public ::testing::Test {
 protected:
  EvalCommand() {
    write_set("train", synthetic_images(400, 1));
    write_set("t10k", synthetic_images(120, 2));
    std::filesystem::create_directories(folder_ / "assets/models");
    const ConvNet<float> net(classifier_shape({28, 28}));
    std::vector<float> parameters(net.parameter_count());
    net.initialise(parameters, 1);
    Classifier(parameters, {28, 28}).save(folder_ / "assets/models/mnist-classifier.safetensors");
    ::setenv("PHASELOOM_ASSETS", (folder_ / "assets").c_str(), 1);
    ::setenv("PHASELOOM_DATA", (folder_ / "data").c_str(), 1);
    samples_ = unit_pixels(synthetic_images(150, 3), 0, 150);
    write_npy(folder_ / "x.npy", {150, 28, 28}, samples_);
  }
  ~EvalCommand() override {
    ::unsetenv("PHASELOOM_ASSETS");
    ::unsetenv("PHASELOOM_DATA");
  }

  void write_set(const std::string& split, const ImageSet& set) const {
    const auto mnist = folder_ / "data/mnist";
    std::filesystem::create_directories(mnist);
    const auto put = [](std::ofstream& out, int v) {
      for (int shift : {24, 16, 8, 0}) out.put(static_cast<char>(v >> shift));
    };
    std::ofstream images(mnist / (split + "-images-idx3-ubyte"), std::ios::binary);
    for (int v : {0x803, set.count(), set.width, set.height}) put(images, v);
    images.write(reinterpret_cast<const char*>(set.pixels.data()),
                 static_cast<std::streamsize>(set.pixels.size()));
    std::ofstream labels(mnist / (split + "-labels-idx1-ubyte"), std::ios::binary);
    for (int v : {0x801, set.count()}) put(labels, v);
    labels.write(reinterpret_cast<const char*>(set.labels.data()),
                 static_cast<std::streamsize>(set.labels.size()));
  }

  std::string save_network(const std::string& training, Grid grid = {28, 28, 1}) const {
    Model model;
    model.program =
        make_program(substrate_named("kuramoto_shil"), Topology::local(grid, 1), 2, 0.5, 0.8, 21);
    model.training = training;
    save_model(folder_ / "net.safetensors", model);
    return (folder_ / "net.safetensors").string();
  }

  ProgramResult eval(const Arguments& arguments) const {
    Arguments all{"eval"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_program(all);
  }
  Json json_of(Arguments arguments) const {
    arguments.push_back("--json");
    const auto result = eval(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return Json::parse(result.out, nullptr, false);
  }
  std::string error_of_run(const Arguments& arguments) const {
    const auto result = eval(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, AllOf(StartsWith("phaseloom: "), EndsWith("\n")));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    return result.err;
  }
  std::string x() const { return (folder_ / "x.npy").string(); }
  /// A file of text, or of other numbers than x.npy's.
  std::string file(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }
  std::string array(const std::vector<std::int64_t>& shape, std::span<const float> values) const {
    write_npy(folder_ / "y.npy", shape, values);
    return (folder_ / "y.npy").string();
  }

  TemporaryFolder folder_;
  std::vector<float> samples_;
};

TEST_F(EvalCommand, SamplesOfAFile) {
  const Json json = json_of({x(), "--reference", "mnist"});
  EXPECT_EQ(json.at("samples"), 150);
  EXPECT_EQ(json.at("dataset"), "mnist");
  const double fcd = json.at("fcd"), gaussian = json.at("fcd_gaussian");
  EXPECT_GT(fcd, 0);
  EXPECT_GT(json.at("fcd_floor"), 0.0);
  EXPECT_DOUBLE_EQ(json.at("relative_fcd"), fcd / gaussian);
  double sum = 0, entropy = 0;
  for (const double share : json.at("class_histogram")) {
    sum += share;
    if (share > 0) entropy -= share * std::log(share);
  }
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_NEAR(json.at("class_entropy"), entropy, 1e-12);
  EXPECT_GT(json.at("confidence"), 0.1);
  EXPECT_EQ(json.at("nearest_samples"), 150);
  EXPECT_GT(json.at("nearest_train_min"), 0.0);
  EXPECT_GE(json.at("nearest_train_mean"), json.at("nearest_train_min"));
  EXPECT_GT(json.at("nearest_test_mean"), 0.0);
  for (const char* key : {"integrator", "steps_per_chunk", "seed", "bits", "grid", "fid"})
    EXPECT_TRUE(json.at(key).is_null()) << key;

  const auto text = eval({x(), "--reference", "mnist"});
  EXPECT_EQ(std::count(text.out.begin(), text.out.end(), '\n'), 1);
  EXPECT_THAT(text.out, AllOf(StartsWith("x: FCD "), HasSubstr("floor"), HasSubstr("relative FCD"),
                              HasSubstr("150 samples"), HasSubstr("nats"), HasSubstr("confidence"),
                              HasSubstr("nearest training picture")));
}

TEST_F(EvalCommand, BytesFlatPicturesAndFloatsAreTheSame) {
  const Json floats = json_of({x(), "--reference", "mnist"});
  EXPECT_EQ(json_of({array({150, 784}, samples_), "--reference", "mnist"}).at("fcd"),
            floats.at("fcd"));
  std::string bytes("\x93NUMPY\x01\x00\x46\x00", 10);
  const std::string head = "{'descr': '|u1', 'fortran_order': False, 'shape': (150, 28, 28), }";
  bytes += head + std::string(69 - head.size(), ' ') + '\n';
  for (const float v : samples_) bytes += static_cast<char>(std::lround(255 * v));
  EXPECT_NEAR(json_of({file("bytes.npy", bytes), "--reference", "mnist"}).at("fcd"),
              double{floats.at("fcd")}, 1e-6 * double{floats.at("fcd")});
}

TEST_F(EvalCommand, ModelsAreSampled) {
  const std::string model = save_network(R"({"dataset":"mnist"})");
  const Json one = json_of({model, "--samples", "70", "--threads", "1", "--integrator", "rk4",
                            "--steps-per-chunk", "3", "--bits", "4", "--weight-noise", "0.05"});
  EXPECT_EQ(one.at("integrator"), "rk4");
  EXPECT_EQ(one.at("steps_per_chunk"), 3);
  EXPECT_EQ(one.at("bits"), 4);
  EXPECT_EQ(one.at("weight_noise"), 0.05);
  EXPECT_EQ(one.at("grid"), "twos_complement");
  EXPECT_EQ(one.at("seed"), 1);
  EXPECT_EQ(json_of({model, "--samples", "70", "--threads", "3", "--integrator", "rk4",
                     "--steps-per-chunk", "3", "--bits", "4", "--weight-noise", "0.05"}),
            one);
  EXPECT_NE(json_of({model, "--samples", "70"}).at("fcd"), one.at("fcd"));
  // It is the same as evaluating what `sample` writes.
  const auto out = (folder_ / "s.npy").string();
  ASSERT_EQ(run_program({"sample", model, "-n", "70", "--out", out}).exit_code, 0);
  EXPECT_EQ(json_of({model, "--samples", "70"}).at("fcd"),
            json_of({out, "--reference", "mnist"}).at("fcd"));
}

// The share of samples that are read as asked is what the classes' histograms say, too.
TEST_F(EvalCommand, LabelledModelsAreReadAsAskedOrNot) {
  const std::string plain = save_network(R"({"dataset":"mnist"})");
  EXPECT_TRUE(json_of({plain, "--samples", "70"}).at("label_accuracy").is_null());
  EXPECT_THAT(error_of_run({plain, "--label", "7"}), HasSubstr("knows no classes"));
  Model model;
  model.program =
      make_program(substrate_named("kuramoto_shil"),
                   Topology::with_labels(*Topology::local({28, 28, 1}, 1), 10), 2, 0.5, 0.8, 21);
  model.training = R"({"dataset":"mnist"})";
  const std::string path = (folder_ / "asked.safetensors").string();
  save_model(path, model);
  double sum = 0;
  for (int label = 0; label < 10; ++label) {
    const Json one =
        json_of({path, "--samples", "30", "--nearest", "0", "--label", std::to_string(label)});
    EXPECT_EQ(one.at("label"), label);
    EXPECT_DOUBLE_EQ(one.at("label_accuracy"), double{one.at("class_histogram")[label]});
    sum += double{one.at("label_accuracy")};
  }
  EXPECT_GT(sum, 0);
  const Json all = json_of({path, "--samples", "30", "--nearest", "0"});
  EXPECT_TRUE(all.at("label").is_null());
  EXPECT_GE(double{all.at("label_accuracy")}, 0);
  EXPECT_THAT(eval({path, "--samples", "30"}).out, HasSubstr("read as the class asked for"));
}

TEST_F(EvalCommand, WarmNetworksTellTheirHeat) {
  const auto model = (folder_ / "warm.safetensors").string();
  const Program warm = test::warm_network({28, 28, 1});  // and its two classes
  save_model(model, {warm, "warm", R"({"dataset": "mnist"})"});
  const Json json = json_of({model, "--samples", "120", "--nearest", "0"});
  ThreadPool pool(2);
  std::vector<double> heat;
  const auto source = [&](const RunSettings& settings, int n, const auto&) {
    const ThermoRun run = run_thermo(warm, {}, settings, n, pool);
    for (const double q : run.heat) heat.push_back(q / 0.3);
    return pixels_of(warm, run.states);
  };
  generate_in_shares(*warm.topology, source, settings_of(warm),
                     class_shares(synthetic_images(400, 1).labels), 120, {0, 120});
  constexpr double kRounding = 1e-9;
  ASSERT_EQ(heat.size(), 120U);
  EXPECT_NEAR(json.at("heat_mean_kT"), summarise(heat).mean, kRounding);
  EXPECT_NEAR(json.at("heat_sd_kT"), summarise(heat).deviation, kRounding);
  EXPECT_THAT(eval({model, "--samples", "120", "--nearest", "0"}).out,
              AllOf(HasSubstr(", heat "), HasSubstr(" kT, standard deviation ")));

  for (const Json& none :
       {json_of({x(), "--reference", "mnist"}),
        json_of({save_network(R"({"dataset": "mnist"})"), "--samples", "20", "--nearest", "0"})})
    for (const auto& [key, value] : none.items())
      EXPECT_THAT(key, ::testing::Not(HasSubstr("heat")));
}

TEST_F(EvalCommand, ReferencesOfEveryKind) {
  const Json named = json_of({x(), "--reference", "mnist"});
  const auto data = (folder_ / "data").string();
  EXPECT_EQ(json_of({x(), "--reference", data + "/mnist/"}).at("fcd"), named.at("fcd"));
  EXPECT_EQ(json_of({x(), "--reference", data, "--classifier", "mnist"}).at("fcd"),
            named.at("fcd"));
  EXPECT_THAT(error_of_run({x(), "--reference", data}), HasSubstr("--classifier"));
  const Json file = json_of({x(), "--reference", x(), "--classifier",
                             (folder_ / "assets/models/mnist-classifier.safetensors").string()});
  EXPECT_EQ(file.at("dataset"), x());
  EXPECT_LT(file.at("nearest_train_min"), 1e-6) << "the samples are among the real pictures";
  EXPECT_NE(file.at("fcd"), named.at("fcd"));
}

TEST_F(EvalCommand, NearestGrid) {
  const auto grid = folder_ / "pairs.png";
  json_of({x(), "--reference", "mnist", "--nearest", "60", "--nearest-grid", grid.string()});
  const Picture picture = read_png(grid);
  EXPECT_EQ(picture.width, 8 * (2 * 56) + 7 * 4);
  EXPECT_EQ(picture.height, 10 * (2 * 28) + 9 * 4);
  const Json none = json_of({x(), "--reference", "mnist", "--nearest", "0"});
  EXPECT_EQ(none.at("nearest_samples"), 0);
  EXPECT_TRUE(none.at("nearest_train_mean").is_null());
  EXPECT_TRUE(none.at("nearest_test_min").is_null());
}

// An axis for the one channel, values that rounding left beyond the ends, other layouts.
TEST_F(EvalCommand, PicturesAsOthersSaveThem) {
  const auto score = [&](const std::string& subject) {
    const auto result = eval({subject, "--reference", "mnist", "--nearest", "0", "--json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return Json::parse(result.out, nullptr, false).value("fcd", -1.0);
  };
  const double plain = score(x());
  EXPECT_GT(plain, 0);
  EXPECT_EQ(score(array({150, 28, 28, 1}, samples_)), plain);
  EXPECT_EQ(score(array({150, 1, 28, 28}, samples_)), plain);
  EXPECT_EQ(score(array({150, 1, 784}, samples_)), plain);
  auto rounded = samples_;
  for (float& v : rounded) v = v == 0 ? -0.00005f : v == 1 ? 1.000001f : v;
  EXPECT_EQ(score(array({150, 28, 28}, rounded)), plain);
}

TEST_F(EvalCommand, BadInputIsOneLine) {
  std::ifstream in(x(), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  const Arguments mnist{"--reference", "mnist"};
  const auto error = [&](const std::string& subject, Arguments more = {"--reference", "mnist"}) {
    more.insert(more.begin(), subject);
    return error_of_run(more);
  };
  EXPECT_THAT(error(file("cut.npy", whole.substr(0, 5000))),
              AllOf(HasSubstr("cut.npy"), HasSubstr("is it complete?")));
  EXPECT_THAT(error(file("text.npy", "pictures")), HasSubstr("text.npy: is text, no .npy array"));
  EXPECT_THAT(error(array({300, 14, 28}, samples_)),
              HasSubstr("28 x 14; the classifier judges 28 x 28"));
  EXPECT_THAT(error(array({50, 28, 28, 3}, samples_)), HasSubstr("28 x 28 in colour"));
  EXPECT_THAT(error(array({1, 28, 28}, std::span(samples_).first(784))), HasSubstr("at least two"));
  EXPECT_THAT(error(array({150 * 784}, samples_)), HasSubstr("pictures are (n, height, width)"));
  EXPECT_THAT(error(array({1, 784}, std::span(samples_).first(784))), HasSubstr("at least two"));
  for (const float bad : {255.0f, -0.5f, 1.001f, std::nanf("")}) {
    auto values = samples_;
    values[3 * 784 + 5] = bad;
    EXPECT_THAT(error(array({150, 28, 28}, values)),
                AllOf(HasSubstr("y.npy: picture 3"), HasSubstr("[0, 1]")));
  }
  EXPECT_THAT(error(x(), {}), HasSubstr("--reference"));
  EXPECT_THAT(error(x(), {"--reference", "cifar"}), HasSubstr("cifar"));
  EXPECT_THAT(error(x(), {"--reference", "mnist", "--classifier", "cifar"}), HasSubstr("cifar"));
  EXPECT_THAT(error(x(), {"--reference", "mnist", "--samples", "151"}), HasSubstr("150 pictures"));
  EXPECT_THAT(error(x(), {"--reference", "mnist", "--samples", "1"}), HasSubstr("--samples"));
  EXPECT_THAT(error(x(), {"--reference", "mnist", "--bits", "4"}),
              HasSubstr("--bits is for models"));
  EXPECT_THAT(error(x(), {"--reference", "mnist", "--nearest-grid", "x.gif"}), HasSubstr(".png"));
  EXPECT_THAT(error(x(), {"--reference", "mnist", "--nearest-grid", "/nowhere/x.png"}),
              HasSubstr("/nowhere"));
  EXPECT_THAT(error(x(), {"--reference", "mnist", "--inception", "/nowhere/i.safetensors"}),
              HasSubstr("convert_inception.py"));
  EXPECT_THAT(error((folder_ / "none.npy").string()), HasSubstr("none.npy"));
  EXPECT_THAT(error("nothing"), HasSubstr("no such file, nor a shipped model"));

  EXPECT_THAT(error(save_network("{}"), {}), HasSubstr("does not say"));
  EXPECT_THAT(error(save_network("{}"), {"--reference", "mnist", "--bits", "9"}),
              HasSubstr("bits is 9"));
  EXPECT_THAT(error(save_network(R"({"dataset":"mnist"})", {5, 4, 1}), {}), HasSubstr("5 x 4"));

  EXPECT_THAT(error(x(), {"--reference", "fashion"}), HasSubstr("fashion-classifier"));
  std::filesystem::rename(folder_ / "data", folder_ / "gone");
  std::filesystem::create_directory(folder_ / "data");
  EXPECT_THAT(error(x(), {"--reference", (folder_ / "data").string(), "--classifier", "mnist"}),
              HasSubstr((folder_ / "data").string()));
  std::filesystem::remove(folder_ / "assets/models/mnist-classifier.safetensors");
  EXPECT_THAT(error(x()), HasSubstr("mnist-classifier.safetensors' is missing"));
}

TEST_F(EvalCommand, InterruptEndsIt) {
  RunningProgram program({"eval", save_network(R"({"dataset":"mnist"})"), "--samples", "1000000",
                          "--steps-per-chunk", "1000", "--threads", "1"});
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  program.interrupt();
  const auto result = program.wait();
  EXPECT_EQ(result.exit_code, 130) << result.err;
  EXPECT_EQ(result.out, "");
}

// Pictures in colour, from end to end: reference, classifier and samples are of another size.
TEST_F(EvalCommand, PicturesInColour) {
  constexpr PictureShape kShape{12, 9, 3};
  const ConvNet<float> net(classifier_shape(kShape));
  std::vector<float> parameters(net.parameter_count());
  net.initialise(parameters, 5);
  const std::string judge = (folder_ / "colour.safetensors").string();
  Classifier(parameters, kShape).save(judge);
  const auto n = samples_.size() / static_cast<std::size_t>(kShape.size());
  const auto some = std::span(samples_).first(n * static_cast<std::size_t>(kShape.size()));
  std::vector<float> last(some.size());  // the same, channels last
  for (std::size_t i = 0; i < some.size(); ++i) {
    const std::size_t image = i / 324, channel = i % 324 / 108, pixel = i % 108;
    last[image * 324 + pixel * 3 + channel] = some[i];
  }
  const auto count = static_cast<std::int64_t>(n);
  write_npy(folder_ / "first.npy", {count, 3, 9, 12}, some);
  write_npy(folder_ / "last.npy", {count, 9, 12, 3}, last);
  const auto score = [&](const char* file) {
    const Json json =
        json_of({(folder_ / file).string(), "--reference", (folder_ / "first.npy").string(),
                 "--classifier", judge, "--nearest-grid", (folder_ / "pairs.png").string()});
    return json.value("fcd", -1.0);
  };
  const double first = score("first.npy");
  EXPECT_GE(first, 0);
  EXPECT_EQ(score("last.npy"), first);
  const Picture pairs = read_png(folder_ / "pairs.png");
  EXPECT_EQ(pairs.channels, 3);
  EXPECT_THAT(error_of_run({(folder_ / "first.npy").string(), "--reference", "mnist"}),
              HasSubstr("12 x 9 in colour; the classifier judges 28 x 28"));
}

}  // namespace
}  // namespace phaseloom
