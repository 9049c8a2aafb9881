@echo off
rem Starts wwep on Windows, after building it where that is missing. Needs a JDK 17 or newer and Maven.
rem After a change of the sources delete cli\target to have it built again.
setlocal
set "HOME_DIR=%~dp0"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo wwep: no java was found: install a JDK 17 or newer, or set JAVA_HOME 1>&2
  exit /b 2
)
if not exist "%HOME_DIR%cli\target\.built" (
  where mvn >nul 2>&1
  if errorlevel 1 (
    echo wwep: wwep has to be built first, and no mvn was found: install Maven 1>&2
    exit /b 2
  )
  echo Building wwep; the first time takes a minute or two ... 1>&2
  pushd "%HOME_DIR%"
  call mvn -B -Dquick -pl cli -am package > wwep-build.log 2>&1
  if errorlevel 1 (
    popd
    echo wwep: the build failed: the whole story is in %HOME_DIR%wwep-build.log 1>&2
    exit /b 2
  )
  type nul > cli\target\.built
  popd
)
set "WWEP_COMMAND=%~n0"
"%JAVA%" --enable-native-access=ALL-UNNAMED %WWEP_JAVA_OPTIONS% -cp "%HOME_DIR%cli\target\classes;%HOME_DIR%cli\target\lib\*" io.wwep.cli.Main %*
exit /b %ERRORLEVEL%
