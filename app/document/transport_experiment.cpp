// SPDX-License-Identifier: MIT
#include "app/document/transport_experiment.hpp"

#include <fmt/ranges.h>

#include <cmath>
#include <filesystem>
#include <vector>

#include "app/document/openable.hpp"
#include "app/document/strict.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"
#include "engine/transport/grid.hpp"
#include "engine/transport/points_file.hpp"

namespace phaseloom {

TransportModelChoice transport_model_choice(std::string_view name) {
  const auto names = transport_models();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return {static_cast<int>(i)};
  fail("{} is no transport model; there are {}", printable(name), fmt::join(names, ", "));
}

TransportSetup TransportExperiment::setup() const {
  TransportSetup setup;
  setup.model = model.name();
  setup.loss = loss;
  setup.chunks = chunks;
  setup.hidden = hidden;
  setup.seed = seed;
  setup.iterations = iterations;
  return checked(setup);
}

TransportPair pair_of(const TransportExperiment& experiment) {
  if (experiment.pair == kDrawnPair)
    return pair_of_points(std::string(kDrawnPair), {},
                          precise(parse_drawing(experiment.drawing, "transport.drawing")));
  if (is_points_file(experiment.pair))
    return pair_of_points(std::filesystem::path(experiment.pair).stem().string(), {},
                          read_points(unescaped(experiment.pair)));
  return pair_named(experiment.pair);
}

std::vector<std::string> pairs_of_grid(std::string_view which,
                                       const TransportExperiment& experiment) {
  if (which == "all") return TransportPlan{}.pairs;
  pair_named(experiment.pair);  // not a drawing, not a file
  return {experiment.pair};
}

Points parse_drawing(std::string_view drawing, std::string_view name) {
  constexpr int kThousandths = 1000, kLimit = kThousandths / 2;
  std::vector<int> numbers;
  for (std::string_view rest = strict::trimmed(drawing); !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    const auto number = parse_number<int>(word);
    if (!number || std::abs(*number) > kLimit)
      fail("{}: {} is not a whole number from -{} to {} (thousandths of the side)", name,
           printable(word), kLimit, kLimit);
    numbers.push_back(*number);
    rest = strict::trimmed(rest.substr(word.size()));
  }
  if (numbers.size() % 2 != 0 || numbers.size() / 2 < kMinOwnPoints ||
      numbers.size() / 2 > kMaxDrawing)
    fail("{}: {} numbers; write x and y of {} to {} places", name, numbers.size(), kMinOwnPoints,
         kMaxDrawing);
  Points places;
  for (std::size_t i = 0; i < numbers.size(); i += 2)
    places.push_back({static_cast<float>(numbers[i]) / kThousandths,
                      static_cast<float>(numbers[i + 1]) / kThousandths});
  return places;
}

std::string print_drawing(const Points& places) {
  std::string text;
  for (const Point& p : places)
    text += fmt::format("{}{} {}", text.empty() ? "" : " ", std::lround(p.x * 1000),
                        std::lround(p.y * 1000));
  return text;
}

}  // namespace phaseloom
