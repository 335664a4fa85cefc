// SPDX-License-Identifier: MIT
#pragma once
// Graphs out of the files of other programs.

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/playground/network.hpp"

namespace phaseloom {

/// A list of edges, a line each: two names of nodes and perhaps a weight, between commas,
/// semicolons, tabs or blanks, below a header or not. Nodes are in the order in which they come, on
/// a circle. Throws Error led by `source`, with the line: what it cannot read, edges of a node with
/// itself, a pair with two different weights, more than the playground takes.
PlaygroundNetwork parse_edge_list(std::string_view text, std::string_view source);

/// GraphML (G. Di Battista, M. Patrignani et al., http://graphml.graphdrawing.org): nodes and edges
/// of the first graph, nested ones left out; of their data "weight" of edges, "x" and "y" of nodes,
/// stretched to fit, and "detuning". Directed edges count both ways.
PlaygroundNetwork parse_graphml(std::string_view text, std::string_view source);

/// Either, told by what is in the file.
PlaygroundNetwork load_graph(const std::filesystem::path& path);

/// As an edge list, "source,target,weight", which parse_edge_list() takes back but for places,
/// detunings and units without partners.
std::string print_edge_list(const PlaygroundNetwork& network);

}  // namespace phaseloom
