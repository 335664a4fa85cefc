// SPDX-License-Identifier: MIT
#include "engine/network/model_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/data/dump_json.hpp"
#include "engine/data/json_object.hpp"
#include "engine/data/safetensors.hpp"
#include "engine/network/uncoupled.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using nlohmann::json;

constexpr int kFormat = 2;
constexpr int kFormatOfFloats = 1;  // which earlier versions read
constexpr const char* kMetadataKey = "phaseloom";
constexpr std::int64_t kMaxUnits = 4'000'000;
constexpr std::int64_t kMaxChunks = 4096;
constexpr std::int64_t kMaxCouplings = std::numeric_limits<std::int32_t>::max();
constexpr int kMaxSteps = 1'000'000;
constexpr int kMaxUncoupled = 16;  // a small file shall not ask for much memory

template <class T>
void check_finite(std::span<const T> values, std::string_view source, std::string_view what) {
  const auto bad =
      std::ranges::find_if_not(values, [](T v) { return std::isfinite(v); }) - values.begin();
  if (std::size_t(bad) != values.size())
    fail("{}: {} has {} at place {}; all values must be finite", source, what, values[bad], bad);
}

void check_durations(std::span<const double> durations, std::string_view source) {
  for (std::size_t c = 0; c < durations.size(); ++c)
    if (!(durations[c] > 0 && durations[c] <= 1e9))
      fail("{}: chunk {} lasts {}; durations must be above 0 and at most 1e9", source, c + 1,
           durations[c]);
}

// Rounding of differently vectorised sums may part what training tied; more is another network.
void check_tied(const Program& program, std::string_view source) {
  const Topology& t = *program.topology;
  for (int target = 0; target < t.units(); ++target)
    for (auto index = t.row_begin()[target]; index < t.row_begin()[target + 1]; ++index) {
      const int from = t.sources()[index];
      const auto partner = from < target ? t.find(from, target) : -1;
      if (partner < 0) continue;
      for (int chunk = 0; chunk < program.chunks(); ++chunk) {
        const double w = program.weights(chunk)[index], v = program.weights(chunk)[partner];
        if (std::abs(w - v) > 1e-4 * (std::abs(w) + std::abs(v)))
          fail("{}: is tied, but in chunk {} units {} and {} are coupled by {} and {}", source,
               chunk + 1, target, from, w, v);
      }
    }
}

const Tensor& matrix(const TensorFile& file, std::string_view name, std::int64_t rows,
                     std::int64_t columns) {
  return file.at(name, DType::f32, {rows, columns});
}

/// Length of a one-dimensional tensor.
std::int64_t length_of(const TensorFile& file, std::string_view name, std::int64_t low,
                       std::int64_t high) {
  const Tensor& tensor = file.at(name);
  if (tensor.shape.size() != 1)
    fail("{}: tensor {} has {} dimensions; 1 is needed", file.source, name, tensor.shape.size());
  if (tensor.shape[0] < low || tensor.shape[0] > high)
    fail("{}: tensor {} has {} entries; {} to {} are possible", file.source, name, tensor.shape[0],
         low, high);
  return tensor.shape[0];
}

/// Absent where the grid tells it.
std::optional<PictureShape> read_shape(const JsonObject& fields, int visible,
                                       std::string_view source) {
  if (!fields.has("picture")) return std::nullopt;
  const JsonObject picture = fields.object("picture");
  const PictureShape shape{picture.integer("width", 1, kMaxUnits),
                           picture.integer("height", 1, kMaxUnits),
                           picture.integer("channels", 1, 3)};
  if (shape.channels == 2)
    fail("{}: picture.channels is 2; it must be 1 (grey) or 3 (colour)", source);
  if (std::int64_t{shape.width} * shape.height * shape.channels != visible)
    fail("{}: a picture of {} x {} in {} channels does not have the {} visible units", source,
         shape.width, shape.height, shape.channels, visible);
  return shape;
}

/// Of every row, as they are or packed.
std::vector<std::int32_t> read_sources(const TensorFile& file,
                                       std::span<const std::int64_t> row_begin) {
  if (file.find("source_steps") == nullptr) {
    const auto couplings = length_of(file, "sources", 0, kMaxCouplings);
    const auto sources = file.at("sources", DType::i32, {couplings}).i32();
    return {sources.begin(), sources.end()};
  }
  const auto bytes = length_of(file, "source_steps", 0, kMaxCouplings);
  return unpack_sources(row_begin, file.at("source_steps", DType::u8, {bytes}).u8(), file.source);
}

std::shared_ptr<const Topology> read_topology(const TensorFile& file, const JsonObject& fields) {
  const JsonObject place = fields.object("grid");
  Grid grid;
  grid.width = place.integer("width", 1, kMaxUnits);
  grid.height = place.integer("height", 1, kMaxUnits);
  grid.layers = place.integer("layers", 1, kMaxUnits);
  std::int64_t units = std::int64_t{grid.width} * grid.height;
  if (units <= kMaxUnits) units *= grid.layers;
  if (units > kMaxUnits)
    fail("{}: a grid of {} x {} in {} layers has more than {} units", file.source, grid.width,
         grid.height, grid.layers, kMaxUnits);
  const int visible = fields.integer("visible", 1, units);
  const int labels = fields.has("labels") ? fields.integer("labels", 0, kMaxLabels) : 0;

  const Tensor& rows = file.at("row_begin", DType::i64, {units + labels + 1});
  std::vector<std::int64_t> row_begin(static_cast<std::size_t>(units + labels) + 1);
  std::memcpy(row_begin.data(), rows.data.data(), rows.data.size());
  return Topology::from_rows(grid, visible, row_begin, read_sources(file, row_begin),
                             fields.text("topology"), file.source, labels);
}

/// Weights that the file holds as levels; nothing if it has floats.
/// @param uncoupled chunks at the beginning that have no row of weights
std::optional<WeightLevels> read_levels(const TensorFile& file, const JsonObject& fields,
                                        int uncoupled, const Program& program) {
  if (file.find("levels") == nullptr) return std::nullopt;
  const auto couplings = static_cast<std::size_t>(program.topology->couplings());
  const std::int64_t rows = program.chunks() - uncoupled, units = program.topology->units();
  WeightLevels held;
  held.bits = fields.integer("weight_bits", 1, 8);
  const auto size = static_cast<std::int64_t>(packed_size(couplings, held.bits));
  const auto packed = file.at("levels", DType::u8, {rows, size}).u8();
  const bool by_unit = file.at("steps").shape.size() == 2;
  const Tensor& steps =
      by_unit ? matrix(file, "steps", rows, units) : file.at("steps", DType::f32, {rows});
  check_finite(steps.f32(), file.source, "steps");
  held.levels.assign(couplings * static_cast<std::size_t>(uncoupled), 0);
  held.steps.assign(static_cast<std::size_t>(uncoupled * (by_unit ? units : 1)), 0);
  held.steps.insert(held.steps.end(), steps.f32().begin(), steps.f32().end());
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto levels = unpack_levels(packed.subspan(row * size, size), held.bits, couplings);
    held.levels.insert(held.levels.end(), levels.begin(), levels.end());
  }
  return held;
}

/// @param uncoupled chunks at the beginning that have no row of weights
/// @param held the weights, if they are not floats
void read_values(const TensorFile& file, int uncoupled, const std::optional<WeightLevels>& held,
                 Program& program) {
  const auto couplings = program.topology->couplings();
  const auto units = program.topology->units();
  const auto chunks = program.chunks();
  const auto parameters = info(program.substrate).parameters;

  // Nothing is allocated before all that should fill it is known to be there.
  const Tensor* weights = held ? nullptr : &matrix(file, "weights", chunks - uncoupled, couplings);
  if (weights) check_finite(weights->f32(), file.source, weights->name);
  std::vector<const Tensor*> tensors;
  for (const auto& parameter : parameters)
    tensors.push_back(&matrix(file, parameter.name, chunks, units));
  for (const Tensor* tensor : tensors) check_finite(tensor->f32(), file.source, tensor->name);

  program.values.resize(chunks * program.chunk_size());
  for (int chunk = 0; chunk < chunks; ++chunk) {
    const auto row = [](const Tensor& tensor, int index, std::size_t size) {
      return tensor.f32().subspan(index * size, size);
    };
    if (weights && chunk >= uncoupled)
      std::ranges::copy(row(*weights, chunk - uncoupled, std::size_t(couplings)),
                        program.weights(chunk).begin());
    for (std::size_t p = 0; p < parameters.size(); ++p)
      std::ranges::copy(row(*tensors[p], chunk, std::size_t(units)),
                        program.unit_values(chunk, int(p)).begin());
  }
  if (!held) return;
  assign_weights(program, *held);
  check_finite(std::span<const float>(program.values), file.source,
               "the product of steps and levels");
}

void reject_unknown_tensors(const TensorFile& file, Substrate substrate) {
  std::vector<std::string_view> known{"durations", "row_begin", "sources", "weights"};
  if (file.find("levels") != nullptr)
    known = {"durations", "row_begin", "source_steps", "levels", "steps"};
  for (const auto& parameter : info(substrate).parameters) known.push_back(parameter.name);
  for (const Tensor& tensor : file.tensors)
    if (std::ranges::find(known, tensor.name) == known.end())
      fail("{}: tensor {} does not belong to a {} model; its tensors are {}", file.source,
           printable(tensor.name), info(substrate).name, fmt::join(known, ", "));
}

Model model_from(const TensorFile& file) {
  if (!file.metadata.contains(kMetadataKey))
    fail("{}: has no {} metadata; it is not a model of this program", file.source, kMetadataKey);
  const json description =
      parse_json_object(file.metadata.at(kMetadataKey), file.source, "the phaseloom metadata");
  const JsonObject fields(description, file.source, "the phaseloom metadata");
  const int format = fields.integer("format", 1, std::numeric_limits<int>::max());
  if (format > kFormat)
    fail("{}: is of model format {}, made by a newer version; this one reads up to format {}",
         file.source, format, kFormat);

  Model model;
  Program& program = model.program;
  program.substrate = fields.named("substrate", substrate_named);
  program.readout = fields.named("readout", named<Readout>);
  program.integrator = fields.named("integrator", named<Integrator>);
  program.steps_per_chunk = fields.integer("steps_per_chunk", 1, kMaxSteps);
  program.tied = fields.boolean("tied");
  if (fields.has("temperature"))
    program.temperature = fields.number("temperature", 0, kMaxTemperature);
  const JsonObject initial = fields.object("initial");
  const std::string shape = initial.text("shape");
  if (shape != "uniform" && shape != "gaussian")
    fail("{}: initial.shape is {}; it must be uniform or gaussian", file.source, printable(shape));
  program.initial.shape =
      shape == "uniform" ? InitialNoise::Shape::uniform : InitialNoise::Shape::gaussian;
  program.initial.width = initial.number("width", 0, 1e6);
  fields.object("training");
  model.training = description.at("training").dump();

  reject_unknown_tensors(file, program.substrate);
  const auto chunks = length_of(file, "durations", 1, kMaxChunks);
  const auto durations = file.at("durations", DType::f64, {chunks}).f64();
  check_durations(durations, file.source);
  program.durations.assign(durations.begin(), durations.end());
  program.topology = read_topology(file, fields);
  program.shape = read_shape(fields, program.topology->visible(), file.source);
  const int uncoupled =
      fields.has("uncoupled_chunks")
          ? fields.integer("uncoupled_chunks", 0, std::min(program.chunks() - 1, kMaxUncoupled))
          : 0;
  model.held = read_levels(file, fields, uncoupled, program);
  read_values(file, uncoupled, model.held, program);
  if (program.tied) check_tied(program, file.source);
  model.name = std::filesystem::path(file.source).stem().string();
  return model;
}

/// One chunk's values after the other from chunk `first` on, as a matrix of chunks x `columns`.
template <class Row>
Tensor stack(std::string_view name, const Program& program, int first, std::size_t columns,
             Row row) {
  const int rows = program.chunks() - first;
  std::vector<float> values;
  values.reserve(columns * rows);
  for (int chunk = first; chunk < program.chunks(); ++chunk) {
    const auto part = row(chunk);
    values.insert(values.end(), part.begin(), part.end());
  }
  return Tensor::of(std::string(name), {rows, std::int64_t(columns)},
                    std::span<const float>(values));
}

/// What the weights are held as, if they still are what that makes.
const WeightLevels* held_by(const Model& model) {
  if (!model.held) return nullptr;
  Program made = model.program;
  assign_weights(made, *model.held);
  return made.values == model.program.values ? &*model.held : nullptr;
}

/// @param uncoupled chunks at the beginning that get no row
void add_weights(const Program& program, const WeightLevels* held, int uncoupled,
                 TensorFile& file) {
  const Topology& topology = *program.topology;
  const auto couplings = static_cast<std::size_t>(topology.couplings());
  if (!held) {
    file.tensors.push_back(stack("weights", program, uncoupled, couplings,
                                 [&](int chunk) { return program.weights(chunk); }));
    file.tensors.push_back(Tensor::of("sources", {topology.couplings()}, topology.sources()));
    return;
  }
  const std::int64_t rows = program.chunks() - uncoupled;
  std::vector<std::uint8_t> levels;
  for (int chunk = uncoupled; chunk < program.chunks(); ++chunk) {
    const auto row =
        pack_levels(std::span(held->levels).subspan(chunk * couplings, couplings), held->bits);
    levels.insert(levels.end(), row.begin(), row.end());
  }
  file.tensors.push_back(Tensor::of("levels",
                                    {rows, std::int64_t(packed_size(couplings, held->bits))},
                                    std::span<const std::uint8_t>(levels)));
  const std::size_t each = held->steps.size() / static_cast<std::size_t>(program.chunks());
  std::vector<std::int64_t> shape{rows};
  if (each > 1) shape.push_back(std::int64_t(each));
  file.tensors.push_back(
      Tensor::of("steps", shape, std::span(held->steps).subspan(each * std::size_t(uncoupled))));
  const auto sources = pack_sources(topology.row_begin(), topology.sources());
  file.tensors.push_back(Tensor::of("source_steps", {std::int64_t(sources.size())},
                                    std::span<const std::uint8_t>(sources)));
}

TensorFile file_of(const Model& model, std::string_view target) {
  const Program& program = model.program;
  const Topology& topology = *program.topology;
  const SubstrateInfo& substrate = info(program.substrate);
  check_finite(std::span<const float>(program.values), target, "the program");
  check_durations(program.durations, target);

  const Grid& grid = topology.grid();
  const bool uniform = program.initial.shape == InitialNoise::Shape::uniform;
  const WeightLevels* const held = held_by(model);
  json description{
      {"format", held ? kFormat : kFormatOfFloats},
      {"substrate", substrate.name},
      {"grid", {{"width", grid.width}, {"height", grid.height}, {"layers", grid.layers}}},
      {"visible", topology.visible()},
      {"topology", topology.description()},
      {"readout", name_of(program.readout)},
      {"initial", {{"shape", uniform ? "uniform" : "gaussian"}, {"width", program.initial.width}}},
      {"tied", program.tied},
      {"integrator", tableau(program.integrator).name},
      {"steps_per_chunk", program.steps_per_chunk},
      {"training", parse_json_object(model.training.empty() ? "{}" : model.training, target,
                                     "the description of the training")},
  };

  if (held) description["weight_bits"] = held->bits;
  if (topology.labels() > 0) description["labels"] = topology.labels();
  if (program.temperature > 0) description["temperature"] = program.temperature;
  if (program.shape)
    description["picture"] = {{"width", program.shape->width},
                              {"height", program.shape->height},
                              {"channels", program.shape->channels}};

  // Nothing but zeros, which would be half of a thermodynamic computer's file.
  const int leading = leading_uncoupled(program);
  const int uncoupled = leading == program.chunks() ? 0 : std::min(leading, kMaxUncoupled);
  if (uncoupled > 0) description["uncoupled_chunks"] = uncoupled;

  TensorFile file;
  file.source = target;
  file.metadata[kMetadataKey] = dump_json(description);
  add_weights(program, held, uncoupled, file);
  for (int p = 0; p < program.unit_parameters(); ++p)
    file.tensors.push_back(stack(substrate.parameters[p].name, program, 0,
                                 std::size_t(topology.units()),
                                 [&](int chunk) { return program.unit_values(chunk, p); }));
  file.tensors.push_back(
      Tensor::of("durations", {program.chunks()}, std::span<const double>(program.durations)));
  const auto rows = std::as_bytes(topology.row_begin());
  file.tensors.push_back({"row_begin",
                          DType::i64,
                          {std::int64_t(topology.row_begin().size())},
                          {rows.begin(), rows.end()}});
  return file;
}

}  // namespace

Model load_model(const std::filesystem::path& path) { return model_from(read_safetensors(path)); }

Model parse_model(std::span<const std::byte> bytes, std::string_view source_name) {
  return model_from(parse_safetensors(bytes, source_name));
}

std::vector<std::byte> serialize_model(const Model& model, std::string_view target_name) {
  return serialize_safetensors(file_of(model, target_name), target_name);
}

void save_model(const std::filesystem::path& path, const Model& model) {
  write_safetensors(path, file_of(model, path.string()));
}

}  // namespace phaseloom
