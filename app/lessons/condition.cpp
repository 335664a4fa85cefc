// SPDX-License-Identifier: MIT
#include "app/lessons/condition.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/commands/command.hpp"
#include "app/document/scene.hpp"
#include "app/document/strict.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Kind = Condition::Kind;

struct Sign {
  std::string_view sign;
  Kind kind;
};
constexpr std::array kSigns{Sign{"<", Kind::less},      Sign{"<=", Kind::at_most},
                            Sign{"=", Kind::equal},     Sign{"!=", Kind::differs},
                            Sign{">=", Kind::at_least}, Sign{">", Kind::more},
                            Sign{"in", Kind::within}};

std::string_view take_word(std::string_view& rest) {
  rest = strict::trimmed(rest);
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest = strict::trimmed(rest.substr(end));
  return word;
}

const SceneField* field_named(std::string_view name) {
  const auto fields = scene_fields();
  const auto found = std::ranges::find(fields, name, &SceneField::name);
  return found == fields.end() ? nullptr : &*found;
}

bool is_number(const SceneField& field) {
  return field.kind == SceneField::Kind::integer || field.kind == SceneField::Kind::real ||
         field.kind == SceneField::Kind::natural;
}

double number(std::string_view text) {
  const auto value = parse_number<double>(text);
  if (!value) fail("{} is not a number", printable(text));
  return *value;
}

void read_range(Condition& condition, std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) fail("{} is no range; write it as 0.6..0.9", printable(text));
  condition.low = number(text.substr(0, dots));
  condition.high = number(text.substr(dots + 2));
  if (condition.low > condition.high)
    fail("{} is empty: it ends before it begins", printable(text));
}

Condition did(std::string_view name) {
  for (const CommandInfo* info : command_infos())
    if (info->name == name) return {Kind::did, std::string(name), 0, 0, {}};
  fail("there is no command {}", printable(name));
}

}  // namespace

Condition parse_condition(std::string_view text,
                          const std::function<bool(std::string_view)>& knows) {
  std::string_view rest = text;
  const std::string_view name = take_word(rest);
  if (name == "did") return did(rest);
  const SceneField* field = field_named(name);
  if (!field && !knows(name))
    fail("{} is neither a value of a scene nor a quantity", printable(name));
  Condition condition;
  condition.name = name;
  const std::string_view sign = take_word(rest);
  if (sign == "changed") {
    if (!field) fail("only values of a scene are remembered: {} is measured", name);
    if (!rest.empty()) fail("behind \"changed\" there is {}", printable(rest));
    condition.kind = Kind::changed;
    return condition;
  }
  const auto found = std::ranges::find(kSigns, sign, &Sign::sign);
  if (found == kSigns.end())
    fail("{} is no comparison; there are <, <=, =, !=, >=, >, in and changed", printable(sign));
  condition.kind = found->kind;
  const bool numeric = !field || is_number(*field);
  if (numeric) {
    if (condition.kind == Kind::within)
      read_range(condition, rest);
    else
      condition.low = number(rest);
    return condition;
  }
  if (condition.kind != Kind::equal && condition.kind != Kind::differs)
    fail("{} is no number: it can be = or !=", name);
  Scene scratch;
  field->assign(*field, scratch, rest);  // says what would be right
  condition.text = field->print(scratch);
  return condition;
}

bool holds(const Condition& condition, const ConditionSource& source) {
  if (condition.kind == Kind::did) return source.did(condition.name);
  const SceneField* field = field_named(condition.name);
  if (condition.kind == Kind::changed)
    return source.value(condition.name) != source.value_before(condition.name);
  if (field && !is_number(*field))
    return (source.value(condition.name) == condition.text) == (condition.kind == Kind::equal);
  const auto value =
      field ? parse_number<double>(source.value(condition.name)) : source.quantity(condition.name);
  if (!value || std::isnan(*value)) return false;
  switch (condition.kind) {
    case Kind::less:
      return *value < condition.low;
    case Kind::at_most:
      return *value <= condition.low;
    case Kind::equal:
      return *value == condition.low;
    case Kind::differs:
      return *value != condition.low;
    case Kind::at_least:
      return *value >= condition.low;
    case Kind::more:
      return *value > condition.low;
    case Kind::within:
      return *value >= condition.low && *value <= condition.high;
    case Kind::changed:
    case Kind::did:
      break;
  }
  return false;
}

}  // namespace phaseloom
