// SPDX-License-Identifier: MIT
#include "engine/data/safetensors_header.hpp"

#include <nlohmann/json.hpp>
#include <unordered_set>
#include <utility>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit HeaderReader(std::string_view source_name) : source_name_(source_name) {}

  SafetensorsHeader take() { return std::move(header_); }

  bool start_object(std::size_t) override {
    if (place_ == Place::before)
      place_ = Place::top;
    else if (place_ == Place::top && key_ == "__metadata__")
      place_ = Place::metadata;
    else if (place_ == Place::top)
      begin_tensor();
    else
      reject("an object");
    return true;
  }

  bool key(std::string& name) override {
    if (place_ == Place::top && !names_.insert(name).second) reject_key(name, "occurs twice");
    if (place_ == Place::metadata && header_.metadata.contains(name))
      reject_key(name, "occurs twice in the metadata");
    key_ = name;
    return true;
  }

  bool end_object() override {
    if (place_ == Place::tensor) check_tensor();
    place_ = place_ == Place::top ? Place::after : Place::top;
    return true;
  }

  bool start_array(std::size_t) override {
    if (place_ == Place::tensor && key_ == "shape" && !has_shape_) {
      place_ = Place::shape;
      has_shape_ = true;
    } else if (place_ == Place::tensor && key_ == "data_offsets" && !has_offsets_) {
      place_ = Place::offsets;
      has_offsets_ = true;
    } else {
      reject("a list");
    }
    return true;
  }

  bool end_array() override {
    place_ = Place::tensor;
    return true;
  }

  bool string(std::string& value) override {
    if (place_ == Place::metadata)
      header_.metadata.emplace(key_, value);
    else if (place_ == Place::tensor && key_ == "dtype" && !has_dtype_)
      has_dtype_ = true, header_.tensors.back().dtype = value;
    else
      reject("a string");
    return true;
  }

  bool number_unsigned(std::uint64_t value) override {
    if (place_ == Place::shape)
      header_.tensors.back().shape.push_back(value);
    else if (place_ == Place::offsets && header_.tensors.back().offsets.size() < 2)
      header_.tensors.back().offsets.push_back(value);
    else
      reject("a number");
    return true;
  }

  bool null() override { return reject("null"); }
  bool boolean(bool) override { return reject("a truth value"); }
  bool number_integer(std::int64_t) override { return reject("a negative number"); }
  bool number_float(double, const std::string&) override { return reject("a fraction"); }
  bool binary(nlohmann::json::binary_t&) override { return reject("binary data"); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    fail("{}: the header is not JSON at byte {}; is it a .safetensors file?", source_name_,
         position);
  }

 private:
  enum class Place { before, top, metadata, tensor, shape, offsets, after };

  void begin_tensor() {
    place_ = Place::tensor;
    has_dtype_ = has_shape_ = has_offsets_ = false;
    header_.tensors.emplace_back().name = key_;
  }

  void check_tensor() const {
    const TensorEntry& tensor = header_.tensors.back();
    if (!has_dtype_ || !has_shape_ || tensor.offsets.size() != 2)
      fail("{}: tensor {} needs dtype, shape and two data_offsets", source_name_,
           printable(tensor.name));
  }

  [[noreturn]] bool reject(std::string_view what) const {
    fail("{}: the header has {} where none belongs, at {}; is it a .safetensors file?",
         source_name_, what, place_ == Place::before ? "its beginning" : printable(key_));
  }
  [[noreturn]] void reject_key(const std::string& name, std::string_view what) const {
    fail("{}: the header key {} {}", source_name_, printable(name), what);
  }

  std::string_view source_name_;
  Place place_ = Place::before;
  std::string key_;
  bool has_dtype_ = false;
  bool has_shape_ = false;
  bool has_offsets_ = false;
  std::unordered_set<std::string> names_;
  SafetensorsHeader header_;
};

}  // namespace

SafetensorsHeader read_safetensors_header(std::string_view json, std::string_view source_name) {
  // The parser would skip a byte-order mark and spaces; the format says that { comes first.
  if (!json.starts_with('{'))
    fail("{}: the header does not begin with {{; is it a .safetensors file?", source_name);
  HeaderReader reader(source_name);
  nlohmann::json::sax_parse(json, &reader);
  return reader.take();
}

}  // namespace phaseloom
