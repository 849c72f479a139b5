# One translation unit for each instruction set, with its flags; the others are left out.
set(kernel_dir "${PROJECT_SOURCE_DIR}/src/kernel")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64" AND NOT MSVC)
  set_source_files_properties("${kernel_dir}/baseline.cpp" PROPERTIES COMPILE_OPTIONS "-O3")
  set_source_files_properties("${kernel_dir}/avx2.cpp" PROPERTIES COMPILE_OPTIONS "-O3;-mavx2")
  set_source_files_properties("${kernel_dir}/avx512.cpp" PROPERTIES COMPILE_OPTIONS
    "-O3;-mavx512f;-mavx512cd;-mavx512dq;-mavx512bw;-mavx512vl;-mprefer-vector-width=512;$<$<CXX_COMPILER_ID:GNU>:-fschedule-insns>")
  set_source_files_properties("${kernel_dir}/dispatch.cpp" PROPERTIES COMPILE_DEFINITIONS
    ZEROSKEW_X86_LEVELS)
else()
  list(REMOVE_ITEM sources "${kernel_dir}/avx2.cpp" "${kernel_dir}/avx512.cpp")
endif()
