// SPDX-License-Identifier: MIT
// The values cost.* of a scene.
#include <cctype>
#include <utility>

#include "app/document/make_field.hpp"

namespace phaseloom {

using fields::field;

namespace {

template <std::size_t I>
std::string print_own(const Scene& scene) {
  const auto& own = scene.cost.own[I];
  return own ? fmt::format("{}", *own) : std::string(kPresets);
}

template <std::size_t I>
void assign_own(const SceneField& self, Scene& scene, std::string_view text) {
  auto& own = scene.cost.own[I];
  if (text == kPresets) return void(own.reset());
  const auto number = parse_number<double>(text);
  if (!number || !(*number >= self.min && *number <= self.max))
    fail("{}: {} is not a number from {} to {}, nor {}", self.name, printable(text), self.min,
         self.max, kPresets);
  own = *number;
}

/// Names and helps of the constants, which their fields refer to.
struct ConstantWords {
  std::string name, label, help;
};
const std::array<ConstantWords, kCostConstants>& constant_words() {
  static const auto all = [] {
    std::array<ConstantWords, kCostConstants> some;
    for (std::size_t i = 0; i < kCostConstants; ++i) {
      const CostConstantInfo& row = cost_constants()[i];
      some[i] = {
          fmt::format("cost.{}", row.symbol), std::string(row.symbol),
          fmt::format("{}, instead of the value of the technology, which is {}{}{}.", row.meaning,
                      name_of(row.source), row.origin.empty() ? "" : ": ", row.origin)};
      some[i].help[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(row.meaning[0])));
    }
    return some;
  }();
  return all;
}

template <std::size_t I>
SceneField constant_field() {
  const CostConstantInfo& row = cost_constants()[I];
  SceneField field;
  field.name = constant_words()[I].name;
  field.label = constant_words()[I].label;
  field.unit = row.unit;
  field.help = constant_words()[I].help;
  field.kind = SceneField::Kind::own;
  field.min = row.min;
  field.max = row.max;
  field.print = print_own<I>;
  field.assign = assign_own<I>;
  return field;
}

std::span<const SceneField> choice_fields() {
  static const std::array kFields{
      field<&CostChoice::preset>("cost.preset", "Technology", "",
                                 "Constants that the analog core is priced with; fabricated takes "
                                 "the area of a coupling from a chip that was made."),
      field<&CostChoice::cell>("cost.cell", "Coupling cell", "",
                               "How b bits are made: 2^(b-1) - 1 equal units, or a ladder of 3 b."),
      field<&CostChoice::hold>("cost.hold", "Chunks held by", "",
                               "Where the weights of the K chunks are: written anew into one core, "
                               "all within one core, or in K cores that the state moves through."),
      field<&CostChoice::eta>(
          "cost.eta", "Carrier cycles", "1/t",
          "Carrier cycles per time unit of the equations: fewer are cheaper, and "
          "harder to build.",
          {kMinEta, kMaxEta}),
      field<&CostChoice::batch>("cost.batch", "Batch", "images",
                                "Images that run per programming of a chunk, and share its energy.",
                                {1, double(kMaxBatch)})};
  return kFields;
}

template <std::size_t... I>
std::vector<SceneField> all_fields(std::index_sequence<I...>) {
  const auto choices = choice_fields();
  std::vector<SceneField> all(choices.begin(), choices.end());
  (all.push_back(constant_field<I>()), ...);
  return all;
}

}  // namespace

std::span<const SceneField> cost_fields() {
  static const std::vector<SceneField> all = all_fields(std::make_index_sequence<kCostConstants>());
  return all;
}

}  // namespace phaseloom
