// SPDX-License-Identifier: MIT
#include "app/session/remembered.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <system_error>

#include "app/document/assets.hpp"
#include "app/document/json_text.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"
#include "engine/transport/trainer.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

/// JSON knows no NaN.
Json number_json(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

/// What is being read, and where from, for messages.
struct Place {
  std::string_view source;
  std::string name;
  [[noreturn]] void wrong(std::string_view right) const {
    fail("{}: {} should be {}", source, name, right);
  }
};

const Json& member(const Json& json, const char* name, const Place& place) {
  if (!json.is_object() || !json.contains(name))
    fail("{}: {}.{} is missing", place.source, place.name, name);
  return json[name];
}

double real(const Json& json, const char* name, const Place& place) {
  const Json& value = member(json, name, place);
  if (value.is_null()) return TransportSnapshot::kUnknown;
  if (!value.is_number()) Place{place.source, place.name + "." + name}.wrong("a number");
  return value.get<double>();
}

std::int64_t integer(const Json& json, const char* name, const Place& place) {
  const Json& value = member(json, name, place);
  if (!value.is_number_integer() || value.get<std::int64_t>() < 0)
    Place{place.source, place.name + "." + name}.wrong("a whole number, not below 0");
  return value.get<std::int64_t>();
}

int small(const Json& json, const char* name, const Place& place) {
  constexpr std::int64_t kMost = 1'000'000'000;
  const std::int64_t value = integer(json, name, place);
  if (value > kMost)
    Place{place.source, place.name + "." + name}.wrong("at most a thousand million");
  return static_cast<int>(value);
}

bool yes(const Json& json, const char* name, const Place& place) {
  const Json& value = member(json, name, place);
  if (!value.is_boolean()) Place{place.source, place.name + "." + name}.wrong("true or false");
  return value.get<bool>();
}

std::string text(const Json& json, const char* name, const Place& place) {
  const Json& value = member(json, name, place);
  if (!value.is_string()) Place{place.source, place.name + "." + name}.wrong("a text");
  return value.get<std::string>();
}

const Json& list(const Json& json, const char* name, const Place& place) {
  const Json& value = member(json, name, place);
  if (!value.is_array()) Place{place.source, place.name + "." + name}.wrong("a list");
  return value;
}

// --- values of scenes ----------------------------------------------------------------------------

Json fields_json(const Scene& scene, std::span<const std::string_view> names) {
  Json json = Json::object();
  for (const auto name : names) json[std::string(name)] = print_field(scene, name);
  return json;
}

/// Those of the names, and no others.
void read_fields(const Json& json, std::span<const std::string_view> names, Scene& scene,
                 const Place& place) {
  // What is not there an earlier program did not know, and had as it is by default.
  for (const auto name : names)
    if (json.contains(std::string(name)))
      set_field(scene, name, text(json, std::string(name).c_str(), place));
}

std::vector<std::string_view> dot_fields() {
  std::vector<std::string_view> names(trail_fields().begin(), trail_fields().end());
  names.push_back("seed");
  return names;
}

std::vector<std::string_view> transport_fields() {
  std::vector<std::string_view> names;
  for (const SceneField& field : scene_fields())
    if (field.name.starts_with("transport.")) names.push_back(field.name);
  return names;
}

// --- the trail -----------------------------------------------------------------------------------

Json dot_json(const TrailDot& dot) {
  const CostNetwork& n = dot.network;
  const QualitySnapshot& q = dot.quality;
  Json json{{"number", dot.number},
            {"setting", fields_json(dot.scene, dot_fields())},
            {"network",
             {{"units", n.units},
              {"visible", n.visible},
              {"couplings", n.couplings},
              {"places", n.places},
              {"reciprocal", n.reciprocal},
              {"chunks", n.chunks},
              {"duration", n.duration}}},
            {"quality",
             {{"dataset", q.dataset},
              {"samples", q.samples},
              {"distance", number_json(q.distance)},
              {"floor", number_json(q.floor)},
              {"relative", number_json(q.relative)},
              {"confidence", number_json(q.confidence)},
              {"as_asked", number_json(q.as_asked)}}},
            {"repeats", Json::array()}};
  for (const auto& r : dot.repeats)
    json["repeats"].push_back({{"seed", r.seed},
                               {"distance", number_json(r.distance)},
                               {"relative", number_json(r.relative)}});
  return json;
}

TrailDot dot_of(const Json& json, const Place& place) {
  TrailDot dot;
  dot.number = integer(json, "number", place);
  read_fields(member(json, "setting", place), dot_fields(), dot.scene,
              {place.source, place.name + ".setting"});
  const Json& network = member(json, "network", place);
  const Place in_network{place.source, place.name + ".network"};
  CostNetwork& n = dot.network;
  n.units = small(network, "units", in_network);
  n.visible = small(network, "visible", in_network);
  n.couplings = integer(network, "couplings", in_network);
  n.places = integer(network, "places", in_network);
  n.reciprocal = yes(network, "reciprocal", in_network);
  n.chunks = small(network, "chunks", in_network);
  n.duration = real(network, "duration", in_network);
  if (n.chunks < 1 || !(n.duration > 0) || n.units < 1)
    in_network.wrong("a network with units, chunks and a duration");
  const Json& quality = member(json, "quality", place);
  const Place in_quality{place.source, place.name + ".quality"};
  QualitySnapshot& q = dot.quality;
  q.state = QualitySnapshot::State::ready;
  q.dataset = text(quality, "dataset", in_quality);
  q.samples = q.wanted = small(quality, "samples", in_quality);
  q.distance = real(quality, "distance", in_quality);
  q.floor = real(quality, "floor", in_quality);
  q.relative = real(quality, "relative", in_quality);
  q.confidence = real(quality, "confidence", in_quality);
  q.as_asked = real(quality, "as_asked", in_quality);
  const Place in_repeats{place.source, place.name + ".repeats"};
  for (const Json& r : list(json, "repeats", place)) {
    const Json& seed = member(r, "seed", in_repeats);
    if (!seed.is_number_unsigned()) in_repeats.wrong("a list with seeds");
    dot.repeats.push_back({seed.get<std::uint64_t>(), real(r, "distance", in_repeats),
                           real(r, "relative", in_repeats)});
  }
  return dot;
}

// --- transport -----------------------------------------------------------------------------------

/// The bits of each number, eight digits of base 16.
std::string values_text(std::span<const float> values) {
  std::string text;
  text.reserve(8 * values.size());
  for (const float value : values)
    text += fmt::format("{:08x}", std::bit_cast<std::uint32_t>(value));
  return text;
}

std::vector<float> values_of(const std::string& text, const Place& place) {
  if (text.size() % 8 != 0 || text.find_first_not_of("0123456789abcdef") != std::string::npos)
    place.wrong("eight digits of base 16 for each value");
  std::vector<float> values;
  for (std::size_t i = 0; i < text.size(); i += 8) {
    const auto bits = static_cast<std::uint32_t>(std::stoul(text.substr(i, 8), nullptr, 16));
    values.push_back(std::bit_cast<float>(bits));
    if (!std::isfinite(values.back())) place.wrong("finite values");
  }
  return values;
}

Json trained_json(const SavedTransport::Trained& trained) {
  const TransportSetup& s = trained.setup;
  return {{"model", s.model},
          {"loss", name_of(s.loss)},
          {"chunks", s.chunks},
          {"hidden", s.hidden},
          {"seed", s.seed},
          {"iterations", s.iterations},
          {"w2_squared", number_json(trained.w2_squared)},
          {"floor", number_json(trained.floor)},
          {"values", values_text(trained.values)}};
}

SavedTransport::Trained trained_of(const Json& json, const Place& place) {
  SavedTransport::Trained trained;
  TransportSetup& s = trained.setup;
  s.model = text(json, "model", place);
  s.loss = named<TransportLoss>(text(json, "loss", place));
  s.chunks = small(json, "chunks", place);
  s.hidden = small(json, "hidden", place);
  s.seed = member(json, "seed", place).is_number_unsigned() ? json["seed"].get<std::uint64_t>() : 1;
  s.iterations = small(json, "iterations", place);
  s = checked(s);
  trained.w2_squared = real(json, "w2_squared", place);
  trained.floor = real(json, "floor", place);
  trained.values = values_of(text(json, "values", place), {place.source, place.name + ".values"});
  transport_model(s, trained.values);  // throws if there are too few or too many
  return trained;
}

Json transport_json(const SavedTransport& saved) {
  Scene scene;
  scene.transport = saved.experiment;
  Json json{{"experiment", fields_json(scene, transport_fields())},
            {"shown", trained_json(saved.shown)},
            {"row", Json::array()},
            {"losses", Json::array()},
            {"curve", Json::array()},
            {"look_floor", number_json(saved.look_floor)}};
  for (const auto& trained : saved.row) json["row"].push_back(trained_json(trained));
  for (const LossPoint& loss : saved.losses)
    json["losses"].push_back({{"iteration", loss.iteration}, {"loss", number_json(loss.distance)}});
  for (const auto& look : saved.curve)
    json["curve"].push_back(
        {{"iteration", look.iteration}, {"w2_squared", number_json(look.w2_squared)}});
  return json;
}

SavedTransport transport_of(const Json& json, const Place& place) {
  SavedTransport saved;
  Scene scene;
  read_fields(member(json, "experiment", place), transport_fields(), scene,
              {place.source, place.name + ".experiment"});
  saved.experiment = scene.transport;
  saved.shown = trained_of(member(json, "shown", place), {place.source, place.name + ".shown"});
  for (const Json& trained : list(json, "row", place))
    saved.row.push_back(trained_of(trained, {place.source, place.name + ".row"}));
  const Place in_losses{place.source, place.name + ".losses"};
  for (const Json& loss : list(json, "losses", place))
    saved.losses.push_back(
        {integer(loss, "iteration", in_losses), real(loss, "loss", in_losses), 0});
  const Place in_curve{place.source, place.name + ".curve"};
  for (const Json& look : list(json, "curve", place))
    saved.curve.push_back({small(look, "iteration", in_curve), real(look, "w2_squared", in_curve)});
  saved.look_floor = real(json, "look_floor", place);
  return saved;
}

}  // namespace

std::string print_remembered(const Remembered& remembered) {
  Json json{{"phaseloom", "session"},
            {"version", kVersion},
            {"scene", Json::parse(print_scene(remembered.scene))},
            {"scene_file", remembered.scene_file},
            {"flow", {{"time", remembered.flow_time}, {"playing", remembered.flow_playing}}},
            {"trail", Json::array()}};
  for (const TrailDot& dot : remembered.trail.dots()) json["trail"].push_back(dot_json(dot));
  if (remembered.transport) json["transport"] = transport_json(*remembered.transport);
  return print_json(json);
}

Remembered parse_remembered(std::string_view json_text, std::string_view source) {
  const Json json = parse_json_object(json_text, source, kMaxRemembered);
  if (json.value("phaseloom", Json()) != "session" || json.value("version", Json()) != kVersion)
    fail("{}: not a remembered session of version {}", source, kVersion);
  const Place top{source, "session"};
  Remembered remembered;
  remembered.scene = parse_scene(member(json, "scene", top).dump(), source);
  remembered.scene_file = text(json, "scene_file", top);
  const Json& flow = member(json, "flow", top);
  remembered.flow_time = real(flow, "time", {source, "flow"});
  if (!(remembered.flow_time >= 0 && remembered.flow_time <= 1))
    Place{source, "flow.time"}.wrong("from 0 to 1");
  remembered.flow_playing = yes(flow, "playing", {source, "flow"});
  for (const Json& dot : list(json, "trail", top))
    remembered.trail.restore(dot_of(dot, {source, "trail"}));
  if (json.contains("transport"))
    remembered.transport = transport_of(json["transport"], {source, "transport"});
  return remembered;
}

std::filesystem::path remembered_file() {
  const std::filesystem::path folder = user_state_folder();
  return folder.empty() ? folder : folder / "session.json";
}

std::optional<Remembered> load_remembered(const std::filesystem::path& file, std::string& problem) {
  problem.clear();
  std::error_code ignored;
  if (file.empty() || !std::filesystem::exists(file, ignored)) return std::nullopt;
  try {
    const auto bytes = read_file(file, kMaxRemembered);
    return parse_remembered({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                            printable(file.string()));
  } catch (const Error& error) {
    problem = fmt::format("What was there last time is not restored: {}", error.what());
    return std::nullopt;
  }
}

void save_remembered(const std::filesystem::path& file, const Remembered& remembered) {
  if (file.empty()) return;
  std::error_code ignored;  // writing says what is wrong
  std::filesystem::create_directories(file.parent_path(), ignored);
  write_file_atomically(file, print_remembered(remembered));
}

}  // namespace phaseloom
