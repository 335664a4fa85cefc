// SPDX-License-Identifier: MIT
#pragma once
// The .safetensors format: 8 bytes of little-endian header length, a JSON header that names each
// tensor with its type, shape and place, then the numbers back to back.
// https://huggingface.co/docs/safetensors

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

/// Element types, in the order of the reference implementation, which is the order of files.
enum class DType {
  boolean,
  u8,
  i8,
  f8_e5m2,
  f8_e4m3,
  i16,
  u16,
  f16,
  bf16,
  i32,
  u32,
  f32,
  f64,
  i64,
  u64,
};

std::string_view dtype_name(DType dtype);  ///< "F32"
std::size_t dtype_size(DType dtype);       // bytes of one element

struct Tensor {
  std::string name;
  DType dtype = DType::f32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> data;

  static Tensor of(std::string name, std::vector<std::int64_t> shape,
                   std::span<const float> values);
  static Tensor of(std::string name, std::vector<std::int64_t> shape,
                   std::span<const double> values);
  static Tensor of(std::string name, std::vector<std::int64_t> shape,
                   std::span<const std::int32_t> values);
  static Tensor of(std::string name, std::vector<std::int64_t> shape,
                   std::span<const std::uint8_t> values);

  /// The elements; each fails when the tensor is of another type.
  std::span<const float> f32() const;
  std::span<const double> f64() const;
  std::span<const std::int32_t> i32() const;
  std::span<const std::uint8_t> u8() const;

  bool operator==(const Tensor&) const = default;
};

struct TensorFile {
  std::vector<Tensor> tensors;
  std::map<std::string, std::string> metadata;
  std::string source;  ///< named in messages

  const Tensor* find(std::string_view name) const;  // nullptr when absent
  /// The tensor of that name; fails when absent.
  const Tensor& at(std::string_view name) const;
  /// The same, and fails unless it has this type and shape.
  const Tensor& at(std::string_view name, DType dtype,
                   const std::vector<std::int64_t>& shape) const;
  /// An entry of the metadata; fails when absent.
  const std::string& metadata_at(const std::string& key) const;
};

/// Reads a whole file from memory. Stricter than the reference where that catches damage: a key
/// must not occur twice, and a tensor has dtype, shape and data_offsets only. NaN is data.
TensorFile parse_safetensors(std::span<const std::byte> bytes, std::string_view source_name);
TensorFile read_safetensors(const std::filesystem::path& path);

/// The bytes of a file: tensors by falling element type, then by name; the header is padded with
/// spaces to a multiple of 8, so that every element is aligned. Equal contents give equal bytes.
std::vector<std::byte> serialize_safetensors(const TensorFile& file, std::string_view target_name);
void write_safetensors(const std::filesystem::path& path, const TensorFile& file);

}  // namespace phaseloom
