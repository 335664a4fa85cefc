// SPDX-License-Identifier: MIT
#include "engine/playground/graph_file.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <utility>

#include "engine/data/csv.hpp"
#include "engine/data/csv_dialect.hpp"
#include "engine/playground/layouts.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kMaxFile = 16'000'000;

/// Collects nodes by name and the pairs between them.
class GraphBuilder {
 public:
  explicit GraphBuilder(std::string_view source) : source_(source) {}

  int node(const std::string& name) {
    const auto [place, fresh] = places_.try_emplace(name, network_.count());
    if (!fresh) return place->second;
    if (network_.count() >= kMaxPlaygroundUnits)
      fail("{}: there are more than {} nodes; the playground takes no more", source_,
           kMaxPlaygroundUnits);
    network_.units.push_back({.id = network_.count()});
    return network_.count() - 1;
  }
  std::optional<int> known(const std::string& name) const {
    const auto place = places_.find(name);
    if (place == places_.end()) return {};
    return place->second;
  }
  PlaygroundUnit& unit(int place) { return network_.units[static_cast<std::size_t>(place)]; }

  /// `where` begins a message: "g.csv: line 3".
  void edge(int a, int b, double weight, const std::string& where) {
    if (a == b) fail("{}: a node is coupled to itself; name two different ones", where);
    if (!(std::abs(weight) <= kMaxPlaygroundWeight))
      fail("{}: the weight {} is none; use -{} to {}", where, weight, kMaxPlaygroundWeight,
           kMaxPlaygroundWeight);
    const auto [place, fresh] =
        pairs_.try_emplace({std::min(a, b), std::max(a, b)}, static_cast<float>(weight));
    if (!fresh && place->second != static_cast<float>(weight))
      fail("{}: this pair had the weight {} before; couplings work both ways and have one", where,
           place->second);
    if (pairs_.size() > kMaxOwnCouplings)
      fail("{}: there are more than {} edges; the playground takes no more", source_,
           kMaxOwnCouplings);
  }

  PlaygroundNetwork take(bool placed) {
    if (network_.units.empty()) fail("{}: there is no node in it", source_);
    placed ? fit() : place_in_circle(network_.units);
    for (const auto& [pair, weight] : pairs_)
      if (weight != 0) network_.couplings.push_back({pair.first, pair.second, weight});
    return std::move(network_);
  }

 private:
  /// The drawing's own places, as large as the canvas and in their proportions.
  void fit() {
    const auto& units = network_.units;
    const auto [left, right] = std::ranges::minmax(units, {}, &PlaygroundUnit::x);
    const auto [top, bottom] = std::ranges::minmax(units, {}, &PlaygroundUnit::y);
    const double across = double(right.x) - left.x, down = double(bottom.y) - top.y;
    const double size = std::max({across, down, 1e-9});
    const double x = left.x, y = top.y;
    for (auto& u : network_.units) {
      u.x = canvas_place(0.5 + 0.86 * (u.x - x - across / 2) / size);
      u.y = canvas_place(0.5 + 0.86 * (u.y - y - down / 2) / size);
    }
  }

  std::string_view source_;
  PlaygroundNetwork network_;
  std::map<std::string, int> places_;
  std::map<std::pair<int, int>, float> pairs_;
};

bool is_header(const std::vector<std::string>& fields) {
  constexpr std::string_view kWords[] = {"source", "target", "from",  "to",
                                         "node1",  "node2",  "weight"};
  const auto named = [&](std::string field) {
    std::ranges::transform(field, field.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::ranges::find(kWords, field) != std::end(kWords);
  };
  return std::ranges::any_of(fields, named) ||
         (fields.size() == 3 && !table_number(fields[2]) && is_column_name(fields[2]));
}

/// Which keys of a GraphML file mean what we know, by their names.
struct Keys {
  std::string weight, x, y, detuning;
};

Keys keys_of(const pugi::xml_node& root) {
  Keys keys;
  for (const pugi::xml_node& key : root.children("key")) {
    const std::string_view name = key.attribute("attr.name").value();
    const std::string id = key.attribute("id").value();
    if (name == "weight") keys.weight = id;
    if (name == "x") keys.x = id;
    if (name == "y") keys.y = id;
    if (name == "detuning") keys.detuning = id;
  }
  return keys;
}

/// The number that a node or edge has under that key; nothing: it has none.
std::optional<double> datum(const pugi::xml_node& of, const std::string& key,
                            const std::string& where) {
  if (key.empty()) return {};
  for (const pugi::xml_node& data : of.children("data")) {
    if (key != data.attribute("key").value()) continue;
    const std::string_view text = data.child_value();
    const auto number = table_number(text);
    if (!number) fail("{}: {} is not a number", where, printable(text));
    return number;
  }
  return {};
}

}  // namespace

PlaygroundNetwork parse_edge_list(std::string_view text, std::string_view source) {
  GraphBuilder graph(source);
  std::optional<CsvDialect> dialect;
  for_each_csv_line(text, [&](int number, std::string_view line) {
    bool first = false;
    if (!dialect) {
      dialect.emplace(line);
      first = true;
    }
    const auto fields = dialect->fields(line);
    if (first && is_header(fields)) return;
    const std::string where = fmt::format("{}: line {}", source, number);
    if (fields.size() < 2 || fields.size() > 3 || fields[0].empty() || fields[1].empty())
      fail("{} is no edge; write source,target or source,target,weight", where);
    std::optional<double> weight = 1;
    if (fields.size() == 3) weight = table_number(fields[2]);
    if (!weight) fail("{}: the weight {} is not a number", where, printable(fields[2]));
    const int a = graph.node(fields[0]);
    graph.edge(a, graph.node(fields[1]), *weight, where);
  });
  return graph.take(false);
}

PlaygroundNetwork parse_graphml(std::string_view text, std::string_view source) {
  pugi::xml_document document;
  const auto result = document.load_buffer(text.data(), text.size());
  if (!result) fail("{}: at byte {} it is no XML: {}", source, result.offset, result.description());
  const pugi::xml_node root = document.child("graphml");
  const pugi::xml_node graph = root.child("graph");
  if (!graph) fail("{}: it is XML, but has no <graphml> with a <graph>", source);
  const Keys keys = keys_of(root);
  GraphBuilder builder(source);
  bool placed = !keys.x.empty() && !keys.y.empty();
  for (const pugi::xml_node& node : graph.children("node")) {
    const std::string id = node.attribute("id").value();
    const std::string where = fmt::format("{}: node {}", source, printable(id));
    if (id.empty()) fail("{}: a node has no id", source);
    if (builder.known(id)) fail("{} is there twice", where);
    PlaygroundUnit& unit = builder.unit(builder.node(id));
    const auto x = datum(node, keys.x, where), y = datum(node, keys.y, where);
    placed = placed && x && y;
    constexpr double kFarthest = 1e30;  // of a place that a float holds
    if (std::abs(x.value_or(0)) > kFarthest || std::abs(y.value_or(0)) > kFarthest)
      fail("{}: its place is beyond {}", where, kFarthest);
    unit.x = static_cast<float>(x.value_or(0));
    unit.y = static_cast<float>(y.value_or(0));
    const double detuning = datum(node, keys.detuning, where).value_or(0);
    if (!(std::abs(detuning) <= kMaxPlaygroundWeight))
      fail("{}: the detuning {} is none; use -{} to {}", where, detuning, kMaxPlaygroundWeight,
           kMaxPlaygroundWeight);
    unit.detuning = static_cast<float>(detuning);
  }
  int number = 0;
  for (const pugi::xml_node& edge : graph.children("edge")) {
    const std::string where = fmt::format("{}: edge {}", source, ++number);
    const auto end = [&](const char* which) {
      const std::string id = edge.attribute(which).value();
      const auto place = builder.known(id);
      if (!place) fail("{}: its {} {} is no node", where, which, printable(id));
      return *place;
    };
    const int a = end("source");
    builder.edge(a, end("target"), datum(edge, keys.weight, where).value_or(1), where);
  }
  return builder.take(placed);
}

PlaygroundNetwork load_graph(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kMaxFile);
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string source = legible(path.string());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool xml = first != std::string_view::npos && text[first] == '<';
  return xml ? parse_graphml(text, source) : parse_edge_list(text, source);
}

std::string print_edge_list(const PlaygroundNetwork& network) {
  std::string text = "source,target,weight\n";
  for (const auto& c : network.couplings) text += fmt::format("{},{},{}\n", c.a, c.b, c.weight);
  return text;
}

}  // namespace phaseloom
