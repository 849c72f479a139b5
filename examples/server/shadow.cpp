#include "shadow.hpp"

#include <utility>

#include <zeroskew/error.hpp>
#include "json_text.hpp"
#include "rows.hpp"

namespace server {
namespace {

constexpr std::size_t most_jobs = 1024;
constexpr std::size_t most_bytes = 64 << 20;

// The outputs as text; the same text, the same bits.
std::string outcome(const Model& model, zeroskew::Row& row, Rows& rows, std::size_t i,
                    Cells& cells) {
  std::string text;
  try {
    rows.read(i, model, cells);
    model.plan.apply(std::span<const zeroskew::RowCell>(cells.cells), row, rows.key(i),
                     rows.epoch());
    for (std::size_t o = 0; o < model.outputs.size(); ++o) {
      if (model.outputs[o].passes) continue;
      text += model.outputs[o].member;
      append_json(text, row[o]);
    }
  } catch (const zeroskew::Error&) {
    text = "refused";
  }
  return text;
}

}  // namespace

Shadow::Shadow(std::size_t most_rows) : most_rows_(most_rows), thread_([this] { run(); }) {}

Shadow::~Shadow() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Shadow::add(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() >= most_jobs || bytes_ + job.body.size() > most_bytes) {
      dropped_.fetch_add(1);
      return;
    }
    bytes_ += job.body.size();
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void Shadow::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stop_ || !jobs_.empty(); });
    if (stop_) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    bytes_ -= job.body.size();
    lock.unlock();
    compare(job);
    lock.lock();
  }
}

void Shadow::compare(const Job& job) {
  RowsReader reader;
  try {
    Rows& rows = reader.read(job.body, job.content_type, job.enveloped, most_rows_, *job.answering);
    if (!lane_ || lane_->shared() != job.beside) lane_ = std::make_unique<Lane>(job.beside, 0);
    Lane& lane = *lane_;
    zeroskew::Row row = job.answering->plan.row();
    Cells cells;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string expected = outcome(*job.answering, row, rows, i, cells);
      std::string found = "refused";
      try {
        lane.read(rows, i);
        lane.transform(rows.key(i), rows.epoch());
        found.clear();
        for (std::size_t o = 0; o < job.beside->outputs.size(); ++o) {
          if (job.beside->outputs[o].passes) continue;
          found += job.beside->outputs[o].member;
          append_json(found, lane.row()[o]);
        }
      } catch (const zeroskew::Error&) {
        found = "refused";
      }
      rows_.add();
      if (found != expected) differences_.add();
    }
  } catch (const zeroskew::Error&) {
    return;  // the answer said so already
  }
}

}  // namespace server
