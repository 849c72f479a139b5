#pragma once
/// The steps of the registry, each made by its own source file.

#include "zeroskew/transform/step_info.hpp"

namespace zeroskew::steps {

StepInfo impute();
StepInfo missing_indicator();
StepInfo standardize();
StepInfo min_max();
StepInfo robust();
StepInfo max_abs();
StepInfo clip();
StepInfo winsorize();
StepInfo log1p();
StepInfo power();
StepInfo quantile_rank();
StepInfo gauss_rank();
StepInfo bucketize();
StepInfo one_hot();
StepInfo ordinal();
StepInfo vocabulary();
StepInfo hash_bucket();
StepInfo cross();
StepInfo count_encode();
StepInfo rare_label();
StepInfo date_parts();
StepInfo cyclical();
StepInfo text_normalize();
StepInfo drop();
StepInfo select();
StepInfo rename();
StepInfo cast();
StepInfo gaussian_noise();
StepInfo laplace_noise();
StepInfo uniform_noise();
StepInfo multiplicative_noise();
StepInfo random_scale();
StepInfo random_shift();
StepInfo mask_to_missing();
StepInfo swap_columns();
StepInfo category_resample();
StepInfo timestamp_jitter();

}  // namespace zeroskew::steps
