// SPDX-License-Identifier: MIT
#include "engine/data/safetensors.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "engine/data/file_kind.hpp"
#include "engine/data/safetensors_header.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;
// The reference allows 100 MB; the largest model of ours needs a few kB.
constexpr std::size_t kMaxHeaderBytes = std::size_t{16} << 20;

struct DTypeInfo {
  std::string_view name;
  std::size_t size;
};
constexpr std::array<DTypeInfo, 15> kDTypes{{{"BOOL", 1},
                                             {"U8", 1},
                                             {"I8", 1},
                                             {"F8_E5M2", 1},
                                             {"F8_E4M3", 1},
                                             {"I16", 2},
                                             {"U16", 2},
                                             {"F16", 2},
                                             {"BF16", 2},
                                             {"I32", 4},
                                             {"U32", 4},
                                             {"F32", 4},
                                             {"F64", 8},
                                             {"I64", 8},
                                             {"U64", 8}}};
static_assert(kDTypes.size() == static_cast<std::size_t>(DType::u64) + 1);

std::optional<DType> dtype_of(std::string_view name) {
  for (std::size_t i = 0; i < kDTypes.size(); ++i)
    if (kDTypes[i].name == name) return static_cast<DType>(i);
  return std::nullopt;
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  constexpr std::size_t shown = 8;  // a hostile file may have a million
  return fmt::format("({}{})",
                     fmt::join(std::span(shape).first(std::min(shown, shape.size())), ", "),
                     shape.size() > shown ? ", ..." : "");
}

/// Bytes of a tensor, or nothing when the number does not fit. Checked from the left as the
/// reference does it, so that both accept the same files.
template <class Extent>
std::optional<std::uint64_t> byte_size(const std::vector<Extent>& shape, DType dtype) {
  std::uint64_t bytes = 1;
  for (const Extent extent : shape)
    if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(extent), &bytes))
      return std::nullopt;
  if (__builtin_mul_overflow(bytes, std::uint64_t{dtype_size(dtype)}, &bytes)) return std::nullopt;
  return bytes;
}

template <class T>
Tensor make_tensor(std::string name, DType dtype, std::vector<std::int64_t> shape,
                   std::span<const T> values) {
  const auto bytes = std::as_bytes(values);
  return {std::move(name), dtype, std::move(shape), {bytes.begin(), bytes.end()}};
}

template <class T>
std::span<const T> elements(const Tensor& tensor, DType dtype) {
  if (tensor.dtype != dtype)
    fail("tensor {}: holds {}; {} is needed", printable(tensor.name), dtype_name(tensor.dtype),
         dtype_name(dtype));
  // operator new aligns for every fundamental type, and an array of bytes may hold other objects.
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  static_assert(std::is_trivially_copyable_v<T>);
  return {reinterpret_cast<const T*>(tensor.data.data()), tensor.data.size() / sizeof(T)};
}

std::string json_string(const std::string& text, std::string_view target_name) {
  try {
    return nlohmann::json(text).dump();
  } catch (const nlohmann::json::exception&) {
    fail("{}: the name {} is not UTF-8", target_name, printable(text));
  }
}

/// What goes before the numbers, and the order of the numbers.
struct Layout {
  std::vector<std::byte> head;
  std::vector<const Tensor*> order;
};

Layout lay_out(const TensorFile& file, std::string_view target_name) {
  Layout layout;
  for (const Tensor& tensor : file.tensors) layout.order.push_back(&tensor);
  std::sort(layout.order.begin(), layout.order.end(), [](const Tensor* a, const Tensor* b) {
    return a->dtype != b->dtype ? a->dtype > b->dtype : a->name < b->name;
  });

  std::map<std::string_view, int> seen;
  std::string header = "{";
  if (!file.metadata.empty()) {
    header += "\"__metadata__\":{";
    for (const auto& [key, value] : file.metadata)
      header +=
          fmt::format("{}:{},", json_string(key, target_name), json_string(value, target_name));
    header.back() = '}';
    header += ',';
  }
  std::uint64_t offset = 0;
  for (const Tensor* tensor : layout.order) {
    if (tensor->name == "__metadata__" || ++seen[tensor->name] > 1)
      fail("{}: the tensor name {} is {}", target_name, printable(tensor->name),
           tensor->name == "__metadata__" ? "reserved" : "used twice");
    const bool negative = std::any_of(tensor->shape.begin(), tensor->shape.end(),
                                      [](std::int64_t extent) { return extent < 0; });
    if (negative || byte_size(tensor->shape, tensor->dtype) != tensor->data.size())
      fail("{}: tensor {} has {} bytes, which does not fit {} {}", target_name,
           printable(tensor->name), tensor->data.size(), dtype_name(tensor->dtype),
           shape_text(tensor->shape));
    const std::uint64_t end = offset + tensor->data.size();
    header += fmt::format("{}:{{\"dtype\":\"{}\",\"shape\":[{}],\"data_offsets\":[{},{}]}},",
                          json_string(tensor->name, target_name), dtype_name(tensor->dtype),
                          fmt::join(tensor->shape, ","), offset, end);
    offset = end;
  }
  if (header.back() == ',') header.pop_back();
  header += '}';
  header.append((8 - header.size() % 8) % 8, ' ');

  if (header.size() > kMaxHeaderBytes || 8 + header.size() + offset > kMaxFileBytes)
    fail("{}: would have {} bytes with a header of {}; the limits are {} and {}", target_name,
         8 + header.size() + offset, header.size(), kMaxFileBytes, kMaxHeaderBytes);
  layout.head.resize(8 + header.size());
  const std::uint64_t length = header.size();
  std::memcpy(layout.head.data(), &length, 8);
  std::memcpy(layout.head.data() + 8, header.data(), header.size());
  return layout;
}

/// Says why a header is not there as a whole, as far as one can tell.
void check_whole_header(std::span<const std::byte> bytes, std::uint64_t header_size,
                        std::string_view source_name) {
  if (header_size <= kMaxHeaderBytes && bytes.size() > 8 && bytes[8] == std::byte{'{'})
    fail("{}: is cut off within its header: {} of at least {} bytes; is the download complete?",
         source_name, bytes.size(), 8 + header_size);
  const std::string_view kind = kind_of(bytes);
  if (!kind.empty() && kind != kSafetensorsKind)
    fail("{}: {}", source_name, is_no(".safetensors file", bytes));
}

}  // namespace

std::string_view dtype_name(DType dtype) { return kDTypes[static_cast<std::size_t>(dtype)].name; }
std::size_t dtype_size(DType dtype) { return kDTypes[static_cast<std::size_t>(dtype)].size; }

Tensor Tensor::of(std::string name, std::vector<std::int64_t> shape,
                  std::span<const float> values) {
  return make_tensor(std::move(name), DType::f32, std::move(shape), values);
}
Tensor Tensor::of(std::string name, std::vector<std::int64_t> shape,
                  std::span<const double> values) {
  return make_tensor(std::move(name), DType::f64, std::move(shape), values);
}
Tensor Tensor::of(std::string name, std::vector<std::int64_t> shape,
                  std::span<const std::int32_t> values) {
  return make_tensor(std::move(name), DType::i32, std::move(shape), values);
}
Tensor Tensor::of(std::string name, std::vector<std::int64_t> shape,
                  std::span<const std::uint8_t> values) {
  return make_tensor(std::move(name), DType::u8, std::move(shape), values);
}

std::span<const float> Tensor::f32() const { return elements<float>(*this, DType::f32); }
std::span<const double> Tensor::f64() const { return elements<double>(*this, DType::f64); }
std::span<const std::int32_t> Tensor::i32() const {
  return elements<std::int32_t>(*this, DType::i32);
}
std::span<const std::uint8_t> Tensor::u8() const {
  return elements<std::uint8_t>(*this, DType::u8);
}

const Tensor* TensorFile::find(std::string_view name) const {
  const auto found = std::find_if(tensors.begin(), tensors.end(),
                                  [&](const Tensor& tensor) { return tensor.name == name; });
  return found == tensors.end() ? nullptr : &*found;
}

const Tensor& TensorFile::at(std::string_view name) const {
  const Tensor* tensor = find(name);
  if (tensor == nullptr) fail("{}: has no tensor {}", source, printable(name));
  return *tensor;
}

const Tensor& TensorFile::at(std::string_view name, DType dtype,
                             const std::vector<std::int64_t>& shape) const {
  const Tensor& tensor = at(name);
  if (tensor.dtype != dtype || tensor.shape != shape)
    fail("{}: tensor {} is {} {}; {} {} is needed", source, printable(name),
         dtype_name(tensor.dtype), shape_text(tensor.shape), dtype_name(dtype), shape_text(shape));
  return tensor;
}

const std::string& TensorFile::metadata_at(const std::string& key) const {
  const auto found = metadata.find(key);
  if (found == metadata.end()) fail("{}: has no metadata {}", source, printable(key));
  return found->second;
}

TensorFile parse_safetensors(std::span<const std::byte> bytes, std::string_view source_name) {
  if (bytes.size() > kMaxFileBytes)
    fail("{}: has {} bytes; the limit is {}", source_name, bytes.size(), kMaxFileBytes);
  if (bytes.size() < 8)
    fail("{}: {}; that begins with a header length of 8 bytes", source_name,
         is_no(".safetensors file", bytes));
  std::uint64_t header_size = 0;
  std::memcpy(&header_size, bytes.data(), 8);
  if (header_size > bytes.size() - 8) check_whole_header(bytes, header_size, source_name);
  if (header_size > bytes.size() - 8)
    fail("{}: header length {} exceeds the file ({} bytes); is the download complete?", source_name,
         header_size, bytes.size());
  if (header_size > kMaxHeaderBytes)
    fail("{}: header length {} is over the limit of {}", source_name, header_size, kMaxHeaderBytes);
  const std::string_view json(reinterpret_cast<const char*>(bytes.data()) + 8, header_size);
  SafetensorsHeader header = read_safetensors_header(json, source_name);
  const auto data = bytes.subspan(8 + header_size);

  TensorFile file;
  file.metadata = std::move(header.metadata);
  file.source = source_name;
  std::sort(header.tensors.begin(), header.tensors.end(), [](const auto& a, const auto& b) {
    return std::tie(a.offsets, a.name) < std::tie(b.offsets, b.name);
  });
  // As large as the last tensor says that the file is; a wrong number may be beyond all bounds.
  std::uint64_t whole = 8 + header_size;
  if (!header.tensors.empty() &&
      __builtin_add_overflow(whole, header.tensors.back().offsets.at(1), &whole))
    whole = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t position = 0;
  for (TensorEntry& entry : header.tensors) {
    const auto dtype = dtype_of(entry.dtype);
    if (!dtype)
      fail("{}: tensor {} has the unknown dtype {}", source_name, printable(entry.name),
           printable(entry.dtype));
    const auto [begin, end] = std::pair(entry.offsets.at(0), entry.offsets.at(1));
    const auto size = byte_size(entry.shape, *dtype);
    if (begin == position && end > data.size() && size == end - begin && whole <= kMaxFileBytes)
      fail("{}: is cut off: {} of {} bytes; is the download complete?", source_name, bytes.size(),
           whole);
    if (begin != position || end < begin || end > data.size())
      fail(
          "{}: tensor {} lies at {} to {} of {} bytes; it should begin at {}, right after the one "
          "before",
          source_name, printable(entry.name), begin, end, data.size(), position);
    if (size != end - begin)
      fail("{}: tensor {} has {} bytes, which does not fit its shape and type {}", source_name,
           printable(entry.name), end - begin, entry.dtype);
    Tensor tensor{std::move(entry.name), *dtype, {}, {}};
    for (const std::uint64_t extent : entry.shape) {
      if (extent > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        fail("{}: tensor {} has an extent of {}", source_name, printable(tensor.name), extent);
      tensor.shape.push_back(static_cast<std::int64_t>(extent));
    }
    const auto place = data.subspan(begin, end - begin);
    tensor.data.assign(place.begin(), place.end());
    file.tensors.push_back(std::move(tensor));
    position = end;
  }
  if (position != data.size())
    fail("{}: {} bytes follow the last tensor; the header should cover the whole file", source_name,
         data.size() - position);
  return file;
}

TensorFile read_safetensors(const std::filesystem::path& path) {
  return parse_safetensors(read_file(path, kMaxFileBytes), path.string());
}

std::vector<std::byte> serialize_safetensors(const TensorFile& file, std::string_view target_name) {
  Layout layout = lay_out(file, target_name);
  std::vector<std::byte> bytes = std::move(layout.head);
  for (const Tensor* tensor : layout.order)
    bytes.insert(bytes.end(), tensor->data.begin(), tensor->data.end());
  return bytes;
}

void write_safetensors(const std::filesystem::path& path, const TensorFile& file) {
  const Layout layout = lay_out(file, path.string());
  AtomicFile out(path);
  out.write(layout.head);
  for (const Tensor* tensor : layout.order) out.write(tensor->data);
  out.commit();
}

}  // namespace phaseloom
