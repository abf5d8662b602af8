# shellcheck shell=bash
# Sourced by the examples of fleets: one service for all workers, a state folder that they share, and repositories to repair.
SUITE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../suite" && pwd)
WORK=$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-example.XXXXXX")
mkdir "$WORK/tmp" "$WORK/repositories"
export TMPDIR="$WORK/tmp" XDG_STATE_HOME="$WORK/state" XDG_CONFIG_HOME="$WORK/config"

start_service() { # [SKILL]: of the scripted model; LR_MODEL names another one
  local model=${LR_MODEL:-"exec:'$SUITE/model.mjs' ${1:-} '$SUITE/answers' '$WORK/hold'"} url
  unset LR_MODEL
  # It ends with this script (--pid), however that ends.
  exec 3< <(exec lr-llm serve --model "$model" --port 0 --client workers --log "$WORK/requests.jsonl" --pid $$ --quiet)
  read -r url <&3 || { echo 'the service did not start' >&2; exit 3; }
  # What a worker needs: an address and a token. The key of the provider stays with the service.
  FLEET_TOKEN=$(cat "$XDG_STATE_HOME/loop-runner/clients/workers.token")
  export FLEET_TOKEN
  mkdir -p "$XDG_CONFIG_HOME/loop-runner"
  cat > "$XDG_CONFIG_HOME/loop-runner/config.yaml" << END
model: fleet/default
providers:
  fleet: { url: '$url', key-env: FLEET_TOKEN }
END
}

make_repositories() { # CASE…: a repository of each, by its name; prints their paths
  local case repository
  for case; do
    repository=$WORK/repositories/$case
    cp -R "$SUITE/cases/$case/repo" "$repository"
    cp "$SUITE/cases/$case/lr.yaml" "$repository"
    git -c init.defaultBranch=main init -q "$repository"
    printf '[user]\n\tname = Loop Runner example\n\temail = example@localhost\n' >> "$repository/.git/config"
    git -C "$repository" add -A
    git -C "$repository" commit -qm 'The project as it was'
    echo "$repository"
  done
}

wait_for() { # COMMAND…: until it succeeds, for at most five minutes
  local attempt
  for ((attempt = 0; attempt < 1500; attempt++)); do
    "$@" && return
    sleep 0.2
  done
  echo "not within five minutes: $*" >&2
  exit 3
}

# While the file exists, each right answer of the scripted model waits: what is killed then is in the middle of its work.
hold_answers() { touch "$WORK/hold"; }
are_held() { [ "$(wc -l 2> /dev/null < "$WORK/hold.reached")" -ge "$1" ]; } 2> /dev/null # N: whether N answers wait
release_answers() { rm "$WORK/hold" "$WORK/hold.reached"; }

# A controller that does not answer has not said that there are no jobs.
has_no_jobs() { local jobs; jobs=$(squeue -h 2> /dev/null) && [ -z "$jobs" ]; }

describe_runs() { # REPOSITORY…: how the run of each ended
  local repository
  for repository; do
    # shellcheck disable=SC2016 # JavaScript
    (cd "$repository" && lr-loop show --json) | node -e '
      const { state, replies } = JSON.parse(fs.readFileSync(0))
      console.log(`${process.argv[1]}: ${state}, ${replies} replies`)' "$(basename "$repository")"
  done
}

count_answers() { # how many the service has given; a request whose client was killed gets none
  # shellcheck disable=SC2016
  node -e '
    const answers = fs.readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse).filter(({ error }) => !error)
    console.log(`${answers.length} answers of the service`)' "$WORK/requests.jsonl"
}
