// SPDX-License-Identifier: MIT
#pragma once
// Everything that a training continues from, by name. Whatever learns offers
//
//   void visit_state(StateVisitor& state) { state.numbers("rate", rate_); ... }
//
// and the same list of names serves saving, loading and going back to a good moment.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/data/safetensors.hpp"

namespace phaseloom {

class StateVisitor {
 public:
  virtual ~StateVisitor() = default;
  /// The size is part of the state: reading into another one throws Error.
  virtual void numbers(std::string_view name, std::span<float> values) = 0;
  virtual void flags(std::string_view name, std::span<std::uint8_t> values) = 0;
  virtual void count(std::string_view name, std::int64_t& value) = 0;
};

/// Adds to a file's tensors (numbers, flags) and metadata (counts).
class StateWriter final : public StateVisitor {
 public:
  explicit StateWriter(TensorFile& file) : file_(file) {}
  void numbers(std::string_view name, std::span<float> values) override;
  void flags(std::string_view name, std::span<std::uint8_t> values) override;
  void count(std::string_view name, std::int64_t& value) override;

 private:
  TensorFile& file_;
};

/// Takes them back; throws Error naming the file and what is missing or does not fit.
class StateReader final : public StateVisitor {
 public:
  explicit StateReader(const TensorFile& file) : file_(file) {}
  void numbers(std::string_view name, std::span<float> values) override;
  void flags(std::string_view name, std::span<std::uint8_t> values) override;
  void count(std::string_view name, std::int64_t& value) override;

 private:
  const TensorFile& file_;
};

/// Puts something before each name: for several of a kind.
class PrefixedState final : public StateVisitor {
 public:
  PrefixedState(StateVisitor& inner, std::string prefix)
      : inner_(inner), prefix_(std::move(prefix)) {}
  void numbers(std::string_view name, std::span<float> values) override {
    inner_.numbers(prefix_ + std::string(name), values);
  }
  void flags(std::string_view name, std::span<std::uint8_t> values) override {
    inner_.flags(prefix_ + std::string(name), values);
  }
  void count(std::string_view name, std::int64_t& value) override {
    inner_.count(prefix_ + std::string(name), value);
  }

 private:
  StateVisitor& inner_;
  std::string prefix_;
};

}  // namespace phaseloom
