# hmgrl_room(NAME [DEPENDS room...] [PUBLIC lib...] [PRIVATE lib...] [EXCEPT regex])
#
# Makes the static library hmgrl_NAME from every .cpp of the current folder. DEPENDS names the rooms
# whose headers this room may include; PRIVATE libraries never reach the rooms above. Files whose name
# without ending is an EXCEPT are left out.
function(hmgrl_room name)
  cmake_parse_arguments(ROOM "" "EXCEPT" "DEPENDS;PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
  if(ROOM_EXCEPT)
    list(FILTER sources EXCLUDE REGEX "/(${ROOM_EXCEPT})[.](cpp|h)$")
  endif()
  add_library(hmgrl_${name} STATIC ${sources})
  set_target_properties(hmgrl_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(hmgrl_${name} PUBLIC "${PROJECT_SOURCE_DIR}/core")
  foreach(room IN LISTS ROOM_DEPENDS)
    target_link_libraries(hmgrl_${name} PUBLIC hmgrl_${room})
  endforeach()
  target_link_libraries(hmgrl_${name} PUBLIC ${ROOM_PUBLIC} PRIVATE hmgrl_flags ${ROOM_PRIVATE})
endfunction()

# hmgrl_tests(ROOM [LINKS target...] [LABELS label...]) makes ROOM_tests from tests/ROOM/*.cpp.
function(hmgrl_tests room)
  cmake_parse_arguments(ARG "" "" "LINKS;LABELS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${room}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(${room}_tests ${sources})
  target_include_directories(${room}_tests PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${room}_tests PRIVATE ${ARG_LINKS} hmgrl_flags GTest::gtest GTest::gmock)
  # GCC 12 sees overflows in plain string concatenation (its bugs 105329 and 105651).
  target_compile_options(${room}_tests PRIVATE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
  if(room STREQUAL "widgets" OR room STREQUAL "studio")
    set_target_properties(${room}_tests PROPERTIES AUTOMOC ON)
  else()
    target_link_libraries(${room}_tests PRIVATE GTest::gtest_main)
  endif()
  target_compile_definitions(${room}_tests PRIVATE
    HMGRL_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    HMGRL_SHARED_DATA="${PROJECT_SOURCE_DIR}/../shared/data"
    HMGRL_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  add_test(NAME ${room} COMMAND ${room}_tests)
  set_tests_properties(${room} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 900)
endfunction()
