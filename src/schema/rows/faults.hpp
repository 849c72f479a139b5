#pragma once
// Kinds of faults, and the rows where they were found.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "zeroskew/schema/row_anomalies.hpp"

namespace zeroskew::detail {

// How much of a fault is none.
enum class Tolerance : std::uint8_t {
  none,
  presence,
  mass,
  least_share,  // of what was tested must not be marked
  most_share,   // of what was tested may be marked
  empty,        // where all of a column is at fault, there is none
};

struct Fault {
  Path path;
  AnomalyType type = AnomalyType::unknown_type;
  std::string rule;
  std::string summary;
  std::string expected;  // the beginning of the message
  Tolerance tolerance = Tolerance::none;
  double least = 1.0;  // share that must be as it should be
  std::string found;   // instead of the cell, where no cell tells
  Severity severity = Severity::error;
};

// The faults by number; from several threads.
class FaultTable {
 public:
  std::size_t add(Fault fault) {
    const std::lock_guard lock(guard_);
    const auto key = [](const Fault& f) { return std::tie(f.path, f.type, f.rule, f.expected); };
    for (std::size_t i = 0; i < faults_.size(); ++i) {
      if (key(faults_[i]) == key(fault)) return i;
    }
    faults_.push_back(std::move(fault));
    return faults_.size() - 1;
  }
  // A new one, of which it is known that there is no such yet.
  std::size_t append(Fault fault) {
    faults_.push_back(std::move(fault));
    return faults_.size() - 1;
  }
  [[nodiscard]] Fault& at(std::size_t i) { return faults_[i]; }
  [[nodiscard]] std::size_t size() const noexcept { return faults_.size(); }
  [[nodiscard]] const Fault& operator[](std::size_t i) const { return faults_[i]; }

 private:
  std::mutex guard_;
  std::deque<Fault> faults_;
};

// Where one fault was found.
struct Found {
  std::vector<std::uint64_t> marked;  // a bit a row
  std::int64_t rows = 0;
  double values = 0.0;  // at fault: a row may hold several
  double tested = 0.0;
  std::vector<RowSample> samples;

  // The rows of another piece, which begin at `base` here.
  void append(const Found& piece, std::int64_t base, std::size_t samples_wanted) {
    const auto word = static_cast<std::size_t>(base / 64);
    const auto shift = static_cast<unsigned>(base % 64);
    if (piece.rows > 0) {
      if (marked.size() < word + piece.marked.size() + 1) {
        marked.resize(word + piece.marked.size() + 1);
      }
      for (std::size_t i = 0; i < piece.marked.size(); ++i) {
        marked[word + i] |= piece.marked[i] << shift;
        if (shift != 0) marked[word + i + 1] |= piece.marked[i] >> (64 - shift);
      }
    }
    rows += piece.rows;
    values += piece.values;
    tested += piece.tested;
    for (const RowSample& sample : piece.samples) {
      if (samples.size() == samples_wanted) break;
      samples.push_back({sample.row + base, sample.value});
    }
  }
};

// What was found in one piece of a batch. Rows count from its first, and are marked in order.
class Marks {
 public:
  Marks(std::size_t samples, std::size_t rows) : samples_(samples), words_((rows + 63) / 64) {}

  // `value` gives the text of the cell.
  template <class Text>
  void mark(std::size_t fault, std::size_t row, Text value) {
    Found& found = at(fault);
    found.values += 1.0;
    if (found.marked.empty()) found.marked.resize(words_);
    const std::uint64_t bit = std::uint64_t{1} << (row % 64);
    if ((found.marked[row / 64] & bit) != 0) return;
    found.marked[row / 64] |= bit;
    ++found.rows;
    if (found.samples.size() < samples_) {
      found.samples.push_back({static_cast<std::int64_t>(row), value()});
    }
  }
  void tested(std::size_t fault, std::size_t count) {
    at(fault).tested += static_cast<double>(count);
  }

  [[nodiscard]] const std::vector<std::pair<std::size_t, Found>>& all() const noexcept {
    return found_;
  }

 private:
  Found& at(std::size_t fault) {
    // Few kinds at a time, and mostly the same as before.
    if (last_ < found_.size() && found_[last_].first == fault) return found_[last_].second;
    for (last_ = 0; last_ < found_.size(); ++last_) {
      if (found_[last_].first == fault) return found_[last_].second;
    }
    return found_.emplace_back(fault, Found()).second;
  }

  std::size_t samples_;
  std::size_t words_;
  std::size_t last_ = 0;
  std::vector<std::pair<std::size_t, Found>> found_;
};

}  // namespace zeroskew::detail
