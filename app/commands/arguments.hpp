// SPDX-License-Identifier: MIT
#pragma once
// What the arguments of commands are made of, and those that several rooms share.

#include <array>
#include <span>
#include <string_view>

#include "app/commands/command.hpp"

namespace phaseloom::verbs {

constexpr ArgumentInfo integer(std::string_view name, double min, double max) {
  return {name, ArgumentInfo::Kind::integer, min, max};
}
constexpr ArgumentInfo real(std::string_view name, double min, double max) {
  return {name, ArgumentInfo::Kind::real, min, max};
}
constexpr ArgumentInfo choice(std::string_view name, std::span<const std::string_view> choices) {
  return {name, ArgumentInfo::Kind::choice, 0, 0, choices};
}
constexpr ArgumentInfo field(std::string_view name) { return {name, ArgumentInfo::Kind::field}; }
constexpr ArgumentInfo value(std::string_view name) { return {name, ArgumentInfo::Kind::value}; }
constexpr ArgumentInfo chord(std::string_view name) { return {name, ArgumentInfo::Kind::chord}; }
constexpr ArgumentInfo text(std::string_view name) { return {name, ArgumentInfo::Kind::text}; }
/// A file that is written, with one of these endings; none: with any.
constexpr ArgumentInfo output(std::string_view name,
                              std::span<const std::string_view> endings = {}) {
  return {name, ArgumentInfo::Kind::output, 0, 0, endings};
}

inline constexpr std::array<std::string_view, 1> kCsv{".csv"};
inline constexpr std::array<std::string_view, 1> kPng{".png"};
inline constexpr std::array<std::string_view, 1> kNpy{".npy"};
inline constexpr std::array<std::string_view, 1> kModel{".safetensors"};
inline constexpr std::array<std::string_view, 2> kFilms{".mp4", ".png"};
inline constexpr std::array<std::string_view, 2> kPictures{".png", ".npy"};

/// A file that is read.
inline constexpr ArgumentInfo kFile[] = {text("FILE")};
// Files that are written.
inline constexpr ArgumentInfo kNewFile[] = {output("FILE")};
inline constexpr ArgumentInfo kNewTable[] = {output("FILE", kCsv)};
inline constexpr ArgumentInfo kNewPicture[] = {output("FILE", kPng)};
inline constexpr ArgumentInfo kNewPictures[] = {output("FILE", kPictures)};
inline constexpr ArgumentInfo kNewArray[] = {output("FILE", kNpy)};
inline constexpr ArgumentInfo kNewModel[] = {output("FILE", kModel)};
inline constexpr ArgumentInfo kNewFilm[] = {output("FILE", kFilms)};

inline constexpr ArgumentInfo kIterations[] = {integer("ITERATIONS", 1, 1e9)};

}  // namespace phaseloom::verbs
