#!/usr/bin/env bash
# The topology of compose.yaml on this machine without containers: PostgreSQL, Redis, silos and the same proxy, all in one folder.
set -euo pipefail

usage() {
  cat >&2 <<'USAGE'
usage: cluster.sh up [SETTING..]       starts everything, with settings for the silos such as --RateLimits:Scale=0
       cluster.sh down | delete        stops everything; delete removes the data too
       cluster.sh status
       cluster.sh audit                checks every account while the exchange runs
       cluster.sh start | stop | kill | restart PART
       cluster.sh roll                 restarts one silo after the other, as an upgrade does
Parts: 1, 2, .. for silos, door1, .. for front doors, postgres, redis, proxy.
EXCHANGE_CLUSTER names the folder (data/cluster), EXCHANGE_SILO the silo's build (artifacts/../Exchange.Silo.dll),
EXCHANGE_SILOS how many silos (2), EXCHANGE_DOORS how many front doors (0) at the first start. The Embedded engine is one silo.
USAGE
  exit 2
}

fail() {
  echo "$*" >&2
  exit 1
}

PATH=$PATH:/usr/sbin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
deploy=$(dirname "$here")
folder=${EXCHANGE_CLUSTER:-$(dirname "$deploy")/data/cluster}
readonly READY_SECONDS=120 STOP_SECONDS=60

# The silo: its build, its engine, and what that can do.

find_silo() {
  local build
  silo=${EXCHANGE_SILO:-}
  for build in orleans embedded; do
    if [[ -z $silo && -f $(dirname "$deploy")/artifacts/$build/bin/Silo/release/Exchange.Silo.dll ]]; then
      silo=$(dirname "$deploy")/artifacts/$build/bin/Silo/release/Exchange.Silo.dll
    fi
  done
  [[ -f $silo ]] || fail "There is no build of the silo. Make one: dotnet build -c Release src/Silo -p:Engine=Orleans"
}

# Several processes are one exchange with the Orleans engine, which finds its silos through Redis.
is_cluster() { [[ -f $(dirname "$silo")/Orleans.Clustering.Redis.dll ]]; }

need() {
  command -v "$1" >/dev/null || fail "$1 is missing. On Debian: apt-get install $2"
}

find_postgres() {
  local at
  programs=$(for at in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin; do
    if [[ -x $at/initdb ]]; then echo "$at"; fi
  done | sort -V | tail -n1)
  [[ -n $programs ]] || fail "PostgreSQL is missing. On Debian: apt-get install postgresql"
}

# What the first start decides is kept: ports, secrets, number of silos.

choose_port() {
  while (exec 3<>"/dev/tcp/127.0.0.1/$next_port") 2>/dev/null; do next_port=$((next_port + 1)); done
  printf '%s=%s\n' "$1" "$next_port"
  next_port=$((next_port + 1))
}

secret() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
password() { head -c 18 /dev/urandom | base64 | tr '+/' '-_'; }

decide() {
  local n silos=${EXCHANGE_SILOS:-2} doors=${EXCHANGE_DOORS:-0}
  is_cluster || silos=1 doors=0
  next_port=$((20000 + RANDOM % 11000))
  echo "silo=$silo"
  echo "silos=$silos"
  echo "doors=$doors"
  choose_port postgres_port
  choose_port redis_port
  choose_port proxy_port
  for ((n = 1; n <= silos; n++)); do
    choose_port "silo${n}_port"
    choose_port "silo${n}_silo_port"
    choose_port "silo${n}_gateway_port"
  done
  for ((n = 1; n <= doors; n++)); do choose_port "door${n}_port"; done
  echo "postgres_password=$(password)"
  echo "redis_password=$(password)"
  echo "jwt_secret=$(secret)"
  echo "api_key_master_key=$(secret)"
}

load() {
  [[ -f $folder/settings ]] || fail "There is no cluster in $folder. Start one: $0 up"
  # shellcheck disable=SC1091
  source "$folder/settings"
}

# Processes: each has a log and, while it runs, a file with its number in the folder.

pid_of() { cat "$folder/$1.pid" 2>/dev/null; }

# Only what was started here: a number may belong to somebody else by now, and a process that nobody has buried has no command.
is_running() {
  local pid
  pid=$(pid_of "$1") || return 1
  if [[ -d /proc/self ]]; then
    [[ $(tr '\0' ' ' <"/proc/$pid/cmdline") == *"$folder"* ]]
  else
    [[ $(ps -o args= -p "$pid") == *"$folder"* ]]
  fi 2>/dev/null
}

# launch NAME COMMAND..
launch() {
  local name=$1
  shift
  nohup "$@" >>"$folder/$name.log" 2>&1 </dev/null &
  echo $! >"$folder/$name.pid"
  until_true 10 has_begun "$name" || true
}

# Before that it has this script's name.
has_begun() { is_running "$1" || ! kill -0 "$(pid_of "$1")" 2>/dev/null; }

# until_true SECONDS COMMAND..
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

is_over() { ! is_running "$1"; }

end() {
  local name=$1 signal=$2
  is_running "$name" || return 0
  kill "-$signal" "$(pid_of "$name")"
  until_true "$STOP_SECONDS" is_over "$name" || fail "$name still runs after $STOP_SECONDS s, see $folder/$name.log"
  rm -f "$folder/$name.pid"
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

pg_ctl() { as_postgres "$programs/pg_ctl" -s -w -D "$folder/postgres/data" -l "$folder/postgres/log" "$@"; }

make_postgres() {
  local at=$folder/postgres
  mkdir -p "$at"
  if [[ $(id -u) == 0 ]]; then
    chmod 711 "$folder"
    chown postgres "$at"
    as_postgres test -x "$at" || fail "The user postgres cannot get at $folder. Choose a folder that it may enter: EXCHANGE_CLUSTER=.."
  fi
  (umask 077 && echo "$postgres_password" | as_postgres tee "$at/password" >/dev/null)
  as_postgres "$programs/initdb" -D "$at/data" -U exchange -A scram-sha-256 --pwfile="$at/password" -E UTF8 --locale=C.UTF-8 >/dev/null
  rm "$at/password"
  as_postgres tee -a "$at/data/postgresql.conf" >/dev/null <<SETTINGS
port = $postgres_port
listen_addresses = '127.0.0.1'
unix_socket_directories = '$at'
max_connections = 200
SETTINGS
  pg_ctl start
  PGPASSWORD=$postgres_password "$programs/createdb" -h 127.0.0.1 -p "$postgres_port" -U exchange exchange
}

make_redis() {
  mkdir -p "$folder/redis"
  cat >"$folder/redis/redis.conf" <<SETTINGS
bind 127.0.0.1
port $redis_port
dir $folder/redis
appendonly yes
requirepass $redis_password
set-proc-title no
SETTINGS
}

connection_to_postgres() { echo "Host=127.0.0.1;Port=$postgres_port;Database=exchange;Username=exchange;Password=$postgres_password"; }

# The environment keeps secrets out of the list of processes.
export_settings() {
  local ConnectionStrings
  export ASPNETCORE_ENVIRONMENT=Production
  export ConnectionStrings__Postgres Auth__JwtSecret=$jwt_secret Auth__ApiKeyMasterKey=$api_key_master_key
  ConnectionStrings__Postgres=$(connection_to_postgres)
  export Auth__PublicUrl="http://127.0.0.1:$proxy_port" Proxies__Trusted__0=127.0.0.1
  if is_cluster; then export ConnectionStrings__Redis="127.0.0.1:$redis_port,password=$redis_password"; fi
}

# run NAME PORT SETTING..
run() {
  local name=$1 port=$2 more
  shift 2
  mapfile -t more <"$folder/arguments"
  (
    export_settings
    launch "$name" dotnet "$silo" --urls "http://127.0.0.1:$port" --data "$folder/$name" --Auth:DevelopmentMode=true "$@" "${more[@]}"
  )
  until_true "$READY_SECONDS" is_ready_or_over "$name" "$port"
  is_running "$name" || fail "$name ended at once: $(tail -n 3 "$folder/$name.log")"
  "$deploy/healthcheck.sh" "$port" || fail "$name is not ready after $READY_SECONDS s, see $folder/$name.log"
}

is_ready_or_over() { "$deploy/healthcheck.sh" "$2" || is_over "$1"; }

start_silo() {
  local port=silo$1_port silo_port=silo$1_silo_port gateway_port=silo$1_gateway_port
  run "silo$1" "${!port}" --Orleans:AdvertisedAddress=127.0.0.1 --Orleans:SiloPort="${!silo_port}" --Orleans:GatewayPort="${!gateway_port}"
}

start_door() {
  local port=door$1_port
  run "door$1" "${!port}" --Role=FrontDoor
}

start_proxy() {
  local servers=() n port
  for ((n = 1; n <= doors; n++)); do port=door${n}_port servers+=("127.0.0.1:${!port}"); done
  if ((doors == 0)); then
    for ((n = 1; n <= silos; n++)); do port=silo${n}_port servers+=("127.0.0.1:${!port}"); done
  fi
  PROXY_BIND=127.0.0.1:$proxy_port EXCHANGE_SERVER_1=${servers[0]} EXCHANGE_SERVER_2=${servers[1]:-${servers[0]}} \
    launch proxy haproxy -db -L "$folder" -f "$deploy/haproxy/haproxy.cfg"
  until_true 20 "$deploy/healthcheck.sh" "$proxy_port" || fail "The proxy does not answer, see $folder/proxy.log"
}

start() {
  case $1 in
    postgres) pg_ctl status >/dev/null || pg_ctl start ;;
    redis) is_running redis || ! is_cluster || launch redis redis-server "$folder/redis/redis.conf" ;;
    proxy) is_running proxy || start_proxy ;;
    silo*) is_running "$1" || start_silo "${1#silo}" ;;
    door*) is_running "$1" || start_door "${1#door}" ;;
  esac
}

stop() {
  case $1 in
    postgres) ! pg_ctl status >/dev/null || pg_ctl -m fast stop ;;
    *) end "$1" TERM ;;
  esac
}

kill_part() {
  case $1 in
    postgres) pg_ctl -m immediate stop ;;
    *) end "$1" KILL ;;
  esac
}

parts() {
  local n
  echo postgres
  if is_cluster; then echo redis; fi
  for ((n = 1; n <= silos; n++)); do echo "silo$n"; done
  for ((n = 1; n <= doors; n++)); do echo "door$n"; done
  echo proxy
}

part_named() {
  local name=$1 all
  all=$(parts | tr '\n' ' ')
  if [[ $name =~ ^[0-9]+$ ]]; then name=silo$name; fi
  [[ " $all" == *" $name "* ]] || fail "There is no '$1' here. There are: $all"
  echo "$name"
}

up() {
  local name
  find_silo
  need dotnet dotnet-sdk-10.0
  need haproxy haproxy
  if is_cluster; then need redis-server redis-server; fi
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  if [[ ! -f $folder/settings ]]; then
    (umask 077 && decide >"$folder/settings.part" && mv "$folder/settings.part" "$folder/settings")
  fi
  load
  if (($# > 0)) || [[ ! -f $folder/arguments ]]; then printf '%s\n' "$@" >"$folder/arguments"; fi
  [[ -d $folder/postgres/data ]] || make_postgres
  (umask 077 && make_redis)
  while read -r name; do start "$name"; done < <(parts)
  echo "The exchange is open at http://127.0.0.1:$proxy_port, in $folder"
}

# All at once; the second signal, which stop gives, skips the drain, since the proxy goes as well.
down() {
  local name status=0
  while read -r name; do
    if [[ $name == silo* || $name == door* ]] && is_running "$name"; then kill -TERM "$(pid_of "$name")"; fi
  done < <(parts)
  while read -r name; do (stop "$name") || { (kill_part "$name") && status=1; }; done < <(parts | tac)
  return "$status"
}

status() {
  local name pid port state
  while read -r name; do
    port=${name}_port
    if [[ $name == postgres ]]; then
      pid=$(head -n1 "$folder/postgres/data/postmaster.pid" 2>/dev/null) || pid=-
      state=stopped
      ! pg_ctl status >/dev/null || state=running
    else
      pid=$(pid_of "$name") || pid=-
      state=stopped
      ! is_running "$name" || state=running
      if [[ $state == running && $name != redis ]] && "$deploy/healthcheck.sh" "${!port}"; then state=ready; fi
    fi
    printf '%-10s %-8s %-8s 127.0.0.1:%s\n' "$name" "$state" "$pid" "${!port}"
  done < <(parts)
}

command=${1:-}
[[ -n $command ]] || usage
shift
find_postgres
if [[ $command == up ]]; then
  up "$@"
  exit
fi
load
folder=$(cd "$folder" && pwd)
case $command in
  down) down ;;
  delete)
    down || true
    rm -rf "$folder"
    ;;
  status) status ;;
  audit) ConnectionStrings__Postgres=$(connection_to_postgres) dotnet "$silo" audit --postgres ;;
  roll) for ((n = 1; n <= silos; n++)); do stop "silo$n" && start "silo$n"; done ;;
  start | stop | kill | restart)
    [[ $# == 1 ]] || usage
    name=$(part_named "$1")
    case $command in
      start) start "$name" ;;
      stop) stop "$name" ;;
      kill) kill_part "$name" ;;
      restart) stop "$name" && start "$name" ;;
    esac
    ;;
  *) usage ;;
esac
