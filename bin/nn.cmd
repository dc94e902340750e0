@echo off
rem Runs Neurite's command line; builds it first where it is missing or older than its sources.
setlocal
set "ROOT=%~dp0.."
set "APP=%ROOT%\nn-demo-swing\target\app"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

powershell -NoProfile -Command "$s='%APP%\.built'; if (-not (Test-Path $s)) { exit 1 }; $t=(Get-Item $s).LastWriteTime; $f=Get-ChildItem -Path '%ROOT%\pom.xml','%ROOT%\*\pom.xml','%ROOT%\*\src\main' -Recurse -File | Where-Object { $_.LastWriteTime -gt $t } | Select-Object -First 1; if ($f) { exit 1 }"
if errorlevel 1 (
  echo nn: building Neurite ^(first use or changed sources; about a minute^) ... 1>&2
  if not exist "%ROOT%\nn-demo-swing\target" mkdir "%ROOT%\nn-demo-swing\target"
  pushd "%ROOT%"
  call mvn -B -q package -Pquick -pl nn-demo-swing,benchmarks -am > "%ROOT%\nn-demo-swing\target\build.log" 2>&1
  if errorlevel 1 (
    popd
    echo nn: the build failed; its output is in %ROOT%\nn-demo-swing\target\build.log 1>&2
    exit /b 1
  )
  popd
  type nul > "%APP%\.built"
)
set "VECTORS="
"%JAVA%" --add-modules jdk.incubator.vector -version >nul 2>&1 && set "VECTORS=--add-modules jdk.incubator.vector"
"%JAVA%" -XX:+UseSerialGC %VECTORS% %NN_JAVA_OPTS% -cp "%APP%\*;%ROOT%\benchmarks\target\app\*" dev.neurite.mnist.cli.Main %*
exit /b %ERRORLEVEL%
