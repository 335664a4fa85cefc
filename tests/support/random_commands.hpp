// SPDX-License-Identifier: MIT
#pragma once
// Lines of script as a monkey would write them: every command, with arguments that are sometimes
// sensible, sometimes at the ends of their range, sometimes wrong.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/command.hpp"
#include "app/commands/verbs.hpp"
#include "app/document/scene.hpp"
#include "app/session/script_host.hpp"
#include "engine/support/random.hpp"

namespace phaseloom::test {

class RandomCommands {
 public:
  /// @param models names that `set model` draws from, good and bad.
  RandomCommands(std::uint64_t seed, std::vector<std::string> models)
      : random_(seed, Stream::batch), models_(std::move(models)) {}

  std::string line() {
    const auto infos = command_infos();
    const CommandInfo& about = *infos[below(infos.size())];
    std::string text(about.name);
    const auto optional = about.arguments.size() - static_cast<std::size_t>(about.required);
    const auto count = static_cast<std::size_t>(about.required) + below(optional + 1);
    const SceneField* field = nullptr;
    for (std::size_t i = 0; i < count; ++i)
      text += " " + argument(about, about.arguments[i], field);
    return below(25) == 0 ? spoilt(text) : text;
  }

 private:
  std::size_t below(std::size_t n) { return random_.below(static_cast<std::uint32_t>(n)); }

  /// Work stays small: what is asked for a thousand million times takes its time.
  static double affordable(std::string_view name) {
    if (name == "WIDTH") return 480;
    if (name == "HEIGHT") return 360;
    if (name == "FRAMES" || name == "PICTURES") return 4;
    if (name == "SECONDS") return 0.1;
    if (name == "wall") return 5;
    if (name == "speed") return 500;
    if (name == "steps_per_chunk") return 40;
    if (name == "transport.points") return 200;
    if (name == "transport.hidden" || name == "transport.chunks") return 6;
    if (name == "UNIT" || name == "LANE") return 4000;
    if (name == "STEP" || name == "STEPS" || name == "TICKS" || name == "ITERATIONS") return 60;
    if (name == "ROWS") return 2;
    return 1e9;
  }

  std::string number(std::string_view name, double min, double max, bool whole) {
    max = std::min(max, std::max(min, affordable(name)));
    double value = min + random_.uniform() * (max - min);
    switch (below(12)) {
      case 0:
        value = min;
        break;
      case 1:
        value = max;
        break;
      case 2:
        value = min - 1;  // refused
        break;
      default:
        break;
    }
    return whole ? fmt::format("{:.0f}", value) : fmt::format("{}", value);
  }

  std::string value_of(const SceneField& field) {
    switch (field.kind) {
      case SceneField::Kind::text:
        return models_[below(models_.size())];
      case SceneField::Kind::boolean:
      case SceneField::Kind::choice:
        return std::string(field.choices[below(field.choices.size())]);
      case SceneField::Kind::natural:
        return std::to_string(random_.word());
      case SceneField::Kind::integer:
        return number(field.name, field.min, field.max, true);
      case SceneField::Kind::own:
        if (below(3) == 0) return std::string(kPresets);
        return number(field.name, field.min, field.max, false);
      case SceneField::Kind::real:
        return number(field.name, field.min, field.max, false);
    }
    return "";
  }

  std::string argument(const CommandInfo& about, const ArgumentInfo& info,
                       const SceneField*& field) {
    using Kind = ArgumentInfo::Kind;
    switch (info.kind) {
      case Kind::integer:
      case Kind::real:
        if (info.name.starts_with('X') || info.name.starts_with('Y'))
          return fmt::format("{:.0f}", below(10) == 0 ? -50 : random_.uniform() * 420);
        return number(info.name, info.min, info.max, info.kind == Kind::integer);
      case Kind::choice:
        return std::string(info.choices[below(info.choices.size())]);
      case Kind::field:
        field = &scene_fields()[below(scene_fields().size())];
        return std::string(field->name);
      case Kind::value:
        return value_of(*field);
      case Kind::chord: {
        constexpr std::string_view held[] = {"", "", "", "Ctrl+", "Shift+", "Ctrl+Shift+", "Alt+"};
        return std::string(held[below(std::size(held))]) + key_names()[below(key_names().size())];
      }
      case Kind::text:
        if (Verb(about) == verbs::type) return below(2) ? "12" : "Ä x\u2009";
        return "file.json";
      case Kind::output: {
        if (info.choices.empty()) return "file.json";
        const auto ending = info.choices[below(info.choices.size())];
        return fmt::format("file-##{}", ending == ".mp4" ? ".png" : ending);
      }
    }
    return "";
  }

  std::string spoilt(std::string text) {
    const auto at = below(text.size());
    switch (below(3)) {
      case 0:
        return text.substr(0, at);
      case 1:
        text[at] = static_cast<char>(random_.below(256));
        return text;
      default:
        return text.insert(at, text.substr(0, below(text.size())));
    }
  }

  RandomSequence random_;
  std::vector<std::string> models_;
};

}  // namespace phaseloom::test
