// SPDX-License-Identifier: MIT
#include "engine/network/model_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "engine/data/safetensors.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/random.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"
#include "tests/support/python.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Model small_model(const char* substrate = "kuramoto_shil") {
  Model model;
  const auto base = Topology::local({4, 3, 2}, 1);
  model.program = make_program(substrate_named(substrate), Topology::with_random_links(*base, 2, 7),
                               3, 0.6, 0.1, 11);
  model.program.durations = {0.5, 0.7, 1 / 3.};
  for (int p = 0; p < model.program.unit_parameters(); ++p)
    for (int u = 0; u < model.program.topology->units(); ++u)
      model.program.unit_values(1, p)[u] = float(100 * p + u);
  model.program.readout = Readout::cosine;
  model.program.initial = {InitialNoise::Shape::gaussian, 0.1};
  model.program.integrator = Integrator::heun;
  model.program.steps_per_chunk = 6;
  model.training = R"({"data":"mnist","seconds":12.5,"curve":[3,2,1]})";
  return model;
}

/// A good file in memory, to be spoilt.
TensorFile small_file() {
  TemporaryFolder folder;
  save_model(folder / "m.safetensors", small_model());
  return read_safetensors(folder / "m.safetensors");
}

json metadata(const TensorFile& file) { return json::parse(file.metadata_at("phaseloom")); }

Tensor& tensor(TensorFile& file, std::string_view name) {
  return const_cast<Tensor&>(std::as_const(file).at(name));
}

template <class T>
void put(Tensor& target, std::size_t place, T value) {
  ASSERT_LE((place + 1) * sizeof(T), target.data.size());
  std::memcpy(target.data.data() + place * sizeof(T), &value, sizeof(T));
}

std::string error_with(const TensorFile& file) {
  const std::string message =
      error_of([&] { parse_model(serialize_safetensors(file, "out"), "dir/bad.safetensors"); });
  EXPECT_THAT(message, StartsWith("dir/bad.safetensors: "));
  EXPECT_LT(message.size(), 500u);
  return message;
}

/// The message for the small model with `patch` merged into its description (RFC 7386: null
/// removes).
std::string error_patched(const json& patch) {
  TensorFile file = small_file();
  json description = metadata(file);
  description.merge_patch(patch);
  file.metadata["phaseloom"] = description.dump();
  return error_with(file);
}

void expect_same(const Program& a, const Program& b) {
  EXPECT_EQ(a.substrate, b.substrate);
  EXPECT_EQ(a.durations, b.durations);
  EXPECT_EQ(a.readout, b.readout);
  EXPECT_EQ(a.initial, b.initial);
  EXPECT_EQ(a.tied, b.tied);
  EXPECT_EQ(a.integrator, b.integrator);
  EXPECT_EQ(a.steps_per_chunk, b.steps_per_chunk);
  EXPECT_EQ(a.temperature, b.temperature);
  EXPECT_EQ(a.shape, b.shape);
  EXPECT_EQ(a.values, b.values);
  EXPECT_EQ(a.topology->grid(), b.topology->grid());
  EXPECT_EQ(a.topology->visible(), b.topology->visible());
  EXPECT_EQ(a.topology->labels(), b.topology->labels());
  EXPECT_EQ(a.topology->description(), b.topology->description());
  EXPECT_TRUE(std::ranges::equal(a.topology->row_begin(), b.topology->row_begin()));
  EXPECT_TRUE(std::ranges::equal(a.topology->sources(), b.topology->sources()));
}

TEST(ModelFile, RoundTripOfEverySubstrate) {
  TemporaryFolder folder;
  for (const auto& substrate : all_substrates()) {
    const Model model = small_model(std::string(substrate.name).c_str());
    const auto path = folder / (std::string(substrate.name) + ".safetensors");
    save_model(path, model);
    const Model back = load_model(path);
    expect_same(back.program, model.program);
    EXPECT_EQ(back.name, substrate.name);
    EXPECT_EQ(json::parse(back.training), json::parse(model.training));
    // The same model gives the same bytes.
    save_model(folder / "again.safetensors", back);
    EXPECT_EQ(read_file(path, 1 << 20), read_file(folder / "again.safetensors", 1 << 20));
  }
}

TEST(ModelFile, RoundTripOfTiedAndTinyNetworks) {
  TemporaryFolder folder;
  for (const int units : {1, 2, 9}) {
    Model model;
    model.program = make_program(substrate_named("aim_tanh"),
                                 Topology::all_to_all({units, 1, 1}, 1), 2, 1, 0.3, 1);
    model.program.tied = true;
    symmetrise(model.program, model.program.values);
    save_model(folder / "m.safetensors", model);
    const Model back = load_model(folder / "m.safetensors");
    expect_same(back.program, model.program);
    EXPECT_EQ(back.training, "{}");
  }
}

Model labelled_model(const char* substrate = "kuramoto_shil") {
  Model model;
  model.program =
      make_program(substrate_named(substrate),
                   Topology::with_labels(*Topology::local({4, 3, 2}, 1), 3), 2, 0.6, 0.1, 11);
  return model;
}

TensorFile file_of(const Model& model) {
  return parse_safetensors(serialize_model(model, "m"), "m");
}

TEST(ModelFile, RoundTripOfLabels) {
  TemporaryFolder folder;
  for (const char* substrate : {"kuramoto", "kuramoto_shil"}) {
    const Model model = labelled_model(substrate);
    save_model(folder / "m.safetensors", model);
    expect_same(load_model(folder / "m.safetensors").program, model.program);
    EXPECT_EQ(metadata(file_of(model)).at("labels"), 3);
  }
  EXPECT_FALSE(metadata(small_file()).contains("labels"))
      << "files without labels stay as they were";
  TensorFile zero = small_file();
  json description = metadata(zero);
  description["labels"] = 0;
  zero.metadata["phaseloom"] = description.dump();
  EXPECT_EQ(parse_model(serialize_safetensors(zero, "out"), "m").program.topology->labels(), 0);
}

// A machine that first comes to rest by itself: what is 0 is not written down.
TEST(ModelFile, RoundTripOfChunksWithoutCouplings) {
  TemporaryFolder folder;
  Model model = small_model();
  for (int uncoupled = 1; uncoupled <= 3; ++uncoupled) {
    std::ranges::fill(model.program.weights(uncoupled - 1), 0.0F);
    save_model(folder / "m.safetensors", model);
    EXPECT_EQ(load_model(folder / "m.safetensors").program.values, model.program.values);
    const TensorFile file = read_safetensors(folder / "m.safetensors");
    // Where there are none at all, there is nothing to be saved by leaving them out.
    EXPECT_EQ(file.at("weights").shape[0], uncoupled < 3 ? 3 - uncoupled : 3);
    EXPECT_EQ(metadata(file).contains("uncoupled_chunks"), uncoupled < 3);
  }
  TensorFile file = small_file();
  auto description = metadata(file);
  for (const auto& [count, message] : std::vector<std::pair<int, std::string>>{
           {1, "weights"}, {3, "uncoupled_chunks is '3'; it must be an integer in 0..2"}}) {
    description["uncoupled_chunks"] = count;
    file.metadata["phaseloom"] = description.dump();
    EXPECT_THAT(error_with(file), HasSubstr(message));
  }
}

TEST(ModelFile, LabelsListenToNobody) {
  const auto patched = [](const json& patch) {
    TensorFile file = file_of(labelled_model());
    json description = metadata(file);
    description.merge_patch(patch);
    file.metadata["phaseloom"] = description.dump();
    return error_with(file);
  };
  EXPECT_THAT(patched({{"labels", nullptr}}), HasSubstr("row_begin"));
  EXPECT_THAT(patched({{"labels", 2}}), HasSubstr("row_begin"));
  EXPECT_THAT(patched({{"labels", -1}}),
              HasSubstr("labels is '-1'; it must be an integer in 0..1000"));
  EXPECT_THAT(patched({{"labels", 1001}}), HasSubstr("an integer in 0..1000"));
  EXPECT_THAT(patched({{"labels", 2.5}}), HasSubstr("an integer in"));
  EXPECT_THAT(patched({{"labels", "3"}}), HasSubstr("an integer in"));
  EXPECT_THAT(patched({{"visible", 25}}), HasSubstr("visible is '25'"));
  EXPECT_THAT(error_patched({{"labels", 1}}), HasSubstr("row_begin"));

  // The last coupling belongs to the last oscillator, which then listens to what it was heard by.
  TensorFile file = file_of(labelled_model());
  for (std::size_t row : {24, 25, 26}) {
    const std::int64_t end = tensor(file, "sources").shape[0] - 1;
    put(tensor(file, "row_begin"), row, end);
  }
  EXPECT_THAT(error_with(file), HasSubstr("label oscillator 2 listens to unit 26"));
}

TEST(ModelFile, DescriptionIsChecked) {
  EXPECT_THAT(error_patched({{"format", 3}}), HasSubstr("format 3, made by a newer version"));
  EXPECT_THAT(error_patched({{"format", 0}}),
              HasSubstr("format is '0'; it must be an integer in 1.."));
  EXPECT_THAT(error_patched({{"format", nullptr}}), HasSubstr("has no format"));
  EXPECT_THAT(error_patched({{"substrate", "ising"}}),
              AllOf(HasSubstr("no substrate 'ising'"), HasSubstr("kuramoto_shil")));
  EXPECT_THAT(error_patched({{"substrate", "kuramoto_shil\nfake"}}), HasSubstr("on one line"));
  EXPECT_THAT(error_patched({{"substrate", 3}}), HasSubstr("substrate is '3'; it must be text"));
  EXPECT_THAT(error_patched({{"topology", std::string(5000, 'x')}}),
              HasSubstr("at most 200 bytes"));
  EXPECT_THAT(error_patched({{"readout", "tan"}}), HasSubstr("sine, cosine, tanh"));
  EXPECT_THAT(error_patched({{"integrator", "verlet"}}), HasSubstr("euler, midpoint, heun, rk4"));
  EXPECT_THAT(error_patched({{"steps_per_chunk", 0}}), HasSubstr("an integer in 1..1000000"));
  EXPECT_THAT(error_patched({{"steps_per_chunk", 2.5}}), HasSubstr("an integer in"));
  EXPECT_THAT(error_patched({{"steps_per_chunk", std::uint64_t(-1)}}), HasSubstr("an integer in"));
  EXPECT_THAT(error_patched({{"tied", 1}}), HasSubstr("tied is '1'; it must be true or false"));
  EXPECT_THAT(error_patched({{"initial", 5}}),
              HasSubstr("initial is '5'; it must be a JSON object"));
  EXPECT_THAT(error_patched({{"initial", {{"shape", "cauchy"}}}}),
              HasSubstr("uniform or gaussian"));
  EXPECT_THAT(error_patched({{"initial", {{"width", -1}}}}), HasSubstr("initial.width is '-1'"));
  EXPECT_THAT(error_patched({{"initial", {{"width", nullptr}}}}), HasSubstr("no initial.width"));
  EXPECT_THAT(error_patched({{"training", "long"}}), HasSubstr("training is '\"long\"'"));
  EXPECT_THAT(error_patched({{"grid", {{"width", 1 << 30}}}}),
              HasSubstr("an integer in 1..4000000"));
  EXPECT_THAT(error_patched({{"grid", {{"width", 4000000}, {"height", 4000000}}}}),
              HasSubstr("more than 4000000 units"));
  EXPECT_THAT(error_patched({{"grid", {{"width", 2000}, {"height", 2000}, {"layers", 4000000}}}}),
              HasSubstr("more than 4000000 units"));
  EXPECT_THAT(error_patched({{"grid", {{"width", 5}}}}), HasSubstr("row_begin"));
  EXPECT_THAT(error_patched({{"visible", 25}}), HasSubstr("visible is '25'"));
  EXPECT_THAT(error_patched({{"visible", 0}}), HasSubstr("an integer in 1..24"));
}

TEST(ModelFile, MetadataMustBeAnObjectOfSaneJson) {
  const auto with = [](const std::string& text) {
    TensorFile file = small_file();
    file.metadata["phaseloom"] = text;
    return error_with(file);
  };
  EXPECT_THAT(with("{\"format\":"), HasSubstr("is not JSON at byte"));
  EXPECT_THAT(with(""), HasSubstr("is not JSON at byte"));
  EXPECT_THAT(with("[1]"), HasSubstr("is not a JSON object"));
  EXPECT_THAT(with("{\"format\":1e999}"), HasSubstr("out of range"));
  EXPECT_THAT(with("{\"format\":" + std::string(1000000, '[')), HasSubstr("nested deeper"));
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"training\":";
  EXPECT_THAT(with(deep + "1" + std::string(100000, '}')), HasSubstr("nested deeper"));
  TensorFile file = small_file();
  file.metadata.clear();
  EXPECT_THAT(error_with(file), HasSubstr("not a model of this program"));
}

TEST(ModelFile, TensorsMustFitEachOther) {
  for (const char* name : {"weights", "durations", "row_begin", "sources", "omega", "shil"}) {
    TensorFile file = small_file();
    std::erase_if(file.tensors, [&](const Tensor& t) { return t.name == name; });
    EXPECT_THAT(error_with(file), HasSubstr("has no tensor '" + std::string(name) + "'"));

    file = small_file();  // the same numbers, one dimension more
    tensor(file, name).shape.insert(tensor(file, name).shape.begin(), 1);
    EXPECT_THAT(error_with(file), HasSubstr(name));

    file = small_file();  // half the bytes, as another type
    Tensor& other = tensor(file, name);
    other.dtype = dtype_size(other.dtype) == 4 ? DType::f16 : DType::f32;
    other.data.resize(other.data.size() / 2);
    EXPECT_THAT(error_with(file), AllOf(HasSubstr(name), HasSubstr("is needed")));

    file = small_file();  // one entry less in the last dimension
    Tensor& shorter = tensor(file, name);
    shorter.shape.back() -= 1;
    std::size_t bytes = dtype_size(shorter.dtype);
    for (const auto extent : shorter.shape) bytes *= std::size_t(extent);
    shorter.data.resize(bytes);
    error_with(file);

    file = small_file();
    Tensor& empty = tensor(file, name);
    for (auto& extent : empty.shape) extent = 0;
    empty.data.clear();
    error_with(file);
  }
  TensorFile file = small_file();
  file.tensors.push_back(Tensor::of("phi", {1}, std::vector<float>{1}));
  EXPECT_THAT(error_with(file), AllOf(HasSubstr("'phi' does not belong to a kuramoto_shil model"),
                                      HasSubstr("weights, omega, p, q, shil")));
}

TEST(ModelFile, ValuesMustBeFinite) {
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
        -std::numeric_limits<float>::infinity()})
    for (const char* name : {"weights", "omega", "p", "q", "shil"}) {
      TensorFile file = small_file();
      put(tensor(file, name), 13, bad);
      EXPECT_THAT(error_with(file), AllOf(HasSubstr(std::string(name) + " has"),
                                          HasSubstr("at place 13; all values must be finite")));
    }
  for (const double bad : {0., -1., std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity(), 1e300}) {
    TensorFile file = small_file();
    put(tensor(file, "durations"), 1, bad);
    EXPECT_THAT(error_with(file), HasSubstr("chunk 2 lasts"));
  }
}

TEST(ModelFile, RowsMustBeInOrder) {
  const auto with = [](const char* name, std::size_t place, auto value) {
    TensorFile file = small_file();
    put(tensor(file, name), place, value);
    return error_with(file);
  };
  EXPECT_THAT(with("sources", 0, std::int32_t{0}), HasSubstr("listens to itself"));
  EXPECT_THAT(with("sources", 0, std::int32_t{-1}), HasSubstr("listens to unit -1"));
  EXPECT_THAT(with("sources", 0, std::int32_t{24}), HasSubstr("there are 24 units"));
  EXPECT_THAT(with("sources", 0, std::int32_t{23}), HasSubstr("not ascending"));
  EXPECT_THAT(with("row_begin", 0, std::int64_t{1}), HasSubstr("rows run from 1"));
  EXPECT_THAT(with("row_begin", 24, std::int64_t{1} << 60), HasSubstr("rows run"));
  EXPECT_THAT(with("row_begin", 5, std::int64_t{1} << 60), HasSubstr("row of unit 4 ends"));
  EXPECT_THAT(with("row_begin", 5, std::numeric_limits<std::int64_t>::min()),
              HasSubstr("row of unit 4 ends"));
}

TEST(ModelFile, TiedMustBeTied) {
  EXPECT_THAT(error_patched({{"tied", true}}), HasSubstr("is tied, but in chunk"));
}

TEST(ModelFile, NothingIsSavedThatCannotBeLoaded) {
  TemporaryFolder folder;
  const auto path = folder / "m.safetensors";
  Model model = small_model();
  model.program.values[5] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(error_of([&] { save_model(path, model); }), HasSubstr("finite"));
  model = small_model();
  model.training = "[1, 2]";
  EXPECT_THAT(error_of([&] { save_model(path, model); }), HasSubstr("not a JSON object"));
  model = small_model();
  model.program.durations[0] = 0;
  EXPECT_THAT(error_of([&] { save_model(path, model); }), HasSubstr("chunk 1 lasts 0"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_THAT(error_of([&] { load_model(path); }), HasSubstr("m.safetensors"));
}

// Random damage behind a header that is right, where that of the fuzzers' replay seldom gets: bytes
// of the description and of the tensors, their types and shapes. Either it loads or it throws
// Error.
TEST(ModelFile, DamageBehindAGoodHeader) {
  const TensorFile goods[] = {small_file(), file_of(labelled_model())};
  RandomSequence random(5, Stream::batch);
  const auto below = [&](std::size_t n) { return random.below(std::uint32_t(n)); };
  int loaded = 0;
  for (int i = 0; i < 4000; ++i) {
    TensorFile file = goods[i % 2];
    for (auto changes = 1 + below(3); changes > 0; --changes) {
      Tensor& t = file.tensors[below(file.tensors.size())];
      std::string& text = file.metadata["phaseloom"];
      switch (below(6)) {
        case 0:
          text[below(text.size())] = char(' ' + below(95));
          break;
        case 1:
          text.insert(below(text.size()), text.substr(below(text.size()), below(20)));
          break;
        case 2:
          t.data[below(t.data.size())] ^= std::byte{1} << below(8);
          break;
        case 3:
          std::ranges::fill(std::span(t.data).subspan(below(t.data.size())), std::byte{0xff});
          break;
        case 4:
          std::ranges::swap(t.shape, file.tensors[below(file.tensors.size())].shape);
          break;
        default:
          std::ranges::swap(t.name, file.tensors[below(file.tensors.size())].name);
      }
    }
    for (Tensor& t : file.tensors) {  // as many bytes as the shape says
      std::size_t bytes = dtype_size(t.dtype);
      for (const auto extent : t.shape) bytes *= std::size_t(extent);
      t.data.resize(bytes, std::byte{0x40});
    }
    try {
      parse_model(serialize_safetensors(file, "out"), "m");
      ++loaded;
    } catch (const Error& error) {
      ASSERT_THAT(error.what(), StartsWith("m: ")) << i;
      ASSERT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
  }
  EXPECT_GT(loaded, 100);
  EXPECT_LT(loaded, 2000);
}

TEST(ModelFile, KeepsTemperatureAndShape) {
  TemporaryFolder folder;
  Model model = small_model("langevin");
  model.program.temperature = 0.1;
  model.program.shape = PictureShape{6, 2};
  save_model(folder / "m.safetensors", model);
  expect_same(load_model(folder / "m.safetensors").program, model.program);
  EXPECT_THAT(error_patched({{"temperature", -1}}), HasSubstr("temperature is '-1'"));
  EXPECT_THAT(error_patched({{"temperature", "hot"}}), HasSubstr("a number in 0..100"));
  EXPECT_THAT(error_patched({{"picture", {{"width", 5}, {"height", 2}, {"channels", 1}}}}),
              HasSubstr("a picture of 5 x 2 in 1 channels does not have the 12 visible units"));
  EXPECT_THAT(error_patched({{"picture", {{"width", 3}, {"height", 2}, {"channels", 2}}}}),
              HasSubstr("it must be 1 (grey) or 3 (colour)"));
  EXPECT_THAT(error_patched({{"picture", 3}}), HasSubstr("picture is '3'"));
}

/// Levels that count up and down, with a step a chunk or a unit.
Model held_model(int bits, bool by_unit) {
  Model model = small_model();
  Program& program = model.program;
  WeightLevels held{bits, {}, {}};
  const int half = 1 << (bits - 1);
  const auto weights = program.chunks() * program.topology->couplings();
  for (int i = 0; i < weights; ++i)
    held.levels.push_back(static_cast<std::int8_t>(7 * i % (2 * half) - half));
  for (int i = 0; i < program.chunks() * (by_unit ? program.topology->units() : 1); ++i)
    held.steps.push_back(0.1f + 0.03f * float(i));
  assign_weights(program, held);
  model.held = held;
  return model;
}

TEST(ModelFile, RoundTripOfLevels) {
  TemporaryFolder folder;
  const auto path = folder / "m.safetensors";
  for (int bits = 1; bits <= 8; ++bits)
    for (const bool by_unit : {false, true}) {
      const Model model = held_model(bits, by_unit);
      save_model(path, model);
      const Model back = load_model(path);
      expect_same(back.program, model.program);
      EXPECT_EQ(back.held, model.held);
      const TensorFile file = read_safetensors(path);
      EXPECT_EQ(file.find("weights"), nullptr);
      EXPECT_EQ(metadata(file).at("format"), 2);
    }
  // Once a weight is another one, the file has floats again.
  Model changed = held_model(4, true);
  changed.program.weights(1)[3] *= 1.5f;
  save_model(path, changed);
  expect_same(load_model(path).program, changed.program);
  EXPECT_EQ(load_model(path).held, std::nullopt);
  EXPECT_EQ(metadata(read_safetensors(path)).at("format"), 1);
}

TEST(ModelFile, OtherReadersUnderstandLevels) {
  PHASELOOM_NEED_NUMPY(python);
  TemporaryFolder folder;
  const auto held = folder / "held.safetensors", floats = folder / "floats.safetensors";
  const std::string command = *python + " " + source_folder() +
                              "/tests/python/check_safetensors.py --levels " + held.string() + " " +
                              floats.string();
  for (const int bits : {4, 7})
    for (const bool by_unit : {false, true}) {
      Model model = held_model(bits, by_unit);
      save_model(held, model);
      model.held.reset();
      save_model(floats, model);
      const ScriptResult result = run_command(command);
      EXPECT_EQ(result.status, 0) << result.output;
      EXPECT_THAT(result.output, HasSubstr("alike"));
      model.program.weights(2)[1] += 0.01f;
      save_model(floats, model);
      EXPECT_NE(run_command(command).status, 0) << "it does compare";
    }
}

TEST(ModelFile, LevelsMustFit) {
  TemporaryFolder folder;
  save_model(folder / "m.safetensors", held_model(4, false));
  const TensorFile good = read_safetensors(folder / "m.safetensors");
  const auto spoilt = [&](auto spoil) {
    TensorFile file = good;
    spoil(file);
    return error_with(file);
  };
  EXPECT_THAT(spoilt([](TensorFile& file) { put(tensor(file, "steps"), 1, NAN); }),
              HasSubstr("steps has nan at place 1"));
  EXPECT_THAT(spoilt([](TensorFile& file) { put(tensor(file, "steps"), 1, 1e38f); }),
              HasSubstr("the product of steps and levels has"));
  EXPECT_THAT(
      spoilt([](TensorFile& file) { put<std::uint8_t>(tensor(file, "source_steps"), 0, 255); }),
      HasSubstr("source_steps"));
  EXPECT_THAT(spoilt([](TensorFile& file) {
                Tensor& steps = tensor(file, "source_steps");
                steps.data.push_back(std::byte{1});
                ++steps.shape[0];
              }),
              HasSubstr("1 bytes more than the rows"));
  EXPECT_THAT(spoilt([](TensorFile& file) { put<std::int64_t>(tensor(file, "row_begin"), 2, -5); }),
              HasSubstr("source_steps"));
  for (const json& bits : {json(0), json(9), json("4"), json()}) {
    TensorFile file = good;
    json description = metadata(file);
    description["weight_bits"] = bits;
    file.metadata["phaseloom"] = description.dump();
    EXPECT_THAT(error_with(file), HasSubstr("weight_bits"));
  }
  // Packed for 8 bits there would be twice as many bytes.
  TensorFile file = good;
  json description = metadata(file);
  description["weight_bits"] = 8;
  file.metadata["phaseloom"] = description.dump();
  EXPECT_THAT(error_with(file), HasSubstr("levels"));
}

}  // namespace
}  // namespace phaseloom
