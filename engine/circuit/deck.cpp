// SPDX-License-Identifier: MIT
#include "engine/circuit/deck.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cctype>
#include <cmath>
#include <map>
#include <vector>

#include "engine/circuit/polynomial.hpp"
#include "engine/network/formula.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kLineLength = 100;
/// Of the polynomials along which the border goes in a chunk: off by about 1e-6 where rates are of
/// order 10 (*).
constexpr int kDegree = 12;
/// Of a step: how long the staircase takes from one height to the next.
constexpr double kRise = 1e-4;

/// A statement that goes on over lines which begin with a plus.
class Statement {
 public:
  Statement(std::string& out, std::string_view begin) : out_(out), length_(begin.size()) {
    out_ += begin;
  }
  ~Statement() { out_ += '\n'; }
  void add(std::string_view part) {
    if (length_ + part.size() > kLineLength) {
      out_ += "\n+ ";
      length_ = 2;
    }
    out_ += part;
    length_ += part.size();
  }

 private:
  std::string& out_;
  std::size_t length_;
};

/// As a factor or a term: what is negative is in brackets.
std::string number(double value) {
  return value < 0 ? fmt::format("({:.9g})", value) : fmt::format("{:.9g}", value);
}

std::string voltage(int unit) { return fmt::format("V({})", node_name(unit)); }

/// The formula with every name that `meaning` knows replaced by what it says.
template <class Meaning>
std::string filled(std::string_view formula, const Meaning& meaning) {
  std::string text;
  for (std::size_t i = 0; i < formula.size();) {
    if (std::isalpha(static_cast<unsigned char>(formula[i])) == 0) {
      text += formula[i++];
      continue;
    }
    std::size_t end = i;
    while (end < formula.size() && std::isalnum(static_cast<unsigned char>(formula[end])) != 0)
      ++end;
    const std::string_view name = formula.substr(i, end - i);
    const std::string known = meaning(name);
    text += known.empty() ? name : std::string_view(known);
    i = end;
  }
  return text;
}

class Deck {
 public:
  Deck(const Circuit& circuit, int chunk, const RecordedRun& recording, const DeckOptions& options)
      : circuit_(circuit),
        program_(circuit.program),
        topology_(*circuit.program.topology),
        formula_(formula_of(circuit.program.substrate)),
        chunk_(chunk),
        recording_(recording),
        options_(options),
        step_(program_.durations[static_cast<std::size_t>(chunk)] / recording.steps_per_chunk) {}

  std::string write(std::span<const double> initial) {
    head();
    for (std::size_t i = 0; i < circuit_.units.size(); ++i) unit(circuit_.units[i], initial[i]);
    for (const int source : circuit_.border) {
      driven(source);
      shows(source);
    }
    if (!circuit_.border.empty())
      line(fmt::format("Bu u 0 V={:.9g}*time-1",
                       2 / program_.durations[static_cast<std::size_t>(chunk_)]));
    tail();
    return std::move(out_);
  }

 private:
  void line(std::string_view text) { (out_ += text) += '\n'; }

  void head() {
    line(fmt::format("* {}: chunk {} of {}", options_.what, chunk_ + 1, program_.chunks()));
    line(fmt::format("* by hand: ngspice -b -r {}.raw {}.cir", options_.file, options_.file));
    line(fmt::format("* 1 V is {}, 1 s is one unit of time",
                     info(program_.substrate).is_phase ? "a phase of 1 rad" : "a state of 1"));
    line("* node nI is unit I: 1 F, charged by one current source, so that 1 A is a rate of 1");
    line(fmt::format("* dx/dt = {} + sum of {}", formula_.alone, formula_.coupled));
    std::string sums;
    for (std::size_t k = 0; k < formula_.sums.size(); ++k)
      sums += fmt::format("{}{} * sum of W*{}", k == 0 ? "" : " + ", formula_.sums[k].factor,
                          is_state(k) ? "y" : fmt::format("y{}", k + 1));
    line("* that sum is " + sums);
    for (std::size_t k = 0; k < formula_.sums.size(); ++k)
      if (!is_state(k))
        line(fmt::format("* node y{}_J is {} of unit J", k + 1, formula_.sums[k].sent));
    if (!circuit_.border.empty())
      line("* behind them the units around this piece, which go as they did in the whole network");
    line(fmt::format(".options reltol={:g} trtol=1 abstol=1e-6 vntol=1e-6 klu", options_.reltol));
  }

  void unit(int target, double initial) {
    const std::string node = node_name(target);
    line(fmt::format("C{} {} 0 1 IC={:.9g}", target, node, initial));
    shows(target);
    {
      Statement source(out_, fmt::format("B{} 0 {} I=", target, node));
      source.add(alone(target));
      for (std::size_t k = 0; k < formula_.sums.size(); ++k) coupled(source, target, k);
    }
    if (recording_.noise > 0) shaken(target);
  }

  /// A node of 1 ohm for each thing that a unit shows the others; its own state has a node already.
  void shows(int unit) {
    for (std::size_t k = 0; k < formula_.sums.size(); ++k) {
      if (is_state(k)) continue;
      const std::string node = shown_name(unit, k);
      line(fmt::format("R{0} {0} 0 1", node));
      line(fmt::format("B{0} 0 {0} I={1}", node,
                       filled(formula_.sums[k].sent, [&](std::string_view name) {
                         return name == "y" ? voltage(unit) : std::string();
                       })));
    }
  }

  bool is_state(std::size_t k) const { return formula_.sums[k].sent == "y"; }
  static std::string shown_name(int unit, std::size_t k) {
    return fmt::format("y{}_{}", k + 1, unit);
  }
  std::string shown(int unit, std::size_t k) const {
    return is_state(k) ? voltage(unit) : fmt::format("V({})", shown_name(unit, k));
  }

  std::string alone(int target) const {
    const auto parameters = info(program_.substrate).parameters;
    return filled(formula_.alone, [&](std::string_view name) {
      if (name == "x") return voltage(target);
      for (std::size_t p = 0; p < parameters.size(); ++p)
        if (parameters[p].name == name)
          return number(
              program_.unit_values(chunk_, static_cast<int>(p))[static_cast<std::size_t>(target)]);
      return std::string();
    });
  }

  /// The k-th sum of all couplings. Those of one magnitude share a factor, as weights of few bits
  /// have few of them: a simulator takes time for every operation of a formula.
  void coupled(Statement& source, int target, std::size_t k) const {
    const auto weights = program_.weights(chunk_);
    const auto begin = topology_.row_begin()[static_cast<std::size_t>(target)];
    const auto sources = topology_.sources_of(target);
    std::map<float, std::vector<std::string>> terms;
    double constant = 0;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const float weight = weights[static_cast<std::size_t>(begin) + i];
      if (weight == 0) continue;
      if (sources[i] >= topology_.first_label())
        constant += weight * formula_.sums[k].shown(
                                 recording_.at_chunk(chunk_)[static_cast<std::size_t>(sources[i])]);
      else
        terms[std::abs(weight)].push_back((weight < 0 ? "-" : "+") + shown(sources[i], k));
    }
    if (terms.empty() && constant == 0) return;
    source.add("+" + factor(target, k) + "(");
    std::string_view plus;
    if (constant != 0) source.add(number(constant)), plus = "+";
    for (auto& [magnitude, group] : terms) {
      const bool negative = group.front().front() == '-';
      if (group.size() == 1) {
        source.add(
            fmt::format("{}{:.9g}*{}", negative ? "-" : plus, magnitude, group.front().substr(1)));
      } else {
        source.add(fmt::format("{}{:.9g}*(", plus, magnitude));
        if (!negative) group.front().erase(0, 1);
        for (const std::string& term : group) source.add(term);
        source.add(")");
      }
      plus = "+";
    }
    source.add(")");
  }

  /// What the k-th sum is multiplied by, with the sign of multiplication.
  std::string factor(int target, std::size_t k) const {
    if (formula_.sums[k].factor == "1") return "";
    return filled(formula_.sums[k].factor,
                  [&](std::string_view name) {
                    if (name == "x") return voltage(target);
                    for (const FormulaNumber& known : formula_.numbers)
                      if (known.name == name) return number(known.value);
                    return std::string();
                  }) +
           "*";
  }

  void shaken(int target) {
    const std::string begin = fmt::format("I{} 0 {} ", target, node_name(target));
    if (options_.noise == CircuitNoise::own) {
      // Its values are held for NT each, with a standard deviation of NA: white, of strength
      // NA^2 NT.
      line(fmt::format("{}TRNOISE({:.9g} {:.9g} 0 0)", begin, recording_.noise / std::sqrt(step_),
                       step_));
      return;
    }
    Statement staircase(out_, begin + "PWL(");
    const int first = chunk_ * recording_.steps_per_chunk;
    for (int s = 0; s < recording_.steps_per_chunk; ++s) {
      const float rate = recording_.shake(first + s, target);
      staircase.add(fmt::format("{:.9g} {:.9g} {:.9g} {:.9g} ", s == 0 ? 0 : (s + kRise) * step_,
                                rate, (s + 1) * step_, rate));
    }
    staircase.add(")");
  }

  void driven(int source) {
    if (recording_.noise > 0)
      along_points(source);
    else
      along_polynomial(source);
  }

  /// Without noise a path is smooth. A polynomial through it has no corners, and each corner would
  /// make the simulator begin anew with short steps.
  void along_polynomial(int source) {
    Statement path(out_, fmt::format("B{} {} 0 V=", source, node_name(source)));
    const int first = chunk_ * recording_.steps_per_chunk;
    std::vector<double> values;
    for (int s = 0; s <= recording_.steps_per_chunk; ++s)
      values.push_back(recording_.state(first + s)[static_cast<std::size_t>(source)]);
    const std::vector<double> c = fitted_polynomial(values, kDegree);
    for (std::size_t k = 0; k + 1 < c.size(); ++k) path.add(number(c[k]) + "+V(u)*(");
    path.add(number(c.back()) + std::string(c.size() - 1, ')'));
  }

  void along_points(int source) {
    Statement path(out_, fmt::format("V{} {} 0 PWL(", source, node_name(source)));
    const int first = chunk_ * recording_.steps_per_chunk;
    for (int s = 0; s <= recording_.steps_per_chunk; ++s)
      path.add(fmt::format("{:.9g} {:.9g} ", s * step_,
                           recording_.state(first + s)[static_cast<std::size_t>(source)]));
    path.add(")");
  }

  void tail() {
    {
      Statement save(out_, ".save");
      for (const int unit : circuit_.units) save.add(" v(" + node_name(unit) + ")");
    }
    const double duration = program_.durations[static_cast<std::size_t>(chunk_)];
    // No step is too long but for the tolerance: otherwise that would say little of convergence.
    line(fmt::format(".tran {:.9g} {:.9g} 0 {:.9g} uic", step_, duration, duration));
    line(".end");
  }

  const Circuit& circuit_;
  const Program& program_;
  const Topology& topology_;
  const Formula& formula_;
  int chunk_;
  const RecordedRun& recording_;
  const DeckOptions& options_;
  double step_;
  std::string out_;
};

}  // namespace

std::string chunk_deck(const Circuit& circuit, int chunk, std::span<const double> initial,
                       const RecordedRun& recording, const DeckOptions& options) {
  assert(initial.size() == circuit.units.size());
  return Deck(circuit, chunk, recording, options).write(initial);
}

std::string node_name(int unit) { return fmt::format("n{}", unit); }

}  // namespace phaseloom
