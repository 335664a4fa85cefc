// SPDX-License-Identifier: MIT
#include "tests/fuzz/targets.hpp"

#include <cmath>
#include <cstring>
#include <numeric>
#include <string>

#include "engine/circuit/raw_file.hpp"
#include "engine/data/image_set.hpp"
#include "engine/data/npy.hpp"
#include "engine/data/safetensors.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/network/model_file.hpp"
#include "engine/sweep/chips.hpp"
#include "engine/sweep/results.hpp"
#include "engine/transport/pair.hpp"
#include "engine/transport/points_file.hpp"
#include "engine/transport/results.hpp"
#include "tests/fuzz/parsed.hpp"

namespace phaseloom {
namespace {

std::string_view text_of(std::span<const std::byte> input) {
  return {reinterpret_cast<const char*>(input.data()), input.size()};
}

}  // namespace

void fuzz_safetensors(std::span<const std::byte> input) {
  const auto file = parsed([&] { return parse_safetensors(input, "input"); });
  if (!file) return;
  const auto written = serialize_safetensors(*file, "output");
  const TensorFile again = parse_safetensors(written, "output");
  require(again.metadata == file->metadata, "metadata changed");
  require(again.tensors.size() == file->tensors.size(), "the number of tensors changed");
  for (const Tensor& tensor : file->tensors)
    require(again.at(tensor.name) == tensor, "a tensor changed");
  require(serialize_safetensors(again, "output") == written, "writing is not reproducible");
}

void fuzz_idx(std::span<const std::byte> input) {
  const auto array = parsed([&] { return parse_idx(input, "input"); });
  if (!array) return;
  // Labels that fit, where there is a shape to fit them to.
  IdxArray labels{{array->shape[0]}, {}};
  if (array->shape.size() == 3 && !array->values.empty())
    labels.values.resize(static_cast<std::size_t>(array->shape[0]), 9);
  else
    labels = *array;
  const auto set = parsed([&] { return combine_idx(*array, labels, "input", "input"); });
  if (!set) return;
  std::size_t pixels = 0;
  for (int i = 0; i < set->count(); ++i) pixels += set->image(i).size();
  require(pixels == set->pixels.size(), "the images do not cover the pixels");
}

void fuzz_npy(std::span<const std::byte> input) {
  const auto array = parsed([&] { return parse_npy(input, "input"); });
  if (!array) return;
  auto written = npy_header(array->shape);
  const auto values = std::as_bytes(std::span(array->values));
  written.insert(written.end(), values.begin(), values.end());
  const FloatArray again = parse_npy(written, "output");
  require(again.shape == array->shape, "the shape changed");
  require(again.values.size() == array->values.size(), "the number of values changed");
  // Bit by bit: NaN differs from itself.
  require(
      values.empty() || std::memcmp(again.values.data(), array->values.data(), values.size()) == 0,
      "a value changed");
}

void fuzz_model(std::span<const std::byte> input) {
  const auto model = parsed([&] { return parse_model(input, "input"); });
  if (!model) return;
  const auto written = serialize_model(*model, "output");
  const Model again = parse_model(written, "output");
  const Program &a = model->program, &b = again.program;
  require(a.values.size() == a.chunk_size() * a.durations.size(), "values do not fill the chunks");
  for (const float value : a.values) require(std::isfinite(value), "a value is not finite");
  require(a.values == b.values && a.durations == b.durations, "a value changed");
  require(serialize_model(again, "output") == written, "writing is not reproducible");
}

void fuzz_checkpoint(std::span<const std::byte> input) {
  const auto checkpoint =
      parsed([&] { return parse_checkpoint(parse_safetensors(input, "input")); });
  if (!checkpoint) return;
  const auto written = serialize_checkpoint(*checkpoint, "output");
  const Checkpoint again = parse_checkpoint(parse_safetensors(written, "output"));
  require(again.program.values == checkpoint->program.values, "the program changed");
  require(again.result.curve.size() == checkpoint->result.curve.size(), "the curve changed");
  require(again.state.tensors.size() == checkpoint->state.tensors.size(), "the state changed");
  require(serialize_checkpoint(again, "output") == written, "writing is not reproducible");
}

void fuzz_raw(std::span<const std::byte> input) {
  const auto plot = parsed([&] { return parse_raw(input, "input"); });
  if (!plot) return;
  require(!plot->variables.empty() && plot->points() > 0, "a result of nothing");
  require(plot->values.size() == plot->points() * plot->variables.size(), "half a point");
  require(plot->column(plot->variables.front()) == 0, "the scale is the first variable");
}

void fuzz_points(std::span<const std::byte> input) {
  const auto points = parsed([&] { return parse_points(text_of(input), "input"); });
  if (!points) return;
  const auto pair = parsed([&] { return pair_of_points("input", *points, *points); });
  if (!pair) return;
  for (const Points& drawn : {pair->source(1, 0, 8), pair->target(1, 0, 8)})
    for (const Point& p : drawn)
      require(std::abs(p.x) <= 0.5f && std::abs(p.y) <= 0.5f, "a point is outside of the square");
}

void fuzz_results(std::span<const std::byte> input) {
  const auto rows = parsed([&] { return parse_results(text_of(input), "input"); });
  if (!rows) return;
  const std::string written = results_csv(*rows);
  const auto again = parse_results(written, "output");
  require(again.size() == rows->size(), "the number of rows changed");
  require(results_csv(again) == written, "writing is not reproducible");
}

void fuzz_sweep(std::span<const std::byte> input) {
  if (const auto rows = parsed([&] { return parse_sweep(text_of(input), "input"); })) {
    const std::string written = sweep_csv(*rows);
    const auto again = parse_sweep(written, "output");
    require(again.size() == rows->size(), "the number of rows changed");
    require(sweep_csv(again) == written, "writing is not reproducible");
  }
  if (const auto chips = parsed([&] { return parse_chips(text_of(input), "input"); })) {
    const std::string written = chips_csv(*chips);
    require(chips_csv(parse_chips(written, "output")) == written, "writing is not reproducible");
  }
}

}  // namespace phaseloom
