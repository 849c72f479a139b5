// Augmenting steps on texts: synonyms, lost and swapped words, typing errors, other case.

#include <array>
#include <map>

#include "transform/steps/augment_steps.hpp"
#include "transform/steps/word_list.hpp"
#include "transform/steps/words.hpp"

namespace zeroskew::steps {
namespace {

// Words of a text: what stands between blanks.
constexpr std::string_view blank = " ";

std::string lowered(std::string_view word) {
  std::string result(word);
  for (char& c : result) c = lower(c);
  return result;
}

// "big: large, huge" for each word; matching folds the case of ASCII letters.
using Thesaurus = std::map<std::string, std::vector<std::string>, std::less<>>;
Thesaurus thesaurus_of(const Settings& settings) {
  Thesaurus thesaurus;
  const auto trimmed = [](std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
  };
  for (const std::string& line : std::get<std::vector<std::string>>(settings.at("thesaurus"))) {
    const std::size_t colon = line.find(':');
    std::vector<std::string> others;
    if (colon != std::string::npos) {
      std::string_view rest = std::string_view(line).substr(colon + 1);
      while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        if (const auto word = trimmed(rest.substr(0, comma)); !word.empty()) {
          others.emplace_back(word);
        }
        rest.remove_prefix(std::min(comma + 1, rest.size()));
      }
    }
    const std::string word =
        lowered(trimmed(std::string_view(line).substr(0, std::min(colon, line.size()))));
    if (others.empty() || word.empty()) {
      fail_value("transform.bad_parameter", "synonyms",
                 "'" + line + "' is no entry of a thesaurus; write 'big: large, huge'");
    }
    thesaurus[word] = std::move(others);
  }
  return thesaurus;
}

Prepared prepare_synonyms(std::span<const Field> inputs, const Settings& settings,
                          const Settings&) {
  return text_draw(
      inputs, settings,
      [thesaurus = thesaurus_of(settings), share = Ranged(settings, "share")](
          Block& block, std::string_view text, const Stream& stream, const Stream& parameters) {
        WordList words(block, text, blank, false);
        const double p = share.at(parameters);
        for (std::size_t i = 0; i < words.size(); ++i) {
          // Only the word is looked up and replaced; marks around it stay.
          const std::string_view all = words[i];
          std::size_t first = 0;
          while (first < all.size() && !is_word_byte(all[first])) ++first;
          std::size_t last = all.size();
          while (last > first && !is_word_byte(all[last - 1])) --last;
          const std::string_view word = all.substr(first, last - first);
          char* space = block.text_space(word.size());
          for (std::size_t k = 0; k < word.size(); ++k) space[k] = lower(word[k]);
          const auto found = thesaurus.find(std::string_view(space, word.size()));
          if (found == thesaurus.end() || !stream.bernoulli(2 * i, p)) continue;
          const std::string& other =
              found
                  ->second[static_cast<std::size_t>(stream.below(2 * i + 1, found->second.size()))];
          const std::size_t size = all.size() - word.size() + other.size();
          char* to = block.text_space(size);
          std::size_t at = all.substr(0, first).copy(to, first);
          at += other.copy(to + at, other.size());
          all.substr(last).copy(to + at, all.size() - last);
          words[i] = {to, size};
        }
        return words.joined(block, blank);
      });
}

// "text => other | another": whole texts, as a translation there and back made them.
Prepared prepare_paraphrase(std::span<const Field> inputs, const Settings& settings,
                            const Settings&) {
  Thesaurus known;
  for (const std::string& line : std::get<std::vector<std::string>>(settings.at("paraphrases"))) {
    const std::size_t arrow = line.find(" => ");
    if (arrow == std::string::npos) {
      fail_value("transform.bad_parameter", "paraphrase",
                 "'" + line + "' has no paraphrase; write 'text => other | another'");
    }
    std::string_view rest = std::string_view(line).substr(arrow + 4);
    std::vector<std::string>& others = known[line.substr(0, arrow)];
    for (std::size_t bar = rest.find(" | "); bar != std::string_view::npos;
         bar = rest.find(" | ")) {
      others.emplace_back(rest.substr(0, bar));
      rest.remove_prefix(bar + 3);
    }
    others.emplace_back(rest);
  }
  return text_draw(
      inputs, settings,
      [known = std::move(known)](Block&, std::string_view text, const Stream& stream,
                                 const Stream&) -> std::string_view {
        const auto found = known.find(text);
        if (found == known.end()) return text;
        return found->second[static_cast<std::size_t>(stream.below(0, found->second.size()))];
      });
}

Prepared prepare_drop(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return text_draw(
      inputs, settings,
      [share = Ranged(settings, "share")](Block& block, std::string_view text, const Stream& stream,
                                          const Stream& parameters) {
        WordList words(block, text, blank, false);
        const double p = share.at(parameters);
        std::size_t kept = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
          if (!stream.bernoulli(i, p)) words[kept++] = words[i];
        }
        if (kept == 0) return text;  // a text without words would say nothing
        words.resize(kept);
        return words.joined(block, blank);
      });
}

Prepared prepare_swap(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto times = static_cast<std::uint64_t>(integer_of(settings, "times"));
  return text_draw(
      inputs, settings,
      [times](Block& block, std::string_view text, const Stream& stream, const Stream&) {
        WordList words(block, text, blank, false);
        if (words.size() < 2) return text;
        for (std::uint64_t k = 0; k < times; ++k) {
          const auto at = static_cast<std::size_t>(stream.below(k, words.size() - 1));
          std::swap(words[at], words[at + 1]);
        }
        return words.joined(block, blank);
      });
}

// Keys beside each letter on a QWERTY keyboard.
constexpr std::array<std::string_view, 26> neighbours = {
    "qwsz",   "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv", "gyujnb", "ujko",
    "huikmn", "jiol", "kop",  "njk",    "bhjm", "iklp",   "ol",     "wa",     "edft",
    "awedxz", "rfgy", "yhji", "cfgb",   "qase", "zsdc",   "tghu",   "asx"};

// One character is lost, doubled, exchanged with the next one, or hit beside its key.
Prepared prepare_typos(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return text_draw(
      inputs, settings,
      [share = Ranged(settings, "share")](Block& block, std::string_view text, const Stream& stream,
                                          const Stream& parameters) {
        const double p = share.at(parameters);
        char* to = block.text_space(2 * text.size());
        std::size_t size = 0;
        std::uint64_t number = 0;
        const auto put = [&](std::string_view piece) {
          size += piece.copy(to + size, piece.size());
        };
        for (std::size_t at = 0; at < text.size(); ++number) {
          const std::size_t width = character_size(text, at);
          const std::string_view here = text.substr(at, width);
          at += width;
          if (!is_word_byte(here[0]) || !stream.bernoulli(3 * number, p)) {
            put(here);
            continue;
          }
          switch (stream.below(3 * number + 1, 4)) {
            case 0:
              break;
            case 1:
              put(here);
              put(here);
              break;
            case 2:
              if (at < text.size()) {
                const std::size_t next = character_size(text, at);
                put(text.substr(at, next));
                at += next;
                ++number;
              }
              put(here);
              break;
            default: {
              const char letter = lower(here[0]);
              if (letter < 'a' || letter > 'z') {
                put(here);
                break;
              }
              const std::string_view keys = neighbours[static_cast<std::size_t>(letter - 'a')];
              char key = keys[static_cast<std::size_t>(stream.below(3 * number + 2, keys.size()))];
              if (letter != here[0]) key = static_cast<char>(key - 32);
              put(std::string_view(&key, 1));
            }
          }
        }
        return std::string_view(to, size);
      });
}

Prepared prepare_case(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return text_draw(inputs, settings,
                   [](Block& block, std::string_view text, const Stream& stream, const Stream&) {
                     char* to = block.text_space(text.size());
                     const std::uint64_t form = stream.below(0, 3);
                     bool start = true;
                     for (std::size_t i = 0; i < text.size(); ++i) {
                       const char c = lower(text[i]);
                       const bool upper = form == 1 || (form == 2 && start);
                       to[i] = upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
                       start = !is_word_byte(c);
                     }
                     return std::string_view(to, text.size());
                   });
}

Parameter share(double fallback) {
  return share_parameter("share", "of the words (typos: of the characters)", fallback);
}

}  // namespace

StepInfo synonyms() {
  StepInfo info = text_step("synonyms",
                            "Replaces words by synonyms from a given thesaurus; the case of ASCII "
                            "letters does not matter, marks around a word stay.",
                            {{.name = "thesaurus",
                              .kind = SettingKind::texts,
                              .doc = "entries such as 'big: large, huge'"},
                             share(0.1)});
  info.prepare = prepare_synonyms;
  return info;
}

StepInfo paraphrase() {
  StepInfo info =
      text_step("paraphrase",
                "Replaces whole texts by paraphrases that were made before, such as "
                "translations there and back; other texts stay.",
                {{.name = "paraphrases",
                  .kind = SettingKind::texts,
                  .doc = "entries such as 'late again => delayed once more | late anew'"}});
  info.prepare = prepare_paraphrase;
  return info;
}

StepInfo word_drop() {
  StepInfo info =
      text_step("word_drop", "Drops words of a text at random, never all of them.", {share(0.1)});
  info.prepare = prepare_drop;
  return info;
}

StepInfo word_swap() {
  StepInfo info = text_step("word_swap", "Exchanges neighbouring words of a text.",
                            {{.name = "times",
                              .kind = SettingKind::integer,
                              .doc = "how many exchanges",
                              .fallback = std::int64_t{1},
                              .lo = 1,
                              .hi = 1000}});
  info.prepare = prepare_swap;
  return info;
}

StepInfo typos() {
  StepInfo info = text_step("typos",
                            "Typing errors: a character is lost, doubled, exchanged with the next "
                            "one, or replaced by one beside its key (QWERTY).",
                            {share(0.02)});
  info.prepare = prepare_typos;
  return info;
}

StepInfo random_case() {
  StepInfo info = text_step("random_case",
                            "Writes a text in lower case, in upper case or with capitals, drawn "
                            "evenly; ASCII letters only.",
                            {});
  info.prepare = prepare_case;
  return info;
}

}  // namespace zeroskew::steps
