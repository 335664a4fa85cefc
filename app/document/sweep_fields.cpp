// SPDX-License-Identifier: MIT
// The values sweep.* and chips.* of a scene.
#include <cmath>

#include "app/document/make_field.hpp"
#include "app/document/scene_paths.hpp"

namespace phaseloom {

using fields::field;

namespace {

/// Words between blanks, none twice.
std::vector<std::string> words_of(std::string_view text, const SceneField& self) {
  std::vector<std::string> words;
  for (std::string_view rest = strict::trimmed(text); !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    words.emplace_back(rest.substr(0, end));
    if (std::ranges::count(words, words.back()) > 1)
      fail("{}: {} is there twice", self.name, printable(words.back()));
    rest = strict::trimmed(rest.substr(end));
  }
  if (words.empty() || words.size() > kMaxSweepValues)
    fail("{}: {} values; write 1 to {} of them with blanks between", self.name, words.size(),
         kMaxSweepValues);
  return words;
}

template <auto Member>
std::string print_numbers(const Scene& scene) {
  return fmt::format("{}", fmt::join(fields::value_in<Member>(scene), " "));
}

template <auto Member, bool Whole>
void assign_numbers(const SceneField& self, Scene& scene, std::string_view text) {
  std::vector<double> numbers;
  for (const std::string& word : words_of(text, self)) {
    const auto number = parse_number<double>(word);
    if (!number || !(*number >= self.min && *number <= self.max) ||
        (Whole && *number != std::floor(*number)))
      fail("{}: {} is not a {} from {} to {}", self.name, printable(word),
           Whole ? "whole number" : "number", self.min, self.max);
    if (std::ranges::find(numbers, *number) != numbers.end())
      fail("{}: {} is there twice", self.name, *number);
    numbers.push_back(*number == 0 ? 0 : *number);  // no -0
  }
  fields::value_in<Member>(scene) = std::move(numbers);
}

/// Numbers in a list, as a text with blanks between them.
template <auto Member, bool Whole = false>
SceneField list(std::string_view name, std::string_view label, std::string_view unit,
                std::string_view help, fields::Range range) {
  SceneField some;
  some.name = name;
  some.label = label;
  some.unit = unit;
  some.help = help;
  some.kind = SceneField::Kind::text;
  some.min = range.min;
  some.max = range.max;
  some.print = print_numbers<Member>;
  some.assign = assign_numbers<Member, Whole>;
  return some;
}

SceneField models_field() {
  SceneField models;
  models.name = "sweep.models";
  models.label = "Networks";
  models.help =
      "Networks of a sweep with blanks between them: wall is the one on the wall, else names of "
      "shipped ones.";
  models.kind = SceneField::Kind::text;
  models.print = [](const Scene& scene) {
    return fmt::format("{}", fmt::join(scene.sweep.models, " "));
  };
  models.assign = [](const SceneField& self, Scene& scene, std::string_view text) {
    if (!strict::is_clean(text) || text.size() > strict::kMaxText)
      fail("{}: {} is no list of names; use UTF-8 on one line", self.name, printable(text));
    std::vector<std::string> names = words_of(text, self);
    for (const std::string& name : names)
      if (is_path(name))
        fail("{}: {} is a file; put it on the wall, and write {}", self.name, printable(name),
             kModelOnWall);
    scene.sweep.models = std::move(names);
  };
  return models;
}

}  // namespace

std::span<const SceneField> sweep_fields() {
  using S = SweepSetup;
  using C = ChipsSetup;
  static const std::array kFields{
      models_field(),
      list<&S::bits, true>("sweep.bits", "Bits", "bit",
                           "Bits of a weight, a row of the map each; 0 is full precision.", {0, 8}),
      list<&S::densities>("sweep.densities", "Densities", "",
                          "Shares of the couplings that stay, a column of the map each.",
                          {1e-6, 1}),
      list<&S::weight_noises>("sweep.weight_noises", "Weight noises", "",
                              "Relative noise of the couplings, a map each.", {0, 10}),
      list<&S::mismatches>("sweep.mismatches", "Mismatches", "",
                           "Spread of the couplings from device to device, a map each.", {0, 10}),
      field<&S::samples>("sweep.samples", "Samples", "",
                         "Pictures that the quality of a cell is measured with.", {100, 100'000}),
      field<&S::way>("sweep.way", "Networks are", "",
                     "Whether a cell takes the network as it is, or trains it on for its "
                     "hardware, or both."),
      field<&S::minutes>("sweep.minutes", "Training", "min",
                         "How long a network is trained on for a cell.", {0.01, 100'000}),
      field<&C::devices>("chips.devices", "Devices", "", "How many of the design are built.",
                         {1, double(kMaxDevices)}),
      field<&C::mismatch>("chips.mismatch", "Mismatch", "",
                          "Spread of the couplings from device to device.", {1e-6, 10}),
      list<&C::mismatches>("chips.mismatches", "Further ones", "",
                           "Other mismatches that the same devices are built with, to see which a "
                           "yield can bear.",
                           {1e-6, 10}),
      field<&C::samples>("chips.samples", "Samples", "",
                         "Pictures that the quality of a device is measured with.", {100, 100'000}),
      field<&C::limit>("chips.limit", "Limit of quality", "",
                       "Relative Fréchet distance that a device has at most if it is good.",
                       {0, 1000})};
  return kFields;
}

}  // namespace phaseloom
