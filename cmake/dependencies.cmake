# Dependencies come from the system where it has them (Debian's packages serve), and are fetched where
# it does not. OpenSSL (libcrypto: SHA-256) has no CMake build of its own, so it must be installed.
include(FetchContent)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

function(zeroskew_dependency name version url)
  find_package(${name} ${version} QUIET)
  if(${name}_FOUND)
    return()
  endif()
  message(STATUS "${name} is not installed: fetching it")
  FetchContent_Declare(${name} URL "${url}" DOWNLOAD_EXTRACT_TIMESTAMP ON)
  FetchContent_MakeAvailable(${name})
endfunction()

zeroskew_dependency(nlohmann_json 3.9
  "https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz")
set(EIGEN_BUILD_TESTING OFF)
set(EIGEN_BUILD_DOC OFF)
zeroskew_dependency(Eigen3 3.3
  "https://gitlab.com/libeigen/eigen/-/archive/3.4.0/eigen-3.4.0.tar.gz")
zeroskew_dependency(xsimd 8
  "https://github.com/xtensor-stack/xsimd/archive/refs/tags/13.2.0.tar.gz")

if(ZEROSKEW_BUILD_TESTS)
  find_package(Catch2 3 QUIET)
  if(NOT Catch2_FOUND)
    zeroskew_dependency(Catch2 2.13
      "https://github.com/catchorg/Catch2/archive/refs/tags/v3.7.1.tar.gz")
  endif()
endif()
if(ZEROSKEW_BUILD_BENCHMARKS)
  set(BENCHMARK_ENABLE_TESTING OFF)
  zeroskew_dependency(benchmark 1.7
    "https://github.com/google/benchmark/archive/refs/tags/v1.9.1.tar.gz")
endif()
