#pragma once
/// Augmenting steps on several columns, on texts, on histories and on time series.

#include "zeroskew/transform/step_info.hpp"

namespace zeroskew::steps {

StepInfo correlated_noise();
StepInfo mixup();
StepInfo salt_noise();
StepInfo ordered_jitter();
StepInfo series_jitter();
StepInfo series_scale();
StepInfo series_drift();
StepInfo series_warp();
StepInfo series_crop();
StepInfo series_dropout();
StepInfo history_drop();
StepInfo history_insert();
StepInfo history_reorder();
StepInfo history_truncate();
StepInfo synonyms();
StepInfo paraphrase();
StepInfo word_drop();
StepInfo word_swap();
StepInfo typos();
StepInfo random_case();

}  // namespace zeroskew::steps
