// SPDX-License-Identifier: MIT
// `phaseloom info`: what is in a model file.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/hardware/cost.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

struct Statistics {
  double rms = 0;
  double largest = 0;  ///< magnitude
};

Statistics statistics(std::span<const float> values) {
  Statistics result;
  for (const double v : values) {
    result.rms += v * v;
    result.largest = std::max(result.largest, std::abs(v));
  }
  if (!values.empty()) result.rms = std::sqrt(result.rms / double(values.size()));
  return result;
}

struct NamedValues {
  std::string_view name;
  std::span<const float> values;
};

/// The weights and each unit parameter of one chunk.
std::vector<NamedValues> parameters_of(const Program& program, int chunk) {
  std::vector<NamedValues> all{{"weights", program.weights(chunk)}};
  for (int p = 0; p < program.unit_parameters(); ++p)
    all.push_back({info(program.substrate).parameters[p].name, program.unit_values(chunk, p)});
  return all;
}

std::string_view shape_name(const InitialNoise& noise) {
  return noise.shape == InitialNoise::Shape::uniform ? "uniform" : "gaussian";
}

Json to_json(const Model& model, const std::filesystem::path& path) {
  const Program& program = model.program;
  const Topology& topology = *program.topology;
  const Grid& grid = topology.grid();
  const PictureShape picture = program.picture();
  Json chunks = Json::array();
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    Json entry{{"duration", program.durations[chunk]}};
    for (const auto& [name, values] : parameters_of(program, chunk)) {
      const Statistics s = statistics(values);
      entry[std::string(name)] = {{"rms", s.rms}, {"max_abs", s.largest}};
    }
    chunks.push_back(std::move(entry));
  }
  return {
      {"name", model.name},
      {"path", path.string()},
      {"file_bytes", std::filesystem::file_size(path)},
      {"substrate", info(program.substrate).name},
      {"equation", info(program.substrate).equation},
      {"units", topology.units()},
      {"visible", topology.visible()},
      {"labels", topology.labels()},
      {"grid", {{"width", grid.width}, {"height", grid.height}, {"layers", grid.layers}}},
      {"topology", topology.description()},
      {"couplings", topology.couplings()},
      {"density", topology.density()},
      {"tied", program.tied},
      {"duration", program.duration()},
      {"chunks", std::move(chunks)},
      {"integrator", tableau(program.integrator).name},
      {"steps_per_chunk", program.steps_per_chunk},
      {"initial", {{"shape", shape_name(program.initial)}, {"width", program.initial.width}}},
      {"temperature", program.temperature},
      {"picture",
       {{"width", picture.width}, {"height", picture.height}, {"channels", picture.channels}}},
      {"readout", name_of(program.readout)},
      {"training", Json::parse(model.training)},
  };
}

void line(std::string_view name, std::string_view value) {
  print_out("{:<13} {}\n", name, legible(value));
}

std::string chunks_text(const Program& program) {
  const auto [shortest, longest] = std::ranges::minmax(program.durations);
  const std::string each = shortest == longest ? fmt::format("{:.4g}", shortest)
                                               : fmt::format("{:.4g} to {:.4g}", shortest, longest);
  return fmt::format("{} of {}, {:.4g} time units in all", program.chunks(), each,
                     program.duration());
}

std::string initial_text(const InitialNoise& noise) {
  return noise.shape == InitialNoise::Shape::uniform
             ? fmt::format("uniform in -{0:.4g}..{0:.4g}", noise.width)
             : fmt::format("Gaussian of standard deviation {:.4g}", noise.width);
}

std::string readout_text(Readout readout) {
  switch (readout) {
    case Readout::sine:
      return "(1 + sin x) / 2";
    case Readout::cosine:
      return "(1 + cos x) / 2";
    case Readout::tanh:
      break;
  }
  return "(1 + tanh x) / 2";
}

void print_parameters(const Program& program) {
  print_out("\nroot mean square and largest magnitude\n{:<9}", "chunk");
  for (const auto& [name, values] : parameters_of(program, 0)) print_out(" {:<19}", name);
  print_out("\n");
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    print_out("{:<9}", chunk + 1);
    for (const auto& [name, values] : parameters_of(program, chunk)) {
      const Statistics s = statistics(values);
      print_out(" {:<9.3g} {:<9.3g}", s.rms, s.largest);
    }
    print_out("\n");
  }
}

/// Text out of a file on one line of the terminal: no control characters, and not endless.
std::string one_line(std::string text) {
  std::size_t limit = 100;
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  if (text.size() <= limit) return text;
  while ((static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;  // whole characters
  return text.substr(0, limit) + "...";
}

/// The facts of a training, and behind them those of the one that it went on from.
void print_facts(const Json& training, int indent) {
  constexpr int kDeepest = 20;
  for (const auto& [key, value] : training.items()) {
    const bool parent =
        (key == "from" || key == "training") && value.is_object() && indent < kDeepest;
    print_out(
        "{:{}}{:<18} {}\n", "", indent, one_line(key),
        parent ? "" : one_line(value.is_string() ? value.get<std::string>() : dump_json(value)));
    if (parent) print_facts(value, indent + 2);
  }
}

void print_text(const Model& model, const std::filesystem::path& path) {
  const Program& program = model.program;
  const Topology& topology = *program.topology;
  const Grid& grid = topology.grid();
  line("model", fmt::format("{} ({}, {:.2f} MB)", model.name, path.string(),
                            double(std::filesystem::file_size(path)) * 1e-6));
  line("substrate", info(program.substrate).name);
  line("equation", info(program.substrate).equation);
  line("units",
       fmt::format("{}: {} x {} in {} layer{}{}, {} visible", topology.units(), grid.width,
                   grid.height, grid.layers, grid.layers == 1 ? "" : "s",
                   topology.labels() > 0 ? " and one for each label" : "", topology.visible()));
  if (topology.labels() > 0)
    line("labels", fmt::format("{}: ask for a class with --label 0..{}", topology.labels(),
                               topology.labels() - 1));
  line("topology", topology.description());
  const CostNetwork wires = cost_network(program);
  line("couplings",
       fmt::format("{}, {:.3g} % of N^2, {}{}", topology.couplings(), 100 * topology.density(),
                   program.tied ? "tied" : "directed",
                   wires.couplings < wires.places
                       ? fmt::format("; {} of {} are not 0", wires.couplings, wires.places)
                       : ""));
  if (model.held)
    line("weights", fmt::format("held as levels of {} bits, {}", model.held->bits,
                                model.held->steps.size() > std::size_t(program.chunks())
                                    ? "with a step for each unit and chunk"
                                    : "with a step for each chunk"));
  line("chunks", chunks_text(program));
  line("best run by", fmt::format("{}, {} per chunk", tableau(program.integrator).name,
                                  counted(program.steps_per_chunk, "step")));
  if (program.temperature > 0) line("temperature", fmt::format("{:g}", program.temperature));
  if (program.shape) line("picture", words(*program.shape));
  line("starts from", initial_text(program.initial));
  line("read-out", readout_text(program.readout));
  print_parameters(program);

  const Json training = Json::parse(model.training);
  if (!training.empty()) print_out("\ntraining\n");
  print_facts(training, 2);
}

}  // namespace

void add_info(CLI::App& app) {
  struct Options {
    std::string model;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("info", "Describe a model file");
  add_model_option(*command, options->model);
  add_json_flag(*command, options->json);
  command->callback([options] {
    const auto path = model_file(options->model);
    const Model model = load_model(path);
    if (options->json)
      print_out("{}\n", dump_json(to_json(model, path), 2));
    else
      print_text(model, path);
  });
}

}  // namespace phaseloom
