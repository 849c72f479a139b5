#include "detail/cbor_reader.hpp"

#include "zeroskew/error.hpp"

namespace zeroskew::detail::cbor {
namespace {

using nlohmann::json;

// The library reads nested values by recursion: this first pass stops it before it is deep.
class DepthGuard final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ <= 100; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t) override { return ++depth_ <= 100; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t, const std::string&, const json::exception&) override {
    return false;
  }

 private:
  int depth_ = 0;
};

}  // namespace

json parse(std::span<const std::uint8_t> bytes, const std::string& id) {
  DepthGuard guard;
  if (!json::sax_parse(bytes.begin(), bytes.end(), &guard, json::input_format_t::cbor)) {
    fail_value(id, "", "not the CBOR that zeroskew writes: truncated, damaged or another format");
  }
  return json::from_cbor(bytes.begin(), bytes.end());
}

}  // namespace zeroskew::detail::cbor
