// SPDX-License-Identifier: MIT
#include "engine/playground/network.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/playground/graph_file.hpp"
#include "engine/playground/setup.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using testing::HasSubstr;

template <class F>
std::string problem(const F& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

PlaygroundNetwork triangle() {
  PlaygroundNetwork network;
  network = with_unit(network, 0.1F, 0.2F);
  network = with_unit(network, 0.9F, 0.2F, 0.5F);
  network = with_unit(network, 0.5F, 0.9F);
  network = with_coupling(network, 0, 1, 1);
  network = with_coupling(network, 2, 1, -0.5F);
  return with_coupling(network, 0, 2, 2);
}

TEST(PlaygroundNetwork, ChangesByHandDoWhatTheySay) {
  PlaygroundNetwork network = triangle();
  EXPECT_EQ(network.find(1, 2)->weight, -0.5F);
  EXPECT_EQ(network.find(2, 1), network.find(1, 2));
  network = with_coupling(network, 1, 2, 3);
  EXPECT_EQ(network.couplings.size(), 3U);
  EXPECT_EQ(network.find(1, 2)->weight, 3);
  const PlaygroundNetwork less = without_unit(network, 0);
  ASSERT_EQ(less.count(), 2);
  ASSERT_EQ(less.couplings.size(), 1U);
  EXPECT_EQ(less.find(0, 1)->weight, 3);  // the numbers have moved up
  EXPECT_EQ(less.units[0].id, 1) << "units stay who they are";
  EXPECT_EQ(with_coupling(network, 0, 1, 0).find(0, 1), nullptr);
  EXPECT_EQ(with_unit_at(network, 2, 0.25F, 0.75F).units[2].x, 0.25F);
}

TEST(PlaygroundNetwork, WhatCannotBeIsSaid) {
  const PlaygroundNetwork network = triangle();
  EXPECT_THAT(problem([&] { without_unit(network, 3); }), HasSubstr("the last one is 2"));
  EXPECT_THAT(problem([&] { with_coupling(network, 1, 1, 1); }), HasSubstr("to itself"));
  EXPECT_THAT(problem([&] { with_unit(network, 1.5F, 0); }), HasSubstr("not on the canvas"));
  EXPECT_THAT(problem([&] { with_coupling(network, 0, 1, 1e9F); }), HasSubstr("no weight"));
  PlaygroundNetwork many;
  for (int i = 0; i < kMaxPlaygroundUnits; ++i) many = with_unit(many, 0, 0);
  EXPECT_THAT(problem([&] { with_unit(many, 0, 0); }), HasSubstr("as many as"));
}

TEST(PlaygroundNetwork, TextComesBackAsItWas) {
  for (const PlaygroundNetwork& network : {triangle(), without_unit(triangle(), 1)}) {
    const std::string text = print_network(network);
    EXPECT_EQ(parse_network(text, "n"), network) << text;
  }
  EXPECT_EQ(print_network(triangle()), "100,200 900,200,0.5 500,900 0:1,2*2 1:2*-0.5");
  for (const Layout layout : {Layout::ring, Layout::grid, Layout::random, Layout::memory}) {
    PlaygroundSetup setup;
    setup.layout = layout;
    setup.units = 40;
    const PlaygroundNetwork network = network_of(setup);
    EXPECT_EQ(parse_network(print_network(network), "n"), network);
  }
}

TEST(PlaygroundNetwork, BadTextNamesWordAndReason) {
  const auto said = [](const char* text) {
    return problem([&] { (void)parse_network(text, "playground.network"); });
  };
  EXPECT_THAT(said(""), HasSubstr("there is no unit"));
  EXPECT_THAT(said("5,x"), HasSubstr("'x' in '5,x'"));
  EXPECT_THAT(said("5,2000"), HasSubstr("from 0 to 1000"));
  EXPECT_THAT(said("5,5  6,6"), HasSubstr("two blanks"));
  EXPECT_THAT(said("5,5 6,6 0:2"), HasSubstr("from 0 to 1"));
  EXPECT_THAT(said("5,5 6,6 1:0"), HasSubstr("from the lower number"));
  EXPECT_THAT(said("5,5 6,6 0:1,1"), HasSubstr("coupled twice"));
  EXPECT_THAT(said("5,5 0:0 6,6"), HasSubstr("from the lower number"));
  EXPECT_THAT(said("5,5 6,6 0:1*nan"), HasSubstr("nan"));
  EXPECT_THAT(said("5,5,1e9"), HasSubstr("1e9"));
  for (const char* text : {"", "5,x", "5,5 6,6 0:2"})
    EXPECT_THAT(said(text), testing::StartsWith("playground.network: "));
}

TEST(Layouts, HaveTheCouplingsOfTheirGraphs) {
  PlaygroundSetup s;
  s.units = 10;
  s.layout = Layout::ring;
  s.degree = 2;
  EXPECT_EQ(network_of(s).couplings.size(), 10U);
  s.degree = 4;
  EXPECT_EQ(network_of(s).couplings.size(), 20U);
  s.layout = Layout::complete;
  EXPECT_EQ(network_of(s).couplings.size(), 45U);
  EXPECT_FLOAT_EQ(network_of(s).couplings[0].weight, 0.1F);
  s.layout = Layout::apart;
  EXPECT_TRUE(network_of(s).couplings.empty());
  s.layout = Layout::grid;
  s.units = 12;  // 4 columns, 3 rows
  EXPECT_EQ(network_of(s).couplings.size(), 3U * 3 + 4 * 2);
  s.layout = Layout::ring;
  for (int n : {1, 2, 3, 4}) {
    s.units = n;
    EXPECT_EQ(network_of(s).couplings.size(), std::size_t(n * (n - 1) / 2)) << n;
  }
  s.layout = Layout::random;
  s.units = 200;
  s.degree = 6;
  // 600 pairs are expected of 19,900: five standard deviations are 120.
  EXPECT_NEAR(double(network_of(s).couplings.size()), 600, 120);
  EXPECT_EQ(network_of(s), network_of(s));
  PlaygroundSetup other = s;
  other.seed = 2;
  EXPECT_FALSE(network_of(s) == network_of(other));
}

TEST(Layouts, PlacesAreOnTheCanvasAndApart) {
  for (const Layout layout : {Layout::ring, Layout::grid})
    for (const int n : {1, 2, 7, 50, 400}) {
      PlaygroundSetup s;
      s.layout = layout;
      s.units = n;
      const PlaygroundNetwork network = network_of(s);
      for (std::size_t i = 0; i < network.units.size(); ++i) {
        EXPECT_TRUE(network.units[i].x >= 0 && network.units[i].x <= 1);
        EXPECT_TRUE(network.units[i].y >= 0 && network.units[i].y <= 1);
        for (std::size_t j = 0; j < i; ++j)
          EXPECT_FALSE(network.units[i].x == network.units[j].x &&
                       network.units[i].y == network.units[j].y)
              << n;
      }
    }
}

TEST(GraphFile, ReadsEdgeListsAsOthersWriteThem) {
  const PlaygroundNetwork plain = parse_edge_list("a,b\nb,c,2\nc,a\n", "g.csv");
  EXPECT_EQ(plain.count(), 3);
  EXPECT_EQ(plain.find(1, 2)->weight, 2);
  // NetworkX, igraph and spreadsheets.
  EXPECT_EQ(parse_edge_list("0 1\n1 2\n2 0\n", "g").couplings.size(), 3U);
  EXPECT_EQ(parse_edge_list("source;target;weight\r\n1;2;0,5\r\n", "g").couplings[0].weight, 0.5F);
  EXPECT_EQ(
      parse_edge_list("\"from\",\"to\"\n\"x y\",\"z\"\n\"z\",\"x y\"\n", "g").couplings.size(), 1U);
  EXPECT_EQ(parse_edge_list("# a comment\n1\t2\n", "g").count(), 2);
  PlaygroundSetup s;
  s.layout = Layout::ring;
  s.units = 9;
  const PlaygroundNetwork ring = network_of(s);
  EXPECT_EQ(parse_edge_list(print_edge_list(ring), "g").couplings.size(), ring.couplings.size());
}

TEST(GraphFile, SaysWhatIsWrongWithAnEdgeList) {
  const auto said = [](const char* text) {
    return problem([&] { (void)parse_edge_list(text, "g.csv"); });
  };
  EXPECT_THAT(said(""), HasSubstr("no node"));
  EXPECT_THAT(said("a,b\nc\n"), HasSubstr("g.csv: line 2"));
  EXPECT_THAT(said("a,a\n"), HasSubstr("itself"));
  EXPECT_THAT(said("a,b,1\nb,a,2\n"), HasSubstr("had the weight 1"));
  EXPECT_THAT(said("a,b\na,c,heavy\n"), HasSubstr("heavy"));
  std::string many;
  for (int i = 0; i <= kMaxPlaygroundUnits; ++i) many += "0," + std::to_string(i + 1) + "\n";
  EXPECT_THAT(said(many.c_str()), HasSubstr("more than 400"));
}

constexpr const char* kGraphml = R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="edge" attr.name="weight" attr.type="double"/>
  <key id="d1" for="node" attr.name="x" attr.type="double"/>
  <key id="d2" for="node" attr.name="y" attr.type="double"/>
  <graph edgedefault="undirected">
    <node id="n0"><data key="d1">0</data><data key="d2">0</data></node>
    <node id="n1"><data key="d1">10</data><data key="d2">0</data></node>
    <node id="n2"><data key="d1">10</data><data key="d2">5</data></node>
    <edge source="n0" target="n1"/>
    <edge source="n1" target="n2"><data key="d0">-0.25</data></edge>
  </graph>
</graphml>)";

TEST(GraphFile, ReadsGraphmlWithWeightsAndPlaces) {
  const PlaygroundNetwork network = parse_graphml(kGraphml, "g.graphml");
  ASSERT_EQ(network.count(), 3);
  ASSERT_EQ(network.couplings.size(), 2U);
  EXPECT_EQ(network.find(1, 2)->weight, -0.25F);
  EXPECT_NEAR(network.units[1].x - network.units[0].x, 0.86, 1e-3);  // stretched to fit
  EXPECT_NEAR(network.units[2].y - network.units[1].y, 0.43, 1e-3);  // in proportion
}

TEST(GraphFile, SaysWhatIsWrongWithGraphml) {
  const auto said = [](std::string text) {
    return problem([&] { (void)parse_graphml(text, "g.graphml"); });
  };
  const std::string good = kGraphml;
  const auto with = [&](std::string_view what, std::string_view other) {
    std::string bad = good;
    return bad.replace(bad.find(what), what.size(), other);
  };
  EXPECT_THAT(said(good.substr(0, 300)), HasSubstr("no XML"));
  EXPECT_THAT(said("<svg/>"), HasSubstr("no <graphml>"));
  EXPECT_THAT(said(with("target=\"n1\"", "target=\"n9\"")), HasSubstr("'n9' is no node"));
  EXPECT_THAT(said(with("id=\"n1\"", "id=\"n0\"")), HasSubstr("twice"));
  EXPECT_THAT(said(with("-0.25", "heavy")), HasSubstr("'heavy' is not a number"));
  EXPECT_THAT(said(with("<data key=\"d1\">10", "<data key=\"d1\">1e200")), HasSubstr("beyond"));
}

TEST(GraphFile, NoDamageIsFatal) {
  const std::string good = kGraphml;
  for (std::size_t i = 0; i < good.size(); ++i)
    for (const char c : {'\0', '<', '9', '-'}) {
      std::string bad = good;
      bad[i] = c;
      try {
        const PlaygroundNetwork network = parse_graphml(bad, "g");
        EXPECT_LE(network.count(), kMaxPlaygroundUnits);
        for (const auto& coupling : network.couplings) EXPECT_LT(coupling.a, coupling.b);
      } catch (const Error&) {
      }
    }
}

}  // namespace
}  // namespace phaseloom
