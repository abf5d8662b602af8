import { settingNames, TABLE } from '@loop-runner/checker-table'

/** What a protected file is for. */
export type ProtectedRole =
  | 'test'
  | 'check'
  | 'configuration'
  | 'stand-in'
  | 'set-up'
  | 'automation'
  | 'record'
  | 'secret'

interface Group {
  readonly role: ProtectedRole
  /** Why it is protected, as a refusal says it. */
  readonly reason: string
  /** `*` is anything within a name, `/**` all that lies in a folder, `{a,b}` either. */
  readonly patterns: string
}

/** The names of protected files: in any folder, whatever the letter case. */
export const PROTECTED_NAMES: readonly Group[] = [
  {
    role: 'test',
    reason: 'a test: the judge of this work',
    patterns: `test/** tests/** __tests__/** spec/** specs/** e2e/** testdata/** fixtures/** __fixtures__/** __snapshots__/** __mocks__/**
    test_*.* *_test.* *-test.* *.test.* *.tests.* *.spec.* *_spec.* *.e2e.* *.cy.* test.* tests.* test-*.* *.bats *.t *.snap
    *Test.java *Tests.java *IT.java *Test.kt *Tests.kt *Test.php *Test.cs *Tests.cs *Test.swift *Tests.swift *Spec.scala
    *Test.scala *Spec.groovy *.feature`,
  },
  {
    role: 'check',
    reason: 'a check script: the judge of this work',
    patterns: `{check,checks,lint,test,tests,run-tests,run_tests,runtests,verify,ci,validate}.{sh,bash,zsh,bat,ps1}`,
  },
  {
    role: 'configuration',
    reason: 'configuration of tests or checks: the judge of this work',
    patterns: `${settingNames(TABLE).join(' ')}
    tox.ini setup.cfg pyproject.toml noxfile.py pyrightconfig.json .pyre_configuration .prettierrc* .prettierignore
    prettier.config.* jsconfig*.json .jshintrc .jscsrc .xo-config* .remarkrc* karma.conf.* playwright.config.*
    cypress.config.* cypress.json .nycrc* .c8rc* babel.config.* .babelrc* webpack.config.* rollup.config.*
    rolldown.config.* esbuild.config.* tsup.config.* knip.json* codecov.yml .codecov.yml .golangci.* .rubocop*.yml
    .rspec phpunit.xml* phpstan.neon* psalm.xml* .php-cs-fixer* .clang-format .swiftlint.yml rustfmt.toml .rustfmt.toml
    deny.toml .perlcriticrc .editorconfig checkstyle.xml detekt.yml .pre-commit-config.yaml sonar-project.properties
    lr.yaml`,
  },
  {
    // Loaded in the place of what a test asks for: they lie nearer than the true one.
    role: 'stand-in',
    reason: 'stands in for a test framework: the judge of this work',
    patterns: `{pytest,_pytest,pluggy,unittest,doctest}.py {pytest,_pytest,pluggy,unittest,doctest}/__init__.py
    Test/{More,Simple,Builder}.pm assert.h`,
  },
  {
    // What is installed, and what is loaded or set before a check begins.
    role: 'set-up',
    reason: 'something that runs later',
    patterns: `package.json package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock bun.lock bun.lockb deno.lock Cargo.lock
    poetry.lock uv.lock pdm.lock Pipfile.lock Gemfile.lock composer.lock go.sum go.work.sum .npmrc .yarnrc* .yarn/**
    .pnpmfile.* pnpm-workspace.yaml .pypirc pip.conf sitecustomize.py usercustomize.py *.pth .cargo/config* build.rs
    .envrc .direnv/** .tool-versions mise.toml .mise.toml`,
  },
  {
    role: 'automation',
    reason: 'something that runs later',
    patterns: `.github/** .gitlab/** .circleci/** .buildkite/** .woodpecker/** .teamcity/** .gitlab-ci* .travis.yml .drone.yml
    .woodpecker.yml .cirrus.yml appveyor.yml .appveyor.yml azure-pipelines* bitbucket-pipelines.yml Jenkinsfile* cloudbuild.*
    buildspec.yml .husky/** .githooks/** hooks/{pre-commit,pre-push,pre-receive,post-commit,post-merge,post-checkout,post-receive,commit-msg,prepare-commit-msg,update} lefthook.* .lefthook* .lintstagedrc* .vscode/** .idea/**
    .fleet/** .zed/** .devcontainer/**
    .bashrc .bash_profile .bash_login .profile .zshrc .zshenv .zprofile .zlogin .login .inputrc .vimrc .exrc .gdbinit .lldbinit
    .gitattributes .gitmodules .gitconfig .lfsconfig HEAD
    AGENTS.md AGENT.md CLAUDE*.md GEMINI.md .claude/** .codex/** .gemini/** .cursor* .cursor/** .windsurf* .windsurf/**
    .clinerules* .clinerules/** .roo* .roo/** .aider* .mcp.json mcp.json .continue/** copilot-instructions.md`,
  },
  {
    role: 'record',
    reason: 'the record of this work',
    patterns: 'FIXES.md',
  },
  {
    role: 'secret',
    reason: 'a secret',
    patterns: `.env .env.* .env-* *.env .flaskenv *.pem *.key *.p12 *.pfx *.jks *.keystore *.kdbx *.ppk id_rsa* id_dsa* id_ecdsa*
    id_ed25519* authorized_keys known_hosts .netrc _netrc .pgpass .my.cnf .htpasswd .git-credentials credentials
    credentials.json credentials.yml* secrets.{yml,yaml,json,toml} .secrets* service-account*.json .ssh/** .gnupg/** .aws/** .azure/** .kube/**
    .docker/config.json .dockercfg .gcloud/** .terraformrc terraform.tfstate* *.tfvars master.key`,
  },
]
