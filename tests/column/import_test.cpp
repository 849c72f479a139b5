#include "zeroskew/column/import.hpp"

#include <algorithm>
#include <limits>

#include "column/arrow_maker.hpp"
#include "column/cells.hpp"
#include "support/errors.hpp"

using namespace zeroskew;        // NOLINT: a test of one room
using namespace zeroskew::test;  // NOLINT

namespace {

using Cells = std::vector<std::string>;

// The cells of the one column, and of the same column cut out by every offset and length.
void check_cells(Made column, const std::vector<std::string>& expected) {
  column.length = static_cast<std::int64_t>(expected.size());
  for (std::int64_t start = 0; start <= column.length; ++start) {
    for (std::int64_t count = 0; start + count <= column.length; ++count) {
      const Cells part(expected.begin() + start, expected.begin() + start + count);
      CAPTURE(column.format, start, count);
      Made sliced = column;
      sliced.offset = start;
      sliced.length = count;
      CHECK(cells(import_made(table_of(sliced)).columns[0]) == part);
      // The offset of the table, instead, and the library's own slice.
      Made table = table_of(column);
      table.offset = start;
      table.length = count;
      CHECK(cells(import_made(table).columns[0]) == part);
      const Batch whole = import_made(table_of(column));
      CHECK(cells(whole.slice(start, count).columns[0]) == part);
      if (column.dictionary) continue;  // whose values are not counted
      CHECK(whole.slice(start, count).columns[0].valid_count() ==
            count - std::count(part.begin(), part.end(), "-"));
    }
  }
}

template <class T>
void check_numbers(const std::string& format) {
  using Limits = std::numeric_limits<T>;
  const T low = Limits::lowest(), high = Limits::max();
  const Buffer valid = bit_buffer({1, 1, 0, 1});
  const auto text = [](T value) {
    return std::is_integral_v<T> ? std::to_string(value) : to_string(static_cast<double>(value));
  };
  check_cells({format, "", 0, {valid, buffer<T>({low, high, 7, 42})}},
              {text(low), text(high), "-", "42"});
}

Made strings(const std::string& format = "u") {
  return {format, "", 3,
          {bit_buffer({1, 0, 1}), buffer<std::int32_t>({0, 2, 2, 5}), text_buffer("hiyou")}};
}

Made numbers(const std::vector<std::int32_t>& values) {
  return {"i", "item", static_cast<std::int64_t>(values.size()),
          {std::nullopt, buffer(values)}};
}

std::vector<std::uint8_t> string_view_bytes(const std::string& text, int index, int start) {
  std::vector<std::uint8_t> bytes(16);
  const auto size = static_cast<std::int32_t>(text.size());
  std::memcpy(bytes.data(), &size, 4);
  std::memcpy(bytes.data() + 4, text.data(), std::min<std::size_t>(text.size(), 12));
  if (size > 12) {
    std::memcpy(bytes.data() + 8, &index, 4);
    std::memcpy(bytes.data() + 12, &start, 4);
  }
  return bytes;
}

Made views(int index = 1, int start = 2) {
  std::vector<std::uint8_t> bytes;
  for (const auto& part :
       {string_view_bytes("twelve bytes", 0, 0), string_view_bytes("xx", 0, 0),
        string_view_bytes("thirteen byte", index, start), string_view_bytes("", 0, 0)}) {
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return {"vu", "", 4,
          {bit_buffer({1, 0, 1, 1}), bytes, text_buffer("unused"), text_buffer("..thirteen byte"),
           buffer<std::int64_t>({6, 15})}};
}

template <class Index>
Made dictionary(const std::string& format, std::vector<Index> indices) {
  return {format, "", static_cast<std::int64_t>(indices.size()),
          {bit_buffer({1, 1, 0, 1}), buffer(indices)}, {}, std::make_shared<Made>(strings())};
}

}  // namespace

TEST_CASE("numbers of every width are read, whole and sliced") {
  check_numbers<std::int8_t>("c");
  check_numbers<std::uint8_t>("C");
  check_numbers<std::int16_t>("s");
  check_numbers<std::uint16_t>("S");
  check_numbers<std::int32_t>("i");
  check_numbers<std::uint32_t>("I");
  check_numbers<std::int64_t>("l");
  check_numbers<std::uint64_t>("L");
  check_numbers<float>("f");
  check_numbers<double>("g");
  check_cells({"e", "", 0,
               {std::nullopt, buffer<std::uint16_t>({0x3c00, 0xc000, 0x0001, 0x7bff, 0xfc00})}},
              {"1", "-2", "5.960464477539063e-08", "65504", "-inf"});
  check_cells({"b", "", 0, {bit_buffer({1, 1, 0}), bit_buffer({1, 0, 1})}},
              {"true", "false", "-"});
  check_cells({"n", "", 0, {}}, {"-", "-"});
}

TEST_CASE("strings and bytes of every layout are read") {
  check_cells(strings("u"), {"hi", "-", "you"});
  check_cells(strings("z"), {"hi", "-", "you"});
  check_cells({"U", "", 0,
               {std::nullopt, buffer<std::int64_t>({0, 2, 2, 5}), text_buffer("hiyou")}},
              {"hi", "", "you"});
  check_cells({"w:2", "", 0, {std::nullopt, text_buffer("abcd")}}, {"ab", "cd"});
  check_cells(views(), {"twelve bytes", "-", "thirteen byte", ""});
  check_cells(dictionary<std::int8_t>("c", {0, 1, 9, 2}), {"hi", "-", "-", "you"});
  check_cells(dictionary<std::uint16_t>("S", {2, 0, 9, 2}), {"you", "hi", "-", "you"});
  check_cells(dictionary<std::int64_t>("l", {0, 0, -9, 2}), {"hi", "hi", "-", "you"});
  check_cells(dictionary<std::uint64_t>("L", {0, 0, 99, 2}), {"hi", "hi", "-", "you"});
}

TEST_CASE("lists and structures of every layout are read") {
  const Made items = numbers({1, 2, 3, 4, 5, 6});
  const auto offsets = buffer<std::int32_t>({1, 3, 3, 6});
  check_cells({"+l", "", 0, {bit_buffer({1, 1, 1}), offsets}, {items}},
              {"[2, 3]", "[]", "[4, 5, 6]"});
  check_cells({"+L", "", 0, {bit_buffer({1, 0, 1}), buffer<std::int64_t>({0, 1, 1, 2})}, {items}},
              {"[1]", "-", "[2]"});
  check_cells({"+vl", "", 0, {std::nullopt, buffer<std::int32_t>({4, 0}),
                              buffer<std::int32_t>({2, 1})}, {items}},
              {"[5, 6]", "[1]"});
  check_cells({"+w:2", "", 0, {std::nullopt}, {items}}, {"[1, 2]", "[3, 4]", "[5, 6]"});
  check_cells({"+s", "", 0, {bit_buffer({1, 0, 1})}, {strings(), numbers({7, 8, 9})}},
              {"{hi, 7}", "-", "{you, 9}"});
}

TEST_CASE("a format string tells the type") {
  const std::vector<std::pair<std::string, std::string>> formats = {
      {"tdD", "date"}, {"tdm", "date"}, {"tts", "time[s]"}, {"ttn", "time[ns]"},
      {"tsu:UTC", "timestamp[us, UTC]"}, {"tsm:", "timestamp[ms]"}, {"tDn", "duration[ns]"},
      {"d:10,2", "decimal[2]"}, {"d:10,-3,256", "decimal[-3]"}, {"L", "int"}, {"z", "bytes"}};
  for (const auto& [format, type] : formats) {
    CAPTURE(format);
    const Buffer zeros = buffer(std::vector<std::int64_t>(8));
    Made column = {format, "", 0, {std::nullopt, zeros, zeros}};
    CHECK(to_string(import_made(table_of(column)).columns[0].type) == type);
  }
}

TEST_CASE("what cannot be read is an error that names column and type") {
  for (const char* format : {"", "q", "tiM", "tiD", "tx", "+ud:0,1", "+r", "+x", "w:x", "w:-1",
                             "d:5", "d:5,2,77", "uu", "+w:"}) {
    CAPTURE(format);
    Made column = strings(format);
    column.name = "fare";
    Released released;
    const Error error = error_of([&] { (void)import_made(table_of(column), &released); });
    CHECK(error.id() == "column.unsupported_type");
    CHECK(error.where() == "fare");
    CHECK(error.kind() == ErrorKind::type);
    CHECK(std::string(error.what()).find("'" + std::string(format) + "'") != std::string::npos);
    CHECK(released.arrays == 2);
    CHECK(released.schemas == 2);
  }
}

TEST_CASE("malformed data is found before it is read, and released") {
  std::vector<std::pair<std::string, Made>> bad;
  const auto with = [&](const std::string& name, Made column, auto&& change) {
    change(column);
    bad.emplace_back(name, std::move(column));
  };
  const Made items = numbers({1, 2});
  const Made list = {"+l", "", 2, {std::nullopt, buffer<std::int32_t>({0, 1, 2})}, {items}};
  with("too few buffers", strings(), [](Made& m) { m.buffers.pop_back(); });
  with("no offsets", strings(), [](Made& m) { m.buffers[1].reset(); });
  with("no text", strings(), [](Made& m) { m.buffers[2].reset(); });
  with("offsets backwards", strings(),
       [](Made& m) { m.buffers[1] = buffer<std::int32_t>({0, 2, 1, 5}); });
  with("negative offset", strings(),
       [](Made& m) { m.buffers[1] = buffer<std::int32_t>({-1, 2, 2, 5}); });
  with("negative length", strings(), [](Made& m) { m.length = -1; });
  with("negative array offset", strings(), [](Made& m) { m.offset = -1; });
  with("offset past the end", strings(), [](Made& m) { m.offset = INT64_MAX; });
  with("no values", items, [](Made& m) { m.buffers[1].reset(), m.name = "c"; });
  with("list past its items", list,
       [](Made& m) { m.buffers[1] = buffer<std::int32_t>({0, 1, 3}); });
  with("list without child", list, [](Made& m) { m.children.clear(); });
  with("list of two children", list, [&](Made& m) { m.children.push_back(items); });
  with("another number of children", list, [](Made& m) { m.array_children = 0; });
  with("view past its buffer", views(1, 3), [](Made&) {});
  with("view of no buffer", views(2, 0), [](Made&) {});
  with("view of a negative buffer", views(-1, 0), [](Made&) {});
  with("view at a negative place", views(1, -1), [](Made&) {});
  with("index too large", dictionary<std::int8_t>("c", {0, 3, 0, 0}), [](Made&) {});
  with("negative index", dictionary<std::int32_t>("i", {0, -1, 0, 0}), [](Made&) {});
  with("huge index", dictionary<std::uint64_t>("L", {0, ~std::uint64_t{0}, 0, 0}), [](Made&) {});
  with("no dictionary", dictionary<std::int8_t>("c", {0, 1, 0, 0}),
       [](Made& m) { m.array_dictionary = false; });
  with("indices of floats", dictionary<float>("f", {0, 1, 0, 0}), [](Made&) {});
  with("fixed list past its items", {"+w:2", "", 2, {std::nullopt}, {items}},
       [](Made&) {});
  with("list view past its items",
       {"+vl", "", 1, {std::nullopt, buffer<std::int32_t>({1}), buffer<std::int32_t>({2})},
        {items}},
       [](Made&) {});
  with("list view of a negative size",
       {"+vl", "", 1, {std::nullopt, buffer<std::int32_t>({1}), buffer<std::int32_t>({-1})},
        {items}},
       [](Made&) {});
  for (const auto& [name, column] : bad) {
    CAPTURE(name);
    Released released;
    const Error error = error_of([&] { (void)import_made(table_of(column), &released); });
    CHECK(error.id() == "column.malformed");
    CHECK(error.where().substr(0, 1) == "c");
    CHECK(released.arrays >= 2);
    CHECK(released.arrays - released.schemas <= 0);
  }
}

TEST_CASE("tables that do not hold together are refused") {
  Made table = table_of(numbers({1, 2, 3}));
  table.length = 4;
  check_error([&] { (void)import_made(table); }, "column.malformed", "item");
  table.length = 3;
  table.children.push_back(table.children[0]);
  check_error([&] { (void)import_made(table); }, "column.duplicate_name", "item");
  table.children.pop_back();
  table.buffers[0] = bit_buffer({1, 0, 1});
  check_error([&] { (void)import_made(table); }, "column.malformed", "");
  Made deep = numbers({1});
  for (int i = 0; i < 70; ++i) deep = {"+s", "s", 1, {std::nullopt}, {deep}};
  CHECK(error_of([&] { (void)import_made(deep); }).id() == "column.too_deep");
}

TEST_CASE("a structure's fields must be as long as it is") {
  Made column = {"+s", "c", 3, {std::nullopt}, {numbers({1, 2})}};
  CHECK(error_of([&] { (void)import_made(table_of(column)); }).id() == "column.malformed");
}

TEST_CASE("an array that is no table is a batch of one column") {
  Made column = strings();
  column.name = "word";
  const Batch batch = import_made(column);
  CHECK(batch.names == Cells{"word"});
  CHECK(batch.rows == 3);
  CHECK(batch.find("word") == 0u);
  CHECK_FALSE(batch.find("other").has_value());
}

TEST_CASE("the producer's memory is released once, after the last copy") {
  Released released;
  {
    Batch copy;
    {
      const Batch batch = import_made(table_of(strings()), &released);
      copy = batch.slice(0, 1);
    }
    CHECK(released.arrays == 0);
    CHECK(cells(copy.columns[0]) == Cells{"hi"});
  }
  CHECK(released.arrays == 2);
  CHECK(released.schemas == 2);
}

TEST_CASE("a null count of zero makes the bitmap void") {
  Made column = strings();
  column.null_count = 0;
  check_cells(column, {"hi", "", "you"});
}
