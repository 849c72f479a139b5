#include "stats/short_texts.hpp"

#include <string>
#include <vector>

#include "stats/cell_feed.hpp"
#include "support/catch.hpp"
#include "support/generate.hpp"

using namespace zeroskew;
using test::Generator;

namespace {

// Values of 0 to `longest` bytes: zeros, ASCII and what is no UTF-8 among them.
std::vector<std::string> values_of(Generator& generate, std::size_t different,
                                   std::size_t longest) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < different; ++i) {
    std::string value(generate.below(longest + 1), '\0');
    for (char& c : value) {
      const auto kind = generate.below(3);
      c = static_cast<char>(kind == 0   ? 0
                            : kind == 1 ? 'a' + generate.below(26)
                                        : generate.below(256));
    }
    values.push_back(std::move(value));
  }
  return values;
}

}  // namespace

TEST_CASE("the memo leaves the state that the values leave one by one") {
  Generator generate(1);
  for (const std::size_t different : {1u, 3u, 500u, 30000u, 90000u}) {
    const std::vector<std::string> words = values_of(generate, different, 10);
    TextStats one_by_one;
    TextStats memoised;
    ShortTexts memo(memoised);
    std::size_t misses = 0;
    for (int i = 0; i < 200000; ++i) {
      const std::string& word = words[generate.below(different)];
      one_by_one.add(word);
      const std::string roomy = word + "12345678";
      if (!(i % 2 == 0 ? memo.add(word) : memo.add({roomy.data(), word.size()}, true))) {
        CHECK(word.size() > ShortTexts::longest);
        memoised.add(word);
      }
    }
    misses = memo.misses();
    CHECK(memo.misses() == 0);
    CHECK((misses < 40000) == (different <= 500));
    memo.flush();
    memo.flush();
    CHECK(memoised == one_by_one);
    CHECK(memoised.invalid_utf8() == one_by_one.invalid_utf8());
  }
}

TEST_CASE("columns of texts, whatever repeats in them") {
  Generator generate(2);
  for (const std::size_t different : {2u, 5000u, 80000u}) {
    const std::vector<std::string> words = values_of(generate, different, 10);
    for (const std::int64_t rows : {100, 32768, 100001}) {
      TextStats expected;
      std::string bytes;
      std::vector<std::int32_t> offsets{0};
      for (std::int64_t i = 0; i < rows; ++i) {
        // Few words first, then many: what pays changes on the way.
        const std::string& word = words[generate.below(i < rows / 2 ? 2 : different)];
        expected.add(word);
        bytes += word;
        offsets.push_back(static_cast<std::int32_t>(bytes.size()));
      }
      ColumnView column;
      column.type.kind = Kind::string;
      column.layout = Layout::binary32;
      column.values = bytes.data();
      column.offsets = offsets.data();
      column.length = rows;
      TextStats found;
      add_text(found, column);
      CHECK(found == expected);
      CHECK(found.lengths() == expected.lengths());
      add_text(found, column);
      expected += expected;
      CHECK(found == expected);
    }
  }
}
