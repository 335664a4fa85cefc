// SPDX-License-Identifier: MIT
#include "app/document/sweep_plan_file.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "app/document/json_text.hpp"
#include "app/document/strict.hpp"
#include "engine/data/file_kind.hpp"
#include "engine/data/json_number.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::size_t kLongestList = 1000;

/// An object of the file, key by key; what nobody has asked for is an error at the end.
class Reader {
 public:
  /// @param where "" at the top, "train." within it
  Reader(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json.is_object())
      fail("{}: must be an object, {{ ... }}", where_.substr(0, where_.size() - 1));
  }

  const Json* find(const char* key) {
    known_.push_back(key);
    const auto at = json_.find(key);
    return at == json_.end() ? nullptr : &*at;
  }
  std::string name(const char* key) const { return where_ + key; }

  template <class Number>
  void number(const char* key, Number& out) {
    if (const Json* value = find(key)) read_number(*value, name(key).c_str(), out);
  }
  void truth(const char* key, bool& out) {
    const Json* value = find(key);
    if (!value) return;
    if (!value->is_boolean()) fail("{} must be true or false", name(key));
    out = value->get<bool>();
  }
  template <Named E>
  void choice(const char* key, E& out) {
    const Json* value = find(key);
    if (!value) return;
    if (!value->is_string()) fail("{} must be one of {}", name(key), listed(names_of<E>()));
    const auto text = value->get<std::string>();
    const auto found = find_named<E>(text);
    if (!found)
      fail("{} is {}; it must be one of {}", name(key), printable(text), listed(names_of<E>()));
    out = *found;
  }
  /// A list, or a single value, which is a list of one.
  template <class Value>
  void list(const char* key, std::vector<Value>& out) {
    const Json* value = find(key);
    if (!value) return;
    std::vector<Value> values;
    if (!value->is_array()) {
      values.push_back(item<Value>(*value, name(key)));
    } else {
      if (value->size() > kLongestList)
        fail("{} has {} values; at most {} are read", name(key), value->size(), kLongestList);
      for (std::size_t i = 0; i < value->size(); ++i)
        values.push_back(item<Value>((*value)[i], fmt::format("{}[{}]", name(key), i)));
    }
    out = std::move(values);
  }
  /// All keys must have been asked for.
  void finish() const {
    for (const auto& [key, value] : json_.items())
      if (std::ranges::find(known_, key) == known_.end())
        fail("there is no {}; there are {}", printable(where_ + key), fmt::join(known_, ", "));
  }

 private:
  template <class Value>
  static Value item(const Json& json, const std::string& name) {
    if constexpr (std::is_same_v<Value, std::string>) {
      if (!json.is_string()) fail("{} must be a text", name);
      auto text = json.get<std::string>();
      if (text.empty() || text.size() > strict::kMaxText || !strict::is_clean(text))
        fail("{} is {}; a name or the path of a model is needed", name, printable(text));
      return text;
    } else {
      Value value{};
      read_number(json, name.c_str(), value);
      return value;
    }
  }

  const Json& json_;
  std::string where_;
  std::vector<std::string> known_;
};

void read_training(const Json& json, SweepTraining& train) {
  Reader read(json, "train.");
  read.number("minutes", train.minutes);
  read.number("iterations", train.iterations);
  read.list("bits", train.bits);
  read.list("densities", train.densities);
  read.list("weight_noises", train.weight_noises);
  read.list("mismatches", train.mismatches);
  read.finish();
  if (!train.wanted()) fail("train: gives no length; minutes or iterations above 0 are needed");
}

/// Constants by their symbols; all others are the preset's.
void read_constants(const Json& json, CostConstants& constants) {
  Reader read(json, "cost.constants.");
  for (const CostConstantInfo& row : cost_constants()) {
    const std::string symbol(row.symbol);
    read.number(symbol.c_str(), constants.*row.value);
  }
  read.finish();
}

void read_cost(const Json& json, SweepPlan& plan) {
  Reader read(json, "cost.");
  read.choice("preset", plan.cost.preset);
  read.choice("cell", plan.cost.cell);
  read.choice("hold", plan.cost.hold);
  read.number("eta", plan.cost.eta);
  read.number("batch", plan.cost.batch);
  plan.constants = constants_of(plan.cost.preset);
  if (const Json* constants = read.find("constants")) read_constants(*constants, plan.constants);
  read.finish();
}

void read_head(Reader& read) {
  const Json* kind = read.find("phaseloom");
  if (!kind || *kind != "sweep")
    fail("is no plan of a sweep; it should begin with {{\"phaseloom\": \"sweep\", \"version\": {}",
         kVersion);
  int version = 0;
  read.number("version", version);
  if (version != kVersion) fail("version is {}; this program reads version {}", version, kVersion);
}

SweepPlan read_plan(const Json& json) {
  SweepPlan plan;
  Reader read(json, "");
  read_head(read);
  read.list("models", plan.models);
  read.list("bits", plan.bits);
  read.list("densities", plan.densities);
  read.list("weight_noises", plan.weight_noises);
  read.list("mismatches", plan.mismatches);
  read.list("seeds", plan.seeds);
  read.number("samples", plan.samples);
  read.choice("grid", plan.grid);
  read.choice("gain", plan.gain);
  read.number("device", plan.device);
  read.truth("as_is", plan.as_is);
  if (const Json* train = read.find("train")) read_training(*train, plan.train);
  if (const Json* cost = read.find("cost"))
    read_cost(*cost, plan);
  else
    plan.constants = constants_of(plan.cost.preset);
  read.number("lease", plan.lease);
  read.finish();
  validate(plan);
  return plan;
}

/// Only what differs from the preset.
Json constants_json(const SweepPlan& plan) {
  const CostConstants usual = constants_of(plan.cost.preset);
  Json json = Json::object();
  for (const CostConstantInfo& row : cost_constants())
    if (plan.constants.*row.value != usual.*row.value)
      json[std::string(row.symbol)] = plan.constants.*row.value;
  return json;
}

Json training_json(const SweepTraining& train) {
  Json json = Json::object();
  if (train.iterations > 0)
    json["iterations"] = train.iterations;
  else
    json["minutes"] = train.minutes;
  if (!train.bits.empty()) json["bits"] = train.bits;
  if (!train.densities.empty()) json["densities"] = train.densities;
  if (!train.weight_noises.empty()) json["weight_noises"] = train.weight_noises;
  if (!train.mismatches.empty()) json["mismatches"] = train.mismatches;
  return json;
}

}  // namespace

SweepPlan parse_sweep_plan(std::string_view text, std::string_view source) {
  const Json json = parse_json_object(without_mark(text), source);
  try {
    return read_plan(json);
  } catch (const Error& error) {
    fail("{}: {}", source, error.what());
  }
}

SweepPlan read_sweep_plan(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kMaxJson);
  return parse_sweep_plan(text_in(bytes, "plan of a sweep", path.string()), path.string());
}

std::string print_sweep_plan(const SweepPlan& plan) {
  Json cost{{"preset", std::string(name_of(plan.cost.preset))},
            {"cell", std::string(name_of(plan.cost.cell))},
            {"hold", std::string(name_of(plan.cost.hold))},
            {"eta", plan.cost.eta},
            {"batch", plan.cost.batch}};
  if (Json constants = constants_json(plan); !constants.empty())
    cost["constants"] = std::move(constants);
  Json json{{"phaseloom", "sweep"},
            {"version", kVersion},
            {"models", plan.models},
            {"bits", plan.bits},
            {"densities", plan.densities},
            {"weight_noises", plan.weight_noises},
            {"mismatches", plan.mismatches},
            {"seeds", plan.seeds},
            {"samples", plan.samples},
            {"grid", std::string(name_of(plan.grid))},
            {"gain", std::string(name_of(plan.gain))},
            {"device", plan.device},
            {"as_is", plan.as_is}};
  if (plan.train.wanted()) json["train"] = training_json(plan.train);
  json["cost"] = std::move(cost);
  json["lease"] = plan.lease;
  return print_json(json);
}

}  // namespace phaseloom
