#!/bin/bash
# Nachtrag as a tool of the cost benchmark: an adapter of run_peer.py. The passes start nothing but the product's own verb.
cmd=$1 dir=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
export PYTHONPATH=$root NACHTRAG_BENCH_SECRET="whsec_$(printf 'for benchmarks only, never elsewhere' | base64)"
python=${NACHTRAG_PYTHON:-python3}
case $cmd in
pass)
    # A certificate that the benchmark made is trusted in the place of all others.
    trust=${NACHTRAG_BENCH_CA:+"import certifi; certifi.where = lambda: '$NACHTRAG_BENCH_CA'; "}
    # Who reads pages is a child of a server that nobody waits for, and would be left out of the processor time.
    wait="import atexit, multiprocessing.forkserver as server; atexit.register(server._forkserver._stop); "
    exec "$python" -c "${trust}${wait}from schedules.cli import main; main()" run --once --now --config "$dir/config.toml"
    ;;
setup | changes | revs) cd "$root" && exec "$python" -m benchmarks.cost.adapter "$@" ;;
esac
