// SPDX-License-Identifier: MIT
// The text that a scene keeps a network as.
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/playground/network.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr double kGrid = 1000;  // steps of a place across the canvas

/// Cuts the text up to `separator` off its front; all of it if there is none.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

template <class Number>
Number number_in(std::string_view text, double low, double high, std::string_view word,
                 std::string_view name) {
  const auto number = parse_number<Number>(text);
  if (!number || !(double(*number) >= low && double(*number) <= high))
    fail("{}: {} in {} is not a number from {} to {}", name, printable(text), printable(word), low,
         high);
  return *number;
}

PlaygroundUnit unit_of(std::string_view word, std::string_view name) {
  std::string_view rest = word;
  PlaygroundUnit unit;
  unit.x = canvas_place(number_in<int>(take(rest, ','), 0, kGrid, word, name) / kGrid);
  unit.y = canvas_place(number_in<int>(take(rest, ','), 0, kGrid, word, name) / kGrid);
  if (!rest.empty())
    unit.detuning = number_in<float>(rest, -kMaxPlaygroundWeight, kMaxPlaygroundWeight, word, name);
  return unit;
}

void add_couplings(PlaygroundNetwork& network, std::string_view word, std::string_view name) {
  std::string_view rest = word;
  const double last = network.count() - 1;
  const int a = number_in<int>(take(rest, ':'), 0, last, word, name);
  while (!rest.empty()) {
    std::string_view item = take(rest, ',');
    const int b = number_in<int>(take(item, '*'), 0, last, word, name);
    const float weight = item.empty() ? 1
                                      : number_in<float>(item, -kMaxPlaygroundWeight,
                                                         kMaxPlaygroundWeight, word, name);
    if (b <= a)
      fail("{}: {} couples unit {} to {}; name each pair once, from the lower number", name,
           printable(word), a, b);
    if (network.couplings.size() >= kMaxOwnCouplings)
      fail("{}: there are more than {} couplings", name, kMaxOwnCouplings);
    network.couplings.push_back({a, b, weight});
  }
}

}  // namespace

std::string print_network(const PlaygroundNetwork& network) {
  std::string text;
  const auto thousandths = [](float share) { return std::lround(double(share) * kGrid); };
  for (const PlaygroundUnit& unit : network.units) {
    text +=
        fmt::format("{}{},{}", text.empty() ? "" : " ", thousandths(unit.x), thousandths(unit.y));
    if (unit.detuning != 0) text += fmt::format(",{}", unit.detuning);
  }
  int a = -1;
  for (const PlaygroundCoupling& c : network.couplings) {
    text += c.a == a ? std::string(",") : fmt::format(" {}:", c.a);
    a = c.a;
    text += c.weight == 1 ? fmt::format("{}", c.b) : fmt::format("{}*{}", c.b, c.weight);
  }
  return text;
}

PlaygroundNetwork parse_network(std::string_view text, std::string_view name) {
  PlaygroundNetwork network;
  bool coupled = false;
  while (!text.empty()) {
    const std::string_view word = take(text, ' ');
    if (word.empty())
      fail("{}: there are two blanks, or one at an end; words stand apart by one", name);
    if (word.find(':') != std::string_view::npos) {
      coupled = true;
      add_couplings(network, word, name);
      continue;
    }
    if (coupled) fail("{}: {} comes behind couplings; units come first", name, printable(word));
    if (network.count() >= kMaxPlaygroundUnits)
      fail("{}: there are more than {} units", name, kMaxPlaygroundUnits);
    network.units.push_back(unit_of(word, name));
    network.units.back().id = network.count() - 1;
  }
  if (network.units.empty()) fail("{}: there is no unit; \"500,500\" is one in the middle", name);
  auto& couplings = network.couplings;
  const auto key = [](const PlaygroundCoupling& c) { return std::pair(c.a, c.b); };
  std::ranges::sort(couplings, {}, key);
  const auto twice = std::ranges::adjacent_find(couplings, {}, key);
  if (twice != couplings.end())
    fail("{}: units {} and {} are coupled twice", name, twice->a, twice->b);
  std::erase_if(couplings, [](const PlaygroundCoupling& c) { return c.weight == 0; });
  return network;
}

}  // namespace phaseloom
