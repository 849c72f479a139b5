#include <functional>
#include <set>

#include "transform/steps/categories.hpp"
#include "transform/steps/steps.hpp"
#include "transform/steps/tokens.hpp"

namespace zeroskew::steps {
namespace {

// The items of all lists; how often they occur does not matter.
std::vector<ValueCount> items_in(const FitInput& input) {
  std::set<std::string, std::less<>> items;
  for (const ValueCount& entry : counts_in(input)) {
    each_token(std::get<std::string>(entry.value), input.fields[0].name,
               [&](std::string_view token) { items.emplace(token); });
  }
  if (items.empty()) {
    fail_value("transform.no_values", input.fields[0].name, "no list has an item");
  }
  std::vector<ValueCount> counts;
  for (const std::string& item : items) counts.push_back({item, {}});
  return counts;
}

Settings fit(const FitInput& input) {
  const bool list = input.fields[0].type.kind == Kind::list;
  std::vector<ValueCount> counts = list ? items_in(input) : counts_in(input);
  const auto most = static_cast<std::size_t>(integer_of(input.settings, "max_categories"));
  if (counts.size() > most) {
    fail_value("transform.too_many_categories", input.fields[0].name,
               std::to_string(counts.size()) + " categories, more than max_categories, " +
                   std::to_string(most) +
                   "; group them with rare_label, or use vocabulary or "
                   "hash_bucket");
  }
  return learn_categories(by_value(std::move(counts)), input.fields[0]);
}

std::vector<Kind> category_and_list_kinds() {
  std::vector<Kind> kinds = category_kinds;
  kinds.push_back(Kind::list);
  return kinds;
}

enum class Unknown { ignore, other, error };

class OneHot final : public Operation {
 public:
  OneHot(CategoryIndex index, const Field& field, Unknown unknown, bool missing, std::size_t first)
      : index_(std::move(index)),
        list_(field.type.kind == Kind::list),
        unknown_(unknown),
        missing_(missing),
        first_(first),
        column_(field.name) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    clear(block, out);
    if (list_) return apply_lists(block, in[0], out);
    index_.for_each(block, in[0], [&](std::size_t row, std::int64_t category) {
      set(block, out, row, category, [&] { fail_unknown(block, in[0], row, column_); });
    });
  }

 private:
  // Every item has its column.
  void apply_lists(Block& block, Slot in, std::span<const Slot> out) const {
    for (std::size_t row = 0; row < block.rows(); ++row) {
      if (block.valid(in)[row] == 0) {
        set(block, out, row, missing_category, [] {});
        continue;
      }
      each_token(block.texts(in)[row], column_, [&](std::string_view token) {
        set(block, out, row, index_.find(token), [&] {
          fail_value("transform.unknown_value", column_,
                     "'" + std::string(token) + "' was not there when fitting");
        });
      });
    }
  }

  // The 1 of a category, if it has a column; `fail` tells of an unknown one where that is an error.
  template <class Fail>
  void set(Block& block, std::span<const Slot> out, std::size_t row, std::int64_t category,
           const Fail& fail) const {
    std::size_t hot = out.size();
    if (category >= 0) {
      // The dropped first category has no column: all zeros.
      hot = static_cast<std::size_t>(category) - first_;
    } else if (category == missing_category) {
      if (missing_) hot = out.size() - 1;
    } else if (unknown_ == Unknown::other) {
      hot = index_.size() - first_;
    } else if (unknown_ == Unknown::error) {
      fail();
    }
    if (hot < out.size()) block.numbers(out[hot])[row] = 1.0;
  }

  // The columns lie one behind the other: one fill for all of them.
  static void clear(Block& block, std::span<const Slot> out) noexcept {
    if (out.empty()) return;
    const std::size_t cells = out.size() * block.capacity();
    if (out.back().place - out.front().place + 1 == out.size() &&
        out.back().column - out.front().column + 1 == out.size()) {
      std::fill_n(block.numbers(out.front()), cells, 0.0);
      std::memset(block.valid(out.front()), 1, cells);
      return;
    }
    for (const Slot slot : out) {
      std::fill_n(block.numbers(slot), block.rows(), 0.0);
      std::memset(block.valid(slot), 1, block.rows());
    }
  }

  CategoryIndex index_;
  bool list_;
  Unknown unknown_;
  bool missing_;
  std::size_t first_;
  std::string column_;
};

Prepared prepare(std::span<const Field> inputs, const Settings& settings, const Settings& learned) {
  const std::string& column = inputs[0].name;
  CategoryIndex index(learned, inputs[0], "one_hot");
  const std::string& word = text_of(settings, "unknown");
  const Unknown unknown = word == "ignore"  ? Unknown::ignore
                          : word == "other" ? Unknown::other
                                            : Unknown::error;
  const bool missing = text_of(settings, "missing") == "column";
  const std::size_t first = flag_of(settings, "drop_first") && index.size() != 0 ? 1 : 0;
  Prepared prepared;
  for (std::size_t i = first; i < index.size(); ++i) {
    prepared.outputs.push_back({column + "_" + index.name(i), floating(), {}});
  }
  if (unknown == Unknown::other) prepared.outputs.push_back({column + "_other", floating(), {}});
  if (missing) prepared.outputs.push_back({column + "_missing", floating(), {}});
  prepared.operation =
      std::make_shared<const OneHot>(std::move(index), inputs[0], unknown, missing, first);
  return prepared;
}

// The category whose column is largest, if that is above 0; no column above 0: the first category
// where it has none of its own, else missing, as are the columns of others and of the missing.
class Hottest final : public Operation {
 public:
  Hottest(const Settings& learned, std::size_t first) : first_(first) {
    if (is_set(learned, "texts")) texts_ = std::get<std::vector<std::string>>(learned.at("texts"));
    if (is_set(learned, "integers")) {
      integers_ = std::get<std::vector<std::int64_t>>(learned.at("integers"));
    }
  }

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::size_t size = std::max(texts_.size(), integers_.size());
    for (std::size_t row = 0; row < block.rows(); ++row) {
      std::size_t hot = first_ == 0 ? size : 0;
      double most = 0.0;
      for (std::size_t k = 0; k < in.size(); ++k) {
        const double x = block.valid(in[k])[row] != 0 ? block.numbers(in[k])[row] : 0.0;
        if (!(x > most)) continue;
        most = x;
        hot = k + first_;
      }
      const bool known = hot < size;
      block.valid(out[0])[row] = known;
      if (out[0].storage == Storage::text) {
        block.texts(out[0])[row] = known ? std::string_view(texts_[hot]) : std::string_view();
      } else {
        block.integers(out[0])[row] = known ? integers_[hot] : 0;
      }
    }
  }

 private:
  std::vector<std::string> texts_;
  std::vector<std::int64_t> integers_;
  std::size_t first_;
};

Prepared inverse(std::span<const Field> inputs, const Settings& settings, const Settings& learned) {
  if (inputs[0].type.kind == Kind::list) {
    fail_value("transform.no_inverse", "one_hot", "the order of a list's items is not known");
  }
  const CategoryIndex index(learned, inputs[0], "one_hot");
  const std::size_t first = flag_of(settings, "drop_first") && index.size() != 0 ? 1 : 0;
  Prepared prepared;
  prepared.outputs = {{inputs[0].name, inputs[0].type, {}}};
  prepared.operation = std::make_shared<const Hottest>(learned, first);
  return prepared;
}

}  // namespace

StepInfo one_hot() {
  return {.name = "one_hot",
          .doc =
              "A column <name>_<value> for each value seen when fitting, in their order: 1 where "
              "the cell has it, else 0; of a list, for each item: 1 where the list has it. Two "
              "columns of one name are an error, also where a value "
              "is called 'other' or 'missing'.",
          .role = StepRole::fitted,
          .accepts = category_and_list_kinds(),
          .on_unknown = OnUnknown::zeros,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "unknown",
                          .kind = SettingKind::choice,
                          .doc = "a value not seen when fitting: all zeros, a column <name>_other, "
                                 "or an error",
                          .fallback = "ignore",
                          .choices = {"ignore", "other", "error"}},
                         {.name = "missing",
                          .kind = SettingKind::choice,
                          .doc = "a missing cell: all zeros, or a column <name>_missing",
                          .fallback = "zeros",
                          .choices = {"zeros", "column"}},
                         {.name = "drop_first",
                          .kind = SettingKind::boolean,
                          .doc = "no column for the first value",
                          .fallback = false},
                         {.name = "max_categories",
                          .kind = SettingKind::integer,
                          .doc = "more values than this are an error",
                          .fallback = std::int64_t{1000},
                          .lo = 1,
                          .hi = 65536}},
          .learned = category_parameters(),
          .fit = fit,
          .prepare = prepare,
          .inverse = inverse};
}

}  // namespace zeroskew::steps
