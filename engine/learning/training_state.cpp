// SPDX-License-Identifier: MIT
#include "engine/learning/training_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/support/error.hpp"
#include "engine/support/finite.hpp"

namespace phaseloom {

void StateWriter::numbers(std::string_view name, std::span<float> values) {
  file_.tensors.push_back(
      Tensor::of(std::string(name), {std::int64_t(values.size())}, std::span<const float>(values)));
}
void StateWriter::flags(std::string_view name, std::span<std::uint8_t> values) {
  file_.tensors.push_back(Tensor::of(std::string(name), {std::int64_t(values.size())},
                                     std::span<const std::uint8_t>(values)));
}
void StateWriter::count(std::string_view name, std::int64_t& value) {
  file_.metadata[std::string(name)] = fmt::format("{}", value);
}

void StateReader::numbers(std::string_view name, std::span<float> values) {
  const auto stored = file_.at(name, DType::f32, {std::int64_t(values.size())}).f32();
  if (!all_finite(stored)) fail("{}: {} holds a number that is not finite", file_.source, name);
  std::ranges::copy(stored, values.begin());
}
void StateReader::flags(std::string_view name, std::span<std::uint8_t> values) {
  std::ranges::copy(file_.at(name, DType::u8, {std::int64_t(values.size())}).u8(), values.begin());
}
void StateReader::count(std::string_view name, std::int64_t& value) {
  const std::string& text = file_.metadata_at(std::string(name));
  std::int64_t read = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (error != std::errc{} || end != text.data() + text.size() || read < 0)
    fail("{}: {} must be a number of 0 or more", file_.source, name);
  value = read;
}

}  // namespace phaseloom
