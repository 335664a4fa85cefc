// SPDX-License-Identifier: MIT
#include "engine/data/deflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr int kRaw = -MAX_WBITS;  // neither zlib's header nor gzip's

uInt counted(std::size_t bytes) {
  if (bytes > std::numeric_limits<uInt>::max()) fail("{} bytes are too many to pack", bytes);
  return static_cast<uInt>(bytes);
}

Bytef* as_input(const void* bytes) {
  return static_cast<Bytef*>(const_cast<void*>(bytes));  // zlib only reads it
}

struct Inflater {
  z_stream stream{};
  explicit Inflater(std::string_view source_name) {
    if (inflateInit2(&stream, kRaw) != Z_OK)
      fail("{}: cannot start unpacking; is the memory full?", source_name);
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

}  // namespace

std::vector<std::byte> deflated(std::string_view text) {
  constexpr int most_memory = 9;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kRaw, most_memory,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    fail("cannot start packing; is the memory full?");
  std::vector<std::byte> packed(deflateBound(&stream, static_cast<uLong>(text.size())));
  stream.next_in = as_input(text.data());
  stream.avail_in = counted(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = counted(packed.size());
  const int status = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) fail("packing did not come to an end");
  return packed;
}

std::string inflated(std::span<const std::byte> packed, std::size_t max_bytes,
                     std::string_view source_name) {
  Inflater inflater(source_name);
  z_stream& stream = inflater.stream;
  stream.next_in = as_input(packed.data());
  stream.avail_in = counted(packed.size());
  constexpr std::size_t block = 1 << 12;
  std::string text;
  std::size_t filled = 0;
  int status = Z_OK;
  while (status == Z_OK) {
    if (filled == text.size())
      text.resize(std::min(std::max(filled + block, 2 * filled), max_bytes + 1));
    const uInt room = counted(text.size() - filled);
    stream.next_out = reinterpret_cast<Bytef*>(text.data()) + filled;
    stream.avail_out = room;
    status = inflate(&stream, Z_NO_FLUSH);
    filled += room - stream.avail_out;
    if (filled > max_bytes)
      fail("{}: unpacks to more than {} bytes; it is not what it should be", source_name,
           max_bytes);
  }
  if (status == Z_BUF_ERROR) fail("{}: the packed text ends early", source_name);
  if (status == Z_MEM_ERROR) fail("{}: not enough memory to unpack", source_name);
  if (status != Z_STREAM_END)
    fail("{}: cannot be unpacked ({})", source_name,
         stream.msg != nullptr ? stream.msg : "unknown error");
  if (stream.avail_in != 0)
    fail("{}: {} bytes follow the packed text", source_name, stream.avail_in);
  text.resize(filled);
  return text;
}

std::uint32_t checksum(std::span<const std::byte> bytes) {
  return static_cast<std::uint32_t>(::crc32(0, as_input(bytes.data()), counted(bytes.size())));
}

}  // namespace phaseloom
