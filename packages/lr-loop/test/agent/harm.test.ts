import { describe, expect, test } from 'vitest'
import { hasProgram } from '@loop-runner/test-kit'
import { agentRepository, FIX } from '../support/agent-repository.ts'

interface Harm {
  readonly title: string
  /** What the user had before. */
  readonly before?: string
  readonly agent: string
  readonly status: number
  /** On standard error. */
  readonly told?: RegExp
  /** Not there. */
  readonly untold?: RegExp
  /** A script that shows the state of the tree afterwards, and what it prints. */
  readonly shows: string
  readonly shown: string | RegExp
}

const STASHES = 'for name in one two; do echo $name > other.txt; git stash push -qm $name; done'

/** The history, the branches, the stashes and the log of HEAD are there. */
const WHOLE =
  'git fsck 2>&1; git status --porcelain; git log --format=%s main; git branch --list side; git stash list; git reflog | tail -1'
const WHOLE_SHOWN =
  /^start\n  side\nstash@\{0\}: On main: two\nstash@\{1\}: On main: one\n\w+ .*commit \(initial\): start$/

/** The branch side has commits that conflict with the tree. */
const CONFLICTS =
  'git switch -q side; for n in 1 2 3; do echo $n > src/b.txt; git commit -qam $n; done; git switch -q main; echo c > src/b.txt; git commit -qam own'

const SUBMODULE = 'git init -q ../sub; (cd ../sub; echo s > s.txt; git add -A; git commit -qm sub)'

/** What agents did to the tree and to git, and what the user must find afterwards. */
const HARMS: readonly Harm[] = [
  {
    title: 'ends as a command that is not found, after it changed things',
    agent: 'rm tests/test_a.sh other.txt; git commit -qam own; git checkout -qb foo; no-such-notify',
    status: 1,
    told: /other\.txt: not a file that may change/,
    shows:
      'git status --porcelain; ls tests; git log --format=%s foo -- 2>&1 | grep -c own; git rev-parse --abbrev-ref HEAD',
    shown: /^test_a\.sh\n1\n(lr\/\S+|main)$/,
  },
  {
    title: 'does its work and ends as a command that is not found',
    agent: `${FIX}; no-such-notify`,
    status: 0,
    told: /ended with exit code 127/,
    shows: 'cat src/a.txt',
    shown: 'good',
  },
  {
    title: 'is not found, and changed nothing',
    agent: ': ; no-such-agent',
    status: 3,
    told: /the agent could not be started, exit code 127/,
    shows: 'git status --porcelain; ls ../run/agent',
    shown: '',
  },
  {
    title: 'breaks the configuration of git after it moved HEAD and branches',
    agent: `git switch -qc mine; ${FIX}; git commit -qam own; git branch -qD main side; echo '[[garbage' >> .git/config`,
    status: 0,
    told: /refs\/heads\/side: deleted; it was put back/,
    shows:
      'git status --porcelain; git rev-parse --abbrev-ref HEAD; git branch --format="%(refname:short)" --list main side',
    shown: /^(lr\/\S+|main)\nmain\nside$/,
  },
  {
    title: 'leaves refs that git cannot put back',
    agent: `git branch -D side; git branch side/under; ${FIX}`,
    status: 0,
    told: /refs\/heads\/side: deleted; it could not be put back \(\w{12}\)/,
    shows: 'git branch --list side/under',
    shown: 'side/under',
  },
  {
    title: 'commits where HEAD is on no branch',
    before: 'git checkout -q --detach',
    agent: `${FIX}; git commit -qam own`,
    status: 0,
    told: /HEAD: moved from \w+ to \w+; it was moved back \(\w{12} is kept as/,
    shows:
      'cat src/a.txt; git log --format=%s | grep -c own; git log --format=%s refs/loop-runner/agent/run/1 | head -1',
    shown: 'good\n0\nown',
  },
  {
    title: 'clears the stashes',
    before: STASHES,
    agent: `git stash clear; ${FIX}`,
    status: 0,
    told: /refs\/stash: \w{12} On main: one was dropped; it was put back/,
    shows: 'git stash list; git stash show -p "stash@{1}" | grep "^+one"; git fsck 2>&1',
    shown: 'stash@{0}: On main: two\nstash@{1}: On main: one\n+one',
  },
  {
    title: 'drops a stash and makes one',
    before: STASHES,
    agent: `git stash drop -q "stash@{1}"; echo z > other.txt; git stash push -qm own; ${FIX}`,
    status: 0,
    told: /one was dropped; it was put back[^]*a stash was made/,
    shows: 'git stash list; cat other.txt',
    shown: 'stash@{0}: On main: own\nstash@{1}: On main: two\nstash@{2}: On main: one\ntheirs',
  },
  {
    title: 'removes the repository',
    before: `${STASHES}; git worktree add -q ../wt -b wt`,
    agent: `rm -rf .git; ${FIX}`,
    status: 0,
    told: /\.git: the agent destroyed the repository; it was put back/,
    shows: `git -C ../wt status --porcelain 2>&1; ${WHOLE}`,
    shown: WHOLE_SHOWN,
  },
  {
    title: 'makes a new repository in place of the old one',
    before: STASHES,
    agent: `rm -rf .git; git init -q -b main; git add -A; git commit -qm own; ${FIX}`,
    status: 0,
    told: /\.git: the agent removed objects of the repository; they were put back/,
    shows: WHOLE,
    shown: WHOLE_SHOWN,
  },
  {
    title: 'removes objects of which there is no copy',
    agent: `rm -rf .git/objects/* ../run/agent/git; echo x > other.txt; ${FIX}`,
    status: 3,
    told: /\.git: the agent deleted objects that were not copied/,
    untold: /new versions/,
    shows: 'cat other.txt src/a.txt; cat ../run/1/agent-left/src/a.txt; cat .git/refs/heads/main | wc -c',
    shown: 'theirs\nzero\ngood\n41',
  },
  {
    title: 'removes HEAD',
    before: STASHES,
    agent: `rm .git/HEAD; ${FIX}`,
    status: 0,
    told: /\.git: the agent destroyed the repository; it was put back/,
    shows: WHOLE,
    shown: WHOLE_SHOWN,
  },
  {
    title: 'drops the stashes for good',
    before: STASHES,
    agent: `git stash clear; git gc -q --prune=now; ${FIX}`,
    status: 0,
    told: /one was dropped; it was put back/,
    shows: WHOLE,
    shown: WHOLE_SHOWN,
  },
  {
    title: 'begins a bisection',
    before: 'git commit -q --allow-empty -m two; git commit -q --allow-empty -m three',
    agent: `git bisect start; git bisect bad; git bisect good HEAD~2; ${FIX}`,
    status: 0,
    told: /\.git: an unfinished operation was ended \(.*BISECT_LOG/,
    shows: 'ls .git | grep BISECT; git for-each-ref refs/bisect; git status --porcelain; git log --format=%s main',
    shown: 'three\ntwo\nstart',
  },
  {
    title: 'stops amid a series of picks',
    before: CONFLICTS,
    agent: `git cherry-pick main..side; ${FIX}`,
    status: 0,
    told: /\.git: an unfinished operation was ended \(.*sequencer/,
    shows: 'ls .git | grep "sequencer\\|HEAD$"; git status --porcelain; cat other.txt',
    shown: 'HEAD\ntheirs',
  },
  {
    title: 'leaves locks',
    agent: `for name in refs/heads/main packed-refs config index HEAD; do : > .git/$name.lock; done; ${FIX}`,
    status: 0,
    told: /\.git: lock files were removed \(.*refs\/heads\/main\.lock/,
    shows: 'find .git -name "*.lock"; git status --porcelain; cat src/a.txt',
    shown: 'good',
  },
  {
    title: 'moves a tag, and replaces a commit by another',
    before: 'git tag v1; git commit -q --allow-empty -m two; git commit -q --allow-empty -m three',
    agent: `git tag -f v1; git replace HEAD v1~1; ${FIX}`,
    status: 0,
    told: /refs\/tags\/v1: moved; it was put back[^]*refs\/replace\/\w+: it replaced an object by \w{12}; it was deleted/,
    shows: 'git log --format=%s v1; git replace; git log --format=%s -1 main',
    shown: 'start\nthree',
  },
  {
    title: 'makes refs and a working tree',
    agent: `git notes add -m n; git tag own; git worktree add -q ../wt -b wt; ${FIX}`,
    status: 0,
    told: /refs\/heads\/wt: made; .*left there\n.*refs\/notes\/commits: made.*\n.*refs\/tags\/own: made.*\n.*\.git\/worktrees\/wt: a working tree was made/,
    shows: 'git tag; git rev-parse -q --verify wt | wc -l',
    shown: 'own\n1',
  },
  {
    title: 'moves two branches',
    before: 'git commit -q --allow-empty -m two; git branch -f side',
    agent: `git commit -q --amend --allow-empty -m own1; git branch -f side HEAD^; ${FIX}`,
    status: 0,
    told: /is kept as refs\/loop-runner\/agent\/run\/1\)[^]*is kept as refs\/loop-runner\/agent\/run\/1-2\)/,
    shows: 'git log -1 --format=%s refs/loop-runner/agent/run/1; git log -1 --format=%s refs/loop-runner/agent/run/1-2',
    shown: 'own1\nstart',
  },
  {
    title: 'takes the rights from folders',
    before: 'mkdir -p lib/deep; echo l > lib/deep/l.txt; git add -A; git commit -qm lib',
    agent: `mkdir -p junk/in; echo j > junk/in/j; chmod 000 junk/in junk lib/deep lib; ${FIX}`,
    status: 0,
    told: /lib: the mode of the folder was changed; it was put back/,
    shows: 'ls; stat -c %a lib lib/deep; cat lib/deep/l.txt; git status --porcelain',
    shown: 'FIXES.md\nlib\nother.txt\nsrc\ntests\n755\n755\nl',
  },
  {
    title: 'removes the folder of the run',
    agent: `rm -rf ../run; echo x > other.txt; git commit -qam own; ${FIX}`,
    status: 3,
    told: /run: the agent removed the copies of the tree, so nothing could be put back: it changed other\.txt, src\/a\.txt; refs\/heads\/main: moved/,
    shows: 'git ls-files; git log --format=%s',
    shown: '.gitignore\nother.txt\nsrc/a.txt\nsrc/b.txt\ntests/test_a.sh\nstart',
  },
  {
    title: 'removes the copies of the tree',
    agent: `rm ../run/agent/store/*; echo x > other.txt; ${FIX}`,
    status: 3,
    told: /could not be restored: other\.txt \(its copy is missing\), src\/a\.txt \(its copy is missing\)/,
    shows: 'cat other.txt src/a.txt',
    shown: 'x\ngood',
  },
  {
    title: 'commits in a submodule, and installs a hook there',
    before: `${SUBMODULE}; git -c protocol.file.allow=always submodule --quiet add ../sub subm; git commit -qm subm; echo mine > subm/u.txt`,
    agent: `echo evil > subm/s.txt; (cd subm; git commit -qam evil; rm u.txt; echo : > ../.git/modules/subm/hooks/pre-push); ${FIX}`,
    status: 0,
    told: /subm: refs\/heads\/\w+: moved, which is for the loop; it was put back[^]*pre-push: not a file[^]*subm\/u\.txt: not a file/,
    shows:
      'git -C subm log --format=%s; cat subm/s.txt subm/u.txt; ls .git/modules/subm/hooks/pre-push 2>&1 | grep -c "No such"',
    shown: 'sub\ns\nmine\n1',
  },
  {
    title: 'removes a repository in the tree, and makes others',
    before: `${SUBMODULE}; mv ../sub inner; echo loose >> inner/s.txt`,
    agent: `rm -rf inner; git init -q made; echo m > made/m; git init -q src; echo n > src/new.txt; ${FIX}`,
    status: 0,
    told: /inner: \.git: the agent destroyed the repository; it was put back[^]*made: the repository in this folder was made; its \.git was moved to \S+\/1\/agent-left\/made\/\.git\n/,
    shows:
      'git -C inner log --format=%s; cat inner/s.txt src/new.txt; ls -A . src; ls ../run/1/agent-left/src/.git/HEAD',
    shown:
      /^sub\ns\nloose\nn\n\.:\n\.env\n\.git\n\.gitignore\nFIXES\.md\ninner\nother\.txt\nsrc\ntests\n\nsrc:\na\.txt\nb\.txt\nnew\.txt\n\S+HEAD$/,
  },
  {
    title: 'removes the working tree',
    before: 'mkdir empty; echo u > untracked',
    agent: 'cd ..; rm -rf tree',
    status: 1,
    told: /\.: the agent removed the working tree; it was put back\n/,
    shows: 'git log --format=%s main; git status --porcelain; ls -A',
    shown: /^start\n\?\? untracked\n\.env\n\.git\n\.gitignore\n(FIXES\.md\n)?empty\nother\.txt\nsrc\ntests\nuntracked$/,
  },
  {
    title: 'makes pipes, and files whose names are not UTF-8',
    before: String.raw`mkfifo mine; touch "$(printf 'own\377')"`,
    agent: String.raw`mkfifo pipe src/pipe; mkdir -p d/e; mkfifo d/e/pipe; for n in . src; do touch "$(printf "$n/\377")"; done; mkdir "$(printf 'x\377')"; ${FIX}`,
    status: 0,
    told: /\uFFFD: its name is not UTF-8; it was removed[^]*pipe: not a file that may change[^]*src\/pipe: no regular file; it was put back/,
    untold: /mine|own/,
    shows: 'ls -q . src',
    shown: '.:\nFIXES.md\nmine\nother.txt\nown?\nsrc\ntests\n\nsrc:\na.txt\nb.txt',
  },
  {
    title: 'leaves the repositories in the tree alone',
    before: `${SUBMODULE}; mv ../sub inner`,
    agent: `git -C inner status > ../out; ${FIX}`,
    status: 0,
    untold: /inner/,
    shows: 'cat src/a.txt',
    shown: 'good',
  },
  {
    title: 'removes what git ignores',
    before:
      'printf ".env\\ndata/\\nout/\\ncache/\\n" > .gitignore; mkdir data out cache; echo d | tee data/d out/o > cache/c; git commit -qam ignore',
    agent: `rm -rf data out/*; echo new > cache/c; ${FIX}`,
    status: 0,
    told: /data\/: this ignored folder is gone, and there is no copy of it\n.*out\/: this ignored folder is gone/,
    untold: /cache/,
    shows: 'cat src/a.txt .env',
    shown: 'good\nMINE=1',
  },
  {
    title: 'writes a file with a NUL byte into a source',
    agent: `printf 'a\\0b' > src/cache.bin; ${FIX}`,
    status: 0,
    told: /src\/cache\.bin: not UTF-8 text; it was put back/,
    shows: 'ls src; cat src/a.txt; git status --porcelain',
    shown: 'a.txt\nb.txt\ngood',
  },
  {
    title: 'links a source to a file of the user',
    agent: `ln -s /etc/passwd src/pw; ${FIX}`,
    status: 0,
    told: /src\/pw: a link, which is not for an agent to make; it was put back/,
    shows: 'ls src; git ls-files src; git status --porcelain',
    shown: 'a.txt\nb.txt\nsrc/a.txt\nsrc/b.txt',
  },
  {
    title: 'links a folder of a source to one of the user',
    before: 'mkdir src/sub; echo x > src/sub/passwd; git add -A; git commit -qm sub',
    agent: `rm -r src/sub; ln -s /etc src/sub; ${FIX}`,
    status: 0,
    told: /src\/sub\/passwd: in a folder that became a link; it was put back/,
    shows: 'cat src/sub/passwd; git ls-files src/sub; git status --porcelain',
    shown: 'x\nsrc/sub/passwd',
  },
  {
    title: 'makes a source executable, and changes nothing else',
    before: `printf '#!/bin/sh\\n' > src/run.sh; echo 'test -x src/run.sh' > tests/test_a.sh; git add -A; git commit -qm run`,
    agent: 'chmod +x src/run.sh',
    status: 0,
    told: /new versions: src\/run\.sh/,
    shows: 'git ls-files -s src/run.sh | cut -c1-6; git status --porcelain',
    shown: '100755',
  },
  {
    title: 'takes the mode of a source away beside its work',
    before: 'chmod +x src/b.txt; git commit -qam mode',
    agent: `chmod -x src/b.txt; ${FIX}`,
    status: 0,
    told: /new versions: src\/a\.txt, src\/b\.txt/,
    shows: 'git ls-files -s src/b.txt | cut -c1-6; git status --porcelain',
    shown: '100644',
  },
  {
    title: 'changes the mode of a source, which does not help',
    agent: 'chmod +x src/b.txt',
    status: 1,
    shows: 'git status --porcelain',
    shown: '',
  },
  {
    title: 'sets which folders are checked out',
    before: 'git sparse-checkout set src tests',
    agent: `git sparse-checkout set tests; git sparse-checkout disable; ${FIX}`,
    status: 0,
    told: /\.git\/info\/sparse-checkout: not a file that may change/,
    shows: 'git sparse-checkout list; git status --porcelain',
    shown: 'src\ntests',
  },
  {
    title: 'puts a file in place of the folder of sources',
    agent: 'rm -r src; echo x > src',
    status: 1,
    told: /src: outside what may be changed/,
    untold: /bug/,
    shows: 'git show main:src/a.txt; git status --porcelain',
    shown: 'zero',
  },
  {
    title: 'puts a folder in place of a source',
    agent: `rm src/b.txt; mkdir src/b.txt; echo x > src/b.txt/x; chmod +x src/b.txt/x; ${FIX}`,
    status: 0,
    told: /src\/b\.txt\/x: b\.txt is a file, not a folder/,
    shows: 'cat src/a.txt src/b.txt; git status --porcelain',
    shown: 'good\nb',
  },
  {
    title: 'makes many files elsewhere',
    agent: 'cat > ../prompt; for n in $(seq 300); do : > junk$n; done',
    status: 1,
    told: /junk\d+: not a file that may change; it was put back\n.*and 280 more\n/,
    shows:
      'ls; test $(grep -c junk ../prompt) -lt 50 && echo few; grep -c "and 280 more" ../prompt; grep -o junk ../run/1/agent.json | wc -l',
    shown: 'other.txt\nsrc\ntests\nfew\n1\n300',
  },
]

describe.skipIf(!hasProgram('git'))('--agent: harm (git)', () => {
  test.concurrent.each(HARMS)('an agent that $title', async ({ before, agent, status, ...expected }) => {
    using repo = await agentRepository()
    if (before) await repo.sh(before)
    const { stderr, ...so } = await repo.loop(agent, '-i2')
    expect(so.status, stderr).toBe(status)
    if (expected.told) expect(stderr).toMatch(expected.told)
    if (expected.untold) expect(stderr).not.toMatch(expected.untold)
    const shown = await repo.sh(expected.shows)
    if (expected.shown instanceof RegExp) expect(shown, stderr).toMatch(expected.shown)
    else expect(shown, stderr).toBe(expected.shown)
  })
})
