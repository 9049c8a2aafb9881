@echo off
rem Starts wwep on Windows, after building it where that is missing. Needs a JDK 17 or newer and Maven, and Node.js 18 or newer for the page in the browser.
rem After a change of the sources delete cli\target to have it built again.
setlocal
set "HOME_DIR=%~dp0"
set "TARGET=%HOME_DIR%cli\target"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo wwep: no java was found: install a JDK 17 or newer, or set JAVA_HOME 1>&2
  exit /b 2
)
rem Not in the block below: what it sets, it does not see.
set "NO_PAGE="
where node >nul 2>&1 || set "NO_PAGE=-DnoPage"
where npm >nul 2>&1 || set "NO_PAGE=-DnoPage"
if not exist "%HOME_DIR%cli\target\.built" (
  where mvn >nul 2>&1
  if errorlevel 1 (
    echo wwep: wwep has to be built first, and no mvn was found: install Maven 1>&2
    exit /b 2
  )
  echo Building wwep; the first time takes a minute or two ... 1>&2
  pushd "%HOME_DIR%"
  call mvn -B -Dquick %NO_PAGE% -pl cli -am package > wwep-build.log 2>&1
  if errorlevel 1 (
    popd
    echo wwep: the build failed: the whole story is in %HOME_DIR%wwep-build.log 1>&2
    exit /b 2
  )
  type nul > cli\target\.built
  popd
  call :archive
)
call :jar
set "TUNING=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=8 -Xms8m -Xmx64m"
if "%~1"=="bench" set "TUNING=-XX:+UseSerialGC"
if "%~1"=="serve" set "TUNING=-XX:+UseSerialGC -Xms16m -Xmn8m -XX:ReservedCodeCacheSize=64m -XX:-UsePerfData"
set "ARCHIVE="
if exist "%TARGET%\java.jsa" set ARCHIVE="-XX:SharedArchiveFile=%TARGET%\java.jsa"
set "WWEP_COMMAND=%~n0"
"%JAVA%" %TUNING% -Xlog:disable -Xlog:all=warning,cds*=off:stderr -Xshare:auto %ARCHIVE% "-Dorg.sqlite.lib.path=%TARGET%\native" "-Djava.library.path=%TARGET%\native" -Dio.netty.jfr.enabled=false %WWEP_JAVA_OPTIONS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:jar
for %%J in ("%TARGET%\wwep-cli-*.jar") do set "JAR=%%~fJ"
exit /b 0

rem Has java keep the classes of a start in an archive, which later starts only map into memory. Another java than
rem the one that made it does without.
:archive
call :jar
set QUICK="-Dorg.sqlite.lib.path=%TARGET%\native" "-Djava.library.path=%TARGET%\native" -Dio.netty.jfr.enabled=false -XX:TieredStopAtLevel=1
"%JAVA%" -XX:DumpLoadedClassList="%TARGET%\classes.txt" %QUICK% -cp "%JAR%" io.wwep.cli.Rehearsal "%TARGET%\native" > "%TARGET%\archive.log" 2>&1
if not errorlevel 1 "%JAVA%" -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile="%TARGET%\classes.txt" -XX:SharedArchiveFile="%TARGET%\java.jsa" %QUICK% -cp "%JAR%" >> "%TARGET%\archive.log" 2>&1
exit /b 0
