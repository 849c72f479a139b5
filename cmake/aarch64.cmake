# Debian's cross compiler; programs are linked statically and run under user-mode QEMU. `./dev test isa` uses it.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)

# libcrypto of the other architecture, unpacked beside the build; all other dependencies are headers.
set(arm64 "${CMAKE_CURRENT_LIST_DIR}/../build/arm64-packages/usr")
set(OPENSSL_INCLUDE_DIR "${arm64}/include" CACHE PATH "")
set(OPENSSL_CRYPTO_LIBRARY "${arm64}/lib/aarch64-linux-gnu/libcrypto.a" CACHE FILEPATH "")
# GCC tells of a change of calling conventions that only older compilers would notice.
set(CMAKE_CXX_FLAGS_INIT "-Wno-psabi -isystem ${arm64}/include/aarch64-linux-gnu")

# Headers only, but Debian keeps this one's configuration among the libraries of the machine's own architecture.
file(GLOB xsimd_configuration /usr/lib/*/cmake/xsimd)
set(xsimd_DIR "${xsimd_configuration}" CACHE PATH "")
