#!/usr/bin/env bash
# Builds everything and runs every test: on our own engine always, on Microsoft Orleans where its packages can be had, and of
# the page in a real browser where there is one.
# The cluster's tests start a database, silos and a proxy: one silo with our engine, two and Redis with Orleans.
# The storage tests and the crash tests run on SQLite and again on PostgreSQL, on a server of their own, where it can be had.
# EXCHANGE_NUGET_SOURCE names one more package source, for machines whose registry lacks the Orleans packages.
# What failed is named again at the end. The last line is 'N passed, N failed, N skipped', the totals over all lanes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 MSBUILDDISABLENODEREUSE=1

# Only what hangs is cut off; on a quiet machine everything takes a fraction of this.
readonly PROJECT_SECONDS_MAX=900
readonly TOTAL_SECONDS_MAX=2700
readonly WEB_SECONDS_MAX=480
readonly ORLEANS_PROJECTS=(Grains.Tests Api.Tests EndToEnd.Tests)

scratch=$(mktemp -d)
passed=0 failed=0 skipped=0
lanes=()
failures=()
cluster=""
postgres_server=""

finish() {
  local status=$?
  if [[ -n $cluster ]]; then
    pg_ctl_of_cluster -m immediate stop >/dev/null || true
    rm -rf "$cluster"
  fi
  rm -rf "$scratch"
  echo
  for lane in "${lanes[@]}"; do echo "$lane"; done
  for failure in "${failures[@]}"; do echo "FAILED $failure"; done
  if ((status == 0 && (failed > 0 || passed == 0))); then status=1; fi
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n== %s\n' "$*"; }

need_dotnet() {
  if ! command -v dotnet >/dev/null && command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
    say "Installing the .NET SDK"
    (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy dotnet-sdk-10.0) || true
  fi
  if ! command -v dotnet >/dev/null; then
    echo "The .NET 10 SDK is missing and apt-get could not install it. See https://dotnet.microsoft.com/download." >&2
    return 1
  fi
}

# The page's one library comes with npm at build, and its tests need a browser.
get_web_tools() {
  local missing=()
  command -v npm >/dev/null || missing+=(nodejs npm)
  command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
  if ((${#missing[@]} > 0)) && command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
    say "Installing ${missing[*]}"
    (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy "${missing[@]}") || true
  fi
}

# What the cluster's tests start: a database, a proxy, and Redis beneath several silos.
get_cluster_tools() {
  local missing=()
  [[ -n $(postgres_programs) ]] || missing+=(postgresql)
  command -v haproxy >/dev/null || missing+=(haproxy)
  command -v redis-server >/dev/null || missing+=(redis-server)
  if ((${#missing[@]} > 0)) && command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
    say "Installing ${missing[*]}"
    (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}") || true
  fi
  missing=()
  [[ -n $(postgres_programs) ]] || missing+=(PostgreSQL)
  command -v haproxy >/dev/null || missing+=(HAProxy)
  if ((${#missing[@]} > 0)); then lanes+=("cluster: skipped, not here and not to be installed: ${missing[*]}"); fi
}

# build ENGINE [ARGUMENT...]
build() {
  local engine=$1
  shift
  say "Building on the $engine engine"
  dotnet build Orleans.Exchange.sln -c Release -nologo -v quiet -warnaserror -nodeReuse:false "-p:Engine=$engine" "$@"
}

# note_failures LANE REPORT: keeps the names of what failed, and the first words of why.
note_failures() {
  local failure
  while IFS= read -r failure; do failures+=("$1: $failure"); done < <(awk '
    /<UnitTestResult / { name = ""; if (match($0, /testName="[^"]*"/)) name = substr($0, RSTART + 10, RLENGTH - 11); bad = /outcome="(Failed|Timeout|Aborted)"/ }
    bad && /<Message>/ { sub(/.*<Message>/, ""); sub(/<\/Message>.*/, ""); print name " (" substr($0, 1, 300) ")"; bad = 0 }
    bad && /<\/UnitTestResult>/ { print name; bad = 0 }' "$2")
}

counter() { sed -n "s/.*<Counters .*\b$1=\"\([0-9]*\)\".*/\1/p" "$2"; }

# run_tests LANE ENGINE PROJECT [ARGUMENT...]
run_tests() {
  local lane=$1 engine=$2 project=$3 report="$scratch/$1-$3.trx" status=0 total executed good bad
  shift 3
  local left=$((TOTAL_SECONDS_MAX - SECONDS))
  if ((left < 1)); then left=1; fi
  say "$project: $lane"
  timeout --kill-after=10 "$((left < PROJECT_SECONDS_MAX ? left : PROJECT_SECONDS_MAX))" \
    dotnet test "tests/$project" --no-build -c Release -nologo "-p:Engine=$engine" \
    "$@" --logger "console;verbosity=minimal" --logger "trx;LogFileName=$report" --results-directory "$scratch" || status=$?

  if [[ ! -s $report ]]; then
    failures+=("$lane: $project ended with code $status and without a report")
    failed=$((failed + 1))
    return
  fi
  total=$(counter total "$report") executed=$(counter executed "$report") good=$(counter passed "$report")
  bad=$((executed - good))
  if ((status != 0 && bad == 0)); then
    failures+=("$lane: $project ended with code $status although no test failed")
    bad=1
  fi
  note_failures "$lane" "$report"
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - executed))
}

# run_lane ENGINE PROJECT...
run_lane() {
  local engine=$1 before=$passed
  shift
  for project in "$@"; do run_tests "$engine" "$engine" "$project"; done
  lanes+=("$engine engine: ran $*, $((passed - before)) passed")
}

# run_web NAME FILE...
run_web() {
  local name=$1 report="$scratch/web-$1.tap" status=0 good bad out failure
  shift
  : >"$report"
  say "The page: $name"
  timeout --kill-after=10 "$WEB_SECONDS_MAX" node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$report" "$@" || status=$?
  good=$(sed -n 's/^# pass //p' "$report") bad=$(awk '/^# (fail|cancelled) / { n += $3 } END { print n + 0 }' "$report")
  out=$(sed -n 's/^# skipped //p' "$report")
  if ((status != 0 && ${bad:-0} == 0)); then
    failures+=("page, $name: ended with code $status although no test failed")
    bad=1
  fi
  while IFS= read -r failure; do failures+=("page, $name: $failure"); done < <(sed -n 's/^ *not ok [0-9]* - //p' "$report")
  passed=$((passed + ${good:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${out:-0}))
  lanes+=("page, $name: ${good:-0} passed")
}

run_web_lanes() {
  if ! command -v node >/dev/null; then
    lanes+=("page: skipped, Node.js is not here and could not be installed")
    return
  fi
  run_web modules tests/Web/modules/*.test.js
  if ! command -v chromium >/dev/null; then
    lanes+=("page, browser: skipped, Chromium is not here and could not be installed")
  elif ! (cd tests/Web && timeout 120 npm ci --no-audit --no-fund --loglevel=error) >"$scratch/npm" 2>&1; then
    lanes+=("page, browser: skipped, npm could not fetch what drives the browser ($(grep -m1 'npm error' "$scratch/npm" || echo 'no answer in time'))")
  else
    EXCHANGE_CHROMIUM=$(command -v chromium) run_web browser tests/Web/browser/*.test.js
    echo "Screenshots are in artifacts/web-shots."
  fi
}

postgres_programs() {
  local folder
  for folder in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin; do
    if [[ -x $folder/initdb ]]; then echo "$folder"; fi
  done | sort -V | tail -n1
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

pg_ctl_of_cluster() { as_postgres "$programs/pg_ctl" -s -w -D "$cluster/data" -l "$cluster/log" "$@"; }

# Starts a server of our own on a free port. It does not sync: processes are killed here, but nobody pulls the plug.
start_postgres() {
  local port
  programs=$(postgres_programs)
  if [[ -z $programs ]]; then return 1; fi

  cluster=$(mktemp -d)
  if [[ $(id -u) == 0 ]]; then chown postgres "$cluster"; fi
  port=$((20000 + RANDOM % 12000))
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  as_postgres "$programs/initdb" -D "$cluster/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null &&
    as_postgres tee -a "$cluster/data/postgresql.conf" >/dev/null <<SETTINGS &&
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = '$cluster'
fsync = off
max_connections = 300
SETTINGS
    pg_ctl_of_cluster start || return 1
  export EXCHANGE_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
  EXCHANGE_TEST_POSTGRES_RESTART="$(declare -f as_postgres pg_ctl_of_cluster); programs='$programs' cluster='$cluster'; pg_ctl_of_cluster -m immediate restart"
  export EXCHANGE_TEST_POSTGRES_RESTART
}

run_postgres_lane() {
  local before=$passed
  if ! start_postgres; then
    lanes+=("PostgreSQL: skipped, there is no server here and apt-get could not install one")
    return
  fi
  PATH="$programs:$PATH"
  run_tests PostgreSQL Embedded Storage.Tests --filter "Dialect!=Sqlite"
  run_tests PostgreSQL Embedded EndToEnd.Tests --filter "FullyQualifiedName~Crashes&Dialect!=Sqlite"
  lanes+=("PostgreSQL $("$programs/postgres" --version | sed 's/.*) //'): ran Storage.Tests and the crash tests, $((passed - before)) passed")
  postgres_server=$EXCHANGE_TEST_POSTGRES
  unset EXCHANGE_TEST_POSTGRES EXCHANGE_TEST_POSTGRES_RESTART
}

run_orleans_postgres_lane() {
  local before=$passed
  if [[ -z $postgres_server ]]; then
    lanes+=("Orleans engine on PostgreSQL: skipped, there is no server here and apt-get could not install one")
    return
  fi
  EXCHANGE_TEST_POSTGRES=$postgres_server run_tests "Orleans on PostgreSQL" Orleans EndToEnd.Tests --filter "Engine=Orleans"
  lanes+=("Orleans engine on PostgreSQL: ran its tests of EndToEnd.Tests, $((passed - before)) passed")
}

# With a source of their own, the Orleans packages come from it alone and stay out of the machine's package cache.
use_extra_source() {
  local config="$scratch/NuGet.Config" number=0 mappings="" state url
  {
    echo '<configuration><packageSources><clear />'
    while read -r state url; do
      [[ $state == E* ]] || continue
      number=$((number + 1))
      echo "<add key=\"source$number\" value=\"$url\" />"
      mappings+="<packageSource key=\"source$number\"><package pattern=\"*\" /></packageSource>"
    done < <(dotnet nuget list source --format Short)
    echo "<add key=\"extra\" value=\"$EXCHANGE_NUGET_SOURCE\" /></packageSources>"
    echo "<packageSourceMapping>$mappings<packageSource key=\"extra\">"
    echo '<package pattern="*" /><package pattern="Microsoft.Orleans.*" /></packageSource></packageSourceMapping></configuration>'
  } >"$config"
  source=("-p:RestoreConfigFile=$config")
  export NUGET_PACKAGES="$scratch/packages"
}

orleans_packages_restore() {
  local probe="$scratch/probe" version
  version=$(sed -n 's|.*<OrleansVersion>\(.*\)</OrleansVersion>.*|\1|p' Directory.Packages.props)
  mkdir -p "$probe"
  cat >"$probe/probe.csproj" <<PROBE
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Orleans.Sdk" Version="$version" />
    <PackageReference Include="Microsoft.Orleans.Server" Version="$version" />
    <PackageReference Include="Microsoft.Orleans.Dashboard" Version="$version" />
    <PackageReference Include="Microsoft.Orleans.Clustering.Redis" Version="$version" />
    <PackageReference Include="Microsoft.Orleans.Persistence.AdoNet" Version="$version" />
    <PackageReference Include="Microsoft.Orleans.TestingHost" Version="$version" />
  </ItemGroup>
</Project>
PROBE
  timeout 180 dotnet restore "$probe/probe.csproj" -nologo -v quiet "${source[@]}" >"$probe/log" 2>&1
}

need_dotnet
get_web_tools
get_cluster_tools
all=()
for folder in tests/*.Tests; do all+=("${folder#tests/}"); done

build Embedded
run_lane Embedded "${all[@]}"
run_web_lanes

run_postgres_lane

say "Looking for the Orleans packages"
source=()
if [[ -n ${EXCHANGE_NUGET_SOURCE:-} ]]; then use_extra_source; fi
if orleans_packages_restore; then
  build Orleans "${source[@]}"
  run_lane Orleans "${ORLEANS_PROJECTS[@]}"
  run_orleans_postgres_lane
else
  reason=$(sed -n 's/.*error \(NU[0-9]*: .*\)/\1/p' "$scratch/probe/log" | head -n1)
  lanes+=("Orleans engine: skipped, its packages do not restore here (${reason:-no answer from the package source in time})")
fi
