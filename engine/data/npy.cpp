#include "engine/data/npy.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>
#include <string>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

static_assert(std::endian::native == std::endian::little, "'<f4' is little-endian");

constexpr std::size_t kMaxFileBytes = std::size_t{4} << 30;
constexpr std::string_view kMagic("\x93NUMPY\x01\x00", 8);
constexpr std::size_t kMaxRank = 32;  // NumPy's own

struct TypeInfo {
  std::string_view descr;
  std::size_t size;
};
constexpr std::array<TypeInfo, 3> kTypes{{{"<f4", 4}, {"<f8", 8}, {"|u1", 1}}};

/// Numbers of one type, wherever they lie, as floats.
template <class Number>
void convert(std::span<const std::byte> data, std::vector<float>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    Number number;
    std::memcpy(&number, data.data() + i * sizeof(Number), sizeof(Number));
    values[i] = static_cast<float>(number);
  }
}

/// Reads the header, a Python dictionary of three known keys, without being a Python parser.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, std::string_view source_name)
      : text_(text), source_name_(source_name) {}

  /// Fills in shape and type.
  void read(FloatArray& array) {
    expect('{');
    while (!accept('}')) {
      const std::string key = string();
      expect(':');
      if (key == "descr" && !has_descr_)
        descr();
      else if (key == "fortran_order" && !has_order_)
        order();
      else if (key == "shape" && !has_shape_)
        shape();
      else
        reject("an unexpected or repeated key " + printable(key));
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skip_space();
    if (!text_.empty()) reject("text after the dictionary");
    if (!has_descr_ || !has_order_ || !has_shape_) reject("no descr, fortran_order or shape");
    array.shape = std::move(shape_);
    array.type = type_;
  }

 private:
  [[noreturn]] void reject(const std::string& what) const {
    fail("{}: the .npy header has {}; write the array with numpy.save", source_name_, what);
  }
  void skip_space() {
    while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\n')) text_.remove_prefix(1);
  }
  bool accept(char c) {
    skip_space();
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c)) reject(fmt::format("no '{}' where one belongs", c));
  }
  std::string string() {
    skip_space();
    const char quote = text_.empty() ? '\0' : text_[0];
    if (quote != '\'' && quote != '"') reject("no string where one belongs");
    const auto end = text_.find(quote, 1);
    if (end == text_.npos) reject("an unfinished string");
    std::string value(text_.substr(1, end - 1));
    text_.remove_prefix(end + 1);
    return value;
  }
  void descr() {
    has_descr_ = true;
    skip_space();
    if (!text_.starts_with('\'') && !text_.starts_with('"'))
      fail("{}: holds records; single numbers '<f4' are needed", source_name_);
    const std::string type = string();
    const auto known = std::ranges::find(kTypes, std::string_view(type), &TypeInfo::descr);
    if (known == kTypes.end())
      fail("{}: holds {} numbers; '<f4', '<f8' or '|u1' is needed: a.astype('float32')",
           source_name_, printable(type));
    type_ = static_cast<NpyType>(known - kTypes.begin());
  }
  void order() {
    has_order_ = true;
    skip_space();
    if (text_.starts_with("True"))
      fail("{}: is in Fortran order; C order is needed: numpy.ascontiguousarray(a)", source_name_);
    if (!text_.starts_with("False")) reject("neither True nor False for fortran_order");
    text_.remove_prefix(5);
  }
  void shape() {
    has_shape_ = true;
    expect('(');
    bool comma = true;
    while (!accept(')')) {
      if (!comma) reject("no ',' between extents");
      shape_.push_back(extent());
      if (shape_.size() > kMaxRank) reject(fmt::format("more than {} dimensions", kMaxRank));
      comma = accept(',');
    }
    if (shape_.size() == 1 && !comma) reject("a shape that is no tuple");
  }
  std::int64_t extent() {
    skip_space();
    std::size_t digits = 0;
    std::int64_t value = 0;
    for (; digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits)
      if (__builtin_mul_overflow(value, 10, &value) ||
          __builtin_add_overflow(value, text_[digits] - '0', &value))
        reject("an extent that is too large");
    if (digits == 0) reject("an extent that is no number");
    text_.remove_prefix(digits);
    return value;
  }

  std::string_view text_;
  std::string_view source_name_;
  NpyType type_ = NpyType::f4;
  bool has_descr_ = false;
  bool has_order_ = false;
  bool has_shape_ = false;
  std::vector<std::int64_t> shape_;
};

std::uint64_t element_count(const std::vector<std::int64_t>& shape) {
  std::uint64_t count = 1;
  for (const std::int64_t extent : shape) {
    assert(extent >= 0);
    count *= static_cast<std::uint64_t>(extent);
  }
  return count;
}

}  // namespace

FloatArray parse_npy(std::span<const std::byte> bytes, std::string_view source_name) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(kMagic.substr(0, 6)))
    fail("{}: is not a .npy file; write the array with numpy.save", source_name);
  if (!text.starts_with(kMagic) || bytes.size() < 10)
    fail("{}: is cut off, or not of version 1.0 of the .npy format", source_name);
  const std::size_t header_size =
      std::to_integer<std::size_t>(bytes[8]) | std::to_integer<std::size_t>(bytes[9]) << 8;
  if (header_size > bytes.size() - 10)
    fail("{}: header length {} exceeds the file ({} bytes); is it complete?", source_name,
         header_size, bytes.size());
  FloatArray array;
  HeaderReader(text.substr(10, header_size), source_name).read(array);
  const auto data = bytes.subspan(10 + header_size);

  const std::size_t size = kTypes[static_cast<std::size_t>(array.type)].size;
  std::uint64_t expected = size;
  for (const std::int64_t extent : array.shape)
    if (__builtin_mul_overflow(expected, static_cast<std::uint64_t>(extent), &expected))
      fail("{}: the shape ({}) is too large", source_name, fmt::join(array.shape, ", "));
  if (data.size() != expected)
    fail("{}: holds {} bytes of data where the shape ({}) needs {}; is it complete?", source_name,
         data.size(), fmt::join(array.shape, ", "), expected);
  array.values.resize(data.size() / size);
  switch (array.type) {
    case NpyType::f4:
      convert<float>(data, array.values);
      break;
    case NpyType::f8:
      convert<double>(data, array.values);
      break;
    case NpyType::u1:
      convert<std::uint8_t>(data, array.values);
      break;
  }
  return array;
}

FloatArray read_npy(const std::filesystem::path& path) {
  return parse_npy(read_file(path, kMaxFileBytes), path.string());
}

std::vector<std::byte> npy_header(const std::vector<std::int64_t>& shape) {
  std::string text = fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}{}), }}",
                                 fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
  // The numbers begin at a multiple of 64 bytes, and a line break ends the header.
  const std::size_t before = kMagic.size() + 2;
  text.append(63 - (before + text.size()) % 64, ' ');
  text += '\n';
  assert(text.size() <= std::numeric_limits<std::uint16_t>::max());
  const auto size = static_cast<std::uint16_t>(text.size());
  std::vector<std::byte> head(before + text.size());
  std::memcpy(head.data(), kMagic.data(), kMagic.size());
  std::memcpy(head.data() + kMagic.size(), &size, 2);
  std::memcpy(head.data() + before, text.data(), text.size());
  return head;
}

NpyWriter::NpyWriter(const std::filesystem::path& path, const std::vector<std::int64_t>& shape)
    : file_(path), missing_(element_count(shape)) {
  file_.write(npy_header(shape));
}

void NpyWriter::append(std::span<const float> values) {
  assert(values.size() <= missing_);
  file_.write(std::as_bytes(values));
  missing_ -= values.size();
}

void NpyWriter::commit() {
  assert(missing_ == 0);
  file_.commit();
}

void write_npy(const std::filesystem::path& path, const std::vector<std::int64_t>& shape,
               std::span<const float> values) {
  NpyWriter writer(path, shape);
  writer.append(values);
  writer.commit();
}

}  // namespace phaseloom
