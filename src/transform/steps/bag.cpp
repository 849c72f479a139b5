// Texts as columns of word counts: bag of words, tf-idf, n-grams.

#include <map>

#include "transform/steps/categories.hpp"
#include "transform/steps/learned_steps.hpp"
#include "transform/steps/terms.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/stats/exact_sum.hpp"

namespace zeroskew::steps {
namespace {

struct Counted {
  std::uint64_t total = 0;      // of occurrences
  std::uint64_t documents = 0;  // in which it occurs
};

// The terms of all texts, each text as often as it occurs.
std::map<std::string, Counted> count_terms(const FitInput& input, std::uint64_t& documents) {
  const Terms terms(input.fields[0], input.settings);
  std::map<std::string, Counted> counted;
  documents = 0;
  std::string space;
  for (const ValueCount& entry : counts_in(input)) {
    const auto times = static_cast<std::uint64_t>(entry.count.value);
    const std::string& text = std::get<std::string>(entry.value);
    std::map<std::string, std::uint64_t> own;
    space.resize(terms.space_for(text));
    terms.each(text, space.data(), [&](std::string_view term) { ++own[std::string(term)]; });
    for (const auto& [term, count] : own) {
      Counted& sum = counted[term];
      sum.total += count * times;
      sum.documents += times;
    }
    documents += times;
  }
  return counted;
}

// The most frequent terms (among equals the smaller), in their order; as scikit-learn keeps them.
Settings fit_terms(const FitInput& input) {
  std::uint64_t documents = 0;
  const std::map<std::string, Counted> counted = count_terms(input, documents);
  const auto least = static_cast<std::uint64_t>(integer_of(input.settings, "min_documents"));
  std::vector<const std::pair<const std::string, Counted>*> kept;
  for (const auto& entry : counted) {
    if (entry.second.documents >= least) kept.push_back(&entry);
  }
  const auto most = static_cast<std::size_t>(integer_of(input.settings, "max_features"));
  if (kept.size() > most) {
    std::stable_sort(kept.begin(), kept.end(), [](const auto* a, const auto* b) {
      return a->second.total > b->second.total;
    });
    kept.resize(most);
    std::sort(kept.begin(), kept.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
  }
  if (kept.empty()) {
    fail_value("transform.no_values", input.fields[0].name,
               "no term occurs in min_documents texts");
  }
  std::vector<std::string> texts;
  std::vector<double> weights;
  const auto n = static_cast<double>(documents);
  for (const auto* entry : kept) {
    texts.push_back(entry->first);
    const auto df = static_cast<double>(entry->second.documents);
    weights.push_back(detail::math::log((1.0 + n) / (1.0 + df)) + 1.0);
  }
  return {{"texts", std::move(texts)}, {"idf", std::move(weights)}};
}

enum class Weight : std::uint8_t { count, binary, tfidf };

class Bag final : public Operation {
 public:
  Bag(CategoryIndex index, Terms terms, Weight weight, bool sublinear, std::string norm,
      std::vector<double> idf)
      : index_(std::move(index)),
        terms_(std::move(terms)),
        weight_(weight),
        sublinear_(sublinear),
        norm_(norm == "l2" ? 2 : (norm == "l1" ? 1 : 0)),
        idf_(std::move(idf)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::size_t rows = block.rows();
    const std::uint8_t* valid = block.valid(in[0]);
    for (const Slot slot : out) {
      std::fill_n(block.numbers(slot), rows, 0.0);
      std::memcpy(block.valid(slot), valid, rows);
    }
    for (std::size_t i = 0; i < rows; ++i) {
      if (valid[i] == 0) continue;
      const std::string_view text = block.texts(in[0])[i];
      char* space = block.text_space(terms_.space_for(text));
      terms_.each(text, space, [&](std::string_view term) {
        const std::int64_t at = index_.find(term);
        if (at >= 0) block.numbers(out[static_cast<std::size_t>(at)])[i] += 1.0;
      });
      finish(block, out, i);
    }
  }

 private:
  void finish(Block& block, std::span<const Slot> out, std::size_t row) const {
    if (weight_ == Weight::count) return;
    double size = 0.0;
    for (std::size_t k = 0; k < out.size(); ++k) {
      double& x = block.numbers(out[k])[row];
      if (x == 0.0) continue;
      if (weight_ == Weight::binary) {
        x = 1.0;
        continue;
      }
      x = (sublinear_ ? detail::math::log(x) + 1.0 : x) * idf_[k];
      size += norm_ == 2 ? x * x : x;
    }
    if (weight_ != Weight::tfidf || norm_ == 0 || size == 0.0) return;
    const double length = norm_ == 2 ? std::sqrt(size) : size;
    for (const Slot slot : out) block.numbers(slot)[row] /= length;
  }

  CategoryIndex index_;
  Terms terms_;
  Weight weight_;
  bool sublinear_;
  int norm_;
  std::vector<double> idf_;
};

Prepared prepare_terms(std::span<const Field> inputs, const Settings& settings,
                       const Settings& learned, Weight weight, bool sublinear,
                       const std::string& norm) {
  CategoryIndex index(learned, inputs[0], "bag_of_words");
  const std::vector<double>& idf = numbers_of(learned, "idf");
  if (idf.size() != index.size()) malformed("tfidf", "terms and weights differ");
  Prepared prepared;
  prepared.keeps_inputs = flag_of(settings, "keep");
  for (std::size_t i = 0; i < index.size(); ++i) {
    prepared.outputs.push_back({inputs[0].name + "_" + index.name(i), floating(), {}});
  }
  prepared.operation = std::make_shared<const Bag>(std::move(index), Terms(inputs[0], settings),
                                                   weight, sublinear, norm, idf);
  return prepared;
}

Prepared prepare_bag(std::span<const Field> inputs, const Settings& settings,
                     const Settings& learned) {
  return prepare_terms(inputs, settings, learned,
                       flag_of(settings, "binary") ? Weight::binary : Weight::count, false, "none");
}

Prepared prepare_tfidf(std::span<const Field> inputs, const Settings& settings,
                       const Settings& learned) {
  return prepare_terms(inputs, settings, learned, Weight::tfidf, flag_of(settings, "sublinear"),
                       text_of(settings, "norm"));
}

class Ngrams final : public Operation {
 public:
  Ngrams(Terms terms, std::string joint, std::string separator)
      : terms_(std::move(terms)), joint_(std::move(joint)), separator_(std::move(separator)) {
    // Items may have blanks of their own, which stay.
    if (terms_.list) terms_.glue = '\x1f';
  }

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    copy_valid(block, in[0], out[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      if (block.valid(out[0])[i] == 0) {
        block.texts(out[0])[i] = {};
        continue;
      }
      const std::string_view text = block.texts(in[0])[i];
      char* space = block.text_space(terms_.space_for(text));
      std::size_t size = 0;
      terms_.each(text, space, [&](std::string_view term) { size += written(term); });
      char* to = block.text_space(size);
      std::size_t at = 0;
      terms_.each(text, space, [&](std::string_view term) {
        if (at > 0) at += separator_.copy(to + at, separator_.size());
        for (const char c : term) {
          if (c == terms_.glue && !terms_.chars) {
            at += joint_.copy(to + at, joint_.size());
          } else {
            to[at++] = c;
          }
        }
      });
      block.texts(out[0])[i] = {to, at};
    }
  }

 private:
  [[nodiscard]] std::size_t written(std::string_view term) const noexcept {
    return term.size() * std::max<std::size_t>(1, joint_.size()) + separator_.size();
  }

  Terms terms_;
  std::string joint_;
  std::string separator_;
};

Prepared prepare_ngrams(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return one_output(
      inputs, settings, plain_type(Kind::string),
      std::make_shared<const Ngrams>(Terms(inputs[0], settings), text_of(settings, "joint"),
                                     text_of(settings, "separator")));
}

Parameter count(std::string name, std::string doc, std::int64_t fallback, double hi) {
  return {.name = std::move(name),
          .kind = SettingKind::integer,
          .doc = std::move(doc),
          .fallback = fallback,
          .lo = 1,
          .hi = hi};
}
Parameter flag(std::string name, std::string doc, bool fallback) {
  return {.name = std::move(name),
          .kind = SettingKind::boolean,
          .doc = std::move(doc),
          .fallback = fallback};
}

std::vector<Parameter> term_parameters(std::int64_t low, std::int64_t high) {
  return {count("ngram_low", "fewest words (or characters) of a term", low, 20),
          count("ngram_high", "most words (or characters) of a term", high, 20),
          {.name = "analyzer",
           .kind = SettingKind::choice,
           .doc = "terms of words, or of characters",
           .fallback = "word",
           .choices = {"word", "char"}},
          flag("lowercase", "fold the case of ASCII letters", true),
          count("min_length", "fewest characters of a word", 2, 1000)};
}

StepInfo terms_info(std::string name, std::string doc, Parameter own) {
  StepInfo info{.name = std::move(name),
                .doc = std::move(doc),
                .role = StepRole::fitted,
                .accepts = {Kind::string, Kind::list},
                .on_unknown = OnUnknown::zeros,
                .on_overflow = OnOverflow::none,
                .parameters = {count("max_features", "keep the most frequent terms", 100, 65536),
                               std::move(own)},
                .learned = {{.name = "texts", .kind = SettingKind::texts, .doc = "the terms"},
                            {.name = "idf",
                             .kind = SettingKind::numbers,
                             .doc = "log((1 + n) / (1 + texts with the term)) + 1"}},
                .fit = fit_terms};
  for (Parameter& parameter : term_parameters(1, 1)) info.parameters.push_back(parameter);
  info.parameters.push_back(
      count("min_documents", "keep terms that occur in at least so many texts", 1, 1e15));
  info.parameters.push_back(flag("keep", "keep the text column too", false));
  return info;
}

}  // namespace

StepInfo bag_of_words() {
  StepInfo info = terms_info(
      "bag_of_words",
      "A column <name>_<term> for each term: how often it occurs in the text, as scikit-learn's "
      "CountVectorizer for ASCII texts; every other character counts as a letter. The items of a "
      "list are its words, as they are. Missing stays missing.",
      flag("binary", "1 where the term occurs, instead of how often", false));
  info.prepare = prepare_bag;
  return info;
}

StepInfo tfidf() {
  StepInfo info = terms_info(
      "tfidf",
      "A column <name>_<term> for each term: its count times its inverse document frequency "
      "(smoothed), a text's columns scaled to length 1: scikit-learn's TfidfVectorizer for ASCII "
      "texts. The items of a list are its words, as they are. Missing stays missing.",
      {.name = "norm",
       .kind = SettingKind::choice,
       .doc = "what is 1 for each text: the root of the sum of squares, the sum, or nothing",
       .fallback = "l2",
       .choices = {"l2", "l1", "none"}});
  info.parameters.push_back(flag("sublinear", "1 + log(count) instead of the count", false));
  info.prepare = prepare_tfidf;
  return info;
}

StepInfo ngrams() {
  StepInfo info{.name = "ngrams",
                .doc =
                    "The n-grams of a text as one text: words joined by `joint`, n-grams "
                    "separated by `separator`, in their order. The items of a list are its words, "
                    "as they are: with ngram_low = ngram_high = 1 they are put in one text.",
                .accepts = {Kind::string, Kind::list},
                .on_overflow = OnOverflow::none,
                .parameters = term_parameters(2, 2),
                .one_output = true,
                .prepare = prepare_ngrams};
  info.parameters.push_back({.name = "joint",
                             .kind = SettingKind::text,
                             .doc = "between the words of an n-gram",
                             .fallback = "_"});
  info.parameters.push_back(
      {.name = "separator", .kind = SettingKind::text, .doc = "between n-grams", .fallback = " "});
  return info;
}

}  // namespace zeroskew::steps
