include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS zeroskew EXPORT zeroskew-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT cpp
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT cpp)
install(DIRECTORY include/zeroskew DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT cpp)
install(EXPORT zeroskew-targets NAMESPACE zeroskew::
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/zeroskew COMPONENT cpp)
configure_package_config_file(cmake/zeroskew-config.cmake.in zeroskew-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/zeroskew)
write_basic_package_version_file(zeroskew-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/zeroskew-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/zeroskew-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/zeroskew COMPONENT cpp)
