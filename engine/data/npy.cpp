// SPDX-License-Identifier: MIT
#include "engine/data/npy.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "engine/data/file_kind.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

static_assert(std::endian::native == std::endian::little, "'<f4' is little-endian");

constexpr std::size_t kMaxFileBytes = std::size_t{4} << 30;
constexpr std::string_view kMagic("\x93NUMPY\x01\x00", 8);
constexpr std::size_t kMagicOfAll = 6;  // before the version
constexpr std::size_t kMaxRank = 32;    // NumPy's own

/// A number as it lies in a file, with its bytes the other way round if `swapped`.
template <class Number, bool swapped = false>
Number number_at(const std::byte* place) {
  std::array<std::byte, sizeof(Number)> bytes;
  std::copy_n(place, bytes.size(), bytes.begin());
  if constexpr (swapped) std::ranges::reverse(bytes);
  return std::bit_cast<Number>(bytes);
}

/// IEEE 754 half precision: 1 bit of sign, 5 of exponent, 10 of fraction.
template <bool swapped = false>
float half_at(const std::byte* place) {
  const auto bits = number_at<std::uint16_t, swapped>(place);
  const int exponent = bits >> 10 & 0x1f;
  const float fraction = static_cast<float>(bits & 0x3ff);
  const float size = exponent == 0x1f ? (fraction == 0 ? std::numeric_limits<float>::infinity()
                                                       : std::numeric_limits<float>::quiet_NaN())
                     : exponent == 0  ? std::ldexp(fraction, -24)
                                      : std::ldexp(1024 + fraction, exponent - 25);
  return (bits & 0x8000) != 0 ? -size : size;
}

struct TypeInfo {
  std::string_view descr;
  std::size_t size;
  float (*read)(const std::byte*);
};

template <class Number, bool swapped = false>
float as_float(const std::byte* place) {
  return static_cast<float>(number_at<Number, swapped>(place));
}

constexpr std::array kTypes{TypeInfo{"<f4", 4, as_float<float>},
                            TypeInfo{"<f8", 8, as_float<double>},
                            TypeInfo{"|u1", 1, as_float<std::uint8_t>},
                            TypeInfo{"|b1", 1, as_float<std::uint8_t>},
                            TypeInfo{"<f2", 2, half_at<>},
                            TypeInfo{">f2", 2, half_at<true>},
                            TypeInfo{">f4", 4, as_float<float, true>},
                            TypeInfo{">f8", 8, as_float<double, true>}};
constexpr std::string_view kBytes = "|u1";

/// The same array, whose first index was the fastest in the file, with the last one fastest.
std::vector<float> in_c_order(const std::vector<float>& values,
                              const std::vector<std::int64_t>& shape) {
  std::vector<float> ordered(values.size());
  std::vector<std::int64_t> index(shape.size());
  for (float& value : ordered) {
    std::int64_t place = 0;
    for (std::size_t axis = shape.size(); axis-- > 0;) place = place * shape[axis] + index[axis];
    value = values[static_cast<std::size_t>(place)];
    for (std::size_t axis = shape.size(); axis-- > 0 && ++index[axis] == shape[axis];)
      index[axis] = 0;
  }
  return ordered;
}

struct Header {
  std::vector<std::int64_t> shape;
  TypeInfo type = kTypes[0];
  bool fortran_order = false;
};

/// Reads the header, a Python dictionary of three known keys, without being a Python parser.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, std::string_view source_name)
      : text_(text), source_name_(source_name) {}

  Header read() {
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
    return std::move(header_);
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
      fail(
          "{}: holds {} numbers; floats, bytes or truth values are needed, such as "
          "a.astype('float32')",
          source_name_, printable(type));
    header_.type = *known;
  }
  void order() {
    has_order_ = true;
    skip_space();
    header_.fortran_order = text_.starts_with("True");
    if (!header_.fortran_order && !text_.starts_with("False"))
      reject("neither True nor False for fortran_order");
    text_.remove_prefix(header_.fortran_order ? 4 : 5);
  }
  void shape() {
    has_shape_ = true;
    expect('(');
    bool comma = true;
    while (!accept(')')) {
      if (!comma) reject("no ',' between extents");
      header_.shape.push_back(extent());
      if (header_.shape.size() > kMaxRank) reject(fmt::format("more than {} dimensions", kMaxRank));
      comma = accept(',');
    }
    if (header_.shape.size() == 1 && !comma) reject("a shape that is no tuple");
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
  Header header_;
  bool has_descr_ = false;
  bool has_order_ = false;
  bool has_shape_ = false;
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
  if (!text.starts_with(kMagic.substr(0, kMagicOfAll)))
    fail("{}: {}; write the array with numpy.save", source_name, is_no(".npy array", bytes));
  const int version = text.size() < kMagic.size() ? 0 : text[kMagicOfAll];
  if (version > 3 || (version > 0 && text[kMagicOfAll + 1] != 0))
    fail("{}: is of version {}.{} of the .npy format; 1.0 to 3.0 are read", source_name, version,
         int{text[kMagicOfAll + 1]});
  // The length of the header has four bytes since version 2, which is for records of many fields.
  const std::size_t digits = version == 1 ? 2 : 4, before = kMagic.size() + digits;
  if (version < 1 || bytes.size() < before)
    fail("{}: is cut off within its header, at {} bytes", source_name, bytes.size());
  std::uint32_t header_size = 0;
  std::memcpy(&header_size, bytes.data() + kMagic.size(), digits);
  if (header_size > bytes.size() - before)
    fail("{}: is cut off within its header: {} of at least {} bytes; is it complete?", source_name,
         bytes.size(), before + header_size);
  const Header header = HeaderReader(text.substr(before, header_size), source_name).read();
  const auto data = bytes.subspan(before + header_size);

  std::uint64_t expected = header.type.size;
  for (const std::int64_t extent : header.shape)
    if (__builtin_mul_overflow(expected, static_cast<std::uint64_t>(extent), &expected))
      fail("{}: the shape ({}) is too large", source_name, fmt::join(header.shape, ", "));
  if (data.size() != expected)
    fail("{}: holds {} bytes of data where the shape ({}) needs {}; is it complete?", source_name,
         data.size(), fmt::join(header.shape, ", "), expected);
  FloatArray array{header.shape, {}, header.type.descr == kBytes};
  array.values.resize(data.size() / header.type.size);
  for (std::size_t i = 0; i < array.values.size(); ++i)
    array.values[i] = header.type.read(data.data() + i * header.type.size);
  if (header.fortran_order) array.values = in_c_order(array.values, array.shape);
  return array;
}

FloatArray read_npy(const std::filesystem::path& path) {
  return parse_npy(read_file(path, kMaxFileBytes), path.string());
}

std::vector<std::int64_t> array_of(std::int64_t n, PictureShape picture) {
  if (picture.channels > 1) return {n, picture.channels, picture.height, picture.width};
  if (picture.height == 1) return {n, picture.width};
  return {n, picture.height, picture.width};
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
