// SPDX-License-Identifier: MIT
#pragma once
// How the tables of values are made: a member, its name, what a person reads about it, its range.
// How it is printed and read follows from its type.

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "app/document/scene.hpp"
#include "app/document/strict.hpp"
#include "engine/support/error.hpp"
#include "engine/support/names.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom::fields {

/// Where in a scene the values of each struct are.
auto& owner(auto& scene, const Scene*) { return scene; }
auto& owner(auto& scene, const Hardware*) { return scene.hardware; }
auto& owner(auto& scene, const CostChoice*) { return scene.cost; }
auto& owner(auto& scene, const SweepSetup*) { return scene.sweep; }
auto& owner(auto& scene, const ChipsSetup*) { return scene.chips; }
auto& owner(auto& scene, const CircuitSetup*) { return scene.circuit; }
auto& owner(auto& scene, const TrainingSetup*) { return scene.train; }
auto& owner(auto& scene, const TransportExperiment*) { return scene.transport; }
auto& owner(auto& scene, const ThermoExperiment*) { return scene.thermo; }
auto& owner(auto& scene, const PlaygroundSetup*) { return scene.playground; }
auto& owner(auto& scene, const FieldExperiment*) { return scene.field; }
auto& owner(auto& scene, const FieldSettings*) { return scene.field.settings; }
auto& owner(auto& scene, const KernelSettings*) { return scene.field.settings.kernel; }

template <class Owner, class T>
const Owner* owner_of(T Owner::*) {
  return nullptr;
}

template <auto Member>
auto& value_in(auto& scene) {
  return owner(scene, owner_of(Member)).*Member;
}

/// What can be chosen, as names, and a value's place among them.
template <class T>
struct Choice;

template <Named E>
struct Choice<E> {
  static std::span<const std::string_view> names() { return names_of<E>(); }
  static int place(E value) { return static_cast<int>(value); }
  static E at(int place) { return static_cast<E>(place); }
};

template <>
struct Choice<bool> {
  static constexpr std::array<std::string_view, 2> kNames{"false", "true"};
  static std::span<const std::string_view> names() { return kNames; }
  static int place(bool value) { return value ? 1 : 0; }
  static bool at(int place) { return place == 1; }
};

template <>
struct Choice<std::optional<Integrator>> {
  static std::span<const std::string_view> names() {
    static const std::vector<std::string_view> all = [] {
      std::vector<std::string_view> some{"model"};
      std::ranges::copy(names_of<Integrator>(), std::back_inserter(some));
      return some;
    }();
    return all;
  }
  static int place(std::optional<Integrator> value) {
    return value ? static_cast<int>(*value) + 1 : 0;
  }
  static std::optional<Integrator> at(int place) {
    return place == 0 ? std::nullopt : std::optional(static_cast<Integrator>(place - 1));
  }
};

/// A class of pictures.
template <>
struct Choice<std::optional<int>> {
  static constexpr std::array<std::string_view, 1 + kSceneLabels> kNames{
      "all", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  static std::span<const std::string_view> names() { return kNames; }
  static int place(std::optional<int> value) { return value ? *value + 1 : 0; }
  static std::optional<int> at(int place) {
    return place == 0 ? std::nullopt : std::optional(place - 1);
  }
};

template <>
struct Choice<TransportModelChoice> {
  static std::span<const std::string_view> names() { return transport_models(); }
  static int place(TransportModelChoice value) { return value.index; }
  static TransportModelChoice at(int place) { return {place}; }
};

template <class T>
concept Chosen = requires {
  Choice<T>::names();
};

template <auto Member>
std::string print_value(const Scene& scene) {
  const auto& value = value_in<Member>(scene);
  using T = std::remove_cvref_t<decltype(value)>;
  if constexpr (Chosen<T>)
    return std::string(Choice<T>::names()[static_cast<std::size_t>(Choice<T>::place(value))]);
  else
    return fmt::format("{}", value);
}

template <auto Member>
void assign_value(const SceneField& self, Scene& scene, std::string_view text) {
  auto& value = value_in<Member>(scene);
  using T = std::remove_cvref_t<decltype(value)>;
  if constexpr (std::is_same_v<T, std::string>) {
    if (text.empty() || text.size() > strict::kMaxText || !strict::is_clean(text) ||
        strict::trimmed(text) != text)
      fail("{}: {} is no name or path; use 1 to {} bytes of UTF-8 on one line", self.name,
           printable(text), strict::kMaxText);
    value = text;
  } else if constexpr (std::is_arithmetic_v<T> && !Chosen<T>) {
    const auto number = parse_number<T>(text);
    const bool whole = std::is_integral_v<T>;
    if (self.kind == SceneField::Kind::natural) {  // all 64 bits: no range to check
      if (!number)
        fail("{}: {} is not a whole number from 0 to 18446744073709551615", self.name,
             printable(text));
    } else if (!number || !(double(*number) >= self.min && double(*number) <= self.max)) {
      fail("{}: {} is not a {} from {} to {}", self.name, printable(text),
           whole ? "whole number" : "number", self.min, self.max);
    }
    value = *number;
  } else {
    if constexpr (Named<T>) {  // these know spellings of older files, too
      if (const auto found = find_named<T>(text)) return void(value = *found);
    }
    for (std::size_t i = 0; i < self.choices.size(); ++i)
      if (self.choices[i] == text) return void(value = Choice<T>::at(static_cast<int>(i)));
    fail("{}: {} is not one of {}", self.name, printable(text), listed(self.choices));
  }
}

struct Range {
  double min = 0;
  double max = 0;
};

/// Of a member of any of the structs above.
template <auto Member>
SceneField field(std::string_view name, std::string_view label, std::string_view unit,
                 std::string_view help, Range range = {}) {
  using T = std::remove_cvref_t<decltype(value_in<Member>(std::declval<Scene&>()))>;
  SceneField field;
  field.name = name;
  field.label = label;
  field.unit = unit;
  field.help = help;
  field.min = range.min;
  field.max = range.max;
  if constexpr (Chosen<T>) field.choices = Choice<T>::names();
  if constexpr (std::is_same_v<T, bool>) {
    field.kind = SceneField::Kind::boolean;
  } else if constexpr (Chosen<T>) {
    field.kind = SceneField::Kind::choice;
  } else if constexpr (std::is_same_v<T, std::string>) {
    field.kind = SceneField::Kind::text;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    field.kind = SceneField::Kind::natural;
  } else {
    field.kind = std::is_integral_v<T> ? SceneField::Kind::integer : SceneField::Kind::real;
  }
  field.print = print_value<Member>;
  field.assign = assign_value<Member>;
  return field;
}

/// Undo leaves it alone: it must not stop the film.
inline SceneField film_control(SceneField field) {
  field.undoable = false;
  return field;
}

}  // namespace phaseloom::fields
