// An MmdSketch as canonical bytes: CBOR of what it was made with and what it has added up.

#include <bit>
#include <nlohmann/json.hpp>

#include "detail/cbor.hpp"
#include "detail/cbor_reader.hpp"
#include "zeroskew/drift/mmd.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

namespace cbor = detail::cbor;

constexpr const char* id = "drift.malformed";
constexpr const char* format = "zeroskew.mmd";
constexpr std::uint64_t version = 1;
constexpr std::size_t width = sizeof(detail::int128);

[[noreturn]] void malformed(const char* where) {
  fail_value(id, where, "these bytes are no sketch that to_bytes has written");
}

std::uint64_t number(const nlohmann::json& state, const char* key) {
  const auto found = state.find(key);
  if (found == state.end() || !found->is_number_unsigned()) malformed(key);
  return found->get<std::uint64_t>();
}

cbor::Bytes write(const std::vector<detail::int128>& values) {
  cbor::Bytes bytes;
  for (const detail::int128 value : values) {
    for (std::size_t k = 0; k < width; ++k) {
      bytes.push_back(static_cast<std::uint8_t>(static_cast<detail::uint128>(value) >> (8 * k)));
    }
  }
  return cbor::bytes(bytes);
}

std::vector<detail::int128> read(const nlohmann::json& state, const char* key, std::size_t size) {
  const auto found = state.find(key);
  if (found == state.end() || !found->is_binary()) malformed(key);
  const auto& bytes = found->get_binary();
  if (bytes.size() != size * width) malformed(key);
  std::vector<detail::int128> values(size);
  for (std::size_t i = 0; i < size; ++i) {
    detail::uint128 value = 0;
    for (std::size_t k = width; k-- > 0;) value = (value << 8) | bytes[i * width + k];
    values[i] = static_cast<detail::int128>(value);
  }
  return values;
}

}  // namespace

std::vector<std::uint8_t> MmdSketch::to_bytes() const {
  cbor::Map map;
  map.add("format", cbor::text(format));
  map.add("version", cbor::number(version));
  map.add("dimensions", cbor::number(dimensions_));
  map.add("bandwidth", cbor::number(std::bit_cast<std::uint64_t>(bandwidth_)));
  map.add("features", cbor::number(sums_.size()));
  map.add("seed", cbor::number(seed_));
  map.add("rows", cbor::number(rows_));
  map.add("sums", write({sums_.begin(), sums_.end()}));
  map.add("products", write(products_));
  return map.finish();
}

MmdSketch MmdSketch::from_bytes(std::span<const std::uint8_t> bytes) {
  const nlohmann::json state = cbor::parse(bytes, id);
  if (!state.is_object()) malformed("");
  if (const auto found = state.find("format"); found == state.end() || *found != format) {
    malformed("format");
  }
  if (number(state, "version") != version) {
    fail_value("drift.version", "version", "the sketch was written by a newer version");
  }
  const std::uint64_t dimensions = number(state, "dimensions");
  const std::uint64_t features = number(state, "features");
  const std::uint64_t rows = number(state, "rows");
  // What would ask for memory that no sketch has.
  if (features > 1024 || dimensions > (std::uint64_t{1} << 24)) malformed("dimensions");
  const std::vector<std::uint8_t> whole(bytes.begin(), bytes.end());
  if (dimensions == 0 && features == 0) {
    if (MmdSketch().to_bytes() != whole) malformed("");
    return {};
  }
  MmdSketch sketch(dimensions, std::bit_cast<double>(number(state, "bandwidth")),
                   static_cast<int>(features), number(state, "seed"));
  sketch.rows_ = rows;
  const auto sums = read(state, "sums", features);
  // A feature is at most 1, counted in units of 2^-24.
  const auto most = static_cast<detail::int128>(rows) << 24;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i] > most || sums[i] < -most || most > INT64_MAX) malformed("sums");
    sketch.sums_[i] = static_cast<std::int64_t>(sums[i]);
  }
  sketch.products_ = read(state, "products", sketch.products_.size());
  for (const detail::int128 product : sketch.products_) {
    if (product > (most << 24) || product < -(most << 24)) malformed("products");
  }
  if (sketch.to_bytes() != whole) malformed("");
  return sketch;
}

}  // namespace zeroskew
